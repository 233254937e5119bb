import { textLimits } from '../../../src/content/text.js';
import { titleOf } from '../../../src/news/proposal.js';
import { isOwnIllness } from './illness.js';
import { greetings, thankWords } from './words.js';
import { wordsOf } from './understand.js';

/** News that somebody told right away, as the form takes them. */
export interface Draft {
  readonly title: string;
  readonly body: string;
  /** As it was written; empty for none. */
  readonly link: string;
  /** Whether the writer said that it is news: "uutinen: ...". */
  readonly isNamed: boolean;
  /** How many characters did not find room in the body. */
  readonly left: number;
}

/** More words than this tell something; fewer may ask for something. */
const maxAsked = 12;
/** Fewer words than these in several sentences, or lines, are small talk. */
const minTold = { sentences: 6, lines: 4 };
/** Beside a link, so many words still only introduce it. */
const maxBesideLink = 6;

const name =
  /^\s*(?:uutinen|uutisvinkki|juttu|otsikko|nyhet|rubrik|nyhetstips|news|story|title|headline)\s*[:–—-]\s*(?=\S)/iu;
const address = /(?:https?:\/\/|www\.)[^\s<>"”]+[^\s<>"”.,;:!?)\]]/iu;

/** What an afterthought begins with. */
const more =
  /^[\s"”(.…-]*(?:p\.?\s?s\b|(?:ai)?\s?niin(?:,?\s(?:ja|ett|vielä))|ja(?:,)?\s|vielä\s|lisäksi|lisäys|lisätieto|unohdin|unohtui|piti\svielä|yksi\sasia\svielä|korjaus|korjaan|tarkennus|tarkennan|(?:jo\s)?tarkistin|och\s|en\ssak\still|förresten|dessutom|(?:jag\s)?glömde|rättelse|tillägg|(?:jag\s)?kollade|and\s|also\b|oh,?\s(?:and|yes)|one\smore|another\sthing|by\sthe\sway|btw\b|(?:i\s)?forgot|correction|i\s(?:just\s)?checked|plus\b)/iu;
/** A text with more words than these is something new, whatever it begins with. */
const maxMore = 60;

/** Whether a text begins as what one adds to something that one said: "Niin ja tarkistin vielä ...". */
export function beginsAsMore(text: string): boolean {
  return more.test(text) && wordsOf(text).length <= maxMore;
}

/**
 * Sentences of a line, with their ends; an abbreviation or a date ends none. More than 20 marks end none: at each place all that
 * stand before it would be counted.
 */
function sentencesOf(line: string): string[] {
  return line
    .split(/(?<=[\p{L}\p{N})”"][.!?…]{1,20}["”)]?)\s+(?=["”(]?\p{Lu}|\d)/u)
    .filter((each) => each.trim() !== '');
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** "Moi!", "Kiitos jo etukäteen" and the like say nothing of what happened. */
function isCourtesy(sentence: string): boolean {
  const words = wordsOf(sentence);
  return words.length <= 3 && words.some((word) => greetings.includes(word) || thankWords.includes(word));
}

/** Cut at the end of a word. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const begun = text.slice(0, max + 1);
  const end = Math.max(begun.lastIndexOf(' '), begun.lastIndexOf('\n'));
  return begun
    .slice(0, end > max / 2 ? end : max)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/[\s,;:–-]+$/, '');
}

/** Title and body of lines: the first line is the title; of a single one, its first sentence. */
function partsOf(lines: readonly string[]): { title: string; body: string } {
  const [first = '', ...others] = lines;
  const [sentence = '', ...rest] = others.length === 0 ? sentencesOf(first) : [first];
  const remaining = others.length === 0 ? rest.join(' ') : others.join('\n\n');
  const title = titleOf(sentence);
  // What does not fit into the title, or is all there is, is the body too: nothing of it is lost.
  const isWhole = title === sentence.replace(/\s+/g, ' ').trim().replace(/\.+$/, '');
  const body =
    isWhole && remaining !== ''
      ? remaining
      : [sentence, remaining].filter((each) => each !== '').join('\n\n');
  return { title, body };
}

function draft(text: string, isNamed: boolean): Draft {
  const lines = linesOf(text.replace(name, ''));
  const told = lines.length > 1 && isCourtesy(lines[0] ?? '') ? lines.slice(1) : lines;
  const [first = ''] = told;
  const sentences = told.length === 1 ? sentencesOf(first) : [];
  const shown =
    sentences.length > 1 && isCourtesy(sentences[0] ?? '') ? [sentences.slice(1).join(' ')] : told;
  const { title, body } = partsOf(shown.map((line, at) => (at === 0 ? line.replace(name, '') : line)));
  const kept = cut(body, textLimits.body);
  return { title, body: kept, link: address.exec(text)?.[0] ?? '', isNamed, left: body.length - kept.length };
}

/** A link, with a few words at most beside it. */
function linked(text: string): Draft | undefined {
  const link = address.exec(text)?.[0];
  if (link === undefined) return undefined;
  const rest = text.replace(link, ' ').replace(name, '').replace(/\s+/g, ' ').trim();
  if (wordsOf(rest).length > maxBesideLink) return undefined;
  return { title: '', body: isCourtesy(rest) ? '' : rest, link, isNamed: false, left: 0 };
}

/**
 * The news in a text that is longer than a request: it says that it is news, or has several sentences or lines or many words.
 * `undefined` for a text that is none.
 * @param isCommand whether a rule understands the text as a command.
 * @param isOutright whether it says plainly that it asks for something, however long it is.
 */
export function draftOf(
  text: string,
  isCommand: (text: string) => boolean,
  isOutright: (text: string) => boolean = () => false,
): Draft | undefined {
  if (name.test(text)) return draft(text, true);
  const link = linked(text);
  if (link !== undefined) return link;
  // Who is ill says so to be excused, and not to be read about.
  if (isOwnIllness(text)) return undefined;
  const count = wordsOf(text).length;
  if (count > maxAsked) return isOutright(text) ? undefined : draft(text, false);
  const sentences = linesOf(text).flatMap(sentencesOf);
  const told = sentences.filter((sentence) => !isCourtesy(sentence));
  const isAsking = told.some((sentence) => /\?["”)]?$/.test(sentence));
  const least = linesOf(text).length > 1 ? minTold.lines : minTold.sentences;
  if (told.length < 2 || count < least || isAsking || isCommand(text)) return undefined;
  return draft(text, false);
}
