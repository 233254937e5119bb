import { t } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import type { NewsItem, NewsUse } from '../../../src/news/types.js';
import { usualAnswerDays } from '../../../src/people/person.js';
import { momentText } from '../../../src/shared/dates.js';
import {
  type ButtonData,
  type CommonData,
  button,
  buttons,
  cardAround,
  common,
  header,
  heading,
  plain,
  shortened,
  shownIn,
} from '../../cards/parts.js';
import { type Card, cardTemplate, render } from '../../cards/render.js';
import type { Turn } from '../../conversation/turn.js';
import { shownTitle } from './receipt.js';

const noteCharacters = 300;

interface StatusCardData extends CommonData {
  readonly heading: string;
  readonly items: readonly { readonly title: string; readonly text: string }[];
  readonly hints: readonly { readonly text: string }[];
  readonly actions: readonly ButtonData[];
}

const statusCard = cardTemplate<StatusCardData>(
  'status',
  cardAround({
    body: [
      header,
      heading('${heading}'),
      {
        $data: '${items}',
        type: 'Container',
        spacing: 'Medium',
        items: [plain('${title}', { weight: 'Bolder' }), plain('${text}', {}, { spacing: 'None' })],
      },
      { ...plain('${text}', { size: 'Small', isSubtle: true }, { spacing: 'Medium' }), $data: '${hints}' },
    ],
    actions: [buttons],
  }),
);

function useText(language: Language, use: NewsUse): string {
  const isOut = use.outAt !== undefined;
  if (use.in === 'newsletter')
    return t(language, isOut ? 'chat.status.outNewsletter' : 'chat.status.inNewsletter', {
      number: use.number,
    });
  if (use.awaitsApproval === true) return t(language, 'chat.status.awaitsApproval');
  return use.outAt === undefined
    ? t(language, 'chat.status.inRelease')
    : t(language, 'chat.status.published', { when: momentText(language, use.outAt) });
}

/** How an item stands, in a sentence or two. */
function statusText({ language, programme }: Turn, { state, uses }: NewsItem): string {
  switch (state.status) {
    case 'submitted': {
      const days = programme.answerDays ?? usualAnswerDays;
      return `${t(language, 'chat.status.submitted')} ${t(language, 'chat.receipt.answerIn', { days })}`;
    }
    case 'changesRequested':
      return t(language, 'chat.status.changesRequested', { note: shortened(state.note, noteCharacters) });
    case 'rejected':
      return t(language, 'chat.status.rejected', { reason: shortened(state.reason, noteCharacters) });
    case 'accepted':
      return uses.length === 0
        ? t(language, 'chat.status.accepted', { when: momentText(language, state.at) })
        : uses.map((use) => useText(language, use)).join(' ');
    default:
      return t(language, `chat.status.${state.status}`);
  }
}

/** How the author's newest items stand, in words. @param more whether they have others too. */
export function statusView(turn: Turn, items: readonly NewsItem[], more: boolean): Card {
  const { language } = turn;
  const head = t(language, 'chat.status.heading', { count: items.length });
  const shown = items.map((item) => ({
    title: shownTitle(shownIn(item.texts, language)?.title, language),
    text: statusText(turn, item),
  }));
  const [only, another] = items;
  const open =
    only !== undefined && another === undefined
      ? [button(t(language, 'chat.notice.open'), 'news.open', { id: only.id })]
      : [];
  return render(statusCard, {
    ...common(language, 'news', t(language, 'chat.kicker.mine'), [
      `${head}.`,
      ...shown.map(({ title, text }) => `${title}: ${text}`),
    ]),
    heading: head,
    items: shown,
    hints: more ? [{ text: t(language, 'chat.status.more') }] : [],
    actions: [...open, button(t(language, 'chat.receipt.mine'), 'news.mine')],
  });
}

const maxAskedTitles = 3;

/** An item about which something was asked that its author has not answered. */
export interface Asked {
  readonly title: string;
  readonly question: string;
}

/** What is waited for from an author, in a sentence or two. */
export function waitsText(language: Language, asked: readonly Asked[]): string {
  const [one, another] = asked;
  if (one === undefined) return t(language, 'chat.waits.none');
  if (another === undefined)
    return t(language, 'chat.waits.one', {
      title: one.title,
      question: shortened(one.question, noteCharacters),
    });
  const quoted = asked
    .slice(0, maxAskedTitles)
    .map(({ title }) => (language === 'en' ? `“${title}”` : `”${title}”`));
  return t(language, 'chat.waits.many', { titles: quoted.join(', ') });
}
