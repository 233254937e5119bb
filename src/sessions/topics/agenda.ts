import type { Actor } from '../../platform/actor.js';
import { z } from 'zod';
import { freshId, type OccurrenceId } from '../../platform/ids.js';
import { requirePermission } from '../../people/permissions.js';
import { assertNoPersonalData } from '../../content/personal-data.js';
import { parse } from '../../platform/validation.js';
import { changeOccurrence, recordOf, type OccurrenceMoved } from '../occurrences/change.js';
import { agendaSchema } from '../series/fields.js';
import { findOccurrence, type Found } from '../occurrences/reading.js';
import type { AgendaItem } from '../series/series.js';
import type { TopicDeps } from './topics.js';
import { actionContextOf } from '../../platform/aggregate.js';

const inputSchema = z.strictObject({ items: agendaSchema });
const looseItem = z.looseObject({ id: z.string().optional() });

/** The template of the series, or what was made of it for this day. */
function written({ series, record }: Found): readonly AgendaItem[] {
  return record?.value.agenda ?? series.value.agenda;
}

/** The topics that stand on the agenda without having a place in it. */
async function plannedItems({ topics }: TopicDeps, found: Found): Promise<AgendaItem[]> {
  const placed = new Set(written(found).map(({ id }) => id));
  const ids = (found.record?.value.topics ?? []).filter((id) => !placed.has(id));
  const all = await Promise.all(ids.map((id) => topics.topic(id)));
  return all.flatMap((topic) => {
    if (topic === undefined) return [];
    const { id, text, language, state } = topic.value;
    const isHere =
      state.status === 'done' || (state.status === 'planned' && state.occurrenceId === found.occurrence.id);
    return isHere ? [{ id, title: { [language]: text } }] : [];
  });
}

/** See {@link TopicService.agenda}. */
export async function agenda(
  deps: TopicDeps,
  actor: Actor,
  id: OccurrenceId,
): Promise<readonly AgendaItem[]> {
  requirePermission(actor, 'session:see');
  const found = await findOccurrence(deps, id);
  return [...written(found), ...(await plannedItems(deps, found))];
}

/** An item without an id is new. */
function withIds(items: unknown): unknown {
  if (!Array.isArray(items)) return items;
  return items.map((item: unknown): unknown => {
    const read = looseItem.safeParse(item);
    return read.success && read.data.id === undefined ? { ...read.data, id: freshId() } : item;
  });
}

/**
 * See {@link TopicService.setAgenda}. A planned topic that is not among the items still stands at the end: to take it off,
 * settle it.
 */
export async function setAgenda(
  deps: TopicDeps,
  actor: Actor,
  id: OccurrenceId,
  input: unknown,
): Promise<OccurrenceMoved> {
  requirePermission(actor, 'session:edit');
  const { items } = parse(inputSchema, { items: withIds(input) });
  assertNoPersonalData(
    Object.fromEntries(
      items.map(({ title }, index) => [`items.${index}.title`, Object.values(title).join('\n')]),
    ),
  );
  return changeOccurrence(deps, id, actionContextOf(deps, actor), (found) => {
    if (JSON.stringify(written(found)) === JSON.stringify(items)) return undefined;
    return { record: { ...recordOf(found), agenda: items }, event: { action: 'agenda' }, canUndo: true };
  });
}
