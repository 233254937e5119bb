import { z } from 'zod';
import type { ProjectId } from '../../platform/ids.js';
import { languages } from '../../shared/languages.js';
import { cleanLine, cleanText } from '../../content/input.js';
import { wholeNumber } from '../../platform/validation.js';
import type { AgendaItem, Named, ReminderSettings, SeriesPeople } from './series.js';
import { timeSchema } from '../../platform/wall-time.js';

/** The fields of a series and an occurrence as they come from outside. */

const maxNameCharacters = 120;
const maxDescriptionCharacters = 2_000;
const maxLinkCharacters = 2_000;
/** The most groups that a calendar invites. */
export const maxGroups = 500;
const maxAgendaItems = 30;
const maxOffsets = 5;
const dayMinutes = 1_440;
const maxOffset = 30 * dayMinutes;
/** Asks are planned with the other messages, some weeks ahead. */
const maxAskDays = 60;

const perLanguage = <Field extends z.ZodType>(field: Field) =>
  z.strictObject({ fi: field, sv: field, en: field } satisfies Record<(typeof languages)[number], Field>);

const name = cleanLine.pipe(z.string().min(1).max(maxNameCharacters));

/** A name in all languages; without an English one the Swedish name stands there. */
export const namesSchema: z.ZodType<Named> = z
  .strictObject({ fi: name, sv: name, en: cleanLine.pipe(z.string().max(maxNameCharacters)).optional() })
  .transform(({ fi, sv, en = '' }) => ({ fi, sv, en: en === '' ? sv : en }));

/** What is said in some languages; an empty text is none. */
function someLanguages(field: z.ZodType<string, string>): z.ZodType<Partial<Named>> {
  return perLanguage(field.optional()).transform((texts) =>
    Object.fromEntries(
      languages.flatMap((language) => {
        const text = texts[language];
        return text === undefined || text === '' ? [] : [[language, text] as const];
      }),
    ),
  );
}

export const descriptionsSchema = someLanguages(cleanText.pipe(z.string().max(maxDescriptionCharacters)));

function isSafeLink(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}

/** Where one joins: people are sent there, so it is never an unsafe address. */
export const linkSchema = z
  .string()
  .trim()
  .max(maxLinkCharacters)
  .refine(isSafeLink, { error: 'notASafeLink' });

const choice = { error: 'unknownChoice' } as const;

export const minutesSchema = wholeNumber(5, dayMinutes);

const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

export const pausedMonthsSchema = z
  .array(z.number().int(choice).min(1, choice).max(12, choice))
  .max(24, { error: 'tooMany' })
  .transform((months) => unique(months).sort((one, other) => one - other));

const addressSchema = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email({ error: 'notAnAddress' }).max(254));

export const groupsSchema = z
  .array(addressSchema)
  .transform(unique)
  .pipe(z.array(z.string()).max(maxGroups, { error: 'tooMany' }));

const projectId = z
  .string()
  .min(1)
  .max(64)
  .transform((id) => id as ProjectId);
const projectsSchema = z.array(projectId).min(1).max(200).transform(unique);

export const peopleSchema: z.ZodType<SeriesPeople> = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('programme') }),
  z.strictObject({ of: z.literal('projects'), projects: projectsSchema }),
]);

export const rotationSchema = z
  .strictObject({
    projects: projectsSchema,
    askDays: wholeNumber(1, maxAskDays),
    deadlineDays: wholeNumber(0, maxAskDays - 1),
  })
  .superRefine(({ askDays, deadlineDays }, context) => {
    if (deadlineDays < askDays) return;
    const params = { least: 0, most: askDays - 1 };
    context.addIssue({ code: 'custom', message: 'notInRange', path: ['deadlineDays'], params });
  });

export const agendaSchema: z.ZodType<readonly AgendaItem[]> = z
  .array(
    z
      .strictObject({
        id: z.string().regex(/^[\w-]{1,64}$/, { error: 'wrongType' }),
        title: someLanguages(name),
        minutes: wholeNumber(1, dayMinutes).optional(),
      })
      .refine(({ title }) => Object.keys(title).length > 0, { error: 'required', path: ['title'] })
      .transform(({ id, title, minutes }) => ({ id, title, ...(minutes !== undefined && { minutes }) })),
  )
  .max(maxAgendaItems, { error: 'tooMany' })
  .refine((items) => unique(items.map(({ id }) => id)).length === items.length, { error: 'standsAlready' });

/** What of the reminders is set in a form; channels are added from within the channel. */
export const remindersSchema: z.ZodType<Pick<ReminderSettings, 'offsets' | 'ways' | 'quiet'>> = z
  .strictObject({
    offsets: z
      .array(wholeNumber(1, maxOffset))
      .transform((offsets) => unique(offsets).sort((one, other) => other - one))
      .pipe(z.array(z.number()).max(maxOffsets, { error: 'tooMany' })),
    ways: z
      .array(z.enum(['person', 'channel', 'mail']))
      .max(10)
      .transform(unique),
    quiet: z.strictObject({ from: timeSchema, to: timeSchema }).nullable().optional(),
  })
  .transform(({ offsets, ways, quiet }) => ({ offsets, ways, ...(quiet && { quiet }) }));
