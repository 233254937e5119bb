import type { Actor, Role } from '../src/platform/actor.js';
import { firstProgramme, type Person } from '../src/people/person.js';
import type { Change } from '../src/platform/commit.js';
import { AppError } from '../src/platform/errors.js';
import type { MessageId, PersonId, ProjectId } from '../src/platform/ids.js';
import { newsIndexDelivery } from '../src/news/module.js';
import { newsService, type NewsService, type NewsUser } from '../src/news/service.js';
import { handleMessage } from '../src/delivery/outbox/kind.js';
import type { NewMessage } from '../src/delivery/outbox/message.js';
import type { Outbox } from '../src/delivery/outbox/outbox.js';
import { MemoryRows } from '../src/adapters/memory/rows.js';
import { newsStore } from '../src/news/store.js';
import { wordIndex } from '../src/news/search.js';
import { handClock, type HandClock } from './world/clock.js';
import { readablePartition } from './world/partition.js';

/** Three projects of the tests. */
export const programme = {
  ...firstProgramme,
  names: { fi: 'Testikokonaisuus', sv: 'Testhelheten', en: 'Test programme' },
  projects: ['elma', 'digi', 'lahella'].map((id) => ({
    id: id as ProjectId,
    names: { fi: `Hanke ${id}`, sv: `Projekt ${id}`, en: `Project ${id}` },
  })),
};

export function actor(name: string, role: Role = 'worker'): Actor {
  return { id: name as PersonId, name: name.charAt(0).toUpperCase() + name.slice(1), role };
}

export const worker = actor('vilma');
export const otherWorker = actor('kalle');
export const coordinator = actor('kaisa', 'coordinator');
export const otherCoordinator = actor('clara', 'coordinator');

/** Everybody of the tests' programme. */
export const everybody: readonly Person[] = [worker, otherWorker, coordinator, otherCoordinator].map(
  (person): Person => ({ ...person, language: 'fi', projects: [] }),
);

/** A form as a worker fills it in; `more` overrides any part. */
export function submission(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    formId: 'form-0001',
    projectId: 'elma',
    language: 'fi',
    words: {
      title: 'Elma neuvoo elintavoissa',
      lead: 'Asiakas saa neuvon ilman jonoa.',
      body: 'Elma on nyt käytössä kolmessa kunnassa.',
    },
    audiences: ['residents'],
    wishedChannels: ['newsletter', 'intranet'],
    ...more,
  };
}

export const swedishText = {
  title: 'Elma ger råd om levnadsvanor',
  lead: 'Klienten får råd utan att köa.',
  body: 'Elma används nu i tre kommuner.',
};

/** What an outbox was asked to send, and whether it was called back. */
interface Kept {
  readonly message: NewMessage;
  cancelled: boolean;
}

export interface NewsWorld {
  readonly news: NewsService;
  readonly clock: HandClock;
  readonly commit: (changes: readonly Change[]) => Promise<void>;
  /** The rows under the partition `test`, and the outbox, for services beside the news. */
  readonly rows: MemoryRows;
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
  readonly users: NewsUser[];
  /** Messages that would leave, in order; called-back ones left out. */
  readonly messages: () => readonly NewMessage[];
  /** Round trips to the storage so far. */
  readonly trips: () => number;
  /** Handles the index messages that wait. */
  readonly index: () => Promise<void>;
}

/** The news service on rows in memory, with an outbox that keeps what it is given: what is due has left. */
export function newsWorld(): NewsWorld {
  let trips = 0;
  const rows = new MemoryRows({ onTrip: () => trips++ });
  const clock = handClock('2026-11-23T08:00:00Z');
  const store = newsStore(readablePartition(rows));
  const index = wordIndex(readablePartition(rows, 'test-words'));
  const kept = new Map<MessageId, Kept>();
  const users: NewsUser[] = [];
  const outbox = {
    commit: async (changes: readonly Change[], messages: readonly NewMessage[] = []) => {
      await rows.commit('test', changes);
      for (const message of messages) kept.set(message.id, { message, cancelled: false });
    },
    cancel: (id: MessageId): Promise<Change[]> => {
      const found = kept.get(id);
      if (found === undefined) return Promise.resolve([]);
      if (!found.cancelled && found.message.dueAt <= clock.now().toString()) {
        return Promise.reject(new AppError('outbox.tooLate', { id }));
      }
      found.cancelled = true;
      return Promise.resolve([]);
    },
  };
  const news = newsService({
    store,
    index,
    outbox,
    clock,
    programme: () => Promise.resolve(programme),
    people: () => Promise.resolve(everybody),
    users: () => users,
    undoSeconds: 10,
  });
  const delivery = newsIndexDelivery({ store, index });
  const messages = (): NewMessage[] =>
    [...kept.values()].filter(({ cancelled }) => !cancelled).map(({ message }) => message);
  return {
    news,
    clock,
    commit: (changes) => outbox.commit(changes),
    rows,
    outbox,
    users,
    messages,
    trips: () => trips,
    index: async () => {
      for (const message of messages().filter(({ body }) => body.kind === 'newsIndex')) {
        await handleMessage(delivery, { ...message, state: { status: 'pending', attempts: 1 } });
      }
    },
  };
}
