import type { AgendaItem } from '../../../../src/sessions/series/series.js';

/** The items with one of them moved a step. */
export function moved(items: readonly AgendaItem[], index: number, by: 1 | -1): readonly AgendaItem[] {
  const to = index + by;
  const [one, other] = [items[index], items[to]];
  if (one === undefined || other === undefined) return items;
  return items.map((item, at) => (at === index ? other : at === to ? one : item));
}

/** How long the items take together, in minutes. */
export function minutesOf(items: readonly AgendaItem[]): number {
  return items.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0);
}

/** The items that say something. */
export function filled(items: readonly AgendaItem[]): readonly AgendaItem[] {
  return items.filter(({ title }) => Object.values(title).some((text) => text.trim() !== ''));
}
