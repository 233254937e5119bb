import { today, type Clock } from '../platform/clock.js';
import { refOf, type Actor, type PersonRef } from '../platform/actor.js';
import type { MessagePort } from '../platform/aggregate.js';
import { whileConflicting, type Change, type Versioned } from '../platform/commit.js';
import { AppError } from '../platform/errors.js';
import { deterministicId, type PersonId } from '../platform/ids.js';
import type { ActedInName } from '../platform/in-name.js';
import { may } from './permissions.js';
import type { Person, ProgrammeEvent } from './person.js';
import { isMember } from './policy.js';
import type { PeopleStore } from './store.js';
import {
  requireSubstitutable,
  statusOf,
  type Days,
  type EndReason,
  type StandIn,
  type Substitution,
} from './substitution.js';

/** A substitution as it is to be, with a form's id: the same form sent twice sets it once. */
export interface NewSubstitution extends Days {
  readonly formId: string;
  readonly absent: PersonId;
  readonly substitute: PersonId;
  readonly note?: string;
}

/** What became of a substitution, of which those concerned are notified. */
export interface SubstitutionChange {
  readonly what: 'set' | 'ended' | 'restored';
  readonly substitution: Substitution;
  readonly by: PersonRef;
  /** ISO instants: when it was done, and when others may be notified of it. */
  readonly at: string;
  readonly dueAt: string;
}

interface Deps<Message> {
  readonly store: PeopleStore;
  readonly outbox: Pick<MessagePort<Message>, 'commit'>;
  readonly clock: Clock;
  /** How long a notification waits, so that an undo can hold it back. */
  readonly undoSeconds: number;
  /** Who is to be notified of a change, and when. */
  readonly messagesOf: (change: SubstitutionChange) => readonly Message[];
}

/** What is over is listed so many days. */
const keptDays = 60;

/** Whether somebody may set and end the substitutions of a person: their own, or everybody's for who manages people. */
const mayPlanFor = (actor: Actor, absent: PersonId): boolean =>
  actor.id === absent || may({ role: actor.role }, 'people:manage');

/** Whether somebody may see who acts for everybody: who gives out work, or manages people. */
const seesAll = (actor: Actor): boolean => may(actor, 'news:edit') || may(actor, 'people:manage');

/** The person with what is kept of substitutions; without what has been over for long. */
function withSubstitutions(
  person: Person,
  {
    absences,
    standsInFor,
  }: { readonly absences?: readonly Substitution[]; readonly standsInFor?: readonly StandIn[] },
  since: string,
): Person {
  const { absences: _absences, standsInFor: _standsInFor, ...rest } = person;
  const kept = (absences ?? person.absences ?? []).filter(({ to }) => to >= since);
  const asked = (standsInFor ?? person.standsInFor ?? []).filter(({ to }) => to >= since);
  return {
    ...rest,
    ...(kept.length > 0 && { absences: kept }),
    ...(asked.length > 0 && { standsInFor: asked }),
  };
}

const eventOf = (
  action: 'setSubstitute' | 'restoreSubstitute',
  { absent, substitute, from, to }: Substitution,
): ProgrammeEvent => ({ action, person: absent, substitute, from, to });

export const endEventOf = (
  { absent, substitute, from, to }: Substitution,
  because: EndReason,
): Extract<ProgrammeEvent, { readonly action: 'endSubstitute' }> => ({
  action: 'endSubstitute',
  person: absent,
  substitute,
  from,
  to,
  because,
});

/** Who acts for whom, and from when to when. */
export function substitutionService<Message>({
  store,
  outbox,
  clock,
  undoSeconds,
  messagesOf,
}: Deps<Message>) {
  const day = (): string => today(clock).toString();
  const since = (): string => today(clock).subtract({ days: keptDays }).toString();

  /** @throws AppError `person.notFound` for somebody who is not of the programme. */
  async function member(id: PersonId): Promise<Versioned<Person>> {
    const found = await store.find(id);
    if (found === undefined || !isMember(found.value)) throw new AppError('person.notFound', { id });
    return found;
  }

  function requireMayPlanFor(actor: Actor, absent: PersonId): void {
    if (!mayPlanFor(actor, absent)) throw new AppError('permission.denied', { absent });
  }

  const nameOf = ({ id, name }: Person): PersonRef => ({ id, name });

  /** Stores both people with the audit entry and the messages of it. */
  async function commit(
    what: SubstitutionChange['what'],
    actor: Actor,
    substitution: Substitution,
    event: ProgrammeEvent,
    people: readonly Change[],
  ): Promise<void> {
    const now = clock.now();
    const [by, at] = [refOf(actor), now.toString()];
    const dueAt = now.add({ seconds: undoSeconds }).toString();
    await outbox.commit(
      [...people, store.audit.add('people', { at, by, event })],
      messagesOf({ what, substitution, by, at, dueAt }),
    );
  }

  /** The absent person, the substitution, and the substitute as far as they are still here. */
  async function read(absentId: PersonId, id: string) {
    const absent = await member(absentId);
    const substitution = absent.value.absences?.find((each) => each.id === id);
    if (substitution === undefined) throw new AppError('substitution.notFound', { id });
    return { absent, substitution, substitute: await store.find(substitution.substitute.id) };
  }

  const replaced = (person: Person, next: Substitution): readonly Substitution[] =>
    (person.absences ?? []).map((each) => (each.id === next.id ? next : each));

  return {
    /**
     * Sets who acts for somebody.
     * @throws AppError `permission.denied` for another's, unless the actor manages people; `person.notFound`;
     *   `substitution.oneself`, `substitution.overlaps`, `substitution.substituteAway`, `substitution.actsForOther`.
     */
    async set(actor: Actor, wanted: NewSubstitution): Promise<Substitution> {
      requireMayPlanFor(actor, wanted.absent);
      const { formId, from, to, note } = wanted;
      const id = deterministicId<string>('substitution', actor.id, formId);
      return whileConflicting(async () => {
        if (wanted.absent === wanted.substitute) throw new AppError('substitution.oneself');
        const [absent, substitute] = await Promise.all([member(wanted.absent), member(wanted.substitute)]);
        const before = absent.value.absences?.find((each) => each.id === id);
        if (before !== undefined) return before;
        requireSubstitutable(absent.value, substitute.value, { from, to });
        const substitution: Substitution = {
          id,
          absent: nameOf(absent.value),
          substitute: nameOf(substitute.value),
          from,
          to,
          by: refOf(actor),
          at: clock.now().toString(),
          ...(note !== undefined && note !== '' && { note }),
        };
        const absences = [...(absent.value.absences ?? []), substitution];
        const standIn: StandIn = { id, absent: substitution.absent, from, to };
        const standsInFor = [...(substitute.value.standsInFor ?? []), standIn];
        await commit('set', actor, substitution, eventOf('setSubstitute', substitution), [
          store.replace(absent, withSubstitutions(absent.value, { absences }, since())),
          store.replace(substitute, withSubstitutions(substitute.value, { standsInFor }, since())),
        ]);
        return substitution;
      });
    },

    /**
     * Ends a substitution at once, or calls it off; the absent person, the substitute or who manages people may. One that is over
     * stays so.
     * @throws AppError `permission.denied`, `person.notFound`, `substitution.notFound`.
     */
    async end(actor: Actor, absentId: PersonId, id: string): Promise<Substitution> {
      return whileConflicting(async () => {
        const { absent, substitution, substitute } = await read(absentId, id);
        if (substitution.substitute.id !== actor.id) requireMayPlanFor(actor, absentId);
        if (statusOf(substitution, day()) === 'over') return substitution;
        const end = { at: clock.now().toString(), by: refOf(actor), because: 'ended' } as const;
        const next: Substitution = { ...substitution, ended: end };
        const standsInFor = substitute?.value.standsInFor?.filter((each) => each.id !== id) ?? [];
        await commit('ended', actor, next, endEventOf(next, 'ended'), [
          store.replace(
            absent,
            withSubstitutions(absent.value, { absences: replaced(absent.value, next) }, since()),
          ),
          ...(substitute === undefined
            ? []
            : [store.replace(substitute, withSubstitutions(substitute.value, { standsInFor }, since()))]),
        ]);
        return next;
      });
    },

    /**
     * Takes back an end that the actor set, as long as the days are not over and nothing else was planned for them meanwhile.
     * @throws AppError `undo.tooLate` for another's end or days that are over; as {@link set}.
     */
    async restore(actor: Actor, absentId: PersonId, id: string): Promise<Substitution> {
      return whileConflicting(async () => {
        const { absent, substitution } = await read(absentId, id);
        const { ended: end, ...next } = substitution;
        if (end === undefined) return substitution;
        const isTheirs = end.because === 'ended' && end.by.id === actor.id;
        if (!isTheirs || next.to < day()) throw new AppError('undo.tooLate', { id });
        const substitute = await member(substitution.substitute.id);
        requireSubstitutable(absent.value, substitute.value, next);
        const { absent: ref, from, to } = next;
        const standsInFor = [...(substitute.value.standsInFor ?? []), { id, absent: ref, from, to }];
        await commit('restored', actor, next, eventOf('restoreSubstitute', next), [
          store.replace(
            absent,
            withSubstitutions(absent.value, { absences: replaced(absent.value, next) }, since()),
          ),
          store.replace(substitute, withSubstitutions(substitute.value, { standsInFor }, since())),
        ]);
        return next;
      });
    },

    /** One substitution as it is kept; none where there is no such one. */
    async find(absentId: PersonId, id: string): Promise<Substitution | undefined> {
      return (await store.find(absentId))?.value.absences?.find((each) => each.id === id);
    },

    /**
     * One's own absences, those for whom one is asked to act, and for who gives out work or manages people everybody's: each by
     * its first day. With everybody who can be chosen.
     */
    async list(actor: Actor): Promise<{
      readonly mine: readonly Substitution[];
      readonly standsIn: readonly Substitution[];
      readonly all?: readonly Substitution[];
      readonly people: readonly PersonRef[];
    }> {
      const people = (await store.everybody()).filter(isMember);
      const all = people
        .flatMap(({ absences = [] }) => absences)
        .sort((one, other) => (one.from < other.from ? -1 : 1));
      return {
        mine: all.filter(({ absent }) => absent.id === actor.id),
        standsIn: all.filter(({ substitute }) => substitute.id === actor.id),
        ...(seesAll(actor) && { all }),
        people: people.map(nameOf),
      };
    },

    /** What was done in the absent person's name while a substitution lasted. */
    async doneInName(substitution: Substitution): Promise<readonly ActedInName[]> {
      const { absent, substitute, at, ended: end } = substitution;
      const to = end?.at ?? clock.now().toString();
      const done = await store.inName(absent.id, { from: at, to });
      return done.filter(({ by }) => by.id === substitute.id);
    },
  };
}

export type SubstitutionService = ReturnType<typeof substitutionService<never>>;
