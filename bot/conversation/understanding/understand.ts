import type { BotFeature } from '../../feature.js';
import { normalise } from '../../../src/shared/normalise.js';
import type { Intent, Message, Press, Vocabulary, WordKind } from './intent.js';
import { fillers, greetings, lookalikes, shareWords, turningWords, whenWords, wishWords } from './words.js';

/** Longer messages are telling something, not asking for something. */
const maxWords = 14;
/** With more words than these a near miss is more likely a word of its own. */
const maxForgivenWords = 3;

/** The words of a message: without mentions, markup and punctuation, in small letters. */
export function wordsOf(text: string): string[] {
  return normalise(text.slice(0, 500))
    .replace(/<at\b[^>]*>.*?<\/at>/gis, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(nbsp|#160);/gi, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}'’]+/u)
    .map((word) => word.replace(/^['’]+|['’]+$/g, ''))
    .filter((word) => word !== '');
}

/**
 * Typing mistakes between two words: letters added, left out, changed, or two neighbours swapped (optimal string
 * alignment, https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance). Words of a command are short, so the
 * whole table is cheap.
 */
export function typingMistakes(one: string, other: string): number {
  const [a, b] = [Array.from(one), Array.from(other)];
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  const set = (i: number, j: number, cost: number): void => {
    const row = rows[i];
    if (row !== undefined) row[j] = cost;
  };
  for (let j = 0; j <= b.length; j++) set(0, j, j);
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? at(i - 2, j - 2) + 1 : Infinity;
      set(i, j, Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, change, swap));
    }
  }
  return at(a.length, b.length);
}

/** How many typing mistakes a word of this length may hold and still be meant. */
function mistakesAllowed(word: string): number {
  if (word.length < 4) return 0;
  return word.length < 7 ? 1 : 2;
}

/** Whether a word is of a vocabulary, spelt as it should be. */
function isExactly(word: string, { exact, forgiving, stems }: Vocabulary): boolean {
  if (exact.includes(word) || forgiving.includes(word)) return true;
  return stems.some((stem) => word.startsWith(stem) && word.length <= stem.length + 8);
}

/** Whether a word is of a vocabulary but for typing mistakes. */
function isNearly(word: string, { forgiving }: Vocabulary): boolean {
  return forgiving.some((meant) => {
    const allowed = Math.min(mistakesAllowed(meant), mistakesAllowed(word));
    return allowed > 0 && typingMistakes(word, meant) <= allowed;
  });
}

type Understood = Pick<BotFeature, 'words' | 'lookalikes' | 'intents'>;

/**
 * What people ask for in words, of all that the features understand. A command is understood where the message options
 * nothing else: command words, with a typing mistake or inflected, among words that only go round them. Some things
 * are understood in a longer sentence too.
 */
export function understanding(features: readonly Understood[]): (text: string) => Press | undefined {
  const kinds = features.flatMap(({ words = [] }) => words);
  const strong = kinds.filter(({ isWeak }) => isWeak !== true);
  const weak = kinds.filter(({ isWeak }) => isWeak === true);
  const intents = features
    .flatMap(({ intents: own = [] }) => own)
    .sort((one, other) => one.rank - other.rank);
  const noMistakes = new Set([...lookalikes, ...features.flatMap(({ lookalikes: own = [] }) => own)]);
  const swedishNouns = kinds.flatMap(({ swedishNouns: own = [] }) => own);

  const found = (list: readonly WordKind[], is: (words: WordKind) => boolean) => list.find(is)?.kind;

  function kindOf(word: string, isForgiving: boolean): string {
    const exactly = (words: WordKind): boolean => isExactly(word, words);
    const kind = found(strong, exactly);
    if (kind !== undefined) return kind;
    if (greetings.includes(word)) return 'greeting';
    if ([fillers, shareWords, wishWords].some((words) => words.includes(word))) return 'around';
    const weakly = found(weak, exactly);
    if (weakly !== undefined) return weakly;
    if (whenWords.includes(word)) return 'when';
    if (!isForgiving || noMistakes.has(word)) return 'other';
    return found(strong, (words) => isNearly(word, words)) ?? 'other';
  }

  /** Finnish "en halua" refuses; Swedish "en nyhet" counts, and "language en" names a language. */
  function isArticle(words: readonly string[], at: number): boolean {
    if (words[at] !== 'en') return false;
    const isSwedish = (word: string): boolean =>
      word === 'jag' || word === 'vi' || swedishNouns.some((noun) => word.startsWith(noun));
    return at === words.length - 1 || words.some(isSwedish);
  }

  function messageOf(words: readonly string[]): Message {
    const kindsOfWords = words.map((word) => kindOf(word, words.length <= maxForgivenWords));
    const holds = (list: readonly string[]): boolean => words.some((word) => list.includes(word));
    return {
      words,
      kinds: kindsOfWords,
      has: (kind) => kindsOfWords.includes(kind),
      shares: holds(shareWords),
      wishes: holds(wishWords),
      isTurned: words.some((word, at) => turningWords.includes(word) && !isArticle(words, at)),
      isTurning: (word) => turningWords.includes(word),
      isExactly: (word, kind) => kinds.some((each) => each.kind === kind && isExactly(word, each)),
    };
  }

  function meant(message: Message): Intent | undefined {
    const sentence = intents.find((intent) => intent.isSentence?.(message));
    if (sentence !== undefined) return sentence;
    const { words } = message;
    if ((message.isTurned || words.includes('inga')) && words.length > 1) {
      return intents.find((intent) => intent.isRefused?.(message));
    }
    if (message.has('other')) return undefined;
    const asked = intents.find((intent) => intent.isAsked?.(message));
    return message.has('when') && asked?.answersWhen !== true ? undefined : asked;
  }

  return (text) => {
    const words = wordsOf(text);
    if (words.length === 0 || words.length > maxWords) return undefined;
    const message = messageOf(words);
    const press = meant(message)?.press;
    return typeof press === 'function' ? press(message) : press;
  };
}
