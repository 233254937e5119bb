import type { Topic } from './topics.js';

/**
 * The words by which people ask for something, in all three languages at once: each is understood whatever one's own
 * language. `exact` words stand as they are; `stems` are the beginnings of inflected words; `forgiving` words are
 * also understood with a typing mistake where hardly anything else is said.
 */
export interface Vocabulary {
  readonly forgiving: readonly string[];
  readonly exact: readonly string[];
  readonly stems: readonly string[];
}

/** Words with one meaning. Where a word is of several kinds, the one registered first is meant. */
export interface WordKind extends Vocabulary {
  readonly kind: string;
  /** Meant only where the word does not merely go round others. */
  readonly isWeak?: boolean;
  /** The beginnings of Swedish nouns: before them "en" is an article, and not a Finnish refusal. */
  readonly swedishNouns?: readonly string[];
}

/** What somebody wrote, word by word. */
export interface Message {
  readonly words: readonly string[];
  /** The kind of each word: a registered one, `greeting`, `around`, `when`, or `other` for a word that is not known. */
  readonly kinds: readonly string[];
  readonly has: (kind: string) => boolean;
  /** Whether a word for sharing something, as “kerro” or “tell”, is among the words. */
  readonly shares: boolean;
  /** Whether a word is among them by which the speaker says that a wish is their own. */
  readonly wishes: boolean;
  /** Whether a word turns the wish round, or asks somebody else. */
  readonly isTurned: boolean;
  /** Whether the word merely turns or refuses. */
  readonly isTurning: (word: string) => boolean;
  /** Whether a word is of a kind, spelt as it should be. */
  readonly isExactly: (word: string, kind: string) => boolean;
}

/** A button as it is pressed, or as words stand for it. */
export interface Press {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One thing that people ask for in words. */
export interface Intent {
  /**
   * What it is about; the classifier knows it under this name, and the first intent of a topic answers for it. Without one only
   * rules understand it.
   */
  readonly topic?: Topic;
  /**
   * Where a message holds the words of several intents, the lowest rank is meant; in one rank, what is registered
   * first. 1: said outright; 2 to 4: named; 5: named in passing; 6: nothing but a greeting.
   */
  readonly rank: number;
  /** The button for which the words stand; `undefined` where nothing is asked for after all. */
  readonly press: Press | ((message: Message) => Press | undefined);
  /** Whether a message asks for this, in which every word is known. */
  isAsked?(message: Message): boolean;
  /** Whether it also goes with "when" and "which"; without it such a question is not understood. */
  readonly answersWhen?: boolean;
  /** Whether a text of any length says this so plainly that no guess is made beside it. */
  isOutright?(text: string): boolean;
  /** Whether a message asks for this whatever other words it holds. */
  isSentence?(message: Message): boolean;
  /** Whether a message without a word asks for this. */
  isSign?(text: string): boolean;
  /** Whether a message asks for this by refusing it. */
  isRefused?(message: Message): boolean;
}
