import { z } from 'zod';
import { fanOutMessage, type FanOutKind } from '../delivery/fan-out/kind.js';
import type { ContactId, OccurrenceId, SeriesId } from '../platform/ids.js';

const occurrenceId = z.string() as unknown as z.ZodType<OccurrenceId>;

const payloads = [
  /** `offset`: minutes before the start; `start`: the ISO instant that it announces, as it was when the reminder was planned. */
  z.object({ kind: z.literal('reminder'), occurrenceId, offset: z.number(), start: z.string() }),
  /** Thanks with materials and recording, and the pulse. `round` makes a second one another fan-out. */
  z.object({ kind: z.literal('thanks'), occurrenceId, round: z.number() }),
  /**
   * A session was moved, cancelled or brought back at short notice. `start` is when it is now, `was` when it was announced to
   * be. `isInvited`: an invitation of the series leaves with it, from which contacts learn of it.
   */
  z.object({
    kind: z.literal('change'),
    change: z.enum(['moved', 'cancelled', 'restored']),
    occurrenceId,
    start: z.string(),
    was: z.string(),
    isInvited: z.literal(true).exactOptional(),
  }),
  /**
   * Calendar invitations by mail: the series as it is at `sequence`, or its cancellation; to everybody who is
   * invited, or to one contact who is new.
   */
  z.object({
    kind: z.literal('invitation'),
    seriesId: z.string() as unknown as z.ZodType<SeriesId>,
    sequence: z.number(),
    contactId: (z.string() as unknown as z.ZodType<ContactId>).exactOptional(),
  }),
] as const;

/** What is sent to many around a session: facts from which the message is written when it leaves. */
export type SessionContent = Readonly<z.infer<(typeof payloads)[number]>>;

/** The message that asks for a fan-out of sessions. */
export const sessionFanOut = fanOutMessage<SessionContent>;

/** Who gets what, whether it is still of use, and the mail of it. */
export type SessionFanOutDeps = Required<
  Pick<FanOutKind<SessionContent>, 'recipients' | 'stillUseful' | 'names' | 'mail'>
>;

function subjectOf(content: SessionContent): string {
  return content.kind === 'invitation' ? `series:${content.seriesId}` : `occurrence:${content.occurrenceId}`;
}

export function sessionFanOuts(deps: SessionFanOutDeps): FanOutKind[] {
  return payloads.map((payload): FanOutKind<SessionContent> => ({
    kind: payload.shape.kind.value,
    payload,
    about: subjectOf,
    ...deps,
  }));
}
