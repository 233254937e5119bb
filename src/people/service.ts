import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { today, type Clock } from '../platform/clock.js';
import { refOf, type Actor, type Represented } from '../platform/actor.js';
import type { LogEntry } from '../platform/audit-trail.js';
import { whileConflicting, type Change, type Commit } from '../platform/commit.js';
import { AppError, isAppError } from '../platform/errors.js';
import type { ClosedDays } from '../platform/holidays.js';
import { deterministicId, freshId, type PersonId } from '../platform/ids.js';
import type { Page } from '../platform/pages.js';
import { parse } from '../platform/validation.js';
import { languageOf, type Language } from '../shared/languages.js';
import { shownName } from '../shared/normalise.js';
import { lentRole, requirePermission } from './permissions.js';
import {
  approvalsOf,
  digestTimes,
  notifyWays,
  usualNotify,
  latestChat,
  type Approvals,
  type ChatAddress,
  type Helper,
  type InstallState,
  type NotifyBy,
  type Person,
  type Programme,
  type ProgrammeEvent,
  type StoredProgramme,
} from './person.js';
import { isMember, withGivenRole } from './policy.js';
import type { PeopleStore } from './store.js';
import { includes, substitutionOn } from './substitution.js';

type AuditedPart = 'days-off' | 'helper' | 'approvals' | 'people' | 'programme' | 'projects';

/** The sender in Teams, as an activity names them. */
export interface TeamsUser {
  readonly aadObjectId?: string;
  readonly id: string;
  readonly name: string;
  /** As the directory has it. */
  readonly givenName?: string;
  readonly locale?: string;
}

interface Deps {
  readonly store: PeopleStore;
  readonly outbox: { readonly commit: Commit };
  readonly clock: Clock;
  readonly answerDays?: number | undefined;
  /** Before the one that is stored with the programme. */
  readonly helper?: Helper | undefined;
  /** Whether a member of the tenant who is new here becomes a worker; else somebody has to add them. They do, unless given. */
  readonly isForEverybody?: boolean | undefined;
  /** Whether people can be notified in Teams' activity feed; else nobody has chosen so, whatever is kept. */
  readonly hasFeed?: boolean | undefined;
  /** Whom the installation names as admins: they are so on every read, whatever role is kept of them. */
  readonly admins?: readonly PersonId[] | undefined;
}

/** A programme as somebody changed it, and what is kept of that. */
export interface ProgrammeChange {
  readonly programme: StoredProgramme;
  readonly audit?: { readonly of: AuditedPart; readonly event: ProgrammeEvent };
}

const digestSchema = z.strictObject({
  time: z.enum(digestTimes),
  days: z.array(z.number().int().min(1).max(7)).max(7),
});

const notifySchema: z.ZodType<{ readonly by: NotifyBy }> = z.strictObject({ by: z.enum(notifyWays) });

const programmeLifeMs = 60_000;

/** The id of a Teams user: the directory object id, or one made of the channel's id where there is none. */
export function personIdOf(user: Pick<TeamsUser, 'aadObjectId' | 'id'>): PersonId {
  const directoryId = user.aadObjectId;
  const isPlain = directoryId !== undefined && /^[\w-]{1,64}$/.test(directoryId);
  // Object ids are the same in either case, and kept in lower case wherever they come from.
  return isPlain ? (directoryId.toLowerCase() as PersonId) : deterministicId<PersonId>('teams', user.id);
}

/** Somebody of another programme, with what is theirs wherever they are: projects and substitutions are of that one. */
function newcomer({ id, name, givenName, role, language, choseLanguage, chat }: Person): Person {
  return {
    id,
    name,
    ...(givenName !== undefined && { givenName }),
    role,
    language,
    ...(choseLanguage === true && { choseLanguage }),
    projects: [],
    ...(chat && { chat }),
  };
}

/** The people of the programme, and the programme itself. */
export function peopleService({
  store,
  outbox,
  clock,
  answerDays,
  helper,
  isForEverybody = true,
  hasFeed = false,
  admins = [],
}: Deps) {
  const current = (person: Person): Person => {
    const given = withGivenRole(person, admins);
    if (hasFeed || given.notifyBy === undefined) return given;
    const { notifyBy: _notifyBy, ...others } = given;
    return others;
  };

  /** Who belongs to the programme under this id; not who was removed. */
  async function member(id: PersonId): Promise<Person | undefined> {
    const found = await store.find(id);
    const person = found && current(found.value);
    return person !== undefined && isMember(person) ? person : undefined;
  }

  /** The person with those for whom they act today; read where somebody is asked to at all. */
  async function acting(person: Person): Promise<Person> {
    const { actsFor: _before, ...plain } = person;
    const day = today(clock).toString();
    const asked = (person.standsInFor ?? []).filter((each) => includes(each, day));
    if (asked.length === 0) return plain;
    const absent = await Promise.all(asked.map(({ absent: { id } }) => member(id)));
    const actsFor = absent.flatMap((each): Represented[] => {
      const substitution = each && substitutionOn(each, day);
      if (each === undefined || substitution?.substitute.id !== person.id) return [];
      const { id, name, role, projects } = each;
      return [{ id, name, role: lentRole(role), projects, until: substitution.to }];
    });
    return actsFor.length === 0 ? plain : { ...plain, actsFor };
  }

  let programmeCopy: { programme: Programme; until: number } | undefined;

  /** @throws AppError `signIn.unknownPerson`. */
  async function get(id: PersonId): Promise<Person> {
    const found = await member(id);
    if (found === undefined) throw new AppError('signIn.unknownPerson');
    return found;
  }

  function update(id: PersonId, change: (person: Person) => Person): Promise<Person> {
    return whileConflicting(async () => {
      const found = await store.find(id);
      if (found === undefined) throw new AppError('signIn.unknownPerson');
      const next = change(found.value);
      if (next !== found.value) await outbox.commit([store.replace(found, next)]);
      return acting(current(next));
    });
  }

  async function enrol(id: PersonId, user: TeamsUser): Promise<Person> {
    const person: Person = {
      id,
      name: shownName(user.name),
      ...(user.givenName !== undefined && { givenName: shownName(user.givenName) }),
      role: 'worker',
      language: languageOf(user.locale),
      projects: [],
    };
    try {
      await outbox.commit([store.insert(person)]);
      return current(person);
    } catch (error) {
      // Two messages of a new person at once: the other one enrolled them.
      if (isAppError(error, 'storage.conflict')) return get(id);
      throw error;
    }
  }

  const logged = (of: AuditedPart, by: Actor, event: ProgrammeEvent): Change =>
    store.audit.add(of, { at: clock.now().toString(), by: refOf(by), event });

  return {
    get,

    find: member,

    /** The person with those for whom they act today, whose rights and duties are theirs too. */
    acting,

    /**
     * Who acts for a person today, where they are away and somebody does. The one place that decides it: by the absence as it
     * is kept now, and only while both belong to the programme.
     */
    async substituteOf(
      absent: Person,
    ): Promise<{ readonly person: Person; readonly until: string } | undefined> {
      const substitution = substitutionOn(absent, today(clock).toString());
      const person = substitution && (await member(substitution.substitute.id));
      return person && { person, until: substitution.to };
    },

    /** Who belongs to the programme, by name. */
    async all(): Promise<readonly Person[]> {
      return (await store.everybody()).map(current).filter(isMember);
    },

    /** The programme as it is; kept for a minute, since every form asks for it. */
    async programme(): Promise<Programme> {
      const now = clock.now().epochMilliseconds;
      if (programmeCopy !== undefined && programmeCopy.until > now) return programmeCopy.programme;
      const found = await store.programme();
      if (found === undefined) throw new AppError('programme.missing');
      const { ownHelper, hasNoChecklist: _hasNoChecklist, ...stored } = found;
      const current = ownHelper ?? helper;
      const programme = {
        ...stored,
        ...(answerDays !== undefined && { answerDays }),
        ...(current && { helper: current }),
      };
      programmeCopy = { programme, until: now + programmeLifeMs };
      return programme;
    },

    /** Whether there is a programme yet; an installation in the cloud begins without one. */
    isBegun: async (): Promise<boolean> =>
      programmeCopy !== undefined || (await store.programme()) !== undefined,

    /**
     * Makes the programme of an installation, or of a place in it, that has none yet; who makes it is its first admin.
     * @throws AppError `programme.standsAlready`.
     */
    async begin(by: Person, programme: Omit<Programme, 'partition'>): Promise<Programme> {
      const known = await store.find(by.id);
      const admin: Person = { ...(known?.value ?? newcomer(by)), role: 'admin' };
      const stored = { calendarNamespace: freshId(), ...programme, partition: store.partition };
      try {
        await outbox.commit([
          store.insertProgramme(stored),
          known === undefined ? store.insert(admin) : store.replace(known, admin),
          logged('people', by, { action: 'beginProgramme', person: refOf(by), role: 'admin' }),
        ]);
      } catch (error) {
        if (!isAppError(error, 'storage.conflict') || (await store.programme()) === undefined) throw error;
        throw new AppError('programme.standsAlready', {}, { cause: error });
      }
      programmeCopy = undefined;
      return stored;
    },

    /** The programme as it is stored now, for those who change it. @throws AppError `programme.missing`. */
    async storedProgramme(): Promise<StoredProgramme> {
      const found = await store.programme();
      if (found === undefined) throw new AppError('programme.missing');
      return found;
    },

    /**
     * Changes the programme, with an audit entry where the change has one; other instances follow within a minute.
     * @param decide gives what it is to be, `undefined` where it stays; asked again where somebody else was faster.
     */
    async changeProgramme(
      by: Actor,
      decide: (programme: StoredProgramme) => ProgrammeChange | undefined,
    ): Promise<StoredProgramme> {
      requirePermission(by, 'programme:manage');
      const after = await whileConflicting(async () => {
        const before = await store.storedProgramme();
        if (before === undefined) throw new AppError('programme.missing');
        const change = decide(before.value);
        if (change === undefined) return before.value;
        await outbox.commit([
          store.replaceProgramme(before, change.programme),
          ...(change.audit === undefined ? [] : [logged(change.audit.of, by, change.audit.event)]),
        ]);
        return change.programme;
      });
      programmeCopy = undefined;
      return after;
    },

    /** Whom people outside ask: `own` as somebody set it, `usual` whom they ask where nobody did. */
    async helper(): Promise<{ readonly own?: Helper; readonly usual?: Helper }> {
      const stored = await store.programme();
      const [own, usual] = [stored?.ownHelper, helper ?? stored?.helper];
      return { ...(own && { own }), ...(usual && { usual }) };
    },

    /**
     * Sets whom people outside ask. Other instances name the one before for a minute more.
     * @param decide gives who it is to be, `undefined` for whom the installation names, of who was set before; asked again
     *   where somebody else was faster.
     */
    async setHelper(by: Actor, decide: (own: Helper | undefined) => Helper | undefined): Promise<void> {
      await whileConflicting(async () => {
        const before = await store.storedProgramme();
        if (before === undefined) throw new AppError('programme.missing');
        const { ownHelper, ...rest } = before.value;
        const own = decide(ownHelper);
        if (isDeepStrictEqual(own, ownHelper)) return;
        await outbox.commit([
          store.replaceProgramme(before, { ...rest, ...(own && { ownHelper: own }) }),
          logged('helper', by, { action: 'setHelper', ...(own && { name: own.name }) }),
        ]);
      });
      programmeCopy = undefined;
    },

    /** How many have to approve what goes out, as it is stored now. */
    approvals: async (): Promise<Approvals> => approvalsOf((await store.programme()) ?? {}),

    /**
     * Sets how many have to approve what goes out; other instances follow within a minute. What is approved already stays
     * so; where one of two has approved and one is enough now, anybody who may finishes it.
     * @param decide gives what it is to be, of what it was; asked again where somebody else was faster.
     */
    async setApprovals(by: Actor, decide: (current: Approvals) => Approvals): Promise<Approvals> {
      requirePermission(by, 'programme:manage');
      const approvals = await whileConflicting(async () => {
        const before = await store.storedProgramme();
        if (before === undefined) throw new AppError('programme.missing');
        const from = approvalsOf(before.value);
        const next = decide(from);
        if (isDeepStrictEqual(next, from)) return from;
        await outbox.commit([
          store.replaceProgramme(before, { ...before.value, approvals: next }),
          logged('approvals', by, { action: 'setApprovals', approvals: next, from }),
        ]);
        return next;
      });
      programmeCopy = undefined;
      return approvals;
    },

    /**
     * The person behind a Teams user; a member of the tenant who is new here becomes a worker.
     * @throws AppError `person.left` for somebody who was removed from the programme; `signIn.notMember` for a new one
     *   where not everybody comes in.
     */
    async byTeamsUser(user: TeamsUser): Promise<Person> {
      const id = personIdOf(user);
      const found = await store.find(id);
      const known = found && current(found.value);
      if (known === undefined && !isForEverybody && !admins.includes(id))
        throw new AppError('signIn.notMember');
      if (known === undefined) return enrol(id, user);
      if (!isMember(known)) throw new AppError('person.left');
      const { givenName } = user;
      if (givenName === undefined || known.givenName !== undefined) return acting(known);
      return update(id, (person) => ({ ...person, givenName: shownName(givenName) }));
    },

    /** The language that somebody chose for themselves. */
    setLanguage: (id: PersonId, language: Language): Promise<Person> =>
      update(id, (person) =>
        person.language === language && person.choseLanguage === true
          ? person
          : { ...person, language, choseLanguage: true },
      ),

    /**
     * When the person gets the morning's digest, as {@link DigestChoice}.
     * @throws AppError `input.invalid`, by field.
     */
    setDigest: (id: PersonId, input: unknown): Promise<Person> => {
      const { time, days } = parse(digestSchema, input);
      const digest = { time, days: [...new Set(days)].sort((one, other) => one - other) };
      return update(id, (person) => ({ ...person, digest }));
    },

    /** Whether people can be notified in Teams' activity feed. */
    hasFeed,

    /**
     * By which way the person is notified.
     * @throws AppError `input.invalid` at `by`, `notAvailable` where the activity feed is not set up.
     */
    setNotifyBy: async (id: PersonId, input: unknown): Promise<Person> => {
      const { by } = parse(notifySchema, input);
      if (by !== 'chat' && !hasFeed)
        throw new AppError('input.invalid', { fields: [{ field: 'by', code: 'notAvailable' }] });
      return update(id, (person) => {
        const { feed, ...others } = person;
        if (by === (person.notifyBy ?? usualNotify) && feed?.result !== 'refused') return person;
        // Who chooses it now may have put right what kept Teams from showing anything.
        return { ...others, ...(feed?.result === 'shown' && { feed }), notifyBy: by };
      });
    },

    /** Keeps what came of installing the app for the person. */
    noteInstall: (id: PersonId, { result, reason }: Omit<InstallState, 'at'>): Promise<Person> =>
      update(id, (person) => ({
        ...person,
        install: { at: clock.now().toString(), result, ...(reason !== undefined && { reason }) },
      })),

    /** Keeps whether the activity feed showed the person something; stores only a change. @param refusal why it did not. */
    noteFeed: (id: PersonId, refusal?: string): Promise<Person> =>
      update(id, (person) => {
        const { feed } = person;
        const at = clock.now().toString();
        if (refusal !== undefined) return { ...person, feed: { at, result: 'refused', reason: refusal } };
        return feed?.result === 'shown' ? person : { ...person, feed: { at, result: 'shown' } };
      }),

    /** Keeps where Teams reaches the person, beside what is known of it already; stores only a change. */
    rememberChat: (id: PersonId, chat: ChatAddress): Promise<Person> =>
      update(id, (person) => {
        const latest = latestChat(person.chat, chat);
        return latest === person.chat ? person : { ...person, chat: latest };
      }),

    /** Keeps that a person's side refuses messages, until they are met again. */
    noteRefusal: (id: PersonId): Promise<Person> =>
      update(id, (person) =>
        person.chat === undefined || person.chat.refusedAt !== undefined
          ? person
          : { ...person, chat: { ...person.chat, refusedAt: clock.now().toString() } },
      ),

    /**
     * Keeps the namespace of the calendar UIDs of a programme that has none: an older release made it, and took the host
     * of the public address each time.
     */
    async keepCalendarNamespace(host: string): Promise<void> {
      await whileConflicting(async () => {
        const found = await store.storedProgramme();
        if (found === undefined || found.value.calendarNamespace !== undefined) return;
        await outbox.commit([store.replaceProgramme(found, { ...found.value, calendarNamespace: host })]);
      });
      programmeCopy = undefined;
    },

    /**
     * Changes the organisation's own days off; other instances follow within a minute.
     * @param change gives the list that it is given back where nothing is to be stored; it may be asked several times.
     */
    async changeClosedDays(
      by: Actor,
      change: (days: readonly ClosedDays[]) => readonly ClosedDays[],
    ): Promise<readonly ClosedDays[]> {
      return whileConflicting(async () => {
        const found = await store.storedProgramme();
        if (found === undefined) throw new AppError('programme.missing');
        const before = found.value.closedDays ?? [];
        const after = change(before);
        if (after === before) return before;
        const closedDays = [...after].sort((one, other) => (one.first < other.first ? -1 : 1));
        const without = (days: readonly ClosedDays[], others: readonly ClosedDays[]) =>
          days.filter(({ id }) => others.every((other) => other.id !== id));
        const events = [
          ...without(after, before).map((days) => ({ action: 'addDaysOff', days }) as const),
          ...without(before, after).map((days) => ({ action: 'removeDaysOff', days }) as const),
        ];
        await outbox.commit([
          store.replaceProgramme(found, { ...found.value, closedDays }),
          ...events.map((event) => logged('days-off', by, event)),
        ]);
        programmeCopy = undefined;
        return closedDays;
      });
    },

    /** Who changed the days off, whom people outside ask, or how many approve, the names and the projects: newest first, 50 a page. */
    audit: (of: AuditedPart, after?: string): Promise<Page<LogEntry<ProgrammeEvent>>> =>
      store.audit.page(of, after),

    /** The organisation's own days off as they are stored now, by their first day. */
    closedDays: async (): Promise<readonly ClosedDays[]> => (await store.programme())?.closedDays ?? [],

    /** Adds people and the programme that are not there yet; for setting up. */
    async add(programme: Programme, people: readonly Person[]): Promise<void> {
      if ((await store.programme()) === undefined)
        await outbox.commit([store.putProgramme({ calendarNamespace: freshId(), ...programme })]);
      for (const person of people) {
        if ((await store.find(person.id)) === undefined) await outbox.commit([store.insert(person)]);
      }
    },
  };
}

export type PeopleService = ReturnType<typeof peopleService>;
