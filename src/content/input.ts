import { z } from 'zod';
import { parse } from '../platform/validation.js';
import { assertNoPersonalData } from './personal-data.js';
import { textLimits, type TextContent } from './text.js';

const controlCharacters = /[\u0000-\u0008\u000B-\u001F\u007F\u2028\u2029]/g;

/** Text as it is stored: composed, with `\n` line ends, without control characters and broken surrogates. */
function clean(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(controlCharacters, ' ')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .normalize('NFC')
    .trim();
}

/** Text of several lines as it is stored. */
export const cleanText = z.string().transform(clean);
/** Text of one line as it is stored. */
export const cleanLine = z.string().transform((text) => clean(text).replace(/\s+/g, ' '));

/** Title is one line and needed; lead and body may be empty while a text is being written. */
export const textSchema = z.strictObject({
  title: cleanLine.pipe(z.string().min(1).max(textLimits.title)),
  lead: cleanText.pipe(z.string().max(textLimits.lead)),
  body: cleanText.pipe(z.string().max(textLimits.body)),
});

/** A submission needs all three. */
export const submittedTextSchema = z.strictObject({
  title: cleanLine.pipe(z.string().min(1).max(textLimits.title)),
  lead: cleanText.pipe(z.string().min(1).max(textLimits.lead)),
  body: cleanText.pipe(z.string().min(1).max(textLimits.body)),
});

/** The fields of a text by name, where the text is a part of a form. */
export function textFields({ title, lead, body }: TextContent): Readonly<Record<string, string>> {
  return { 'words.title': title, 'words.lead': lead, 'words.body': body };
}

/** @throws AppError `input.invalid` or `text.personalData`, with faults by field. */
export function parseText(input: unknown): TextContent {
  const text = parse(textSchema, input);
  assertNoPersonalData({ ...text });
  return text;
}
