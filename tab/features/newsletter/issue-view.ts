import type { Heading, LaidSection } from '../../../src/newsletter/types.js';
import type { HeadingView, IssueView, StoryLine, SectionView } from '../../../src/newsletter/view.js';
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
  readonly sections: readonly LaidSection[];
}

/** A place for a story: a section, and how many stories stand there before it. */
export interface Spot {
  readonly section: string;
  readonly index: number;
}

/** The section that has no heading; it comes first. */
const topSection = 'top';
export const isTop = ({ heading }: SectionView): boolean => heading === undefined;

export function placeOf({ sections }: IssueView, storyId: string): Spot | undefined {
  for (const { id, stories } of sections) {
    const index = stories.findIndex((story) => story.id === storyId);
    if (index >= 0) return { section: id, index };
  }
  return undefined;
}

function moved<Value>(values: readonly Value[], from: number, to: number): Value[] {
  const rest = values.filter((_, index) => index !== from);
  const value = values[from];
  return value === undefined ? rest : [...rest.slice(0, to), value, ...rest.slice(to)];
}

/** The sections arranged by hand; one without a heading is there for its stories alone. */
function arranged(issue: IssueView, sections: readonly SectionView[]): IssueView {
  const shown = sections.filter((section) => !isTop(section) || section.stories.length > 0);
  return { ...issue, sections: shown, arranged: true };
}

/** Where a story comes by one step: over the headings too, and above the first of them. Undefined at the ends. */
export function stepOf({ sections }: IssueView, { section, index }: Spot, by: -1 | 1): Spot | undefined {
  const at = sections.findIndex(({ id }) => id === section);
  const here = sections[at];
  if (here === undefined) return undefined;
  const to = index + by;
  if (to >= 0 && to < here.stories.length) return { section, index: to };
  const next = sections[at + by];
  if (next !== undefined) return { section: next.id, index: by < 0 ? next.stories.length : 0 };
  return by < 0 && !isTop(here) ? { section: topSection, index: 0 } : undefined;
}

/**
 * The issue with a story at another place, in whichever section; undefined when there is no such place or it stands there.
 * The index counts without the story itself.
 */
export function withStoryAt(
  issue: IssueView,
  storyId: string,
  { section, index }: Spot,
): IssueView | undefined {
  const from = placeOf(issue, storyId);
  const story = storiesOf(issue).find(({ id }) => id === storyId);
  if (from === undefined || story === undefined) return undefined;
  if (from.section === section && from.index === index) return undefined;
  const without = issue.sections.map((each) => ({
    ...each,
    stories: each.stories.filter((other) => other !== story),
  }));
  const begun =
    section === topSection && !issue.sections.some(isTop)
      ? [{ id: topSection, stories: [] }, ...without]
      : without;
  const room = begun.find(({ id }) => id === section)?.stories.length ?? -1;
  if (index < 0 || index > room) return undefined;
  const sections = begun.map((each) =>
    each.id === section
      ? { ...each, stories: [...each.stories.slice(0, index), story, ...each.stories.slice(index)] }
      : each,
  );
  return arranged(issue, sections);
}

/** The issue with a section moved among the others; undefined at the ends, and above the one that has no heading. */
export function withSectionAt(issue: IssueView, id: string, to: number): IssueView | undefined {
  const from = issue.sections.findIndex((section) => section.id === id);
  const first = issue.sections.some(isTop) ? 1 : 0;
  if (from < first || to < first || to >= issue.sections.length || to === from) return undefined;
  return arranged(issue, moved(issue.sections, from, to));
}

/**
 * The issue with one heading more: above a story, which takes what follows it in its section along; else at the end.
 * @param id of a project's heading its project, of one's own any other.
 */
export function withHeading(
  issue: IssueView,
  { id, heading, above }: { readonly id: string; readonly heading: HeadingView; readonly above?: string },
): IssueView {
  const place = above === undefined ? undefined : placeOf(issue, above);
  if (place === undefined) return arranged(issue, [...issue.sections, { id, heading, stories: [] }]);
  const sections = issue.sections.flatMap((section): SectionView[] =>
    section.id === place.section
      ? [
          { ...section, stories: section.stories.slice(0, place.index) },
          { id, heading, stories: section.stories.slice(place.index) },
        ]
      : [section],
  );
  return arranged(issue, sections);
}

/** The issue with another heading over the same stories; `to` as for {@link withHeading}. */
export function withOtherHeading(
  issue: IssueView,
  id: string,
  to: { readonly id: string; readonly heading: HeadingView },
): IssueView {
  return arranged(
    issue,
    issue.sections.map((section) => (section.id === id ? { ...section, ...to } : section)),
  );
}

/** The issue without a heading: its stories follow those above it. */
export function withoutHeading(issue: IssueView, id: string): IssueView {
  const sections = issue.sections.reduce<readonly SectionView[]>((kept, section) => {
    if (section.id !== id) return [...kept, section];
    const above = kept.at(-1);
    if (above === undefined) return [{ id: topSection, stories: section.stories }];
    return [...kept.slice(0, -1), { ...above, stories: [...above.stories, ...section.stories] }];
  }, []);
  return arranged(issue, sections);
}

function headingOf(heading: HeadingView): Heading {
  return 'own' in heading ? { own: heading.own } : { projectId: heading.projectId };
}

export function orderBody({ sections }: IssueView): OrderBody {
  return {
    sections: sections.map(({ id, heading, stories }) => ({
      id,
      ...(heading && { heading: headingOf(heading) }),
      stories: stories.map((story) => story.id),
    })),
  };
}

/** The lead story as far as somebody has chosen it: what a change of it replaces. */
export function leadOf({ lead, leadChosen }: IssueView): { readonly lead: string | null } {
  return { lead: leadChosen ? (lead?.id ?? null) : null };
}
