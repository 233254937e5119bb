import type { Language } from '../../../src/shared/languages.js';

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

/** Words written one after another. */
export function spaced(words: string): readonly string[] {
  return words.trim().split(/\s+/);
}

export const newsWords: Vocabulary = {
  forgiving: [
    'uutinen',
    'uutisen',
    'uutisia',
    'uutiset',
    'uutista',
    'nyhet',
    'nyheter',
    'nyheten',
    'nyheterna',
    'news',
  ],
  exact: ['juttu', 'jutun', 'juttuja', 'story', 'stories'],
  stems: ['uuti', 'nyhet'],
};

export const ownWords: Vocabulary = {
  forgiving: ['omat', 'uutiseni', 'mina', 'mine'],
  exact: ['omani', 'omia', 'minun', 'my', 'juttuni', 'lista', 'list'],
  stems: ['uutiseni', 'uutisiani', 'uutistani'],
};

export const helpWords: Vocabulary = {
  forgiving: ['apua', 'ohjeet', 'hjälp', 'help', 'hello'],
  exact: [
    'apu',
    'ohje',
    'ohjeita',
    'auta',
    'auttakaa',
    'hjalp',
    'hjälpa',
    'start',
    'info',
    'menu',
    'komennot',
  ],
  stems: [],
};

export const greetings: readonly string[] = spaced(`
  moi moikka hei heippa heissan terve tervehdys huomenta päivää iltaa moro hej hejsan tjena hallå god
  morgon dag kväll morning afternoon evening hi hey hello hyvää good
`);

export const languageWords: Vocabulary = {
  forgiving: ['kieli', 'kielen', 'språk', 'språket', 'language', 'languages'],
  exact: ['sprak', 'spraket', 'kieltä', 'kielet', 'kieleksi', 'kieliasetus', 'språkval', 'lang'],
  stems: [],
};

/** The names of our languages as they are written in any of them. */
export const languageNames: Readonly<Record<Language, readonly string[]>> = {
  fi: ['suomi', 'suomeksi', 'suomen', 'suomea', 'suomenkieli', 'finska', 'finnish', 'fi'],
  sv: ['ruotsi', 'ruotsiksi', 'ruotsin', 'ruotsia', 'svenska', 'swedish', 'sv'],
  en: ['englanti', 'englanniksi', 'englannin', 'englantia', 'engelska', 'english', 'en'],
};

/** Verbs of telling, as somebody says them who wants to tell. */
export const tellWords: readonly string[] = spaced(`
  kertoa kerro kerron kerrotaan ilmoittaa ilmoitan lähettää lähetän jättää jätän antaa tehdä teen
  kirjoittaa kirjoitan jakaa jaan lisätä lisään julkaista ehdottaa berätta berättar skicka skickar
  lämna lämnar skriva skriver dela tipsa lägga publicera göra föreslå anmäla tell submit send share
  report write add create post publish suggest give
`);

/** Words by which the speaker says that the wish is their own. */
export const wishWords: readonly string[] = spaced(`
  haluan haluaisin haluamme haluaisimme tahdon tahtoisin voinko voisinko voimmeko saanko miten kuinka
  missä minulla meillä mulla haluisin aion jag vi vill skulle hur var i i'd id i’d i'm we want like
  how wish let would
`);

/** Words that turn a wish round, or ask somebody else. */
export const turningWords: readonly string[] = spaced(`
  en ei älä emme et ette eivät sinä haluatko voitko voisitko hän he inte aldrig du ni han hon de not
  never don't don’t dont didn't you she they no
`);

/** Words that may stand around a command without meaning anything else. */
export const fillers: readonly string[] = spaced(`
  on olisi yksi yhden uusi uuden uutta uusia pieni pienen nyt tästä kiitos näytä näyttäisitkö avaa
  katsoa nähdä näe näen mun tarvitsen tarvitsisin vaihda vaihtaa haluta puhu puhua ja se minä tänne
  tässä sinulle vähän ole hyvä laita asetus asetukset käytä käyttää kanssa täällä toimii tämä hankkeen
  hankkeesta en ett har ny nya liten nu tack visa mina mitt min se byt byta ändra behöver mig med på
  till om att här snälla prata tala använd det projekt a an the some have got new to please show me
  see open need now us change switch set speak use in thanks is this here with of for can could may
  project from our piece kan får tells telling about big room bigroom
`);

/** Real words one letter away from a command, which are no typing mistake. */
export const lookalikes: readonly string[] = spaced(`
  minä minne minua mitä mitt ovat otat omaa oma mieli kielo kiel apea apuna min sina sinä fina line
  mind nine fine time wine mini mint miss mane held heap hell helt hela kelp new next nets view views
  knew newt nya språng cello uutiskirje nyttan ohjeen ohje
`);
