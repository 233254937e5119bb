import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../platform/errors.js';
import type { ProjectId } from '../platform/ids.js';
import { emptyAsNone, isoDateSchema, parse } from '../platform/validation.js';
import { languages } from '../shared/languages.js';
import { wholeProgramme, type Programme } from '../people/person.js';
import { submittedTextSchema, webLinkSchema, writtenLine, writtenText } from '../content/input.js';
import { textLimits } from '../content/text.js';
import { audiences, channels, type NewsDetails, type Submission } from './types.js';

const maxNoteCharacters = 2000;
const maxSourceCharacters = 200;

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
  urgent: z.boolean().optional(),
  words: submittedTextSchema,
  source: z.preprocess(emptyAsNone, writtenLine({ max: maxSourceCharacters }).optional()),
});
const noteSchema = writtenText({ max: maxNoteCharacters, min: 1 });

const unknownProject = (): AppError =>
  new AppError('input.invalid', { fields: [{ field: 'projectId', code: 'unknownChoice' }] });

/** Nothing comes to an archived project, but what is of it stays. @throws AppError `input.invalid` at `projectId`. */
export function requireOffered(programme: Programme, projectId: ProjectId, before?: ProjectId): void {
  const project = programme.projects.find(({ id }) => id === projectId);
  if (projectId !== before && project?.isArchived === true) throw unknownProject();
}

function knownProject(programme: Programme, projectId: string): ProjectId {
  if (projectId === wholeProgramme) return wholeProgramme;
  const project = programme.projects.find((candidate) => candidate.id === projectId);
  if (project === undefined) throw unknownProject();
  return project.id;
}

function assertNotPast(date: string | undefined, today: Temporal.PlainDate): void {
  if (date === undefined || Temporal.PlainDate.compare(Temporal.PlainDate.from(date), today) >= 0) return;
  throw new AppError('input.invalid', { fields: [{ field: 'earliestDate', code: 'datePast' }] });
}

function detailsOf(
  { link, earliestDate, projectId, audiences: chosen, wishedChannels }: z.infer<typeof detailsSchema>,
  programme: Programme,
): NewsDetails {
  return {
    projectId: knownProject(programme, projectId),
    audiences: chosen,
    wishedChannels,
    ...(link !== undefined && { link }),
    ...(earliestDate !== undefined && { earliestDate }),
  };
}

/**
 * A worker's form as the service takes it. `before` has the earliest date and the project of an item that is there already:
 * the date may have passed since, the project may be archived.
 * @throws AppError `input.invalid` or `text.personalData`, with faults by field (`words.title`, `link`, ...).
 */
export function parseSubmission(
  input: unknown,
  programme: Programme,
  today: Temporal.PlainDate,
  before?: Pick<NewsDetails, 'earliestDate' | 'projectId'>,
): Submission {
  const { formId, language, urgent, words: text, source, ...details } = parse(submissionSchema, input);
  if (details.earliestDate !== before?.earliestDate) assertNotPast(details.earliestDate, today);
  const known = detailsOf(details, programme);
  requireOffered(programme, known.projectId, before?.projectId);
  return {
    formId,
    language,
    text,
    isUrgent: urgent === true,
    details: known,
    ...(source !== undefined && { source }),
  };
}

/** The details of an item without its texts. @throws AppError `input.invalid` or `text.personalData`. */
export function parseDetails(input: unknown, programme: Programme): NewsDetails {
  return detailsOf(parse(detailsSchema, input), programme);
}

/** What somebody writes about an item in its thread; an answer may be as long as the text. */
const messageSchema = writtenText({ max: textLimits.body, min: 1 });

/** @throws AppError `input.invalid` or `text.personalData`, at the field `text`. */
export function parseMessage(text: string): string {
  return parse(z.object({ text: messageSchema }), { text }).text;
}

/** A note to the author, a reason, or the author's answer. @throws AppError `input.invalid` or `text.personalData`, at the field. */
export function parseNote(field: 'note' | 'reason' | 'answer', input: string): string {
  const { [field]: text = '' } = parse(z.object({ [field]: noteSchema }), { [field]: input });
  return text;
}
