import type { ProjectId, StoryId, IssueId, NewsId } from '../platform/ids.js';
import type { PersonRef } from '../platform/actor.js';
import { today, type Clock } from '../platform/clock.js';
import { publicLanguages, type Language, type PublicLanguage } from '../shared/languages.js';
import { projectNames, type Programme } from '../people/person.js';
import type { Deviations, UsedStatus } from '../content/deviation.js';
import { seenWhereUsed } from '../news/policy.js';
import type { NewsItem } from '../news/types.js';
import type { Actor } from '../platform/actor.js';
import type { IssueShape, Letter, Story, Issue, IssueStateName, Waiver, Weight } from './types.js';
import { gapsOf, languageState, shownText, stampOf, type Gap, type StoryWithItem } from './readiness.js';

/** The stories of one project, in the order in which they are read. */
export interface Section<S> {
  readonly projectId: ProjectId;
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

/**
 * Puts the stories of an issue in reading order: the lead story (chosen by hand, else the one that was placed first), then a
 * section for each project in the programme's order, in each by age. An order given by hand goes before. How long a story
 * is has no say in it.
 */
export function assemble<S extends Sortable>(
  stories: readonly S[],
  projects: readonly ProjectId[],
  { lead: chosen, arrangement, byWeight }: Pick<IssueShape, 'lead' | 'arrangement' | 'byWeight'>,
): Assembled<S> {
  const sorted = [...stories].sort((one, other) => inOrder(one, other, byWeight === true));
  const lead = sorted.find((story) => story.id === chosen) ?? sorted[0];
  if (lead === undefined) return { sections: [] };
  const rest = inGivenOrder<S, StoryId>(
    sorted.filter((story) => story !== lead),
    arrangement?.stories ?? [],
    (story) => story.id,
  );
  const present = [...new Set(rest.map((story) => story.projectId))];
  const usual = inGivenOrder(present, projects, (projectId) => projectId);
  const sections = inGivenOrder(usual, arrangement?.projects ?? [], (projectId) => projectId).map(
    (projectId) => ({
      projectId,
      stories: rest.filter((story) => story.projectId === projectId),
    }),
  );
  return { lead, sections };
}

/** All stories in reading order. */
export function inReadingOrder<S>({ lead, sections }: Assembled<S>): S[] {
  return [...(lead === undefined ? [] : [lead]), ...sections.flatMap((section) => section.stories)];
}

/** A story as the outline shows it. */
export interface StoryLine {
  readonly id: StoryId;
  readonly newsId: NewsId;
  readonly weight: Weight;
  readonly authorName: string;
  /** The title that each language's reader gets; the other language's where one is missing. */
  readonly titles: Readonly<Record<PublicLanguage, string>>;
  readonly languages: Readonly<Record<PublicLanguage, UsedStatus>>;
  readonly link?: string;
  /** ISO date before which the item must not be published, when that is still to come. */
  readonly notBefore?: string;
}

export interface SectionView {
  readonly projectId: ProjectId;
  readonly names: Readonly<Record<Language, string>>;
  readonly stories: readonly StoryLine[];
}

/** An issue in reading order, as the coordinator shapes it. */
export interface IssueView {
  readonly id: IssueId;
  readonly number: number;
  readonly status: IssueStateName;
  readonly deadline: string;
  readonly storyCount: number;
  /** How many stories are not ready, by language. */
  readonly notReady: Readonly<Record<PublicLanguage, number>>;
  /** Which stories and texts are shown: give it to `approve`, so that these and no others are approved. */
  readonly stamp: string;
  /** Whether the coordinator has given an order by hand, or chosen the lead story. */
  readonly arranged: boolean;
  readonly leadChosen: boolean;
  readonly lead?: StoryLine & { readonly projectId: ProjectId };
  readonly sections: readonly SectionView[];
  readonly letter: Letter;
  /** What the subject is where none was written. */
  readonly usualSubject: Readonly<Record<PublicLanguage, string>>;
  readonly sent?: { readonly at: string; readonly by?: PersonRef };
  readonly approved?: { readonly at: string; readonly by: PersonRef; readonly waivers: readonly Waiver[] };
}

/** A story with the item behind it, and what this issue says otherwise. */
export interface StoryView {
  readonly id: StoryId;
  readonly newsId: NewsId;
  readonly projectId: ProjectId;
  readonly weight: Weight;
  /** Absent only where it was erased. */
  readonly item?: NewsItem;
  readonly own: Deviations;
  readonly languages: Readonly<Record<PublicLanguage, UsedStatus>>;
}

/** What the overview shows of the open issue. */
export interface IssueOverview {
  readonly id: IssueId;
  readonly number: number;
  readonly status: IssueStateName;
  readonly deadline: string;
  readonly storyCount: number;
  readonly notReady: Readonly<Record<PublicLanguage, number>>;
}

/** A value for each public language. */
function perLanguage<Value>(make: (language: PublicLanguage) => Value): Record<PublicLanguage, Value> {
  return Object.fromEntries(publicLanguages.map((language) => [language, make(language)])) as Record<
    PublicLanguage,
    Value
  >;
}

/** A story as it is sorted: its project is the one that its item has now. */
type SortableStory = StoryWithItem & {
  readonly id: StoryWithItem['story']['id'];
  readonly projectId: ProjectId;
  readonly weight: Weight;
  readonly addedAt: string;
};

function sortable({ story, item }: StoryWithItem): SortableStory {
  const { id, weight, addedAt } = story;
  return { id, weight, addedAt, projectId: item?.projectId ?? story.projectId, story, ...(item && { item }) };
}

/** The stories of an issue in reading order. */
export function assembledIssue(
  issue: Issue,
  entries: readonly StoryWithItem[],
  programme: Programme,
): Assembled<SortableStory> {
  return assemble(
    entries.map(sortable),
    programme.projects.map((project) => project.id),
    issue,
  );
}

function storyLine(entry: SortableStory, date: string): StoryLine {
  const { story, item } = entry;
  const notBefore = item?.earliestDate;
  return {
    id: story.id,
    newsId: story.newsId,
    weight: story.weight,
    authorName: item?.author.name ?? '',
    titles: perLanguage((language) => shownText(entry, language)?.text.title ?? ''),
    languages: perLanguage((language) => languageState(entry, language)),
    ...(item?.link !== undefined && { link: item.link }),
    ...(notBefore !== undefined && notBefore > date && { notBefore }),
  };
}

function notReady(gaps: readonly Gap[]): Record<PublicLanguage, number> {
  return perLanguage((language) => gaps.filter((gap) => gap.language === language).length);
}

export function issueView(
  issue: Issue,
  entries: readonly StoryWithItem[],
  programme: Programme,
  clock: Clock,
): IssueView {
  const { lead, sections } = assembledIssue(issue, entries, programme);
  const date = today(clock).toString();
  const { state } = issue;
  return {
    ...overviewOf(issue, entries),
    stamp: stampOf(entries),
    arranged: issue.arrangement !== undefined,
    leadChosen: issue.lead !== undefined && issue.lead === lead?.id,
    ...(lead && { lead: { ...storyLine(lead, date), projectId: lead.projectId } }),
    sections: sections.map(({ projectId, stories }): SectionView => ({
      projectId,
      names: projectNames(programme, projectId),
      stories: stories.map((story) => storyLine(story, date)),
    })),
    letter: issue.letter ?? {},
    usualSubject: perLanguage((language) => (lead && shownText(lead, language)?.text.title) ?? ''),
    ...(state.status === 'sent' && {
      sent: { at: state.at, ...(state.otherwise && { by: state.otherwise.by }) },
    }),
    ...('approvedAt' in state && {
      approved: { at: state.approvedAt, by: state.approvedBy, waivers: state.waivers },
    }),
  };
}

export function overviewOf(issue: Issue, entries: readonly StoryWithItem[]): IssueOverview {
  const { id, number, state, deadline } = issue;
  return {
    id,
    number,
    status: state.status,
    deadline,
    storyCount: entries.length,
    notReady: notReady(gapsOf(entries)),
  };
}

/** @param actor who looks: those who neither review nor wrote the item see what readers may get of it. */
export function storyView(actor: Actor, entry: StoryWithItem): StoryView {
  const { story, item } = entry;
  const { id, newsId, weight, own } = story;
  return {
    id,
    newsId,
    projectId: item?.projectId ?? story.projectId,
    weight,
    ...(item && { item: seenWhereUsed(actor, item) }),
    own,
    languages: perLanguage((language) => languageState(entry, language)),
  };
}
