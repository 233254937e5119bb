import { z } from 'zod';
import { pastedCell, writtenLine } from '../../content/input.js';
import { emptyAsNone, isoDateSchema, parse, wholeNumber } from '../../platform/validation.js';
import { wallTimeSchema } from '../../platform/wall-time.js';
import { maskSign } from '../../content/personal-data.js';
import { AppError, fieldFaults } from '../../platform/errors.js';
import { personOfRow, tableColumns, type TableColumn } from '../../shared/contact-table.js';
import { languageNamed } from '../../shared/contact-list.js';
import { languages } from '../../shared/languages.js';
import { listedPersonSchema, requireKnown, subscriptionsSchema, type PersonInput } from '../input.js';
import type { ImportSettings, RowFault } from './import.js';
import { maxImportRows } from './store.js';

/** Fits with room into a request of 256 KiB and into a stored row. */
export const maxChunkRows = 250;
const maxColumns = 40;
/** More than any field takes, so that what is too long is seen to be so. */
const maxCell = 300;

const columnsSchema = z
  .array(z.enum(tableColumns))
  .min(1)
  .max(maxColumns)
  .refine((all) => tableColumns.every((column) => column === 'skip' || isAtMostOnce(all, column)), {
    error: 'standsAlready',
  });

function isAtMostOnce(all: readonly TableColumn[], column: TableColumn): boolean {
  return all.indexOf(column) === all.lastIndexOf(column);
}

const cellsSchema = z.array(pastedCell(maxCell)).max(maxColumns);

const settings = {
  name: writtenLine({ max: 80, min: 1 }),
  columns: columnsSchema,
  language: z.preprocess(emptyAsNone, z.enum(languages).optional()),
  organisation: z.preprocess(emptyAsNone, writtenLine({ max: 120 }).optional()),
  series: subscriptionsSchema,
  consent: z
    .strictObject({
      given: z.boolean(),
      how: z.preprocess(emptyAsNone, writtenLine({ max: 200 }).optional()),
      on: z.preprocess(emptyAsNone, isoDateSchema.optional()),
    })
    .refine(({ given, how = '' }) => !given || how !== '', { path: ['how'], error: 'required' }),
} as const;

const settingsSchema = z.strictObject(settings);
const newSchema = z.strictObject({
  ...settings,
  formId: z.string().regex(/^[0-9A-Za-z-]{8,64}$/, 'wrongType'),
  header: cellsSchema.optional(),
  sizes: z
    .array(wholeNumber(1, maxChunkRows))
    .min(1, { error: 'required' })
    .refine((sizes) => sizes.reduce((sum, size) => sum + size, 0) <= maxImportRows, {
      error: 'tooMany',
      params: { limit: maxImportRows },
    }),
});
const chunkSchema = z.strictObject({ rows: z.array(cellsSchema).min(1).max(maxChunkRows) });
const rowSchema = z.strictObject({ cells: cellsSchema, isLeftOut: z.boolean() });
/** `null`: as soon as the time for an undo is over. */
const startSchema = z.strictObject({ sendAt: wallTimeSchema.nullable() });

function settingsOf(
  { series, language, organisation, consent, ...rest }: z.infer<typeof settingsSchema>,
  known: readonly string[],
): ImportSettings {
  requireKnown(series, known);
  const { given, how, on } = consent;
  return {
    ...rest,
    subscriptions: series,
    ...(language && { language }),
    ...(organisation && { organisation }),
    consent: given ? { given, how: how ?? '', ...(on && { on }) } : { given },
  };
}

/** @throws AppError `input.invalid`, `text.personalData`. */
export function settingsInput(input: unknown, known: readonly string[]): ImportSettings {
  return settingsOf(parse(settingsSchema, input), known);
}

/** @throws AppError as {@link settingsInput}; at `sizes` with `tooMany` beyond 10,000 rows. */
export function newImportInput(input: unknown, known: readonly string[]) {
  const { formId, header, sizes, ...rest } = parse(newSchema, input);
  return { formId, header, sizes, settings: settingsOf(rest, known) };
}

export const chunkInput = (input: unknown) => parse(chunkSchema, input).rows;
export const rowInput = (input: unknown) => parse(rowSchema, input);
export const startInput = (input: unknown) => parse(startSchema, input);

/** A person of a row, or all that is wrong with it. */
export type ReadRow = { readonly person: PersonInput } | { readonly faults: readonly RowFault[] };

/** What a row says of a person, and the import of all of them. */
export function readRow(
  { columns, language: otherwise, organisation: shared = '' }: ImportSettings,
  cells: readonly string[],
): ReadRow {
  const { hasOwnName: _own, language, organisation, ...listed } = personOfRow(columns, cells);
  const fields = {
    ...listed,
    organisation: organisation === '' ? shared : organisation,
    language: language === '' ? otherwise : (languageNamed(language) ?? language),
  };
  const masked = (['name', 'organisation', 'address'] as const)
    .filter((field) => fields[field].includes(maskSign))
    .map((field): RowFault => ({ field, code: 'personalId' }));
  if (masked.length > 0) return { faults: masked };
  try {
    return { person: parse(listedPersonSchema, fields) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const isNameless = fields.name === fields.address;
    const faults = fieldFaults(error)
      .map(({ field, code }) => ({ field: field as RowFault['field'], code }))
      // A name that is the address for want of another has the faults of the address.
      .filter(
        ({ field }, _, all) =>
          !(isNameless && field === 'name' && all.some((other) => other.field === 'address')),
      );
    return { faults };
  }
}
