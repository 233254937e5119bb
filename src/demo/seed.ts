import { Temporal } from 'temporal-polyfill';
import { makeDomain, programmePartition, type Adapters, type BigRoom } from '../compose.js';
import type { Clock } from '../platform/clock.js';
import type { Change } from '../platform/commit.js';
import { deterministicId, type MessageId } from '../platform/ids.js';
import type { Rows } from '../platform/rows.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import type { Outbox } from '../delivery/outbox/outbox.js';
import type { Person } from '../people/person.js';
import { newsIndexMessage } from '../news/search.js';
import { demoNews } from './news.js';
import { demoPeople, demoProgramme, type DemoPerson } from './people.js';
import { issueEvents, newsEvents, releaseEvents } from './seed-news.js';
import { sessionEvents } from './seed-sessions.js';
import { pastClock, replay, type NewsIds } from './timeline.js';
import { demoReleases } from './uses.js';

const key = 'seed';

/** How far the seeding has come, as the row `seed` keeps it. ISO instants; the events of the demo are counted back from `startedAt`. */
interface Seeding {
  readonly startedAt: string;
  readonly doneAt?: string;
}

const asPerson = ({ demo: _demo, ...person }: DemoPerson): Person => person;

/** The messages that bring the search index up to date, once everything is seeded. */
function indexMessages(newsIds: NewsIds, dueAt: string): NewMessage[] {
  return [...newsIds.values()].map((newsId) => ({
    id: deterministicId<MessageId>('newsIndex', newsId, 'demo'),
    dueAt,
    body: newsIndexMessage.body({ newsId }),
  }));
}

/**
 * The outbox while the past of the demo is seeded: nobody is notified of it. Only a release whose time is still to come
 * is to be published then; it stands in `toCome`.
 */
function quietOutbox(rows: Rows, outbox: Outbox, clock: Clock) {
  const toCome: NewMessage[] = [];
  const isStillToCome = ({ body, dueAt }: NewMessage): boolean =>
    body.kind === 'release' && Date.parse(dueAt) > clock.now().epochMilliseconds;
  const quiet: Outbox = {
    ...outbox,
    commit: async (changes, messages = []) => {
      await rows.commit(programmePartition, changes);
      toCome.push(...messages.filter(isStillToCome));
    },
  };
  return { quiet, toCome };
}

const allRows = { from: '', to: '~', limit: 100_000 } as const;

/** What one commit takes at most: rows, and characters of their JSON (platform/row-limits.ts). */
const [batchRows, batchCharacters] = [100, 1_000_000];

async function write(rows: Rows, changes: readonly Change[]): Promise<void> {
  let batch: Change[] = [];
  let characters = 0;
  for (const change of changes) {
    const { length } = JSON.stringify(change);
    if (batch.length === batchRows || characters + length > batchCharacters) {
      await rows.commit(programmePartition, batch);
      [batch, characters] = [[], 0];
    }
    batch.push(change);
    characters += length;
  }
  await rows.commit(programmePartition, batch);
}

/** Takes away what a start left that died while it wrote: nobody has used it. */
async function clear(rows: Rows): Promise<void> {
  const { rows: found } = await rows.range(programmePartition, allRows);
  await write(
    rows,
    found.filter((row) => row.key !== key).map((row) => ({ op: 'delete', key: row.key })),
  );
}

/**
 * Seeds the demo programme on the first start of trial mode, through services like those of the programme, whose clock
 * is set to the past and whose outbox notifies nobody. They work in memory, and what they made is stored at the end: a
 * local storage takes a minute for what memory does in a second. Does nothing once it is seeded. When the process died
 * half-way, the next start begins anew.
 * @param inMemory where they work: empty
 * @returns whether anything was seeded.
 */
export async function seedDemo(
  {
    rows,
    clock,
    log,
    modules,
    publicUrl,
  }: Pick<Adapters, 'rows' | 'clock' | 'log' | 'modules' | 'publicUrl'>,
  { outbox }: Pick<BigRoom, 'outbox'>,
  inMemory: Rows,
): Promise<boolean> {
  const before = (await rows.get<Seeding>(programmePartition, key))?.value;
  if (before?.doneAt !== undefined) return false;
  const startedAt = before?.startedAt ?? clock.now().toString();
  if (before === undefined) await outbox.commit([{ op: 'put', key, value: { startedAt } }]);
  else await clear(rows);
  const start = Temporal.Instant.from(startedAt);

  const past = pastClock(start);
  const { quiet, toCome } = quietOutbox(inMemory, outbox, clock);
  const domain = makeDomain({
    rows: inMemory,
    log,
    modules,
    publicUrl,
    clock: past,
    outbox: quiet,
    undoSeconds: 0,
  });
  await domain.people.add(demoProgramme, demoPeople.map(asPerson));
  const newsIds: NewsIds = new Map();
  const context = { ...domain, clock: past, newsIds, start };
  await replay(
    [
      ...demoNews.flatMap((item) => newsEvents(context, item)),
      ...issueEvents(context),
      ...demoReleases.flatMap((release) => releaseEvents(context, release)),
      ...(await sessionEvents(context)),
    ],
    past,
  );
  const { rows: all } = await inMemory.range(programmePartition, allRows);
  await write(
    rows,
    all.map((row) => ({ op: 'put', key: row.key, value: row.value })),
  );
  const doneAt = clock.now().toString();
  await outbox.commit(
    [{ op: 'put', key, value: { startedAt, doneAt } }],
    [...toCome, ...indexMessages(newsIds, doneAt)],
  );
  return true;
}
