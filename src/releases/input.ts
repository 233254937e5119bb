import { pageSchema } from '../platform/pages.js';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { AppError, type FieldFaultCode } from '../platform/errors.js';
import { deterministicId, type NewsId, type ReleaseId } from '../platform/ids.js';
import { auditNumber, emptyAsNone, parse, revisionNumber } from '../platform/validation.js';
import { textSchema, writtenLine, writtenText } from '../content/input.js';
import type { TextContent } from '../content/text.js';
import { wallTimeSchema, type WallTime } from '../platform/wall-time.js';
import { publicLanguages, type PublicLanguage } from '../shared/languages.js';
import { homeZone } from '../platform/clock.js';
import type { Consent } from '../news/uses.js';
import type { CorrectionNote } from './types.js';

const id = z.string().regex(/^[0-9A-Za-z-]{1,64}$/, 'wrongType');
const channel = z.string().optional();
const although = z.boolean().optional();
const revision = revisionNumber.optional();
const originSchema = z.union([
  z.strictObject({
    newsId: id.transform((text) => text as NewsId),
    channel,
    seen: z.strictObject({ fi: revision, sv: revision, en: revision }).optional(),
    although,
  }),
  z.strictObject({
    formId: id,
    channel,
    language: z.enum(publicLanguages).optional(),
    words: textSchema.optional(),
  }),
]);

/** What a release is made from, and the id that makes it the same release when it is asked for again. */
export interface Origin {
  readonly id: ReleaseId;
  readonly channel: string;
  readonly newsId?: NewsId;
  /** What whoever makes it says, in case that accepts the item too. */
  readonly consent?: Consent;
  /** The text that one from nothing begins with. */
  readonly first?: { readonly language: PublicLanguage; readonly text: TextContent };
}

/** Without a channel the first of those that are registered is meant. @throws AppError `input.invalid` or `text.personalData`. */
export function parseOrigin(input: unknown, channels: readonly string[]): Origin {
  const origin = parse(originSchema, input);
  const chosen = origin.channel ?? channels[0];
  if (chosen === undefined || !channels.includes(chosen))
    throw new AppError('input.invalid', { fields: [{ field: 'channel', code: 'unknownChoice' }] });
  if ('newsId' in origin) {
    const { newsId, seen, although } = origin;
    const made = deterministicId<ReleaseId>('release', 'news', newsId, chosen);
    return { id: made, channel: chosen, newsId, consent: { seen, although } };
  }
  const { words, language = 'fi' } = origin;
  return {
    id: deterministicId<ReleaseId>('release', 'form', origin.formId),
    channel: chosen,
    ...(words && { first: { language, text: words } }),
  };
}

const waiverSchema = z.strictObject({ waiver: writtenText({ max: 500, min: 1 }).optional() });

/** The reason of a waiver. @throws AppError `input.invalid` or `text.personalData`, with the fault at `waiver`. */
export function parseWaiver(waiver: string | undefined): string | undefined {
  return parse(waiverSchema, { waiver }).waiver;
}

/** A field that may be left out, also where nothing but spaces is left in it. */
const orNone = <Text extends z.ZodType<string>>(text: Text) =>
  z.preprocess(emptyAsNone, text.optional()).transform((written) => (written === '' ? undefined : written));

const maxContactCharacters = 200;
const contactSchema = z.strictObject({ contact: orNone(writtenLine({ max: maxContactCharacters })) });

/** Whom readers may ask; nothing where that is empty. @throws AppError `input.invalid` or `text.personalData`. */
export function parseContact(input: unknown): string | undefined {
  return parse(contactSchema, input).contact;
}

const noteText = orNone(writtenText({ max: 300 }));
const correctionSchema = z.strictObject({ note: z.strictObject({ fi: noteText, sv: noteText }).optional() });

/** The note of a correction to its readers, by language; nothing where that is empty. @throws AppError as {@link parseContact} does. */
export function parseCorrection(input: unknown): CorrectionNote | undefined {
  const { fi, sv } = parse(correctionSchema, input).note ?? {};
  if (fi === undefined && sv === undefined) return undefined;
  return { ...(fi !== undefined && { fi }), ...(sv !== undefined && { sv }) };
}

/** @throws AppError `input.invalid` with faults at `date` and `time`. */
export function parseWallTime(input: unknown): WallTime {
  return parse(wallTimeSchema, input);
}

export const listSchema = z.strictObject({
  of: z.enum(['queue', 'archive']).default('queue'),
  ...pageSchema.shape,
});
export const publicLanguageSchema = z.enum(publicLanguages);
const seenRevisions = z.strictObject({ fi: revision, sv: revision }).optional();
/**
 * What somebody who lets a release go out says to it. `seen`: the revisions on their screen; where others are current by now
 * the answer is `text.conflict`.
 */
const consentShape = {
  seen: seenRevisions,
  waiver: z.string().optional(),
  although,
};
export const consentSchema = z.strictObject(consentShape);
export const correctSchema = z.strictObject({ ...consentShape, note: z.unknown().optional() });
/** `texts`: the revisions on the screen, as `seen` is the time that was there before. */
export const scheduleSchema = z.looseObject({
  waiver: z.string().optional(),
  although,
  texts: seenRevisions,
});
export const undoSchema = z.strictObject({ audit: auditNumber });

/** How long after its time a release still goes out by itself; later than that a person decides. */
const maxLateness = Temporal.Duration.from({ minutes: 60 });

/** How far ahead a release may be planned: a date beyond it is most likely a slip of the finger. */
const maxLead = { years: 2 } as const;

function dateFault(code: FieldFaultCode, values?: Readonly<Record<string, string>>): AppError {
  return new AppError('input.invalid', { fields: [{ field: 'date', code, ...(values && { values }) }] });
}

/** @throws AppError `release.timePassed`. */
export function assertNotPassed(due: Temporal.Instant, now: Temporal.Instant): void {
  if (Temporal.Instant.compare(due, now) <= 0)
    throw new AppError('release.timePassed', { due: due.toString() });
}

/**
 * Refuses a time that is too far away, or before the date that the item's author asked for.
 * @throws AppError `input.invalid` with the fault at `date`.
 */
export function assertDateFits(due: Temporal.Instant, now: Temporal.Instant, earliestDate?: string): void {
  const at = due.toZonedDateTimeISO(homeZone);
  const last = now.toZonedDateTimeISO(homeZone).add(maxLead);
  if (Temporal.ZonedDateTime.compare(at, last) > 0) throw dateFault('dateTooFar');
  if (earliestDate !== undefined && Temporal.PlainDate.compare(at.toPlainDate(), earliestDate) < 0)
    throw dateFault('dateTooEarly', { earliest: earliestDate });
}

/** Whether a release that is due then is too late to go out by itself. */
export function isTooLate(due: string, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, Temporal.Instant.from(due).add(maxLateness)) > 0;
}

const sendBackSchema = z.strictObject({ reason: writtenText({ max: 500, min: 1 }) });

/** Why a release is sent back. @throws AppError `input.invalid` or `text.personalData`, with the fault at `reason`. */
export const parseReason = (input: unknown): string => parse(sendBackSchema, input ?? {}).reason;

const giveUpSchema = z.strictObject({ done: z.boolean().optional() });

/** Whether what is given up was done after all; `undefined` where nobody says so. @throws AppError `input.invalid`. */
export function parseGiveUp(input: unknown): boolean | undefined {
  return parse(giveUpSchema, input ?? {}).done;
}
