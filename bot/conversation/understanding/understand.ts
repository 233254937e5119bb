import type { BotFeature } from '../../feature.js';
import { type Language, languages } from '../../../src/shared/languages.js';
import { normalise } from '../../../src/shared/normalise.js';
import { type Guess, type Weights, classifier } from './classifier.js';
import { conceptsOf, speaksFor } from './concepts.js';
import { type Vector, languageVector, topicVector } from './features.js';
import { isOwnIllness } from './illness.js';
import type { Intent, Message, Press, Vocabulary, WordKind } from './intent.js';
import { mistakesAllowed, repairing, typingMistakes } from './repair.js';
import { writtenOut } from './spoken-forms.js';
import { type Topic, offTopic } from './topics.js';
import stored from './weights.json' with { type: 'json' };
import {
  fillers,
  greetings,
  lookalikes,
  pastWords,
  shareWords,
  turningWords,
  whenWords,
  wishWords,
} from './words.js';

/** Longer messages are telling something, not asking for something. */
const maxWords = 14;
/** With more words than these a near miss is more likely a word of its own. */
const maxForgivenWords = 3;

/** The words of a message: without mentions, markup and punctuation, in small letters. */
export function wordsOf(text: string): string[] {
  return normalise(text.slice(0, 500))
    .replace(/<at\b[^>]*>.*?<\/at>|@big room\b/gis, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(nbsp|#160);/gi, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}'’]+/u)
    .map((word) => word.replace(/^['’]+|['’]+$/g, ''))
    .filter((word) => word !== '');
}

/** Names and words that all three languages have: they say nothing of the language in which somebody writes. */
const shared =
  /^(?:big|room|bigroom|hankeradio.*|elma|teams|ok|okay|info|test|video|link|status|news|email|bot|program|moi|\d.*)$/u;

/** The words that may tell in which language a text is written. */
export const tellingWords = (text: string): string[] => wordsOf(text).filter((word) => !shared.test(word));

/** Whether a word is of a vocabulary, spelt as it should be. */
function isExactly(word: string, { exact, forgiving, stems }: Vocabulary): boolean {
  if (exact.includes(word) || forgiving.includes(word)) return true;
  return stems.some((stem) => word.startsWith(stem) && word.length <= stem.length + 8);
}

/** Whether a word is of a vocabulary but for typing mistakes. */
function isNearly(word: string, { forgiving }: Vocabulary): boolean {
  return forgiving.some((meant) => {
    const allowed = Math.min(mistakesAllowed(meant), mistakesAllowed(word));
    const isLikely = allowed > 0 && Math.abs(meant.length - word.length) <= allowed;
    return isLikely && typingMistakes(word, meant) <= allowed;
  });
}

type FeatureWords = Pick<BotFeature, 'words' | 'lookalikes' | 'intents'>;

/** What was learned from the utterances; `npm run understanding` writes it. */
export interface Learned {
  readonly topics: Weights;
  readonly languages: Weights;
  /** The words of the utterances, with spaces between. */
  readonly words: string;
}

/** The thresholds were chosen on the utterances of the training alone, each fifth of them judged by what the others teach. */
const thresholds = {
  /** From here on the classifier is believed where a word speaks for the same. */
  agrees: 0.65,
  /** From here on it is believed alone, even against a rule. */
  acts: 0.9,
  /** From here on it makes one doubt a rule. */
  doubts: 0.6,
  /** From here on a guess is worth offering. */
  offers: 0.25,
  /** From here on a language counts as told. */
  language: 0.8,
  /** One word says less. */
  languageOfOneWord: 0.9,
};

/** Topics to which one would rather say nothing than choose them from a list. */
const unoffered = ['thanks', 'greeting', 'okay'] as const;
type OfferedTopic = Exclude<Topic, (typeof unoffered)[number]>;
const isOffered = (topic: Topic): topic is OfferedTopic => !unoffered.some((each) => each === topic);

/** Something that a text may ask for. */
export interface Offer {
  readonly topic: OfferedTopic;
  readonly press: Press;
}

/** What a text asks for. */
export type Understood =
  /** Clear enough to be carried out. */
  | { readonly is: 'press'; readonly topic?: Topic; readonly press: Press }
  /** Not clear: the likeliest, to choose from. */
  | { readonly is: 'offer'; readonly offers: readonly Offer[] }
  | { readonly is: 'unknown' };

/** What people also speak of when it is over. */
const aboutEvents: readonly Topic[] = ['newsletter', 'sessions', 'hankeradio', 'bigRoom', 'training'];

const unknown = { is: 'unknown' } as const satisfies Understood;

export type Understanding = ReturnType<typeof understanding>;

/** A text of signs alone: thanks, a greeting, or a nod. */
function topicOfSigns(text: string): Topic | undefined {
  if (!/\p{Extended_Pictographic}|[:;]-?[)D]|<3/u.test(text)) return undefined;
  if (/[\u{1F64F}\u{1F49A}-\u{1F49C}\u{1F495}-\u{1F49D}\u2764\u{1F339}\u{1F490}\u{1F970}]/u.test(text))
    return 'thanks';
  return text.includes('\u{1F44B}') ? 'greeting' : 'okay';
}

/**
 * What people ask for in words, of all that the features understand. Rules understand a command where the message holds
 * nothing else: command words, with a typing mistake or inflected, among words that only go round them. A classifier
 * understands how else people say it. What they agree on is done, and what one of them is sure of; else two are offered.
 */
export function understanding(features: readonly FeatureWords[], learned: Learned = stored) {
  const kinds = features.flatMap(({ words = [] }) => words);
  const strong = kinds.filter(({ isWeak }) => isWeak !== true);
  const weak = kinds.filter(({ isWeak }) => isWeak === true);
  const intents = features
    .flatMap(({ intents: own = [] }) => own)
    .sort((one, other) => one.rank - other.rank);
  const noMistakes = new Set([...lookalikes, ...features.flatMap(({ lookalikes: own = [] }) => own)]);
  const swedishNouns = kinds.flatMap(({ swedishNouns: own = [] }) => own);
  const known = new Set([
    ...learned.words.split(' '),
    ...kinds.flatMap(({ exact, forgiving }) => [...exact, ...forgiving]),
    ...[greetings, fillers, shareWords, wishWords, turningWords, whenWords].flat(),
    ...noMistakes,
  ]);
  const repair = repairing(known);
  const topicOf = classifier(learned.topics);
  const languageOf = classifier(learned.languages);

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

  /** What the rules understand. */
  function ruled(message: Message): Intent | undefined {
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

  /** The text as the classifier of topics sees it. */
  function vectorOf(text: string): Vector {
    const words = repair(wordsOf(text));
    const { kinds: kindsOfWords } = messageOf(words);
    const named = kindsOfWords.filter((kind) => !['around', 'other', 'when', 'greeting'].includes(kind));
    const written = writtenOut(words);
    const concepts = [...new Set([...named.map((kind) => `rule:${kind}`), ...conceptsOf(written)])];
    return topicVector(written, concepts, text.includes('?'));
  }

  function pressOf(topic: Topic, message: Message): Press | undefined {
    const press = intents.find((intent) => intent.topic === topic)?.press;
    return typeof press === 'function' ? press(message) : press;
  }

  function pressing(topic: Topic, message: Message): Understood {
    const press = pressOf(topic, message);
    return press === undefined ? unknown : { is: 'press', topic, press };
  }

  function offering(guesses: readonly Guess[], message: Message): Understood {
    const likely = guesses.filter(({ name, probability }) => name !== offTopic && probability >= 0.1);
    if ((likely[0]?.probability ?? 0) < thresholds.offers) return unknown;
    const offers = likely.slice(0, 2).flatMap(({ name }) => {
      const topic = name as Topic;
      const press = pressOf(topic, message);
      return press === undefined || !isOffered(topic) ? [] : [{ topic, press }];
    });
    return offers.length === 0 ? unknown : { is: 'offer', offers };
  }

  const saidOutright = (text: string): Intent | undefined =>
    intents.find((intent) => intent.isOutright?.(text) === true);

  return {
    vectorOf,

    isOutright: (text: string): boolean => saidOutright(text) !== undefined,

    /** Whether a rule speaks for the text by itself. */
    isCommand: (text: string): boolean => {
      if (saidOutright(text) !== undefined) return true;
      const words = wordsOf(text);
      return words.length > 0 && words.length <= maxWords && ruled(messageOf(words)) !== undefined;
    },

    /** What the text asks for; a long text asks for nothing. */
    asked: (text: string): Understood => {
      const words = wordsOf(text);
      if (words.length === 0) {
        const sign = intents.find((intent) => intent.isSign?.(text) === true)?.press;
        if (sign !== undefined && typeof sign !== 'function') return { is: 'press', press: sign };
        const topic = topicOfSigns(text);
        return topic === undefined ? unknown : pressing(topic, messageOf([]));
      }
      const outright = saidOutright(text);
      if (outright !== undefined && typeof outright.press !== 'function')
        return { is: 'press', press: outright.press, ...(outright.topic && { topic: outright.topic }) };
      if (words.length > maxWords) return unknown;
      const message = messageOf(words);
      const rule = ruled(message);
      const guesses = topicOf(vectorOf(text));
      const [best] = guesses;
      if (best === undefined) return unknown;
      if (rule !== undefined) {
        const press = typeof rule.press === 'function' ? rule.press(message) : rule.press;
        if (press === undefined) return unknown;
        if (rule.topic === undefined) return { is: 'press', press };
        const own = { topic: rule.topic, press };
        const isOther = best.name !== rule.topic && best.name !== offTopic;
        const otherTopic = best.name as Topic;
        const other = isOther ? pressOf(otherTopic, message) : undefined;
        if (other === undefined || best.probability < thresholds.doubts) return { is: 'press', ...own };
        if (best.probability >= thresholds.acts) return { is: 'press', topic: otherTopic, press: other };
        if (!isOffered(rule.topic)) return { is: 'press', ...own };
        const offers = [own, { topic: otherTopic, press: other }];
        return {
          is: 'offer',
          offers: offers.flatMap(({ topic, press: each }) =>
            isOffered(topic) ? [{ topic, press: each }] : [],
          ),
        };
      }
      const repaired = messageOf(repair(words));
      const topic = best.name as Topic;
      const strange = repaired.words.filter((word) => word.length > 3 && !known.has(word)).length;
      const isFamiliar = strange === 0 || (strange === 1 && words.length > 2);
      const isSpokenFor = (): boolean => isFamiliar && speaksFor(topic, repaired.words);
      // "Hankeradio oli hyvä" tells of it; "en halua kertoa uutista" refuses.
      const isOver = aboutEvents.includes(topic) && words.some((word) => pastWords.includes(word));
      const isRefused = topic === 'tell' && message.isTurned && words.length > 1;
      if (isOver || isRefused || (topic === 'tell' && isOwnIllness(text))) return unknown;
      const isActedOn = (): boolean =>
        ruled(repaired)?.topic === topic ||
        best.probability >= (isSpokenFor() ? thresholds.agrees : thresholds.acts);
      if (best.name !== offTopic && isActedOn()) return pressing(topic, repaired);
      return offering(guesses, repaired);
    },

    /** The language in which the text is written, where that is clear. */
    languageOf: (text: string): Language | undefined => {
      const words = tellingWords(text);
      if (words.length === 0) return undefined;
      const [best] = languageOf(languageVector(words));
      const needed = words.length === 1 ? thresholds.languageOfOneWord : thresholds.language;
      if (best === undefined || best.probability < needed) return undefined;
      return languages.find((language) => language === best.name);
    },
  };
}
