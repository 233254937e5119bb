import type { Actor } from '../../platform/actor.js';
import { today } from '../../platform/clock.js';
import type { OccurrenceId, ProjectId, SeriesId } from '../../platform/ids.js';
import { type Acting, actingOf, actsFor, type TakingDeps } from '../occurrences/change.js';
import { lineOf, occurrencesOf, presentedBy } from '../occurrences/reading.js';
import {
  projectOf,
  type Occurrence,
  type OccurrenceLine,
  type OccurrenceRecord,
} from '../occurrences/occurrence.js';
import { findSeries } from '../series/change.js';
import type { RotationSettings, Series } from '../series/series.js';

/** A slot of a series with a rotation: who presents, or is proposed to. */
export interface SlotView {
  readonly occurrence: OccurrenceLine;
  /** Other upcoming slots with which this one could be swapped. */
  readonly swappable: readonly OccurrenceId[];
}

export interface RotationView {
  readonly slots: readonly SlotView[];
  /** When each project last presented, longest ago first; absent date: never yet. */
  readonly history: readonly {
    readonly projectId: ProjectId;
    readonly last?: string;
    readonly times: number;
  }[];
}

const maxSlots = 12;
/** Days ahead: enough for twelve monthly slots, and then for twelve of a series that comes round a few times a year. */
const spans = [400, 1_500] as const;
/** Days back: two years, as far as a rotation remembers. */
const historyDays = 730;

async function nextSlots(deps: TakingDeps, series: Series): Promise<readonly Occurrence[]> {
  const from = today(deps.clock);
  const now = deps.clock.now().toString();
  let slots: readonly Occurrence[] = [];
  for (const days of spans) {
    const all = await occurrencesOf(deps, series, from.toString(), from.add({ days }).toString());
    slots = all.filter(({ state, end }) => state.status !== 'cancelled' && end > now).slice(0, maxSlots);
    if (slots.length === maxSlots || series.state.status === 'ended') break;
  }
  return slots;
}

function swappable(slot: Occurrence, slots: readonly Occurrence[], acting: Acting): OccurrenceId[] {
  const own = projectOf(slot);
  if (own === undefined || !actsFor(acting, own)) return [];
  return slots
    .filter((other) => projectOf(other) !== undefined && projectOf(other) !== own)
    .map(({ id }) => id);
}

function historyOf(
  { projects }: RotationSettings,
  records: readonly OccurrenceRecord[],
  date: string,
): RotationView['history'] {
  const presented = presentedBy(records, date);
  return projects
    .map((projectId) => {
      const own = presented.filter((each) => each.projectId === projectId);
      const last = own.at(-1)?.date;
      return { projectId, times: own.length, ...(last !== undefined && { last }) };
    })
    .sort((one, other) => ((one.last ?? '') < (other.last ?? '') ? -1 : Number(one.last !== other.last)));
}

/** The next twelve slots with who presents, and who did before. */
export async function rotationView(deps: TakingDeps, actor: Actor, id: SeriesId): Promise<RotationView> {
  const { value: series } = await findSeries(deps.store, id);
  if (series.rotation === undefined) return { slots: [], history: [] };
  const present = today(deps.clock);
  const since = present.add({ days: -historyDays }).toString();
  const [slots, records, acting] = await Promise.all([
    nextSlots(deps, series),
    deps.store.records(id, since, present.toString()),
    actingOf(deps, actor),
  ]);
  const held = records.map(({ value }) => value);
  return {
    slots: slots.map((slot) => ({ occurrence: lineOf(slot), swappable: swappable(slot, slots, acting) })),
    // Today's presenters have not presented before their session is over.
    history: historyOf(series.rotation, held, present.add({ days: -1 }).toString()),
  };
}
