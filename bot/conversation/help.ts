import { greetingName } from '../../src/shared/greeting.js';
import type { BotFeature, MenuItem, WaitingThing } from '../feature.js';
import { startCard } from '../cards/start-card.js';
import type { Vocabulary } from './understanding/intent.js';
import type { Offer } from './understanding/understand.js';
import { type Scope, type Turn, replaceWith } from './turn.js';
import { t } from '../../src/i18n/messages.js';
import type { Language } from '../../src/shared/languages.js';
import { type ButtonData, type Notice, button, common } from '../cards/parts.js';
import { isProgrammeNamed } from '../cards/programme.js';
import { plainCard } from '../cards/plain-card.js';
import { type Card, render } from '../cards/render.js';

/** What the features offer beside the bot's own cards. */
type Menu = readonly MenuItem[];

const helpWords: Vocabulary = {
  forgiving: ['apua', 'ohjeet', 'hjälp', 'help'],
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

/**
 * The help, which is the bot's own: what it can do is what its features offer.
 * @param waitingFor what waits for the person, the most pressing first.
 */
export function helpFeature(
  menu: Menu,
  waitingFor: (turn: Turn) => Promise<readonly WaitingThing[]> = () => Promise.resolve([]),
): BotFeature {
  return {
    words: [{ kind: 'help', ...helpWords }],
    intents: [
      {
        topic: 'help',
        rank: 6,
        press: { verb: 'help.open', data: {} },
        isAsked: ({ has }) => has('help'),
      },
    ],
    cardActions: [
      {
        verb: 'help.open',
        permission: 'programme:see',
        audience: 'asker',
        handle: async (turn) => {
          const waiting = await waitingFor(turn);
          // What waits for one person is not for the others of a conversation.
          return replaceWith(helpView(turn, 'asked', menu, waiting));
        },
      },
    ],
  };
}

/** The way to another programme, for those who are in several. */
const otherProgramme: MenuItem = { title: 'chat.help.programme', verb: 'programme.open' };

/** What one can do here, as buttons. */
function menuButtons(menu: Menu, language: Language): ButtonData[] {
  const offered = isProgrammeNamed() ? [...menu.slice(0, -1), otherProgramme, ...menu.slice(-1)] : menu;
  return offered.map(({ title, verb, style }) => button(t(language, title), verb, {}, style));
}

function hintsFor(language: Language, scope: Scope): { text: string }[] {
  const mention = scope === 'personal' ? [] : [{ text: t(language, 'chat.help.mention') }];
  return [{ text: t(language, 'chat.help.words') }, ...mention];
}

const maxThings = 3;
const maxOwnButtons = 3;
const maxButtons = 6;

/** The buttons of what waits, and after them those of the menu, as many as a card shows. */
function startButtons(menu: Menu, language: Language, waiting: readonly WaitingThing[]) {
  const [first] = waiting;
  const links = first?.links.slice(0, 1) ?? [];
  const own = waiting
    .flatMap(({ actions }) => actions)
    .slice(0, maxOwnButtons)
    .map((each, at) => (at + links.length > 0 ? { ...each, style: 'default' as const } : each));
  const offered = menuButtons(menu, language).map((each) =>
    // One primary action: what waits comes first.
    own.length + links.length > 0 ? { ...each, style: 'default' as const } : each,
  );
  return { links, actions: [...own, ...offered].slice(0, maxButtons - links.length) };
}

/** What the bot can do, after what waits for the person; `unknown` where it did not understand what was said. */
export function helpView(
  { person, language, scope }: Turn,
  kind: 'asked' | 'unknown',
  menu: Menu,
  waiting: readonly WaitingThing[] = [],
): Card {
  const heading = t(language, 'chat.help.hello', { name: greetingName(person) });
  const things = waiting.slice(0, maxThings);
  const isBrief = kind === 'unknown' && things.length > 0;
  const what = isBrief ? [] : [t(language, 'chat.help.what')];
  const unknown = t(language, isBrief ? 'chat.help.unknownBrief' : 'chat.help.unknown');
  const notices: Notice[] = kind === 'unknown' ? [{ style: 'emphasis', text: unknown }] : [];
  return render(startCard, {
    ...common(language, 'help', t(language, 'chat.kicker.app'), [
      ...notices.map(({ text }) => text),
      ...things.map(({ about, title, text }) =>
        [title, about, text].filter((each) => each !== '').join(', '),
      ),
      ...what,
    ]),
    heading,
    notices,
    things,
    paragraphs: what.map((text) => ({ text })),
    hints: hintsFor(language, scope),
    ...startButtons(menu, language, things),
  });
}

/** Asks which of what somebody may have meant it was, the likeliest first. */
export function offerView({ language }: Turn, offers: readonly Offer[]): Card {
  const heading = t(language, offers.length > 1 ? 'chat.offer.heading' : 'chat.offer.one');
  const titles = offers.map(({ topic }) => t(language, `chat.offer.${topic}`));
  return render(plainCard, {
    ...common(language, 'help', t(language, 'chat.kicker.app'), [heading, ...titles]),
    heading,
    notices: [],
    paragraphs: [],
    hints: [],
    actions: [
      ...offers.map(({ press }, at) => button(titles[at] ?? '', press.verb, press.data)),
      button(t(language, 'chat.help.again'), 'help.open'),
    ],
  });
}

/** The first thing that the bot says in a conversation: what waits for the person, and what the bot is for. */
export function welcomeView(
  language: Language,
  scope: Scope,
  menu: Menu,
  waiting: readonly WaitingThing[] = [],
): Card {
  const heading = t(language, 'chat.welcome.hello');
  const what = t(language, 'chat.welcome.what');
  const things = waiting.slice(0, maxThings);
  return render(startCard, {
    ...common(language, 'help', t(language, 'chat.kicker.app'), [
      `${heading}.`,
      ...things.map(({ title, about }) => `${title}, ${about}.`),
      what,
    ]),
    heading,
    notices: [],
    things,
    paragraphs: [{ text: what }],
    hints: hintsFor(language, scope),
    ...startButtons(menu, language, things),
  });
}

const outsiderTexts = (language: Language) => ({
  heading: t(language, 'chat.outsider.heading'),
  why: t(language, 'chat.outsider.guest'),
  ask: t(language, 'chat.outsider.ask'),
});

/** The same as {@link outsiderView}, where no card can be shown. */
export function outsiderText(language: Language): string {
  const { heading, why, ask } = outsiderTexts(language);
  return `${heading}. ${why} ${ask}`;
}

/** For whoever is no member of the tenant: that the bot is not for them, and whom to ask. */
export function outsiderView(language: Language): Card {
  const { heading, why, ask } = outsiderTexts(language);
  return render(plainCard, {
    ...common(language, 'help', t(language, 'chat.kicker.app'), [`${heading}.`, why, ask]),
    heading,
    notices: [],
    paragraphs: [{ text: why }, { text: ask }],
    hints: [],
    actions: [],
  });
}

/** Asks that a message with a personal identity code be deleted; repeats nothing of it. */
export function personalDataView({ language }: Turn, menu: Menu): Card {
  const heading = t(language, 'chat.personalData.heading');
  const ask = t(language, 'chat.personalData.ask');
  return render(plainCard, {
    ...common(language, 'help', t(language, 'chat.kicker.app'), [`${heading}.`, ask]),
    heading,
    notices: [{ style: 'warning', text: ask }],
    paragraphs: [{ text: t(language, 'chat.personalData.kept') }],
    hints: [],
    actions: menuButtons(menu, language),
  });
}

/** What went wrong, that nothing is lost, and what can be done instead. */
export function problemView(language: Language, text: string, menu: Menu): Card {
  const heading = t(language, 'chat.problem.heading');
  return render(plainCard, {
    ...common(language, 'help', t(language, 'chat.kicker.app'), [`${heading}.`, text]),
    heading,
    notices: [{ style: 'warning', text }],
    paragraphs: [],
    hints: [],
    actions: menuButtons(menu, language),
  });
}
