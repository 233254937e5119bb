import { z } from 'zod';
import { addressSchema, writtenLine } from '../content/input.js';
import { AppError, fieldFaults, type FieldFault } from '../platform/errors.js';
import { emptyAsNone, isoDateSchema, parse } from '../platform/validation.js';
import { languageNamed, readContactList, type ListedPerson } from '../shared/contact-list.js';
import { languages, type Language } from '../shared/languages.js';
import { mailboxOf, tidied } from '../shared/mailbox.js';
import type { LineFault } from './contact.js';

const maxSubscriptions = 12;
const maxPeople = 500;

const consentSchema = z
  .strictObject({
    given: z.boolean(),
    how: writtenLine({ max: 200 }).nullish(),
    on: z.preprocess(emptyAsNone, isoDateSchema.nullish()),
  })
  .refine(({ given, how }) => !given || (how ?? '') !== '', { path: ['how'], error: 'required' });

/**
 * What a contact is subscribed to. Forms call it `series`, which is what there was to subscribe to when they were made.
 */
export const subscriptionsSchema = z
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

/** What several contacts have in common; `language` is that of those of whom the list says none. */
const manySchema = z.strictObject({
  text: z.string().min(1, { error: 'required' }).max(100_000),
  language: z.enum(languages).optional(),
  series: subscriptionsSchema,
  consent: consentSchema,
});

type FormOf<Schema extends z.ZodType> = Omit<z.infer<Schema>, 'series'> & {
  readonly subscriptions: readonly string[];
};

export type ContactInput = FormOf<typeof contactSchema>;

/** @throws AppError `input.invalid` at the field of the subscriptions, where one is not among those that there are. */
export function requireKnown(subscriptions: readonly string[], known: readonly string[]): void {
  if (subscriptions.every((id) => known.includes(id))) return;
  throw new AppError('input.invalid', {
    fields: [{ field: 'series', code: 'unknownChoice' } satisfies FieldFault],
  });
}

const writtenSchema = z.looseObject({ name: z.string().nullish(), address: z.string() });

/** The form with the name that stands beside the address, where none was written in its own field. */
function withName(input: unknown): unknown {
  const { success, data } = writtenSchema.safeParse(input);
  if (!success || tidied(data.name ?? '') !== '') return input;
  const { name } = mailboxOf(data.address);
  return name === '' ? input : { ...data, name };
}

/**
 * The form of a contact. The address may be as a mail program gives it, with a name, which fills an empty field of the
 * name.
 * @param known the ids of what can be subscribed to.
 * @throws AppError `input.invalid` and `text.personalData` with faults at fields.
 */
export function contactInput(input: unknown, known: readonly string[]): ContactInput {
  const { series: subscriptions, ...read } = parse(contactSchema, withName(input));
  requireKnown(subscriptions, known);
  return { ...read, subscriptions };
}

/** The form of several contacts. @throws AppError as {@link contactInput} does; the lines are not looked at yet. */
export function manyInput(input: unknown, known: readonly string[]): FormOf<typeof manySchema> {
  const { series: subscriptions, ...read } = parse(manySchema, input);
  requireKnown(subscriptions, known);
  return { ...read, subscriptions };
}

const signUpSchema = z.strictObject({
  ...personFields,
  consent: z.literal('yes', { error: 'required' }),
});

export type SignUpInput = Omit<z.infer<typeof signUpSchema>, 'consent'>;

/** The form on which somebody outside signs up themselves; they have to agree. @throws AppError as {@link contactInput} does. */
export function signUpInput(input: unknown): SignUpInput {
  const { consent: _consent, ...person } = parse(signUpSchema, withName(input));
  return person;
}

/** Somebody of a list. */
export const listedPersonSchema = z.object(personFields);

export type PersonInput = z.infer<typeof listedPersonSchema>;

function personOf(listed: ListedPerson, otherwise: Language | undefined): PersonInput {
  const { language } = listed;
  const named = language === '' ? otherwise : (languageNamed(language) ?? language);
  return parse(listedPersonSchema, { ...listed, language: named });
}

/** Somebody of a list who can be added, and where they stand in it. */
export type ListedInput = Pick<LineFault, 'line' | 'text'> & { readonly person: PersonInput };

/**
 * The people of a list (see `readContactList`), and what is wrong with the others. An address that came before is a
 * duplicate.
 * @param otherwise the language of those of whom the list says none; without it, it is required of each.
 * @throws AppError `input.invalid` with `tooMany` at `text` beyond 500 people.
 */
export function peopleOfList(
  text: string,
  otherwise: Language | undefined,
): {
  readonly header?: string;
  readonly people: readonly ListedInput[];
  readonly faults: readonly LineFault[];
} {
  const { entries, ...header } = readContactList(text);
  if (entries.length > maxPeople) {
    const values = { limit: maxPeople, length: entries.length };
    throw new AppError('input.invalid', { fields: [{ field: 'text', code: 'tooMany', values }] });
  }
  const people: ListedInput[] = [];
  const faults: LineFault[] = [];
  const seen = new Set<string>();
  for (const { person: listed, ...place } of entries) {
    if (listed === undefined) {
      faults.push({ ...place, field: 'row', code: 'unclear' });
      continue;
    }
    try {
      const person = personOf(listed, otherwise);
      if (seen.has(person.address)) faults.push({ ...place, field: 'address', code: 'standsAlready' });
      else people.push({ ...place, person });
      seen.add(person.address);
    } catch (error) {
      const wrong = fieldFaults(error);
      if (wrong.length === 0) throw error;
      faults.push(
        ...wrong.map(({ field, code }) => ({ ...place, field: field as LineFault['field'], code })),
      );
    }
  }
  return { ...header, people, faults };
}
