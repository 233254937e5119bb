import { countsOf, lineOf, sumOf, totalOf, type FanOutHeader } from './header.js';
import { endedSince, settledOf, stateOf, type Progress } from './progress.js';
import type { FanOutView, RecipientState } from './fan-out.js';

/** The stretch over which the rate is taken, in milliseconds. */
const rateMs = 30_000;

type Reason = FanOutView['reasons'][number];

/** A fan-out as it stands by its chunks. @param now milliseconds since 1970 */
export function viewOf(header: FanOutHeader, all: readonly Progress[], now: number): FanOutView {
  const line = lineOf(header);
  const counts = header.isForgotten ? line.counts : countsOf(totalOf(header), sumOf(all.map(settledOf)));
  const rate = header.state.status === 'sending' ? rateOf(header, all, now) : 0;
  return {
    ...line,
    ...(header.isForgotten && { isForgotten: true }),
    counts,
    rate,
    ...(rate > 0 && counts.open > 0 && { secondsLeft: Math.ceil(counts.open / rate) }),
    reasons: reasonsOf(all),
  };
}

function rateOf({ startedAt }: FanOutHeader, all: readonly Progress[], now: number): number {
  const since = Math.max(now - rateMs, Date.parse(startedAt));
  const ended = all.reduce((sum, progress) => sum + endedSince(progress, since), 0);
  // In the first second everything would look fast.
  return ended / Math.max(1, (now - since) / 1_000);
}

function reasonIn(state: RecipientState): string | undefined {
  if (state.status === 'sent') return undefined;
  return state.status === 'open' ? state.lastFault : state.reason;
}

function reasonsOf(all: readonly Progress[]): Reason[] {
  const counted = new Map<string, Reason>();
  for (const progress of all) {
    for (const index of Object.keys(progress.notes)) {
      const state = stateOf(progress, Number(index));
      const reason = reasonIn(state);
      if (reason === undefined) continue;
      const key = `${state.status} ${reason}`;
      counted.set(key, { status: state.status, reason, count: (counted.get(key)?.count ?? 0) + 1 });
    }
  }
  return [...counted.values()].sort((one, other) => other.count - one.count);
}
