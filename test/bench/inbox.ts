import { makeBigRoom, programmePartition, type BigRoom } from '../../src/compose.js';
import { overviewOf } from '../../src/overview/routes.js';
import type { Person } from '../../src/people/person.js';
import { systemClock, today } from '../../src/platform/clock.js';
import { deterministicId, type NewsId, type ProjectId } from '../../src/platform/ids.js';
import type { NewsItem } from '../../src/news/types.js';
import { newsStore } from '../../src/news/store.js';
import type { Queue } from '../../src/platform/queue.js';
import { AzureQueue } from '../../src/adapters/azure/queue.js';
import { MemoryQueue } from '../../src/adapters/memory/queue.js';
import { AzureRows } from '../../src/adapters/azure/rows.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import type { Rows } from '../../src/platform/rows.js';
import { coordinator, programme, submission, swedishText, worker } from '../make.js';
import { seriesForm } from '../make-sessions.js';
import { azurite, freshName } from '../world/azurite.js';
import { inTurn, median, ms, times, type Finding } from './measure.js';
import { readablePartition } from '../world/partition.js';
import { testAdapters } from '../world/adapters.js';

const sizes = [1_000, 100_000] as const;
const rounds = 100;
const kaisa: Person = { ...coordinator, language: 'fi', projects: [] };
const vilma: Person = { ...worker, language: 'fi', projects: ['elma' as ProjectId] };
/** The items, and the list rows that the pages measured here read; the other rows have other keys. */
const listsMeasured = [
  'news-line|any|any|any|',
  'news-line|submitted|any|any|',
  'news-line|submitted|elma|any|',
];

function item(number: number): NewsItem {
  const at = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
  const by = { id: worker.id, name: worker.name };
  const words = { title: `Uutinen numero ${String(number)}`, lead: 'Lyhyesti', body: 'Mitä tapahtui' };
  return {
    id: deterministicId<NewsId>('bench', String(number)),
    projectId: (['elma', 'digi', 'lahella'] as ProjectId[])[number % 3] ?? ('elma' as ProjectId),
    author: by,
    submittedAt: at,
    originalLanguage: 'fi',
    state: { status: 'submitted', at },
    texts: { fi: { ...words, revision: 1, by, at, ready: 1, checked: {} } },
    audiences: ['residents'],
    wishedChannels: ['newsletter'],
    uses: [],
    auditCount: 1,
  };
}

type Place = 'memory' | 'Azurite';

async function storage(place: Place, onTrip: () => void): Promise<{ rows: Rows; queue: Queue }> {
  if (place === 'memory') return { rows: new MemoryRows({ onTrip }), queue: new MemoryQueue(systemClock) };
  const { connectionString } = await azurite();
  const rows = new AzureRows({ connectionString, table: freshName(), onTrip });
  const queue = new AzureQueue({ connectionString, queue: freshName() });
  await Promise.all([rows.prepare(), queue.prepare()]);
  return { rows, queue };
}

/** An open issue of ten stories, a planned release, and five series with something agreed for their sessions. */
async function fillOverview({ news, newsletter, releases, series }: BigRoom): Promise<void> {
  for (let number = 0; number < 10; number += 1) {
    const { item: story } = await news.submit(
      worker,
      submission({ formId: `form-of-story-${String(number)}` }),
    );
    await news.edit(coordinator, story.id, 'sv', swedishText, 0);
    await news.accept(coordinator, story.id);
    await news.ready(coordinator, story.id, 'sv');
    await newsletter.place(coordinator, story.id);
    if (number > 0) continue;
    const { release } = await releases.create(coordinator, { newsId: story.id });
    const day = today(systemClock).add({ days: 1 }).toString();
    await releases.schedule(coordinator, release.id, { date: day, time: '15:00' });
  }
  for (const [number, kind] of (['hankeradio', 'bigRoom', 'training', 'own', 'own'] as const).entries()) {
    const form = seriesForm(kind, { formId: `form-of-series-${String(number)}` });
    const { series: made } = await series.create(coordinator, form);
    for (const { id } of await series.upcoming(coordinator, 6, made.id))
      await series.confirm(coordinator, id, true);
  }
}

/** Fills an archive of so many items and gives the services over it, with a counter of round trips. */
async function archive(size: number, place: Place) {
  let trips = 0;
  const { rows, queue } = await storage(place, () => trips++);
  const store = newsStore(readablePartition(rows, programmePartition));
  for (let number = 0; number < size; number += 25) {
    const changes = Array.from({ length: Math.min(25, size - number) }, (_, step) => item(number + step))
      .flatMap((each) => store.insert(each, []))
      .filter(({ key }) => listsMeasured.some((list) => key.startsWith(list)));
    await rows.commit(programmePartition, changes);
  }
  const bigRoom = makeBigRoom(testAdapters({ rows, queue, fanOutQueue: queue, clock: systemClock }));
  await bigRoom.people.add(programme, [kaisa, vilma]);
  await fillOverview(bigRoom);
  await bigRoom.waiting.prepare();
  return { ...bigRoom, trips: () => trips };
}

type Archive = Awaited<ReturnType<typeof archive>>;

const pages: Readonly<Record<string, (from: Archive) => Promise<unknown>>> = {
  'inbox page': ({ news }) => news.list(coordinator, {}),
  'inbox page, two filters': ({ news }) =>
    news.list(coordinator, { state: 'submitted', projectId: 'elma' as ProjectId }),
  'release queue': ({ releases }) => releases.queue(coordinator),
  'overview of a coordinator': (from) => overviewOf({ ...from, index: from.waiting }, kaisa),
  'overview of a worker': (from) => overviewOf({ ...from, index: from.waiting }, vilma),
};

async function tripsOf(from: Archive, page: (from: Archive) => Promise<unknown>): Promise<number> {
  const before = from.trips();
  await page(from);
  return from.trips() - before;
}

/**
 * Pages of a small and of a large archive, side by side: the same round trips, and nearly the same time. Both in
 * memory: the storage emulator looks through its whole table for each range, which the service does not
 * (https://learn.microsoft.com/azure/storage/tables/table-storage-design-for-query). What a page takes with the
 * emulator runs beside it.
 */
export async function inbox(): Promise<Finding[]> {
  const small = await archive(sizes[0], 'memory');
  const large = await archive(sizes[1], 'memory');
  const emulated = await archive(sizes[0], 'Azurite');
  const findings: Finding[] = [];
  for (const [what, page] of Object.entries(pages)) {
    const trips = [await tripsOf(small, page), await tripsOf(large, page), await tripsOf(emulated, page)];
    const taken = await inTurn(rounds, {
      small: () => page(small),
      large: () => page(large),
      emulated: () => page(emulated),
    });
    const ratio = median(taken.large) / median(taken.small);
    findings.push({
      what: `${what}, 100,000 items`,
      measured: `${ms(median(taken.large))}, ${String(trips[1])} trips`,
      against: `1,000 items: ${ms(median(taken.small))}, ${String(trips[0])} trips: ${times(ratio)}; on Azurite ${ms(median(taken.emulated))}, ${String(trips[2])} trips`,
      goal: 'same trips, <= 1.3 x',
      isMet: new Set(trips).size === 1 && ratio <= 1.3,
    });
  }
  return findings;
}
