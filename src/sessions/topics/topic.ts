import type { PersonRef } from '../../platform/actor.js';
import type { OccurrenceId, QuestionId, SeriesId, TopicId } from '../../platform/ids.js';
import type { Language } from '../../shared/languages.js';
import type { Translated } from '../../shared/translated.js';

/** What a topic says in one language. */
export interface TopicWords {
  readonly text: string;
  readonly why?: string;
}

/** A topic that somebody proposed for a series, in their language, and in others. */
export interface Topic extends TopicWords, Translated<TopicWords> {
  readonly id: TopicId;
  readonly seriesId: SeriesId;
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
  /** How many want to hear it answered, beside who asked; absent where nobody has said so. */
  readonly votes?: number;
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

/** A question as somebody sees it. */
export interface AskedQuestion extends Question {
  /** Whether they have voted for it. */
  readonly isVoted: boolean;
}
