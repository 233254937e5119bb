import type { Temporal } from 'temporal-polyfill';
import { closedDaysBetween } from '../platform/holidays.js';

const friday = 5;
const saturday = 6;

/**
 * The deadline that a new issue starts with, as an ISO date: the first Friday at least four weeks ahead; where offices are
 * closed on it, the last working day before it.
 */
export async function firstDeadline(today: Temporal.PlainDate): Promise<string> {
  const earliest = today.add({ weeks: 4 });
  const wanted = earliest.add({ days: (friday - earliest.dayOfWeek + 7) % 7 });
  const closed = await closedDaysBetween(today.toString(), wanted.toString());
  let day = wanted;
  while (day.dayOfWeek >= saturday || closed.has(day.toString())) day = day.subtract({ days: 1 });
  return day.toString();
}
