import assert from 'node:assert/strict';
import type { Role } from '../../src/platform/actor.js';
import { type Bot, botOf } from '../../bot/index.js';
import type { Card } from '../../bot/cards/render.js';
import { type BigRoom, makeBigRoom } from '../../src/compose.js';
import { noticeDelivery } from '../../src/delivery/notices.js';
import type { DeliveryKind } from '../../src/delivery/outbox/kind.js';
import type { BotSignIn } from '../../src/platform/bot-sign-in.js';
import type { Clock } from '../../src/platform/clock.js';
import { AppError } from '../../src/platform/errors.js';
import { httpServer } from '../../src/http/server.js';
import type { NewsId, PersonId, ProjectId } from '../../src/platform/ids.js';
import type { Language } from '../../src/shared/languages.js';
import type { Person } from '../../src/people/person.js';
import type { MessageKind, NewsItem } from '../../src/news/types.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import { listen } from '../http/listen.js';
import type { TeamsReach } from '../../src/delivery/reach/teams-reach.js';
import { programme, submission } from '../make.js';
import { testAdapters } from '../world/adapters.js';
import { type HandClock, handClock } from '../world/clock.js';
import { keptLog } from '../world/outbox.js';
import { Connector, type Sent } from '../world/teams/connector.js';

/** How an HTTP request to the bot was answered. */
export interface BotAnswer {
  readonly status: number;
  readonly body: unknown;
  /** What the bot sent to Teams while it answered. */
  readonly sent: readonly Sent[];
}

export interface BotWorld {
  readonly bot: Bot;
  /** Where it is. */
  readonly url: string;
  readonly bigRoom: BigRoom;
  /** Delivers notices to people through the bot. */
  readonly notice: DeliveryKind;
  readonly teams: Connector;
  readonly clock: HandClock;
  readonly rows: MemoryRows;
  readonly logged: readonly string[];
  /** Round trips to the storage so far. */
  trips(): number;
  /** While down, every trip to the storage fails. */
  setDown(down: boolean): void;
  /** After so many more trips the storage is down, until `setDown(false)`. */
  goesDownAfter(more: number): void;
  /** Posts any body to `/api/messages`. */
  post(body: string, headers?: Readonly<Record<string, string>>): Promise<BotAnswer>;
  talker(name: string, more?: Partial<TalkerDeps>): Talker;
  person(id: string): Promise<Person>;
  /** An item, as the coordinator sees it. */
  item(id: NewsId): Promise<NewsItem>;
  /** Kind and text of what was written about an item, newest first. */
  thread(id: NewsId): Promise<readonly (readonly [MessageKind, string])[]>;
  /** A new item of somebody's, Vilma's where nobody is named, sent in by another road than the chat. */
  submitted(title: string, more?: { readonly by?: string; readonly language?: Language }): Promise<NewsId>;
  /** An item of Vilma's about which the coordinator asks something; a minute goes by. */
  asked(title: string, note: string): Promise<NewsId>;
  /** Vilma fills in the form of `uutinen`; the message `at` becomes the receipt. */
  vilmaSubmits(at?: string, more?: object): Promise<Submitted>;
  stop(): Promise<void>;
}

export interface Submitted {
  readonly vilma: Talker;
  readonly form: Card;
  readonly receipt: Card;
  readonly id: NewsId;
}

interface TalkerDeps {
  readonly conversationType: 'personal' | 'groupChat' | 'channel';
  readonly conversationId: string;
  readonly locale: string;
}

function person(id: string, name: string, role: Role, language: Language): Person {
  const [givenName = ''] = name.split(' ');
  return { id: id as PersonId, name, givenName, role, language, projects: ['elma' as ProjectId] };
}

const people = [
  person('vilma', 'Vilma Virtanen', 'worker', 'fi'),
  person('sofia', 'Sofia Sjöström', 'worker', 'sv'),
  person('kaisa', 'Kaisa Koordinaattori', 'coordinator', 'fi'),
];

interface Options {
  /** Whose members alone are served; without it everybody is. */
  readonly tenantId?: string;
  readonly undoSeconds?: number;
  /** How the bot and Teams show each other who they are; without it nobody signs in. */
  readonly signIn?: (clock: Clock) => BotSignIn;
  /** Reaches people in Teams beside the chat. */
  readonly reach?: TeamsReach;
  /** What stands in the header `Authorization` of what Teams sends, unless a test says otherwise. */
  readonly authorize?: (teams: Connector) => Promise<string>;
}

/** The bot behind Big Room's own server, its services on memory, and Teams' connector on loopback. */
export async function botWorld({
  tenantId,
  undoSeconds = 0,
  signIn,
  reach,
  authorize,
}: Options = {}): Promise<BotWorld> {
  let trips = 0;
  let isDown = false;
  let lastTrip = Infinity;
  const rows = new MemoryRows({
    onTrip: () => {
      trips++;
      if (isDown || trips > lastTrip) throw new AppError('storage.unavailable');
    },
  });
  const clock = handClock();
  const log = keptLog();
  const teams = new Connector();
  await teams.start();
  const publicUrl = 'http://127.0.0.1';
  const identity = { ...(tenantId !== undefined && { tenantId }), ...(signIn && { signIn: signIn(clock) }) };
  const adapters = testAdapters({ rows, clock, log, publicUrl, undoSeconds, bot: identity, reach });
  const bigRoom = makeBigRoom(adapters);
  await bigRoom.people.add(programme, people);
  const bot = botOf(bigRoom, { clock, publicUrl, settings: adapters.bot, log });
  const notice = noticeDelivery({
    people: bigRoom.people,
    kinds: bigRoom.modules.flatMap(({ notices = [] }) => notices),
    show: bot.showNotice,
    outbox: bigRoom.outbox,
  });
  const server = httpServer({
    routes: [],
    signIn: bigRoom.signIn,
    log,
    loopbackOnly: adapters.loopbackOnly,
    bot: (request, response) => bot.handle(request, response),
  });
  const listening = await listen(server);

  async function post(body: string, headers: Readonly<Record<string, string>> = {}): Promise<BotAnswer> {
    const before = teams.sent.length;
    const authorization = authorize && { authorization: await authorize(teams) };
    const answer = await fetch(`${listening.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization, ...headers },
      body,
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text === '' ? undefined : JSON.parse(text),
      sent: teams.sent.slice(before),
    };
  }

  const world = {
    bot,
    url: listening.url,
    notice,
    bigRoom,
    teams,
    clock,
    rows,
    logged: log.lines,
    trips: () => trips,
    setDown: (down: boolean) => {
      isDown = down;
      lastTrip = Infinity;
    },
    goesDownAfter: (more: number) => {
      lastTrip = trips + more;
    },
    post,
    stop: async () => {
      await listening.stop();
      await teams.stop();
    },
  };
  const talker = (name: string, more: Partial<TalkerDeps> = {}) => new Talker(world, name, more);
  const personOf = (id: string) => bigRoom.people.get(id as PersonId);

  async function submitted(
    title: string,
    { by = 'vilma', language = 'fi' }: { readonly by?: string; readonly language?: Language } = {},
  ): Promise<NewsId> {
    const words = { title, lead: 'Miksi.', body: 'Mitä.' };
    const formId = `form-${title.replace(/\W/g, '')}`;
    const { item } = await bigRoom.news.submit(await personOf(by), submission({ formId, words, language }));
    return item.id;
  }

  return {
    ...world,
    talker,
    person: personOf,
    item: async (id) => bigRoom.news.get(await personOf('kaisa'), id),
    thread: async (id) => {
      const { lines } = await bigRoom.news.messages(await personOf('kaisa'), id);
      return lines.map(({ kind, text }) => [kind, text] as const);
    },
    submitted,
    asked: async (title, note) => {
      const id = await submitted(title);
      await bigRoom.news.requestChanges(await personOf('kaisa'), id, note);
      clock.forward({ minutes: 1 });
      return id;
    },
    vilmaSubmits: async (at = 'card-1', more = {}) => {
      const vilma = talker('vilma');
      const form = await vilma.says('uutinen');
      const { data } = buttonOf(form, 'news.submit');
      const receipt = invokedCard(await vilma.execute('news.submit', { ...data, ...typed, ...more }, at));
      return { vilma, form, receipt, id: String(buttonOf(receipt, 'news.edit').data.id) as NewsId };
    },
  };
}

/** The card in a message that the bot sent. */
export function cardOf(sent: Sent | undefined): Card {
  const attachments = sent?.activity.attachments as { contentType: string; content: Card }[] | undefined;
  assert.equal(attachments?.[0]?.contentType, 'application/vnd.microsoft.card.adaptive');
  return attachments[0].content;
}

/** A button somewhere in a card. */
export interface Pressable {
  readonly verb: string;
  readonly title: string;
  readonly data: Readonly<Record<string, unknown>>;
}

function* parts(node: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) yield node as Readonly<Record<string, unknown>>;
  for (const value of Object.values(node)) yield* parts(value);
}

export function buttonsOf(card: Card): Pressable[] {
  return [...parts(card)].filter(({ type }) => type === 'Action.Execute') as unknown as Pressable[];
}

export function buttonOf(card: Card, verb: string): Pressable {
  const found = buttonsOf(card).find((button) => button.verb === verb);
  assert.ok(
    found,
    `no button ${verb} among ${buttonsOf(card)
      .map((button) => button.verb)
      .join(', ')}`,
  );
  return found;
}

/** All the text on a card, in order, with ordinary spaces where others keep days and times together. */
export function textOf(card: Card): string {
  const texts = [...parts(card)].flatMap(({ type, text, label }) => {
    if (type === 'TextRun' || type === 'TextBlock') return [String(text)];
    return typeof label === 'string' ? [label] : [];
  });
  return texts.join('\n').replaceAll('\u00a0', ' ').replaceAll('\u2060', '');
}

/** The values of the inputs of a card, by their ids. */
export function valuesOf(card: Card): Record<string, unknown> {
  const inputs = [...parts(card)].filter(({ type }) => typeof type === 'string' && type.startsWith('Input.'));
  return Object.fromEntries(inputs.map(({ id, value }) => [String(id), value ?? '']));
}

type Sending = Pick<BotWorld, 'post' | 'teams'>;

/** Somebody in Teams who writes to the bot and presses its buttons. */
export class Talker {
  /** No two messages have one id, whoever of a test's talkers writes them. */
  static #ids = 0;
  readonly #deps: TalkerDeps;

  constructor(
    readonly world: Sending,
    readonly name: string,
    more: Partial<TalkerDeps>,
  ) {
    this.#deps = { conversationType: 'personal', conversationId: `a:${name}`, locale: 'fi-FI', ...more };
  }

  /** An activity of theirs; `more` overrides any part. */
  activity(more: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const { conversationType, conversationId, locale } = this.#deps;
    return {
      type: 'message',
      id: `${this.name}-${String(++Talker.#ids)}`,
      timestamp: '2026-11-03T08:00:00.000Z',
      channelId: 'msteams',
      serviceUrl: this.world.teams.url,
      from: { id: `29:${this.name}`, name: `${this.name} Nimi`, aadObjectId: this.name },
      recipient: { id: '28:bot', name: 'Big Room' },
      conversation: { id: conversationId, conversationType, tenantId: 'tenant' },
      channelData: { tenant: { id: 'tenant' } },
      locale,
      ...more,
    };
  }

  sends(more: Readonly<Record<string, unknown>>): Promise<BotAnswer> {
    return this.world.post(JSON.stringify(this.activity(more)));
  }

  /** Writes, and gives the card with which the bot answers. */
  async says(text: string): Promise<Card> {
    const { status, sent } = await this.sends({ text });
    assert.equal(status, 200);
    // After a second, which a busy machine may need, Teams shows that the bot is typing.
    const answered = sent.filter(({ activity }) => activity.type !== 'typing');
    assert.equal(answered.length, 1);
    return cardOf(answered[0]);
  }

  execute(verb: string, data: unknown, replyToId = 'card-1'): Promise<BotAnswer> {
    const value = { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' };
    return this.sends({ type: 'invoke', name: 'adaptiveCard/action', value, replyToId });
  }

  submit(verb: string, data: Readonly<Record<string, unknown>>, replyToId = 'card-1'): Promise<BotAnswer> {
    return this.sends({ value: { verb, ...data }, replyToId });
  }

  /** Presses a button of a card with what is typed into it, and gives the card of the invoke's answer. */
  async presses(card: Card, verb: string, typed: Readonly<Record<string, unknown>> = {}): Promise<Card> {
    const { data } = buttonOf(card, verb);
    const answer = await this.execute(verb, { ...data, ...typed });
    return invokedCard(answer);
  }
}

/** The card in the answer of an invoke. */
export function invokedCard({ status, body }: BotAnswer): Card {
  assert.equal(status, 200);
  const answer = body as { statusCode: number; type: string; value: Card };
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.type, 'application/vnd.microsoft.card.adaptive');
  return answer.value;
}

/** A form as a worker fills it in. */
export const typed = {
  title: 'Elma neuvoo elintavoissa',
  body: 'Elma on nyt käytössä kolmessa kunnassa.',
  lead: 'Asiakas saa neuvon ilman jonoa.',
  projectId: 'elma',
  language: 'fi',
  audiences: 'residents,ngos',
  channels: 'newsletter',
  link: 'https://example.org/elma',
  earliestDate: '2026-12-01',
  urgent: '',
};
