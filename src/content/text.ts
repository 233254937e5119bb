import type { PersonRef } from '../platform/actor.js';
import {
  availableLanguage,
  languages,
  publicLanguages,
  type Language,
  type PublicLanguage,
} from '../shared/languages.js';

/** The contents of a text: title and lead are plain text, the body is Markdown (no HTML). */
export interface TextContent {
  readonly title: string;
  readonly lead: string;
  readonly body: string;
}

/** The current text of one language: the newest revision, who wrote it and when. */
export interface Text extends TextContent {
  /** 1 for the first; each edit adds one. */
  readonly revision: number;
  readonly by: PersonRef;
  /** ISO instant. */
  readonly at: string;
  /** The revision of each other language beside which this text was last looked at. */
  readonly checked: Partial<Record<Language, number>>;
}

/** A revision in the history of one language; `parked` marks a text that was saved over another revision than the current one and is kept beside it. */
export interface Revision extends TextContent {
  readonly language: Language;
  readonly revision: number;
  readonly by: PersonRef;
  readonly at: string;
  readonly parked?: true;
}

export type Texts = Partial<Record<Language, Text>>;

/** `behind`: another language was edited after this text was last looked at beside it. */
export type TextStatus = 'missing' | 'behind' | 'ready';

/** The greatest lengths, in characters, that a text may have. */
export const textLimits = { title: 120, lead: 500, body: 8000 } as const;

/** Whether there is a text in a public language, and it is not behind the others. */
export function textStatus(texts: Texts, language: PublicLanguage): TextStatus {
  const text = texts[language];
  if (text === undefined) return 'missing';
  const isBehind = languages.some((other) => {
    const otherText = other === language ? undefined : texts[other];
    return otherText !== undefined && otherText.revision > (text.checked[other] ?? 0);
  });
  return isBehind ? 'behind' : 'ready';
}

/** The public languages in which there is no text yet. */
export function missingLanguages(texts: Texts): PublicLanguage[] {
  return publicLanguages.filter((language) => texts[language] === undefined);
}

/** The current revisions, for pinning them. */
export function currentRevisions(texts: Texts): Partial<Record<Language, number>> {
  return Object.fromEntries(
    languages.flatMap((language) => {
      const text = texts[language];
      return text === undefined ? [] : [[language, text.revision] as const];
    }),
  );
}

function otherRevisions(texts: Texts, language: Language): Partial<Record<Language, number>> {
  const { [language]: _own, ...others } = currentRevisions(texts);
  return others;
}

/**
 * The texts after an edit of one language. A text that was ready puts the others behind; one that was
 * behind, or new, catches up: then both count as looked at beside each other.
 */
export function reviseText(
  texts: Texts,
  language: Language,
  content: TextContent,
  by: PersonRef,
  at: string,
): { readonly texts: Texts; readonly text: Text } {
  const before = texts[language];
  const catchesUp = before === undefined || (language !== 'en' && textStatus(texts, language) === 'behind');
  const { title, lead, body } = content;
  const text: Text = {
    title,
    lead,
    body,
    revision: (before?.revision ?? 0) + 1,
    by,
    at,
    checked: otherRevisions(texts, language),
  };
  const next: Record<string, Text> = { ...texts, [language]: text };
  if (catchesUp) {
    for (const other of languages) {
      const otherText = other === language ? undefined : texts[other];
      if (otherText !== undefined) {
        next[other] = { ...otherText, checked: { ...otherText.checked, [language]: text.revision } };
      }
    }
  }
  return { texts: next, text };
}

/** The texts after somebody looked at one language beside the others and found it in step. */
export function markChecked(texts: Texts, language: PublicLanguage): Texts {
  const text = texts[language];
  if (text === undefined) return texts;
  return { ...texts, [language]: { ...text, checked: otherRevisions(texts, language) } };
}

/** A text as the history of its language keeps it. */
export function revisionOf(language: Language, { title, lead, body, revision, by, at }: Text): Revision {
  return { language, revision, by, at, title, lead, body };
}

export function isSameText(one: TextContent, other: TextContent): boolean {
  return one.title === other.title && one.lead === other.lead && one.body === other.body;
}

/** The text to show where one must do: in the wanted language, else the first that there is. */
export function textFor(texts: Texts, language: Language): { language: Language; text: Text } | undefined {
  const found = availableLanguage(texts, language);
  const text = found === undefined ? undefined : texts[found];
  return found === undefined || text === undefined ? undefined : { language: found, text };
}
