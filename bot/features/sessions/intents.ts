import type { SeriesKind } from '../../../src/sessions/series/series.js';
import { asides } from '../../conversation/understanding/asides.js';
import type { Intent, Message, Vocabulary, WordKind } from '../../conversation/understanding/intent.js';
import type { Topic } from '../../conversation/understanding/topics.js';
import { spaced, thankWords, whenWords } from '../../conversation/understanding/words.js';
import {
  isAbsence,
  isGivingUp,
  isRemindersOn,
  isTakingSlot,
  isTitleOf,
  isWhenWePresent,
  isWhoPresented,
  isWithdrawingSwap,
  isWrittenQuestion,
  kindOnDay,
  writtenTopic,
} from './outright.js';

const sessionWords: Vocabulary = {
  forgiving: ['tilaisuudet', 'tilaisuus', 'evenemang', 'tillfällen', 'tillfälle', 'sessions', 'session'],
  exact: spaced(`
    tilaisuuksia tilaisuuksien tilaisuuden tilaisuutta tilaisuuteen tapahtumat sessiot tillfallen tillfalle
    tillfället tillfällena sammankomster evenemanget evenemangen möten program programmet events
  `),
  stems: [],
};

const radioWords: Vocabulary = {
  forgiving: ['hankeradio', 'hankeradion', 'hankeradiot', 'projektradion', 'projektradio'],
  exact: spaced('hankeradiota hankeradioon hankeradioita hankeradiossa hankeradiosta'),
  stems: [],
};

const trainingWords: Vocabulary = {
  forgiving: ['koulutus', 'koulutukset', 'utbildning', 'utbildningar', 'training', 'trainings'],
  exact: spaced('koulutusta koulutuksia koulutuksen utbildningen utbildningarna'),
  stems: [],
};

const topicWords: Vocabulary = {
  forgiving: ['aiheet', 'aihetta', 'aiheita', 'ämnen', 'topics', 'topic'],
  exact: spaced(`
    aihe aiheen aiheiden aiheeksi aihelista amnen amne ämne ämnet ämnena ämneslista aihe-ehdotus
    aihe-ehdotukset aiheehdotus aiheehdotukset aihe-ehdotuksen ämnesförslag temat teeman
  `),
  stems: [],
};

/** Words for proposing, with a topic or alone. */
const suggestWords: Vocabulary = {
  forgiving: ['ehdota', 'ehdottaa', 'föreslå', 'föreslår', 'suggest', 'propose'],
  exact: spaced(`
    ehdotan ehdottaisin ehdotus ehdotuksen ehdotuksia ehdotetaan foresla förslag suggestion proposal
  `),
  stems: [],
};

const reminderWords: Vocabulary = {
  forgiving: ['muistutukset', 'muistutus', 'påminnelser', 'påminnelse', 'reminders', 'reminder'],
  exact: spaced(`
    muistutuksia muistutuksen muistutusta muistutukseni muistutusten muistuta muistuttaa muistuttele
    paminnelser paminnelse påminnelserna påminnelsen påminn påminna påminner remind
  `),
  stems: [],
};

/** Words that may occur beside "reminders" when somebody wants no more of them. */
const refusalWords: readonly string[] = spaced(`
  halua enää minua muistuttamaan yhtään ha vill mig mer inga några want any more me
`);

/** Words that may occur beside "Big Room" where it names the session rather than the bot. */
const besideName: readonly string[] = spaced('on olisi se is the a en ett hålls pidetään');

/** Real words that differ by a letter or two from those above: they are not typing mistakes. */
export const lookalikes: readonly string[] = spaced(`
  tilavuus tilavuudet tilaus tilaukset tillfälliga tillfälligt tillfällig mission missions sessioner
  aiheuttaa aiheutti aiheutuu aiheuttavat vaihe vaiheet vaihetta vaiheita vaiheen aine aineet aineita ainetta puheet perheet namnen amen tropics
  tonic optics topias remainder remainders reminded koulutettu koulut koulutuskeskus trainee trainer
  raining straining draining projektrad projektråd
`);

/** Words that name one thing where hardly anything else is said: as they are spelt, since much is a letter away from them. */
const naming = (words: string): Vocabulary => ({ forgiving: [], exact: spaced(words), stems: [] });

const slotWords = naming(`
  vuoro vuoroni vuoromme vuorot vuoroa esitysvuoro esitysvuoroni esitysvuoromme esitysvuorot tur turen turer
  presentationstur presentationsturen slot slots
`);

const linkWords = naming(`
  linkki linkin liittymislinkki liittymislinkin kokouslinkki osallistumislinkki länk länken lank lanken möteslänk
  möteslänken link
`);

const recordingWords = naming(`
  tallenne tallenteet tallenteen tallennetta nauhoitus nauhoite nauhoitukset inspelning inspelningen inspelningar
  recording recordings
`);

const calendarWords = naming(`
  kalenteri kalenteriin kalenterin kalenterit kalender kalendern kalendrar calendar calendars outlook outlookiin
`);

const questionWords = naming(
  'kysymys kysymykset kysymyksen kysymyksiä fråga frågor frågan question questions',
);

const voteWords = naming('äänestys äänestä äänestää äänestän rösta röstning röstar vote voting');

const newWords: readonly string[] = ['uusi', 'uuden', 'uutta', 'uusia', 'ny', 'nya', 'nytt', 'new'];

export const words: readonly WordKind[] = [
  { kind: 'session', ...sessionWords },
  { kind: 'radio', ...radioWords },
  { kind: 'training', ...trainingWords },
  { kind: 'topic', ...topicWords },
  { kind: 'suggest', ...suggestWords },
  { kind: 'reminder', ...reminderWords },
  { kind: 'slot', ...slotWords },
  { kind: 'link', ...linkWords },
  { kind: 'recording', ...recordingWords },
  { kind: 'calendar', ...calendarWords },
  { kind: 'question', ...questionWords },
  { kind: 'vote', ...voteWords },
];

/** "Big Room" names the bot and a kind of session. It means the session where the message contains hardly anything else. */
function isBigRoomAlone({ words }: Message): boolean {
  const name = words.filter((word) => ['big', 'room', 'bigroom', 'roomin', 'roomit'].includes(word));
  const rest = words.filter((word) => !name.includes(word));
  return (
    /^(big room(in|it)?|bigroom)$/.test(name.join(' ')) &&
    rest.every((word) => whenWords.includes(word) || besideName.includes(word))
  );
}

/** A refusal that asks for something all the same: no more reminders. */
function isNoMoreReminders({ words, kinds, has, isTurning }: Message): boolean {
  const around = ['reminder', 'around', 'greeting', 'session', 'radio'];
  return (
    has('reminder') &&
    words.every(
      (word, at) => isTurning(word) || refusalWords.includes(word) || around.includes(kinds[at] ?? ''),
    )
  );
}

const changing = /^(vaih|muut|byt|ändra|andra|chang|updat|päivit)/u;
const changedTopic = /^(aihe(?!u)|ämne|amne|topic)/u;
const suggesting = /^(ehdot|föreslå|foresla|suggest|propos)/u;
/** With more words than these a sentence about a topic may say anything. */
const maxChanging = 8;

/** "Haluan vaihtaa aihetta": whoever changes a topic has one, and it is that of their slot. */
function isChangeOfTopic({ words }: Message): boolean {
  const some = (pattern: RegExp): boolean => words.some((word) => pattern.test(word));
  return words.length <= maxChanging && some(changing) && some(changedTopic) && !some(suggesting);
}

const recordingStem = /^(tallent|tallenne|nauhoit|inspelning|recording)/u;
const searching: readonly string[] = spaced(`
  missä missa mistä mista mihin onko ovatko löytyykö loytyyko löytyisikö voiko voinko saisinko saako saanko haluan haluaisin etsin
  var vart finns hittar kan kunde får jag söker where is are do can could i looking
`);
/** With more words than these a sentence with a recording in it may say anything. */
const maxSearching = 8;
const maxNaming = 4;

/** "Missä on kotihoidon tallenne": the rest of it is a name, which nobody has to know. */
function isSearchForRecording({ words, has }: Message): boolean {
  const [first = ''] = words;
  const isAsking = words.length <= maxSearching && searching.includes(first);
  const isNaming = words.length <= maxNaming && recordingStem.test(first);
  return words.some((word) => recordingStem.test(word)) && !has('news') && (isAsking || isNaming);
}

function isSuggestion({ words, has, shares, wishes }: Message): boolean {
  const isNew = words.some((word) => newWords.includes(word));
  return has('suggest') || (has('topic') && (isNew || shares || wishes));
}

const isAboutSessions = ({ has }: Message): boolean => has('session') || has('radio') || has('training');

const pressing = (topic: Topic, verb: string, data: Readonly<Record<string, unknown>> = {}) => ({
  topic,
  rank: 4,
  answersWhen: true,
  press: { verb, data },
});
/** Only rules know it. */
const unlearned = (verb: string) => ({ rank: 4, press: { verb, data: {} } });
const next = (kind: Exclude<SeriesKind, 'own'>) => pressing(kind, 'session.next', { kind });

/** What is said outright: the likelier one first, where a sentence says two things. */
const outright: readonly Intent[] = [
  {
    ...pressing('slotTopic', 'slot.topic'),
    isOutright: (text) => writtenTopic(text) !== undefined || isTitleOf('slot.topic', text),
  },
  {
    ...pressing('question', 'session.question'),
    isOutright: (text) => isWrittenQuestion(text) || isTitleOf('session.question', text),
  },
  { ...pressing('swap', 'slot.swap'), isOutright: (text) => isTitleOf('slot.swap', text) },
  { ...pressing('presenter', 'session.presenter'), isOutright: isWhoPresented },
  {
    ...pressing('volunteer', 'slot.volunteer'),
    isOutright: (text) => isTakingSlot(text) || isTitleOf('slot.volunteer', text),
  },
  {
    ...unlearned('swap.withdraw'),
    isOutright: (text) => isWithdrawingSwap(text) || isTitleOf('swap.withdraw', text),
  },
  { ...unlearned('slot.giveUp'), isOutright: (text) => isGivingUp(text) || isTitleOf('slot.giveUp', text) },
  { ...unlearned('reminders.start'), isOutright: isRemindersOn },
  { ...pressing('slot', 'slot.mine'), isOutright: isWhenWePresent },
  { ...pressing('cannotCome', 'session.absent'), isOutright: isAbsence },
  ...(['hankeradio', 'bigRoom', 'training'] as const).map((kind) => ({
    ...next(kind),
    isOutright: (text: string) => kindOnDay(text) === kind,
  })),
];

export const intents: readonly Intent[] = [
  ...outright,
  {
    ...pressing('remindersOff', 'reminders.stop'),
    isRefused: isNoMoreReminders,
  },
  { ...pressing('remindersLater', 'reminders.later') },
  { ...pressing('reminders', 'reminders.open'), isAsked: ({ has }) => has('reminder') },
  { ...pressing('slotTopic', 'slot.topic'), isSentence: isChangeOfTopic },
  { ...pressing('suggest', 'topic.form'), isAsked: isSuggestion },
  { ...pressing('topics', 'topics.open'), isAsked: ({ has }) => has('topic') || has('vote') },
  {
    // "Kiitos hankeradiosta" thanks; "hankeradio kiitos" asks.
    topic: 'thanks',
    rank: 4,
    press: { verb: 'talk.thanks', data: {} },
    isAsked: (message) =>
      isAboutSessions(message) && message.words.length > 1 && thankWords.includes(message.words[0] ?? ''),
  },
  {
    ...pressing('past', 'session.past'),
    isAsked: ({ has }) => has('recording'),
    isSentence: isSearchForRecording,
  },
  { ...pressing('join', 'session.join'), isAsked: ({ has }) => has('link') },
  { ...pressing('calendar', 'session.calendar'), isAsked: ({ has }) => has('calendar') },
  { ...pressing('question', 'session.question'), isAsked: ({ has }) => has('question') },
  { ...pressing('slot', 'slot.mine'), isAsked: ({ has }) => has('slot') },
  { ...pressing('swap', 'slot.swap') },
  { ...pressing('volunteer', 'slot.volunteer') },
  { ...pressing('presenter', 'session.presenter') },
  { ...pressing('cannotCome', 'session.absent'), isSentence: asides.notComing },
  { ...pressing('coming', 'session.attend') },
  { ...pressing('sessions', 'sessions.open'), isAsked: ({ has }) => has('session') },
  { ...next('hankeradio'), isAsked: ({ has }) => has('radio') },
  { ...next('training'), isAsked: ({ has }) => has('training') },
  { ...next('bigRoom'), isSentence: isBigRoomAlone },
];
