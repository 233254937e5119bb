import { say } from '../../i18n/messages.js';
import type { MailKey, Values } from '../../i18n/keys.js';
import type { Language } from '../../shared/languages.js';
import type { Programme } from '../../people/person.js';
import type { AgendaItem, Named } from '../series/series.js';
import type { Block, Item, Words } from './blocks.js';

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

/** `say` in the readers' language. */
export function tellerOf({ language }: Pick<Readers, 'language'>) {
  return (key: MailKey, values?: Values): string => say(language, key, values);
}

/** The words in the language, else in one in which they are. */
export function wordsIn(words: Partial<Named>, language: Language): Words | undefined {
  const own = words[language];
  if (own !== undefined && own !== '') return { text: own };
  const other = (['fi', 'sv', 'en'] as const).find((each) => (words[each] ?? '') !== '');
  return other === undefined ? undefined : { text: words[other] ?? '', language: other };
}

export function agendaItems(agenda: readonly AgendaItem[], readers: Readers): Item[] {
  const tell = tellerOf(readers);
  return agenda.flatMap(({ title, minutes }): Item[] => {
    const words = wordsIn(title, readers.language);
    if (words === undefined) return [];
    return [{ ...words, ...(minutes !== undefined && { note: tell('mail.session.minutes', { minutes }) }) }];
  });
}

/** The button with which one joins, where it is known. */
export function joinButton(joinUrl: string | undefined, name: string, readers: Readers): Block[] {
  if (joinUrl === undefined) return [];
  const tell = tellerOf(readers);
  const text = tell('mail.session.join');
  return [{ is: 'button', text, label: tell('mail.session.joinOf', { name }), url: joinUrl }];
}
