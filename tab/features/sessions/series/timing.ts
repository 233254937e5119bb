import { seriesTimes, type SeriesTime } from '../../../../src/shared/series-times.js';
import type { Rule } from '../../../../src/sessions/series/rule.js';
import type { Segment, SeriesKind } from '../../../../src/sessions/series/series.js';

/** When a series comes round, as a form has it. Dates are ISO, empty where nothing is said. */
export interface Timing extends SeriesTime {
  readonly from: string;
  readonly until: string;
}

const starts: Readonly<Record<SeriesKind, SeriesTime>> = {
  ...seriesTimes,
  own: { rule: { every: 'week', interval: 1, weekdays: [1] }, time: '09:00', minutes: 60 },
};

/** What a form for a series of this kind begins with. */
export function timingFor(kind: SeriesKind): Timing {
  return { ...starts[kind], from: '', until: '' };
}

export function timingOf({ rule, time, minutes, until }: Segment, from: string): Timing {
  return { rule, time, minutes, from, until: until ?? '' };
}

/** The body of a request: what is empty is left out. */
export function timingInput({ rule, time, minutes, from, until }: Timing): Readonly<Record<string, unknown>> {
  return { rule, time, minutes, ...(from !== '' && { from }), ...(until !== '' && { until }) };
}

/** The rule of another kind of repeating, with what can be kept of the one before. */
export function ruleOfKind(every: Rule['every'], { interval }: Rule): Rule {
  switch (every) {
    case 'weekdayOfMonth':
      return { every, interval: Math.min(interval, 12), weekday: 2, week: 1 };
    case 'dayOfMonth':
      return { every, interval: Math.min(interval, 12), day: 1 };
    case 'week':
      return { every, interval: Math.min(interval, 26), weekdays: [2] };
    case 'day':
      return { every, interval };
  }
}
