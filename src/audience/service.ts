import { randomBytes } from 'node:crypto';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import { requirePermission } from '../people/permissions.js';
import { refOf, type Actor, type PersonRef } from '../platform/actor.js';
import type { Clock } from '../platform/clock.js';
import { whileConflicting, type Versioned } from '../platform/commit.js';
import { AppError, isAppError } from '../platform/errors.js';
import { deterministicId, type ContactId } from '../platform/ids.js';
import { shownAddress } from '../platform/mail-address.js';
import type { Page } from '../platform/pages.js';
import { mergedWith, requireSeen, type Seen } from '../platform/seen.js';
import type { Contact, LineFault, Subscribable, SubscriptionKind } from './contact.js';
import { contactInput, manyInput, peopleOfList, type ContactInput } from './input.js';
import type { ContactStore } from './store.js';

export interface ContactDeps {
  readonly store: ContactStore;
  /** What the features offer to subscribe to. */
  readonly subscriptions: readonly SubscriptionKind[];
  readonly outbox: Pick<Outbox, 'commit'>;
  readonly clock: Clock;
  /** How long a welcome waits, so that what was typed wrong can be put right before it leaves. */
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

function contactOf(
  before: Contact | undefined,
  { name, organisation, address, language, subscriptions, consent }: ContactInput,
  actor: Actor,
  at: string,
): Contact {
  return {
    id: contactId(address),
    name,
    ...(organisation && { organisation }),
    address,
    language,
    subscriptions,
    consent: consentAfter(before?.consent, consent, { at, by: refOf(actor) }),
    stopKey: before?.stopKey ?? newStopKey(),
    createdAt: before?.createdAt ?? at,
  };
}

/** A contact as a GET answers it and its form sends it; the consent, which a form only sends when it changes it, apart. */
function shownFields({
  name,
  organisation,
  address,
  language,
  subscriptions,
}: Pick<Contact, 'name' | 'address' | 'language' | 'subscriptions'> & {
  readonly organisation?: string | null | undefined;
}): Readonly<Record<string, unknown>> {
  return {
    name,
    organisation: organisation ?? null,
    address: shownAddress(address),
    language,
    series: subscriptions,
  };
}

/** What a form makes of a contact that somebody may have changed since it was opened. @throws AppError `edit.conflict`. */
function mergedInput(
  sent: ContactInput,
  before: Contact,
  { seen, known }: { readonly seen: Seen; readonly known: readonly string[] },
): ContactInput {
  const { consent } = sent;
  // How it is now was answered with when and by whom; a form only says what it is to be.
  if (consent !== undefined) requireSeen(seen, { consent }, { consent: before.consent });
  const merged = mergedWith(seen, shownFields(sent), shownFields(before));
  return contactInput({ ...merged, ...(consent && { consent }) }, known);
}

const idsOf = (all: readonly Subscribable[]): string[] => all.map(({ id }) => id);

/**
 * People outside the organisation, what they are subscribed to and whether they agreed: `contact:edit`, but for what a
 * mail's link does.
 */
export function contactService({ store, subscriptions, outbox, clock, undoSeconds }: ContactDeps) {
  const now = (): string => clock.now().toString();

  const everything = async (): Promise<readonly Subscribable[]> =>
    (await Promise.all(subscriptions.map((kind) => kind.all()))).flat();

  /** The welcomes to that in which a contact is new, or for which they have agreed only now. */
  function welcomes(
    before: Contact | undefined,
    after: Contact,
    all: readonly Subscribable[],
    at: string,
  ): NewMessage[] {
    if (!after.consent.given) return [];
    const had = before?.consent.given === true && before.id === after.id ? before.subscriptions : [];
    const dueAt = clock.now().add({ seconds: undoSeconds }).toString();
    return all
      .filter(({ id }) => after.subscriptions.includes(id) && !had.includes(id))
      .flatMap((each) => each.welcome(after.id, { at, dueAt }));
  }

  async function find(id: ContactId): Promise<Versioned<Contact>> {
    const found = await store.find(id);
    if (found === undefined) throw new AppError('contact.notFound', { id });
    return found;
  }

  async function insert(contact: Contact, all: readonly Subscribable[]): Promise<void> {
    try {
      await outbox.commit(store.insert(contact), welcomes(undefined, contact, all, contact.createdAt));
    } catch (error) {
      if (!isAppError(error, 'storage.conflict')) throw error;
      throw new AppError('contact.standsAlready', { id: contact.id });
    }
  }

  /** Changes the contact of a link; a key of nobody changes nothing, and nobody learns that. */
  function changeByKey(key: string, change: (contact: Contact) => Contact): Promise<void> {
    return whileConflicting(async () => {
      const id = await store.idOfStopKey(key);
      const before = id === undefined ? undefined : await store.find(id);
      if (before === undefined) return;
      const after = change(before.value);
      if (after !== before.value) await outbox.commit(store.replace(before, after));
    });
  }

  return {
    /** By name, 50 a page; `text` finds the beginning of a name, of any part of it, or of an address. */
    async list(
      actor: Actor,
      wanted: { readonly text?: string; readonly after?: string },
    ): Promise<Page<Contact>> {
      requirePermission(actor, 'contact:edit');
      return store.list(pageSize, wanted);
    },

    /** @throws AppError `contact.notFound`. */
    async get(actor: Actor, id: ContactId): Promise<Contact> {
      requirePermission(actor, 'contact:edit');
      return (await find(id)).value;
    },

    /**
     * `{ name, organisation?, address, language, series, consent?: { given, how? } }`; `how` is required where it is
     * given. Somebody who is new in a subscription and has agreed is welcomed to it.
     * @throws AppError `input.invalid` (faults at fields), `text.personalData`, `contact.standsAlready`.
     */
    async add(actor: Actor, input: unknown): Promise<Contact> {
      requirePermission(actor, 'contact:edit');
      const all = await everything();
      const contact = contactOf(undefined, contactInput(input, idsOf(all)), actor, now());
      await insert(contact, all);
      return contact;
    },

    /**
     * The same form as for `add`; without `consent` it stays as it is. With another address they get another id. Who
     * unsubscribed stays so until the form states how they agreed again. `seen` has the same fields before, `consent` as it
     * was answered.
     * @throws AppError as `add` does; `contact.notFound`, `edit.conflict`.
     */
    async edit(actor: Actor, id: ContactId, input: unknown, seen?: Seen): Promise<Contact> {
      requirePermission(actor, 'contact:edit');
      const at = now();
      return whileConflicting(async () => {
        const [before, all] = await Promise.all([find(id), everything()]);
        // What they are subscribed to may have been taken away since: they can still be changed.
        const known = [...idsOf(all), ...before.value.subscriptions];
        const sent = contactInput(input, known);
        const read = seen === undefined ? sent : mergedInput(sent, before.value, { seen, known });
        const after = contactOf(before.value, read, actor, at);
        const isTaken = after.id !== id && (await store.find(after.id)) !== undefined;
        if (isTaken) throw new AppError('contact.standsAlready', { id: after.id });
        await outbox.commit(store.replace(before, after), welcomes(before.value, after, all, at));
        return after;
      });
    },

    /** Erases the person's data. What was sent keeps its result for a while, under a key without name and address. */
    async remove(actor: Actor, id: ContactId): Promise<void> {
      requirePermission(actor, 'contact:edit');
      await whileConflicting(async () => outbox.commit(store.remove(await find(id))));
    },

    /**
     * Several at once, `{ text, language?, series, consent }`, at most 500: a list as `readContactList` reads it;
     * `language` is that of those of whom it says none. Returns the faults by line, and the line that names the columns
     * where there is one, and adds the rest.
     * @throws AppError `input.invalid` with faults at `text`, `language`, `series`, `consent.how`.
     */
    async addMany(
      actor: Actor,
      input: unknown,
    ): Promise<{ readonly added: number; readonly header?: string; readonly faults: readonly LineFault[] }> {
      requirePermission(actor, 'contact:edit');
      const all = await everything();
      const { text, language, ...shared } = manyInput(input, idsOf(all));
      const { people, faults, ...header } = peopleOfList(text, language);
      const at = now();
      const known: LineFault[] = [];
      for (let from = 0; from < people.length; from += atOnce) {
        const some = people.slice(from, from + atOnce).map(async ({ person, ...place }) => {
          try {
            await insert(contactOf(undefined, { ...person, ...shared }, actor, at), all);
          } catch (error) {
            if (!isAppError(error, 'contact.standsAlready')) throw error;
            known.push({ ...place, field: 'address', code: 'standsAlready' });
          }
        });
        await Promise.all(some);
      }
      return {
        added: people.length - known.length,
        ...header,
        faults: [...faults, ...known].sort((one, other) => one.line - other.line),
      };
    },

    /** Who a mail's link belongs to; `undefined` for a key of nobody. */
    async byStopKey(key: string): Promise<Contact | undefined> {
      const id = await store.idOfStopKey(key);
      return id === undefined ? undefined : (await store.find(id))?.value;
    },

    /** "No more mails": at once, however often. */
    stop(key: string): Promise<void> {
      const at = now();
      return changeByKey(key, (contact) =>
        contact.consent.given
          ? { ...contact, consent: { given: false, at, why: 'unsubscribed', was: contact.consent } }
          : contact,
      );
    },

    /** "That was a mistake": takes a `stop` back, and nothing else. */
    takeStopBack(key: string): Promise<void> {
      return changeByKey(key, (contact) =>
        !contact.consent.given && contact.consent.why === 'unsubscribed'
          ? { ...contact, consent: contact.consent.was }
          : contact,
      );
    },
  };
}

/** Who is subscribed, and one contact, for what is sent to them. */
export type ContactLookup = Pick<ContactStore, 'find' | 'subscribers'>;

export type ContactService = ReturnType<typeof contactService>;
