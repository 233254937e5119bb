import { z } from 'zod';
import { t } from '../../../src/i18n/messages.js';
import { notifyWays, usualNotify } from '../../../src/people/person.js';
import type { PeopleService } from '../../../src/people/service.js';
import { dayText } from '../../../src/shared/dates.js';
import { type Notice, button, common } from '../../cards/parts.js';
import { plainCard } from '../../cards/plain-card.js';
import { type Card, render } from '../../cards/render.js';
import { action, forAsker, cardActions } from '../../conversation/actions.js';
import { type Turn, replaceWith } from '../../conversation/turn.js';
import type { BotFeature } from '../../feature.js';
import type { Intent, WordKind } from '../../conversation/understanding/intent.js';

const words: readonly WordKind[] = [
  {
    kind: 'notify',
    exact: [
      'ilmoitukset',
      'ilmoituksia',
      'ilmoitustapa',
      'ilmoitusasetukset',
      'toimintasyöte',
      'toimintasyötteeseen',
      'aviseringar',
      'aviseringarna',
      'notiser',
      'notiserna',
      'aktivitetsflöde',
      'aktivitetsflödet',
      'notifications',
      'notification',
    ],
    stems: [],
    forgiving: [],
  },
];

const intents: readonly Intent[] = [
  { rank: 4, press: { verb: 'notify.open', data: {} }, isAsked: ({ has }) => has('notify') },
];

/** By which way somebody is notified; `justSet` right after they chose. */
export function notifyView({ language, person }: Turn, hasFeed: boolean, justSet = false): Card {
  const heading = t(language, 'chat.notify.heading');
  const { notifyBy: by = usualNotify, feed } = person;
  const set = t(language, `chat.notify.set.${by}`);
  const isRefused = hasFeed && feed?.result === 'refused';
  const notices: Notice[] = [
    ...(justSet ? [{ style: 'good', text: set } as const] : []),
    ...(isRefused
      ? [
          {
            style: 'warning',
            text: t(language, 'chat.notify.refused', { when: dayText(language, feed.at) }),
          } as const,
        ]
      : []),
  ];
  const choices = hasFeed
    ? notifyWays.map((way) => {
        const name = t(language, `chat.notify.${way}`);
        return button(way === by ? t(language, 'chat.notify.current', { name }) : name, 'notify.set', {
          by: way,
        });
      })
    : [];
  return render(plainCard, {
    ...common(language, 'help', t(language, 'chat.kicker.notify'), [justSet ? set : heading]),
    heading,
    notices,
    paragraphs: [{ text: t(language, hasFeed ? 'chat.notify.note' : 'chat.notify.notSetUp') }],
    hints: [],
    actions: [...choices, button(t(language, 'chat.help.again'), 'help.open')],
  });
}

/** By which way somebody is notified: by cards in the chat, in Teams' activity feed, or both. */
export function notifyFeature({
  people,
}: {
  readonly people: Pick<PeopleService, 'setNotifyBy' | 'hasFeed'>;
}): BotFeature {
  return {
    words,
    intents,
    cardActions: cardActions(
      {
        'notify.open': forAsker(
          action('programme:see', z.object({}), (turn) =>
            Promise.resolve(replaceWith(notifyView(turn, people.hasFeed))),
          ),
        ),
        'notify.set': forAsker(
          action('programme:see', z.object({ by: z.enum(notifyWays) }), async (turn, { by }) => {
            // An older card may offer what is not set up any more.
            if (by !== 'chat' && !people.hasFeed) return replaceWith(notifyView(turn, false));
            const person = await people.setNotifyBy(turn.person.id, { by });
            return replaceWith(notifyView({ ...turn, person }, people.hasFeed, true));
          }),
        ),
      },
      undefined,
    ),
  };
}
