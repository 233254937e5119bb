import type { Actor } from '../../platform/actor.js';
import type { Clock } from '../../platform/clock.js';
import type { OccurrenceId, PersonId, ProjectId, SeriesId } from '../../platform/ids.js';
import {
  noticeMessage,
  notifyManyMessage,
  peopleNotified,
  peopleOf,
  type NoticeRecipients,
} from '../../delivery/notices.js';
import { fanOutRequest, type Recipient } from '../../delivery/fan-out/kind.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import { requirePermission } from '../../people/permissions.js';
import type { PeopleService } from '../../people/service.js';
import type { SessionContent, SessionFanOutDeps } from '../fan-outs.js';
import { partsOfContactKey } from '../fan-outs.js';
import { calendarRequest, presentersAffected } from '../messages.js';
import type { Language } from '../../shared/languages.js';
import type { PresenterEffect } from '../occurrences/affected.js';
import { isAtShortNotice } from '../occurrences/change.js';
import type { OccurrenceLine } from '../occurrences/occurrence.js';
import type { OccurrenceQueries } from '../occurrences/queries.js';
import { agreedProject } from '../occurrences/reading.js';
import type { OccurrenceService } from '../occurrences/service.js';
import type { ThisAndFollowing } from '../occurrences/this-and-following.js';
import type { SessionNotice } from '../notices.js';
import type { Named } from '../series/series.js';
import type { RotationService } from '../rotation/service.js';
import { isUpcoming } from '../occurrences/workflow.js';

/** The services over rows of which nothing is stored, and what they ask to send. */
export interface Attempt {
  readonly series: Pick<OccurrenceService, 'move' | 'cancel' | 'restore' | 'editOccurrence'> &
    Pick<ThisAndFollowing, 'changeFrom' | 'end'> &
    Pick<OccurrenceQueries, 'upcoming' | 'occurrence'>;
  readonly rotation: Pick<
    RotationService,
    'assign' | 'volunteer' | 'giveUp' | 'askVolunteers' | 'swap' | 'answer'
  >;
  readonly fanOuts: Pick<SessionFanOutDeps, 'recipients' | 'stillUseful'>;
  readonly people: Pick<PeopleService, 'all'>;
  /** The messages that were asked for so far. */
  readonly messages: () => readonly NewMessage[];
}

interface PreviewDeps {
  /** Begins a new one. */
  readonly attempt: () => Attempt;
  readonly queries: Pick<OccurrenceQueries, 'upcoming'>;
  /** Whether a calendar outside is kept in step. */
  readonly hasCalendar: boolean;
  readonly clock: Clock;
}

/** What a group is notified of: the people of a project, everybody of all projects, or those who coordinate. */
interface NotifiedGroup {
  readonly about: SessionNotice['about'];
  readonly to: ProjectId | 'coordinators' | 'projects';
  readonly people: number;
  /** When the session begins that it is about; ISO instant. */
  readonly start: string;
}

/** Whom a change notifies, and by what. */
interface Notified {
  /** How many people and contacts, each once. */
  readonly people: number;
  /** How many of them in chat, and by mail. */
  readonly chat: number;
  readonly mail: number;
  /** How many of those in chat can't be reached: they have not written to the bot yet. */
  readonly unreached: number;
  /** In how many channels beside them. */
  readonly channels: number;
  /** How many of the people, contacts and channels read which language. */
  readonly readers: Readonly<Partial<Record<Language, number>>>;
  /** Why nobody is notified: all is farther away than two weeks, or nobody is to be. Absent where somebody is. */
  readonly quiet?: 'far' | 'nobody';
  /** Whether the calendar outside is changed, which sends its own mails. */
  readonly isInCalendar: boolean;
  /** The agreed slots that are touched, and what that means to those who present. */
  readonly presenters: readonly PresenterEffect[];
  /** The notices about a slot, with who gets them. */
  readonly groups: readonly NotifiedGroup[];
}

/** A session before and after a change of its series: it stays, goes (no `now`) or is new (no `was`). ISO instants. */
export interface ChangedDate {
  readonly was?: string;
  readonly now?: string;
  /** The project that has agreed to present there. */
  readonly projectId?: ProjectId;
  /** The day off on which it is now. */
  readonly holiday?: Named;
}

/** What a change would mean. */
export interface ChangePreview extends Notified {
  /** Of a change of the series: its next sessions, at most 12. */
  readonly dates?: readonly ChangedDate[];
  /** Of the end: how many sessions go, as far as one can see. `isMore`: and those after them. */
  readonly gone?: number;
  readonly isMore?: boolean;
  /** Of the end: when the last session that is left begins (ISO instant); absent where none is left. */
  readonly last?: string;
}

const maxDates = 12;
/** As far as a list of coming sessions reaches. */
const maxSeen = 24;

async function recipientsOf(
  { fanOuts }: Pick<Attempt, 'fanOuts'>,
  content: SessionContent,
): Promise<readonly Recipient[]> {
  const { send } = await fanOuts.stillUseful(content);
  return send ? fanOuts.recipients(content) : [];
}

/** What groups get, each once: a question to all projects is one, however many they are. */
function groupsOf(actor: Actor, { series }: Pick<Attempt, 'series'>) {
  const groups = new Map<string, Omit<NotifiedGroup, 'people' | 'start'> & GroupPeople>();
  return {
    add: (
      { about, occurrenceId }: SessionNotice,
      to: NoticeRecipients,
      people: readonly PersonId[],
    ): void => {
      const one =
        typeof to === 'string' ? 'coordinators' : about === 'volunteerAsked' ? 'projects' : to.projectId;
      const key = `${about} ${one} ${occurrenceId}`;
      const group = groups.get(key) ?? { about, to: one, occurrenceId, all: new Set<PersonId>() };
      for (const id of people) group.all.add(id);
      groups.set(key, group);
    },
    all: (): Promise<readonly NotifiedGroup[]> =>
      Promise.all(
        [...groups.values()]
          .filter(({ all }) => all.size > 0)
          .map(async ({ about, to, occurrenceId, all }) => {
            const { start } = (await series.occurrence(actor, occurrenceId)).occurrence;
            return { about, to, people: all.size, start };
          }),
      ),
  };
}

interface GroupPeople {
  readonly occurrenceId: OccurrenceId;
  readonly all: Set<PersonId>;
}

/** How many there are of each. */
function counted(all: readonly Language[]): Partial<Record<Language, number>> {
  return all.reduce<Partial<Record<Language, number>>>(
    (counts, language) => ({ ...counts, [language]: (counts[language] ?? 0) + 1 }),
    {},
  );
}

/** Everybody whom the messages of an attempt would reach. */
async function notifiedOf(actor: Actor, attempt: Attempt, hasCalendar: boolean): Promise<Notified> {
  const everybody = await attempt.people.all();
  const people = new Set<PersonId>();
  const contacts = new Map<string, Language>();
  const channels = new Map<string, Language>();
  const presenters: PresenterEffect[] = [];
  const groups = groupsOf(actor, attempt);
  let isInCalendar = false;
  const add = (all: readonly { readonly id: PersonId }[], except: readonly PersonId[]): PersonId[] => {
    const added = all.map(({ id }) => id).filter((id) => !except.includes(id));
    for (const id of added) people.add(id);
    return added;
  };
  for (const { body } of attempt.messages()) {
    switch (body.kind) {
      case presentersAffected.kind: {
        const { effects, except } = presentersAffected.payload.parse(body);
        presenters.push(...effects);
        for (const { projectId } of effects) add(peopleOf(everybody, projectId), except);
        break;
      }
      case notifyManyMessage.kind: {
        const { to, except, notice } = notifyManyMessage.payload.parse(body);
        const all = peopleNotified(everybody, to);
        groups.add(notice as SessionNotice, to, add(all, except));
        break;
      }
      case noticeMessage.kind:
        people.add(noticeMessage.payload.parse(body).to);
        break;
      case fanOutRequest.kind: {
        const { content } = fanOutRequest.payload.parse(body);
        for (const recipient of await recipientsOf(attempt, content as SessionContent)) {
          if (recipient.way === 'chat') people.add(recipient.personId);
          else if (recipient.way === 'channel') channels.set(recipient.key, recipient.language);
          else contacts.set(partsOfContactKey(recipient.key)?.contactId ?? recipient.key, recipient.language);
        }
        break;
      }
      case calendarRequest.kind:
        isInCalendar = hasCalendar;
        break;
    }
  }
  const inChat = everybody.filter(({ id }) => people.has(id));
  return {
    people: people.size + contacts.size,
    chat: people.size,
    mail: contacts.size,
    unreached: inChat.filter(({ chat }) => chat === undefined).length,
    channels: channels.size,
    readers: counted([...inChat.map(({ language }) => language), ...contacts.values(), ...channels.values()]),
    isInCalendar,
    presenters,
    groups: await groups.all(),
  };
}

/** Sessions before and after: each date with itself where dates remain, else the first with the first. */
function datesOf(before: readonly OccurrenceLine[], after: readonly OccurrenceLine[]): ChangedDate[] {
  const line = (was: OccurrenceLine | undefined, now: OccurrenceLine | undefined): ChangedDate => {
    const projectId = (now && agreedProject(now)) ?? (was && agreedProject(was));
    return {
      ...(was && { was: was.start }),
      ...(now && { now: now.start }),
      ...(projectId !== undefined && { projectId }),
      ...(now?.holiday && { holiday: now.holiday.names }),
    };
  };
  const left = before.filter(({ id }) => after.some((each) => each.id === id));
  if (left.length === 0)
    return Array.from({ length: Math.min(maxDates, Math.max(before.length, after.length)) }, (_, index) =>
      line(before[index], after[index]),
    );
  const same = before.map((was) =>
    line(
      was,
      after.find(({ id }) => id === was.id),
    ),
  );
  const added = after.filter(({ id }) => !before.some((each) => each.id === id));
  return [...same, ...added.map((now) => line(undefined, now))]
    .sort((one, other) => ((one.was ?? one.now ?? '') < (other.was ?? other.now ?? '') ? -1 : 1))
    .slice(0, maxDates);
}

/**
 * What changes would mean, before anything is stored or sent: each is made by the same services as in earnest, on rows that
 * are thrown away. By whoever may make the change; they throw what it would throw.
 */
export function previewService({ attempt: begin, queries, hasCalendar, clock }: PreviewDeps) {
  /** With the reason where nobody is notified. @param starts when the sessions begin that are changed, ISO instants */
  function withReason(notified: Notified, starts: readonly string[]): Notified {
    if (notified.people + notified.channels > 0 || starts.length === 0) return notified;
    const at = clock.now().toString();
    return { ...notified, quiet: starts.some((start) => isAtShortNotice(start, at)) ? 'nobody' : 'far' };
  }

  async function ofOccurrence(
    actor: Actor,
    id: OccurrenceId,
    change: (services: Attempt['series']) => Promise<unknown>,
  ): Promise<ChangePreview> {
    requirePermission(actor, 'session:edit');
    const attempt = begin();
    const before = await attempt.series.occurrence(actor, id);
    await change(attempt.series);
    const after = await attempt.series.occurrence(actor, id);
    // What stays as it is needs no reason.
    const isSame = attempt.messages().length === 0;
    const starts = isSame ? [] : [before, after].map(({ occurrence }) => occurrence.start);
    return withReason(await notifiedOf(actor, attempt, hasCalendar), starts);
  }

  async function ofSlot(
    actor: Actor,
    change: (rotation: Attempt['rotation']) => Promise<unknown>,
  ): Promise<ChangePreview> {
    requirePermission(actor, 'session:take');
    const attempt = begin();
    await change(attempt.rotation);
    return notifiedOf(actor, attempt, hasCalendar);
  }

  async function ofSeries(
    actor: Actor,
    id: SeriesId,
    change: (services: Attempt['series']) => Promise<unknown>,
  ) {
    requirePermission(actor, 'session:edit');
    const attempt = begin();
    const before = await queries.upcoming(actor, maxSeen, id);
    await change(attempt.series);
    const [after, notified] = await Promise.all([
      attempt.series.upcoming(actor, maxSeen, id),
      notifiedOf(actor, attempt, hasCalendar),
    ]);
    return { before: before.filter(isUpcoming), after: after.filter(isUpcoming), notified };
  }

  return {
    /** `{ date, time, minutes? }` as for the move itself. */
    move: (actor: Actor, id: OccurrenceId, input: unknown): Promise<ChangePreview> =>
      ofOccurrence(actor, id, (series) => series.move(actor, id, input)),

    cancel: (actor: Actor, id: OccurrenceId): Promise<ChangePreview> =>
      ofOccurrence(actor, id, (series) => series.cancel(actor, id, {})),

    restore: (actor: Actor, id: OccurrenceId): Promise<ChangePreview> =>
      ofOccurrence(actor, id, (series) => series.restore(actor, id)),

    /** The name or the join link of this one only. */
    edit: (actor: Actor, id: OccurrenceId, input: unknown): Promise<ChangePreview> =>
      ofOccurrence(actor, id, (series) => series.editOccurrence(actor, id, input)),

    /** `{ topic, speaker, … }` as for the talk itself. */
    talk: (actor: Actor, id: OccurrenceId, input: unknown): Promise<ChangePreview> =>
      ofSlot(actor, (rotation) => rotation.answer(actor, id, input)),

    /** Who gets a slot, or that it is left open. */
    assign: (
      actor: Actor,
      id: OccurrenceId,
      chosen: Parameters<RotationService['assign']>[2],
    ): Promise<ChangePreview> => ofSlot(actor, (rotation) => rotation.assign(actor, id, chosen)),

    volunteer: (actor: Actor, id: OccurrenceId, projectId: ProjectId): Promise<ChangePreview> =>
      ofSlot(actor, (rotation) => rotation.volunteer(actor, id, projectId)),

    giveUp: (actor: Actor, id: OccurrenceId): Promise<ChangePreview> =>
      ofSlot(actor, (rotation) => rotation.giveUp(actor, id)),

    askVolunteers: (actor: Actor, id: OccurrenceId): Promise<ChangePreview> =>
      ofSlot(actor, (rotation) => rotation.askVolunteers(actor, id)),

    swap: (actor: Actor, id: OccurrenceId, withId: OccurrenceId): Promise<ChangePreview> =>
      ofSlot(actor, (rotation) => rotation.swap(actor, id, withId)),

    /** This and following, with the sessions from its date on before and after. */
    changeFrom: async (
      actor: Actor,
      id: SeriesId,
      input: { readonly from?: unknown },
    ): Promise<ChangePreview> => {
      const { before, after, notified } = await ofSeries(actor, id, (series) =>
        series.changeFrom(actor, id, input),
      );
      const since = ({ date }: OccurrenceLine): boolean => date >= String(input.from);
      const dates = datesOf(before.filter(since), after.filter(since));
      const starts = dates.filter(({ was, now }) => was !== now).flatMap(({ was, now }) => [was, now]);
      return {
        ...withReason(
          notified,
          starts.filter((start) => start !== undefined),
        ),
        dates,
      };
    },

    /** The end, with the sessions that go. */
    end: async (actor: Actor, id: SeriesId, input: unknown): Promise<ChangePreview> => {
      const { before, after, notified } = await ofSeries(actor, id, (series) => series.end(actor, id, input));
      const gone = before.filter((each) => !after.some((left) => left.id === each.id));
      const [last, farthest] = [after.at(-1), before.at(-1)];
      return {
        ...withReason(
          notified,
          gone.map(({ start }) => start),
        ),
        dates: gone.slice(0, maxDates).map((each) => {
          const projectId = agreedProject(each);
          return { was: each.start, ...(projectId !== undefined && { projectId }) };
        }),
        gone: gone.length,
        isMore: before.length === maxSeen && farthest !== undefined && gone.includes(farthest),
        ...(last && { last: last.start }),
      };
    },
  };
}

export type PreviewService = ReturnType<typeof previewService>;
