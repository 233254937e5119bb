import type { ProjectId, StoryId, IssueId, NewsId } from '../platform/ids.js';
import { isOnePerson, type Actor, type PersonRef } from '../platform/actor.js';
import { today, type Clock } from '../platform/clock.js';
import { publicLanguages, type Language, type PublicLanguage } from '../shared/languages.js';
import { approvalsOf, projectNames, type Programme } from '../people/person.js';
import type { Deviations, UsedStatus } from '../content/deviation.js';
import { seenWhereUsed } from '../news/policy.js';
import type { NewsItem } from '../news/types.js';
import { assemble, type Assembled } from './arrangement.js';
import { approverOf, issueMay, type IssueMay } from './policy.js';
import type {
  FirstApproval,
  Heading,
  Letter,
  Issue,
  IssueStateName,
  SentBack,
  Waiver,
  Weight,
} from './types.js';
import {
  gapsOf,
  owedIn,
  languageState,
  shownText,
  stampOf,
  type Gap,
  type StoryWithItem,
} from './readiness.js';

/** A story as the outline shows it. */
export interface StoryLine {
  readonly id: StoryId;
  readonly newsId: NewsId;
  readonly projectId: ProjectId;
  readonly weight: Weight;
  readonly authorName: string;
  /** The title that each language's reader gets; the other language's where one is missing. */
  readonly titles: Readonly<Record<PublicLanguage, string>>;
  /** In which languages it is owed. */
  readonly owed: readonly PublicLanguage[];
  readonly languages: Readonly<Record<PublicLanguage, UsedStatus>>;
  readonly link?: string;
  /** ISO date before which the item must not be published, when that is still to come. */
  readonly notBefore?: string;
}

/** A heading, and what it says in each language. */
export type HeadingView = Heading & { readonly names: Readonly<Record<Language, string>> };

/** The stories under one heading. */
export interface SectionView {
  readonly id: string;
  /** Where it has none, nothing stands above its stories. */
  readonly heading?: HeadingView;
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
  /** All that readers would get: give it to `approve`, so that this and nothing else is approved. */
  readonly stamp: string;
  /** Whether the coordinator has given an order by hand, or chosen the lead story. */
  readonly arranged: boolean;
  readonly leadChosen: boolean;
  readonly lead?: StoryLine;
  readonly sections: readonly SectionView[];
  readonly letter: Letter;
  /** What the subject is where none was written. */
  readonly usualSubject: Readonly<Record<PublicLanguage, string>>;
  readonly sent?: { readonly at: string; readonly by?: PersonRef };
  readonly approved?: {
    readonly at: string;
    readonly by: PersonRef;
    /** Who approved it before, where two had to. */
    readonly first?: PersonRef;
    readonly waivers: readonly Waiver[];
  };
  readonly approvals: {
    /** How many have to approve it. */
    readonly required: 1 | 2;
    /** Who has, while what they approved is as it was. */
    readonly first?: Omit<FirstApproval, 'stamp'>;
    /** Whether the one who looks was that, and another has to. */
    readonly needsAnother: boolean;
  };
  readonly sentBack?: SentBack;
  readonly may: IssueMay;
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
  /** Who approved it first, where another has to. */
  readonly firstBy?: PersonRef;
}

/** A value for each public language. */
function perLanguage<Value>(make: (language: PublicLanguage) => Value): Record<PublicLanguage, Value> {
  return Object.fromEntries(publicLanguages.map((language) => [language, make(language)])) as Record<
    PublicLanguage,
    Value
  >;
}

/** A story as it is sorted: its project is the one that its item has now. */
export type SortableStory = StoryWithItem & {
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

/** What a heading says in each language; people write it in the languages of the readers. */
export function headingNames(heading: Heading, programme: Programme): Readonly<Record<Language, string>> {
  return 'own' in heading
    ? { ...heading.own, en: heading.own.fi }
    : projectNames(programme, heading.projectId);
}

function storyLine(entry: SortableStory, date: string): StoryLine {
  const { story, item, projectId } = entry;
  const notBefore = item?.earliestDate;
  return {
    id: story.id,
    owed: owedIn(entry),
    newsId: story.newsId,
    projectId,
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
  { clock, actor }: { readonly clock: Clock; readonly actor: Actor },
): IssueView {
  const assembled = assembledIssue(issue, entries, programme);
  const { lead, sections } = assembled;
  const date = today(clock).toString();
  const { state } = issue;
  const stamp = stampOf(issue, assembled);
  const given = state.status === 'drafting' ? state.firstApproval : undefined;
  const { firstBy: _first, ...overview } = overviewOf(issue, entries);
  return {
    ...overview,
    stamp,
    approvals: approvalsView(
      actor,
      approvalsOf(programme).newsletter,
      given?.stamp === stamp ? given : undefined,
    ),
    ...(state.status === 'drafting' && state.sentBack && { sentBack: state.sentBack }),
    may: issueMay(actor, state.status),
    arranged: issue.arrangement !== undefined,
    leadChosen: issue.lead !== undefined && issue.lead === lead?.id,
    ...(lead && { lead: storyLine(lead, date) }),
    sections: sections.map(({ id, heading, stories }): SectionView => ({
      id,
      ...(heading && { heading: { ...heading, names: headingNames(heading, programme) } }),
      stories: stories.map((story) => storyLine(story, date)),
    })),
    letter: issue.letter ?? {},
    usualSubject: perLanguage((language) => (lead && shownText(lead, language)?.text.title) ?? ''),
    ...(state.status === 'sent' && {
      sent: { at: state.at, ...(state.otherwise && { by: state.otherwise.by }) },
    }),
    ...('approvedAt' in state && {
      approved: {
        at: state.approvedAt,
        by: state.approvedBy,
        ...(state.first && { first: state.first.by }),
        waivers: state.waivers,
      },
    }),
  };
}

function approvalsView(
  actor: Actor,
  required: 1 | 2,
  first: FirstApproval | undefined,
): IssueView['approvals'] {
  if (first === undefined) return { required, needsAnother: false };
  const { at, by, waivers } = first;
  return {
    required,
    first: { at, by, waivers },
    needsAnother: required === 2 && isOnePerson(by, approverOf(actor)),
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
    ...(state.status === 'drafting' && state.firstApproval && { firstBy: state.firstApproval.by }),
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
