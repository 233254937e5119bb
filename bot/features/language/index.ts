import { z } from 'zod';
import { t } from '../../../src/i18n/messages.js';
import type { PeopleService } from '../../../src/people/service.js';
import { languages } from '../../../src/shared/languages.js';
import { button, common } from '../../cards/parts.js';
import { plainCard } from '../../cards/plain-card.js';
import { type Card, render } from '../../cards/render.js';
import { action, cardActions } from '../../conversation/actions.js';
import { type Turn, replaceWith } from '../../conversation/turn.js';
import type { BotFeature, MenuItem } from '../../feature.js';
import { intents, words } from './words.js';

export interface LanguageServices {
  readonly people: Pick<PeopleService, 'setLanguage'>;
}

/** The choice of the language in which the bot speaks; `justSet` once it has been made. */
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

/** The language in which the bot speaks with a person. */
export function languageFeature({ people }: LanguageServices): BotFeature {
  return {
    words,
    intents,
    menu: languageMenu,
    cardActions: cardActions(
      {
        'language.open': action('programme:see', z.object({}), (turn) =>
          Promise.resolve(replaceWith(languageView(turn, false))),
        ),
        'language.set': action(
          'programme:see',
          z.object({ language: z.enum(languages) }),
          async (turn, { language }) => {
            const person = await people.setLanguage(turn.person.id, language);
            return replaceWith(languageView({ ...turn, person, language: person.language }, true));
          },
        ),
      },
      undefined,
    ),
  };
}
