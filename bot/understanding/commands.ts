import { languages, type Language } from '../../src/languages.js';
import { typingMistakes } from './distance.js';
import {
  fillers,
  greetings,
  helpWords,
  languageNames,
  languageWords,
  lookalikes,
  newsWords,
  ownWords,
  tellWords,
  turningWords,
  wishWords,
  type Vocabulary,
} from './words.js';

/** What somebody asks for in words. */
export type Command =
  | { readonly asks: 'news' | 'mine' | 'help' | 'unknown' }
  | { readonly asks: 'language'; readonly language?: Language };

/** Longer messages are telling something, not asking for something. */
const mostWords = 14;
/** With more words than these a near miss is more likely a word of its own. */
const mostForgivenWords = 3;

const isOneOf = (list: readonly string[], word: string): boolean => list.includes(word);

/** The words of a message: without mentions, markup and punctuation, in small letters. */
export function wordsOf(text: string): string[] {
  return text
    .slice(0, 500)
    .replace(/<at\b[^>]*>.*?<\/at>/gis, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(nbsp|#160);/gi, ' ')
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}'’]+/u)
    .map((word) => word.replace(/^['’]+|['’]+$/g, ''))
    .filter((word) => word !== '');
}

/** How many typing mistakes a word of this length may hold and still be meant. */
function mistakesAllowed(word: string): number {
  if (word.length < 4) return 0;
  return word.length < 7 ? 1 : 2;
}

function isMeant(word: string, vocabulary: Vocabulary, isForgiving: boolean): boolean {
  const { exact, forgiving, stems } = vocabulary;
  if (isOneOf(exact, word) || isOneOf(forgiving, word)) return true;
  if (stems.some((stem) => word.startsWith(stem) && word.length <= stem.length + 8)) return true;
  if (!isForgiving || isOneOf(lookalikes, word)) return false;
  return forgiving.some((meant) => {
    const allowed = Math.min(mistakesAllowed(meant), mistakesAllowed(word));
    return allowed > 0 && typingMistakes(word, meant) <= allowed;
  });
}

function namedLanguage(words: readonly string[], mayBeShort: boolean): Language | undefined {
  return languages.find((language) =>
    words.some((word) => (word.length > 2 || mayBeShort) && isOneOf(languageNames[language], word)),
  );
}

/** "Haluaisin kertoa uutisen digihoitopolusta": a wish of one's own to tell news, whatever else is said. */
function isWishToTell(words: readonly string[]): boolean {
  const has = (list: readonly string[]): boolean => words.some((word) => isOneOf(list, word));
  const isTurned = words.some((word, at) => isOneOf(turningWords, word) && !isArticle(words, at));
  return (
    has(tellWords) && has(wishWords) && !isTurned && words.some((word) => isMeant(word, newsWords, false))
  );
}

/** Finnish "en halua" refuses; Swedish "en nyhet" counts, and "language en" names a language. */
function isArticle(words: readonly string[], at: number): boolean {
  if (words[at] !== 'en') return false;
  return (
    at === words.length - 1 ||
    words.some((word) => word.startsWith('nyhet') || word === 'jag' || word === 'vi')
  );
}

type Kind = 'news' | 'own' | 'help' | 'language' | 'name' | 'greeting' | 'around' | 'other';

function kindOf(word: string, isForgiving: boolean): Kind {
  if (isMeant(word, { ...ownWords, forgiving: [] }, false) || isOneOf(ownWords.forgiving, word)) return 'own';
  if (isMeant(word, newsWords, false)) return 'news';
  if (isMeant(word, helpWords, false)) return 'help';
  if (isMeant(word, languageWords, false)) return 'language';
  if (isOneOf(greetings, word)) return 'greeting';
  if (isOneOf(fillers, word) || isOneOf(tellWords, word) || isOneOf(wishWords, word)) return 'around';
  if (languages.some((language) => isOneOf(languageNames[language], word))) return 'name';
  if (!isForgiving) return 'other';
  if (isMeant(word, newsWords, true)) return 'news';
  if (isMeant(word, ownWords, true)) return 'own';
  if (isMeant(word, languageWords, true)) return 'language';
  return isMeant(word, helpWords, true) ? 'help' : 'other';
}

function settle(words: readonly string[], kinds: readonly Kind[]): Command {
  const has = (kind: Kind): boolean => kinds.includes(kind);
  const tells = words.some((word) => isOneOf(tellWords, word));
  if (has('language') || (has('name') && !has('news'))) {
    const language = namedLanguage(words, has('language') || words.length === 1);
    return { asks: 'language', ...(language !== undefined && { language }) };
  }
  if (has('own') && !(tells && has('news'))) return { asks: 'mine' };
  if (has('news')) return { asks: 'news' };
  if (has('help') || has('greeting')) return { asks: 'help' };
  return { asks: 'unknown' };
}

/**
 * What a message asks for. A command is understood where the message says nothing else: command words, with a
 * typing mistake or inflected, among words that only go round them. A wish to tell news is understood in a longer
 * sentence too. Anything else is `unknown`.
 */
export function understand(text: string): Command {
  const words = wordsOf(text);
  if (words.length === 0 || words.length > mostWords) return { asks: 'unknown' };
  if (isWishToTell(words)) return { asks: 'news' };
  const kinds = words.map((word) => kindOf(word, words.length <= mostForgivenWords));
  const isRefused = words.some((word, at) => isOneOf(turningWords, word) && !isArticle(words, at));
  if (kinds.includes('other') || (isRefused && words.length > 1)) return { asks: 'unknown' };
  return settle(words, kinds);
}
