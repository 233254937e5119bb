import { t } from '../../i18n/messages.js';
import type { MailKey, Values } from '../../i18n/keys.js';
import type { Language } from '../../shared/languages.js';
import type { Programme } from '../../people/person.js';
import type { AgendaItem, Named } from '../series/series.js';
import type { Block, Item, LanguageText } from './blocks.js';

/** A mail about sessions in one language, the same for everybody who reads it. */
export interface SessionMail {
  readonly language: Language;
  readonly subject: string;
  /** What an inbox shows after the subject. */
  readonly preview: string;
  readonly heading: string;
  /** Below the heading: when it is. */
  readonly line: string;
  readonly blocks: readonly Block[];
}

/** For whom a mail is written: everybody of a language. */
export interface Readers {
  readonly language: Language;
  readonly programme: Programme;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
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

export function agendaItems(agenda: readonly AgendaItem[], readers: Readers): Item[] {
  const t = translatorOf(readers);
  return agenda.flatMap(({ title, minutes }): Item[] => {
    const text = textIn(title, readers.language);
    if (text === undefined) return [];
    return [{ ...text, ...(minutes !== undefined && { note: t('mail.session.minutes', { minutes }) }) }];
  });
}

/** The button with which one joins, where it is known. */
export function joinButton(joinUrl: string | undefined, name: string, readers: Readers): Block[] {
  if (joinUrl === undefined) return [];
  const t = translatorOf(readers);
  const text = t('mail.session.join');
  return [{ is: 'button', text, label: t('mail.session.joinOf', { name }), url: joinUrl }];
}
