import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../platform/errors.js';
import type { ProjectId } from '../platform/ids.js';
import { languages } from '../shared/languages.js';
import type { Programme } from '../people/person.js';
import { assertNoPersonalData } from '../content/personal-data.js';
import { submittedTextSchema, textFields } from '../content/input.js';
import { emptyAsNone, isoDateSchema, parse, webLinkSchema } from '../platform/validation.js';
import { audiences, channels, type NewsItem } from './types.js';
import type { NewsDetails, Submission } from './service.js';

const unique = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

const detailsShape = {
  projectId: z.string().min(1).max(64),
  audiences: z.array(z.enum(audiences)).max(50).transform(unique),
  wishedChannels: z.array(z.enum(channels)).max(50).transform(unique),
  link: z.preprocess(emptyAsNone, webLinkSchema.optional()),
  earliestDate: z.preprocess(emptyAsNone, isoDateSchema.optional()),
};

const detailsSchema = z.strictObject(detailsShape);

const submissionSchema = z.strictObject({
  ...detailsShape,
  formId: z.string().regex(/^[\w-]{8,64}$/, { error: 'wrongType' }),
  language: z.enum(languages),
  words: submittedTextSchema,
});

/** Drops `undefined` members, which the types do not hold. */
function withoutGaps({
  link,
  earliestDate,
}: {
  link?: string | undefined;
  earliestDate?: string | undefined;
}): {
  link?: string;
  earliestDate?: string;
} {
  return { ...(link !== undefined && { link }), ...(earliestDate !== undefined && { earliestDate }) };
}

function knownProject(programme: Programme, projectId: string): ProjectId {
  const project = programme.projects.find((candidate) => candidate.id === projectId);
  if (project === undefined) {
    throw new AppError('input.invalid', { fields: [{ field: 'projectId', code: 'unknownChoice' }] });
  }
  return project.id;
}

function requireUpcoming(date: string | undefined, today: Temporal.PlainDate): void {
  if (date === undefined || Temporal.PlainDate.compare(Temporal.PlainDate.from(date), today) >= 0) return;
  throw new AppError('input.invalid', { fields: [{ field: 'earliestDate', code: 'datePast' }] });
}

/**
 * A worker's form as the service takes it. `dateBefore` is the earliest date that the item has already: it may
 * have passed since.
 * @throws AppError `input.invalid` or `text.personalData`, with faults by field (`words.title`, `link`, ...).
 */
export function parseSubmission(
  input: unknown,
  programme: Programme,
  today: Temporal.PlainDate,
  dateBefore?: string,
): Submission {
  const { link, earliestDate, projectId, ...rest } = parse(submissionSchema, input);
  assertNoPersonalData({ ...textFields(rest.words), link: link ?? '' });
  if (earliestDate !== dateBefore) requireUpcoming(earliestDate, today);
  return { ...rest, projectId: knownProject(programme, projectId), ...withoutGaps({ link, earliestDate }) };
}

/** The details of an item without its words. @throws AppError `input.invalid` or `text.personalData`. */
export function parseDetails(input: unknown, programme: Programme): NewsDetails {
  const { link, earliestDate, projectId, ...rest } = parse(detailsSchema, input);
  assertNoPersonalData({ link: link ?? '' });
  return { ...rest, projectId: knownProject(programme, projectId), ...withoutGaps({ link, earliestDate }) };
}

const inAnyOrder = (values: readonly string[]): string => [...values].sort().join(' ');

/** Whether an item has just these details already; the order in which audiences and channels were ticked is none. */
export function sameDetails(item: NewsDetails, details: NewsDetails): boolean {
  return (
    item.projectId === details.projectId &&
    item.link === details.link &&
    item.earliestDate === details.earliestDate &&
    inAnyOrder(item.audiences) === inAnyOrder(details.audiences) &&
    inAnyOrder(item.wishedChannels) === inAnyOrder(details.wishedChannels)
  );
}

/** The item with these details and no others. */
export function withDetails(
  { link: _link, earliestDate: _date, ...item }: NewsItem,
  details: NewsDetails,
): NewsItem {
  return { ...item, ...details };
}
