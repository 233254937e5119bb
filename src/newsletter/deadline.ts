import type { Temporal } from 'temporal-polyfill';

const friday = 5;

/** The deadline that a new issue starts with: the first Friday at least four weeks ahead. */
export function firstDeadline(today: Temporal.PlainDate): Temporal.PlainDate {
  const earliest = today.add({ weeks: 4 });
  return earliest.add({ days: (friday - earliest.dayOfWeek + 7) % 7 });
}
