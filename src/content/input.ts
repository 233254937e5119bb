import { z } from 'zod';
import type { FieldFaultCode } from '../platform/errors.js';
import { mailAddressSchema } from '../platform/mail-address.js';
import { parse } from '../platform/validation.js';
import { completedLink, namesSomebody, urlOf } from '../shared/links.js';
import { normalise } from '../shared/normalise.js';
import { withAllowedLinks } from './markdown.js';
import { hasPersonalId, maskedPersonalIds } from './personal-data.js';
import { textLimits, type TextContent } from './text.js';

// The gate for what people write: a field that is stored has one of these schemas.

const controlCharacters = /[\u0000-\u0008\u000B-\u001F\u007F\u2028\u2029]/g;

/** Text as it is stored: composed, with `\n` line ends, without invisible and control characters and broken surrogates. */
function clean(text: string): string {
  return normalise(text)
    .replace(/\r\n?/g, '\n')
    .replace(controlCharacters, ' ')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .trim();
}

const cleanLine = (text: string): string => clean(text).replace(/\s+/g, ' ');

interface Bounds {
  readonly max: number;
  /** 0 unless given: the text may be empty. */
  readonly min?: number;
}

/** Faults `tooLong`, `required` or `tooShort`, and `personalId`, for which {@link parse} throws `text.personalData`. */
const checked = ({ max, min = 0 }: Bounds) =>
  z
    .string()
    .min(min)
    .max(max)
    .refine((text) => !hasPersonalId(text), { error: 'personalId' });

/** A text of several lines that somebody wrote. */
export const writtenText = (bounds: Bounds) => z.string().transform(clean).pipe(checked(bounds));

/** A text of one line that somebody wrote. */
export const writtenLine = (bounds: Bounds) => z.string().transform(cleanLine).pipe(checked(bounds));

/**
 * A cell of a list that was pasted whole: nothing of it is refused, so that the rest of the list stays. What is longer is
 * cut, and personal identity codes are masked (see `maskedPersonalIds`).
 */
export const pastedCell = (max: number) =>
  z.string().transform((text) => maskedPersonalIds(cleanLine(text)).slice(0, max));

/** A text of several lines in Markdown, without links that readers can't use: to a file, or to a place in another document. */
export const writtenMarkdown = (bounds: Bounds) =>
  z
    .string()
    .transform((text) => withAllowedLinks(clean(text)).trim())
    .pipe(checked(bounds));

const maxLinkCharacters = 2_000;

/**
 * An address that somebody gave, of at most 2,000 characters, with the `https://` that it lacks (see `completedLink`), and
 * with the fault `error` where it is not as it must be.
 */
const writtenLink = (isRight: (url: URL) => boolean, error: FieldFaultCode) =>
  z
    .string()
    .transform((text) => completedLink(cleanLine(text)))
    .pipe(checked({ max: maxLinkCharacters }))
    .refine(
      (text) => {
        const url = urlOf(text);
        return url !== undefined && !namesSomebody(text) && isRight(url);
      },
      { error },
    );

/** An address of the web; else the fault `notALink`. */
export const webLinkSchema = writtenLink(({ protocol }) => /^https?:$/.test(protocol), 'notALink');
/** Where one joins: people are sent there, so it is never an unsafe address. Else the fault `notASafeLink`. */
export const safeLinkSchema = writtenLink(({ protocol }) => protocol === 'https:', 'notASafeLink');

/** A mail address as it is kept (see `mailAddressSchema`); the gate looks at what was typed, a name beside it too. */
export const addressSchema = z
  .string()
  .transform(cleanLine)
  .refine((text) => !hasPersonalId(text), { error: 'personalId' })
  .pipe(mailAddressSchema);

/** Title is one line and needed; lead and body may be empty while a text is being written. */
export const textSchema = z.strictObject({
  title: writtenLine({ max: textLimits.title, min: 1 }),
  lead: writtenText({ max: textLimits.lead }),
  body: writtenMarkdown({ max: textLimits.body }),
});

/** What a place where a text is used says otherwise: any part of it, and at least one. */
export const deviationSchema = z
  .strictObject({
    title: writtenLine({ max: textLimits.title, min: 1 }).optional(),
    lead: writtenText({ max: textLimits.lead }).optional(),
    body: writtenMarkdown({ max: textLimits.body }).optional(),
  })
  .transform((parts): Partial<TextContent> => {
    const { title, lead, body } = parts;
    return {
      ...(title !== undefined && { title }),
      ...(lead !== undefined && { lead }),
      ...(body !== undefined && { body }),
    };
  })
  .refine((parts) => Object.keys(parts).length > 0, { error: 'required', path: ['title'] });

/** A submission needs a title and what happened; what happened in one sentence has no lead. */
export const submittedTextSchema = z.strictObject({
  title: writtenLine({ max: textLimits.title, min: 1 }),
  lead: writtenText({ max: textLimits.lead }),
  body: writtenMarkdown({ max: textLimits.body, min: 1 }),
});

/** @throws AppError `input.invalid` or `text.personalData`, with faults by field. */
export function parseText(input: unknown): TextContent {
  return parse(textSchema, input);
}
