import type { Language } from '../../../../src/shared/languages.js';
import type { Rule } from '../../../../src/sessions/series/rule.js';
import { wordsOfRule, type Translate } from '../../../../src/shared/rule-words.js';
import type { Timing } from './timing.js';

/** When a series comes round, to stand by itself: "Joka kuukauden ensimmäinen tiistai". */
export function ruleWords(t: Translate, language: Language, rule: Rule): string {
  const words = wordsOfRule(t, language, rule);
  return words.charAt(0).toLocaleUpperCase(language) + words.slice(1);
}

/** Whether a form says enough of when a series comes round to be put into words. */
export function canBeSaid({ rule, time, minutes }: Timing): boolean {
  const hasDays =
    (rule.every !== 'week' || rule.weekdays.length > 0) && (rule.every !== 'dayOfMonth' || rule.day > 0);
  return rule.interval > 0 && hasDays && time !== '' && minutes > 0;
}
