import type { Rule } from '../sessions/series/rule.js';
import type { SeriesKind } from '../sessions/series/series.js';

/** The rule of a series, its time (`09:00`) and its length. */
export interface SeriesTime {
  readonly rule: Rule;
  readonly time: string;
  readonly minutes: number;
}

/** The default times of each kind of series; a kind of the programme's own has none. */
export const seriesTimes: Readonly<Record<Exclude<SeriesKind, 'own'>, SeriesTime>> = {
  hankeradio: {
    rule: { every: 'weekdayOfMonth', interval: 1, weekday: 2, week: 1 },
    time: '09:00',
    minutes: 30,
  },
  bigRoom: {
    rule: { every: 'weekdayOfMonth', interval: 1, weekday: 4, week: 3 },
    time: '13:00',
    minutes: 120,
  },
  training: {
    rule: { every: 'weekdayOfMonth', interval: 3, weekday: 3, week: 2 },
    time: '13:00',
    minutes: 60,
  },
};
