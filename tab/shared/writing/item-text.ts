import { isSameText, textLimits, type Text, type TextContent } from '../../../src/content/text.js';
import { normalise } from '../../../src/shared/normalise.js';
import type { Kind, Version, Writing } from './autosave.js';

/** A text of an item while it is written; its mark is its revision, 0 where there is none yet. */
export type ItemText = Writing<TextContent, number>;

const noContent: TextContent = { title: '', lead: '', body: '' };

/** The content alone, of whatever has more. */
export const contentOf = ({ title, lead, body }: TextContent): TextContent => ({ title, lead, body });

/** What is written in one field as the server stores it. */
export function tidiedField(part: keyof TextContent, text: string): string {
  const whole = part === 'title' ? text.replace(/\s+/g, ' ') : text;
  return normalise(whole).replace(/\r\n?/g, '\n').trim();
}

/** A text as what is stored of one that is written. */
export function versionOf(text: Text | undefined): Version<TextContent, number> {
  if (text === undefined) return { mark: 0, content: noContent };
  const { revision: mark, by, at } = text;
  return { mark, content: contentOf(text), saved: { by, at } };
}

const partNames = ['title', 'lead', 'body'] as const;

/** The parts of a text that are longer than they may be. */
export function tooLongParts(content: Partial<TextContent>): readonly (typeof partNames)[number][] {
  return partNames.filter((name) => (content[name] ?? '').length > textLimits[name]);
}

/** Whether a text can be stored: it has at least a title, and no part of it is too long. */
export function isStorable(content: TextContent): boolean {
  return content.title.trim() !== '' && tooLongParts(content).length === 0;
}

export const itemText: Kind<TextContent, number> = {
  isSame: isSameText,
  tidied: ({ title, lead, body }) => ({
    title: tidiedField('title', title),
    lead: tidiedField('lead', lead),
    body: tidiedField('body', body),
  }),
  isStorable,
  isNewer: (revision, than) => revision > than,
  theirs: (fact) => (fact === undefined ? undefined : versionOf(fact as Text)),
};
