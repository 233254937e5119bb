import { greetingName } from '../../src/shared/greeting.js';
import { t } from '../../src/i18n/messages.js';
import type { BotFeature, CardAction, MenuItem } from '../feature.js';
import { button, common } from '../cards/parts.js';
import { plainCard } from '../cards/plain-card.js';
import { render } from '../cards/render.js';
import { type Answer, type Turn, replaceWith } from './turn.js';
import type { Intent, Message } from './understanding/intent.js';
import { asides } from './understanding/asides.js';
import { thankWords } from './understanding/words.js';

const talk = (verb: string) => ({ rank: 6, press: { verb, data: {} } });

/** Thanks, and nothing beside them that is asked for. */
const isThanks = ({ words }: Message): boolean => words.some((word) => thankWords.includes(word));

export const intents: readonly Intent[] = [
  { topic: 'thanks', ...talk('talk.thanks'), isAsked: isThanks },
  { topic: 'greeting', ...talk('talk.greeting'), isAsked: ({ has }) => has('greeting') },
  { topic: 'okay', ...talk('talk.okay') },
  { topic: 'who', ...talk('talk.who') },
  // Whoever is stuck asks for help: the classifier knows no other name for it.
  { topic: 'help', ...talk('talk.stuck'), isSentence: asides.stuck },
  ...(['picture', 'write', 'call', 'later'] as const).map((aside) => ({
    ...talk(`talk.${aside}`),
    isSentence: asides[aside],
  })),
];

type Said = 'thanks' | 'okay' | 'picture' | 'write' | 'call' | 'stuck' | 'later';

const said = (turn: Turn, key: Said): Answer => ({
  as: 'keep',
  text: t(turn.language, `chat.talk.${key}`, { name: greetingName(turn.person) }),
});

/** What colleagues say to each other beside work, answered in a line or a small card. */
export function smallTalkFeature(menu: readonly MenuItem[]): BotFeature {
  const card = (turn: Turn, heading: string, text: string, shown: number): Answer => {
    const { language } = turn;
    return replaceWith(
      render(plainCard, {
        ...common(language, 'help', t(language, 'chat.kicker.app'), [`${heading}.`, text]),
        heading,
        notices: [],
        paragraphs: [{ text }],
        hints: [],
        actions: menu
          .slice(0, shown)
          .map(({ title, verb, style }) => button(t(language, title), verb, {}, style)),
      }),
    );
  };
  const answers: Readonly<Record<string, (turn: Turn) => Answer>> = {
    'talk.thanks': (turn) => said(turn, 'thanks'),
    'talk.okay': (turn) => said(turn, 'okay'),
    'talk.picture': (turn) => said(turn, 'picture'),
    'talk.write': (turn) => said(turn, 'write'),
    'talk.call': (turn) => said(turn, 'call'),
    'talk.stuck': (turn) => said(turn, 'stuck'),
    'talk.later': (turn) => said(turn, 'later'),
    'talk.greeting': (turn) => {
      const { language, person } = turn;
      const heading = t(language, 'chat.help.hello', { name: greetingName(person) });
      return card(turn, heading, t(language, 'chat.talk.greeting'), 2);
    },
    'talk.who': (turn) => {
      const { language } = turn;
      return card(turn, t(language, 'chat.talk.who'), t(language, 'chat.talk.who.text'), 1);
    },
  };
  return {
    intents,
    cardActions: Object.entries(answers).map(([verb, answer]): CardAction => ({
      verb,
      permission: 'programme:see',
      audience: 'everyone',
      handle: (turn) => Promise.resolve(answer(turn)),
    })),
  };
}
