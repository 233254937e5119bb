import { makeBigRoom } from '../../src/compose.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import { MemoryQueue } from '../../src/adapters/memory/queue.js';
import { AzureRows } from '../../src/adapters/azure/rows.js';
import { AzureQueue } from '../../src/adapters/azure/queue.js';
import type { Person } from '../../src/people/person.js';
import type { PersonId, ProjectId, SeriesId } from '../../src/platform/ids.js';
import { coordinator, programme } from '../make.js';
import { seriesForm } from '../make-sessions.js';
import { testAdapters } from '../world/adapters.js';
import { azurite, freshName } from '../world/azurite.js';
import { handClock } from '../world/clock.js';
import { median, milliseconds, ms, times, type Finding } from './measure.js';

const seriesCount = 10;
const rounds = 10;
/** So many work in the projects that present, however many are invited. */
const team = 20;
const projects = ['elma', 'digi', 'lahella'] as ProjectId[];

function people(count: number): Person[] {
  return Array.from({ length: count }, (_, number) => ({
    id: `worker-${String(number)}` as PersonId,
    name: `Työntekijä ${String(number)}`,
    role: 'worker',
    language: number % 3 === 0 ? 'sv' : 'fi',
    projects: number < team ? projects.slice(number % 3, (number % 3) + 1) : [],
  }));
}

async function storage(place: 'memory' | 'Azurite', onTrip: () => void) {
  const clock = handClock('2026-11-23T08:00:00Z');
  if (place === 'memory') return { clock, rows: new MemoryRows({ onTrip }), queue: new MemoryQueue(clock) };
  const { connectionString } = await azurite();
  const rows = new AzureRows({ connectionString, table: freshName(), onTrip });
  const queue = new AzureQueue({ connectionString, queue: freshName() });
  await Promise.all([rows.prepare(), queue.prepare()]);
  return { clock, rows, queue };
}

/** Ten series to which so many are invited, planned, and what a change of each of them takes. */
async function programmeOf(invited: number, place: 'memory' | 'Azurite') {
  let trips = 0;
  const { clock, rows, queue } = await storage(place, () => trips++);
  const bigRoom = makeBigRoom(testAdapters({ rows, queue, clock, undoSeconds: 0 }));
  await bigRoom.people.add(programme, [{ ...coordinator, language: 'fi', projects: [] }, ...people(invited)]);
  const kinds = ['hankeradio', 'bigRoom', 'training', 'own'] as const;
  const series: SeriesId[] = [];
  for (let number = 0; number < seriesCount; number += 1) {
    const form = seriesForm(kinds[number % kinds.length] ?? 'own', {
      formId: `form-of-series-${String(number)}`,
    });
    series.push((await bigRoom.series.create(coordinator, form)).series.id);
  }
  const worker = bigRoom.worker(() => Promise.resolve({ result: 'sent' }));
  const settle = async (): Promise<void> => {
    clock.forward({ seconds: 1 });
    await worker.sweep();
    while ((await worker.work()) > 0);
  };
  await settle();
  let round = 0;
  return {
    /** Changes each series, so that all of its messages move, and plans again. */
    change: async (): Promise<void> => {
      round += 1;
      for (const id of series)
        await bigRoom.series.changeFrom(coordinator, id, {
          from: '2026-12-01',
          time: round % 2 === 0 ? '09:00' : '10:00',
        });
      await settle();
    },
    year: () => bigRoom.series.year(coordinator, 2027),
    trips: () => trips,
  };
}

type Planned = Awaited<ReturnType<typeof programmeOf>>;

async function measured(of: Planned, run: 'change' | 'year', most: number) {
  const taken: number[] = [];
  const trips: number[] = [];
  for (let round = 0; round < most; round += 1) {
    const before = of.trips();
    taken.push(await milliseconds(of[run]));
    trips.push(of.trips() - before);
  }
  return { time: median(taken), trips: median(trips) };
}

/**
 * What ten series cost when each of them is changed: the change itself, with its messages planned anew. It must not
 * depend on how many are invited, beyond reading them once.
 */
export async function planning(): Promise<Finding[]> {
  const [few, many] = [await programmeOf(20, 'memory'), await programmeOf(2_000, 'memory')];
  const emulated = await programmeOf(2_000, 'Azurite');
  const findings: Finding[] = [];
  const wordings = {
    change: 'ten series changed and planned anew, 2,000 invited',
    year: 'a year of ten series read, 2,000 invited',
  } as const;
  for (const run of ['change', 'year'] as const) {
    const [small, large] = [await measured(few, run, rounds), await measured(many, run, rounds)];
    const real = await measured(emulated, run, 1);
    const ratio = large.time / small.time;
    findings.push({
      what: wordings[run],
      measured: `${ms(large.time)}, ${String(large.trips)} trips`,
      against: `20 invited: ${ms(small.time)}, ${String(small.trips)} trips: ${times(ratio)}; on Azurite ${ms(real.time)}, ${String(real.trips)} trips`,
      goal: 'same trips, but for reading people',
      isMet: large.trips - small.trips <= 4 * seriesCount,
    });
  }
  return findings;
}
