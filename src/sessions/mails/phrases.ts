import { t } from '../../i18n/messages.js';
import type { MailKey, Values } from '../../i18n/keys.js';
import type { Language } from '../../shared/languages.js';
import type { Programme } from '../../people/person.js';
import { type AgendaItem, helperOf, type Named, type Series } from '../series/series.js';
import type { Block, Item, LanguageText } from './render.js';
import { Temporal } from 'temporal-polyfill';
import { homeZone } from '../../platform/clock.js';
import { timedAgenda } from '../../shared/agenda-times.js';
import { beforeTime, timeText } from '../../shared/dates.js';

/** For whom a mail is written: everybody of a language. */
export interface Readers {
  readonly language: Language;
  readonly programme: Programme;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
}

/** The readers as a mail about a series has them: it names whom to ask about that. */
export function fromOf<Each extends Readers>(readers: Each, series: Pick<Series, 'helper'>): Each {
  const helper = helperOf(series, readers.programme);
  return { ...readers, programme: { ...readers.programme, ...(helper && { helper }) } };
}

const maxSubject = 150;

/** A subject on one line, of a length that inboxes show. */
export function subjectOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= maxSubject ? line : `${line.slice(0, maxSubject).replace(/\s\S*$/, '')}…`;
}

/** Texts in the readers' language, by their keys. */
export function translatorOf({ language }: Pick<Readers, 'language'>) {
  return (key: MailKey, values?: Values): string => t(language, key, values);
}

/** The text in the language, else in one in which it is. */
export function textIn(texts: Partial<Named>, language: Language): LanguageText | undefined {
  const own = texts[language];
  if (own !== undefined && own !== '') return { text: own };
  const other = (['fi', 'sv', 'en'] as const).find((each) => (texts[each] ?? '') !== '');
  return other === undefined ? undefined : { text: texts[other] ?? '', language: other };
}

/** What happens in a session, with the clock times that the lengths add up to. @param session ISO instants */
export function agendaItems(
  agenda: readonly AgendaItem[],
  session: { readonly start: string; readonly end: string },
  readers: Readers,
): Item[] {
  const { language } = readers;
  const t = translatorOf(readers);
  const written = agenda.filter(({ title }) => textIn(title, language) !== undefined);
  return timedAgenda(written, session).map(({ item, start }): Item => {
    const { title, minutes } = item;
    return {
      ...(textIn(title, language) ?? { text: '' }),
      ...(start !== undefined && { time: timeText(language, start) }),
      ...(minutes !== undefined && { note: t('mail.session.minutes', { minutes }) }),
    };
  });
}

/** The button with which one joins, where it is known. */
export function joinButton(joinUrl: string | undefined, name: string, readers: Readers): Block[] {
  if (joinUrl === undefined) return [];
  const t = translatorOf(readers);
  const text = t('mail.session.join');
  return [{ is: 'button', text, label: t('mail.session.joinOf', { name }), url: joinUrl }];
}

function monthName(language: Language, month: number): string {
  const date = Temporal.PlainDate.from({ year: 2026, month, day: 1 });
  return date.toLocaleString(language, { month: 'long' });
}

/** The months of a year by their numbers, as text: "heinäkuu", "juni och juli". */
export function monthsPhrase(language: Language, months: readonly number[]): string {
  const names = months.map((month) => monthName(language, month));
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}

/** An ISO date: "tiistai 1.12.2026", "tisdag 1.12.2026", "Tuesday 1 December 2026". */
function datePhrase(language: Language, date: string): string {
  const plain = Temporal.PlainDate.from(date);
  const { day, month, year } = plain;
  const weekday = plain.toLocaleString(language, { weekday: 'long' });
  const words =
    language === 'en'
      ? `${String(day)} ${monthName('en', month)} ${String(year)}`
      : `${String(day)}.${String(month)}.${String(year)}`;
  return `${weekday} ${words}`;
}

/** "tiistai 1.12.2026 klo 9.00–9.30", "tisdag 1.12.2026 kl. 9.00–9.30", "Tuesday 1 December 2026, 9:00–9:30". */
export function spanPhrase(
  language: Language,
  { start, end }: { readonly start: string; readonly end: string },
): string {
  const day = Temporal.Instant.from(start).toZonedDateTimeISO(homeZone).toPlainDate();
  const date = datePhrase(language, day.toString());
  return `${date}${beforeTime[language]}${timeText(language, start)}–${timeText(language, end)}`;
}

/** A phrase at the beginning of a line or sentence. */
export function capitalised(language: Language, text: string): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}
