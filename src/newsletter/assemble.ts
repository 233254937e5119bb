import type { ProjectId, StoryId } from '../platform/ids.js';
import type { IssueShape, Story } from './types.js';

/** The stories of one project, in the order in which they are read. */
export interface Section<S> {
  readonly projectId: ProjectId;
  readonly stories: readonly S[];
}

/** An issue in reading order. The lead story stands on top and in no section. */
export interface Assembled<S> {
  readonly lead?: S;
  readonly sections: readonly Section<S>[];
}

type Sortable = Pick<Story, 'id' | 'projectId' | 'weight' | 'addedAt'>;

/** Heavier first, then the one that was placed earlier. */
function byWeightThenAge(one: Sortable, other: Sortable): number {
  if (one.weight !== other.weight) return other.weight - one.weight;
  if (one.addedAt !== other.addedAt) return one.addedAt < other.addedAt ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

/** Sorts by place in the given order; what it does not name keeps its place among itself, at the end. */
function inOrder<Value, Key>(
  values: readonly Value[],
  order: readonly Key[],
  key: (value: Value) => Key,
): Value[] {
  const places = new Map(order.map((name, index) => [name, index]));
  const place = (value: Value): number => places.get(key(value)) ?? order.length;
  return [...values].sort((one, other) => place(one) - place(other));
}

/**
 * Puts the stories of an issue in reading order: the lead story (chosen by hand, else the heaviest, then the
 * oldest), then a section for each project in the programme's order, in each by weight and age. An order given by
 * hand goes before.
 */
export function assemble<S extends Sortable>(
  stories: readonly S[],
  projects: readonly ProjectId[],
  { lead: chosen, arrangement }: Pick<IssueShape, 'lead' | 'arrangement'>,
): Assembled<S> {
  const sorted = [...stories].sort(byWeightThenAge);
  const lead = sorted.find((story) => story.id === chosen) ?? sorted[0];
  if (lead === undefined) return { sections: [] };
  const rest = inOrder<S, StoryId>(
    sorted.filter((story) => story !== lead),
    arrangement?.stories ?? [],
    (story) => story.id,
  );
  const present = [...new Set(rest.map((story) => story.projectId))];
  const usual = inOrder(present, projects, (projectId) => projectId);
  const sections = inOrder(usual, arrangement?.projects ?? [], (projectId) => projectId).map((projectId) => ({
    projectId,
    stories: rest.filter((story) => story.projectId === projectId),
  }));
  return { lead, sections };
}

/** All stories in reading order. */
export function inReadingOrder<S>({ lead, sections }: Assembled<S>): S[] {
  return [...(lead === undefined ? [] : [lead]), ...sections.flatMap((section) => section.stories)];
}
