import type {
  FanOut,
  FanOutCounts,
  FanOutStatus,
  RecipientState,
} from '../../src/delivery/fan-out/fan-out.js';
import type { FanOutContent } from '../../src/delivery/fan-out/kind.js';
import type { SessionContent } from '../../src/sessions/fan-outs.js';

/** The states of recipients in the order in which they are shown: what arrived, what did not, what is still to come. */
export const shownStates = ['sent', 'undeliverable', 'failed', 'uncertain', 'dropped', 'open'] as const;

type Watched = Pick<FanOut, 'state' | 'counts'>;

/** The status as it is shown: one that ended without anybody to send to, or that reached nobody, is called so. */
export function shownStatus({ state, counts }: Watched): FanOutStatus | 'empty' | 'unreached' {
  if (state.status !== 'done') return state.status;
  if (counts.total === 0) return 'empty';
  return counts.sent === 0 && counts.uncertain === 0 ? 'unreached' : 'done';
}

/** Whether its numbers still change: it is on its way, stopped for a while, or its rest is being called back. */
export function isMoving({ state, counts }: Watched): boolean {
  if (state.status === 'sending' || state.status === 'paused') return true;
  return state.status === 'cancelled' && counts.open > 0;
}

const basePoll = 1_500;
const pausedPoll = 5_000;
const hiddenFactor = 10;
const longestPoll = 60_000;

/**
 * Milliseconds until it is asked for again; undefined where nothing changes any more.
 * @param faults how many times in a row no answer came: each one doubles the wait
 */
export function pollAfter(fanOut: Watched, isHidden: boolean, faults: number): number | undefined {
  if (!isMoving(fanOut)) return undefined;
  const base = fanOut.state.status === 'paused' ? pausedPoll : basePoll;
  return Math.min(longestPoll, base * (isHidden ? hiddenFactor : 1) * 2 ** faults);
}

/** What is left, as roughly as people say it. */
export type TimeLeft =
  | { readonly unit: 'moment' }
  | { readonly unit: 'minutes'; readonly minutes: number }
  | { readonly unit: 'hours'; readonly hours: number; readonly minutes: number };

export function timeLeft(seconds: number): TimeLeft {
  if (seconds < 60) return { unit: 'moment' };
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return { unit: 'minutes', minutes };
  // By hours a quarter is as exact as an estimate is.
  const quarters = Math.round(minutes / 15) * 15;
  return { unit: 'hours', hours: Math.floor(quarters / 60), minutes: quarters % 60 };
}

/** How fast it goes, in the unit in which it is a whole number; undefined where nothing moves. */
export function speedOf(
  rate: number,
): { readonly per: 'second' | 'minute'; readonly count: number } | undefined {
  if (rate <= 0) return undefined;
  if (rate >= 1) return { per: 'second', count: Math.round(rate) };
  return { per: 'minute', count: Math.max(1, Math.round(rate * 60)) };
}

/** How many are no longer open. */
export function settledIn({ total, open }: FanOutCounts): number {
  return total - open;
}

/**
 * What is announced to somebody who does not see the bar: another state, or another quarter. Announced when this
 * changes.
 */
export function milestoneOf({ state, counts }: Watched): string {
  if (state.status !== 'sending' || counts.total === 0) return state.status;
  return `sending ${String(Math.floor((settledIn(counts) / counts.total) * 4))}`;
}

/** The states that somebody is in, and those that are always shown: sent and open while it lasts. */
export function statesToShow(fanOut: Watched): readonly RecipientState['status'][] {
  return shownStates.filter(
    (is) => fanOut.counts[is] > 0 || is === 'sent' || (is === 'open' && isMoving(fanOut)),
  );
}

/** Whether what it says has become useless: the session that it announces has begun. */
export function isTooLate(sent: FanOutContent, now: number): boolean {
  const content = sent as SessionContent;
  return (content.kind === 'reminder' || content.kind === 'change') && Date.parse(content.start) <= now;
}

/** What may be asked for once more: those that failed, and those of whom nobody knows. */
export function againOf(
  fanOut: Pick<FanOut, 'state' | 'counts' | 'content'>,
  now: number,
): readonly ('failed' | 'uncertain')[] {
  const { status } = fanOut.state;
  if (status === 'cancelled' || status === 'dropped' || isTooLate(fanOut.content, now)) return [];
  return (['failed', 'uncertain'] as const).filter((is) => fanOut.counts[is] > 0);
}
