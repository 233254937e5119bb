import { Temporal } from 'temporal-polyfill';
import type { MessageKey } from '../../../src/i18n/keys.js';
import { t } from '../../../src/i18n/messages.js';
import { languages } from '../../../src/shared/languages.js';
import { normalise } from '../../../src/shared/normalise.js';
import { isOwnIllness } from '../../conversation/understanding/illness.js';
import { spaced } from '../../conversation/understanding/words.js';
import { mentionedIn } from './mentioned.js';

// What a sentence says so plainly that nothing else can be meant, however long it is: what the words are made of decides, in
// Finnish, Swedish and English at once, and no guess is made beside it.

const plainOf = (text: string): string =>
  normalise(text.slice(0, 2000))
    .replace(/<at\b[^>]*>.*?<\/at>|@big room\b|<[^>]*>/gis, ' ')
    .replaceAll('’', "'")
    .replace(/\s+/g, ' ')
    .trim();

const wordsIn = (text: string): string[] =>
  plainOf(text)
    .toLowerCase()
    .split(/[^\p{L}\p{N}']+/u)
    .filter((word) => word !== '');

const some = (words: readonly string[], pattern: RegExp): boolean => words.some((word) => pattern.test(word));

/** Any Monday: here it only matters whether a day is named, and not which. */
const someDay = Temporal.PlainDate.from('2026-11-30');

/** Whether it says which session: its kind, or a day. */
function namesSession(text: string): boolean {
  const { kind, days } = mentionedIn(text, someDay, 'ahead');
  return kind !== undefined || days.length > 0;
}

/** Buttons that somebody may write instead of pressing them, with the verb that finds the session. */
const titles: Readonly<Record<string, readonly MessageKey[]>> = {
  'slot.topic': ['chat.presenter.tell'],
  'slot.swap': ['chat.presenter.swap'],
  'slot.giveUp': ['chat.presenter.giveUp', 'chat.slot.refuse'],
  'slot.volunteer': ['chat.session.volunteer'],
  'session.question': ['chat.session.ask'],
  'swap.withdraw': ['chat.swap.withdraw'],
};

/** Whether the text is what a button says, in any language. */
export function isTitleOf(verb: string, text: string): boolean {
  const said = wordsIn(text).join(' ');
  const keys = titles[verb] ?? [];
  return keys.some((key) => languages.some((language) => wordsIn(t(language, key)).join(' ') === said));
}

const slotWord = /^(vuoro(?!kau)|esitysvuor|tur(en|er|erna)?$|presentationstur|slots?$|turns?$)/u;
const refusing = /^(en|emme|ei|älä|inte|int|not|don't|dont|no)$/u;

const maxShort = 9;

/** "Luovutaan helmikuun vuorosta", "vi avstår från vår tur", "we give up our slot" */
export function isGivingUp(text: string): boolean {
  const words = wordsIn(text);
  if (words.length > maxShort || some(words, refusing) || !some(words, slotWord)) return false;
  if (some(words, /^(luovu|luopu|avstå|avsäg)/u)) return true;
  // Other things are cancelled too: "peru vuoro kampaajalle".
  if (!holdsOnly(words, aroundSlot)) return false;
  const said = words.join(' ');
  return (
    some(words, /^(peru$|perutaan$|perumme$|perun$|perua$|avbok)/u) ||
    /\b(give up|gives? away|hand back|cancel|ge upp|ger upp|ge bort|lämnar? tillbaka)\b|antaa? pois|annetaan pois|annamme pois/u.test(
      said,
    )
  );
}

/** "Peru vaihto", "dra tillbaka bytet", "cancel the swap" */
export function isWithdrawingSwap(text: string): boolean {
  const words = wordsIn(text);
  if (words.length > maxShort || some(words, refusing)) return false;
  const isSwap = some(words, /^(vaihto(?!eh)|vaihdo[nst]|vuoronvaih|byte[nt]?$|byte[nt]?s|turbyte|swap)/u);
  const isBack = some(
    words,
    /^(peru|kumoa|vedä|vetä|vedet|takaisin|dra$|drar$|ångra|återta|återkalla|avbryt|cancel|withdraw|undo|back$)/u,
  );
  return isSwap && isBack;
}

const reminding = /^(muistut|påmin|paminn|remind)/u;
const later =
  /^(huomen|tunti|tunnin|aamu|myöhem|minuut|senare|morgon|timm|later|hour|tomorrow|morning|tonight)/u;

/** "Haluan muistutukset takaisin", "slå på påminnelserna", "turn reminders on again" */
export function isRemindersOn(text: string): boolean {
  const words = wordsIn(text);
  const isOff = some(
    words,
    /^(en|älä|ei|pois|lopeta|inte|inga|av|bort|sluta|stäng|stop|off|no|not|don't|dont)$/u,
  );
  // Whoever asks how it is done chooses in the list.
  const isOther = isOff || some(words, /^(miten|kuinka|hur|how)$/u) || some(words, later);
  if (words.length > maxShort + 2 || !some(words, reminding) || isOther) return false;
  const said = ` ${words.join(' ')} `;
  if (some(words, /^(takaisin|päälle|käyttöön|aktivoi|tillbaka|aktivera|back|enable|resume)/u)) return true;
  if (/ (slå|slår|sätt|sätta|koppla|knäpp) .*på | (turn|switch|put) .*on | on $/u.test(said)) return true;
  // "Muistuta uudestaan" is about the next reminder; of a series it is about all of them.
  const isAgain = some(words, /^(taas|jälleen|uudelleen|uudestaan|igen|again)$/u);
  const isOfAll = some(words, /^(muistutuk|muistutuksia|påminnelser|reminders)/u);
  return isAgain && (isOfAll || mentionedIn(text, someDay, 'ahead').kind !== undefined);
}

/** "Milloin me esitetään", "när presenterar vi nästa gång", "when are we presenting next" */
export function isWhenWePresent(text: string): boolean {
  const words = wordsIn(text);
  const [first = ''] = words;
  return (
    words.length <= maxShort &&
    holdsOnly(words, aroundSlot) &&
    /^(milloin|millon|koska|när|when)$/u.test(first) &&
    some(words, /^(me|vi|we|mä|minä|jag|i)$/u) &&
    some(words, /^(esit[äe]|presenter|present$|presenting)/u)
  );
}

/** "Otetaan se helmikuun vuoro", "we can take the slot on 2 March" */
export function isTakingSlot(text: string): boolean {
  const words = wordsIn(text);
  if (words.length > maxShort || some(words, refusing) || !some(words, slotWord)) return false;
  const isTaking = some(words, /^(otetaan|otamme|otan|ottaa|ta|tar|take)$/u);
  return isTaking && namesSession(text) && holdsOnly(words, aroundSlot);
}

/** "Kuka esitti viimeksi", "vem presenterade senast", "who presented last" */
export function isWhoPresented(text: string): boolean {
  const words = wordsIn(text);
  const [first = ''] = words;
  const isAsking = words.length <= maxShort && /^(kuka|ketkä|vem|vilka|who)$/u.test(first);
  const isPresenting = some(words, /^(esitt|puhu|presenter|present(ed)?$|tal(ade|at)$|spoke)/u);
  const isOfSession = mentionedIn(text, someDay, 'back').kind !== undefined || some(words, lastTime);
  return isAsking && isPresenting && isOfPast(text) && isOfSession;
}

const lastTime = /^(viime|edelli|senast|förra|last$|previous)/u;

/** The kind of which somebody asks whether there is one on a day: "onko hankeradio 5.1.", "is there hankeradio on 1 December". */
export function kindOnDay(text: string): ReturnType<typeof mentionedIn>['kind'] {
  const words = wordsIn(text);
  const isAsking = /^(?:onko|onks|pidetäänkö|är det|är|ordnas|is there|is)(?!\p{L})/u.test(words.join(' '));
  const { kind, days } = mentionedIn(text, someDay, 'ahead');
  return isAsking && words.length <= maxShort && days.length > 0 && words.every(isOfDay) ? kind : undefined;
}

const isOfDay = (word: string): boolean =>
  absenceStems.test(word) ||
  /^(onko|onks|pidetäänkö|är|det|ordnas|is|there|a|the|on|of|den|i|på|in|ensi|ens|nästa|next|tämän|tällä|this|viikolla|vecka|week|huomenna|tänään|imorgon|morgon|idag|dag|tomorrow|today|siis|någon|some|any|klo|kl|st|nd|rd|th)$/u.test(
    word,
  );

const questionPrefix = /^(?:kysymys|kysyisin|fråga|question)\s*[:–—-]\s*(?=\S)/iu;
const asking =
  /^(?:hei|moi|hej|hi|hello)?[\s,!]*(?:(?:mä|minä|jag|i|vi|we|me)\s)?(?:(?:haluan|haluun|haluaisin|haluisin|halutaan|tahdon|voinko|saanko|vill|skulle vilja|ville|would like to|want to|wanted to|'d like to|i'd like to)\s)?(?:mä\s|minä\s|jag\s|i\s)?(?:kysyä|kysyy|kysyisin|kysyn|fråga|frågar|ask)(?!\p{L})/iu;
const aboutSession = /esittäj|esity|puhuj|tilaisuu|presentat|presenter|evenemang|session/iu;

/** A question to those who present, by writing it: "kysymys: …", or "haluan kysyä huomisesta hankeradiosta, että …". */
export function isWrittenQuestion(text: string): boolean {
  const plain = plainOf(text);
  if (questionPrefix.test(plain)) return true;
  if (!asking.test(plain)) return false;
  const { kind } = mentionedIn(plain, someDay, 'ahead');
  return kind !== undefined || aboutSession.test(plain);
}

const clause = /(?:^|[\s,])(?:että|et|att|om det|ifall|if|whether)\s+(\S.*)$/isu;
const interrogative =
  /(?:^|[\s,:])((?:miten|mitä|mikä|miksi|missä|milloin|millon|kuka|ketkä|paljonko|montako|kuinka|hur|vad|varför|vem|var|vilken|vilka|när|how|what|why|who|where|which|when|does|is|are|can|\p{L}+(?:ko|kö))(?!\p{L}).*)$/isu;

/** The question in it, as it is written; nothing where it only says that there is one. */
export function questionIn(text: string): string | undefined {
  const plain = text.replace(/<at\b[^>]*>.*?<\/at>/gis, ' ').trim();
  const rest = plain.replace(questionPrefix, '');
  if (rest !== plain) return rest;
  const asked = asking.exec(plain);
  if (asked === null) return undefined;
  const after = plain.slice(asked[0].length);
  const colon = /:\s*(\S.*)$/su.exec(after)?.[1];
  const found = colon ?? clause.exec(after)?.[1] ?? interrogative.exec(after)?.[1];
  return found === undefined || found.trim() === '' ? undefined : found.trim();
}

const topicSaid =
  /^(?:(?:meidän|esityksemme|hankkeen|vår|vårt|presentationens|our|the)\s+)?(?:esityksen\s+|presentation\s+)?(?:aihe(?:emme)?|ämne|ämnet|topic)(?:\s[^:]{0,60})?:\s*(?<topic>\S.*)$/isu;

/** The topic of a talk, where somebody writes it: "aihe hankeradioon 2.2.: mitä digipolku muutti". */
export function writtenTopic(text: string): string | undefined {
  return topicSaid.exec(plainOf(text))?.groups?.topic?.trim();
}

/** The words that a refusal to come is made of; with any other it may be about something else. */
const absence = new Set(
  spaced(`
    en mä minä me ei emme enkä emmekä et että valitettavasti sori anteeksi hei moi nyt siis taas harmi ikävä kyllä
    sittenkään pääse ehdi ehi tule tuu kerkee kerkeä pysty voi voida tulla tulemaan osallistu osallistua osallistumaan mukaan
    paikalle esittämään esittää puhumaan siihen sinne mihinkään yhteenkään kumpaankaan koko kaikki kaikkiin ajan aikaa olen
    oon oomme ollaan olemme lomalla lomaa loma matkoilla matkalla pois poissa joten koska kun ja silloin sillon siellä klo
    päivän viikon viikolla viikot ensi ens tämän tällä huomenna huomisen huomiseen tänään kipeä kipeänä sairas sairaana
    sairastuin flunssassa flunssa kuumeessa kuumetta kuume mulla minulla on lapsi lapsen kanssa kotona sairaslomalla
    jag vi kan kunde kommer hinner deltar inte int ej tyvärr sorry hej nu då va vara med delta komma närvara presentera på
    till i är blev e o och för så att sjuk sjuka förkyld feber influensa hemma barn barnet sjukledig sjukskriven bortrest
    ledig semester har förhinder hela alla något någonting nån under den det där månaden veckan vecka nästa denna imorgon
    morgon morgondagens idag dag projekt
    i'm im we're can't cannot cant can not won't wont be able to unable make it come attend join present the a an on at in of
    from my is am are unfortunately hi and so because out away ill sick flu fever holiday vacation leave travelling child all
    any anything whole entire during next this week month tomorrow today tomorrow's
  `),
);
const absenceStems =
  /^(hankeradio|projektradio|radio|big$|room|bigroom|koulutu|utbildning|training|tilaisuu|tapaami|evenemang|träff|session|\d|tammiku|helmiku|maalisku|huhtiku|toukoku|kesäku|heinäku|eloku|syysku|lokaku|marrasku|jouluku|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|january|february|march|may|june|july|august|october|maanantai|tiistai|keskiviik|torstai|perjantai|måndag|tisdag|onsdag|torsdag|fredag|monday|tuesday|wednesday|thursday|friday)/u;

/** Whether no word is about anything but sessions, their days and slots, and what goes round them. */
const holdsOnly = (words: readonly string[], more: RegExp): boolean =>
  words.every(
    (word) => absence.has(word) || absenceStems.test(word) || slotWord.test(word) || more.test(word),
  );

/** The words around slots. */
const aroundSlot =
  /^(we|are|milloin|millon|koska|när|when|se|sen|tuo|sitten|taas|seuraava|seuraavan|seuraavaksi|kerran|gång|igen|next|again|otetaan|otamme|otan|ottaa|ta|tar|take|give|gives|away|up|hand|back|cancel|ge|ger|upp|bort|lämna|lämnar|tillbaka|anna|antaa|annetaan|annamme|peru|perutaan|perumme|perun|perua|avboka|avbokar|haluan|haluamme|haluttais|halutaan|voidaan|voitais|voitaisiin|voimme|vill|skulle|want|to|could|will|'ll|vår|meidän|hankkeen|hankkeemme|minun|mun|min|our|my|that|do|does|pitää|pitäis|ska|skall|should|vapaa|vapaan|lediga|free|kiitos|tack|please|gärna|mielellään|esit[äe]\p{L}*|presenter\p{L}*|present|presenting)$/u;

function refusesToCome(words: readonly string[]): boolean {
  const said = ` ${words.join(' ')} `;
  const finnish =
    / (en|emme|ei|enkä|emmekä|et|etten) (\S+ ){0,3}?(pääse|ehdi|ehi|tule|tuu|kerkee|kerkeä|osallistu|pysty|voi|voida) /u;
  const swedish =
    / (kan|hinner|kommer|deltar|kunde) (\S+ ){0,2}?(inte|int|ej) |(?:inte|int) (kan|hinner|kommer|deltar) |förhinder/u;
  const english =
    / (can't|cannot|cant|can not|won't|wont|unable to) (be able to )?(make|come|attend|join|be|present) /u;
  return finnish.test(said) || swedish.test(said) || english.test(said);
}

/** Coming, in a word that says it by itself. */
const coming =
  /^(pääse|tule|tulla|tulemaan|osallistu|mukaan|paikalle|esittä|puhumaan|mihinkään|kommer|deltar|komma|delta|vara|va|närvara|presentera|förhinder|come|attend|join|make|be|present)/u;

/** That somebody does not come to a session that they name by its kind or its day; or for how long they are away. */
export function isAbsence(text: string): boolean {
  const words = wordsIn(text);
  if (!refusesToCome(words) || !namesSession(text)) return false;
  // "En ehdi tänään" has no time for anything, and not for a session.
  const { kind } = mentionedIn(text, someDay, 'ahead');
  if (kind === undefined && !some(words, coming)) return false;
  if (words.every((word) => absence.has(word) || absenceStems.test(word))) return true;
  return isOwnIllness(text) && kind !== undefined;
}

const whole =
  /(?<!\p{L})(koko|kaikki|kaikkiin|mihinkään|yhteenkään|lomalla|lomaa|matkoilla|hela|alla|något|någonting|semester|bortrest|ledig|whole|entire|all|any|anything|holiday|vacation|leave|away)(?!\p{L})/iu;

const fromTo = /\d\.?\s?[–—-]\s?\d{1,2}[./]\d/u;

/** Whether it is about all sessions of the days that it names. */
export const isWholePeriod = (text: string): boolean => {
  const plain = plainOf(text);
  return whole.test(plain) || fromTo.test(plain);
};

const pastPresenter =
  /(?<!\p{L})(viime\p{L}*|edelli\p{L}*|puhui\p{L}*|esitti\p{L}*|puhunut|puhunu|esittänyt|esittäny|oli|ollut|senast\p{L}*|förra|talade|presenterade|talat|presenterat|var|last|spoke|spoken|presented|previous\p{L}*|was)(?!\p{L})/iu;

/** Whether it asks who presented, and not who will. */
export const isOfPast = (text: string): boolean => pastPresenter.test(plainOf(text));

/** Whether it asks for a recording, and not for what was said on the last time. */
export const asksForAnyRecording = (text: string): boolean => {
  const words = wordsIn(text);
  return (
    some(words, /^(tallen|nauhoi|inspeln|recording)/u) &&
    !some(words, /^(viime|edelli|senast|förra|forra|last$|latest|previous)/u)
  );
};
