import { type Vocabulary, spaced } from '../../conversation/understanding/words.js';

/** The words of sessions; see {@link Vocabulary}. */
export const sessionWords: Vocabulary = {
  forgiving: ['tilaisuudet', 'tilaisuus', 'tillfällen', 'tillfälle', 'sessions', 'session'],
  exact: spaced(`
    tilaisuuksia tilaisuuksien tilaisuuden tilaisuutta tilaisuuteen tapahtumat sessiot tillfallen tillfalle
    tillfället tillfällena sammankomster events
  `),
  stems: [],
};

export const radioWords: Vocabulary = {
  forgiving: ['hankeradio', 'hankeradion', 'hankeradiot', 'projektradion', 'projektradio'],
  exact: spaced('hankeradiota hankeradioon hankeradioita hankeradiossa hankeradiosta'),
  stems: [],
};

export const trainingWords: Vocabulary = {
  forgiving: ['koulutus', 'koulutukset', 'utbildning', 'utbildningar', 'training', 'trainings'],
  exact: spaced('koulutusta koulutuksia koulutuksen utbildningen utbildningarna'),
  stems: [],
};

export const topicWords: Vocabulary = {
  forgiving: ['aiheet', 'aihetta', 'aiheita', 'ämnen', 'topics', 'topic'],
  exact: spaced(`
    aihe aiheen aiheiden aiheeksi aihelista amnen amne ämne ämnet ämnena ämneslista aihe-ehdotus
    aihe-ehdotukset aiheehdotus aiheehdotukset aihe-ehdotuksen ämnesförslag temat teeman
  `),
  stems: [],
};

/** Words of proposing; with a topic, or alone. */
export const suggestWords: Vocabulary = {
  forgiving: ['ehdota', 'ehdottaa', 'föreslå', 'föreslår', 'suggest', 'propose'],
  exact: spaced(`
    ehdotan ehdottaisin ehdotus ehdotuksen ehdotuksia ehdotetaan foresla förslag suggestion proposal
  `),
  stems: [],
};

export const reminderWords: Vocabulary = {
  forgiving: ['muistutukset', 'muistutus', 'påminnelser', 'påminnelse', 'reminders', 'reminder'],
  exact: spaced(`
    muistutuksia muistutuksen muistutusta muistutukseni muistutusten muistuta muistuttaa muistuttele
    paminnelser paminnelse påminnelserna påminnelsen påminn påminna påminner remind
  `),
  stems: [],
};

/** Words of asking when; they mean nothing without what is asked for. */
export const whenWords: readonly string[] = spaced(`
  milloin koska mihin aikaan monelta mikä mitä mitkä millaisia päivä seuraava seuraavan seuraavat seuraavaksi tuleva tulevat
  tulossa när är nästa följande vilken vilka kommande when what which time klo kello next upcoming does start alkaa börjar
`);

/** What may stand round a wish not to be reminded. */
export const refusalWords: readonly string[] = spaced(`
  halua enää minua muistuttamaan yhtään ha vill mig mer inga några want any more me
`);

/** What may stand beside "Big Room" where it names the session rather than the bot. */
export const besideName: readonly string[] = spaced('on olisi se is the a en ett hålls pidetään');

/** Who gets thanks for a session does not ask for one. */
export const thankWords: readonly string[] = spaced('kiitos kiitti tack thanks thank');

/** Real words a letter or two away from those above, which are no typing mistake. */
export const sessionLookalikes: readonly string[] = spaced(`
  tilavuus tilavuudet tilaus tilaukset tillfälliga tillfälligt tillfällig mission missions sessioner
  vaihe vaiheet vaihetta vaiheita vaiheen aine aineet aineita ainetta puheet perheet namnen amen tropics
  tonic optics topias remainder remainders reminded koulutettu koulut koulutuskeskus trainee trainer
  raining straining draining projektrad projektråd
`);
