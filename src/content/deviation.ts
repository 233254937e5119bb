import type { PersonRef } from '../platform/actor.js';
import { publicLanguages, type PublicLanguage } from '../shared/languages.js';
import { textStatus, type TextContent, type TextStatus, type Texts } from './text.js';

/**
 * What one place where a text is used says otherwise: a shorter lead, another headline. What it leaves out is the text's
 * own. It is bound to what it was written over, so that it can be seen when the text has moved on.
 */
export interface Deviation extends Partial<TextContent> {
  /** The revision of the text that was current when it was written; 0 where there was none. */
  readonly basedOn: number;
  readonly by: PersonRef;
  /** ISO instant. */
  readonly at: string;
}

export type Deviations = Readonly<Partial<Record<PublicLanguage, Deviation>>>;

export const textParts = ['title', 'lead', 'body'] as const satisfies readonly (keyof TextContent)[];

/** The parts that a deviation says otherwise. */
export function deviatingParts(deviation: Deviation): Partial<TextContent> {
  return Object.fromEntries(
    textParts.flatMap((part) => {
      const own = deviation[part];
      return own === undefined ? [] : [[part, own] as const];
    }),
  );
}

/** Whether nothing is left of the text over which it was written. */
export function isWholeDeviation({ title, lead, body }: Deviation): boolean {
  return title !== undefined && lead !== undefined && body !== undefined;
}

/** What readers get: the text with what is said otherwise; `undefined` where there is no text but in parts. */
export function withDeviation(
  text: TextContent | undefined,
  deviation: Deviation | undefined,
): TextContent | undefined {
  if (deviation === undefined) return text;
  if (text === undefined && !isWholeDeviation(deviation)) return undefined;
  const { title = '', lead = '', body = '' } = { ...text, ...deviatingParts(deviation) };
  return { title, lead, body };
}

/** Whether what a language says otherwise was written over an older text than was last said to be ready. */
export function isOutdated(texts: Texts, deviations: Deviations, language: PublicLanguage): boolean {
  const deviation = deviations[language];
  return deviation !== undefined && (texts[language]?.ready ?? 0) > deviation.basedOn;
}

/** The first language in which what is said otherwise is older than the text, with the parts; `undefined` where all is in step. */
export function outdatedOwn(
  texts: Texts,
  deviations: Deviations,
): { readonly language: PublicLanguage; readonly parts: readonly (keyof TextContent)[] } | undefined {
  const language = publicLanguages.find((each) => isOutdated(texts, deviations, each));
  if (language === undefined) return undefined;
  return { language, parts: textParts.filter((part) => deviations[language]?.[part] !== undefined) };
}

/** How far a text is where it is used, and whether it is said otherwise there. */
export interface UsedStatus {
  readonly status: TextStatus;
  readonly own: boolean;
}

/**
 * How far a text is where it is used.
 * @param text its status and the last revision that was said to be ready.
 * @param deviation over which revision it was written, and whether nothing of the text is left.
 */
export function usedStatusOver(
  text: { readonly status: TextStatus; readonly ready: number },
  deviation: { readonly basedOn: number; readonly whole: boolean } | undefined,
): UsedStatus {
  if (deviation === undefined) return { status: text.status, own: false };
  if (text.ready > deviation.basedOn) return { status: 'behind', own: true };
  return { status: deviation.whole ? 'ready' : text.status, own: true };
}

/** How far a text is in one language where it is used with these deviations. */
export function usedStatus(texts: Texts, deviations: Deviations, language: PublicLanguage): UsedStatus {
  const deviation = deviations[language];
  return usedStatusOver(
    { status: textStatus(texts, language), ready: texts[language]?.ready ?? 0 },
    deviation && { basedOn: deviation.basedOn, whole: isWholeDeviation(deviation) },
  );
}
