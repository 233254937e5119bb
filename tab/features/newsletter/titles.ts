import { publicLanguages, type Language, type PublicLanguage } from '../../../src/shared/languages.js';
import type { IssueView, StoryLine } from '../../../src/newsletter/view.js';

/** The public language to show titles in: the person's own where it is one. */
export function titleLanguage(language: Language): PublicLanguage {
  return publicLanguages.find((candidate) => candidate === language) ?? 'fi';
}

/** All stories of an issue in reading order. */
export function storiesOf({ lead, sections }: IssueView): readonly StoryLine[] {
  return [...(lead === undefined ? [] : [lead]), ...sections.flatMap((section) => section.stories)];
}
