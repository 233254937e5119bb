import type { PersonRef } from '../../platform/actor.js';
import type { OccurrenceId, QuestionId, SeriesId, TopicId } from '../../platform/ids.js';
import type { Language } from '../../shared/languages.js';

/** A topic that somebody proposed for a series. */
export interface Topic {
  readonly id: TopicId;
  readonly seriesId: SeriesId;
  readonly text: string;
  readonly why?: string;
  readonly language: Language;
  readonly by: PersonRef;
  readonly at: string;
  readonly votes: number;
  /** Whether the one who asks has voted for it. */
  readonly isVoted: boolean;
  /** `by` decided so, `at` this ISO instant; absent where nobody has decided, or an older release stored it. */
  readonly state: (
    | { readonly status: 'proposed' | 'done' | 'declined' }
    | { readonly status: 'planned'; readonly occurrenceId: OccurrenceId }
  ) & { readonly by?: PersonRef; readonly at?: string };
}

/** A topic as it is stored; whether the caller has voted for it is stored elsewhere. */
export type StoredTopic = Omit<Topic, 'isVoted'>;

/** A question to those who present. `carriedOver`: it was not answered in time and goes to a later occurrence. */
export interface Question {
  readonly id: QuestionId;
  readonly occurrenceId: OccurrenceId;
  readonly text: string;
  readonly by: PersonRef;
  readonly at: string;
  readonly state:
    | { readonly status: 'open' }
    | { readonly status: 'answered'; readonly at: string; readonly by: PersonRef; readonly answer: string }
    | {
        readonly status: 'carriedOver';
        readonly to: OccurrenceId;
        /** It went along with the talk, whose slot was swapped: it is a question of that session alone now. */
        readonly isWithTalk?: true;
        readonly at: string;
        /** Absent where Big Room did it, or an older release stored it. */
        readonly by?: PersonRef;
      };
}
