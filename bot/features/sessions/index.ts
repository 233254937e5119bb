import { cardActions } from '../../conversation/actions.js';
import type { BotFeature, MenuItem } from '../../feature.js';
import { pulseActions, sessionFanOutViews } from './fan-outs.js';
import { sessionNoticeViews } from './notices.js';
import { ownSlotActions } from './own-slots.js';
import { presentingActions } from './presenting.js';
import { questionActions } from './questions.js';
import { reminderActions } from './reminders.js';
import type { SessionServices } from './services.js';
import { sessionActions } from './sessions.js';
import { swapActions } from './swaps.js';
import { topicActions } from './topics.js';
import type { Intent, Message, Vocabulary, WordKind } from '../../conversation/understanding/intent.js';
import { asides } from '../../conversation/understanding/asides.js';
import { spaced, thankWords, whenWords } from '../../conversation/understanding/words.js';
import type { Topic } from '../../conversation/understanding/topics.js';
import type { SeriesKind } from '../../../src/sessions/series/series.js';

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
  vaihe vaiheet vaihetta vaiheita vaiheen aine aineet aineita ainetta puheet perheet namnen amen tropics
  tonic optics topias remainder remainders reminded koulutettu koulut koulutuskeskus trainee trainer
  raining straining draining projektrad projektråd
`);

const newWords: readonly string[] = ['uusi', 'uuden', 'uutta', 'uusia', 'ny', 'nya', 'nytt', 'new'];

export const words: readonly WordKind[] = [
  { kind: 'session', ...sessionWords },
  { kind: 'radio', ...radioWords },
  { kind: 'training', ...trainingWords },
  { kind: 'topic', ...topicWords },
  { kind: 'suggest', ...suggestWords },
  { kind: 'reminder', ...reminderWords },
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

function isSuggestion({ words, has, shares, wishes }: Message): boolean {
  const isNew = words.some((word) => newWords.includes(word));
  return has('suggest') || (has('topic') && (isNew || shares || wishes));
}

const isAboutSessions = ({ has }: Message): boolean => has('session') || has('radio') || has('training');

const open = (topic: Topic, verb: string) => ({
  topic,
  rank: 4,
  answersWhen: true,
  press: { verb, data: {} },
});
const next = (kind: Exclude<SeriesKind, 'own'>) => ({
  topic: kind,
  rank: 4,
  answersWhen: true,
  press: { verb: 'session.next', data: { kind } },
});

export const intents: readonly Intent[] = [
  {
    ...open('reminders', 'reminders.open'),
    isAsked: ({ has }) => has('reminder'),
    isRefused: isNoMoreReminders,
  },
  { ...open('suggest', 'topic.form'), isAsked: isSuggestion },
  { ...open('topics', 'topics.open'), isAsked: ({ has }) => has('topic') },
  {
    // "Kiitos hankeradiosta" thanks; "hankeradio kiitos" asks.
    topic: 'thanks',
    rank: 4,
    press: { verb: 'talk.thanks', data: {} },
    isAsked: (message) =>
      isAboutSessions(message) && message.words.length > 1 && thankWords.includes(message.words[0] ?? ''),
  },
  {
    ...open('sessions', 'sessions.open'),
    isAsked: ({ has }) => has('session'),
    isSentence: asides.notComing,
  },
  { ...next('hankeradio'), isAsked: ({ has }) => has('radio') },
  { ...next('training'), isAsked: ({ has }) => has('training') },
  { ...next('bigRoom'), isSentence: isBigRoomAlone },
];

export const sessionsMenu: readonly MenuItem[] = [{ title: 'chat.help.sessions', verb: 'sessions.open' }];

/** Sessions in chat: the next ones, presenting, topics, questions and reminders. */
export function sessionsFeature(services: SessionServices): BotFeature {
  return {
    words,
    lookalikes,
    intents,
    menu: sessionsMenu,
    cardActions: cardActions(
      {
        ...sessionActions,
        ...questionActions,
        ...presentingActions,
        ...ownSlotActions,
        ...swapActions,
        ...topicActions,
        ...reminderActions,
        ...pulseActions,
      },
      services,
    ),
    notices: sessionNoticeViews(services),
    fanOuts: sessionFanOutViews(services),
  };
}
