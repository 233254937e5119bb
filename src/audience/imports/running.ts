import { isDeepStrictEqual } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { messageKind, type DeliveryKind, type PayloadOf } from '../../delivery/outbox/kind.js';
import type { NewMessage, Outcome } from '../../delivery/outbox/message.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import { refOf } from '../../platform/actor.js';
import type { Clock } from '../../platform/clock.js';
import { whileConflicting, type Change, type Versioned } from '../../platform/commit.js';
import { isAppError } from '../../platform/errors.js';
import type { HolidayBook } from '../../platform/holidays.js';
import { deterministicId, type ContactId, type FanOutId, type MessageId } from '../../platform/ids.js';
import { retentionDays } from '../../platform/retention.js';
import { storedId } from '../../platform/stored.js';
import type { KeyedHash } from '../../platform/keyed-hash.js';
import type { AddressBook } from '../addresses.js';
import type { Contact, ContactEvent, SubscriptionKind, Welcome } from '../contact.js';
import { consentAsked, contactOf, eachOf, isUnsubscribed, newSubscriptions, sinceOf } from '../forming.js';
import { removedContacts, timedId, type ContactStore } from '../store.js';
import { leavings } from '../leaving.js';
import { findRows, type FoundRow } from './checking.js';
import {
  applyMove,
  begunBy,
  noCounts,
  type ContactImport,
  type ImportCounts,
  type ImportedContact,
  type ImportId,
  type ImportRow,
  type ImportSend,
} from './import.js';
import type { ImportStore } from './store.js';

export interface ImportDeps {
  readonly store: ContactStore;
  readonly imports: ImportStore;
  readonly keyedHash: KeyedHash;
  readonly addresses: AddressBook;
  /** What the features offer to subscribe to. */
  readonly subscriptions: readonly SubscriptionKind[];
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
  readonly clock: Clock;
  readonly holidays: HolidayBook;
  readonly undoSeconds: number;
}

/** Goes on with an import: what a person began, or what follows from the time that has passed. */
export const importWork = messageKind(
  'contactImport',
  z.object({ importId: storedId<ImportId>(), step: z.enum(['run', 'undo', 'forget']) }),
);
type Step = PayloadOf<typeof importWork>['step'];

/** The message by which an import goes on; a step has one. @param dueAt ISO instant. */
export function importMessage(importId: ImportId, step: Step, dueAt: string): NewMessage {
  return {
    id: deterministicId<MessageId>('contactImport', importId, step),
    dueAt,
    body: importWork.body({ importId, step }),
  };
}

/** Well below the minute for which a message is claimed, in milliseconds. */
const maxWorkMs = 20_000;
/** A transaction takes 100 changes; the header and a message stay below with room. */
const maxChanges = 96;
/** Transactions at a time: more would not end sooner, and whoever reads a page waits behind all of them. */
const storedAtOnce = 2;
const goOn: Outcome = { result: 'postponed', reason: 'unfinished', afterSeconds: 0 };
const takenBackAtOnce = 50;

/** What a chunk of rows has done. */
interface ChunkResult {
  readonly counts: ImportCounts;
  /** Rows that were left out, which stay to be put right. */
  readonly left: readonly ImportRow[];
}

const sumOfCounts = (one: ImportCounts, other: ImportCounts): ImportCounts => ({
  created: one.created + other.created,
  changed: one.changed + other.changed,
  unchanged: one.unchanged + other.unchanged,
  duplicates: (one.duplicates ?? 0) + (other.duplicates ?? 0),
  stopped: one.stopped + other.stopped,
  left: one.left + other.left,
});

/** The id of a contact whom a row adds: nothing follows from it, and the row always gives the same. */
async function idOfRow(keyedHash: KeyedHash, id: ImportId, row: number): Promise<ContactId> {
  return (await keyedHash('import', id, String(row))).slice(0, 26) as ContactId;
}

type Running = Extract<ContactImport['state'], { status: 'running' }>;
type RunningImport = ContactImport & { readonly state: Running };

/** The import as it runs, chunk by chunk: what has been done is found again after a crash, and nothing is done twice. */
function runner({ store, imports, keyedHash, addresses, subscriptions: kinds, outbox, clock }: ImportDeps) {
  const now = (): string => clock.now().toString();

  const entry = (
    id: ContactId,
    { state }: RunningImport,
    action: 'import' | 'importSubscribe' | 'importConsent',
  ): Change => {
    const event: ContactEvent = { action };
    return store.audit.add(id, { at: now(), event, by: state.by });
  };

  /**
   * From when those who are new in something get it: with what the import sends. What takes nobody yet is not in that; they
   * get it when it begins to.
   */
  async function sinceIn({ state: { sendAt } }: RunningImport): Promise<(subscription: string) => string> {
    const all = (await Promise.all(kinds.map((kind) => kind.all()))).flat();
    const open = new Set(all.filter(({ isOpen }) => isOpen).map(({ id }) => id));
    const at = now();
    return (subscription) => (open.has(subscription) ? sendAt : at);
  }

  type SinceIn = Awaited<ReturnType<typeof sinceIn>>;

  async function created(of: RunningImport, row: FoundRow, { id, since }: { id: ContactId; since: SinceIn }) {
    const { suppression, addressKey, person } = row;
    const { subscriptions, consent } = of;
    const stopKey = await addresses.stopKeyFor(suppression);
    const { by } = of.state;
    const facts = { id, at: now(), by, addressKey, suppression, stopKey, since };
    const contact = contactOf(undefined, { ...person, subscriptions, consent }, facts);
    const imported: ImportedContact = {
      row: row.row,
      id,
      isNew: true,
      ...(isUnsubscribed(contact) && { isStopped: true }),
      added: contact.subscriptions,
      welcomed: newSubscriptions(undefined, contact),
      consent: { after: contact.consent },
      ...(contact.since && { since: contact.since }),
    };
    return {
      imported,
      changes: [...store.insert(contact), entry(id, of, 'import'), imports.imported.put(of.id, imported)],
    };
  }

  /** A contact already, who is subscribed to what is new for them, or has agreed now; undefined where nothing is. */
  async function changed(
    of: RunningImport,
    row: number,
    { id, since: sinceBy }: { id: ContactId; since: SinceIn },
  ) {
    const before = await addresses.find(id);
    const { value } = before;
    const added = of.subscriptions.filter((each) => !value.subscriptions.includes(each));
    const { by } = of.state;
    const consent = value.consent.given
      ? value.consent
      : consentAsked(value.consent, of.consent, { at: now(), by });
    const isConsentNew = of.consent.given && consent !== value.consent;
    if (added.length === 0 && !isConsentNew) return { value, change: undefined };
    const grown: Contact = {
      ...value,
      subscriptions: [...value.subscriptions, ...added],
      consent: isConsentNew ? consent : value.consent,
    };
    const since = sinceOf(value, grown, sinceBy);
    const after: Contact = { ...grown, ...(since && { since }) };
    const imported: ImportedContact = {
      row,
      id,
      isNew: false,
      ...(isUnsubscribed(after) && { isStopped: true }),
      added,
      welcomed: newSubscriptions(value, after),
      ...(isConsentNew && { consent: { before: value.consent, after: after.consent } }),
      ...(after.since && { since: after.since }),
    };
    const action = added.length > 0 ? 'importSubscribe' : 'importConsent';
    const changes = [
      ...store.replace(before, after),
      entry(id, of, action),
      imports.imported.put(of.id, imported),
    ];
    return { value, change: { imported, changes } };
  }

  /** Rows in groups that fit into one transaction each; where somebody else was faster, each alone. */
  async function storeAll(all: readonly { imported: ImportedContact; changes: readonly Change[] }[]) {
    const failed: ImportedContact[] = [];
    const groups: (typeof all)[number][][] = [];
    let size = maxChanges + 1;
    for (const each of all) {
      size += each.changes.length;
      if (size > maxChanges) {
        groups.push([]);
        size = each.changes.length;
      }
      groups.at(-1)?.push(each);
    }
    const commitAll = (some: (typeof all)[number][]) =>
      outbox.commit(some.flatMap(({ changes }) => [...changes]));
    await eachOf(
      groups,
      async (group) => {
        try {
          await commitAll(group);
        } catch (error) {
          if (!isAppError(error, 'storage.conflict')) throw error;
          for (const each of group) {
            try {
              await commitAll([each]);
            } catch (again) {
              if (!isAppError(again, 'storage.conflict')) throw again;
              failed.push(each.imported);
            }
          }
        }
      },
      storedAtOnce,
    );
    return failed;
  }

  /** One pass over the rows of a chunk; those that somebody else changed meanwhile are given back, to be tried again. */
  async function pass(of: RunningImport, rows: readonly ImportRow[]) {
    const first = Math.min(...rows.map(({ row }) => row));
    const last = Math.max(...rows.map(({ row }) => row));
    const [found, before, since] = await Promise.all([
      findRows(addresses, of, rows),
      imports.imported.between(of.id, first, last + 1),
      sinceIn(of),
    ]);
    const done = new Map(before.map((imported) => [imported.row, imported]));
    const unchanged = new Map<number, ContactId>();
    const duplicates = new Set<number>();
    const changes = new Map<number, { imported: ImportedContact; changes: readonly Change[] }>();
    const seen = new Set<string>();
    const wanted = found.filter(({ row, addressKey }) => {
      const isFirst = !seen.has(addressKey);
      seen.add(addressKey);
      // The second of an address has nothing to add to the first.
      if (!isFirst && !done.has(row)) duplicates.add(row);
      return isFirst && !done.has(row);
    });
    await eachOf(wanted, async (row) => {
      if (row.id === undefined) {
        const id = await idOfRow(keyedHash, of.id, row.row);
        changes.set(row.row, await created(of, row, { id, since }));
        return;
      }
      const { change } = await changed(of, row.row, { id: row.id, since });
      if (change === undefined) unchanged.set(row.row, row.id);
      else changes.set(row.row, change);
    });
    const conflicting = new Set((await storeAll([...changes.values()])).map(({ row }) => row));
    for (const [row, { imported }] of changes) if (!conflicting.has(row)) done.set(row, imported);
    return { done, unchanged, duplicates, open: rows.filter(({ row }) => conflicting.has(row)) };
  }

  return async (of: RunningImport, rows: readonly ImportRow[]): Promise<ChunkResult> => {
    const done = new Map<number, ImportedContact>();
    const unchanged = new Map<number, ContactId>();
    const duplicates = new Set<number>();
    let open = rows;
    for (let attempt = 1; open.length > 0 && attempt <= 5; attempt += 1) {
      const result = await pass(of, open);
      for (const [row, imported] of result.done) done.set(row, imported);
      for (const [row, contactId] of result.unchanged) unchanged.set(row, contactId);
      for (const row of result.duplicates) duplicates.add(row);
      open = result.open;
    }
    if (unchanged.size > 0 && of.state.chunks > 0) {
      // An earlier chunk had the address: this one comes second, and nothing was there before the import.
      const earlier = new Set((await imports.imported.all(of.id)).map(({ id }) => id));
      for (const [row, contactId] of unchanged)
        if (earlier.has(contactId)) {
          unchanged.delete(row);
          duplicates.add(row);
        }
    }
    const ended = [...done.values()];
    const left = rows.filter(({ row }) => !done.has(row) && !unchanged.has(row) && !duplicates.has(row));
    return {
      counts: {
        created: ended.filter(({ isNew }) => isNew).length,
        changed: ended.filter(({ isNew }) => !isNew).length,
        unchanged: unchanged.size,
        duplicates: duplicates.size,
        stopped: ended.filter(({ isStopped }) => isStopped).length,
        left: left.length,
      },
      left,
    };
  };
}

/** What an import sends at its end: a welcome to all who are new in something, or nothing. */
export function welcomer({ store, imports, subscriptions: kinds, clock, undoSeconds }: ImportDeps) {
  return async (
    of: Pick<ContactImport, 'id' | 'name'>,
    { at, sendAt }: Pick<Running, 'at' | 'sendAt'>,
  ): Promise<{ send?: ImportSend; changes: readonly Change[]; messages: readonly NewMessage[] }> => {
    const contacts = (await imports.imported.all(of.id))
      .filter(({ welcomed }) => welcomed.length > 0)
      .map(({ id, welcomed }) => ({ id, subscriptions: welcomed }));
    if (contacts.length === 0) return { changes: [], messages: [] };
    const soonest = clock.now().add({ seconds: undoSeconds });
    const isLater = Temporal.Instant.compare(sendAt, soonest) > 0;
    const dueAt = isLater ? sendAt : soonest.toString();
    // By the time at which it leaves: those that left long ago are erased.
    const id = timedId(Date.parse(dueAt), of.id);
    const welcome: Welcome = { id, name: of.name, at, isComplete: true, contacts };
    const wanted = new Set(contacts.flatMap((each) => each.subscriptions));
    const openOf = await Promise.all(
      kinds.map(async (kind) =>
        (await kind.all()).filter((each) => each.isOpen && wanted.has(each.id)).map((each) => each.id),
      ),
    );
    const messages = kinds.flatMap((kind, index) => {
      const open = openOf[index] ?? [];
      return open.length === 0 ? [] : [kind.welcome(welcome, open, dueAt)];
    });
    const open = new Set(openOf.flat());
    if (messages.length === 0) return { changes: [], messages: [] };
    return {
      send: {
        messages: messages.map((message) => message.id),
        fanOuts: messages.flatMap(({ body }) =>
          typeof body.sendId === 'string' ? [body.sendId as FanOutId] : [],
        ),
        dueAt,
        people: contacts.filter((each) => each.subscriptions.some((one) => open.has(one))).length,
      },
      changes: [store.putWelcomeOfImport(welcome, of.id)],
      messages,
    };
  };
}

/** Whether somebody who was added by an import has agreed anew since: by themselves, or as somebody wrote down. */
const hasAgreedSince = ({ consent: given }: ImportedContact, { consent }: Contact): boolean =>
  consent.given && given !== undefined && !isDeepStrictEqual(consent, given.after);

/** A contact without what an import brought them; what they have signed up for themselves since stays. */
function withoutImport({ added, consent, since: begun }: ImportedContact, contact: Contact): Contact {
  const isOfImport = (id: string): boolean =>
    added.includes(id) && (begun === undefined || begun[id] === contact.since?.[id]);
  const isConsentOurs = isDeepStrictEqual(contact.consent, consent?.after);
  const { since: _since, ...less } = {
    ...contact,
    subscriptions: contact.subscriptions.filter((id) => !isOfImport(id)),
    consent: (isConsentOurs ? consent?.before : undefined) ?? contact.consent,
  };
  const since = sinceOf(contact, less, contact.createdAt);
  return { ...less, ...(since && { since }) };
}

/** Takes an import back, contact by contact, and with it what reached their calendars meanwhile by another way. */
function takerBack({ store, imports, subscriptions: kinds, outbox, clock, undoSeconds }: ImportDeps) {
  const left = leavings({ store, kinds, clock, undoSeconds });

  async function takeBack(imported: ImportedContact, of: ContactImport): Promise<void> {
    const { id, row } = imported;
    const { state } = of;
    const by = state.status === 'undoing' ? state.undoneBy : refOf(begunBy(of.by));
    const before = await store.find(id);
    const recorded = imports.imported.remove(of.id, row);
    if (before === undefined) {
      // Also where it ended right after they were removed.
      await store.eraseTrail(id);
      await outbox.commit([recorded]);
      return;
    }
    const { value } = before;
    const at = clock.now().toString();
    if (imported.isNew && !hasAgreedSince(imported, value)) {
      const removed = store.audit.add(removedContacts, { at, by, event: { action: 'remove' } });
      const lost = await left.after(value, undefined, { why: 'taken', at });
      await outbox.commit([...(await store.remove(before)), ...lost.changes, removed], lost.messages);
      await store.eraseTrail(id);
      await outbox.commit([recorded]);
      return;
    }
    const after = withoutImport(imported, value);
    const lost = await left.after(value, after, { why: 'taken', at });
    const entry = store.audit.add(id, { at, by, event: { action: 'importBack' } });
    await outbox.commit([...store.replace(before, after), ...lost.changes, entry, recorded], lost.messages);
  }

  /** @returns how many of the import's contacts were taken back; 0 where none is left. */
  return async (of: ContactImport): Promise<number> => {
    const some = await imports.imported.first(of.id, takenBackAtOnce);
    await eachOf(some, (imported) => whileConflicting(() => takeBack(imported, of)));
    return some.length;
  };
}

/** Goes on with imports, a bounded time at once. */
export function importDelivery(deps: ImportDeps): DeliveryKind<PayloadOf<typeof importWork>> {
  const { imports, outbox, clock } = deps;
  const runChunk = runner(deps);
  const welcome = welcomer(deps);
  const takeBack = takerBack(deps);
  const now = (): string => clock.now().toString();

  async function runOn(found: Versioned<ContactImport>): Promise<boolean> {
    const { value } = found;
    const { state } = value;
    if (state.status !== 'running') return true;
    const of: RunningImport = { ...value, state };
    if (state.chunks < value.sizes.length) {
      const chunk = await imports.chunk(value.id, state.chunks);
      const { counts, left } =
        chunk === undefined ? { counts: noCounts, left: [] } : await runChunk(of, chunk.value.rows);
      const after = applyMove(value, 'progress', {
        ...state,
        chunks: state.chunks + 1,
        counts: sumOfCounts(state.counts, counts),
      });
      await outbox.commit(imports.put(found, after));
      // Only what is still to be put right is kept of the list.
      if (chunk !== undefined && left.length < chunk.value.rows.length)
        await imports.replaceChunk(value.id, state.chunks, chunk, left).catch(() => undefined);
      return false;
    }
    const { send, changes, messages } = await welcome(of, state);
    const { status: _status, ...begun } = state;
    const done = { status: 'done', ...begun, endedAt: now(), ...(send && { send }) } as const;
    await outbox.commit([...imports.put(found, applyMove(value, 'finish', done)), ...changes], messages);
    return true;
  }

  async function undoOn(found: Versioned<ContactImport>): Promise<boolean> {
    const { value } = found;
    const { state } = value;
    if (state.status !== 'undoing') return true;
    const count = await takeBack(value);
    if (count > 0) {
      const undone = state.undone + count;
      await outbox.commit(imports.put(found, applyMove(value, 'takeBack', { ...state, undone })));
      return false;
    }
    await imports.eraseRows(value.id);
    const after = applyMove(value, 'finishUndo', { ...state, status: 'undone', undoneAt: now() });
    await outbox.commit([...imports.put(found, after), ...(await released(value.id))]);
    return true;
  }

  async function released(id: ImportId): Promise<Change[]> {
    const hold = await imports.holds.find(id);
    return hold === undefined ? [] : [imports.holds.remove(hold)];
  }

  /** When to look again whether what an import did to whom is needed any more; `undefined` where it is not. */
  async function neededUntil({ id, state }: ContactImport): Promise<string | undefined> {
    if (state.status !== 'done') return undefined;
    // Whoever sends it after all has to know to whom.
    if (state.send?.isStopped === true) return later(now(), 1);
    // It left sooner than was written into the contacts, who wait for nothing because of it.
    const isAhead = Date.parse(state.sendAt) > clock.now().epochMilliseconds;
    return isAhead && (await imports.holds.find(id)) !== undefined ? state.sendAt : undefined;
  }

  /** Erases what is kept of an import for a while. @returns when to look again, where it is too early. */
  async function forgetOn(found: Versioned<ContactImport>): Promise<boolean | { readonly at: string }> {
    const { value } = found;
    const { state } = value;
    if (state.status === 'running' || state.status === 'undoing') return { at: later(now(), 1) };
    if (state.status === 'done') {
      const forgetAt = later(state.send?.dueAt ?? state.endedAt, retentionDays.importRows);
      if (Date.parse(forgetAt) > clock.now().epochMilliseconds) return { at: forgetAt };
    }
    if (state.status !== 'draft' && value.forgottenAt === undefined) {
      // First, so that nobody undoes the half of it that is left.
      await outbox.commit(imports.put(found, { ...value, forgottenAt: now() }));
      return false;
    }
    await imports.eraseRows(value.id);
    const at = await neededUntil(value);
    if (at !== undefined) return { at };
    const some = await imports.imported.first(value.id, maxChanges);
    if (some.length > 0) {
      await outbox.commit(some.map(({ row }) => imports.imported.remove(value.id, row)));
      return false;
    }
    await outbox.commit([
      ...(await released(value.id)),
      ...(state.status === 'draft' ? imports.remove(found) : []),
    ]);
    return true;
  }

  return {
    ...importWork,
    // Each part of it is found to be done when it is done once more.
    afterCrash: 'repeat',
    afterRestore: 'run',
    handle: async ({ importId, step }, _message, claim) => {
      const until = clock.now().epochMilliseconds + maxWorkMs;
      const work = { run: runOn, undo: undoOn, forget: forgetOn }[step];
      do {
        const found = await imports.find(importId);
        if (found === undefined) {
          // A draft that was taken away: of its rows nothing stays, whatever came between.
          await imports.eraseRows(importId);
          return { result: 'sent' };
        }
        const isDone = await work(found);
        if (typeof isDone === 'object') return { result: 'postponed', reason: 'tooEarly', at: isDone.at };
        if (isDone) return { result: 'sent' };
      } while (claim?.aborted !== true && clock.now().epochMilliseconds < until);
      return goOn;
    },
  };
}

/** An ISO instant so many days later. */
export function later(instant: string, days: number): string {
  return Temporal.Instant.from(instant)
    .add({ hours: 24 * days })
    .toString();
}
