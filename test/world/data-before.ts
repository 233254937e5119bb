import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { Temporal } from 'temporal-polyfill';
import { botOf } from '../../bot/index.js';
import { makeBigRoom, type BigRoom } from '../../src/compose.js';
import type { Change } from '../../src/platform/commit.js';
import { httpServer } from '../../src/http/server.js';
import type { Mail } from '../../src/delivery/mail/mailer.js';
import type { OutboxWorker } from '../../src/delivery/outbox/worker.js';
import type { FanOutWorker } from '../../src/delivery/fan-out/worker.js';
import { MemoryQueue } from '../../src/adapters/memory/queue.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import type { Log } from '../../src/platform/log.js';
import { partitionOf, type Partition } from '../../src/platform/partition.js';
import { listen } from '../http/listen.js';
import { testAdapters } from './adapters.js';
import { handClock, type HandClock } from './clock.js';
import { Connector } from './teams/connector.js';

/** One stored row of the folder. Its shape is that of the code that wrote it, and never changes. */
export interface StoredBefore {
  readonly partition: string;
  readonly key: string;
  readonly value: unknown;
}

/** A text in one of the two queues, and the seconds after which it could be received. */
interface QueuedBefore {
  readonly text: string;
  readonly afterSeconds: number;
}

/** What was in the folder when it was kept; see `test/fixtures/data-before/README.md`. */
export interface DataBefore {
  /** The ISO instant at which it was kept. */
  readonly moment: string;
  /** The address of Teams' connector in the rows. */
  readonly teamsUrl: string;
  readonly queues: Readonly<Record<'bigroom' | 'bigroom-sends', readonly QueuedBefore[]>>;
  /** Ids by what they are for. */
  readonly named: {
    readonly news: Readonly<Record<string, string>>;
    readonly releases: Readonly<Record<string, string>>;
    readonly sends: Readonly<Record<string, string>>;
    readonly series: Readonly<Record<string, string>>;
    readonly undos: Readonly<Record<string, readonly [id: string, audit: number]>>;
    readonly stopKeys: Readonly<Record<string, string>>;
  };
  readonly rows: readonly StoredBefore[];
}

/** How the code of before answered a GET, by what can be read in the answer. */
export interface AnswerBefore {
  readonly path: string;
  /** The id of the person who asked; absent where nobody signed in. */
  readonly as?: string;
  readonly status: number;
  readonly facts: Facts;
  /** It says the same whenever it is asked, as long as nothing is done. */
  readonly isLasting?: true;
}

export interface ExpectedBefore {
  readonly answers: readonly AnswerBefore[];
  /** What became of the outbox's messages within an hour, by their ids: the words of the code of before. */
  readonly messages: Readonly<Record<string, string>>;
}

/** Words and numbers of an answer, and the ids of its lists in their order. */
export interface Facts {
  readonly values: readonly string[];
  readonly orders: readonly string[];
}

/** What is called otherwise in answers since: the word of before, and that of today. */
const renamedWords: Readonly<Record<string, string>> = {
  gone: 'undeliverable',
  tell: 'notifyMany',
  overtaken: 'superseded',
};

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/data-before/${name}`, import.meta.url));

/** The folder of the storage emulator, packed. */
export const packedFolder = fixture('azurite.tar.gz');

/** @param teamsUrl where Teams' connector is in this test. */
export async function readBefore(teamsUrl?: string): Promise<DataBefore> {
  const text = gunzipSync(await readFile(fixture('rows.json.gz'))).toString('utf8');
  const { teamsUrl: before } = JSON.parse(text) as DataBefore;
  return JSON.parse(teamsUrl === undefined ? text : text.replaceAll(before, teamsUrl)) as DataBefore;
}

export async function readExpected(): Promise<ExpectedBefore> {
  return JSON.parse(
    gunzipSync(await readFile(fixture('expected.json.gz'))).toString('utf8'),
  ) as ExpectedBefore;
}

/** Words that are said no more: nobody approves a release beside its texts, and rights are named by what is done. */
export function wordsGone(path: string): readonly string[] {
  if (path.startsWith('/api/releases/')) return ['approve', 'unapprove'];
  return path === '/api/session' ? ['news:review'] : [];
}

/**
 * Orders that an answer does not have any more: who coordinates does not see all their own projects' slots, and Christmas Eve
 * is a day off as the public holidays around it.
 */
export const ordersGone = (path: string): readonly string[] =>
  path === '/api/overview'
    ? [
        '9b8688a17e2abc67ea51944cc0-20261127 3b5ca6d9bc2d5b3a576e1f8f18-20270202',
        ['20261206', '20261225', '20261226', '20270101', '20270106']
          .map((date) => `5d8f65869409280fb81b319ecc-${date}`)
          .join(' '),
      ]
    : [];

export const wordToday = (word: string): string => renamedWords[word] ?? word;

const maxCharacters = 80;
/** What follows from the rest, or is made again each time. */
const untold: readonly string[] = ['next', 'stamp', 'rate', 'secondsLeft'];

/** Without the ports of this run. */
const shortened = (text: string): string =>
  text.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'http://127.0.0.1').slice(0, maxCharacters);

function* leaves(node: unknown): Generator<string> {
  if (Array.isArray(node)) for (const each of node as unknown[]) yield* leaves(each);
  else if (typeof node === 'object' && node !== null) {
    for (const [key, value] of Object.entries(node)) if (!untold.includes(key)) yield* leaves(value);
  } else if (typeof node === 'string' || typeof node === 'number') {
    yield shortened(String(node));
  }
}

function* ordersIn(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    const ids = (node as unknown[]).map((each) => (each as { id?: unknown } | null)?.id);
    if (ids.length > 1 && ids.every((id) => typeof id === 'string')) yield ids.join(' ');
  }
  for (const value of Object.values(node)) yield* ordersIn(value);
}

/** What can be read in an answer, whatever its fields are called: the words of a page, the values of JSON. */
export function factsOf(type: string, text: string): Facts {
  if (type.includes('json')) {
    const body: unknown = JSON.parse(text);
    return { values: [...leaves(body)], orders: [...ordersIn(body)] };
  }
  const words = /html|xml/.test(type) ? text.replaceAll(/<style>[^]*?<\/style>|<[^>]*>/g, '\n') : text;
  const lines = words.split('\n').map((line) => shortened(line.trim()));
  return { values: lines.filter((line) => line !== ''), orders: [] };
}

/** The lines of a calendar file that are in other forms today: rules as Outlook imports them, single files as instances. */
const otherForms = /^RRULE:|UNTIL=\d{8}T|^UID:[0-9a-f]{26}-\d{8}@/;

/**
 * What a calendar file of before said, line by line as it was folded, and all that the one of today says, unfolded: the
 * texts of before are parts of those of today. Anything else stays as it is.
 */
export function calendarFacts(
  path: string,
  before: Facts,
  text: string,
): { before: Facts; values: string[] } {
  if (!path.startsWith('/calendar')) return { before, values: [] };
  const values = before.values
    .filter((value) => !otherForms.test(value))
    .map((value) => value.replace(/^(DESCRIPTION|SUMMARY);LANGUAGE=\w+:/, ''));
  return { before: { ...before, values }, values: [text.replaceAll(/\r\n /g, '')] };
}

/** Where an address of before stands today: a month of releases is in the calendar, and who can't come with who comes. */
export function addressToday(path: string): string {
  if (path.startsWith('/api/occurrences/') && path.endsWith('/absence'))
    return path.replace(/absence$/, 'coming');
  const [, month] = /^\/api\/releases\/month\/([\d-]+)$/.exec(path) ?? [];
  if (month === undefined) return path;
  const { daysInMonth } = Temporal.PlainYearMonth.from(month);
  return `/api/calendar?from=${month}-01&to=${month}-${String(daysInMonth)}`;
}

/**
 * Where more is asked for that was a part of the answer at this address before: the history of a release, a series or an
 * occurrence, and slots that are far ahead.
 */
export function historyPath(path: string): string | undefined {
  // Who coordinates sees on the overview what waits in the next two weeks, whoever presents; what is later is where it was.
  if (path === '/api/overview') return '/api/sessions/upcoming?most=24&series=3b5ca6d9bc2d5b3a576e1f8f18';
  return /^\/api\/(releases|series|occurrences)\/[0-9a-f]{26}(-\d{8})?$/.test(path)
    ? `${path}/audit`
    : undefined;
}

/** Those that are expected and are not there, or not as often. */
function missing(expected: readonly string[], actual: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const value of actual) left.set(value, (left.get(value) ?? 0) + 1);
  return expected.filter((value) => {
    const count = left.get(value) ?? 0;
    left.set(value, count - 1);
    return count <= 0;
  });
}

/** The literal parts of the product's own texts of before, without their placeholders. */
const textsBefore = (
  JSON.parse(gunzipSync(readFileSync(fixture('texts.json.gz'))).toString('utf8')) as string[]
).map((text) => ({
  text,
  parts: text.split(/\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/).filter((part) => /\p{L}{3}/u.test(part)),
}));
const minLetters = 6;

/** Whether a line was a text of the product, which may have other words today; what people wrote may not. */
function isProductText(line: string): boolean {
  return textsBefore.some(
    ({ text, parts }) =>
      text === line ||
      parts.some((part) => {
        const cut = part.trim().slice(0, maxCharacters);
        return cut.length >= minLetters && (line.startsWith(cut) || line.endsWith(cut));
      }),
  );
}

/** A mail's size follows from the product's texts in it. */
const isSizeOfMail = (value: string): boolean => /^\d{5}$/.test(value);

/**
 * What the code of before answered that is not answered any more; more may be answered today. Of a text of several lines
 * each counts by itself.
 */
export function missingFacts(before: Facts, today: Facts): string[] {
  const lost = missing(before.values.map(wordToday), today.values).filter((value) => {
    if (isSizeOfMail(value)) return false;
    const lines = value.split('\n').filter((line) => line.trim() !== '');
    // Both were cut at the same length, so that the last line may end sooner today.
    const isCut = value.length === maxCharacters;
    const isSaid = (line: string): boolean => {
      const start = isCut && line === lines.at(-1) ? line.slice(0, Math.max(8, line.length - 20)) : line;
      return today.values.some((other) => other.includes(start));
    };
    return lines.some((line) => !isProductText(line) && !isSaid(line));
  });
  return [...lost, ...missing(before.orders, today.orders).map((ids) => `in this order: ${ids}`)];
}

/** Big Room as it opens the rows and the queues of before, at that moment, in memory. */
export interface OpenedBefore {
  readonly data: DataBefore;
  readonly bigRoom: BigRoom;
  readonly rows: MemoryRows;
  readonly clock: HandClock;
  readonly teams: Connector;
  readonly mails: readonly Mail[];
  /** Carries out what is due in the outbox; time passes meanwhile. */
  deliver(): Promise<void>;
  /** Brings fan-outs in order, as every instance does when it starts; sends nothing. */
  sweep(): Promise<void>;
  /** Sends to those who are open in sends under way; time passes meanwhile. */
  send(): Promise<void>;
  /** What was logged, as `level event`; of a row that could not be read, also which one and why. */
  readonly logged: readonly string[];
  /** A partition of the rows as stores take it, with the log of the rest. */
  partition(name: string): Partition;
  ask(method: string, path: string, as?: string, body?: unknown): Promise<Response>;
  stop(): Promise<void>;
}

const perCommit = 50;
/** Ten times as fast as the real one: retries and the pace of a conversation wait for seconds. */
const tick = { milliseconds: 100 };
const tickMs = 10;

async function whileTimePasses(clock: HandClock, work: () => Promise<void>): Promise<void> {
  const ticking = setInterval(() => clock.forward(tick), tickMs);
  try {
    await work();
  } finally {
    clearInterval(ticking);
  }
}

async function fill(rows: MemoryRows, stored: readonly StoredBefore[]): Promise<void> {
  for (const partition of new Set(stored.map((row) => row.partition))) {
    const own = stored.filter((row) => row.partition === partition);
    const changes = own.map(({ key, value }): Change => ({ op: 'insert', key, value }));
    for (let from = 0; from < changes.length; from += perCommit)
      await rows.commit(partition, changes.slice(from, from + perCommit));
  }
}

function keptLog(): Log & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  const keep =
    (level: string): Log['error'] =>
    (event, { kind, key, error } = {}) => {
      const row = event === 'row.unreadable' ? ` ${String(kind)} ${String(key)}: ${String(error)}` : '';
      lines.push(`${level} ${event}${row}`);
    };
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') };
}

export async function openBefore(): Promise<OpenedBefore> {
  const teams = new Connector();
  await teams.start();
  const data = await readBefore(teams.url);
  const rows = new MemoryRows();
  await fill(rows, data.rows);
  const clock = handClock(data.moment);
  const queueOf = async (name: keyof DataBefore['queues']): Promise<MemoryQueue> => {
    const queue = new MemoryQueue(clock);
    for (const { text, afterSeconds } of data.queues[name]) await queue.send(text, afterSeconds);
    return queue;
  };
  const log = keptLog();
  const mails: Mail[] = [];
  const mailer = {
    send: (mail: Mail) => {
      mails.push(mail);
      return Promise.resolve({ result: 'sent' } as const);
    },
  };
  const publicUrl = 'http://127.0.0.1:3978';
  const queue = await queueOf('bigroom');
  const fanOutQueue = await queueOf('bigroom-sends');
  const bigRoom = makeBigRoom(testAdapters({ rows, queue, fanOutQueue, clock, log, publicUrl, mailer }));
  const bot = botOf(bigRoom, { clock, publicUrl, settings: {}, log });
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
  const worker: OutboxWorker = bigRoom.worker(bot.showNotice);
  const sender: FanOutWorker = bigRoom.fanOutWorker(bot.transport(bigRoom.fanOutPace));
  return {
    data,
    bigRoom,
    rows,
    clock,
    teams,
    mails,
    deliver: () =>
      whileTimePasses(clock, async () => {
        await worker.work();
        await worker.sweep();
      }),
    sweep: async () => {
      await sender.sweep();
    },
    send: () =>
      whileTimePasses(clock, async () => {
        await sender.sweep();
        while ((await sender.work()) > 0);
      }),
    logged: log.lines,
    partition: (name) => partitionOf(rows, name, log),
    ask: (method, path, as, body) =>
      fetch(server.url + path, {
        method,
        headers: {
          ...(as !== undefined && { authorization: `Trial ${as}` }),
          'content-type': 'application/json',
          'accept-language': 'fi',
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    stop: async () => {
      await server.stop();
      await teams.stop();
    },
  };
}
