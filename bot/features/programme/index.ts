import { z } from 'zod';
import { t } from '../../../src/i18n/messages.js';
import type { Programmes } from '../../../src/people/programmes.js';
import type { ProgrammeLink } from '../../../src/shared/answers/people.js';
import { button, common } from '../../cards/parts.js';
import { plainCard } from '../../cards/plain-card.js';
import { namingProgramme, speakingFor } from '../../cards/programme.js';
import { type Card, render } from '../../cards/render.js';
import { action, forAsker, cardActions } from '../../conversation/actions.js';
import { type Turn, replaceWith } from '../../conversation/turn.js';
import type { BotFeature } from '../../feature.js';
import type { Intent, WordKind } from '../../conversation/understanding/intent.js';

const words: readonly WordKind[] = [
  {
    kind: 'programme',
    exact: [
      'ohjelma',
      'ohjelman',
      'ohjelmaa',
      'hankekokonaisuus',
      'hankekokonaisuuden',
      'hankekokonaisuutta',
      'hankekokonaisuudet',
      'projekthelhet',
      'projekthelheten',
      'projekthelheter',
      'programme',
      'programmes',
    ],
    stems: [],
    forgiving: [],
  },
];

const intents: readonly Intent[] = [
  {
    rank: 5,
    press: { verb: 'programme.open', data: {} },
    answersWhen: true,
    isAsked: ({ has }) => has('programme'),
  },
];

/** With which programme somebody talks who is in several; `justSet` right after they chose. */
export function programmeView(
  { language, programme }: Turn,
  all: readonly ProgrammeLink[],
  justSet?: ProgrammeLink,
): Card {
  const chosen = justSet ?? all.find(({ isThis }) => isThis);
  const heading = t(language, 'chat.programme.heading');
  const isOne = all.length < 2;
  const text = isOne
    ? t(language, 'chat.programme.only', { name: programme.names[language] })
    : t(language, 'chat.programme.note');
  const set = justSet && t(language, 'chat.programme.set', { name: justSet.names[language] });
  const choices = isOne
    ? []
    : all.map(({ name, names }) => {
        const title =
          name === chosen?.name
            ? t(language, 'chat.programme.current', { name: names[language] })
            : names[language];
        return button(title, 'programme.choose', { name });
      });
  return render(plainCard, {
    ...common(language, 'help', t(language, 'chat.kicker.programme'), [set ?? heading]),
    heading,
    notices: set === undefined ? [] : [{ style: 'good', text: set }],
    paragraphs: [{ text }],
    hints: [],
    actions: [...choices, button(t(language, 'chat.help.again'), 'help.open')],
  });
}

interface Services {
  /** Absent where there can be one programme alone. */
  readonly programmes?: Pick<Programmes, 'inChat' | 'choose'> | undefined;
}

/** The choice of the programme with which somebody talks who is in several. */
export function programmeFeature({ programmes }: Services): BotFeature {
  const listed = async ({ person: { id } }: Turn): Promise<readonly ProgrammeLink[]> =>
    (await programmes?.inChat(id)) ?? [];
  return {
    words,
    intents,
    cardActions: cardActions(
      {
        'programme.open': forAsker(
          action('programme:see', z.object({}), async (turn) =>
            replaceWith(programmeView(turn, await listed(turn))),
          ),
        ),
        'programme.choose': forAsker(
          action('programme:see', z.object({ name: z.string().max(40) }), async (turn, { name }) => {
            await programmes?.choose(turn.person.id, name);
            const all = await listed(turn);
            const chosen = all.find((each) => each.name === name);
            // What this card offers next is the chosen one's.
            const show = (): Card => programmeView(turn, all, chosen);
            if (chosen === undefined) return replaceWith(programmeView(turn, all));
            return replaceWith(namingProgramme(chosen.names, () => speakingFor(name, show)));
          }),
        ),
      },
      undefined,
    ),
  };
}
