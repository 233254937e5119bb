import { Temporal } from 'temporal-polyfill';
import { makeDomain, programmePartition, type Adapters, type BigRoom } from '../compose.js';
import { deterministicId, type MessageId } from '../platform/ids.js';
import type { Clock } from '../platform/clock.js';
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
 * goes in, to be published then.
 */
function quietOutbox(outbox: Outbox, clock: Clock): Outbox {
  const isStillToCome = ({ body, dueAt }: NewMessage): boolean =>
    body.kind === 'release' && Date.parse(dueAt) > clock.now().epochMilliseconds;
  return {
    ...outbox,
    commit: (changes, messages = []) => outbox.commit(changes, messages.filter(isStillToCome)),
  };
}

/**
 * Seeds the demo programme on the first start of trial mode, through services like those of the programme, whose clock
 * is set to the past and whose outbox notifies nobody. Does nothing once it is seeded. When the process died half-way,
 * the next start goes on: what was seeded stays as it is, and nothing comes twice.
 * @returns whether anything was seeded.
 */
export async function seedDemo(
  { rows, clock, log, modules }: Pick<Adapters, 'rows' | 'clock' | 'log' | 'modules'>,
  { people, outbox }: Pick<BigRoom, 'people' | 'outbox'>,
): Promise<boolean> {
  const before = (await rows.get<Seeding>(programmePartition, key))?.value;
  if (before?.doneAt !== undefined) return false;
  const startedAt = before?.startedAt ?? clock.now().toString();
  if (before === undefined) await outbox.commit([{ op: 'put', key, value: { startedAt } }]);
  const start = Temporal.Instant.from(startedAt);
  await people.add(demoProgramme, demoPeople.map(asPerson));

  const past = pastClock(start);
  const quiet = quietOutbox(outbox, clock);
  const domain = makeDomain({ rows, log, modules, clock: past, outbox: quiet, undoSeconds: 0 });
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
  const doneAt = clock.now().toString();
  await outbox.commit([{ op: 'put', key, value: { startedAt, doneAt } }], indexMessages(newsIds, doneAt));
  return true;
}
