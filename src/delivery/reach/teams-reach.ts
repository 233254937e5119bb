import type { PersonId } from '../../platform/ids.js';
import type { Outcome } from '../outbox/message.js';

/**
 * The kinds of activities with their parameters, as the app package declares them
 * (https://learn.microsoft.com/graph/teams-send-activityfeednotifications#activities-update).
 */
export const activityTypes = {
  answerWanted: ['title'],
  newsDecided: ['title'],
  sessionReminder: ['session', 'when'],
  approvalWanted: ['title'],
  /** All else: what it is about, and what there is to say. */
  other: ['about', 'title'],
} as const;

export type ActivityType = keyof typeof activityTypes;

/** What a person is notified of in Teams' activity feed, in their language. */
export interface FeedActivity {
  readonly type: ActivityType;
  /** A value for each parameter of its type. */
  readonly parameters: Readonly<Record<string, string>>;
  /** A line of what it says; Teams shows 150 characters. */
  readonly preview: string;
  /** What it is about, in a few words. */
  readonly topic: string;
  /** The place in the tab that it opens, as in the tab's address after `#/`; below `p/<name>/` in a further programme. */
  readonly subPage: string;
}

/** What came of installing the app for somebody. */
export type Installed =
  | { readonly result: 'installed' }
  /** They had it already; `conversationId`: of them and the bot, where it could be read. */
  | { readonly result: 'hadIt'; readonly conversationId?: string }
  /** Teams did not allow it (`refused`), or does not know the person or the app (`notFound`). */
  | { readonly result: 'refused' | 'notFound'; readonly reason: string }
  | { readonly result: 'retry'; readonly reason: string; readonly afterSeconds?: number };

/** Reaches people in Teams who have not written to the bot, by other ways than the chat. */
export interface TeamsReach {
  /** Installs the app for a person, so that the bot can write to them. To do it twice does it once. */
  install(id: PersonId): Promise<Installed>;
  /** Notifies somebody in their activity feed. Bounds its own time; a fault of the other side is an outcome. */
  notify(id: PersonId, activity: FeedActivity): Promise<Outcome>;
}
