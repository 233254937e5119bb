import { isDeepStrictEqual } from 'node:util';
import { refOf, type Actor, type Role } from '../platform/actor.js';
import type { LogEntry } from '../platform/audit-trail.js';
import { today, type Clock } from '../platform/clock.js';
import { whileConflicting, type Change, type Commit, type Versioned } from '../platform/commit.js';
import { AppError } from '../platform/errors.js';
import type { PersonId, ProjectId } from '../platform/ids.js';
import type { Page } from '../platform/pages.js';
import { requireSeen, type Seen } from '../platform/seen.js';
import type { Language } from '../shared/languages.js';
import { requirePermission } from './permissions.js';
import type { Person, ProgrammeEvent } from './person.js';
import {
  isMember,
  personMay,
  requireMayChange,
  roleSourceOf,
  withGivenRole,
  type Membership,
  type PersonMay,
} from './policy.js';
import type { PeopleStore } from './store.js';
import { statusOf, type EndReason, type Substitution } from './substitution.js';
import { endEventOf } from './substitutions.js';

/** Somebody to be added: before they have written to the bot, or after they were removed. */
export interface NewMember {
  readonly id: PersonId;
  readonly name: string;
  readonly language: Language;
  readonly role: Role;
  readonly projects: readonly ProjectId[];
}

/** A person as those who manage people see them. */
export interface Member extends Membership {
  readonly may: PersonMay;
}

interface Deps {
  readonly store: PeopleStore;
  readonly outbox: { readonly commit: Commit };
  readonly clock: Clock;
  /** Whom the installation names as admins. */
  readonly admins: readonly PersonId[];
  /** Stores somebody who is added, with what follows from it in Teams; alone, unless given. */
  readonly commitAdded?: ((changes: readonly Change[], person: Person) => Promise<void>) | undefined;
}

type PersonEvent = Extract<ProgrammeEvent, { readonly person: unknown }>;

/**
 * Who belongs to the programme, and in which role. Each operation checks what the actor may do. All throw AppError
 * `permission.denied`; those on a person `person.notFound`.
 */
export function memberService({
  store,
  outbox,
  clock,
  admins,
  commitAdded = (changes) => outbox.commit(changes),
}: Deps) {
  const logged = (by: Actor, event: PersonEvent): Change =>
    store.audit.add('people', { at: clock.now().toString(), by: refOf(by), event });

  const current = (person: Person): Person => withGivenRole(person, admins);

  async function everybody(): Promise<readonly Person[]> {
    return (await store.everybody()).map(current);
  }

  function memberOf(person: Person, people: readonly Person[]): Member {
    return { person, roleFrom: roleSourceOf(person, admins), may: personMay(person, people, admins) };
  }

  /**
   * Changes one person. The programme's row is written with it as it is: of two admins who take the role from each other at
   * the same moment the second one decides anew.
   */
  async function change(
    actor: Actor,
    id: PersonId,
    decide: (
      person: Person,
      people: readonly Person[],
    ) => { readonly person: Person; readonly event: PersonEvent } | undefined,
    /** What else changes with it. */
    withIt: (person: Person) => Promise<readonly Change[]> = () => Promise.resolve([]),
  ): Promise<Member> {
    requirePermission(actor, 'people:manage');
    return whileConflicting(async () => {
      const [found, people, programme] = await Promise.all([
        store.find(id),
        everybody(),
        store.storedProgramme(),
      ]);
      if (found === undefined || programme === undefined || !isMember(current(found.value)))
        throw new AppError('person.notFound', { id });
      const decided = decide(current(found.value), people);
      if (decided === undefined) return memberOf(current(found.value), people);
      await outbox.commit([
        store.replace(found, kept(decided.person, found.value)),
        store.replaceProgramme(programme, programme.value),
        logged(actor, decided.event),
        ...(await withIt(found.value)),
      ]);
      const after = people.map((each) => (each.id === id ? current(decided.person) : each));
      return memberOf(current(decided.person), after);
    });
  }

  /** Puts somebody among the people, where they are not; also who was removed before. */
  async function put(actor: Actor, found: Versioned<Person> | undefined, member: NewMember): Promise<Person> {
    const { id, name, language, role, projects } = member;
    if (found !== undefined && isMember(current(found.value)))
      throw new AppError('person.standsAlready', { id, name: found.value.name });
    const { left: _left, ...known } = found?.value ?? { id };
    const person: Person = { ...known, name, role, language, projects };
    await commitAdded(
      [
        found === undefined ? store.insert(person) : store.replace(found, person),
        logged(actor, { action: 'addPerson', person: { id, name }, role }),
      ],
      person,
    );
    return person;
  }

  /** A substitution that ends as one of the two leaves; one that is over stays as it is. */
  function endedWith(actor: Actor, substitution: Substitution, because: EndReason): Substitution {
    if (statusOf(substitution, today(clock).toString()) === 'over') return substitution;
    return { ...substitution, ended: { at: clock.now().toString(), by: refOf(actor), because } };
  }

  /** What ends with others when somebody leaves: who was to act for them, and for whom they were to act. */
  async function endedSubstitutions(actor: Actor, person: Person): Promise<readonly Change[]> {
    const mine = new Set((person.absences ?? []).map(({ id }) => id));
    const others = [
      ...(person.absences ?? []).map(({ substitute }) => substitute.id),
      ...(person.standsInFor ?? []).map(({ absent }) => absent.id),
    ];
    const found = await Promise.all([...new Set(others)].map((id) => store.find(id)));
    return found.flatMap((other) => {
      if (other === undefined) return [];
      const { absences = [], standsInFor = [] } = other.value;
      const next = absences.map((each) =>
        each.substitute.id === person.id ? endedWith(actor, each, 'substituteLeft') : each,
      );
      const events = next
        .filter((each, index) => each !== absences[index])
        .map((each) => logged(actor, endEventOf(each, 'substituteLeft')));
      const asked = standsInFor.filter(({ id }) => !mine.has(id));
      return [
        store.replace(other, {
          ...other.value,
          ...(other.value.absences && { absences: next }),
          ...(other.value.standsInFor && { standsInFor: asked }),
        }),
        ...events,
      ];
    });
  }

  return {
    /** Everybody, by name: those who belong to the programme, and those who were removed from it. */
    async all(actor: Actor): Promise<readonly Member[]> {
      requirePermission(actor, 'people:manage');
      const people = await everybody();
      return people.map((person) => memberOf(person, people));
    },

    /** @throws AppError `person.standsAlready` with their `name`. */
    async add(actor: Actor, member: NewMember): Promise<Member> {
      requirePermission(actor, 'people:manage');
      const person = await whileConflicting(async () => put(actor, await store.find(member.id), member));
      return memberOf(current(person), await everybody());
    },

    /**
     * `seen` has the `role` before.
     * @throws AppError `person.roleGiven`, `person.lastAdmin`, `edit.conflict`.
     */
    setRole(actor: Actor, id: PersonId, role: Role, seen?: Seen): Promise<Member> {
      return change(actor, id, (person, people) => {
        if (person.role === role) return undefined;
        requireSeen(seen, { role }, { role: person.role });
        requireMayChange(person, role, { people, admins });
        const event = { action: 'setRole', person: nameOf(person), role, from: person.role } as const;
        return { person: { ...person, role }, event };
      });
    },

    /** In which projects the person works. `seen` has the `projects` before. @throws AppError `edit.conflict`. */
    setProjects(actor: Actor, id: PersonId, projects: readonly ProjectId[], seen?: Seen): Promise<Member> {
      return change(actor, id, (person) => {
        if (isDeepStrictEqual([...person.projects].sort(), [...projects].sort())) return undefined;
        requireSeen(seen, { projects }, { projects: person.projects });
        const event = { action: 'setProjects', person: nameOf(person), projects } as const;
        return { person: { ...person, projects }, event };
      });
    },

    /**
     * Takes somebody out of the programme: what they wrote stays, signed; they are not written to and can't act any more.
     * Whoever adds them again gives them a role anew.
     * @throws AppError `person.roleGiven`, `person.lastAdmin`.
     */
    remove(actor: Actor, id: PersonId): Promise<Member> {
      return change(
        actor,
        id,
        (person, people) => {
          requireMayChange(person, undefined, { people, admins });
          const left = { at: clock.now().toString(), by: refOf(actor) };
          const event = { action: 'removePerson', person: nameOf(person), role: person.role } as const;
          const { standsInFor: _asked, ...rest } = person;
          const absences = person.absences?.map((each) => endedWith(actor, each, 'absentLeft'));
          return { person: { ...rest, ...(absences && { absences }), role: 'worker', left }, event };
        },
        (person) => endedSubstitutions(actor, person),
      );
    },

    /** Who gave which role to whom, added or removed whom: newest first, 50 a page. */
    async audit(actor: Actor, after?: string): Promise<Page<LogEntry<ProgrammeEvent>>> {
      requirePermission(actor, 'audit:see');
      return store.audit.page('people', after);
    },
  };

  /** What the installation gives is not kept: who is named no more has what they had before. */
  function kept(person: Person, { role, left }: Person): Person {
    return roleSourceOf(person, admins) === 'here' ? person : { ...person, role, ...(left && { left }) };
  }
}

const nameOf = ({ id, name }: Person) => ({ id, name });

export type MemberService = ReturnType<typeof memberService>;
