import type { Actor } from '../../src/platform/actor.js';
import type { Card } from '../../bot/cards/render.js';
import type { Clock } from '../../src/platform/clock.js';
import {
  type OccurrenceId,
  type PersonId,
  type FanOutId,
  deterministicId,
  type MessageId,
} from '../../src/platform/ids.js';
import type { Language } from '../../src/shared/languages.js';
import type { Message, Outcome } from '../../src/delivery/outbox/message.js';
import type { Queue } from '../../src/platform/queue.js';
import { makeFanOuts, type FanOuts, type FanOutSettings } from '../../src/delivery/fan-out/service.js';
import { unlimited, type Time } from '../../src/delivery/pacing/pace.js';
import { z } from 'zod';
import {
  fanOutKinds,
  type FanOutContent,
  type FanOutKind,
  type FanOutKinds,
  type Usefulness,
  type Transport,
  type PreparedMessage,
  type Recipient,
} from '../../src/delivery/fan-out/kind.js';
import { partitionOf } from '../../src/platform/partition.js';
import type { SessionContent } from '../../src/sessions/fan-outs.js';
import { type FanOutStore, fanOutStore } from '../../src/delivery/fan-out/store.js';
import type { FanOutWorker } from '../../src/delivery/fan-out/worker.js';
import type { Rows } from '../../src/platform/rows.js';
import type { HighWaterMark } from '../../src/delivery/departures.js';
import { bodyOf, departuresOver, partition, keptLog } from './outbox.js';

export const coordinator: Actor = { id: 'kaisa' as PersonId, name: 'Kaisa', role: 'coordinator' };
export const worker: Actor = { id: 'vilma' as PersonId, name: 'Vilma', role: 'worker' };

/** The reminder of a session; `name` makes the ids. */
export function reminder(name = 'one', dueAt = '2026-11-03T08:00:00Z', attempts = 1): Message {
  const sendId = deterministicId<FanOutId>('send', name);
  const content: SessionContent = {
    kind: 'reminder',
    occurrenceId: name as OccurrenceId,
    offset: 15,
    start: '2026-11-03T08:15:00Z',
  };
  return {
    id: deterministicId<MessageId>('message', name),
    dueAt,
    body: { kind: 'send', sendId, content },
    state: { status: 'pending', attempts },
  };
}

export function sendIdOf(message: Message): FanOutId {
  const body = bodyOf(message);
  if (body.kind !== 'send') throw new Error('not a fan-out');
  return body.sendId;
}

/** How many recipients a fan-out of the benches has that only warms up. */
export const warmUp = 500;

/** Somebody with a chat, by number. */
export function chatter(
  number: number,
  serviceUrl = 'http://127.0.0.1:1',
  language: Language = 'fi',
): Recipient {
  const name = `p${number}`;
  return {
    key: `person:${name}`,
    name,
    language,
    way: 'chat',
    personId: name as PersonId,
    chat: {
      tenantId: 'tenant',
      userId: `29:${name}`,
      conversationId: `a:${name}`,
      serviceUrl,
      channelId: 'msteams',
      botId: '28:bot',
    },
  };
}

export function chatters(count: number, serviceUrl?: string): Recipient[] {
  return Array.from({ length: count }, (_, number) => chatter(number, serviceUrl));
}

/** A card of the size that reminders have: 1.5 kB as it is sent. */
export const reminderCard: Card = {
  type: 'AdaptiveCard',
  version: '1.5',
  speak: 'Muistutus: Hankeradio alkaa kello 9',
  fallbackText: 'Muistutus: Hankeradio alkaa kello 9',
  body: [
    { type: 'TextBlock', size: 'Large', weight: 'Bolder', wrap: true, text: 'Hankeradio alkaa kello 9' },
    ...Array.from({ length: 6 }, (_, number) => ({
      type: 'TextBlock',
      wrap: true,
      spacing: 'Small',
      text: `${number}: Elma neuvoo elintavoissa kolmessa kunnassa, ja Terapianavigaattori opastaa hoitoon.`,
    })),
  ],
  actions: [
    { type: 'Action.OpenUrl', title: 'Liity', url: 'https://teams.microsoft.com/l/meetup-join/19%3ameeting' },
    { type: 'Action.Execute', title: 'Kysy', verb: 'session.ask', data: { occurrenceId: 'one' } },
  ],
};

/** Who is to get what, and whether it is still of use, as a test says. */
export class Source implements Pick<FanOutKind, 'recipients' | 'names' | 'stillUseful'> {
  all: readonly Recipient[] = [];
  usefulness: Usefulness = { send: true };
  /** Called before the recipients are given. */
  beforeRecipients: () => Promise<void> = () => Promise.resolve();

  async recipients(): Promise<readonly Recipient[]> {
    await this.beforeRecipients();
    return this.all;
  }

  names(keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map(keys.map((key) => [key, `called ${key}`])));
  }

  stillUseful(): Promise<Usefulness> {
    return Promise.resolve(this.usefulness);
  }
}

/** The kinds of the sessions over who is to get them as a test says. */
export function kindsOver(source: Pick<FanOutKind, 'recipients' | 'names' | 'stillUseful'>): FanOutKinds {
  return fanOutKinds(
    ['reminder', 'thanks', 'change', 'invitation'].map((kind) => ({
      kind,
      payload: z.looseObject({ kind: z.literal(kind) }) as z.ZodType<FanOutContent>,
      recipients: (content) => source.recipients(content),
      names: async (keys) => (await source.names?.(keys)) ?? new Map<string, string>(),
      stillUseful: (content) => source.stillUseful(content),
      about: (content) => `occurrence:${(content as { occurrenceId?: string }).occurrenceId ?? ''}`,
    })),
  );
}

type Named = Recipient & { readonly name: string };
type Answer = (recipient: Named, attempt: number) => Outcome | Promise<Outcome>;

/** The name under which a recipient is kept by a test; the key where it has none. */
function nameOf(recipient: Recipient): string {
  return 'name' in recipient ? recipient.name : recipient.key;
}

/** Keeps who was sent to, in order, and answers as a test says. */
export class KeepingTransport implements Transport {
  readonly arrived: string[] = [];
  readonly prepared: string[] = [];
  answer: Answer = () => ({ result: 'sent' });
  prepareFault: Error | undefined;

  prepare(content: FanOutContent, language: Language): Promise<PreparedMessage> {
    if (this.prepareFault) return Promise.reject(this.prepareFault);
    this.prepared.push(`${content.kind} ${language}`);
    return Promise.resolve({} as PreparedMessage);
  }

  async send(_parcel: PreparedMessage, recipient: Recipient): Promise<Outcome> {
    const name = nameOf(recipient);
    this.arrived.push(name);
    return this.answer({ ...recipient, name }, this.arrived.filter((each) => each === name).length);
  }

  /** How many times each name was sent to. */
  get times(): Map<string, number> {
    const times = new Map<string, number>();
    for (const name of this.arrived) times.set(name, (times.get(name) ?? 0) + 1);
    return times;
  }
}

export interface SendingInstance extends FanOuts {
  readonly store: FanOutStore;
  readonly sender: FanOutWorker;
  readonly log: ReturnType<typeof keptLog>;
}

interface InstanceDeps extends Partial<Omit<FanOutSettings, 'store' | 'log' | 'kinds'>> {
  readonly mark?: HighWaterMark;
  readonly rows: Rows;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly time: Time;
  readonly source: Source;
  readonly transport: Transport;
}

/** The store of fan-outs beside the programme of the tests. */
export function storeOver(rows: Rows, kinds?: Pick<FanOutKinds, 'about' | 'isOfOnePerson'>): FanOutStore {
  const log = keptLog();
  const aboutOf = (content: FanOutContent) => kinds?.about(content) ?? [];
  const isOfOnePerson = (content: FanOutContent) => kinds?.isOfOnePerson(content) ?? false;
  const own = partitionOf(rows, partition, log);
  return fanOutStore({ rows, log, partition: own, aboutOf, isOfOnePerson });
}

/** One instance over shared rows and queue, with the same transport for every kind. */
export function sendingInstance({ rows, transport, source, mark, ...deps }: InstanceDeps): SendingInstance {
  const log = keptLog();
  const kinds = kindsOver(source);
  const store = storeOver(rows, kinds);
  const small = { chat: 10, channel: 10, mail: 5 };
  const sending = makeFanOuts({
    random: () => 0,
    programme: partition,
    kinds,
    lingerMs: 5,
    concurrency: 8,
    chunkSizes: small,
    departures: departuresOver(rows, deps.clock, log, mark),
    ...deps,
    store,
    log,
  });
  const sender = sending.worker({
    transports: { chat: transport, channel: transport, mail: transport },
    paces: { chat: unlimited, channel: unlimited, mail: unlimited },
  });
  return { ...sending, store, sender, log };
}
