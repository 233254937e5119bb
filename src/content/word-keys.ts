import { stemmer as finnishStem } from '@orama/stemmers/finnish';
import { stemmer as swedishStem } from '@orama/stemmers/swedish';
import { plainCharacters } from '../shared/normalise.js';
import type { PublicLanguage } from '../shared/languages.js';

// Keys under which the inflected forms of one word meet. Snowball's stemmers do most of it. What they leave apart is
// joined here: consonant gradation (kunta, kunnan), the types of nouns in -nen, -us and -uus, Swedish definite forms
// (projektet, hälsan), and a short list of words of this field that follow no rule. A form that can be read in two ways
// (tulosta: of tulo or of tulos) has two keys.

const maxWordCharacters = 40;
/** Of a key: shorter ones would join words that have nothing to do with each other. */
const minKeyCharacters = 3;
const maxKeys = 3;

/** The words of a text as they are searched: lower case, letters and digits, at least two characters. */
export function wordsOf(text: string): string[] {
  const found =
    plainCharacters(text)
      .toLocaleLowerCase('fi')
      .match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  return [...new Set(found.map((word) => Array.from(word).slice(0, maxWordCharacters).join('')))];
}

/** The forms of a word, and the key that they have. */
type Irregular = readonly [forms: RegExp, key: string];

/** Words that stems and gradation don't join, mostly because `k` or a vowel goes. */
const irregularFinnish: readonly Irregular[] = [
  [/^(?:työ|töi)(?:n|t|tä|nä|ksi|hön|ssä|stä|llä|ltä|lle|ttä|den|hin)?$/, 'työ'],
  [/^tu(?:ki|k[ie](?:a|en|na|in|ksi)|(?:e|i)(?:n|t|ksi|ssa|sta|lla|lta|lle|tta))$/, 'tuki'],
  [/^ha(?:ku|ku(?:a|un|na|jen|ja|ihin)|u(?:n|t|ksi|ssa|sta|lla|lta|lle|issa|ista))$/, 'haku'],
  [
    /^(?:aika|aikaa|aikaan|aikana|aikoja|aikojen|aikoina|aikoihin|aja(?:n|t|ksi|ssa|sta|lla|lta|lle)|ajoissa|ajoista)$/,
    'aika',
  ],
  [/^vi(?:ka|kaa|kaan|kana|koja|kojen|koihin|a(?:n|t|ksi|ssa|sta|lla|lle))$/, 'vika'],
  [/^lu(?:ku|kua|kuun|kuja|kujen|kuina|vu(?:n|t|ssa|sta|lla|lle|iksi|issa|ista))$/, 'luku'],
  [/^pol(?:ku|kua|kuun|kuja|kujen|kuihin|u(?:n|t|ssa|sta|lla|lta|lle|issa|ista|illa|ille))$/, 'polku'],
  [/^ruo(?:ka|kaa|kaan|kana|kia|kien|a(?:n|t|ssa|sta|lla|lle)|uan)$|^ruua(?:n|t|ssa|sta|lla|lle)$/, 'ruoka'],
  [/^ko(?:ti|tia|tiin|tien|teja|tona|toa|teihin|di(?:n|t|ssa|sta|lla|lle|ksi)|deissa|deista)$/, 'koti'],
  [/^vuo(?:si|sia|sien|sina|siin|te[en]+|tta|nna|(?:de|si|ksi)(?:n|t|ssa|sta|lla|lle|ksi)?)$/, 'vuosi'],
  [/^uu(?:si|sia|sien|teen|tta|tena|(?:de|si)(?:n|t|ssa|sta|lla|lle|ksi|mman)?)$/, 'uusi'],
  [/^la(?:ps[ei](?:.{0,4})|sta|sten)$/, 'lapsi'],
  [/^nuor(?:i|ta|ten|e.{0,3}|i(?:a|na|in|en|ssa|sta|lla|lta|lle|ksi))$/, 'nuori'],
  [/^mie(?:s|stä|sten|he.{0,4}|hi.{0,4})$/, 'mies'],
  [/^jal(?:ka|kaa|kaan|koja|kojen|koihin|a(?:n|t|ssa|sta|lla|lle))$/, 'jalka'],
  [/^op(?:as|asta|aste|pa(?:an|at|assa|asta|alla|alle|ita|iden|isiin|issa|ista))$/, 'opas'],
];

const irregularSwedish: readonly Irregular[] = [
  [/^(?:stad(?:en|ens)?|städer(?:na|nas)?)$/, 'stad'],
  [/^(?:bok(?:en|ens)?|böcker(?:na|nas)?)$/, 'bok'],
  [/^(?:hand(?:en|ens)?|händer(?:na|nas)?)$/, 'hand'],
  [/^(?:land(?:et|ets)?|länder(?:na|nas)?)$/, 'land'],
  [/^(?:man(?:nen|nens)?|män(?:nen|nens|s)?)$/, 'man'],
  [/^(?:cent(?:er|ret|rets|ren|rens|rum|rumet|ers))$/, 'center'],
  [/^(?:ny|nya|nytt)$/, 'ny'],
  [/^år(?:et|ets|en|ens|s)?$/, 'år'],
];

/** Words that hold texts together and mean nothing to a search; some look like forms of others (`kun`, `kunta`). */
const commonWords = new Set(
  (
    'että joka jotka jossa kun kuin myös mutta niin ovat olla ollut tämä tämän nämä sekä siitä sitä niiden heidän ' +
    'joiden joita hänen meidän teidän koska kuten vain sekä nyt jos voi voit ole olet oli tai ' +
    'och att det den som för med till har inte ett var kan ska vid från eller när där här också detta denna dessa ' +
    'deras hans hon han men om på av är'
  ).split(' '),
);

const vowels = 'aeiouyåäö';
const isConsonant = (letter: string): boolean => letter !== '' && !vowels.includes(letter);

/** Strong and weak grade of the consonants at the end of a stem, as one: `nn` and `nt`, `d` and `t`, `v` and `p`. */
function withoutGradation(stem: string): string {
  const [, start = '', consonants = '', end = ''] = /^(.*?)([^aeiouyåäö]+)([ouyö]?)$/.exec(stem) ?? [];
  if (consonants === '') return stem;
  const grade = consonants
    .replace(/nn$/, 'nt')
    .replace(/mm$/, 'mp')
    .replace(/ll$/, 'lt')
    .replace(/rr$/, 'rt')
    .replace(/ng$/, 'nk')
    .replace(/([kpt])\1$/, '$1')
    .replace(/d$/, 't')
    .replace(/v$/, 'p');
  return start + grade + end;
}

/** The part of a noun's or an adjective's stem that all its forms share. */
function joinedFinnish(stem: string): string {
  const bare = stem
    .replace(/ej$/, '')
    .replace(/([ouyö])j$/, '$1')
    .replace(/[aäei]+$/, '');
  // Too short without its vowel: "tie", "apu".
  const kept = bare.length < minKeyCharacters ? stem : bare;
  if (/[oöu]s$|ys$|is$/.test(kept)) return kept;
  const joined = kept
    .replace(/ks$/, 's')
    .replace(/([uyoöie])st$/, '$1s')
    .replace(/([aeouyäöi][uy])(?:d|tt?)$/, '$1s')
    .replace(/(..)[aä]s$/, '$1');
  return joined === kept || /[^s]$/.test(joined) ? withoutGradation(joined) : joined;
}

function* finnishReadings(word: string): Generator<string> {
  const stem = finnishStem(word);
  const rest = word.slice(stem.length);
  const last = stem.at(-1) ?? '';
  // uutinen beside uutisen
  if (/[aeiouyäö]nen$/.test(word)) yield `${word.slice(0, -3)}s`;
  // ikääntynyt beside ikääntyneen
  else if (/n[uy]t$/.test(word)) yield word.slice(0, -2);
  // The stemmer takes the end of "kunta", "viestintään" and "kuukausi" for a case or a possessive.
  else if (/[nlr]t[aä]$/.test(word) && rest.length === 2) yield word.slice(0, -1);
  else if (/[nlr]t(?:aa|ää)n$/.test(word) && rest.length === 4) yield word.slice(0, -3);
  else if (/[uy]si$/.test(word) && rest === 'si') yield word.slice(0, -1);
  // The stemmer leaves one of two consonants: kunnan, hankkeen.
  else if (word.startsWith(stem) && rest.startsWith(last) && isConsonant(last)) yield stem + last;
  else yield stem;
  // tulosta, uutista: also the partitive of a word in -s.
  if (/[uyoöeaäi]st[aä]$/.test(word)) yield word.slice(0, -2);
  // sairaaloita: the plural of a word in -a.
  if (/[oö]$/.test(stem) && /^[ij]/.test(rest)) yield stem.slice(0, -1);
  // puhelin, which is no genitive, beside puhelimen
  if (/[^i]in$/.test(word) && word.length > 6) yield word;
  if (stem.endsWith('im')) yield `${stem.slice(0, -1)}n`;
}

/** The stem as often as it gives way (resultaten, resultat), without a doubled end (hemmen, hem). */
function swedishRoot(word: string): string {
  let stem = word;
  for (
    let next = swedishStem(stem);
    next !== stem && next.length >= minKeyCharacters;
    next = swedishStem(stem)
  )
    stem = next;
  return stem.replace(/([^aeiouyåäö])\1$/, '$1');
}

function* swedishReadings(word: string): Generator<string> {
  const root = swedishRoot(word);
  yield root;
  const bare = word.replace(/s$/, '');
  // projektet, hälsan, terapin, läkaren, mötena; digitalt
  if (/[^h]et$/.test(bare) && bare.length > 4) yield swedishRoot(bare.slice(0, -2));
  if (/[air]n$/.test(bare) && bare.length > 4) yield swedishRoot(bare.slice(0, -1));
  if (/[^n]na$/.test(bare) && bare.length > 5) yield swedishRoot(bare.slice(0, -2));
  if (/(?:al|ig|isk|iv)t$/.test(bare)) yield swedishRoot(bare.slice(0, -1));
  // föräldrar, läkemedlet
  const syncope = /^(.+[dgkpt])([lr])$/.exec(root.replace(/et$/, ''));
  if (syncope !== null) yield swedishRoot(`${syncope[1] ?? ''}e${syncope[2] ?? ''}`);
}

const irregular = { fi: irregularFinnish, sv: irregularSwedish };

const irregularKey = (word: string, language: PublicLanguage): string | undefined =>
  irregular[language].find(([forms]) => forms.test(word))?.[1];

/** hoitopolut beside hoitopolku */
function irregularCompoundKeys(word: string, language: PublicLanguage): string[] {
  for (let start = minKeyCharacters; start <= word.length - minKeyCharacters; start += 1) {
    const [first, tail] = [word.slice(0, start), word.slice(start)];
    const key = mayDivide(first, tail, language) ? irregularKey(tail, language) : undefined;
    if (key !== undefined) return [first + key];
  }
  return [];
}

/**
 * The keys of a word in a language, at most three: two words that are forms of one have a key in common. None for words
 * that are in every text.
 */
export function keysOfWord(word: string, language: PublicLanguage): string[] {
  if (commonWords.has(word) || /^\d+$/.test(word)) return [];
  const known = irregularKey(word, language);
  if (known !== undefined) return [known];
  const keys = language === 'fi' ? [...finnishReadings(word)].map(joinedFinnish) : [...swedishReadings(word)];
  keys.push(...irregularCompoundKeys(word, language));
  return [...new Set(keys)].filter((key) => key.length >= minKeyCharacters).slice(0, maxKeys);
}

const maxTail = 16;
const minTailKeyCharacters = 4;
/** Of the words that many compounds end in, those with a key that is shorter: shorter keys are mostly ends of words. */
const shortTails: Readonly<Record<PublicLanguage, string>> = {
  fi: 'ala alue apu asia etu idea laki ohje osa raha työ vika',
  sv: 'bok dag hem hus lag läkare mål möte ort rum råd sida tid val år',
};

/** Two consonants with which a Finnish word may begin: words that came from elsewhere. */
const finnishOnset = /^(?:[aeiouyäö]|[^aeiouyäö](?![^aeiouyäö])|[kpt]r|[kp]l|s[kpt])/;
const swedishOnset =
  /^(?:[aeiouyåäö]|[^aeiouyåäö](?![^aeiouyåäö])|[bdfgkptv]r|[bfgkps]l|s[cjkmnptv]|tj|sj|kj|skr|str|spr|[kg]n|tv|kv|dj|hj|lj)/;

/** Whether a compound may be divided here: its first part ends, and its second begins, as words do. */
function mayDivide(first: string, tail: string, language: PublicLanguage): boolean {
  const last = first.at(-1) ?? '';
  // One long vowel, or one long consonant, is never divided between two parts.
  if (last === tail[0] && vowels.includes(last)) return false;
  if (!/[aeiouyåäö]/.test(first)) return false;
  return language === 'fi'
    ? /[aeiouyäölnrs]$/.test(first) && finnishOnset.test(tail)
    : swedishOnset.test(tail);
}

/** The ends of a long word that may be a word of their own, each with at least three letters before the word's ending. */
function tailsOf(word: string, language: PublicLanguage): string[] {
  const stem = language === 'fi' ? finnishStem(word) : swedishRoot(word);
  const tails: string[] = [];
  for (let start = Math.max(2, word.length - maxTail); start <= stem.length - 3; start += 1) {
    const tail = word.slice(start);
    if (mayDivide(word.slice(0, start), tail, language)) tails.push(tail);
  }
  return tails;
}

function keysOfTails(word: string, language: PublicLanguage): string[] {
  const keys = tailsOf(word, language).flatMap((tail) => keysOfWord(tail, language));
  return keys.filter((key) => key.length >= minTailKeyCharacters || shortTailKeys[language].has(key));
}

/** The keys of all words of a text, and of the ends of its compounds: `omsorg` of `äldreomsorgen`. */
export function keysOfText(text: string, language: PublicLanguage): string[] {
  const keys = wordsOf(text).flatMap((word) => [
    ...keysOfWord(word, language),
    ...keysOfTails(word, language),
  ]);
  return [...new Set(keys)];
}

const shortTailKeys = {
  fi: new Set(shortTails.fi.split(' ').flatMap((word) => keysOfWord(word, 'fi'))),
  sv: new Set(shortTails.sv.split(' ').flatMap((word) => keysOfWord(word, 'sv'))),
};
