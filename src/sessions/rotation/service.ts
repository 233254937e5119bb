import { Temporal } from 'temporal-polyfill';
import type { Actor, PersonRef } from '../../platform/actor.js';
import { homeDate, today } from '../../platform/clock.js';
import type { OccurrenceId, PersonId, ProjectId, SeriesId } from '../../platform/ids.js';
import {
  changeOccurrence,
  nextAuditNumber,
  type OccurrenceDecision,
  type OccurrenceChanged,
  recordOf,
  type ParticipationDeps,
} from '../occurrences/change.js';
import {
  type ActorProjects,
  projectsOfActor,
  mayActFor,
  requireMayActFor,
  signedForProject,
  leadsSessions,
} from '../policy.js';
import { moveState, requireUpcoming } from '../occurrences/workflow.js';
import {
  agreedProject,
  findOccurrence,
  type Found,
  lineOf,
  occurrencesOf,
  presentedBy,
} from '../occurrences/reading.js';
import {
  chosenPerson,
  type Occurrence,
  type OccurrenceLine,
  type OccurrenceRecord,
  projectOf,
  type SwapAsk,
  type Talk,
} from '../occurrences/occurrence.js';
import { findSeries } from '../series/change.js';
import type { RotationSettings, Series } from '../series/series.js';
import { z } from 'zod';
import type { PersonActionContext } from '../../platform/aggregate.js';
import { AppError } from '../../platform/errors.js';
import { mergedWith, requireSeen, type Seen } from '../../platform/seen.js';
import { emptyAsNone, parse } from '../../platform/validation.js';
import { webLinkSchema, writtenLine } from '../../content/input.js';
import { peopleOf, type NoticeContext } from '../../delivery/notices.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import { requirePermission } from '../../people/permissions.js';
import { offeredProjects, type Person } from '../../people/person.js';
import { languages } from '../../shared/languages.js';
import { isSame } from '../../shared/merge.js';
import { translationsOf } from '../occurrences/translations.js';
import { groupNotice, personNotice } from '../notices.js';
import {
  given,
  leftOpen,
  type Pair,
  pairOf,
  requireSlots,
  swapAsked,
  swapNotPossible,
  swapped,
} from './slots.js';

/** A slot of a series with a rotation: who presents, or is proposed to. */
interface SlotView {
  readonly occurrence: OccurrenceLine;
  /** Other upcoming slots with which this one could be swapped: those of which the topic is not due yet, for a coordinator all. */
  readonly swappable: readonly OccurrenceId[];
}

export interface RotationView {
  readonly slots: readonly SlotView[];
  /**
   * When each project last presented, longest ago first; absent date: never yet. `next`: the day on which it has agreed to
   * present next, among the slots. ISO dates.
   */
  readonly history: readonly {
    readonly projectId: ProjectId;
    readonly last?: string;
    readonly next?: string;
    readonly times: number;
  }[];
  /** Who of each project can be chosen, by name; for those who may choose. */
  readonly people?: Readonly<Record<ProjectId, readonly PersonRef[]>>;
}

/** Who a coordinator chooses: a project, and who of it presents. Without `personId` that stays as it is; `null` leaves it to the project. */
interface Chosen {
  readonly projectId: ProjectId;
  readonly personId?: PersonId | null;
}

const maxSlots = 12;
/** Days ahead: enough for twelve monthly slots, and then for twelve of a series with a few sessions a year. */
const spans = [400, 1_500] as const;
/** Days back: two years, as far as a rotation remembers. */
const historyDays = 730;

async function nextSlots(deps: ParticipationDeps, series: Series): Promise<readonly Occurrence[]> {
  const from = today(deps.clock);
  const now = deps.clock.now().toString();
  let slots: readonly Occurrence[] = [];
  for (const days of spans) {
    const all = await occurrencesOf(deps, series, from.toString(), from.add({ days }).toString());
    slots = all.filter(({ state, end }) => state.status !== 'cancelled' && end > now).slice(0, maxSlots);
    if (slots.length === maxSlots || series.state.status === 'ended') break;
  }
  return slots;
}

/** @param earliest ISO instant: sooner, others have their talk ready, and only a coordinator swaps with them. */
function swappable(
  slot: Occurrence,
  slots: readonly Occurrence[],
  actorProjects: ActorProjects,
  earliest: string,
): OccurrenceId[] {
  const own = projectOf(slot);
  if (own === undefined || !mayActFor(actorProjects, own)) return [];
  return slots
    .filter((other) => projectOf(other) !== undefined && projectOf(other) !== own)
    .filter(({ start }) => actorProjects.isEditor || Temporal.Instant.compare(start, earliest) >= 0)
    .map(({ id }) => id);
}

function historyOf(
  { projects }: RotationSettings,
  records: readonly OccurrenceRecord[],
  date: string,
  slots: readonly Occurrence[],
): RotationView['history'] {
  const presented = presentedBy(records, date);
  return projects
    .map((projectId) => {
      const own = presented.filter((each) => each.projectId === projectId);
      const last = own.at(-1)?.date;
      const coming = slots.find((slot) => agreedProject(slot) === projectId);
      const next = coming && homeDate(coming.start).toString();
      return {
        projectId,
        times: own.length,
        ...(last !== undefined && { last }),
        ...(next !== undefined && { next }),
      };
    })
    .sort((one, other) => ((one.last ?? '') < (other.last ?? '') ? -1 : Number(one.last !== other.last)));
}

/** The next twelve slots with who presents, and who did before. */
async function rotationView(deps: ParticipationDeps, actor: Actor, id: SeriesId): Promise<RotationView> {
  const { value: series } = await findSeries(deps.store, id);
  if (series.rotation === undefined) return { slots: [], history: [] };
  const present = today(deps.clock);
  const since = present.add({ days: -historyDays }).toString();
  const [slots, records, actorProjects, everybody] = await Promise.all([
    nextSlots(deps, series),
    deps.store.records(id, since, present.toString()),
    projectsOfActor(deps, actor),
    leadsSessions(actor) ? deps.people.all() : undefined,
  ]);
  const held = records.map(({ value }) => value);
  const earliest = deps.clock
    .now()
    .add({ hours: series.rotation.deadlineDays * 24 })
    .toString();
  return {
    slots: slots.map((slot) => ({
      occurrence: lineOf(slot),
      swappable: swappable(slot, slots, actorProjects, earliest),
    })),
    // Today's presenters have not presented before their session is over.
    history: historyOf(series.rotation, held, present.add({ days: -1 }).toString(), slots),
    ...(everybody && {
      people: Object.fromEntries(series.rotation.projects.map((each) => [each, membersOf(everybody, each)])),
    }),
  };
}

/** Whether somebody is notified with their project, or chose themselves: whoever coordinates is spoken to as such. */
const isAmongPeople = (
  everybody: readonly Person[],
  projectId: ProjectId,
  { id }: PersonRef,
  actor: Actor,
): boolean => id === actor.id || peopleOf(everybody, projectId).some((each) => each.id === id);

/** Who may be chosen for a project's slot, by name. */
function membersOf(everybody: readonly Person[], projectId: ProjectId): PersonRef[] {
  return everybody
    .filter(({ projects }) => projects.includes(projectId))
    .map(({ id, name }) => ({ id, name }))
    .sort((one, other) => one.name.localeCompare(other.name, 'fi'));
}

const talkSchema = z.strictObject({
  topic: writtenLine({ max: 120, min: 1 }),
  speaker: writtenLine({ max: 120, min: 1 }),
  material: z.preprocess(emptyAsNone, webLinkSchema.optional()),
  language: z.enum(languages),
  /** The same in other languages. One without a topic is none; left out, they stay as long as the topic does. */
  translations: translationsOf(
    z.strictObject({ topic: writtenLine({ max: 120 }), speaker: writtenLine({ max: 120 }).optional() }),
    ({ topic, speaker = '' }) => (topic === '' ? undefined : { topic, ...(speaker !== '' && { speaker }) }),
  ).optional(),
  /** The `at` of the talk that was on the screen; empty where there was none. */
  basedOn: z.string().max(40).optional(),
});

type Answer = z.output<typeof talkSchema>;

type TalkWords = Omit<Talk, 'by' | 'at'>;

const untranslated = (talk: TalkWords | undefined) => ({ ...formOf(talk), translations: undefined });

/** A talk as its form has it. */
function formOf(talk: TalkWords | undefined): Readonly<Record<string, unknown>> {
  const { topic, presenter: speaker, material, language, translations = {} } = talk ?? {};
  const each = Object.entries(translations).map(([other, words]) => [
    other,
    { topic: words.topic, speaker: words.presenter },
  ]);
  return { topic, speaker, material, language, translations: Object.fromEntries(each) };
}

/** The translations that were sent; else those that are there, unless they translate another topic. */
function translationsAfter(talk: Talk | undefined, { topic, translations }: Answer): Talk['translations'] {
  if (translations === undefined) return topic === talk?.topic ? talk.translations : undefined;
  const each = Object.entries(translations).map(([language, { topic: other, speaker }]) => [
    language,
    { topic: other, ...(speaker !== undefined && { presenter: speaker }) },
  ]);
  return each.length === 0 ? undefined : (Object.fromEntries(each) as Talk['translations']);
}

/** The record with its proposed slot as an agreed one: a project that enters what it presents has taken the slot. */
function withTakenSlot({ occurrence }: Found, record: OccurrenceRecord, at: string): OccurrenceRecord {
  const projectId = projectOf(occurrence);
  if (occurrence.slot?.how !== 'proposed' || projectId === undefined) return record;
  return { ...record, slot: { projectId, how: 'turn', at } };
}

function answered(
  found: Found,
  sent: Answer,
  seen: Seen | undefined,
  context: PersonActionContext,
): OccurrenceDecision | undefined {
  const { occurrence } = found;
  const record = recordOf(found);
  const { basedOn: _basedOn, ...mine } = { ...sent, material: sent.material ?? null };
  const merged = parse(talkSchema, mergedWith(seen, mine, formOf(record.talk)));
  const answer = { ...merged, basedOn: sent.basedOn };
  const isPlanned = occurrence.state.status === 'planned';
  const { material, basedOn, speaker: presenter, translations: _sent, ...more } = answer;
  const { at, by } = context;
  const { talk: theirs } = record;
  const translations = translationsAfter(theirs, answer);
  const words = {
    ...more,
    presenter,
    ...(material !== undefined && { material }),
    ...(translations && { translations }),
  };
  const isOnlyTranslated = isSame(untranslated(theirs), untranslated(words));
  // Who put it into another language did not say what is presented.
  const talk: Talk = {
    ...words,
    ...(isOnlyTranslated && theirs ? { by: theirs.by, at: theirs.at } : { by, at }),
  };
  if (isSame(formOf(theirs), formOf(talk)) && !isPlanned) return undefined;
  // One's own answer may be put better; a colleague's is not written over unseen.
  if (basedOn !== undefined && theirs !== undefined && theirs.by.id !== by.id && theirs.at !== basedOn)
    throw new AppError('text.conflict', { id: occurrence.id, theirs });
  const after = { ...withTakenSlot(found, record, at), talk };
  return {
    record: isPlanned ? moveState(occurrence, after, 'confirm', context) : after,
    event: { action: 'answer' },
    canUndo: true,
  };
}

/**
 * "Somebody presents": to the coordinators, to the colleagues of whoever volunteered, and to the project that had the slot
 * or to which it was proposed.
 */
function volunteeredMessages(found: Found, projectId: ProjectId, context: PersonActionContext): NewMessage[] {
  const { id: occurrenceId } = found.occurrence;
  const notice = { about: 'slotVolunteered', occurrenceId, projectId, by: context.by.name } as const;
  const before = projectOf(found.occurrence) ?? recordOf(found).opening?.projectId;
  const projects = [projectId, ...(before === undefined || before === projectId ? [] : [before])];
  const notified = { ...context, act: nextAuditNumber(found) };
  return [
    groupNotice(notice, 'coordinators', notified),
    ...projects.map((each) => groupNotice(notice, { projectId: each }, notified)),
  ];
}

/** "Who takes this slot?": to the people of each project but the one that gave it up; to somebody of several once. */
function volunteerMessages(
  { occurrence }: Found,
  projects: readonly ProjectId[],
  { projectId, ...notified }: NoticeContext & { readonly projectId?: ProjectId },
): NewMessage[] {
  const notice = {
    about: 'volunteerAsked',
    occurrenceId: occurrence.id,
    ...(projectId !== undefined && { projectId }),
  } as const;
  return projects
    .filter((each) => each !== projectId)
    .map((each) => groupNotice(notice, { projectId: each }, notified));
}

/** The record without the question whether to swap. */
function withoutAsk({ swap: _swap, ...record }: OccurrenceRecord): OccurrenceRecord {
  return record;
}

/** "The slot there is yours now", to the people of both projects. */
function givenMessages({ here, there, project, other }: Pair, context: PersonActionContext): NewMessage[] {
  const act = `swap ${nextAuditNumber(here)} ${nextAuditNumber(there)}`;
  const message = (gets: Found, loses: Found, projectId: ProjectId) =>
    groupNotice(
      { about: 'turnGiven', occurrenceId: gets.occurrence.id, projectId, swapped: loses.occurrence.start },
      { projectId },
      { ...context, act },
    );
  return [message(here, there, other), message(there, here, project)];
}

/** "They accepted": to everybody of both projects, each of the slot that is theirs from now on. */
function acceptedMessages(
  here: Found,
  { with: withId, projectId, theirProjectId }: SwapAsk,
  context: PersonActionContext,
): NewMessage[] {
  const { id } = here.occurrence;
  const message = (from: OccurrenceId, to: OccurrenceId, project: ProjectId) =>
    groupNotice(
      { about: 'swapAccepted', occurrenceId: from, withId: to, by: context.by.name },
      { projectId: project },
      { ...context, act: nextAuditNumber(here) },
    );
  return [message(id, withId, projectId), message(withId, id, theirProjectId)];
}

function declinedMessage(
  here: Found,
  { with: withId, projectId }: SwapAsk,
  context: PersonActionContext,
): NewMessage {
  const notice = {
    about: 'swapDeclined',
    occurrenceId: here.occurrence.id,
    withId,
    by: context.by.name,
  } as const;
  return groupNotice(notice, { projectId }, { ...context, act: nextAuditNumber(here) });
}

/**
 * Which project presents when. `session:take` for one's own projects, `session:edit` for all. All throw AppError
 * `permission.denied`, `series.notFound`, `occurrence.notFound`.
 */
export function rotationService(deps: ParticipationDeps) {
  const { people } = deps;

  /** @throws AppError `input.invalid` at the field `projectId`, for a project that the programme does not have. */
  async function requireProject(projectId: ProjectId): Promise<void> {
    const { projects } = await people.programme();
    if (projects.some(({ id }) => id === projectId)) return;
    throw new AppError('input.invalid', { fields: [{ field: 'projectId', code: 'unknownChoice' }] });
  }

  /** @throws AppError `input.invalid` at the field `personId`, for somebody who is not of the project. */
  function memberOf(everybody: readonly Person[], projectId: ProjectId, personId: PersonId): PersonRef {
    const member = membersOf(everybody, projectId).find(({ id }) => id === personId);
    if (member !== undefined) return member;
    throw new AppError('input.invalid', { fields: [{ field: 'personId', code: 'unknownChoice' }] });
  }

  const allProjects = async (): Promise<readonly ProjectId[]> =>
    offeredProjects(await people.programme()).map(({ id }) => id);

  return {
    /** The next twelve slots, and who presented before. */
    rotation: async (actor: Actor, id: SeriesId): Promise<RotationView> => {
      requirePermission(actor, 'session:see');
      return rotationView(deps, actor, id);
    },

    /**
     * The coordinator gives a slot to a project, or to somebody of it, or leaves it open (`null`); `seen` has the `projectId`
     * that had it, or to which it was proposed, and the `personId` where one is chosen. Everybody of a project that gets or
     * loses it is notified; whoever presents is asked for the topic. @throws AppError `edit.conflict`, `input.invalid`.
     */
    assign: async (
      actor: Actor,
      id: OccurrenceId,
      wanted: ProjectId | Chosen | null,
      seen?: Seen,
    ): Promise<OccurrenceChanged> => {
      requirePermission(actor, 'session:edit');
      const chosen: Chosen | null = typeof wanted === 'string' ? { projectId: wanted } : wanted;
      const projectId = chosen?.projectId ?? null;
      const personId = chosen?.personId;
      if (projectId !== null) await requireProject(projectId);
      const everybody = typeof personId === 'string' ? await people.all() : [];
      const member =
        projectId !== null && typeof personId === 'string'
          ? memberOf(everybody, projectId, personId)
          : undefined;
      return changeOccurrence(deps, id, actor, (found, context) => {
        const { occurrence } = found;
        requireSlots(occurrence);
        const before = agreedProject(occurrence);
        const had = chosenPerson(occurrence);
        const person = personId === undefined && before === projectId ? had : member;
        const isLeftOpen = recordOf(found).slot === null;
        const isSame = before === projectId && had?.id === person?.id;
        if (projectId === null ? isLeftOpen : isSame) return undefined;
        // A proposal of the rotation is nobody's choice.
        const isChosen = isLeftOpen || before !== undefined;
        const mine = { projectId, ...(personId !== undefined && { personId }) };
        const current = { projectId: projectOf(occurrence), personId: had?.id };
        if (isChosen) requireSeen(seen, mine, current);
        const notified = { ...context, act: nextAuditNumber(found) };
        const messages = (about: 'turnGiven' | 'turnTaken', project: ProjectId | null | undefined) =>
          project === null || project === undefined
            ? []
            : [
                groupNotice(
                  { about, occurrenceId: occurrence.id, projectId: project },
                  { projectId: project },
                  notified,
                ),
              ];
        return {
          ...(projectId === null
            ? leftOpen(found, context)
            : given(found, projectId, 'chosen', context, person)),
          messages: [
            ...messages('turnTaken', before === projectId ? undefined : before),
            ...messages('turnGiven', projectId),
            ...(member === undefined ||
            projectId === null ||
            isAmongPeople(everybody, projectId, member, actor)
              ? []
              : [
                  personNotice(
                    member.id,
                    { about: 'turnGiven', occurrenceId: occurrence.id, projectId },
                    notified,
                  ),
                ]),
          ],
        };
      });
    },

    /** A project takes a slot that nobody has (or that is only proposed to another). @throws `presenter.taken`, `presenter.notYours`. */
    volunteer: async (actor: Actor, id: OccurrenceId, projectId: ProjectId): Promise<OccurrenceChanged> => {
      requirePermission(actor, 'session:take');
      await requireProject(projectId);
      const actorProjects = await projectsOfActor(deps, actor);
      requireMayActFor(actorProjects, projectId);
      const signer = signedForProject(actorProjects, projectId);
      return changeOccurrence(deps, id, signer, (found, context) => {
        requireSlots(found.occurrence);
        const holder = agreedProject(found.occurrence);
        if (holder === projectId) return undefined;
        if (holder !== undefined) throw new AppError('presenter.taken', { id, projectId: holder });
        return {
          ...given(found, projectId, 'volunteer', context),
          messages: volunteeredMessages(found, projectId, context),
        };
      });
    },

    /** "We can't": the slot becomes open, the coordinators are notified, and all other projects are asked for a volunteer. */
    giveUp: async (actor: Actor, id: OccurrenceId): Promise<OccurrenceChanged> => {
      requirePermission(actor, 'session:take');
      const [actorProjects, projects] = await Promise.all([projectsOfActor(deps, actor), allProjects()]);
      return changeOccurrence(
        deps,
        id,
        actor,
        (found, context) => {
          requireSlots(found.occurrence);
          // Sent twice, or somebody else gave it up: it is open already.
          if (recordOf(found).slot === null) return undefined;
          const projectId = projectOf(found.occurrence);
          requireMayActFor(actorProjects, projectId);
          if (projectId === undefined) return undefined;
          const { id: occurrenceId } = found.occurrence;
          const notice = { about: 'turnGivenUp', occurrenceId, projectId, by: actor.name } as const;
          const notified = { ...context, act: nextAuditNumber(found) };
          const open = leftOpen(found, context);
          return {
            ...open,
            record: { ...open.record, opening: { projectId, askedAt: context.at } },
            messages: [
              groupNotice(notice, 'coordinators', notified),
              ...volunteerMessages(found, projects, { ...notified, projectId }),
            ],
          };
        },
        (found) => signedForProject(actorProjects, projectOf(found.occurrence)),
      );
    },

    /**
     * Asks everybody of all projects, once, who takes a slot that nobody has; one that is only proposed is proposed no more.
     * @throws `presenter.taken` with the `projectId` that has it.
     */
    askVolunteers: async (actor: Actor, id: OccurrenceId): Promise<OccurrenceChanged> => {
      requirePermission(actor, 'session:edit');
      const projects = await allProjects();
      return changeOccurrence(deps, id, actor, (found, context) => {
        requireSlots(found.occurrence);
        const holder = agreedProject(found.occurrence);
        if (holder !== undefined) throw new AppError('presenter.taken', { id, projectId: holder });
        const record = recordOf(found);
        // Sent twice, or whoever gave the slot up has asked already.
        if (record.slot === null && record.opening?.askedAt !== undefined) return undefined;
        const { opening } = record;
        return {
          record: { ...leftOpen(found, context).record, opening: { ...opening, askedAt: context.at } },
          event: { action: 'volunteersAsked' },
          canUndo: true,
          messages: volunteerMessages(found, projects, {
            ...context,
            act: nextAuditNumber(found),
            ...(opening?.projectId !== undefined && { projectId: opening.projectId }),
          }),
        };
      });
    },

    /**
     * The coordinator swaps at once; a presenter asks the other project, whose people answer. To take a swap back, swap again.
     * @param shown the project of `id` on the screen: the same press arriving twice swaps once.
     * @throws AppError `swap.notPossible`, `presenter.notYours`.
     */
    swap: async (
      actor: Actor,
      id: OccurrenceId,
      withId: OccurrenceId,
      shown?: ProjectId,
    ): Promise<OccurrenceChanged & { readonly isAsked: boolean }> => {
      requirePermission(actor, 'session:take');
      if (id === withId) throw swapNotPossible(id, withId);
      const actorProjects = await projectsOfActor(deps, actor);
      let isAsked = false;
      const moved = await changeOccurrence(
        deps,
        id,
        actor,
        async (here, context) => {
          const pair = pairOf(here, await findOccurrence(deps, withId));
          // The same press has arrived already, or somebody else was faster.
          if (shown !== undefined && pair.other === shown) return undefined;
          if (shown !== undefined && pair.project !== shown) throw swapNotPossible(id, withId);
          requireMayActFor(actorProjects, pair.project);
          isAsked = !mayActFor(actorProjects, pair.other);
          if (isAsked) return swapAsked(pair, context);
          return swapped(deps, pair, context, givenMessages(pair, context));
        },
        (found) => signedForProject(actorProjects, projectOf(found.occurrence)),
      );
      return { ...moved, isAsked };
    },

    /**
     * By the project that was asked; the one that asked may take it back. `id` is the slot of the one that asked, `withId`
     * the one for which it asked: an answer to an ask that another has replaced is none.
     * @throws `swap.notPossible`, `presenter.notYours`.
     */
    answerSwap: async (
      actor: Actor,
      id: OccurrenceId,
      withId: OccurrenceId,
      isAccepted: boolean,
    ): Promise<OccurrenceChanged> => {
      requirePermission(actor, 'session:take');
      const actorProjects = await projectsOfActor(deps, actor);
      return changeOccurrence(
        deps,
        id,
        actor,
        async (here, context) => {
          const asked = recordOf(here).swap;
          if (asked === undefined) throw swapNotPossible(id, withId);
          // The slot may have been moved to another date since it was asked for; the request was moved with it.
          const there = await findOccurrence(deps, withId);
          if (there.occurrence.id !== asked.with) throw swapNotPossible(id, withId);
          const mayWithdraw = !isAccepted && mayActFor(actorProjects, asked.projectId);
          if (!mayWithdraw) requireMayActFor(actorProjects, asked.theirProjectId);
          if (!isAccepted) {
            // Whoever takes it back has not been declined by anybody.
            const isWithdrawn = mayWithdraw && !mayActFor(actorProjects, asked.theirProjectId);
            return {
              record: withoutAsk(recordOf(here)),
              event: { action: 'swapDeclined' },
              canUndo: true,
              messages: isWithdrawn ? [] : [declinedMessage(here, asked, context)],
            };
          }
          const pair = pairOf(here, there);
          const isAsItWas = pair.project === asked.projectId && pair.other === asked.theirProjectId;
          if (!isAsItWas) throw swapNotPossible(id, withId);
          return swapped(deps, pair, context, acceptedMessages(here, asked, context));
        },
        (found) => signedForProject(actorProjects, recordOf(found).swap?.theirProjectId),
      );
    },

    /**
     * Topic, presenter, material (`{ topic, speaker, material?, language, basedOn? }`): confirms the occurrence. By the
     * project that presents; the coordinator also corrects them afterwards. With the `at` of the talk on which it is
     * based (empty: none) a colleague's answer given since is not written over; with `seen`, those of its fields that its
     * writer changed.
     * @throws `presenter.notYours`, `input.invalid`, `text.personalData`, `text.conflict` with `{ theirs }`, `edit.conflict`.
     */
    answer: async (
      actor: Actor,
      id: OccurrenceId,
      input: unknown,
      seen?: Seen,
    ): Promise<OccurrenceChanged> => {
      requirePermission(actor, 'session:take');
      const given = parse(talkSchema, input);
      const actorProjects = await projectsOfActor(deps, actor);
      return changeOccurrence(
        deps,
        id,
        actor,
        (found, context) => {
          requireMayActFor(actorProjects, projectOf(found.occurrence));
          if (!actorProjects.isEditor || found.occurrence.state.status === 'cancelled')
            requireUpcoming(found.occurrence);
          return answered(found, given, seen, context);
        },
        (found) => signedForProject(actorProjects, projectOf(found.occurrence)),
      );
    },
  };
}

export type RotationService = ReturnType<typeof rotationService>;
