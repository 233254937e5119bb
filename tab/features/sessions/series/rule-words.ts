import type { Values } from '../../../../src/i18n/keys.js';
import type { Language } from '../../../../src/languages.js';
import type { Rule } from '../../../../src/sessions/rule.js';
import type { TextKey } from '../../../text.js';
import { weekdayName } from '../parts/long-date.js';

type Say = (key: TextKey, values?: Values) => string;

/** When a series comes round, as one would say it: "Joka kuukauden ensimmäinen tiistai". */
export function ruleWords(t: Say, language: Language, rule: Rule): string {
  const { interval } = rule;
  switch (rule.every) {
    case 'weekdayOfMonth':
      return t('sessions.rule.weekdayOfMonth', {
        interval,
        week: rule.week === -1 ? 'last' : String(rule.week),
        weekday: weekdayName(language, rule.weekday),
      });
    case 'dayOfMonth':
      return t('sessions.rule.dayOfMonth', { interval, day: rule.day });
    case 'week':
      return t('sessions.rule.week', {
        interval,
        weekdays: rule.weekdays.map((weekday) => weekdayName(language, weekday, 'short')).join(', '),
      });
    case 'day':
      return t('sessions.rule.day', { interval });
  }
}

/** `9.00`, en `9:00`. */
export function clockWords(language: Language, time: string): string {
  const [hour = '', minute = ''] = time.split(':');
  return `${Number(hour)}${language === 'en' ? ':' : '.'}${minute}`;
}
