import { type Language, languages } from '../../../src/shared/languages.js';
import type { SeriesKind } from '../../../src/sessions/series/series.js';
import {
  besideName,
  radioWords,
  refusalWords,
  reminderWords,
  sessionLookalikes,
  sessionWords,
  suggestWords,
  thankWords,
  topicWords,
  trainingWords,
  whenWords,
} from '../../features/sessions/words.js';
import {
  type Vocabulary,
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
} from './words.js';

/** What somebody asks for in words. */
export type Command =
  | { readonly asks: 'news' | 'mine' | 'help' | 'unknown' }
  | { readonly asks: 'sessions' | 'suggest' | 'topics' | 'reminders' }
  /** The next session of a kind. */
  | { readonly asks: 'next'; readonly kind: SeriesKind }
  | { readonly asks: 'language'; readonly language?: Language };

/** Longer messages are telling something, not asking for something. */
const maxWords = 14;
/** With more words than these a near miss is more likely a word of its own. */
const maxForgivenWords = 3;

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
  if (!isForgiving || isOneOf(lookalikes, word) || isOneOf(sessionLookalikes, word)) return false;
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

type SessionKind = 'session' | 'radio' | 'training' | 'topic' | 'suggest' | 'reminder';
type Kind =
  | SessionKind
  | 'news'
  | 'own'
  | 'help'
  | 'language'
  | 'name'
  | 'greeting'
  | 'around'
  | 'when'
  | 'other';

const sessionVocabularies: readonly (readonly [SessionKind, Vocabulary])[] = [
  ['session', sessionWords],
  ['radio', radioWords],
  ['training', trainingWords],
  ['topic', topicWords],
  ['suggest', suggestWords],
  ['reminder', reminderWords],
];

function sessionKindOf(word: string, isForgiving: boolean): SessionKind | undefined {
  return sessionVocabularies.find(([, vocabulary]) => isMeant(word, vocabulary, isForgiving))?.[0];
}

function kindOf(word: string, isForgiving: boolean): Kind {
  if (isMeant(word, { ...ownWords, forgiving: [] }, false) || isOneOf(ownWords.forgiving, word)) return 'own';
  if (isMeant(word, newsWords, false)) return 'news';
  if (isMeant(word, helpWords, false)) return 'help';
  if (isMeant(word, languageWords, false)) return 'language';
  const ofSessions = sessionKindOf(word, false);
  if (ofSessions !== undefined) return ofSessions;
  if (isOneOf(greetings, word)) return 'greeting';
  if (isOneOf(fillers, word) || isOneOf(tellWords, word) || isOneOf(wishWords, word)) return 'around';
  if (languages.some((language) => isOneOf(languageNames[language], word))) return 'name';
  if (isOneOf(whenWords, word)) return 'when';
  if (!isForgiving) return 'other';
  if (isMeant(word, newsWords, true)) return 'news';
  if (isMeant(word, ownWords, true)) return 'own';
  if (isMeant(word, languageWords, true)) return 'language';
  if (isMeant(word, helpWords, true)) return 'help';
  return sessionKindOf(word, true) ?? 'other';
}

/** "Big Room" names the bot, and a kind of session: the session where hardly anything else is said. */
function isBigRoomAlone(words: readonly string[]): boolean {
  const name = words.filter((word) => ['big', 'room', 'bigroom', 'roomin', 'roomit'].includes(word));
  const rest = words.filter((word) => !name.includes(word));
  return (
    /^(big room(in|it)?|bigroom)$/.test(name.join(' ')) &&
    rest.every((word) => isOneOf(whenWords, word) || isOneOf(besideName, word))
  );
}

/** Words that refuse leave one thing to be asked for all the same: to be reminded no more. */
function settleRefusal(words: readonly string[], kinds: readonly Kind[]): Command {
  const ofReminders: readonly Kind[] = ['reminder', 'around', 'greeting', 'session', 'radio'];
  const isRound = (word: string, kind: Kind | undefined): boolean =>
    isOneOf(turningWords, word) ||
    isOneOf(refusalWords, word) ||
    (kind !== undefined && ofReminders.includes(kind));
  const isAbout = kinds.includes('reminder') && words.every((word, at) => isRound(word, kinds[at]));
  return { asks: isAbout ? 'reminders' : 'unknown' };
}

/** What is asked for about sessions; nothing where no word of theirs is said. */
function settleSession(words: readonly string[], kinds: readonly Kind[]): Command | undefined {
  const has = (kind: Kind): boolean => kinds.includes(kind);
  if (has('reminder')) return { asks: 'reminders' };
  const isNew = words.some((word) => newWords.includes(word));
  const tells = words.some((word) => isOneOf(tellWords, word) || isOneOf(wishWords, word));
  if (has('suggest') || (has('topic') && (isNew || tells))) return { asks: 'suggest' };
  if (has('topic')) return { asks: 'topics' };
  if (!has('session') && !has('radio') && !has('training')) return undefined;
  // "Kiitos hankeradiosta" thanks; "hankeradio kiitos" asks.
  if (words.length > 1 && thankWords.includes(words[0] ?? '')) return { asks: 'unknown' };
  if (has('session')) return { asks: 'sessions' };
  return { asks: 'next', kind: has('radio') ? 'hankeradio' : 'training' };
}

const newWords: readonly string[] = ['uusi', 'uuden', 'uutta', 'uusia', 'ny', 'nya', 'nytt', 'new'];

function settle(words: readonly string[], kinds: readonly Kind[]): Command {
  const has = (kind: Kind): boolean => kinds.includes(kind);
  const tells = words.some((word) => isOneOf(tellWords, word));
  if (has('language') || (has('name') && !has('news'))) {
    const language = namedLanguage(words, has('language') || words.length === 1);
    return { asks: 'language', ...(language !== undefined && { language }) };
  }
  const ofSessions = has('news') ? undefined : settleSession(words, kinds);
  if (ofSessions !== undefined) return ofSessions;
  // "When" goes with sessions alone.
  if (has('when')) return { asks: 'unknown' };
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
  if (words.length === 0 || words.length > maxWords) return { asks: 'unknown' };
  if (isWishToTell(words)) return { asks: 'news' };
  if (isBigRoomAlone(words)) return { asks: 'next', kind: 'bigRoom' };
  const kinds = words.map((word) => kindOf(word, words.length <= maxForgivenWords));
  const isRefused =
    words.includes('inga') || words.some((word, at) => isOneOf(turningWords, word) && !isArticle(words, at));
  if (isRefused && words.length > 1) return settleRefusal(words, kinds);
  if (kinds.includes('other')) return { asks: 'unknown' };
  return settle(words, kinds);
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
