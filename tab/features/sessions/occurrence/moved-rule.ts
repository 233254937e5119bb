import type { Rule, Weekday } from '../../../../src/sessions/series/rule.js';

/** Monday is 1. @param date ISO date */
function weekdayOf(date: string): Weekday {
  return (new Date(`${date}T12:00:00Z`).getUTCDay() || 7) as Weekday;
}

/** Which one of its weekday a date is in its month; the fifth is the last. */
function weekOf(date: string): 1 | 2 | 3 | 4 | -1 {
  const week = Math.ceil(Number(date.slice(8)) / 7);
  return week > 4 ? -1 : (week as 1 | 2 | 3 | 4);
}

/**
 * The rule of a series whose session of one date moves to another, and all after it in the same way.
 * @param from the ISO date by the rule as it is, `to` the one that is wanted
 */
export function movedRule(rule: Rule, from: string, to: string): Rule {
  if (from === to) return rule;
  switch (rule.every) {
    case 'weekdayOfMonth':
      return { ...rule, weekday: weekdayOf(to), week: weekOf(to) };
    case 'dayOfMonth':
      return { ...rule, day: Number(to.slice(8)) };
    case 'week': {
      const days = rule.weekdays.map((day) => (day === weekdayOf(from) ? weekdayOf(to) : day));
      return { ...rule, weekdays: [...new Set(days)].sort((one, other) => one - other) };
    }
    case 'day':
      return rule;
    case 'dates':
      return { ...rule, dates: rule.dates.map((date) => (date === from ? to : date)).sort() };
  }
}

/** The day from which the change holds: neither the old day nor the new one stays as it was. */
export function changedFrom(from: string, to: string): string {
  return from < to ? from : to;
}
