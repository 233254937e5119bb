import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { botOf } from '../../bot/index.js';
import { makeBigRoom, type BigRoom } from '../../src/compose.js';
import { seedDemo } from '../../src/demo/seed.js';
import { demoPeopleByKey } from '../../src/demo/people.js';
import { httpServer } from '../../src/http/server.js';
import type { Log } from '../../src/platform/log.js';
import type { Route } from '../../src/http/route.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import { testAdapters } from '../world/adapters.js';
import { handClock, type HandClock } from '../world/clock.js';
import { Fuzzer, type Json } from '../world/fuzz.js';
import { isLong } from '../world/length.js';
import { Connector } from '../world/teams/connector.js';
import { listen, type Listening } from './listen.js';

const requests = isLong ? 100_000 : 4_000;
const atOnce = 8;
const seed = Number(process.env.FUZZ_SEED ?? 20261129);

/** Bodies with which each kind of change works, or would with other ids: of these something is changed. */
const bodies: readonly Json[] = [
  { title: 'Otsikko', lead: 'Ingressi', body: 'Teksti **lihava**', basedOn: 1 },
  { note: 'Kerro vielä missä' },
  { reason: 'Ei sovi' },
  { audit: 1 },
  { projectId: 'elma', audiences: ['residents'], wishedChannels: ['newsletter'], link: 'https://x.example' },
  { newsId: 'a'.repeat(26) },
  { formId: 'form-12345678', kind: 'own', names: { fi: 'Sarja', sv: 'Serie' } },
  {
    formId: 'form-87654321',
    kind: 'hankeradio',
    rule: { every: 'month', interval: 1, weekday: 2, week: 1 },
    from: '2026-12-01',
    until: '2027-12-31',
    time: '09:00',
    minutes: 45,
    pausedMonths: [7],
    groups: ['ryhma@x.example'],
    reminders: { offsets: [1440], ways: ['person'], quiet: { from: '20:00', to: '07:00' } },
  },
  { rule: { every: 'week', interval: 1, weekdays: [2] }, from: '2027-02-02', time: '10:00', minutes: 30 },
  { last: '2027-01-31' },
  { date: '2026-12-03', time: '12:00', minutes: 45 },
  { reason: 'Sairaus' },
  { isConfirmed: true },
  { projectId: null },
  { with: 'a'.repeat(26) + '-20261201', isAccepted: true },
  { topic: 'Aihe', speaker: 'Esittäjä', material: 'https://x.example/dia', language: 'fi' },
  { items: [{ id: 'one', title: { fi: 'Kohta' }, minutes: 10 }] },
  { text: 'Muistiinpanot', basedOn: 0 },
  { materials: [{ title: 'Diat', url: 'https://x.example' }], recordingUrl: 'https://x.example/v' },
  { count: 12 },
  { round: 1 },
  { useful: 4, better: 'Lyhyempi' },
  { text: 'Kysymys?', formId: 'form-11112222' },
  { answer: 'Vastaus' },
  { cannot: true },
  { seriesId: 'a'.repeat(26), text: 'Aihe', why: 'Koska', language: 'fi', formId: 'form-33334444' },
  { isFor: true },
  { as: 'declined' },
  { occurrenceId: null },
  { deadline: '2026-12-18' },
  { lead: 'x', projects: ['elma'], stories: ['x'] },
  { story: 'x' },
  { weight: 2 },
  { words: { title: 'T', lead: 'L', body: 'B' }, replaces: null },
  { waiver: 'Ei ruotsia', seen: { fi: 1, sv: 1 } },
  { seen: { fi: 1, sv: 1 }, although: true },
  { words: { title: 'Lyhyesti' }, replaces: null },
  { note: { fi: 'Korjattu luku', sv: 'Talet har rättats' }, waiver: 'Ei ruotsia' },
  { contact: 'Eeva, 040 123 4567', seen: { contact: null } },
  { date: '2026-12-03', time: '12:00', waiver: 'Ei ruotsia', seen: { due: null } },
  { formId: 'form-55556666', language: 'sv', words: { title: 'Rubrik', lead: '', body: 'Text' } },
  {
    name: 'Eeva',
    address: 'eeva@x.example',
    language: 'fi',
    series: [],
    consent: { given: true, how: 'suullisesti' },
  },
  {
    text: 'Eeva <eeva@x.example>; Åsa <asa@y.example>',
    language: 'sv',
    series: [],
    consent: { given: false },
  },
  { language: 'sv' },
  { is: 'failed' },
  { way: 'person', isOn: false, offsets: [15] },
];

const texts = [
  'uutinen',
  'apua',
  'omat uutiset',
  'seuraava',
  'milloin',
  'kieli',
  'svenska',
  'muistuta tänne',
  'hei',
  'kiitos',
];
const invokes = ['adaptiveCard/action', 'composeExtension/query', 'task/fetch', 'signin/verifyState', 'x'];
const types = [
  'message',
  'invoke',
  'conversationUpdate',
  'installationUpdate',
  'messageReaction',
  'event',
  'messageUpdate',
  'endOfConversation',
  'typing',
];

interface World {
  readonly bigRoom: BigRoom;
  readonly teams: Connector;
  readonly clock: HandClock;
  readonly server: Listening;
  readonly lines: readonly string[];
  readonly routes: readonly Route[];
  work(): Promise<void>;
  stop(): Promise<void>;
}

async function fuzzWorld(): Promise<World> {
  const clock = handClock('2026-11-23T08:00:00Z');
  const lines: string[] = [];
  const log: Log = {
    info: () => undefined,
    warn: () => undefined,
    // With the reason: the order of requests, and so what happens, is another each time.
    error: (event, { error } = {}) => lines.push(`${event}: ${String(error).slice(0, 200)}`),
  };
  const teams = new Connector();
  await teams.start();
  const publicUrl = 'http://127.0.0.1:3978';
  const rows = new MemoryRows();
  const adapters = testAdapters({ rows, clock, log, publicUrl, undoSeconds: 1 });
  const bigRoom = makeBigRoom(adapters);
  await seedDemo({ ...adapters, rows }, bigRoom, new MemoryRows());
  const bot = botOf(bigRoom, { clock, publicUrl, settings: adapters.bot, log });
  const { routes, signIn } = bigRoom;
  const server = await listen(
    httpServer({
      routes,
      signIn,
      log,
      loopbackOnly: true,
      bot: (request, response) => bot.handle(request, response),
    }),
  );
  const worker = bigRoom.worker(bot.showNotice);
  return {
    bigRoom,
    teams,
    clock,
    server,
    lines,
    routes,
    work: async () => {
      clock.forward({ seconds: 20 });
      await worker.work();
      await worker.sweep();
    },
    stop: async () => {
      await server.stop();
      await teams.stop();
    },
  };
}

interface Wish {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

interface Given {
  readonly status: number;
  readonly body: Json | undefined;
}

/** Verbs with their data, of the cards that the bot has shown. */
const presses: { verb: string; data: Json }[] = [];

function learnPresses(value: Json | undefined): void {
  if (typeof value !== 'object' || value === null) return;
  const { type, verb, data } = value as Readonly<Record<string, Json>>;
  if (type === 'Action.Execute' && typeof verb === 'string') presses.push({ verb, data: data ?? {} });
  for (const each of Object.values(value)) learnPresses(each);
}

/** Ids by the first part of the addresses under which they were seen, such as `news`. */
const idsOf = new Map<string, string[]>();
const kindOf = (path: string): string => /^\/api\/(\w+)/.exec(path)?.[1] ?? path;

function learnIds(path: string, value: Json | undefined): void {
  if (typeof value !== 'object' || value === null) return;
  const ids = idsOf.get(kindOf(path)) ?? [];
  idsOf.set(kindOf(path), ids);
  const { id } = value as Readonly<Record<string, Json>>;
  if (typeof id === 'string' && ids.length < 300 && !ids.includes(id)) ids.push(id);
  for (const each of Object.values(value)) learnIds(path, each);
}

/** An address as a browser could send it: what can't stand in one is escaped, at times wrongly. */
function escaped(fuzzer: Fuzzer, text: string): string {
  if (fuzzer.chance(0.1)) return text.replaceAll(/[^\w.~%|-]/g, '_');
  const whole = text.replaceAll(/\p{Surrogate}/gu, '?');
  return encodeURIComponent(fuzzer.chance(0.1) ? `${whole}%` : whole);
}

function routeWish(fuzzer: Fuzzer, routes: readonly Route[], people: readonly string[]): Wish {
  const route = fuzzer.one(routes);
  const path = route.path
    .split('/')
    .map((part) => {
      const ids = idsOf.get(kindOf(route.path)) ?? [];
      if (/^:(language|month|year)$/.test(part) && fuzzer.chance(0.8))
        return fuzzer.one(part === ':language' ? ['fi', 'sv'] : part === ':year' ? ['2026'] : ['2026-12']);
      if (part.startsWith(':') && ids.length > 0 && fuzzer.chance(0.75)) return fuzzer.one(ids);
      return part.startsWith(':') || fuzzer.chance(0.002) ? escaped(fuzzer, fuzzer.text()) : part;
    })
    .join('/');
  const query = fuzzer.chance(route.method === 'get' ? 0.4 : 0.05)
    ? `?${fuzzer.one(['after', 'text', 'state', 'is', 'language', 'series', 'most', 'of', fuzzer.text()].map((key) => escaped(fuzzer, key)))}=${escaped(fuzzer, fuzzer.text())}`
    : '';
  const hasBody = route.method !== 'get';
  const json = JSON.stringify(fuzzer.chance(0.8) ? fuzzer.changed(fuzzer.one(bodies)) : fuzzer.value());
  const body = fuzzer.chance(0.02)
    ? Buffer.from([0xff, 0xfe, 0x7b, 0x22])
    : fuzzer.chance(0.03)
      ? json.slice(0, -1)
      : json;
  const who = fuzzer.chance(0.95) ? fuzzer.one(people) : 'nobody';
  return {
    method: route.method === 'del' ? 'DELETE' : route.method.toUpperCase(),
    path: path + query,
    headers: {
      authorization: `Trial ${who}`,
      'accept-language': fuzzer.one(['fi', 'sv', 'en', '*', 'x;q=9', 'zz-ZZ']),
      ...(hasBody && { 'content-type': fuzzer.chance(0.97) ? 'application/json' : 'text/plain' }),
    },
    ...(hasBody && { body }),
  };
}

function activityWish(fuzzer: Fuzzer, url: string, people: readonly string[]): Wish {
  const name = fuzzer.one(people);
  const conversationType = fuzzer.one(['personal', 'personal', 'personal', 'groupChat', 'channel']);
  const press = presses.length > 0 && fuzzer.chance(0.6) ? fuzzer.one(presses.slice(-400)) : undefined;
  const type = press === undefined ? fuzzer.one(types) : fuzzer.one(['invoke', 'invoke', 'message']);
  const data = press === undefined ? {} : fuzzer.changed(press.data, 0.08);
  const value: Json | undefined =
    press === undefined
      ? fuzzer.chance(0.3)
        ? fuzzer.value()
        : undefined
      : type === 'invoke'
        ? { action: { type: 'Action.Execute', verb: press.verb, data }, trigger: 'manual' }
        : { verb: press.verb, ...(data as Record<string, Json>) };
  const activity: Json = {
    type,
    id: `a-${String(fuzzer.below(1e9))}`,
    timestamp: '2026-11-03T08:00:00.000Z',
    channelId: 'msteams',
    serviceUrl: url,
    from: { id: `29:${name}`, name: fuzzer.chance(0.1) ? fuzzer.text() : 'Demo', aadObjectId: name },
    recipient: { id: '28:bot', name: 'Big Room' },
    conversation: {
      id: conversationType === 'personal' ? `a:${name}` : '19:x@thread',
      conversationType,
      tenantId: 't',
    },
    channelData: { tenant: { id: 't' } },
    locale: fuzzer.one(['fi-FI', 'sv-FI', 'en-GB', 'xx']),
    ...(type === 'invoke' && { name: press === undefined ? fuzzer.one(invokes) : 'adaptiveCard/action' }),
    ...(type === 'message' &&
      press === undefined && { text: fuzzer.chance(0.5) ? fuzzer.one(texts) : fuzzer.text() }),
    ...(value !== undefined && { value }),
  };
  const changed = fuzzer.chance(0.3) ? fuzzer.changed(activity, 0.04) : activity;
  return {
    method: 'POST',
    path: '/api/messages',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(changed),
  };
}

const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

function ask(url: string, { method, path, headers, body }: Wish): Promise<Given> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method, path, headers, agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const isJson = (answer.headers['content-type'] ?? '').includes('json') && text !== '';
        resolve({ status: answer.statusCode ?? 0, body: isJson ? (JSON.parse(text) as Json) : undefined });
      });
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

/** The status that an answer means: that of an invoke stands in its body. */
function statusOf({ status, body }: Given): number {
  const inner = (body as { statusCode?: unknown } | undefined | null)?.statusCode;
  return Math.max(status, typeof inner === 'number' ? inner : 0);
}

describe(`${String(requests)} requests made at random (FUZZ_SEED=${String(seed)})`, function () {
  this.timeout(isLong ? 1_800_000 : 120_000);
  let world: World;
  before(async () => {
    world = await fuzzWorld();
  });
  after(async () => {
    agent.destroy();
    await world.stop();
  });

  it('to all routes and to the bot are never answered with a fault of ours', async () => {
    const fuzzer = new Fuzzer(seed);
    const people = Object.values(demoPeopleByKey).map(({ id }) => id as string);
    const faults: string[] = [];
    const statuses = new Map<number, number>();
    let made = 0;

    const next = async (): Promise<void> => {
      while (made < requests && faults.length < 20) {
        made += 1;
        const wish = fuzzer.chance(0.35)
          ? activityWish(fuzzer, world.teams.url, people)
          : routeWish(fuzzer, world.routes, people);
        const given = await ask(world.server.url, wish);
        const status = statusOf(given);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status >= 500) {
          const body = wish.body === undefined ? '' : String(wish.body).slice(0, 600);
          faults.push(
            `${String(status)} ${wish.method} ${wish.path} ${body} -> ${JSON.stringify(given.body ?? null).slice(0, 200)}`,
          );
        }
        if (status < 300 && made % 3 === 0) {
          fuzzer.learn(given.body);
          learnIds(wish.path, given.body);
        }
        learnPresses(given.body);
      }
    };
    for (const route of world.routes) {
      if (route.method !== 'get' || route.path.includes(':')) continue;
      const headers = { authorization: `Trial ${demoPeopleByKey.aino.id}` };
      const { body } = await ask(world.server.url, { method: 'GET', path: route.path, headers });
      fuzzer.learn(body);
      learnIds(route.path, body);
    }
    await Promise.all(Array.from({ length: atOnce }, next));
    // What was stored of it must not break what works on it later.
    await world.work();

    // Nobody listens at a connector's address that was made up.
    const errors = world.lines.filter((line) => !/^outbox\.needsAttention|ECONNREFUSED/.test(line));
    assert.deepEqual([faults, [...new Set(errors)]], [[], []]);
    assert.ok((statuses.get(200) ?? 0) > requests / 10, `too few succeed: ${JSON.stringify([...statuses])}`);
    if (isLong)
      console.log(
        `      ${JSON.stringify(Object.fromEntries([...statuses].sort(([one], [other]) => one - other)))}`,
      );
  });
});
