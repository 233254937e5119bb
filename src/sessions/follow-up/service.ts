import { Temporal } from 'temporal-polyfill';
import { AppError } from '../../platform/errors.js';
import type { NewsId, OccurrenceId, ProjectId } from '../../platform/ids.js';
import { type Language, languages } from '../../shared/languages.js';
import { isSame } from '../../shared/merge.js';
import { textIn, textToRead, translatedTo } from '../../shared/translated.js';
import { translationsOf } from '../occurrences/translations.js';
import {
  type Attendance,
  type Material,
  materialId,
  type Notes,
  type NotesText,
  type Occurrence,
  type OccurrenceRecord,
  projectOf,
  type ThankedGroup,
  thankedGroups,
} from '../occurrences/occurrence.js';
import { t } from '../../i18n/messages.js';
import { textLimits } from '../../content/text.js';
import { agreedProject, findOccurrence, type Found } from '../occurrences/reading.js';
import { z } from 'zod';
import { webLinkSchema, writtenLine, writtenMarkdown, writtenText } from '../../content/input.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { NewsService } from '../../news/service.js';
import { requirePermission } from '../../people/permissions.js';
import type { Actor } from '../../platform/actor.js';
import { actionContextOf, type PersonActionContext } from '../../platform/aggregate.js';
import { mergedWith, requireSeen, type Seen } from '../../platform/seen.js';
import { emptyAsNone, parse, revisionNumber, wholeNumber } from '../../platform/validation.js';
import {
  changeOccurrence,
  nextAuditNumber,
  type OccurrenceDecision,
  type OccurrenceChanged,
  recordOf,
} from '../occurrences/change.js';
import { projectsOfActor, mayActFor, requireMayActFor, signedForProject } from '../policy.js';
import { groupNotice } from '../notices.js';
import { type AttendanceDeps, keepReport } from './attendance.js';
import type { FollowUpStore } from './store.js';
import { sessionFanOut } from '../fan-outs.js';
import { archiveService } from './archive.js';

/** Answers to the two questions after a session: how useful (1-5), and what to do better. */
export interface PulseView {
  readonly count: number;
  /** How many gave each number, 1 first. */
  readonly useful: readonly [number, number, number, number, number];
  readonly better: readonly { readonly text: string; readonly at: string }[];
}

export interface NewsDraft {
  readonly projectId?: ProjectId;
  readonly language: Language;
  readonly title: string;
  readonly body: string;
  readonly link?: string;
}

/** Thanks that come later than that are a surprise; a recording may take its weeks. In days. */
const thanksDays = 60;

/** Until when people are thanked for a session that ended at this ISO instant. */
export function thanksUntil(end: string): Temporal.Instant {
  return Temporal.Instant.from(end).add({ hours: 24 * thanksDays });
}

const nameKey = (name: string): string => name.normalize('NFC').trim().toLocaleLowerCase('fi');

/** The names of those who were there, as the report of the meeting has them; none for a number by hand. */
export function namesThere(record: Pick<OccurrenceRecord, 'attendance'> | undefined): ReadonlySet<string> {
  const { attendance } = record ?? {};
  return new Set(attendance?.from === 'meeting' ? attendance.people.map(({ name }) => nameKey(name)) : []);
}

/** Whether one of these names is somebody's. */
export const isAmong = (names: ReadonlySet<string>, { name }: { readonly name: string }): boolean =>
  names.has(nameKey(name));

/** @throws AppError `occurrence.moveNotAllowed` where it has not begun, or does not take place. */
function requireBegun({ id, state, start }: Occurrence, now: string): void {
  if (state.status === 'cancelled' || start > now)
    throw new AppError('occurrence.moveNotAllowed', { id, state: state.status, start });
}

const shorten = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max - 1).trimEnd()}…`;

/** What was shown: the talk's own material, then the others, each address once. */
function materialsOf({ talk, record }: Occurrence, language: Language): Pick<Material, 'title' | 'url'>[] {
  const own =
    talk?.material === undefined
      ? []
      : [{ title: t(language, 'session.draft.material'), url: talk.material }];
  const all = [...(record?.materials ?? []).map((material) => translatedTo(language, material)), ...own];
  return all.filter(({ url }, index) => all.findIndex((other) => other.url === url) === index);
}

/** A link of Markdown, whatever its text holds. */
function linkOf({ title, url }: Pick<Material, 'title' | 'url'>): string {
  const address = new URL(url).href.replaceAll('(', '%28').replaceAll(')', '%29');
  return `[${title.replace(/[[\]\\]/g, '\\$&')}](${address})`;
}

function bodyOf(occurrence: Occurrence, language: Language): string {
  const { talk, record } = occurrence;
  const materials = materialsOf(occurrence, language);
  const links = materials.map((material) => `- ${linkOf(material)}`);
  const recording = record?.recordingUrl;
  const paragraphs = [
    talk && t(language, 'session.draft.speaker', { speaker: talk.presenter }),
    textToRead(language, record?.notes)?.text,
    links.length > 0 ? `${t(language, 'session.draft.materials')}:\n\n${links.join('\n')}` : undefined,
    recording && linkOf({ title: t(language, 'session.draft.recording'), url: recording }),
  ];
  return paragraphs.filter((text) => text !== undefined && text !== '').join('\n\n');
}

/** What the form of a news item about a session is filled in with: of the talk, the notes and the materials. */
function newsDraftOf(occurrence: Occurrence, language: Language): NewsDraft {
  const { talk, names, record } = occurrence;
  const projectId = agreedProject(occurrence);
  const link = record?.recordingUrl ?? materialsOf(occurrence, language)[0]?.url;
  return {
    ...(projectId !== undefined && { projectId }),
    language,
    title: shorten(talk?.topic ?? names[language], textLimits.title),
    body: shorten(bodyOf(occurrence, language), textLimits.body),
    ...(link !== undefined && { link }),
  };
}

export interface FollowUpDeps extends AttendanceDeps {
  readonly followUp: FollowUpStore;
  readonly news: Pick<NewsService, 'get'>;
}

const materialsSchema = z.strictObject({
  materials: z
    .array(
      z.strictObject({
        id: z
          .string()
          .regex(/^[\w-]{1,64}$/, { error: 'wrongType' })
          .optional(),
        title: writtenLine({ max: 120, min: 1 }),
        url: webLinkSchema,
        language: z.enum(languages).optional(),
        translations: translationsOf(z.strictObject({ title: writtenLine({ max: 120 }) }), (words) =>
          words.title === '' ? undefined : words,
        ).optional(),
      }),
    )
    .max(20, { error: 'tooMany' })
    .optional(),
  recordingUrl: z.preprocess((value) => emptyAsNone(value) ?? null, webLinkSchema.nullable()).optional(),
});

type SentMaterial = NonNullable<z.output<typeof materialsSchema>['materials']>[number];

/** Materials as they were sent, each with an id. @throws AppError `input.invalid` for one that is there twice. */
function withIds(materials: readonly SentMaterial[]): Material[] {
  const all = materials.map(({ id, language, translations = {}, ...material }) => ({
    id: id ?? materialId(material.url),
    ...material,
    ...(language !== undefined && { language }),
    ...(Object.keys(translations).length > 0 && { translations }),
  }));
  const again = all.findIndex(({ id }, index) => all.findIndex((other) => other.id === id) < index);
  if (again === -1) return all;
  const fields = [{ field: `materials.${String(again)}.url`, code: 'standsAlready' }];
  throw new AppError('input.invalid', { fields });
}

/** What was seen, each material with an id: a page that was open before they had one sends none. */
function seenWithIds(seen: Seen | undefined): Seen | undefined {
  const { materials } = seen ?? {};
  if (!Array.isArray(materials)) return seen;
  const each = (materials as readonly unknown[]).map((material): unknown => {
    const { url } = (material ?? {}) as { readonly url?: unknown };
    return typeof url === 'string' ? { id: materialId(url), ...(material as object) } : material;
  });
  return { ...seen, materials: each };
}

const notesSchema = z.strictObject({
  text: writtenMarkdown({ max: 20_000 }),
  language: z.enum(languages).optional(),
  basedOn: revisionNumber,
});

/** The text that somebody writes over: that of the language, and the first one while nobody knows in which it is. */
function notesOver(notes: Notes | undefined, language: Language | undefined): NotesText | undefined {
  const isFirst = language === undefined || notes?.language === undefined;
  return isFirst ? notes : textIn(language, notes);
}

/** The notes with another text in a language; where none was said it is that of the first one. */
function notesWith(notes: Notes | undefined, language: Language | undefined, text: NotesText): Notes {
  const { language: known, translations } = notes ?? {};
  if (notes !== undefined && known !== undefined && language !== undefined && language !== known)
    return { ...notes, translations: { ...translations, [language]: text } };
  const written = known ?? language;
  return {
    ...text,
    ...(written !== undefined && { language: written }),
    ...(translations && { translations }),
  };
}

const countSchema = z.strictObject({ count: wholeNumber(0, 100_000) });

const thanksMessage = writtenText({ max: 1_000 }).optional();

const thanksSchema = z.strictObject({
  round: z.number().int({ error: 'wrongType' }).min(1, { error: 'wrongType' }),
  to: z.enum(thankedGroups).default('invited'),
  /** A few words of one's own, by language. */
  message: z.strictObject({ fi: thanksMessage, sv: thanksMessage, en: thanksMessage }).default({}),
});

type Thanks = z.output<typeof thanksSchema>;

const usefulness = [1, 2, 3, 4, 5] as const;

const pulseSchema = z.strictObject({
  useful: z.literal(usefulness, { error: 'unknownChoice' }),
  better: writtenText({ max: 1_000 }).optional(),
});

/** To whom each round so far went. */
const thankedBefore = ({ thanked = 0, thankedTo = [] }: OccurrenceRecord): readonly ThankedGroup[] =>
  Array.from({ length: thanked }, (_, index) => thankedTo[index] ?? 'invited');

/** Whether a later round of thanks, sent already, reaches everybody whom a round was to reach. */
export const isThankedAgain = (record: OccurrenceRecord, round: number, to: ThankedGroup): boolean =>
  thankedBefore(record)
    .slice(round)
    .some((later) => thankedGroups.indexOf(later) <= thankedGroups.indexOf(to));

/**
 * What leaves with thanks: a fan-out to everybody, and a notice to those who presented.
 * @param act number of the audit entry: thanks that were undone and are sent after all are others.
 */
function thanksMessages(
  occurrence: Pick<Occurrence, 'id' | 'slot'>,
  { round, to, message: written, act }: Thanks & { readonly act: string },
  actionContext: PersonActionContext,
): NewMessage[] {
  const { id: occurrenceId } = occurrence;
  const texts = Object.fromEntries(Object.entries(written).filter(([, text]) => (text ?? '') !== ''));
  const message = Object.keys(texts).length === 0 ? {} : { message: texts };
  const notice = { about: 'presenterThanks', occurrenceId, ...message } as const;
  const projectId = agreedProject(occurrence);
  const content = { kind: 'thanks', occurrenceId, round, ...(to === 'there' && { to }), ...message } as const;
  return [
    ...(to === 'presenters' ? [] : [sessionFanOut(content, actionContext.dueAt, act)]),
    ...(projectId === undefined ? [] : [groupNotice(notice, { projectId }, { ...actionContext, act })]),
  ];
}

/** After an occurrence: attendance, materials, notes, thanks, the pulse, and news made of it. */
export function followUpService(deps: FollowUpDeps) {
  const { followUp, outbox, people, news, clock } = deps;

  /** Changes what the presenting project and the coordinator keep of a session that takes place. */
  async function keep(
    actor: Actor,
    id: OccurrenceId,
    decide: (found: Found, actionContext: PersonActionContext) => OccurrenceDecision | undefined,
  ): Promise<OccurrenceChanged> {
    const actorProjects = await projectsOfActor(deps, actor);
    const signerOf = ({ occurrence }: Found): Actor => signedForProject(actorProjects, projectOf(occurrence));
    const decided = (found: Found, actionContext: PersonActionContext) => {
      const { occurrence } = found;
      requireMayActFor(actorProjects, projectOf(occurrence));
      if (occurrence.state.status === 'cancelled')
        throw new AppError('occurrence.moveNotAllowed', { id, state: occurrence.state.status });
      return decide(found, actionContext);
    };
    return changeOccurrence(deps, id, actor, decided, signerOf);
  }

  return {
    archive: archiveService(deps),

    /**
     * `{ materials?, recordingUrl? }`: what is left out stays; `seen` has the same. Two changes of the materials are put
     * together link by link, and in each by language.
     * @throws AppError `presenter.notYours`, `input.invalid`, `edit.conflict`.
     */
    async setMaterials(
      actor: Actor,
      id: OccurrenceId,
      input: unknown,
      seen?: Seen,
    ): Promise<OccurrenceChanged> {
      requirePermission(actor, 'session:take');
      const sent = parse(materialsSchema, input);
      const mine = { ...sent, ...(sent.materials && { materials: withIds(sent.materials) }) };
      return keep(actor, id, (found) => {
        const before = recordOf(found);
        const current = { materials: before.materials ?? [], recordingUrl: before.recordingUrl };
        const merged = parse(materialsSchema, mergedWith(seenWithIds(seen), mine, current));
        const { recordingUrl } = merged;
        const materials = merged.materials && withIds(merged.materials);
        const { materials: _materials, recordingUrl: _recording, ...rest } = before;
        const recording = recordingUrl === undefined ? before.recordingUrl : (recordingUrl ?? undefined);
        const shown = materials ?? before.materials;
        if (isSame(shown ?? [], before.materials ?? []) && recording === before.recordingUrl)
          return undefined;
        const record: OccurrenceRecord = {
          ...rest,
          ...(shown && { materials: shown }),
          ...(recording !== undefined && { recordingUrl: recording }),
        };
        return { record, event: { action: 'materials' }, canUndo: true };
      });
    },

    /**
     * `{ text, language?, basedOn }`; each language has revisions of its own. Notes whose language nobody has said get
     * the one that is sent. @throws AppError `text.conflict` with `{ theirs }` when another revision of it is there.
     */
    async setNotes(actor: Actor, id: OccurrenceId, input: unknown): Promise<OccurrenceChanged> {
      requirePermission(actor, 'session:take');
      const { text, language, basedOn } = parse(notesSchema, input);
      return keep(actor, id, (found, { at, by }) => {
        const before = recordOf(found);
        const theirs = notesOver(before.notes, language);
        const isSameText = (theirs?.text ?? '') === text;
        const isNamed =
          theirs !== undefined && language !== undefined && before.notes?.language === undefined;
        if (isSameText && !isNamed) return undefined;
        if ((theirs?.revision ?? 0) !== basedOn) throw new AppError('text.conflict', { id, theirs });
        const written = { text, revision: basedOn + 1, by, at };
        const notes = notesWith(before.notes, language, written);
        return { record: { ...before, notes }, event: { action: 'notes' }, canUndo: true };
      });
    },

    /** A number by hand, `{ count }`; `seen` has the one before. @throws AppError `edit.conflict`. */
    async setAttendance(
      actor: Actor,
      id: OccurrenceId,
      input: unknown,
      seen?: Seen,
    ): Promise<OccurrenceChanged> {
      requirePermission(actor, 'session:edit');
      const { count } = parse(countSchema, input);
      const actionContext = actionContextOf(deps, actor);
      const { at, by } = actionContext;
      return changeOccurrence(deps, id, actionContext, (found) => {
        requireBegun(found.occurrence, at);
        const { attendance: before, ...record } = recordOf(found);
        if (before?.from === 'hand' && before.count === count) return undefined;
        requireSeen(seen, { count }, { count: before?.count });
        const attendance: Attendance = { from: 'hand', count, by, at };
        return { record: { ...record, attendance }, event: { action: 'attendance' }, canUndo: true };
      });
    },

    /**
     * Asks for the meeting's report again, and takes its number in place of the one that `seen` has as `count`.
     * @throws AppError `attendance.noSource`, `attendance.notYet`, `calendar.unavailable`, `edit.conflict`.
     */
    async fetchAttendance(actor: Actor, id: OccurrenceId, seen?: Seen): Promise<OccurrenceChanged> {
      requirePermission(actor, 'session:edit');
      const actionContext = actionContextOf(deps, actor);
      const { occurrence } = await findOccurrence(deps, id);
      requireBegun(occurrence, actionContext.at);
      const { joinUrl, start, end } = occurrence;
      if (deps.attendance === undefined || joinUrl === undefined)
        throw new AppError('attendance.noSource', { id });
      const report = await deps.attendance.report(joinUrl, start, end);
      if (report === undefined) throw new AppError('attendance.notYet', { id });
      return keepReport(deps, id, report, actionContext, { seen });
    },

    /**
     * Thanks with materials and recording, and asks the presenters to make a news item of it: `{ round, to?, message? }`.
     * The next round is a new press of the button; an earlier one that arrives again changes nothing.
     * @throws AppError `thanks.tooLate`, `occurrence.moveNotAllowed`; `input.invalid` where nobody knows who was there.
     */
    async thank(actor: Actor, id: OccurrenceId, input: unknown): Promise<OccurrenceChanged> {
      requirePermission(actor, 'session:edit');
      const thanks = parse(thanksSchema, input);
      const { round, to } = thanks;
      const actionContext = actionContextOf(deps, actor);
      return changeOccurrence(deps, id, actionContext, (found) => {
        const { occurrence } = found;
        if (occurrence.state.status !== 'held')
          throw new AppError('occurrence.moveNotAllowed', { id, state: occurrence.state.status });
        if (Temporal.Instant.compare(actionContext.dueAt, thanksUntil(occurrence.end)) >= 0)
          throw new AppError('thanks.tooLate', { id });
        const record = recordOf(found);
        const thanked = record.thanked ?? 0;
        if (round <= thanked) return undefined;
        if (round > thanked + 1) throw new AppError('occurrence.moveNotAllowed', { id, thanked });
        if (to === 'there' && namesThere(record).size === 0) {
          const fields = [{ field: 'to', code: 'unknownChoice' }];
          throw new AppError('input.invalid', { fields });
        }
        const messages = thanksMessages(
          occurrence,
          { ...thanks, act: nextAuditNumber(found) },
          actionContext,
        );
        return {
          record: { ...record, thanked: round, thankedTo: [...thankedBefore(record), to] },
          event: { action: 'thanks' },
          canUndo: true,
          messages,
        };
      });
    },

    /** `{ useful, better? }`: one answer a person; a second one replaces the first. */
    async pulse(actor: Actor, id: OccurrenceId, input: unknown): Promise<void> {
      requirePermission(actor, 'session:take');
      const { better = '', ...answer } = parse(pulseSchema, input);
      const { occurrence } = await findOccurrence(deps, id);
      const at = clock.now().toString();
      requireBegun(occurrence, at);
      const full = { ...answer, ...(better !== '' && { better }), at };
      await outbox.commit([followUp.putPulse(occurrence.id, actor.id, full)]);
    },

    /** The numbers for everybody; the texts, without names, for the presenting project and the coordinator. */
    async pulseOf(actor: Actor, id: OccurrenceId): Promise<PulseView> {
      requirePermission(actor, 'session:see');
      const [actorProjects, { occurrence }] = await Promise.all([
        projectsOfActor(deps, actor),
        findOccurrence(deps, id),
      ]);
      const answers = await followUp.pulses(occurrence.id);
      const [one, two, three, four, five] = usefulness.map(
        (number) => answers.filter(({ useful }) => useful === number).length,
      );
      const texts = mayActFor(actorProjects, projectOf(occurrence)) ? answers : [];
      return {
        count: answers.length,
        useful: [one ?? 0, two ?? 0, three ?? 0, four ?? 0, five ?? 0],
        better: texts
          .flatMap(({ better, at }) => (better === undefined ? [] : [{ text: better, at }]))
          .sort((first, second) => (first.at < second.at ? 1 : -Number(first.at > second.at))),
      };
    },

    /** What the news form is filled in with: of the talk, the notes and the materials. */
    async newsDraft(actor: Actor, id: OccurrenceId): Promise<NewsDraft> {
      requirePermission(actor, 'session:take');
      const { occurrence } = await findOccurrence(deps, id);
      const own = (await people.find(actor.id))?.language ?? 'fi';
      return newsDraftOf(occurrence, occurrence.talk?.language ?? own);
    },

    /** The news items that were made of it. */
    async newsOf(actor: Actor, id: OccurrenceId): Promise<readonly NewsId[]> {
      requirePermission(actor, 'session:see');
      return followUp.news((await findOccurrence(deps, id)).occurrence.id);
    },

    /** A news item that the actor may see was made of it. @throws AppError `news.notFound`. */
    async linkNews(actor: Actor, id: OccurrenceId, newsId: NewsId): Promise<void> {
      requirePermission(actor, 'session:take');
      const [{ occurrence }] = await Promise.all([findOccurrence(deps, id), news.get(actor, newsId)]);
      await outbox.commit([followUp.putNews(occurrence.id, newsId, clock.now().toString())]);
    },
  };
}

export type FollowUpService = ReturnType<typeof followUpService>;
