import { z } from 'zod';
import { addressSchema, writtenLine } from '../content/input.js';
import { AppError, fieldFaults, type FieldFault } from '../platform/errors.js';
import { parse } from '../platform/validation.js';
import { languages, type Language } from '../shared/languages.js';
import type { LineFault } from './contact.js';

const maxSubscriptions = 12;
const maxLines = 500;

const consentSchema = z
  .strictObject({ given: z.boolean(), how: writtenLine({ max: 200 }).nullish() })
  .refine(({ given, how }) => !given || (how ?? '') !== '', { path: ['how'], error: 'required' });

/**
 * What a contact is subscribed to. Forms call it `series`, which is what there was to subscribe to when they were made.
 */
const subscriptionsSchema = z
  .array(z.string().max(64))
  .max(maxSubscriptions, { error: 'tooMany' })
  .transform((ids) => [...new Set(ids)]);

const personFields = {
  name: writtenLine({ max: 120, min: 1 }),
  organisation: writtenLine({ max: 120 }).nullish(),
  address: addressSchema,
  language: z.enum(languages),
} as const;

/** Where `consent` is left out, it stays as it was. */
const contactSchema = z.strictObject({
  ...personFields,
  series: subscriptionsSchema,
  consent: consentSchema.optional(),
});

/** What several contacts have in common. */
const manySchema = z.strictObject({
  text: z.string().min(1, { error: 'required' }).max(100_000),
  series: subscriptionsSchema,
  consent: consentSchema,
});

type FormOf<Schema extends z.ZodType> = Omit<z.infer<Schema>, 'series'> & {
  readonly subscriptions: readonly string[];
};

export type ContactInput = FormOf<typeof contactSchema>;

/** @throws AppError `input.invalid` at the field of the subscriptions, where one is not among those that there are. */
function requireKnown(subscriptions: readonly string[], known: readonly string[]): void {
  if (subscriptions.every((id) => known.includes(id))) return;
  throw new AppError('input.invalid', {
    fields: [{ field: 'series', code: 'unknownChoice' } satisfies FieldFault],
  });
}

/**
 * The form of a contact.
 * @param known the ids of what can be subscribed to.
 * @throws AppError `input.invalid` and `text.personalData` with faults at fields.
 */
export function contactInput(input: unknown, known: readonly string[]): ContactInput {
  const { series: subscriptions, ...read } = parse(contactSchema, input);
  requireKnown(subscriptions, known);
  return { ...read, subscriptions };
}

/** The form of several contacts. @throws AppError as {@link contactInput} does; the lines are not looked at yet. */
export function manyInput(input: unknown, known: readonly string[]): FormOf<typeof manySchema> {
  const { series: subscriptions, ...read } = parse(manySchema, input);
  requireKnown(subscriptions, known);
  return { ...read, subscriptions };
}

/** How people name a language in a list. */
const languageNames: ReadonlyMap<string, Language> = new Map([
  ['suomi', 'fi'],
  ['finska', 'fi'],
  ['finnish', 'fi'],
  ['se', 'sv'],
  ['ruotsi', 'sv'],
  ['svenska', 'sv'],
  ['swedish', 'sv'],
  ['englanti', 'en'],
  ['engelska', 'en'],
  ['english', 'en'],
]);

const lineSchema = z.object(personFields);

export type PersonInput = z.infer<typeof lineSchema>;

/** The columns of a line: with semicolons as people type them, or with tabs as a spreadsheet gives them. */
function columnsOf(text: string): Record<string, string> {
  const columns = text.split(/[;\t]/).map((column) => column.trim());
  const [name = '', organisation = '', address = '', language = ''] = columns;
  const given = language.toLowerCase();
  return { name, organisation, address, language: languageNames.get(given) ?? given };
}

function personOf(text: string): PersonInput {
  return parse(lineSchema, columnsOf(text));
}

/**
 * The people that lines name, each with the number of its line, and what is wrong with the others. Empty lines count
 * but say nothing; an address that came before is a duplicate.
 * @throws AppError `input.invalid` with `tooMany` at `text` beyond 500 lines.
 */
export function peopleOfLines(text: string): {
  readonly people: readonly { readonly line: number; readonly person: PersonInput }[];
  readonly faults: readonly LineFault[];
} {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ line: index + 1, text: line }))
    .filter((each) => each.text.trim() !== '');
  if (lines.length > maxLines) {
    const values = { limit: maxLines, length: lines.length };
    throw new AppError('input.invalid', { fields: [{ field: 'text', code: 'tooMany', values }] });
  }
  const people: { line: number; person: PersonInput }[] = [];
  const faults: LineFault[] = [];
  const seen = new Set<string>();
  for (const { line, text: typed } of lines) {
    try {
      const person = personOf(typed);
      if (seen.has(person.address)) faults.push({ line, field: 'address', code: 'standsAlready' });
      else people.push({ line, person });
      seen.add(person.address);
    } catch (error) {
      const wrong = fieldFaults(error);
      if (wrong.length === 0) throw error;
      faults.push(...wrong.map(({ field, code }) => ({ line, field: field as LineFault['field'], code })));
    }
  }
  return { people, faults };
}
