import { useText } from './context.js';
import type { TextKey } from '../text.js';

const units = [
  ['weeks', 10_080],
  ['days', 1_440],
  ['hours', 60],
] as const;

/** The largest unit in which so many minutes are a whole number, and how many of it they are. */
export function offsetIn(minutes: number): {
  readonly unit: 'weeks' | 'days' | 'hours' | 'minutes';
  readonly count: number;
} {
  const found = units.find(([, size]) => minutes >= size && minutes % size === 0);
  if (found === undefined) return { unit: 'minutes', count: minutes };
  return { unit: found[0], count: minutes / found[1] };
}

/** How long before the start, as people say it: "a day before". */
export function useOffset(): (minutes: number) => string {
  const { t } = useText();
  return (minutes) => {
    const { unit, count } = offsetIn(minutes);
    return t(`offset.${unit}` satisfies TextKey, { count });
  };
}
