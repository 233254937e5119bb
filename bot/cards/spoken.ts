import type { Language } from '../../src/shared/languages.js';

const locales: Readonly<Record<Language, string>> = { fi: 'fi', sv: 'sv', en: 'en-GB' };

/** Our own days with a weekday: `ti 1.12.`, `tis 1.12`, `Tue 1 Dec`, each with or without a year. */
const days: Readonly<Record<Language, RegExp>> = {
  fi: /(?<!\p{L})(ma|ti|ke|to|pe|la|su) (\d{1,2})\.(\d{1,2})\.(\d{4})?/gu,
  sv: /(?<!\p{L})(mån|tis|ons|tors|fre|lör|sön) (\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?(?!\d)/gu,
  en: /\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)( \d{4})?\b/gu,
};

const shortMonths = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function weekdayIn(language: Language, short: string): string {
  const names = [1, 2, 3, 4, 5, 6, 7].map((day) =>
    new Date(Date.UTC(2024, 0, day)).toLocaleDateString(locales[language], {
      weekday: 'long',
      timeZone: 'UTC',
    }),
  );
  const name = names.find((each) => each.startsWith(short)) ?? short;
  return language === 'fi' ? `${name}na` : name;
}

/**
 * A text with its days as one says them, since voices spell "ti" and read "1.12." as two numbers:
 * `tiistaina 1. joulukuuta`, `tisdag 1 december`, `Tuesday 1 December`.
 */
export function withDaysSpoken(language: Language, text: string): string {
  return text.replace(
    days[language],
    (written, weekday: string, day: string, month: string, year?: string) => {
      const number = shortMonths.indexOf(month) + 1 || Number(month);
      if (number < 1 || number > 12) return written;
      const date = new Date(Date.UTC(2024, number - 1, Number(day)));
      const spoken = date.toLocaleDateString(locales[language], {
        day: 'numeric',
        month: 'long',
        timeZone: 'UTC',
      });
      return `${weekdayIn(language, weekday)} ${spoken}${year === undefined ? '' : ` ${year.trim()}`}`;
    },
  );
}

/** Texts as sentences, so that a voice pauses between them, and a notification of Teams shows them well. */
export function asSentences(texts: readonly string[]): string {
  return texts
    .map((text) => text.trim().replace(/[.…]+$/, ''))
    .filter((text) => text !== '')
    .map((text) => text.charAt(0).toUpperCase() + text.slice(1))
    .map((text) => (/[?!:]$/.test(text) ? text : `${text}.`))
    .join(' ');
}
