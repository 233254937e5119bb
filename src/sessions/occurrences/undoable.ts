import { Temporal } from 'temporal-polyfill';
import type { Change } from '../../platform/commit.js';
import type { MessageId } from '../../platform/ids.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import { recalled } from './recall.js';

/** What is needed to take the newest act back: there is one at a time, and each act takes the place of the one before. */
export interface Undoable<Entry, Before> {
  /** The audit entry of the act. */
  readonly entry: Entry;
  readonly before: Before;
  /** What tells those who are invited. An undo calls it back; where some of it has left, the undo is told anew. */
  readonly told?: Told;
  /** Words to people, which an undo calls back; it is refused once one of them has left. */
  readonly words?: readonly MessageId[];
}

export interface Told {
  readonly messages: readonly MessageId[];
  /** The series' sequence with which it is told. */
  readonly sequence: number;
  /** ISO instant of the series' change before, which had the sequence before. */
  readonly changedBefore: string;
}

/**
 * Whether everything that a change had to tell has left by an instant (both ISO): what a later change overtakes before
 * that is told by nobody else.
 */
export function hasLeft(changedAt: string, at: string, undoSeconds: number): boolean {
  // As long again for what leaves in several parts.
  const left = Temporal.Instant.from(changedAt).add({ seconds: 2 * undoSeconds });
  return Temporal.Instant.compare(left, at) <= 0;
}

/**
 * The changes that call back what was told of a change; `undefined` when something of it has left, or something else
 * was told since, and with it this.
 * @param apart a message that is called back elsewhere, where it still waits.
 */
export async function quietly(
  { outbox }: { readonly outbox: Pick<Outbox, 'cancel'> },
  standing: number,
  told: Told | undefined,
  apart?: MessageId,
): Promise<readonly Change[] | undefined> {
  if (told?.sequence !== standing) return undefined;
  const all = await recalled(outbox, told.messages);
  if (all === undefined || apart === undefined || !told.messages.includes(apart)) return all;
  return recalled(
    outbox,
    told.messages.filter((id) => id !== apart),
  );
}
