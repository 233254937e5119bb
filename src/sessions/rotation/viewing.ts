import { today } from '../../platform/clock.js';
import type { OccurrenceId, SeriesId } from '../../platform/ids.js';
import type { Actor } from '../../news/service.js';
import { demand } from '../../people/permissions.js';
import { findSeries } from '../occurrences/change.js';
import { presentedBy } from './fair-order.js';
import type { Occurrence, OccurrenceRecord } from '../occurrences/occurrence.js';
import { lineOf, occurrencesOf } from '../occurrences/reading.js';
import type { RotationSettings, Series } from '../series/series.js';
import type { RotationView } from '../service.js';
import { actingOf, actsFor, projectOf, type Acting, type TakingParts } from './deps.js';

const mostSlots = 12;
/** Days ahead: enough for twelve monthly slots, and then for twelve of a series that comes round a few times a year. */
const spans = [400, 1_500] as const;
/** Days back: two years, as far as a rotation remembers. */
const historyDays = 730;

async function nextSlots(parts: TakingParts, series: Series): Promise<readonly Occurrence[]> {
  const from = today(parts.clock);
  const now = parts.clock.now().toString();
  let slots: readonly Occurrence[] = [];
  for (const days of spans) {
    const all = await occurrencesOf(parts, series, from.toString(), from.add({ days }).toString());
    slots = all.filter(({ is, end }) => is.state !== 'cancelled' && end > now).slice(0, mostSlots);
    if (slots.length === mostSlots || series.is.state === 'ended') break;
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

/** The next slots with who presents, and who did before. */
export async function rotation(parts: TakingParts, actor: Actor, id: SeriesId): Promise<RotationView> {
  demand(actor, 'session:see');
  const { value: series } = await findSeries(parts.store, id);
  if (series.rotation === undefined) return { slots: [], history: [] };
  const present = today(parts.clock);
  const since = present.add({ days: -historyDays }).toString();
  const [slots, records, acting] = await Promise.all([
    nextSlots(parts, series),
    parts.store.records(id, since, present.toString()),
    actingOf(parts, actor),
  ]);
  const held = records.map(({ value }) => value);
  return {
    slots: slots.map((slot) => ({ occurrence: lineOf(slot), swappable: swappable(slot, slots, acting) })),
    // Today's presenters have not presented before their session is over.
    history: historyOf(series.rotation, held, present.add({ days: -1 }).toString()),
  };
}
