import { t } from '../../../src/i18n/messages.js';
import type { Turn } from '../../conversation/turn.js';
import type { WaitingThing } from '../../feature.js';
import { button, shownIn } from '../../cards/parts.js';
import { type NewsServices, shownTitle } from './receipt.js';

const maxSearched = 20;

/** The items of the person, and of those for whom they act, about which the communications team has asked something that they have not answered. */
export async function questionsWaiting(
  turn: Turn,
  { news }: Pick<NewsServices, 'news'>,
): Promise<readonly WaitingThing[]> {
  const { language, person } = turn;
  const theirs = [person.id, ...(person.actsFor ?? []).map(({ id }) => id)];
  const pages = await Promise.all(theirs.map((of) => news.mine(person, undefined, maxSearched, of)));
  return pages
    .flatMap(({ lines }) => lines)
    .filter(({ status }) => status === 'changesRequested')
    .map(({ id, titles }) => ({
      rank: 2,
      about: t(language, 'chat.kicker.mine'),
      title: shownTitle(shownIn(titles, language), language),
      text: t(language, 'chat.start.newsAsked'),
      links: [],
      actions: [button(t(language, 'chat.start.answer'), 'news.open', { id }, 'positive')],
    }));
}
