import { z } from 'zod';

/** What a person is told unasked: facts from which the bot writes a card when it leaves, in the person's language. */
export interface Notice {
  /** Its kind. */
  readonly about: string;
}

/** One kind of notice, registered by the feature that it is about; its card stands in `bot/features`. */
export interface NoticeKind<Told extends Notice = Notice> {
  /** Stands in the stored notice as `about`, and so never changes. */
  readonly kind: string;
  /** The whole stored notice, `about` included. */
  readonly payload: z.ZodType<Told>;
  /** Whether what it says is still so. What is not is left untold; without this, its card decides. */
  stillTrue?(notice: Told): Promise<boolean>;
}

/** Any notice, untouched: ids are made of a notice's facts in their order. */
export const anyNotice = z.custom<Notice>(
  (value) => typeof (value as Partial<Notice> | null | undefined)?.about === 'string',
);
