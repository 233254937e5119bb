import type { CommonKey, Values } from '../i18n/keys.js';
import { dayText } from './dates.js';
import type { Language } from './languages.js';
import type { Rule, Weekday } from '../sessions/series/rule.js';

/** Translates a text: the server and the tab each give their own function. */
export type Translate = (key: CommonKey, values: Values) => string;

/** 5 January 1970 was a Monday. */
const monday = 5;

function weekdayName(language: Language, weekday: Weekday): string {
  const day = new Date(Date.UTC(1970, 0, monday + weekday - 1));
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(day);
}

/** So many dates are named; of more, the first ones and how many there are beside. */
const namedDates = 4;

function datesInWords(t: Translate, language: Language, dates: readonly string[]): string {
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const written = dates.map((date) => dayText(language, `${date}T12:00:00Z`, 'withYear'));
  if (written.length <= namedDates) return list.format(written);
  const named = written.slice(0, namedDates - 1);
  return list.format([...named, t('rule.moreDates', { count: written.length - named.length })]);
}

function wordsOf(t: Translate, language: Language, rule: Rule): string {
  const interval = rule.every === 'dates' ? 1 : rule.interval;
  switch (rule.every) {
    case 'weekdayOfMonth':
      return t('rule.weekdayOfMonth', {
        interval,
        week: rule.week,
        weekday: weekdayName(language, rule.weekday),
      });
    case 'dayOfMonth':
      return t('rule.dayOfMonth', { interval, day: rule.day });
    case 'week': {
      const names = rule.weekdays.map((weekday) => weekdayName(language, weekday));
      const weekdays = new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
      if (names.length === 1) return t('rule.oneWeekday', { interval, weekdays });
      return interval === 1
        ? t('rule.everyWeekdays', { weekdays })
        : t('rule.weekdays', { interval, weekdays });
    }
    case 'day':
      return t('rule.day', { interval });
    case 'dates':
      return datesInWords(t, language, rule.dates);
  }
}

/** A wall-clock time (`09:00`) as people write it: `9.00`, in English `9:00`. */
export function clockWords(language: Language, time: string): string {
  const [hour = '', minute = ''] = time.split(':');
  return `${String(Number(hour))}${language === 'en' ? ':' : '.'}${minute}`;
}

/**
 * When a series takes place, as text within a sentence: "joka kuukauden ensimmäinen tiistai klo 9.00",
 * "första tisdagen i varje månad kl. 9.00", "the first Tuesday of every month at 9:00".
 * @param time wall-clock time, `09:00`; without it the text names the days alone.
 */
export function wordsOfRule(t: Translate, language: Language, rule: Rule, time?: string): string {
  const words = wordsOf(t, language, rule);
  return time === undefined ? words : t('rule.at', { rule: words, time: clockWords(language, time) });
}
