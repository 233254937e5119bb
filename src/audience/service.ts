import { isDeepStrictEqual } from 'node:util';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import { requirePermission } from '../people/permissions.js';
import { refOf, type Actor, type PersonRef } from '../platform/actor.js';
import type { LogEntry } from '../platform/audit-trail.js';
import type { Clock } from '../platform/clock.js';
import { whileConflicting, type Change } from '../platform/commit.js';
import { AppError, isAppError } from '../platform/errors.js';
import { freshId, type ContactId, type PersonId } from '../platform/ids.js';
import type { KeyedHash } from '../platform/keyed-hash.js';
import { mailAddressSchema, shownAddress } from '../platform/mail-address.js';
import type { Page } from '../platform/pages.js';
import type { Language } from '../shared/languages.js';
import { mergedWith, requireSeen, type Seen } from '../platform/seen.js';
import {
  consentStateOf,
  type Contact,
  contactFields,
  type ContactFilter,
  type Consent,
  type ContactMail,
  type ContactReply,
  type ContactEvent,
  type LineFault,
  type StoppedLine,
  type Subscribable,
  type SubscriptionKind,
  type Suppression,
  type Welcome,
} from './contact.js';
import { askMessage } from './ask-mail.js';
import { addressBook } from './addresses.js';
import {
  contactOf,
  eachOf,
  isUnsubscribed,
  newStopKey,
  newSubscriptions,
  sinceOf,
  suppressionOf,
  type Now,
} from './forming.js';
import {
  contactInput,
  manyInput,
  peopleOfList,
  type ContactInput,
  type ListedInput,
  type SignUpInput,
} from './input.js';
import { eraseMessage } from './erasing.js';
import { invitedTo, leavings } from './leaving.js';
import { stoppedMessage } from './stopped-mail.js';
import { removedContacts, timedId, type ContactStore } from './store.js';

export interface ContactDeps {
  readonly store: ContactStore;
  /** By which contacts are found by their addresses; ids can't be computed from these. */
  readonly keyedHash: KeyedHash;
  /** What the features offer to subscribe to. */
  readonly subscriptions: readonly SubscriptionKind[];
  readonly outbox: Pick<Outbox, 'commit'>;
  readonly clock: Clock;
  /** How long a welcome waits, so that what was typed wrong can be put right before it leaves. */
  readonly undoSeconds: number;
  /** In which words the mail asks a contact for consent; `name`: of who has it sent. */
  readonly wordingOfAsk?: (
    contact: Pick<Contact, 'language' | 'subscriptions'>,
    name: string,
  ) => Promise<string>;
}

const pageSize = 50;
const exportedAtOnce = 500;
/** Far more than a programme writes to. */
const maxExported = 20_000;
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

/**
 * What a contact chooses on the page of their link: of the subscriptions that it showed those that they want. What it did
 * not show stays as it is.
 */
export type OwnChoice = Pick<Contact, 'subscriptions' | 'language' | 'wants'> & {
  readonly shown: readonly string[];
};

const ownFields = ['subscriptions', 'language', 'wants'] as const;

function chosenBy(
  before: Contact,
  { subscriptions: chosen, shown, language, wants }: OwnChoice,
  at: string,
): Contact {
  const { wants: _before, ...rest } = before;
  const had = before.subscriptions;
  const after: Contact = {
    ...rest,
    language,
    subscriptions: [
      ...had.filter((id) => !shown.includes(id) || chosen.includes(id)),
      ...shown.filter((id) => chosen.includes(id) && !had.includes(id)),
    ],
    ...(wants !== undefined && { wants }),
  };
  const since = sinceOf(before, after, at);
  return { ...after, ...(since && { since }) };
}

const idsOf = (all: readonly Subscribable[]): string[] => all.map(({ id }) => id);

/**
 * People outside the organisation, what they are subscribed to and whether they agreed: `contact:edit`, but for what a
 * mail's link does.
 */
export function contactService(deps: ContactDeps) {
  const { store, subscriptions: kinds, outbox, clock, undoSeconds, wordingOfAsk } = deps;
  const now = (): string => clock.now().toString();
  const { keyOf, find, known, stopKeyFor, upgradeAll } = addressBook(deps);
  const left = leavings({ store, kinds, clock, undoSeconds });

  /** The entry of what was done; without an actor by the contact's own link. */
  const done = (subject: string, event: ContactEvent, actor?: Actor): Change =>
    store.audit.add(subject, { at: now(), event, ...(actor && { by: refOf(actor) }) });

  const everything = async (): Promise<readonly Subscribable[]> =>
    (await Promise.all(kinds.map((kind) => kind.all()))).flat();

  /** The messages of a welcome: one for each kind of which somebody is new in something that is open. */
  async function welcomeMessages(welcome: Welcome): Promise<NewMessage[]> {
    const dueAt = clock.now().add({ seconds: undoSeconds }).toString();
    const wanted = new Set(welcome.contacts.flatMap(({ subscriptions }) => subscriptions));
    const messages = kinds.map(async (kind) => {
      const open = (await kind.all()).filter(({ id, isOpen }) => isOpen && wanted.has(id));
      return open.length === 0 ? [] : [kind.welcome(welcome, idsOf(open), dueAt)];
    });
    return (await Promise.all(messages)).flat();
  }

  /** What is stored and sent for contacts who are new in something; nothing where nobody is, or it takes nobody now. */
  async function welcoming(
    contacts: Welcome['contacts'],
    at: string,
    isComplete: boolean,
  ): Promise<{ readonly welcome: Welcome; readonly messages: NewMessage[] } | undefined> {
    const invited = contacts.filter(({ subscriptions }) => subscriptions.length > 0);
    if (invited.length === 0) return undefined;
    const id = timedId(clock.now().epochMilliseconds, freshId());
    const welcome: Welcome = { id, at, ...(isComplete && { isComplete }), contacts: invited };
    const messages = await welcomeMessages(welcome);
    if (messages.length === 0) return undefined;
    await store.pruneWelcomes(clock.now().epochMilliseconds);
    return { welcome, messages };
  }

  /** Of what a contact is invited to, that of which they get nothing yet. @param at ISO instant. */
  async function waitingOf(contact: Contact, at: string): Promise<readonly string[]> {
    const waiting = invitedTo(contact).map(async (id) => {
      const begins = await store.beginsAt(contact, id);
      return begins !== undefined && Date.parse(begins) > Date.parse(at) ? [id] : [];
    });
    return (await Promise.all(waiting)).flat();
  }

  /** The changes and the messages of a contact who was changed by a form. @param waiting what is sent at another time. */
  async function welcomingOne(
    before: Contact | undefined,
    after: Contact,
    at: string,
    waiting: readonly string[] = [],
  ) {
    const isDue = (id: string): boolean => !waiting.includes(id);
    const one = { id: after.id, subscriptions: newSubscriptions(before, after).filter(isDue) };
    const found = await welcoming([one], at, true);
    return found === undefined
      ? { changes: [], messages: [] }
      : { changes: [store.putWelcome(found.welcome)], messages: found.messages };
  }

  async function insert(
    contact: Contact,
    changes: readonly Change[] = [],
    messages: readonly NewMessage[] = [],
  ): Promise<void> {
    try {
      await outbox.commit([...store.insert(contact), ...changes], messages);
    } catch (error) {
      if (!isAppError(error, 'storage.conflict')) throw error;
      throw new AppError('contact.standsAlready', { id: contact.id });
    }
  }

  /** Where a contact has no mails: with it, where it is at another address now, that they stopped the mails there too. */
  const stoppedAt = (contact: Contact): Change[] =>
    isUnsubscribed(contact) && contact.addressKey !== undefined
      ? store.suppress(contact.addressKey, suppressionOf(contact))
      : [];

  /**
   * What brings one contact back who stopped the mails: with the invitations again, where these have been taken out of
   * their calendar.
   */
  async function comingBack(id: ContactId) {
    const before = await find(id);
    const { consent } = before.value;
    if (consent.given || consent.why !== 'unsubscribed') return { changes: [], messages: [] };
    const at = now();
    const { clearsAt, was } = consent;
    const isCleared = clearsAt !== undefined && Date.parse(clearsAt) <= Date.parse(at);
    const back: Contact = { ...before.value, consent: was };
    const since = isCleared ? sinceOf(before.value, back, at) : before.value.since;
    const after = { ...back, ...(since && { since }) };
    const welcomed = isCleared ? await welcomingOne(before.value, after, at) : { changes: [], messages: [] };
    return {
      changes: [...store.replace(before, after), ...welcomed.changes, done(id, { action: 'back' })],
      messages: welcomed.messages,
    };
  }

  interface Listed extends ListedInput {
    readonly contact: Contact;
    readonly suppression: Suppression | undefined;
  }

  /** The people of a list as contacts; and those who are contacts already. */
  async function contactsOf(
    people: readonly ListedInput[],
    shared: Pick<ContactInput, 'subscriptions' | 'consent'>,
    when: Now,
  ) {
    const fresh = new Map<ListedInput, Listed>();
    const faults: LineFault[] = [];
    await eachOf(people, async (listed) => {
      const { person, ...place } = listed;
      const addressKey = await keyOf(person.address);
      const { id, suppression } = await known(addressKey);
      if (id !== undefined) {
        faults.push({ ...place, field: 'address', code: 'standsAlready' });
        return;
      }
      const stopKey = await stopKeyFor(suppression);
      const facts = { ...when, addressKey, suppression, stopKey };
      fresh.set(listed, {
        ...listed,
        contact: contactOf(undefined, { ...person, ...shared }, facts),
        suppression,
      });
    });
    return { fresh: people.flatMap((listed) => fresh.get(listed) ?? []), faults };
  }

  return {
    /** By name, 50 a page at most: a page of a filter may be shorter, and go on. */
    async list(actor: Actor, wanted: ContactFilter & { readonly after?: string }): Promise<Page<Contact>> {
      requirePermission(actor, 'contact:edit');
      return store.list(pageSize, wanted);
    },

    /**
     * All that a filter wants, by its order; one trip for each 500 that are looked at.
     * @throws AppError `contact.tooManyForFile` for more than 20,000.
     */
    async all(actor: Actor, filter: ContactFilter): Promise<readonly Contact[]> {
      requirePermission(actor, 'contact:edit');
      const all: Contact[] = [];
      let after: string | undefined;
      do {
        const page = await store.list(exportedAtOnce, { ...filter, ...(after !== undefined && { after }) });
        all.push(...page.lines);
        after = page.next;
      } while (after !== undefined && all.length <= maxExported);
      // A file that lacks some of them would be taken for all.
      if (all.length > maxExported) throw new AppError('contact.tooManyForFile', { max: maxExported });
      return all;
    },

    /** What was mailed to a contact and what came of it, newest first, 50 a page. */
    async mails(actor: Actor, id: ContactId, after?: string): Promise<Page<ContactMail>> {
      requirePermission(actor, 'contact:edit');
      await find(id);
      return store.mails(id, after);
    },

    /**
     * Asks a contact by mail whether they want to get mails, once.
     * @throws AppError `contact.notToAsk` where they have agreed, stopped their mails, withdrew, or were asked before.
     */
    async ask(actor: Actor, id: ContactId): Promise<Contact> {
      requirePermission(actor, 'contact:edit');
      return whileConflicting(async () => {
        const before = await find(id);
        const { value } = before;
        const { consent, addressKey } = value;
        const isStopped = addressKey !== undefined && (await store.suppression(addressKey)) !== undefined;
        if (consent.given || consent.why !== 'notAsked' || consent.asked !== undefined || isStopped)
          throw new AppError('contact.notToAsk', { id });
        const at = now();
        const wording = await wordingOfAsk?.(value, actor.name);
        const asked = { at, by: refOf(actor), ...(wording !== undefined && { wording }) };
        const after: Contact = { ...value, consent: { ...consent, asked } };
        const dueAt = clock.now().add({ seconds: undoSeconds }).toString();
        await outbox.commit(
          [...store.replace(before, after), done(id, { action: 'ask' }, actor)],
          [askMessage(after, at, dueAt)],
        );
        return after;
      });
    },

    /**
     * Somebody who was asked agrees, by the link in that mail; once they did, nothing more happens.
     * @param consentIn how they agreed, as coordinators read it, and to what, as they read it, in their language.
     */
    async agree(
      key: string,
      consentIn: (language: Language) => Pick<Consent, 'how' | 'wording'>,
    ): Promise<void> {
      await whileConflicting(async () => {
        const id = await store.idOfStopKey(key);
        if (id === undefined || (await store.find(id)) === undefined) return;
        const before = await find(id);
        if (consentStateOf(before.value) !== 'asked') return;
        const at = now();
        const by: PersonRef = { id: id as string as PersonId, name: before.value.name };
        const agreed: Contact = {
          ...before.value,
          consent: { given: true, at, ...consentIn(before.value.language), by },
        };
        const since = sinceOf(before.value, agreed, at);
        const after: Contact = { ...agreed, ...(since && { since }) };
        const { changes, messages } = await welcomingOne(before.value, after, at);
        await outbox.commit(
          [...store.replace(before, after), ...changes, done(id, { action: 'agree' })],
          messages,
        );
      });
    },

    /** Takes a contact out of some of what they are subscribed to; nothing where they are not. */
    async unsubscribe(actor: Actor, id: ContactId, subscriptions: readonly string[]): Promise<void> {
      requirePermission(actor, 'contact:edit');
      const at = now();
      await whileConflicting(async () => {
        const before = await find(id);
        const kept = before.value.subscriptions.filter((each) => !subscriptions.includes(each));
        if (kept.length === before.value.subscriptions.length) return;
        const { since: _since, ...rest } = { ...before.value, subscriptions: kept };
        const since = sinceOf(before.value, rest, at);
        const after: Contact = { ...rest, ...(since && { since }) };
        const lost = await left.after(before.value, after, { why: 'taken', at });
        const entry = done(id, { action: 'edit', fields: ['subscriptions'] }, actor);
        await outbox.commit([...store.replace(before, after), ...lost.changes, entry], lost.messages);
      });
    },

    /** @throws AppError `contact.notFound`. */
    async get(actor: Actor, id: ContactId): Promise<Contact> {
      requirePermission(actor, 'contact:edit');
      return whileConflicting(async () => (await find(id)).value);
    },

    /**
     * `{ name, organisation?, address, language, series, consent?: { given, how? } }`; `how` is required where it is
     * given. Somebody who is new in a subscription and has agreed is welcomed to it. Who stopped their mails once is added
     * as unsubscribed.
     * @throws AppError `input.invalid` (faults at fields), `text.personalData`, `contact.standsAlready`.
     */
    async add(actor: Actor, input: unknown): Promise<Contact> {
      requirePermission(actor, 'contact:edit');
      const all = await everything();
      const read = contactInput(input, idsOf(all));
      const at = now();
      const addressKey = await keyOf(read.address);
      const { id, suppression } = await known(addressKey);
      if (id !== undefined) throw new AppError('contact.standsAlready', { id });
      const stopKey = await stopKeyFor(suppression);
      const contact = contactOf(undefined, read, { at, by: refOf(actor), addressKey, suppression, stopKey });
      const { changes, messages } = await welcomingOne(undefined, contact, at);
      await insert(contact, [...changes, done(contact.id, { action: 'add' }, actor)], messages);
      return contact;
    },

    /**
     * The same form as for `add`; without `consent` it stays as it is. Who unsubscribed stays so, whatever the form says;
     * a new address at which somebody stopped the mails gets none either. `seen`
     * has the same fields before, `consent` as it was answered.
     * @throws AppError as `add` does; `contact.notFound`, `edit.conflict`.
     */
    async edit(actor: Actor, id: ContactId, input: unknown, seen?: Seen): Promise<Contact> {
      requirePermission(actor, 'contact:edit');
      const at = now();
      return whileConflicting(async () => {
        const [before, all] = await Promise.all([find(id), everything()]);
        // What they are subscribed to may have been taken away since: they can still be changed.
        const offered = [...idsOf(all), ...before.value.subscriptions];
        const sent = contactInput(input, offered);
        const read = seen === undefined ? sent : mergedInput(sent, before.value, { seen, known: offered });
        const addressKey = await keyOf(read.address);
        const { id: owner, suppression } = await known(addressKey);
        if (owner !== undefined && owner !== id) throw new AppError('contact.standsAlready', { id: owner });
        const { stopKey } = before.value;
        const isMoved = read.address !== before.value.address;
        // What waits for the time of an import goes to the new address then.
        const waiting = isMoved ? await waitingOf(before.value, at) : [];
        const since = (subscription: string): string =>
          (waiting.includes(subscription) ? before.value.since?.[subscription] : undefined) ?? at;
        const facts = { at, by: refOf(actor), addressKey, suppression, stopKey, since };
        const after = contactOf(before.value, read, facts);
        const { changes, messages } = await welcomingOne(before.value, after, at, waiting);
        const stopped = suppression === undefined ? stoppedAt(after) : [];
        const fields = contactFields.filter((field) => !isDeepStrictEqual(before.value[field], after[field]));
        if (fields.length === 0) return before.value;
        const consent = fields.includes('consent')
          ? after.consent.given
            ? 'given'
            : 'withdrawn'
          : undefined;
        const entry = done(id, { action: 'edit', fields, ...(consent && { consent }) }, actor);
        const lost = await left.after(before.value, after, { why: 'taken', at });
        await outbox.commit(
          [...store.replace(before, after), ...stopped, ...changes, ...lost.changes, entry],
          [...messages, ...lost.messages],
        );
        return after;
      });
    },

    /**
     * Erases the person's data, and what mails brought into their calendar: name and address stay until that has left. What
     * was sent keeps its result for a while, under a key without name and address; that they stopped their mails stays,
     * without naming them.
     */
    async remove(actor: Actor, id: ContactId): Promise<void> {
      requirePermission(actor, 'contact:edit');
      const at = now();
      await whileConflicting(async () => {
        const entry = done(removedContacts, { action: 'remove' }, actor);
        const before = await find(id);
        const lost = await left.after(before.value, undefined, { why: 'taken', at });
        await outbox.commit(
          [...(await store.remove(before)), ...lost.changes, entry],
          [...lost.messages, eraseMessage(id, at)],
        );
      });
      await store.eraseTrail(id);
    },

    /** Who did what to a contact, newest first, 50 a page. */
    async audit(actor: Actor, id: ContactId, after?: string): Promise<Page<LogEntry<ContactEvent>>> {
      requirePermission(actor, 'contact:edit');
      await find(id);
      return store.audit.page(id, after);
    },

    /** What a contact answered to invitations, newest first, 50 a page. */
    async replies(actor: Actor, id: ContactId, after?: string): Promise<Page<ContactReply>> {
      requirePermission(actor, 'contact:edit');
      await find(id);
      return store.replies(id, after);
    },

    /** Who removed contacts and when, newest first, 50 a page; not whom. */
    async removals(actor: Actor, after?: string): Promise<Page<LogEntry<ContactEvent>>> {
      requirePermission(actor, 'contact:edit');
      return store.audit.page(removedContacts, after);
    },

    /** Gives a contact another link to stop their mails, where the old one got into wrong hands: that does nothing any more. */
    async renewStopKey(actor: Actor, id: ContactId): Promise<void> {
      requirePermission(actor, 'contact:edit');
      const stopKey = newStopKey();
      await whileConflicting(async () => {
        const before = await find(id);
        const suppressed = await store.suppressedBy(before.value.stopKey);
        const moved = suppressed.map(async (addressKey) => {
          const suppression = await store.suppression(addressKey);
          return suppression?.stopKey === before.value.stopKey
            ? store.resuppress(addressKey, suppression, stopKey)
            : [];
        });
        const changes = (await Promise.all(moved)).flat();
        const entry = done(id, { action: 'renewLink' }, actor);
        await outbox.commit([...store.replace(before, { ...before.value, stopKey }), ...changes, entry]);
      });
    },

    /**
     * Several at once, `{ text, language?, series, consent }`, at most 500: a list as `readContactList` reads it;
     * `language` is that of those of whom it says none. Returns the faults by line, and the line that names the columns
     * where there is one, and adds the rest: also those who stopped their mails once, as unsubscribed, whom it names too.
     * What is sent to all of them is one welcome.
     * @throws AppError `input.invalid` with faults at `text`, `language`, `series`, `consent.how`.
     */
    async addMany(
      actor: Actor,
      input: unknown,
    ): Promise<{
      readonly added: number;
      readonly header?: string;
      readonly faults: readonly LineFault[];
      readonly stopped: readonly StoppedLine[];
    }> {
      requirePermission(actor, 'contact:edit');
      const all = await everything();
      const { text, language, ...shared } = manyInput(input, idsOf(all));
      const { people, faults, ...header } = peopleOfList(text, language);
      const at = now();
      const { fresh, faults: known } = await contactsOf(people, shared, { at, by: refOf(actor) });
      const invited = fresh.map(({ contact }) => ({
        id: contact.id,
        subscriptions: newSubscriptions(undefined, contact),
      }));
      // Before the contacts, so that whoever is added before a crash is welcomed.
      const welcomed = await welcoming(invited, at, false);
      if (welcomed) await outbox.commit([store.putWelcome(welcomed.welcome)], welcomed.messages);
      const added: Listed[] = [];
      await eachOf(fresh, async (listed) => {
        const { contact, line, text: typed } = listed;
        try {
          await insert(contact, [done(contact.id, { action: 'import' }, actor)]);
          added.push(listed);
        } catch (error) {
          if (!isAppError(error, 'contact.standsAlready')) throw error;
          known.push({ line, text: typed, field: 'address', code: 'standsAlready' });
        }
      });
      if (welcomed) await outbox.commit([store.putWelcome({ ...welcomed.welcome, isComplete: true })]);
      return {
        added: added.length,
        ...header,
        faults: [...faults, ...known].sort((one, other) => one.line - other.line),
        stopped: added
          .flatMap(({ line, text: typed, suppression }) =>
            suppression === undefined ? [] : [{ line, text: typed, at: suppression.at }],
          )
          .sort((one, other) => one.line - other.line),
      };
    },

    /**
     * Somebody signed up for a subscription themselves, and has shown that the address is theirs. They become a contact, or
     * have one subscription more, and are welcomed to it; who is invited to it already is sent nothing, unless it waits for the
     * time of an import. Their own consent takes the place of one that somebody wrote down. Their own act brings mails back
     * where they had stopped them: those of this subscription alone, as nothing else was agreed to anew. They agree to
     * invitations and reminders alike, whatever they chose before.
     * `how` they agreed, as coordinators read it, at most 200 characters; `wording`: to what, as they read it.
     * @param also stored with it, whether or not anything changes. `isInvited`: an invitation comes, which they did not have.
     */
    async signUp(
      { name, organisation, address, language }: SignUpInput,
      { subscription, ...consent }: Pick<Consent, 'how' | 'wording'> & { readonly subscription: string },
      also: (isInvited: boolean) => readonly Change[],
    ): Promise<void> {
      const at = now();
      const addressKey = await keyOf(address);
      await whileConflicting(async () => {
        const { id, suppression } = await known(addressKey);
        const before = id === undefined ? undefined : await find(id);
        const old = before?.value;
        const own = old?.id ?? (freshId() as ContactId);
        const has = old?.consent.given === true ? old.subscriptions : [];
        const isOwn = old?.consent.given === true && old.consent.by.id === (own as string);
        const isWaiting =
          old !== undefined &&
          has.includes(subscription) &&
          (await waitingOf(old, at)).includes(subscription);
        if (isOwn && has.includes(subscription) && !isWaiting && old.wants === undefined) {
          await outbox.commit(also(false));
          return;
        }
        const by: PersonRef = { id: own as string as PersonId, name };
        const given = { given: true, at, ...consent, by } as const;
        const after: Contact = {
          ...(old ?? {
            id: own,
            name,
            ...(organisation && { organisation }),
            address,
            addressKey,
            stopKey: await stopKeyFor(suppression),
            createdAt: at,
          }),
          language,
          subscriptions: [...has.filter((id) => id !== subscription), subscription],
          // What they read and pressed themselves says more than what somebody wrote down.
          consent: isOwn ? old.consent : given,
        };
        const { since: _since, wants: _wants, ...rest } = after;
        // What waits for the time of an import is new to them now: the page says that it comes in a moment.
        const last = old && {
          ...old,
          subscriptions: isWaiting ? has.filter((id) => id !== subscription) : has,
        };
        // They have had since before that was written down what has none.
        const isOld = has.includes(subscription) && old?.since?.[subscription] === undefined;
        const since = { ...sinceOf(last, rest, at), ...(!isOld && { [subscription]: at }) };
        const contact: Contact = { ...rest, since };
        const { changes, messages } = await welcomingOne(last, contact, at);
        const isInvited = newSubscriptions(last, contact).includes(subscription);
        const lifted = suppression === undefined ? [] : store.unsuppress(addressKey, suppression.stopKey);
        const stored = before === undefined ? store.insert(contact) : store.replace(before, contact);
        const entry = done(own, { action: 'signUp' });
        await outbox.commit([...stored, ...lifted, ...changes, entry, ...also(isInvited)], messages);
      });
    },

    /** Who has a mail address, as mail programs write it; `undefined` for one that is no contact's. */
    async idOfAddress(typed: string): Promise<ContactId | undefined> {
      const address = mailAddressSchema.safeParse(typed);
      return address.success ? (await known(await keyOf(address.data))).id : undefined;
    },

    /** Who a mail's link belongs to; `undefined` for a key of nobody. */
    async byStopKey(key: string): Promise<Contact | undefined> {
      const id = await store.idOfStopKey(key);
      return id === undefined ? undefined : (await store.find(id))?.value;
    },

    /** That a link has stopped the mails of somebody who is no contact any more. */
    async suppressedByKey(key: string): Promise<Suppression | undefined> {
      const [addressKey] = await store.suppressedBy(key);
      return addressKey === undefined ? undefined : store.suppression(addressKey);
    },

    /**
     * "No more mails": at once, however often. They get one mail about it, with the way back; who was only asked for
     * consent gets none.
     * @param clears whether what mails brought is taken out of their calendar too, which that mail does then.
     */
    stop(key: string, clears = false): Promise<void> {
      const at = now();
      return whileConflicting(async () => {
        const id = await store.idOfStopKey(key);
        if (id === undefined || (await store.find(id)) === undefined) return;
        const before = await find(id);
        const { consent } = before.value;
        if (consentStateOf(before.value) === 'asked') {
          // Who was only asked says no: nobody asks again, and there is nothing that a mail would have to confirm.
          const after: Contact = { ...before.value, consent: { given: false, at, why: 'withdrawn' } };
          await outbox.commit([...store.replace(before, after), done(id, { action: 'stop' })]);
        }
        if (!consent.given) return;
        const subscriptions = clears ? invitedTo(before.value) : [];
        const { changes, messages, dueAt } = await left.leave(before.value, subscriptions, {
          why: 'stopped',
          at,
        });
        const isCleared = messages.length > 0;
        const after: Contact = {
          ...before.value,
          consent: {
            given: false,
            at,
            why: 'unsubscribed',
            was: consent,
            ...(isCleared && { clearsAt: dueAt }),
          },
        };
        await outbox.commit(
          [...store.replace(before, after), ...stoppedAt(after), ...changes, done(id, { action: 'stop' })],
          isCleared ? messages : [stoppedMessage(after, consent.at, dueAt)],
        );
      });
    },

    /**
     * What a contact chooses on the page of their link. What they lose is taken out of their calendar; what is new to
     * them is sent. Nothing where the key is nobody's, or of somebody who gets no mails.
     */
    choose(key: string, choice: OwnChoice): Promise<void> {
      const at = now();
      return whileConflicting(async () => {
        const id = await store.idOfStopKey(key);
        if (id === undefined || (await store.find(id)) === undefined) return;
        const before = await find(id);
        if (!before.value.consent.given) return;
        const after = chosenBy(before.value, choice, at);
        const fields = ownFields.filter((field) => !isDeepStrictEqual(before.value[field], after[field]));
        if (fields.length === 0) return;
        const welcomed = await welcomingOne(before.value, after, at);
        const lost = await left.after(before.value, after, { why: 'chosen', at });
        await outbox.commit(
          [
            ...store.replace(before, after),
            ...welcomed.changes,
            ...lost.changes,
            done(id, { action: 'choose', fields }),
          ],
          [...welcomed.messages, ...lost.messages],
        );
      });
    },

    /**
     * "That was a mistake": takes a `stop` back, at every address that the link has stopped, and nothing else. Works after
     * the contact was removed too: whoever adds them again may write to them then.
     */
    async takeStopBack(key: string): Promise<void> {
      await whileConflicting(async () => {
        const id = await store.idOfStopKey(key);
        if (id !== undefined && (await store.find(id)) !== undefined) await find(id);
        for (const addressKey of await store.suppressedBy(key)) {
          const owner = await store.idOfAddress(addressKey);
          const back = owner === undefined ? { changes: [], messages: [] } : await comingBack(owner);
          await outbox.commit([...back.changes, ...store.unsuppress(addressKey, key)], back.messages);
        }
      });
    },

    /** See {@link addressBook}. */
    upgradeAll,
  };
}

/** Who is subscribed, what was last sent to them, and one contact, for what is sent to them. */
export type ContactLookup = Pick<
  ContactStore,
  | 'find'
  | 'isLinkRenewed'
  | 'subscribers'
  | 'namesOfSubscribers'
  | 'putReply'
  | 'sentVersions'
  | 'claimVersion'
  | 'keepHeld'
  | 'welcome'
  | 'leaving'
  | 'replaceLeaving'
  | 'eraseLeaving'
  | 'commit'
>;

export type ContactService = ReturnType<typeof contactService>;
