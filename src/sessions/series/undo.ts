import { Temporal } from 'temporal-polyfill';
import type { Change } from '../../platform/commit.js';
import { isAppError } from '../../platform/errors.js';
import type { MessageId } from '../../platform/ids.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import type { Series, SeriesAudit } from './series.js';

/** How those who are invited are notified of a change. */
export interface ChangeNotification {
  readonly messages: readonly MessageId[];
  /** The series' sequence with which they are notified. */
  readonly sequence: number;
  /** ISO instant of the series' change before, which had the sequence before. */
  readonly changedBefore: string;
}

/** What an undo of an action needs. */
export interface Undoable<Before> {
  readonly before: Before;
  /** An undo cancels it; where some of it has left, they are notified of the undo too. */
  readonly notification?: ChangeNotification;
  /** Messages to people, which an undo cancels; it is refused once one of them has left. */
  readonly messages?: readonly MessageId[];
}

/** The row of the newest action that can be undone: there is one at a time, and each takes the place of the one before. */
export interface UndoRow<Entry, Before> extends Undoable<Before> {
  /** The audit entry of the action. */
  readonly entry: Entry;
}

export type SeriesUndo = UndoRow<SeriesAudit, Series>;

/**
 * Whether all notifications of a change have left by an instant (both ISO): what a later change supersedes before that
 * reaches nobody otherwise.
 */
export function hasLeft(changedAt: string, at: string, undoSeconds: number): boolean {
  // As long again for what leaves in several parts.
  const left = Temporal.Instant.from(changedAt).add({ seconds: 2 * undoSeconds });
  return Temporal.Instant.compare(left, at) <= 0;
}

/** The changes that cancel messages; `undefined` when one of them has left already. */
export async function cancelUnlessLeft(
  outbox: Pick<Outbox, 'cancel'>,
  messages: readonly MessageId[],
): Promise<readonly Change[] | undefined> {
  try {
    return (await Promise.all(messages.map((id) => outbox.cancel(id)))).flat();
  } catch (error) {
    if (isAppError(error, 'outbox.tooLate')) return undefined;
    throw error;
  }
}

/**
 * The changes that cancel the notification of a change; `undefined` when some of it has left, or a later change has
 * notified of this one too.
 * @param current the series' sequence as it is stored.
 * @param apart a message that is cancelled elsewhere, where it still waits.
 */
export async function cancelNotification(
  outbox: Pick<Outbox, 'cancel'>,
  current: number,
  notification: ChangeNotification | undefined,
  apart?: MessageId,
): Promise<readonly Change[] | undefined> {
  if (notification?.sequence !== current) return undefined;
  const { messages } = notification;
  const all = await cancelUnlessLeft(outbox, messages);
  if (all === undefined || apart === undefined || !messages.includes(apart)) return all;
  return cancelUnlessLeft(
    outbox,
    messages.filter((id) => id !== apart),
  );
}

/** What of a series calendars compare to know which version is newer. */
export type SeriesVersion = Pick<Series, 'sequence' | 'changedAt'>;

/**
 * The version that an undo of a cancelled notification gives back to the series; nothing where what the undone change
 * superseded had not left either.
 * @param at ISO instant of the undone action.
 */
export function versionBefore(
  { notification }: Pick<Undoable<unknown>, 'notification'>,
  at: string,
  undoSeconds: number,
): { readonly versionBefore?: SeriesVersion } {
  if (notification === undefined || !hasLeft(notification.changedBefore, at, undoSeconds)) return {};
  const { sequence, changedBefore } = notification;
  return { versionBefore: { sequence: sequence - 1, changedAt: changedBefore } };
}
