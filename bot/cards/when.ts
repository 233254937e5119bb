import { Temporal } from 'temporal-polyfill';
import { homeZone } from '../../src/platform/clock.js';
import type { Language } from '../../src/shared/languages.js';

/** Days from Monday and months from January, as they are written short. */
const words = {
  fi: { days: ['ma', 'ti', 'ke', 'to', 'pe', 'la', 'su'] },
  sv: { days: ['mån', 'tis', 'ons', 'tors', 'fre', 'lör', 'sön'] },
  en: {
    days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  },
} as const;

const clockTime = (moment: Temporal.ZonedDateTime, dot: string): string =>
  `${String(moment.hour)}${dot}${String(moment.minute).padStart(2, '0')}`;

/** The day of a moment as people say it: "ti 1.12.", "tis 1.12", "Tue 1 Dec". */
export function weekdayPhrase(language: Language, instant: string): string {
  const moment = Temporal.Instant.from(instant).toZonedDateTimeISO(homeZone);
  const day = words[language].days[moment.dayOfWeek - 1] ?? '';
  if (language === 'en') return `${day} ${moment.day} ${words.en.months[moment.month - 1] ?? ''}`;
  return `${day} ${moment.day}.${moment.month}${language === 'fi' ? '.' : ''}`;
}

/** From when to when, as people say it: "ti 1.12. klo 9.00–9.30", "tis 1.12 kl. 9.00–9.30", "Tue 1 Dec, 9:00–9:30". */
export function spanPhrase(language: Language, start: string, end: string): string {
  const last = Temporal.Instant.from(end).toZonedDateTimeISO(homeZone);
  return `${whenPhrase(language, start)}–${clockTime(last, language === 'en' ? ':' : '.')}`;
}

/** A moment as people say it: "ti 1.12. klo 9.00", "tis 1.12 kl. 9.00", "Tue 1 Dec, 9:00". */
export function whenPhrase(language: Language, instant: string): string {
  const moment = Temporal.Instant.from(instant).toZonedDateTimeISO(homeZone);
  const day = words[language].days[moment.dayOfWeek - 1] ?? '';
  const minute = String(moment.minute).padStart(2, '0');
  switch (language) {
    case 'fi':
      return `${day} ${moment.day}.${moment.month}. klo ${moment.hour}.${minute}`;
    case 'sv':
      return `${day} ${moment.day}.${moment.month} kl. ${moment.hour}.${minute}`;
    case 'en':
      return `${day} ${moment.day} ${words.en.months[moment.month - 1] ?? ''}, ${moment.hour}:${minute}`;
  }
}

/** The day of a moment: "1.12.2026", "1 Dec 2026". */
export function dayPhrase(language: Language, instant: string): string {
  const moment = Temporal.Instant.from(instant).toZonedDateTimeISO(homeZone);
  if (language === 'en') return `${moment.day} ${words.en.months[moment.month - 1] ?? ''} ${moment.year}`;
  return `${moment.day}.${moment.month}.${moment.year}`;
}
