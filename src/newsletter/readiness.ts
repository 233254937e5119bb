import type { NewsItem } from '../news/types.js';
import { deterministicId, type StoryId } from '../platform/ids.js';
import { publicLanguages, type Language, type PublicLanguage } from '../shared/languages.js';
import { textStatus, textFor, type TextStatus, type Texts, type TextContent } from '../content/text.js';
import type { Pins, Story, Waiver } from './types.js';

/** A story with the item that it tells of; the item is missing only if it was erased. */
export interface StoryWithItem {
  readonly story: Story;
  readonly item?: NewsItem;
}

/** How a story stands in one language: its status, and whether its words are its own. */
export interface LanguageState {
  readonly status: TextStatus;
  readonly own: boolean;
}

/** A story that is not ready in a language. */
export interface Gap {
  readonly storyId: StoryId;
  readonly language: PublicLanguage;
  readonly status: Exclude<TextStatus, 'ready'>;
}

const noTexts: Texts = {};

/** Own words are behind when the item's text was edited after they were written. */
export function languageState({ story, item }: StoryWithItem, language: PublicLanguage): LanguageState {
  const texts = item?.texts ?? noTexts;
  const own = story.own[language];
  if (own === undefined) return { status: textStatus(texts, language), own: false };
  const isBehind = (texts[language]?.revision ?? 0) > own.basedOn;
  return { status: isBehind ? 'behind' : 'ready', own: true };
}

/** Every story and language that is not ready, in the order of the stories. */
export function gapsOf(stories: readonly StoryWithItem[]): Gap[] {
  return stories.flatMap((entry) =>
    publicLanguages.flatMap((language): Gap[] => {
      const { status } = languageState(entry, language);
      return status === 'ready' ? [] : [{ storyId: entry.story.id, language, status }];
    }),
  );
}

type Spot = Pick<Gap, 'storyId' | 'language'>;

const sameSpot = (one: Spot, other: Spot): boolean =>
  one.storyId === other.storyId && one.language === other.language;

/** The gaps for which nobody has given a reason. */
export function unwaived(gaps: readonly Gap[], waivers: readonly Waiver[]): Gap[] {
  return gaps.filter((gap) => !waivers.some((waiver) => sameSpot(waiver, gap)));
}

/** The waivers that answer a gap; others are of no use. */
export function needed(waivers: readonly Waiver[], gaps: readonly Gap[]): Waiver[] {
  return waivers.filter((waiver) => gaps.some((gap) => sameSpot(waiver, gap)));
}

/** The revisions that stand now in the languages where a story has no own words. */
export function pinsOf(stories: readonly StoryWithItem[]): Pins {
  return Object.fromEntries(
    stories.map(({ story, item }) => {
      const revisions = publicLanguages.flatMap((language) => {
        const text = item?.texts[language];
        return story.own[language] !== undefined || text === undefined
          ? []
          : [[language, text.revision] as const];
      });
      return [story.id, Object.fromEntries(revisions)];
    }),
  );
}

/**
 * A short hash over what an approval would hold: the stories, and in each language their own words or the revision
 * that stands, with the item's link. The same in any order; another one means that readers would get something else.
 */
export function stampOf(stories: readonly StoryWithItem[]): string {
  const pins = pinsOf(stories);
  const deps = stories.map(({ story, item }) => {
    const languages = publicLanguages.map((language) => {
      const own = story.own[language];
      return own === undefined ? (pins[story.id]?.[language] ?? 0) : [own.title, own.lead, own.body];
    });
    return JSON.stringify([story.id, languages, item?.link ?? '']);
  });
  return deterministicId('issueStamp', ...deps.sort());
}

/** TextContent with the language in which they are: the other one where the wanted language has none. */
export interface ShownWords {
  readonly language: Language;
  readonly words: TextContent;
}

/**
 * What a reader of a language gets: own words, else the item's, else the same from the other language, so that a
 * reader learns of it at all; nothing when there is not a word.
 */
export function shownWords({ story, item }: StoryWithItem, wanted: PublicLanguage): ShownWords | undefined {
  const own = story.own[wanted];
  if (own !== undefined) return { language: wanted, words: own };
  const ownLanguage = publicLanguages.find((language) => story.own[language] !== undefined);
  const texts = item?.texts ?? noTexts;
  if (texts[wanted] === undefined && ownLanguage !== undefined) {
    const words = story.own[ownLanguage];
    if (words !== undefined) return { language: ownLanguage, words };
  }
  const found = textFor(texts, wanted);
  return found && { language: found.language, words: found.text };
}
