import type { Actor, PersonRef } from '../platform/actor.js';
import { randomBytes } from 'node:crypto';
import type { Clock } from '../platform/clock.js';
import { whileConflicting, type Versioned } from '../platform/commit.js';
import { AppError, isAppError } from '../platform/errors.js';
import { deterministicId, type ContactId, type SeriesId } from '../platform/ids.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import { requirePermission } from '../people/permissions.js';
import { sendMessage } from '../delivery/fan-out/message.js';
import type { Contact, ContactService, LineFault } from './contact.js';
import type { Series } from '../sessions/series/series.js';
import type { SessionStore } from '../sessions/store.js';
import { contactInput, manyInput, type ContactInput } from './input.js';
import { peopleOfLines } from './lines.js';
import type { ContactStore } from './store-port.js';

export interface ContactDeps {
  readonly store: ContactStore;
  readonly sessions: Pick<SessionStore, 'allSeries'>;
  readonly outbox: Pick<Outbox, 'commit'>;
  readonly clock: Clock;
  /** How long an invitation waits, so that what was typed wrong can be put right before it leaves. */
  readonly undoSeconds: number;
}

const pageSize = 50;
/** How many of a long list are stored at a time. */
const atOnce = 8;

/** The contact of an address; two who add it at once add the same one. */
function contactId(address: string): ContactId {
  return deterministicId<ContactId>('contact', address);
}

/** 160 bits that nobody guesses, safe in an address. */
const newStopKey = (): string => randomBytes(20).toString('hex');

function consentAfter(
  before: Contact['consent'] | undefined,
  input: ContactInput['consent'],
  { at, by }: { readonly at: string; readonly by: PersonRef },
): Contact['consent'] {
  if (input === undefined) return before ?? { given: false, at, why: 'notAsked' };
  if (!input.given) {
    if (before === undefined) return { given: false, at, why: 'notAsked' };
    return before.given ? { given: false, at, why: 'withdrawn' } : before;
  }
  const how = input.how ?? '';
  // Saying the same again does not make it newer; nor does a form that was opened before they unsubscribed.
  if (before?.given === true && before.how === how) return before;
  if (before?.given === false && before.why === 'unsubscribed' && before.was.how === how) return before;
  return { given: true, at, how, by };
}

/** What adding, changing and stopping have in common. */
function contactKeeper({ store, sessions, outbox, clock, undoSeconds }: ContactDeps) {
  const now = (): string => clock.now().toString();

  /** The invitations for those series in which a contact is new, or for which they have agreed only now. */
  const invitations = (
    before: Contact | undefined,
    after: Contact,
    all: readonly Series[],
    at: string,
  ): NewMessage[] => {
    if (!after.consent.given) return [];
    const had = before?.consent.given === true && before.id === after.id ? before.series : [];
    const due = clock.now().add({ seconds: undoSeconds }).toString();
    return all
      .filter(({ id, state, isOpenToContacts }) => {
        const isNew = after.series.includes(id) && !had.includes(id);
        return isNew && isOpenToContacts && state.status === 'active';
      })
      .map(({ id: seriesId, sequence }) =>
        sendMessage({ kind: 'invitation', seriesId, sequence, contactId: after.id }, due, at),
      );
  };

  const find = async (id: ContactId): Promise<Versioned<Contact>> => {
    const found = await store.find(id);
    if (found === undefined) throw new AppError('contact.notFound', { id });
    return found;
  };

  return {
    now,
    find,
    invitations,
    allSeries: async (): Promise<readonly Series[]> => (await sessions.allSeries()).map(({ value }) => value),
    insert: async (contact: Contact, all: readonly Series[]): Promise<void> => {
      const messages = invitations(undefined, contact, all, contact.createdAt);
      try {
        await outbox.commit(store.insert(contact), messages);
      } catch (error) {
        if (!isAppError(error, 'storage.conflict')) throw error;
        throw new AppError('contact.standsAlready', { id: contact.id });
      }
    },
    /** Changes the contact of a link; a key of nobody changes nothing, and nobody learns that. */
    changeByKey: (key: string, change: (contact: Contact) => Contact): Promise<void> =>
      whileConflicting(async () => {
        const id = await store.idOfStopKey(key);
        const before = id === undefined ? undefined : await store.find(id);
        if (before === undefined) return;
        const after = change(before.value);
        if (after !== before.value) await outbox.commit(store.replace(before, after));
      }),
  };
}

type Keeper = ReturnType<typeof contactKeeper>;

interface Given {
  readonly input: ContactInput;
  readonly actor: Actor;
  readonly at: string;
}

function contactOf(before: Contact | undefined, { input, actor, at }: Given): Contact {
  const { name, organisation, address, language, series } = input;
  const by = { id: actor.id, name: actor.name };
  return {
    id: contactId(address),
    name,
    ...(organisation && { organisation }),
    address,
    language,
    series,
    consent: consentAfter(before?.consent, input.consent, { at, by }),
    stopKey: before?.stopKey ?? newStopKey(),
    createdAt: before?.createdAt ?? at,
  };
}

const idsOf = (all: readonly Series[]): SeriesId[] => all.map(({ id }) => id);

async function edit(
  { store, outbox }: ContactDeps,
  keeper: Keeper,
  id: ContactId,
  { actor, at, input }: Omit<Given, 'input'> & { readonly input: unknown },
): Promise<Contact> {
  const [before, all] = await Promise.all([keeper.find(id), keeper.allSeries()]);
  // A series may have been taken away since: whoever is in it can still be changed.
  const read = contactInput(input, [...idsOf(all), ...before.value.series]);
  const after = contactOf(before.value, { input: read, actor, at });
  const isTaken = after.id !== id && (await store.find(after.id)) !== undefined;
  if (isTaken) throw new AppError('contact.standsAlready', { id: after.id });
  await outbox.commit(store.replace(before, after), keeper.invitations(before.value, after, all, at));
  return after;
}

async function addMany(
  keeper: Keeper,
  actor: Actor,
  input: unknown,
): Promise<{ readonly added: number; readonly faults: readonly LineFault[] }> {
  const all = await keeper.allSeries();
  const { text, series, consent } = manyInput(input, idsOf(all));
  const { people, faults } = peopleOfLines(text);
  const at = keeper.now();
  const standing: LineFault[] = [];
  for (let from = 0; from < people.length; from += atOnce) {
    const some = people.slice(from, from + atOnce).map(async ({ line, person }) => {
      try {
        const contact = contactOf(undefined, { input: { ...person, series, consent }, actor, at });
        await keeper.insert(contact, all);
      } catch (error) {
        if (!isAppError(error, 'contact.standsAlready')) throw error;
        standing.push({ line, field: 'address', code: 'standsAlready' });
      }
    });
    await Promise.all(some);
  }
  const told = [...faults, ...standing].sort((one, other) => one.line - other.line);
  return { added: people.length - standing.length, faults: told };
}

/** People outside the organisation who are invited by mail. */
export function contactService(deps: ContactDeps): ContactService {
  const { store, outbox } = deps;
  const keeper = contactKeeper(deps);
  return {
    list: async (actor, wanted) => {
      requirePermission(actor, 'contact:edit');
      return store.list(pageSize, wanted);
    },
    get: async (actor, id) => {
      requirePermission(actor, 'contact:edit');
      return (await keeper.find(id)).value;
    },
    add: async (actor, input) => {
      requirePermission(actor, 'contact:edit');
      const all = await keeper.allSeries();
      const given = { input: contactInput(input, idsOf(all)), actor, at: keeper.now() };
      const contact = contactOf(undefined, given);
      await keeper.insert(contact, all);
      return contact;
    },
    edit: async (actor, id, input) => {
      requirePermission(actor, 'contact:edit');
      const given = { input, actor, at: keeper.now() };
      return whileConflicting(() => edit(deps, keeper, id, given));
    },
    remove: async (actor, id) => {
      requirePermission(actor, 'contact:edit');
      await whileConflicting(async () => outbox.commit(store.remove(await keeper.find(id))));
    },
    addMany: async (actor, input) => {
      requirePermission(actor, 'contact:edit');
      return addMany(keeper, actor, input);
    },
    byStopKey: async (key) => {
      const id = await store.idOfStopKey(key);
      return id === undefined ? undefined : (await store.find(id))?.value;
    },
    stop: (key) => {
      const at = keeper.now();
      return keeper.changeByKey(key, (contact) =>
        contact.consent.given
          ? { ...contact, consent: { given: false, at, why: 'unsubscribed', was: contact.consent } }
          : contact,
      );
    },
    takeStopBack: (key) =>
      keeper.changeByKey(key, (contact) =>
        !contact.consent.given && contact.consent.why === 'unsubscribed'
          ? { ...contact, consent: contact.consent.was }
          : contact,
      ),
  };
}
