import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError } from '../platform/errors.js';
import type { NewsId, ProjectId, StoryId } from '../platform/ids.js';
import { publicLanguages, type PublicLanguage } from '../shared/languages.js';
import { addressSchema, writtenLine, writtenText } from '../content/input.js';
import { emptyAsNone, isoDateSchema, parse, revisionNumber } from '../platform/validation.js';
import { arrangementOf, sectionId } from './arrangement.js';
import type { Arrangement, Heading, LaidSection, LetterTexts, Waiver, Weight } from './types.js';

const maxNames = 1000;
const maxReasonCharacters = 500;
const idSchema = z.string().min(1).max(64);

const storyIdSchema = idSchema.transform((text) => text as StoryId);
const projectIdSchema = idSchema.transform((text) => text as ProjectId);

const maxHeadingCharacters = 80;
const headingText = writtenLine({ max: maxHeadingCharacters, min: 1 });
const headingSchema = z
  .strictObject({
    own: z.strictObject({ fi: headingText, sv: headingText }).optional(),
    projectId: projectIdSchema.optional(),
  })
  .transform(({ own, projectId }, context): Heading => {
    if (own !== undefined && projectId === undefined) return { own };
    if (projectId !== undefined && own === undefined) return { projectId };
    context.addIssue({ code: 'custom', message: 'wrongType' });
    return z.NEVER;
  });
const sectionsSchema = z
  .array(
    z.strictObject({
      id: idSchema,
      heading: headingSchema.optional(),
      stories: z.array(storyIdSchema).max(maxNames),
    }),
  )
  .max(maxNames);

const byProjectSchema = {
  projects: z.array(projectIdSchema).max(maxNames),
  stories: z.array(storyIdSchema).max(maxNames),
};
const orderSchema = z.strictObject({ lead: storyIdSchema.optional(), ...byProjectSchema });
const layoutSchema = z.strictObject({ lead: storyIdSchema.optional(), sections: sectionsSchema });

const newsIdSchema = idSchema.transform((text) => text as NewsId);
const revision = revisionNumber.optional();
/** `seen`: the revisions on the screen. */
const seenRevisions = z.strictObject({ fi: revision, sv: revision, en: revision }).optional();
const although = z.boolean().optional();

/** One item that is placed. */
export const placeSchema = z.strictObject({ newsId: newsIdSchema, seen: seenRevisions, although });

const maxPlaced = 100;
/** Several that are placed together; an item that stands there twice is placed once. */
export const placeSeveralSchema = z.strictObject({
  items: z
    .array(z.strictObject({ newsId: newsIdSchema, seen: seenRevisions }))
    .min(1)
    .max(maxPlaced)
    .transform((items) => [...new Map(items.map((item) => [item.newsId, item])).values()]),
  although,
});

const approvalSchema = z.strictObject({
  seen: z.string().max(64).optional(),
  although,
  waivers: z
    .array(
      z.strictObject({
        storyId: storyIdSchema,
        language: z.enum(publicLanguages),
        reason: writtenText({ max: maxReasonCharacters, min: 1 }),
      }),
    )
    .max(maxNames),
});

const sendBackSchema = z.strictObject({ reason: writtenText({ max: maxReasonCharacters, min: 1 }) });

/** Why an issue is sent back. @throws AppError `input.invalid` or `text.personalData`, with the fault at `reason`. */
export const parseReason = (input: unknown): string => parse(sendBackSchema, input ?? {}).reason;

const weightSchema = z.strictObject({ weight: z.union([z.literal(1), z.literal(2), z.literal(3)]) });
const languageSchema = z.strictObject({ language: z.enum(publicLanguages) });

const letterLine = (max: number) => z.preprocess(emptyAsNone, writtenLine({ max }).optional());
const letterText = (max: number) => z.preprocess(emptyAsNone, writtenText({ max }).optional());
/** Inboxes show some 60 letters of a subject and 140 beside it. */
const letterSchema = z.strictObject({
  subject: letterLine(120),
  preheader: letterLine(160),
  greeting: letterText(600),
  signOff: letterText(600),
});

const deadlineSchema = z.strictObject({ deadline: isoDateSchema });

/** Sections with an id each and every story once; only the first of them without a heading. */
function tidied(sections: z.output<typeof sectionsSchema>): LaidSection[] {
  const seen = new Set<string>();
  const isNew = (id: string): boolean => !seen.has(id) && seen.add(id).has(id);
  return sections.reduce<LaidSection[]>((laid, { id: sent, heading, stories: all }) => {
    const stories = all.filter((story) => isNew(`story ${story}`));
    const id = sectionId(sent, heading);
    const last = laid.at(-1);
    const isBegun = !isNew(`section ${id}`);
    if (last !== undefined && (heading === undefined || isBegun))
      return [...laid.slice(0, -1), { ...last, stories: [...last.stories, ...stories] }];
    if (heading === undefined) return [{ id, stories }];
    return [...laid, { id, heading, stories }];
  }, []);
}

const hasSections = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'sections' in input;

/**
 * An order given by hand: by sections, or by projects as a page of before sends it.
 * @throws AppError `input.invalid`, `text.personalData` with faults at `sections.<n>.heading.own.<language>`.
 */
export function parseOrder(input: unknown): Arrangement & { readonly lead?: StoryId } {
  if (hasSections(input)) {
    const { lead, sections } = parse(layoutSchema, input);
    return { ...arrangementOf(tidied(sections)), ...(lead && { lead }) };
  }
  const { lead, projects, stories } = parse(orderSchema, input);
  return { projects: [...new Set(projects)], stories: [...new Set(stories)], ...(lead && { lead }) };
}

const seenOrderSchema = z.object({ seen: z.object(byProjectSchema) });
const seenLayoutSchema = z.object({ seen: z.object({ sections: sectionsSchema }) });

/** The order that somebody had before them. @throws AppError `input.invalid` at `seen.sections`, `seen.projects`, `seen.stories`. */
export function parseSeenOrder(seen: unknown): Arrangement {
  if (hasSections(seen)) return arrangementOf(tidied(parse(seenLayoutSchema, { seen }).seen.sections));
  return parse(seenOrderSchema, { seen }).seen;
}

/**
 * The waivers of an approval, and the stamp of what was looked at.
 * @throws AppError `input.invalid` or `text.personalData`; a fault of a reason has the field `waivers.<n>.reason`.
 */
export function parseApproval(input: unknown): {
  waivers: readonly Waiver[];
  seen?: string;
  although?: boolean;
} {
  const { waivers, seen, although } = parse(approvalSchema, input);
  return { waivers, ...(seen !== undefined && { seen }), ...(although !== undefined && { although }) };
}

export function parseWeight(input: unknown): Weight {
  return parse(weightSchema, input).weight;
}

export function parseLanguage(language: unknown): PublicLanguage {
  return parse(languageSchema, { language }).language;
}

/** What a mail says around its stories. @throws AppError `input.invalid` or `text.personalData`. */
export function parseLetter(input: unknown): LetterTexts {
  const { subject, preheader, greeting, signOff } = parse(letterSchema, input);
  return {
    ...(subject !== undefined && { subject }),
    ...(preheader !== undefined && { preheader }),
    ...(greeting !== undefined && { greeting }),
    ...(signOff !== undefined && { signOff }),
  };
}

const testMailSchema = z.strictObject({
  language: z.enum(publicLanguages),
  to: addressSchema,
  formId: z.string().regex(/^[\w-]{8,64}$/, { error: 'wrongType' }),
});

/** Where a test goes. @throws AppError `input.invalid`. */
export function parseTestMail(input: unknown): z.output<typeof testMailSchema> {
  return parse(testMailSchema, input);
}

/** A deadline, today or later. @throws AppError `input.invalid`. */
export function parseDeadline(input: unknown, today: Temporal.PlainDate): string {
  const { deadline } = parse(deadlineSchema, input);
  if (Temporal.PlainDate.compare(Temporal.PlainDate.from(deadline), today) < 0) {
    throw new AppError('input.invalid', { fields: [{ field: 'deadline', code: 'datePast' }] });
  }
  return deadline;
}
