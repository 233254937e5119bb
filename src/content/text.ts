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
  /** The last revision that a person said is ready; 0 while nobody has. A later one is in progress again. */
  readonly ready: number;
  /** The revision of each other language beside which this text was last found ready. */
  readonly checked: Partial<Record<Language, number>>;
}

/** Which revisions were said to be ready, and beside which others. */
export type ReadyMarks = Readonly<Partial<Record<Language, Pick<Text, 'ready' | 'checked'>>>>;

/** A revision in the history of one language; `parked` marks a text that was saved over another revision than the current one and is kept beside it. */
export interface Revision extends TextContent {
  readonly language: Language;
  readonly revision: number;
  readonly by: PersonRef;
  readonly at: string;
  readonly parked?: true;
}

export type Texts = Partial<Record<Language, Text>>;

/**
 * How far a text is. It is `ready` only when a person said so of just this revision; before that, and after each
 * edit, it is `inProgress`. `behind`: it is ready, and what another language says was found ready later.
 */
export type TextStatus = 'missing' | 'inProgress' | 'behind' | 'ready';

/** The greatest lengths, in characters, that a text may have. */
export const textLimits = { title: 120, lead: 500, body: 8000 } as const;

function isBehind(texts: Texts, language: Language): boolean {
  const checked = texts[language]?.checked ?? {};
  return languages.some((other) => other !== language && (texts[other]?.ready ?? 0) > (checked[other] ?? 0));
}

export function textStatus(texts: Texts, language: PublicLanguage): TextStatus {
  const text = texts[language];
  if (text === undefined) return 'missing';
  if (text.ready !== text.revision) return 'inProgress';
  return isBehind(texts, language) ? 'behind' : 'ready';
}

/** The languages in which a text is still owed: whatever of them is not ready. @param owed all in which it is to be. */
export function lackingLanguages(
  texts: Texts,
  owed: readonly PublicLanguage[] = publicLanguages,
): PublicLanguage[] {
  return owed.filter((language) => textStatus(texts, language) !== 'ready');
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

/** The texts after an edit of one language: that one is in progress until somebody says that it is ready. */
export function reviseText(
  texts: Texts,
  language: Language,
  { title, lead, body }: TextContent,
  by: PersonRef,
  at: string,
): { readonly texts: Texts; readonly text: Text } {
  const before = texts[language];
  const text: Text = {
    title,
    lead,
    body,
    revision: (before?.revision ?? 0) + 1,
    by,
    at,
    ready: before?.ready ?? 0,
    checked: before?.checked ?? {},
  };
  return { texts: { ...texts, [language]: text }, text };
}

/** Whether a text can be ready: a title alone, or a lead, is a beginning. */
export const isWhole = ({ title, body }: TextContent): boolean => title !== '' && body !== '';

/**
 * The texts after somebody looked at one language beside the others and said that it is ready. A text that is ready for the
 * first time, or catches up with another, leaves the others in step; one that was ready and has moved on puts them behind.
 */
export function markReady(texts: Texts, language: Language): Texts {
  const text = texts[language];
  if (text === undefined) return texts;
  const catchesUp = text.ready === 0 || isBehind(texts, language);
  const next: Record<string, Text> = {
    ...texts,
    [language]: { ...text, ready: text.revision, checked: otherRevisions(texts, language) },
  };
  if (catchesUp) {
    for (const other of languages) {
      const otherText = other === language ? undefined : texts[other];
      if (otherText !== undefined)
        next[other] = { ...otherText, checked: { ...otherText.checked, [language]: text.revision } };
    }
  }
  return next;
}

export const marksOf = (texts: Texts): ReadyMarks =>
  Object.fromEntries(
    Object.entries(texts).map(([language, { ready, checked }]) => [language, { ready, checked }]),
  );

/** The texts with other marks, as before somebody said that one is ready. */
export const withMarks = (texts: Texts, marks: ReadyMarks): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([language, text]) => [language, { ...text, ...marks[language as Language] }]),
  );

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
