import { z } from 'zod';
import { AppError, type FieldFault } from '../platform/errors.js';
import type { SeriesId } from '../platform/ids.js';
import { languages } from '../shared/languages.js';
import { assertNoPersonalData } from '../content/personal-data.js';
import { parse } from '../platform/validation.js';

const maxSeries = 12;

/** One line of text: what would break a line or hide in one is a space. */
const lineOf = (max: number) =>
  z
    .string()
    .transform((text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim())
    .pipe(z.string().max(max));

const required = (max: number) => lineOf(max).pipe(z.string().min(1, { error: 'required' }));

/** A mail address in small letters (RFC 5321 bounds it at 254 characters). */
const addressSchema = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .pipe(
    z
      .string()
      .min(1, { error: 'required' })
      .max(254)
      .refine((text) => text === '' || z.email().safeParse(text).success, { error: 'notAnAddress' }),
  );

const consentSchema = z
  .strictObject({ given: z.boolean(), how: lineOf(200).nullish() })
  .refine(({ given, how }) => !given || (how ?? '') !== '', { path: ['how'], error: 'required' });

const seriesSchema = z
  .array(z.string().max(64))
  .max(maxSeries, { error: 'tooMany' })
  .transform((ids) => [...new Set(ids)] as SeriesId[]);

export const personFields = {
  name: required(120),
  organisation: lineOf(120).nullish(),
  address: addressSchema,
  language: z.enum(languages),
} as const;

/** Where `consent` is left out, it stays as it was. */
const contactSchema = z.strictObject({
  ...personFields,
  series: seriesSchema,
  consent: consentSchema.optional(),
});

export type ContactInput = z.infer<typeof contactSchema>;

/** What several contacts have in common. */
const manySchema = z.strictObject({
  text: z.string().min(1, { error: 'required' }).max(100_000),
  series: seriesSchema,
  consent: consentSchema,
});

/** @throws AppError `input.invalid` and `text.personalData` with faults at fields. */
export function contactInput(input: unknown, known: readonly SeriesId[]): ContactInput {
  const read = parse(contactSchema, input);
  requireKnown(read.series, known);
  const { name, organisation, consent } = read;
  assertNoPersonalData({ name, organisation: organisation ?? '', 'consent.how': consent?.how ?? '' });
  return read;
}

/** @throws AppError as {@link contactInput} does; the lines are not looked at yet. */
export function manyInput(input: unknown, known: readonly SeriesId[]): z.infer<typeof manySchema> {
  const read = parse(manySchema, input);
  requireKnown(read.series, known);
  assertNoPersonalData({ 'consent.how': read.consent.how ?? '' });
  return read;
}

function requireKnown(series: readonly SeriesId[], known: readonly SeriesId[]): void {
  const fields = series
    .filter((id) => !known.includes(id))
    .map((): FieldFault => ({ field: 'series', code: 'unknownChoice' }));
  if (fields.length > 0) throw new AppError('input.invalid', { fields: fields.slice(0, 1) });
}
