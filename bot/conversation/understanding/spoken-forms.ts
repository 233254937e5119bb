/**
 * Words as people say them and write them in a hurry, and how they are written otherwise: one word beside the other is one
 * thing to learn. Finnish of everyday speech, the Swedish that is spoken in Finland, and English without its apostrophes.
 */
const forms: Readonly<Record<string, string>> = {
  // Finnish
  mä: 'minä',
  mää: 'minä',
  mun: 'minun',
  mul: 'minulla',
  mulla: 'minulla',
  mulle: 'minulle',
  mua: 'minua',
  mut: 'minut',
  sä: 'sinä',
  sun: 'sinun',
  sulla: 'sinulla',
  meiän: 'meidän',
  meijän: 'meidän',
  meil: 'meillä',
  ois: 'olisi',
  olis: 'olisi',
  oon: 'olen',
  oomme: 'olemme',
  oot: 'olet',
  tuun: 'tulen',
  tuut: 'tulet',
  meen: 'menen',
  haluun: 'haluan',
  haluisin: 'haluaisin',
  haluttais: 'haluaisimme',
  kerkee: 'ehdi',
  kerkeä: 'ehdi',
  ehi: 'ehdi',
  ens: 'ensi',
  viel: 'vielä',
  sit: 'sitten',
  millon: 'milloin',
  koska: 'milloin',
  onks: 'onko',
  oisko: 'olisiko',
  voiks: 'voiko',
  voisko: 'voisiko',
  voitais: 'voitaisiin',
  saisko: 'saisiko',
  saiskohan: 'saisiko',
  kaa: 'kanssa',
  kans: 'kanssa',
  tän: 'tämän',
  tää: 'tämä',
  toi: 'tuo',
  nää: 'nämä',
  niit: 'niitä',
  mis: 'missä',
  mist: 'mistä',
  mihi: 'mihin',
  jotai: 'jotain',
  viimeks: 'viimeksi',
  seuraavaks: 'seuraavaksi',
  uudestaa: 'uudestaan',
  // Swedish
  ja: 'jag',
  va: 'vad',
  de: 'det',
  e: 'är',
  int: 'inte',
  sku: 'skulle',
  ska: 'skall',
  nån: 'någon',
  nåt: 'något',
  nåra: 'några',
  nånstans: 'någonstans',
  mej: 'mig',
  dej: 'dig',
  sej: 'sig',
  sån: 'sådan',
  idag: 'i dag',
  imorgon: 'i morgon',
  // English
  im: "i'm",
  cant: "can't",
  cannot: "can't",
  wont: "won't",
  dont: "don't",
  gotta: 'have to',
  gonna: 'going to',
  wanna: 'want to',
  tmrw: 'tomorrow',
  u: 'you',
  pls: 'please',
  plz: 'please',
};

/** Numbers are all alike here: which day one says is of no matter for what one asks. */
const digits = /^\d+$/u;

/** The words with their spoken forms written out, and one sign for every number. */
export function writtenOut(words: readonly string[]): string[] {
  return words.flatMap((word) => {
    if (digits.test(word)) return ['0'];
    return Object.hasOwn(forms, word) ? (forms[word] ?? word).split(' ') : [word];
  });
}
