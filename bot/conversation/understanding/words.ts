/** Words written one after another. */
export function spaced(words: string): readonly string[] {
  return words.trim().split(/\s+/);
}

export const greetings: readonly string[] = spaced(`
  moi moikka hei heippa heissan terve tervehdys huomenta päivää iltaa moro hej hejsan tjena hallå god
  morgon dag kväll morning afternoon evening hi hey hello hyvää good
`);

export const thankWords: readonly string[] = spaced(
  'kiitos kiitti kiitoksia tack tackar thanks thank thx ty',
);

/** Verbs of telling, as somebody says them who wants to tell. */
export const shareWords: readonly string[] = spaced(`
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
  katsoa nähdä näe näen mun tarvitsen tarvitsisin vaihda vaihtaa haluta puhu puhua valitse ja se minä tänne
  tässä sinulle vähän ole hyvä laita asetus asetukset käytä käyttää kanssa täällä toimii tämä hankkeen
  hankkeesta en ett har ny nya liten nu tack visa mina mitt min se byt byta välj ändra behöver mig med på
  till om att här snälla prata tala använd det projekt a an the some have got new to please show me
  see open need now us change switch choose select set speak use in thanks is this here with of for can could may
  project from our piece kan får tells telling about big room bigroom
`);

/** Words by which something is over. */
export const pastWords: readonly string[] = spaced(
  'oli olivat olin meni päättyi eilen igår kändes was were went yesterday ago felt',
);

/** Words of asking when; they mean nothing without what is asked for, and go with little. */
export const whenWords: readonly string[] = spaced(`
  milloin koska mihin aikaan monelta mikä mitä mitkä millaisia päivä seuraava seuraavan seuraavat seuraavaksi tuleva tulevat
  tulossa när är nästa följande vilken vilka kommande when what which time klo kello next upcoming does start alkaa börjar
`);

/** Real words one letter away from a command, which are no typing mistake. */
export const lookalikes: readonly string[] = spaced(`
  minä minne minua mitä mitt ovat otat omaa oma mieli kielo kiel apea apuna min sina sinä fina line
  mind nine fine time wine mini mint miss mane held heap hell helt hela kelp new next nets view views
  knew newt nya språng cello uutiskirje nyttan ohjeen ohje
`);

/** The commonest small words of each language, by which it is told from the others. */
export const functionWords: Readonly<Record<'fi' | 'sv' | 'en', readonly string[]>> = {
  fi: spaced(`
    ja on ei että se hän tämä joka mutta kun niin myös nyt ovat oli olla kanssa sekä tai ne jo vain kuin voi
    mukaan jos vielä jotta sen siitä tästä meidän uusi uuden vuoden kaikki asiakkaat asukkaat jälkeen
  `),
  sv: spaced(`
    och att det som är på av för med till den har inte om ett men de så kan från vi man också nu över under
    efter våra alla nya när eller hos blir sin finns mer ut sig var invånare klienterna
  `),
  en: spaced(`
    the of and to in is that for it was on are with as at by be this have from or an they which one had
    not but what all were when we there been their has our more new after people clients now
  `),
};
