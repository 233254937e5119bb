import { publicLanguages, type PublicLanguage } from '../shared/languages.js';
import type { Text, Texts } from '../content/text.js';
import type { NewsletterDeps } from './changing.js';
import type { IssueState } from './types.js';
import type { StoryWithItem } from './readiness.js';

type Item = NonNullable<StoryWithItem['item']>;

async function pinnedText(
  { news }: NewsletterDeps,
  item: Item,
  language: PublicLanguage,
  revision: number,
): Promise<Text | undefined> {
  const standing = item.texts[language];
  if (standing?.revision === revision) return standing;
  const found = await news.revision(item.id, language, revision);
  return found && { ...found, checked: {} };
}

async function pinned(
  deps: NewsletterDeps,
  { story, item }: StoryWithItem & { item: Item },
  pins: Partial<Record<PublicLanguage, number>>,
): Promise<StoryWithItem> {
  const texts: Record<string, Text> = {};
  if (item.texts.en !== undefined) texts.en = item.texts.en;
  for (const language of publicLanguages) {
    const revision = pins[language];
    const text = revision === undefined ? undefined : await pinnedText(deps, item, language, revision);
    if (text !== undefined) texts[language] = text;
  }
  return { story, item: { ...item, texts: texts satisfies Texts } };
}

/** The stories with the words that were approved; as they stand where nothing has been approved. */
export async function withPinnedWords(
  deps: NewsletterDeps,
  is: IssueState,
  entries: readonly StoryWithItem[],
): Promise<readonly StoryWithItem[]> {
  if (!('pins' in is)) return entries;
  return Promise.all(
    entries.map(async ({ story, item }) =>
      item === undefined ? { story } : pinned(deps, { story, item }, is.pins[story.id] ?? {}),
    ),
  );
}
