import type { PublicLanguage } from '../../../../src/shared/languages.js';
import type { TextContent } from '../../../../src/content/text.js';
import { remember, remembered } from '../../../shared/chosen.js';

/** A text for a story that is not saved yet, kept on this device until it is. */
export interface StoryDraft {
  readonly words: TextContent;
  /**
   * When the issue's own words, over which these were written, were saved; null where there were none. Absent while
   * the words that this person saved just before have not come back from the server.
   */
  readonly replaces?: string | null;
}

export interface StoryDraftPlace {
  readonly personId: string;
  /** Address of the story. */
  readonly path: string;
  readonly language: PublicLanguage;
}

const keyOf = ({ personId, path, language }: StoryDraftPlace): string =>
  `storyDraft.${personId}.${path}.${language}`;

function isStoryDraft(value: unknown): value is StoryDraft {
  if (typeof value !== 'object' || value === null || !('words' in value)) return false;
  const { words } = value;
  if (typeof words !== 'object' || words === null) return false;
  const replaces: unknown = 'replaces' in value ? value.replaces : null;
  if (replaces !== null && typeof replaces !== 'string') return false;
  return ['title', 'lead', 'body'].every(
    (field) => typeof (words as Record<string, unknown>)[field] === 'string',
  );
}

export function readStoryDraft(place: StoryDraftPlace): StoryDraft | undefined {
  try {
    const draft: unknown = JSON.parse(remembered(keyOf(place)) ?? 'null');
    return isStoryDraft(draft) ? draft : undefined;
  } catch {
    return undefined;
  }
}

export function keepStoryDraft(place: StoryDraftPlace, draft: StoryDraft | undefined): void {
  remember(keyOf(place), draft === undefined ? undefined : JSON.stringify(draft));
}
