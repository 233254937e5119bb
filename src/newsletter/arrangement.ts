import type { ProjectId, StoryId } from '../platform/ids.js';
import { isSame, isSameOrder } from '../shared/merge.js';
import type { Arrangement, Heading, IssueShape, LaidSection, Story } from './types.js';

/** The stories under one heading, in the order in which they are read. Only the first section may have none. */
export interface Section<S> {
  /** Of a project's heading the project's own. */
  readonly id: string;
  readonly heading?: Heading;
  readonly stories: readonly S[];
}

/** An issue in reading order. The lead story comes first and is in no section. */
export interface Assembled<S> {
  readonly lead?: S;
  readonly sections: readonly Section<S>[];
}

type Sortable = Pick<Story, 'id' | 'projectId' | 'weight' | 'addedAt'>;

/** The one that was placed earlier first; in issues of before the longer one first. */
function inOrder(one: Sortable, other: Sortable, byWeight: boolean): number {
  if (byWeight && one.weight !== other.weight) return other.weight - one.weight;
  if (one.addedAt !== other.addedAt) return one.addedAt < other.addedAt ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

/** Sorts by place in the given order; what it does not name keeps its place among itself, at the end. */
function inGivenOrder<Value, Key>(
  values: readonly Value[],
  order: readonly Key[],
  key: (value: Value) => Key,
): Value[] {
  const places = new Map(order.map((name, index) => [name, index]));
  const place = (value: Value): number => places.get(key(value)) ?? order.length;
  return [...values].sort((one, other) => place(one) - place(other));
}

function projectSection<S>(projectId: ProjectId, stories: readonly S[]): Section<S> {
  return { id: projectId, heading: { projectId }, stories };
}

/** A section for each project, in the order given by hand, else in the programme's. */
function byProject<S extends Sortable>(
  stories: readonly S[],
  projects: readonly ProjectId[],
  arrangement: Arrangement | undefined,
): Section<S>[] {
  const rest = inGivenOrder<S, StoryId>(stories, arrangement?.stories ?? [], (story) => story.id);
  const present = [...new Set(rest.map((story) => story.projectId))];
  const usual = inGivenOrder(present, projects, (projectId) => projectId);
  return inGivenOrder(usual, arrangement?.projects ?? [], (projectId) => projectId).map((projectId) =>
    projectSection(
      projectId,
      rest.filter((story) => story.projectId === projectId),
    ),
  );
}

const projectOf = ({ heading }: Pick<Section<unknown>, 'heading'>): ProjectId | undefined =>
  heading !== undefined && 'projectId' in heading ? heading.projectId : undefined;

/**
 * The sections with a story that came later: under the heading of its project, else at the end. There it begins a section of
 * its own where it would otherwise stand under the name of another project, which readers would take for its own.
 */
function withLater<S extends Sortable>(sections: readonly Section<S>[], story: S): Section<S>[] {
  const own = sections.findIndex((section) => projectOf(section) === story.projectId);
  const last = sections.at(-1);
  if (own < 0 && (last === undefined || projectOf(last) !== undefined))
    return [...sections, projectSection(story.projectId, [story])];
  const to = own < 0 ? sections.length - 1 : own;
  return sections.map((section, index) =>
    index === to ? { ...section, stories: [...section.stories, story] } : section,
  );
}

/** What a section is known by: its project, so that a project's heading is there once; of one's own what whoever wrote it named it. */
export function sectionId(named: string, heading: Heading | undefined): string {
  if (heading === undefined) return 'top';
  if ('projectId' in heading) return heading.projectId;
  return named.startsWith('own-') ? named : `own-${named}`;
}

/** The sections as they were laid by hand, with what came later. */
function asLaid<S extends Sortable>(stories: readonly S[], layout: readonly LaidSection[]): Section<S>[] {
  const known = new Map<string, S>(stories.map((story) => [story.id, story]));
  const take = (id: StoryId): S[] => {
    const story = known.get(id);
    known.delete(id);
    return story === undefined ? [] : [story];
  };
  const laid = layout.map(({ id, heading, stories: ids }): Section<S> => ({
    id,
    ...(heading && { heading }),
    stories: ids.flatMap(take),
  }));
  // One without a heading is there for its stories alone.
  const shown = laid.filter((section) => section.heading !== undefined || section.stories.length > 0);
  return [...known.values()].reduce(withLater, shown);
}

/**
 * Puts the stories of an issue in reading order: the lead story (chosen by hand, else the one that was placed first), then
 * the sections as they were laid by hand; else a section for each project in the programme's order, in each by age. How long
 * a story is has no say in it.
 */
export function assemble<S extends Sortable>(
  stories: readonly S[],
  projects: readonly ProjectId[],
  { lead: chosen, arrangement, byWeight }: Pick<IssueShape, 'lead' | 'arrangement' | 'byWeight'>,
): Assembled<S> {
  const sorted = [...stories].sort((one, other) => inOrder(one, other, byWeight === true));
  const lead = sorted.find((story) => story.id === chosen) ?? sorted[0];
  if (lead === undefined) return { sections: [] };
  const rest = sorted.filter((story) => story !== lead);
  const sections =
    arrangement?.layout === undefined
      ? byProject(rest, projects, arrangement)
      : asLaid(rest, arrangement.layout);
  return { lead, sections };
}

/** All stories in reading order. */
export function inReadingOrder<S>({ lead, sections }: Assembled<S>): S[] {
  return [...(lead === undefined ? [] : [lead]), ...sections.flatMap((section) => section.stories)];
}

/** Sections that say the order alone. */
export function layoutOf(sections: readonly Section<Pick<Story, 'id'>>[]): LaidSection[] {
  return sections.map(({ id, heading, stories }) => ({
    id,
    ...(heading && { heading }),
    stories: stories.map((story) => story.id),
  }));
}

/** An order by projects, as sections. */
export function layoutByProject(
  { projects, stories: order }: Pick<Arrangement, 'projects' | 'stories'>,
  stories: readonly Pick<Story, 'id' | 'projectId'>[],
): LaidSection[] {
  const projectOfStory = new Map(stories.map(({ id, projectId }) => [id, projectId]));
  return projects.map((projectId) => ({
    id: projectId,
    heading: { projectId },
    stories: order.filter((story) => projectOfStory.get(story) === projectId),
  }));
}

/** What an order by sections is stored as; the lists beside it are for a release that knows no sections. */
export function arrangementOf(layout: readonly LaidSection[]): Arrangement {
  const projects = layout.flatMap((section) => projectOf(section) ?? []);
  return { projects, stories: layout.flatMap(({ stories }) => stories), layout };
}

/**
 * Whether two orders are alike for what both have: the same headings and stories in the same order, each story under the same
 * heading. A heading that somebody wrote has to be in both; stories and the headings of projects come and go by themselves.
 */
export function isAlike(one: readonly LaidSection[], other: readonly LaidSection[]): boolean {
  const places = (layout: readonly LaidSection[]): Map<StoryId, string> =>
    new Map(layout.flatMap(({ id, stories }) => stories.map((story) => [story, id] as const)));
  const headings = (layout: readonly LaidSection[]): Map<string, Heading | undefined> =>
    new Map(layout.map(({ id, heading }) => [id, heading]));
  const order = (layout: readonly LaidSection[]): string[] =>
    layout.flatMap(({ id, stories }) => [`heading ${id}`, ...stories]);
  const [ours, theirs] = [places(one), places(other)];
  const isWritten = ({ heading }: LaidSection): boolean => heading !== undefined && 'own' in heading;
  const hasAll = (layout: readonly LaidSection[], of: Map<string, Heading | undefined>): boolean =>
    layout.every((section) =>
      of.has(section.id) ? isSame(section.heading, of.get(section.id)) : !isWritten(section),
    );
  return (
    isSameOrder(order(one), order(other)) &&
    [...ours].every(([story, id]) => !theirs.has(story) || theirs.get(story) === id) &&
    hasAll(one, headings(other)) &&
    hasAll(other, headings(one))
  );
}
