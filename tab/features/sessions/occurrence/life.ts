import { useMemo, useSyncExternalStore } from 'react';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';

/** The lives of a session's page: what it is for changes with the clock. */
export type LifeName = 'before' | 'now' | 'after' | 'cancelled';

export interface Life {
  readonly name: LifeName;
  /** Until it begins or, once it has begun, until it ends, in minutes begun. */
  readonly minutes: number;
  /** Whether its start has passed. */
  readonly hasBegun: boolean;
}

/** People come so many milliseconds before the start: then it is nearly on. */
const soon = 15 * 60_000;

/** @param now milliseconds, by the server's clock */
export function lifeOf(
  { state, start, end }: Pick<Occurrence, 'state' | 'start' | 'end'>,
  now: number,
): Life {
  const hasBegun = now >= Date.parse(start);
  const left = Date.parse(hasBegun ? end : start) - now;
  const minutes = Math.max(0, Math.ceil(left / 60_000));
  const name = (): LifeName => {
    if (state.status === 'cancelled') return 'cancelled';
    if (state.status === 'held' || now >= Date.parse(end)) return 'after';
    return now >= Date.parse(start) - soon ? 'now' : 'before';
  };
  return { name: name(), minutes, hasBegun };
}

function everySecond(changed: () => void): () => void {
  const timer = setInterval(changed, 1_000);
  return () => clearInterval(timer);
}

/** The server's clock (milliseconds) from the moment at which an answer of it came. @param now when it was written; ISO instant */
function clockFrom(now: string): () => number {
  const ahead = Date.parse(now) - performance.now();
  return () => ahead + performance.now();
}

/**
 * What follows from the server's clock, which goes on by itself; drawn again only when it differs.
 * @param now when the newest answer was written (ISO instant), by the server's clock: the device's may be wrong
 * @param pick of milliseconds; a string or a number
 */
export function useServerTime<Value extends string | number>(
  now: string,
  pick: (milliseconds: number) => Value,
): Value {
  const clock = useMemo(() => clockFrom(now), [now]);
  return useSyncExternalStore(everySecond, () => pick(clock()));
}

/** The life of a session's page at this moment. */
export function useLife(occurrence: Pick<Occurrence, 'state' | 'start' | 'end'>, now: string): Life {
  const written = useServerTime(now, (at) => JSON.stringify(lifeOf(occurrence, at)));
  return useMemo(() => JSON.parse(written) as Life, [written]);
}
