import type { NewsService } from '../news/service.js';
import type { NewsItem } from '../news/types.js';
import { deterministicId, type StoryId } from '../platform/ids.js';
import { owedLanguages } from '../people/person.js';
import { languages, publicLanguages, type Language, type PublicLanguage } from '../shared/languages.js';
import { isWholeDeviation, usedStatus, withDeviation, type UsedStatus } from '../content/deviation.js';
import { textFor, type Text, type TextStatus, type Texts, type TextContent } from '../content/text.js';
import type { Assembled } from './arrangement.js';
import type { Heading, Issue, IssueState, LetterTexts, Pins, Story, Waiver } from './types.js';

/** A story with its item, which is missing only if it was erased. */
export interface StoryWithItem {
  readonly story: Story;
  readonly item?: NewsItem;
}

/** A story that is not ready in a language. */
export interface Gap {
  readonly storyId: StoryId;
  readonly language: PublicLanguage;
  readonly status: Exclude<TextStatus, 'ready'>;
}

const noTexts: Texts = {};

export function languageState({ story, item }: StoryWithItem, language: PublicLanguage): UsedStatus {
  return usedStatus(item?.texts ?? noTexts, story.own, language);
}

/** The languages in which a story is owed: those of its item. */
export const owedIn = ({ item }: Pick<StoryWithItem, 'item'>): readonly PublicLanguage[] =>
  owedLanguages(item ?? {});

/** Every story and language in which it is owed and not ready, in the order of the stories. */
export function gapsOf(stories: readonly StoryWithItem[]): Gap[] {
  return stories.flatMap((entry) =>
    owedIn(entry).flatMap((language): Gap[] => {
      const { status } = languageState(entry, language);
      return status === 'ready' ? [] : [{ storyId: entry.story.id, language, status }];
    }),
  );
}

type Spot = Pick<Gap, 'storyId' | 'language'>;

export const sameSpot = (one: Spot, other: Spot): boolean =>
  one.storyId === other.storyId && one.language === other.language;

/** The gaps for which nobody has given a reason. */
export function unwaived(gaps: readonly Gap[], waivers: readonly Waiver[]): Gap[] {
  return gaps.filter((gap) => !waivers.some((waiver) => sameSpot(waiver, gap)));
}

/** The waivers that answer a gap; others are of no use. */
export function needed(waivers: readonly Waiver[], gaps: readonly Gap[]): Waiver[] {
  return waivers.filter((waiver) => gaps.some((gap) => sameSpot(waiver, gap)));
}

/**
 * The revisions that readers get of the items: in each language the last one that somebody said is ready, so that no half of a
 * sentence goes out with a waiver; none where a story says all of it otherwise, or nobody has said so yet.
 */
export function pinsOf(stories: readonly StoryWithItem[]): Pins {
  return Object.fromEntries(
    stories.map(({ story, item }) => {
      const revisions = publicLanguages.flatMap((language) => {
        const text = item?.texts[language];
        const own = story.own[language];
        const isShown = own === undefined || !isWholeDeviation(own);
        return text === undefined || text.ready === 0 || !isShown ? [] : [[language, text.ready] as const];
      });
      return [story.id, Object.fromEntries(revisions)];
    }),
  );
}

const letterParts = ['subject', 'preheader', 'greeting', 'signOff'] as const satisfies (keyof LetterTexts)[];

/**
 * A short hash over what an approval covers, which is all that readers get: what the mails say around the stories, the
 * stories in their order under their headings, and in each language their own text or the revision that would be pinned.
 * Another one means that readers would get something else than was seen.
 */
export function stampOf(
  { deadline, letter }: Pick<Issue, 'deadline' | 'letter'>,
  { lead, sections }: Assembled<StoryWithItem>,
): string {
  const around = publicLanguages.map((language) =>
    letterParts.map((part) => letter?.[language]?.[part] ?? ''),
  );
  const storyPart = (entry: StoryWithItem): unknown[] => {
    const { story, item } = entry;
    const pins = pinsOf([entry])[story.id];
    const texts = publicLanguages.map((language) => {
      const own = story.own[language];
      return [own?.title, own?.lead, own?.body, pins?.[language] ?? 0];
    });
    return [story.id, story.weight, item?.projectId ?? story.projectId, texts, item?.link ?? ''];
  };
  // A heading without stories is in no mail.
  const shown = sections.filter(({ stories }) => stories.length > 0);
  const laid = shown.map(({ heading, stories }) => [heading && headingPart(heading), stories.map(storyPart)]);
  const all = [deadline, around, lead && storyPart(lead), laid];
  return deterministicId('issueStamp', JSON.stringify(all));
}

/** A heading with its languages in a fixed order. */
const headingPart = (heading: Heading): string | readonly string[] =>
  'own' in heading ? publicLanguages.map((language) => heading.own[language]) : heading.projectId;

/** A text with its language: the other one where the wanted language has none. */
export interface ShownText {
  readonly language: Language;
  readonly text: TextContent;
}

/**
 * What a reader of a language gets: the item's text with what this issue says otherwise, else the same from the other
 * language, so that a reader learns of it at all; nothing where there is no text.
 */
export function shownText({ story, item }: StoryWithItem, wanted: PublicLanguage): ShownText | undefined {
  const texts = item?.texts ?? noTexts;
  for (const language of [wanted, ...publicLanguages]) {
    const text = withDeviation(texts[language], story.own[language]);
    if (text !== undefined) return { language, text };
  }
  const found = textFor(texts, wanted);
  return found && { language: found.language, text: found.text };
}

/** Whether no reader would get anything of a story, in whichever language. */
export function saysNothing(entry: StoryWithItem): boolean {
  return publicLanguages.every((language) => shownText(entry, language) === undefined);
}

async function pinnedItem(
  news: Pick<NewsService, 'revision'>,
  item: NewsItem,
  pins: Partial<Record<PublicLanguage, number>>,
): Promise<NewsItem> {
  const texts: Record<string, Text> = {};
  // The English one is shown where there is no other: it is no outlet's, so nothing pins it.
  for (const language of languages) {
    const revision = language === 'en' ? item.texts.en?.ready : pins[language];
    const current = item.texts[language];
    if (revision === undefined || revision === 0) continue;
    if (current?.revision === revision) texts[language] = current;
    else {
      const pinned = await news.revision(item.id, language, revision);
      if (pinned !== undefined) texts[language] = { ...pinned, ready: revision, checked: {} };
    }
  }
  return { ...item, texts: texts satisfies Texts };
}

/**
 * The stories with the texts that readers get: those that were approved, and of an issue that is not approved yet those that an
 * approval would pin now, so that its mail can be judged before.
 */
export async function withPinnedTexts(
  news: Pick<NewsService, 'revision'>,
  state: IssueState,
  entries: readonly StoryWithItem[],
): Promise<readonly StoryWithItem[]> {
  const pins = 'pins' in state ? state.pins : pinsOf(entries);
  return Promise.all(
    entries.map(async ({ story, item }) =>
      item === undefined ? { story } : { story, item: await pinnedItem(news, item, pins[story.id] ?? {}) },
    ),
  );
}
