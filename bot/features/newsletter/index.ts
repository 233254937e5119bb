import { z } from 'zod';
import { t } from '../../../src/i18n/messages.js';
import type { NewsletterService } from '../../../src/newsletter/service.js';
import { dayText } from '../../../src/shared/dates.js';
import { button, common } from '../../cards/parts.js';
import { plainCard } from '../../cards/plain-card.js';
import { type Card, render } from '../../cards/render.js';
import { action, cardActions, forEveryone } from '../../conversation/actions.js';
import { type Turn, replaceWith } from '../../conversation/turn.js';
import type { Intent, WordKind } from '../../conversation/understanding/intent.js';
import { spaced } from '../../conversation/understanding/words.js';
import type { BotFeature } from '../../feature.js';

export const words: readonly WordKind[] = [
  {
    kind: 'newsletter',
    exact: spaced('uutiskirjeen uutiskirjettä nyhetsbrevets newsletters deadline deadlinen'),
    forgiving: spaced('uutiskirje uutiskirjeet nyhetsbrev nyhetsbrevet newsletter'),
    stems: [],
  },
];

export const intents: readonly Intent[] = [
  {
    topic: 'newsletter',
    rank: 1,
    answersWhen: true,
    press: { verb: 'newsletter.next', data: {} },
    isAsked: ({ has, shares }) => has('newsletter') && !shares,
  },
];

type Next = Awaited<ReturnType<NewsletterService['nextIssue']>>;

/** Until when news are taken into the next issue. */
export function nextIssueView({ language }: Turn, { number, deadline, isOver }: Next): Card {
  const heading = t(language, 'chat.newsletter.heading', { number });
  const text = t(language, `chat.newsletter.${isOver ? 'over' : 'deadline'}`, {
    day: dayText(language, deadline),
  });
  return render(plainCard, {
    ...common(language, 'news', t(language, 'chat.kicker.newsletter'), [`${heading}.`, text]),
    heading,
    notices: [],
    paragraphs: [{ text }, { text: t(language, 'chat.newsletter.after') }],
    hints: [],
    actions: [button(t(language, 'chat.help.tell'), 'form.open', {}, 'positive')],
  });
}

/** The newsletter in chat: when the next one is made. */
export function newsletterFeature(services: {
  readonly newsletter: Pick<NewsletterService, 'nextIssue'>;
}): BotFeature {
  return {
    words,
    intents,
    cardActions: cardActions(
      {
        'newsletter.next': forEveryone(
          action('programme:see', z.object({}), async (turn, _data, { newsletter }: typeof services) =>
            replaceWith(nextIssueView(turn, await newsletter.nextIssue())),
          ),
        ),
      },
      services,
    ),
  };
}
