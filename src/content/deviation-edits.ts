import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { PersonActionContext } from '../platform/aggregate.js';
import { AppError } from '../platform/errors.js';
import { parse } from '../platform/validation.js';
import type { PublicLanguage } from '../shared/languages.js';
import { deviatingParts, type Deviations } from './deviation.js';
import { deviationSchema } from './input.js';
import type { TextContent } from './text.js';

/** `replaces`: when what goes was saved, `null` where there was nothing. */
export const replacesSchema = z.strictObject({ replaces: z.string().max(40).nullable() });
const editSchema = replacesSchema.extend({ words: deviationSchema });

/** What a place says otherwise, and when what its writer saw before was saved (`null` where there was nothing). */
export interface DeviationEdit {
  readonly text: Partial<TextContent>;
  readonly replaces: string | null;
}

/** @throws AppError `input.invalid` or `text.personalData`, with faults by field (`words.title`, ...). */
export function parseDeviation(input: unknown): DeviationEdit {
  const { words: text, replaces } = parse(editSchema, input);
  return { text, replaces };
}

/**
 * The deviations with what somebody says otherwise; `undefined` where the same is stored already, as when a form is sent twice.
 * @param edit.basedOn the revision of the item's text that is current.
 * @throws AppError `text.conflict` with `{ theirs: Deviation | null }` where somebody saved another meanwhile.
 */
export function saveDeviation(
  own: Deviations,
  language: PublicLanguage,
  { text, replaces, basedOn }: DeviationEdit & { readonly basedOn: number },
  { by, at }: PersonActionContext,
): Deviations | undefined {
  const theirs = own[language];
  if (theirs?.basedOn === basedOn && isDeepStrictEqual(deviatingParts(theirs), text)) return undefined;
  if ((theirs?.at ?? null) !== replaces) throw new AppError('text.conflict', { theirs: theirs ?? null });
  return { ...own, [language]: { ...text, basedOn, by, at } };
}

/**
 * The deviations without one: back to the item's text; `undefined` where there is none.
 * @param replaces when what goes was saved; `null` where its writer saw nothing.
 * @throws AppError `text.conflict` as {@link saveDeviation} does.
 */
export function dropDeviation(
  own: Deviations,
  language: PublicLanguage,
  replaces: string | null,
): Deviations | undefined {
  const { [language]: theirs, ...others } = own;
  if (theirs === undefined) return undefined;
  if (theirs.at !== replaces) throw new AppError('text.conflict', { theirs });
  return others;
}
