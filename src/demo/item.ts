import type { Language, PublicLanguage } from '../shared/languages.js';
import type { NewsDetails } from '../news/types.js';
import type { TextContent } from '../content/text.js';
import type { DemoPersonKey } from './people.js';

/** What happened to a demo item after it was sent in, in order; the hours are counted from the sending in. */
export type DemoStep = { readonly by: DemoPersonKey; readonly hoursLater: number } & (
  | {
      readonly does: 'edit';
      readonly language: PublicLanguage;
      readonly words: TextContent;
      /** Still being written. */ readonly unfinished?: true;
    }
  | { readonly does: 'accept' }
  | { readonly does: 'requestChanges' | 'reject' | 'note'; readonly say: string }
  | { readonly does: 'withdraw' }
);

/** A demo item as its author sent it in, and what happened to it since. */
export interface DemoNews {
  /** Names the item within the demo; its id is made from it, so that it is never seeded twice. */
  readonly key: string;
  readonly author: DemoPersonKey;
  /** How long before the first start it was sent in. */
  readonly hoursAgo: number;
  readonly submission: Omit<NewsDetails, 'earliestDate'> & {
    readonly language: Language;
    readonly words: TextContent;
  };
  /** Days after the first start before which it must not be published. */
  readonly earliestInDays?: number;
  readonly then: readonly DemoStep[];
}
