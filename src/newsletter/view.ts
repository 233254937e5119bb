import { today, type Clock } from '../platform/clock.js';
import type { ProjectId } from '../platform/ids.js';
import { publicLanguages, type Language, type PublicLanguage } from '../shared/languages.js';
import type { Programme } from '../people/person.js';
import { assemble, type Assembled } from './assemble.js';
import type { Issue, Weight } from './types.js';
import { gapsOf, languageState, shownWords, stampOf, type Gap, type StoryWithItem } from './readiness.js';
import type {
  IssueOverview,
  IssueView,
  SectionView,
  StoryLanguage,
  StoryLine,
  StoryView,
} from './service.js';

/** A value for each public language. */
function perLanguage<Value>(make: (language: PublicLanguage) => Value): Record<PublicLanguage, Value> {
  return Object.fromEntries(publicLanguages.map((language) => [language, make(language)])) as Record<
    PublicLanguage,
    Value
  >;
}

/** A story as it is sorted: its project is the one that its item has now. */
type Placed = StoryWithItem & {
  readonly id: StoryWithItem['story']['id'];
  readonly projectId: ProjectId;
  readonly weight: Weight;
  readonly addedAt: string;
};

function placed({ story, item }: StoryWithItem): Placed {
  const { id, weight, addedAt } = story;
  return { id, weight, addedAt, projectId: item?.projectId ?? story.projectId, story, ...(item && { item }) };
}

/** The stories of an issue in reading order. */
export function inOrder(
  issue: Issue,
  entries: readonly StoryWithItem[],
  programme: Programme,
): Assembled<Placed> {
  return assemble(
    entries.map(placed),
    programme.projects.map((project) => project.id),
    issue,
  );
}

/** The names of a project; its id where the programme does not know it any more. */
export function projectNames(programme: Programme, id: ProjectId): Readonly<Record<Language, string>> {
  return programme.projects.find((project) => project.id === id)?.names ?? { fi: id, sv: id, en: id };
}

function storyLine(entry: Placed, date: string): StoryLine {
  const { story, item } = entry;
  const notBefore = item?.earliestDate;
  return {
    id: story.id,
    newsId: story.newsId,
    weight: story.weight,
    authorName: item?.author.name ?? '',
    titles: perLanguage((language) => shownWords(entry, language)?.words.title ?? ''),
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
  const { lead, sections } = inOrder(issue, entries, programme);
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

export function storyView(entry: StoryWithItem): StoryView {
  const { story, item } = entry;
  return {
    id: story.id,
    newsId: story.newsId,
    projectId: item?.projectId ?? story.projectId,
    weight: story.weight,
    languages: perLanguage((language): StoryLanguage => {
      const text = item?.texts[language];
      const own = story.own[language];
      return {
        status: languageState(entry, language).status,
        ...(text && {
          item: { title: text.title, lead: text.lead, body: text.body, revision: text.revision },
        }),
        ...(own && { own }),
      };
    }),
  };
}
