import { z } from 'zod';
import { t } from '../../../src/i18n/messages.js';
import type { PeopleService } from '../../../src/people/service.js';
import { button, common } from '../../cards/parts.js';
import { plainCard } from '../../cards/plain-card.js';
import { type Card, render } from '../../cards/render.js';
import { action, forAsker, cardActions } from '../../conversation/actions.js';
import { type Turn, replaceWith } from '../../conversation/turn.js';
import type { BotFeature, MenuItem } from '../../feature.js';
import type { Intent, Message, Vocabulary, WordKind } from '../../conversation/understanding/intent.js';
import { type Language, languages } from '../../../src/shared/languages.js';

const languageWords: Vocabulary = {
  forgiving: ['kieli', 'kielen', 'språk', 'språket', 'language', 'languages'],
  exact: ['sprak', 'spraket', 'kieltä', 'kielet', 'kieleksi', 'kieliasetus', 'språkval', 'lang'],
  stems: [],
};

/** The names of Big Room's languages, as they are written in each of them. */
const languageNames: Readonly<Record<Language, readonly string[]>> = {
  fi: ['suomi', 'suomeksi', 'suomen', 'suomea', 'suomenkieli', 'finska', 'finnish', 'fi'],
  sv: ['ruotsi', 'ruotsiksi', 'ruotsin', 'ruotsia', 'svenska', 'swedish', 'sv'],
  en: ['englanti', 'englanniksi', 'englannin', 'englantia', 'engelska', 'english', 'en'],
};

export const words: readonly WordKind[] = [
  { kind: 'language', ...languageWords },
  {
    kind: 'languageName',
    exact: Object.values(languageNames).flat(),
    stems: [],
    forgiving: [],
    isWeak: true,
  },
];

/** The language that the message names; a code of two letters counts only where it can't mean anything else. */
function namedLanguage({ words, has }: Message): Language | undefined {
  const mayBeShort = has('language') || words.length === 1;
  return languages.find((language) =>
    words.some((word) => (word.length > 2 || mayBeShort) && languageNames[language].includes(word)),
  );
}

function press(message: Message) {
  const language = namedLanguage(message);
  return language === undefined
    ? { verb: 'language.open', data: {} }
    : { verb: 'language.set', data: { language } };
}

export const intents: readonly Intent[] = [
  { topic: 'language', rank: 1, press, answersWhen: true, isAsked: ({ has }) => has('language') },
  { topic: 'language', rank: 3, press, answersWhen: true, isAsked: ({ has }) => has('languageName') },
];

/** The choice of the bot's language; `justSet` right after it has been chosen. */
export function languageView({ language }: Turn, justSet: boolean): Card {
  const heading = t(language, 'chat.language.heading');
  const set = t(language, 'chat.language.set');
  const actions = languages.map((choice) => {
    const name = t(language, `language.own.${choice}`);
    const title = choice === language ? t(language, 'chat.language.current', { language: name }) : name;
    return button(title, 'language.set', { language: choice });
  });
  return render(plainCard, {
    ...common(language, 'language', t(language, 'chat.kicker.language'), [justSet ? set : heading]),
    heading,
    notices: justSet ? [{ style: 'good', text: set }] : [],
    paragraphs: [{ text: t(language, 'chat.language.note') }],
    hints: [],
    actions: [...actions, button(t(language, 'chat.help.again'), 'help.open')],
  });
}

export const languageMenu: readonly MenuItem[] = [{ title: 'chat.help.language', verb: 'language.open' }];

/** The language in which the bot writes to a person. */
export function languageFeature({
  people,
}: {
  readonly people: Pick<PeopleService, 'setLanguage'>;
}): BotFeature {
  return {
    words,
    intents,
    menu: languageMenu,
    cardActions: cardActions(
      {
        'language.open': forAsker(
          action('programme:see', z.object({}), (turn) =>
            Promise.resolve(replaceWith(languageView(turn, false))),
          ),
        ),
        'language.set': forAsker(
          action('programme:see', z.object({ language: z.enum(languages) }), async (turn, { language }) => {
            const person = await people.setLanguage(turn.person.id, language);
            return replaceWith(languageView({ ...turn, person, language: person.language }, true));
          }),
        ),
      },
      undefined,
    ),
  };
}
