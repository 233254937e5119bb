import type { IssueView, StoryLine, SectionView } from '../../../src/newsletter/view.js';
import { publicLanguages, type Language, type PublicLanguage } from '../../../src/shared/languages.js';

/** The public language to show titles in: the person's own where it is one. */
export function titleLanguage(language: Language): PublicLanguage {
  return publicLanguages.find((candidate) => candidate === language) ?? 'fi';
}

/** All stories of an issue in reading order. */
export function storiesOf({ lead, sections }: IssueView): readonly StoryLine[] {
  return [...(lead === undefined ? [] : [lead]), ...sections.flatMap((section) => section.stories)];
}

/** Body of PUT /api/newsletter/:id/order. */
export interface OrderBody {
  readonly projects: readonly string[];
  readonly stories: readonly string[];
}

/** Where a story stands: its section and its place there, from 0. */
export interface Place {
  readonly section: SectionView;
  readonly index: number;
}

export function placeOf(issue: IssueView, storyId: string): Place | undefined {
  for (const section of issue.sections) {
    const index = section.stories.findIndex((story) => story.id === storyId);
    if (index >= 0) return { section, index };
  }
  return undefined;
}

function moved<Value>(values: readonly Value[], from: number, to: number): Value[] {
  const rest = values.filter((_, index) => index !== from);
  const value = values[from];
  return value === undefined ? rest : [...rest.slice(0, to), value, ...rest.slice(to)];
}

/** The issue with a story at another place of its section; undefined when there is no such place or it stands there. */
export function withStoryAt(issue: IssueView, storyId: string, to: number): IssueView | undefined {
  const place = placeOf(issue, storyId);
  if (place === undefined || to < 0 || to >= place.section.stories.length || to === place.index)
    return undefined;
  const stories: StoryLine[] = moved(place.section.stories, place.index, to);
  const sections = issue.sections.map((section) =>
    section === place.section ? { ...section, stories } : section,
  );
  return { ...issue, sections, arranged: true };
}

/** The issue with a section moved among the others; undefined at the ends. */
export function withSectionAt(issue: IssueView, projectId: string, to: number): IssueView | undefined {
  const from = issue.sections.findIndex((section) => section.projectId === projectId);
  if (from < 0 || to < 0 || to >= issue.sections.length || to === from) return undefined;
  return { ...issue, sections: moved(issue.sections, from, to), arranged: true };
}

export function orderBody({ sections }: IssueView): OrderBody {
  return {
    projects: sections.map((section) => section.projectId),
    stories: sections.flatMap((section) => section.stories.map((story) => story.id)),
  };
}

/** The lead story as far as somebody has chosen it: what a change of it replaces. */
export function leadOf({ lead, leadChosen }: IssueView): { readonly lead: string | null } {
  return { lead: leadChosen ? (lead?.id ?? null) : null };
}
