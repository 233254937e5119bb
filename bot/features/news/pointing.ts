import { Temporal } from 'temporal-polyfill';
import { keysOfWord, wordsOf } from '../../../src/content/word-keys.js';
import type { NewsLine } from '../../../src/news/types.js';
import { languages } from '../../../src/shared/languages.js';

// Which item a text is about: the one that it names, else the one that the bot showed last.

const between = (words: string): RegExp => new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, 'iu');

const removing = between(
  [
    '(?:voi(?:t|tte|sit|sitte|sitko|sitteko|tko|tteko|ks|ksä)\\s)?(?:poista(?:a|isit|isitte|kaa|han|kaahan)?|ottaa?\\spois|ottakaa\\spois|vetä[äk]\\S*\\spois)',
    'ota\\s(?:\\S+\\s){0,4}pois',
    'ta\\s(?:\\S+\\s){0,4}bort|tar\\sni\\sbort|radera|avpublicera|dra\\s(?:\\S+\\s){0,4}tillbaka',
    'remove|delete|unpublish|take\\s(?:\\S+\\s){0,4}(?:down|off)',
  ].join('|'),
);

/** A part of an item, out of which something is to be taken: the item stays. */
const fromItem = between(
  '(?:siitä|siinä|jutusta(?:ni)?|uutisesta(?:ni)?|tekstistä|lauseesta|otsikosta|kuvasta|(?:ur|från|i)\\s(?:texten|nyheten|artikeln|rubriken|den)|from\\s(?:the\\s(?:text|story|title|picture)|it|my\\sstory))',
);

const pointing = between(
  [
    'se|sen|sitä|siinä|siitä|siihen|sille|siellä|jut(?:tu|un|ussa|usta|ussani|tuun|tuni|tua)|uuti(?:nen|sen|sessa|sesta|sessani|seen|seni|sta)|teksti(?:ssä|stä)?|otsiko(?:ssa|n)|otsikko|kuva(?:ssa|n|teksti)',
    'den|det|där|i\\sden|nyheten|artikeln|texten|rubriken|bilden',
    'it|its|there|that|this|the\\s(?:story|news|text|title|article|item|picture)|my\\sstory',
  ].join('|'),
);

const faulty = between(
  [
    'vää[rä]\\S*|virhe\\S*|vääri[nä]\\S*|korja(?:a|isit|isitte|kaa|ta|tkaa|taan|us|tko)|kirjoitusvirhe\\S*|muuttakaa|muuta(?:ttako|tko)|pitä(?:ä|isi)\\solla|puuttu(?:u|i)',
    'fel|felaktig\\S*|rätta|korrigera|ändra|stavfel|skrivfel|saknas|ska\\svara|borde\\svara',
    'wrong|incorrect|mistakes?|errors?|typos?|correct(?:ed|ion)?|fix|misspel\\S*|should\\s(?:be|say|read)|missing',
  ].join('|'),
);

/** "54 eikä 45", "inte 45 utan 54", "54, not 45". */
const contrasted =
  /\d\S*\s*,?\s(?:eikä|och\sinte|inte|not|rather\sthan|instead\sof)\s\S*\d|(?:ei|inte|not)\s(?:ollut\s)?\d\S*\s*,?\s(?:vaan|utan|but)\s\S*\d/iu;

const begins =
  /^[\s"”(.…-]*(?:siinä|siihen|siitä|(?:siinä\s)?(?:jutussa|uutisessa)|där|i\s(?:den|nyheten|artikeln)|in\s(?:it|that|the\sstory))(?!\p{L})/iu;

const opens =
  /^[\s"”(.…-]*(?:(?:hei|moi|moikka|terve|hej|hejsan|hi|hello|please)[\s,!.]+)?(?:poista|korja|ota(?:ttaisi|ttehan)?\s|voi(?:t|s|k)|pyydän|ta\sbort|radera|rätta|kan\s(?:ni|du)|kunde\s(?:ni|du)|ändra|remove|delete|take\s|correct|fix|can\s|could\s|unpublish)/iu;

/** Words that point without naming anything at all: "poista se". */
const pronouns = between('se|sen|sitä|siinä|siitä|den|det|där|it|that|this|there');

/** What a text asks for of an item that may be out by now. */
export interface Request {
  readonly isRemoval: boolean;
}

/** What a text asks to be removed or corrected, where it does; a question asks for an answer. */
export function requestIn(text: string): Request | undefined {
  if (removing.test(text)) return { isRemoval: !fromItem.test(text) };
  const isFault = faulty.test(text) && pointing.test(text);
  return isFault || contrasted.test(text) ? { isRemoval: false } : undefined;
}

/** Whether a text says outright what it asks for, however long it is. */
export const isOutright = (text: string): boolean => opens.test(text) || begins.test(text);

/** Whether a text speaks of something as of what both know: "se", "siinä jutussa". */
export const isPointing = (text: string): boolean => pointing.test(text);
export const hasPronoun = (text: string): boolean => pronouns.test(text);

/** Whether a correction says both what is and what is not so. */
export const isContrasted = (text: string): boolean => contrasted.test(text);

/** Whether a text begins with what it points back at: "Siinä on kuvassa Pertti". */
export const pointsBack = (text: string): boolean =>
  begins.test(text) && !/\?["”)]?\s*$/.test(text) && wordsOf(text).length > 2;

const minWord = 4;

/** The keys of each word that says something, in any of the languages: a word is one array. */
const keysOf = (text: string): readonly string[][] =>
  wordsOf(text)
    .filter((word) => word.length >= minWord)
    .map((word) => [...keysOfWord(word, 'fi'), ...keysOfWord(word, 'sv'), word])
    .filter((keys) => keys.length > 1);

/** Words for news as such, which name none. */
const general = new Set(
  keysOf(
    'uutinen uutiseni juttu juttuni juttua teksti otsikko kuva poista poistakaa korjaa väärä väärin virhe meidän nyhet nyheten text texten bild rubrik våra story news text title picture remove correct wrong intranet intranetistä uutiskirje nyhetsbrev newsletter hanke projekt project',
  ).flat(),
);

/** How many words of the title are in the text, and how many there are. */
function shared(title: string, words: ReadonlySet<string>): { readonly found: number; readonly of: number } {
  const keys = keysOf(title).filter((each) => !each.some((key) => general.has(key)));
  return { found: keys.filter((each) => each.some((key) => words.has(key))).length, of: keys.length };
}

/**
 * The items of which a text names the title, in any language and inflected. Two of its words name it, or all of them; one alone
 * only where `isEnough`, and where it is in no other title.
 */
export function namedIn(
  lines: readonly NewsLine[],
  text: string,
  { isEnough }: { readonly isEnough: boolean },
): readonly NewsLine[] {
  const words = new Set(keysOf(text).flat());
  const counted = lines
    .map((line) => {
      const titles = languages.flatMap((language) => line.titles[language] ?? []);
      const best = titles
        .map((title) => shared(title, words))
        .sort((one, other) => other.found - one.found)[0];
      return { line, found: best?.found ?? 0, of: best?.of ?? 0 };
    })
    .filter(({ found }) => found > 0);
  const most = Math.max(0, ...counted.map(({ found }) => found));
  return counted
    .filter(({ found, of }) => found === most && (found > 1 || found === of || isEnough))
    .map(({ line }) => line);
}

/** When the bot last showed something about an item by itself, or confirmed something: ISO instant. */
function shownAt({ submittedAt, lastMessage, outAt, status, movedAt }: NewsLine): string {
  const times = [submittedAt, lastMessage?.at, outAt, status === 'rejected' ? movedAt : undefined];
  return times
    .filter((at) => at !== undefined)
    .reduce((latest, at) => (Temporal.Instant.compare(at, latest) > 0 ? at : latest));
}

/** Items shown so close to each other may be meant either way. */
const closeMinutes = 2;

/**
 * The item that was shown last, within so many hours; with it those that were shown at about the same time. None where nothing
 * was shown lately.
 */
export function shownLast(
  lines: readonly NewsLine[],
  now: Temporal.Instant,
  hours: number,
): readonly NewsLine[] {
  const since = now.subtract({ hours });
  const shown = lines
    .map((line) => ({ line, at: Temporal.Instant.from(shownAt(line)) }))
    .filter(({ at }) => Temporal.Instant.compare(at, since) > 0)
    .sort((one, other) => Temporal.Instant.compare(other.at, one.at));
  const close = shown[0]?.at.subtract({ minutes: closeMinutes });
  return shown
    .filter(({ at }) => close !== undefined && Temporal.Instant.compare(at, close) >= 0)
    .map(({ line }) => line);
}
