import { cardActions } from '../../conversation/actions.js';
import type { BotFeature, MenuItem } from '../../feature.js';
import { formActions, openedForm } from './form-actions.js';
import { listActions } from './list.js';
import { asides, isPuzzledSign } from '../../conversation/understanding/asides.js';
import { newsActivities, newsNoticeViews } from './notices.js';
import { receiptActions } from './receipt-actions.js';
import { replyActions } from './reply.js';
import { narrowedPress, pressForUnasked } from './unasked.js';
import { questionsWaiting } from './waiting.js';
import type { NewsServices } from './receipt.js';
import type { Intent, Message, Vocabulary, WordKind } from '../../conversation/understanding/intent.js';

const newsWords: Vocabulary = {
  forgiving: [
    'uutinen',
    'uutisen',
    'uutisia',
    'uutiset',
    'uutista',
    'nyhet',
    'nyheter',
    'nyheten',
    'nyheterna',
    'news',
  ],
  exact: ['juttu', 'jutun', 'juttuja', 'story', 'stories'],
  stems: ['uuti', 'nyhet'],
};

const ownWords: Vocabulary = {
  forgiving: ['omat', 'uutiseni', 'mina', 'mine'],
  exact: ['omani', 'omia', 'minun', 'dina', 'my', 'your', 'juttuni', 'lista', 'list'],
  stems: ['uutiseni', 'uutisiani', 'uutistani'],
};

/** Words for one's own news are tried before those for news when spelt correctly ("uutiseni"), and after them when not. */
export const words: readonly WordKind[] = [
  { kind: 'own', ...ownWords, exact: [...ownWords.exact, ...ownWords.forgiving], forgiving: [] },
  { kind: 'news', ...newsWords, swedishNouns: ['nyhet'] },
  { kind: 'own', exact: [], stems: [], forgiving: ownWords.forgiving },
];

const form = { verb: 'form.open', data: {} };
const ownList = { verb: 'news.mine', data: {} };

/** "Haluaisin kertoa uutisen digihoitopolusta": somebody wants to submit news, whatever else the message contains. */
function wantsToSubmit({ words, shares, wishes, isTurned, isExactly }: Message): boolean {
  return shares && wishes && !isTurned && words.some((word) => isExactly(word, 'news'));
}

export const intents: readonly Intent[] = [
  {
    topic: 'mine',
    rank: 2,
    press: ownList,
    isAsked: ({ has, shares }) => has('own') && has('news') && !shares,
  },
  { topic: 'tell', rank: 2, press: form, isAsked: ({ has }) => has('news'), isSentence: wantsToSubmit },
  { topic: 'mine', rank: 5, press: ownList, isAsked: ({ has }) => has('own') },
  { topic: 'status', rank: 5, press: { verb: 'news.status', data: {} } },
  {
    rank: 6,
    press: { verb: 'news.waits', data: {} },
    isSentence: asides.puzzled,
    isSign: isPuzzledSign,
  },
  { topic: 'withdraw', rank: 5, press: { verb: 'news.takeBack', data: {} } },
];

export const newsMenu: readonly MenuItem[] = [
  { title: 'chat.help.tell', verb: 'form.open', style: 'positive' },
  { title: 'chat.help.mine', verb: 'news.mine' },
];

/** News in chat: the form, the list of one's own news, receipts with their buttons, and notices. */
export function newsFeature(services: NewsServices): BotFeature {
  return {
    words,
    intents,
    menu: newsMenu,
    narrowed: (turn, said, press) => narrowedPress(turn, said, press, services),
    waiting: (turn) => questionsWaiting(turn, services),
    heard: (turn, said) => pressForUnasked(turn, said, services),
    cardActions: cardActions(
      { ...formActions, ...receiptActions, ...listActions, ...replyActions(openedForm) },
      services,
    ),
    notices: newsNoticeViews(services),
    activities: newsActivities(services),
  };
}
