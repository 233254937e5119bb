import { cardActions } from '../../conversation/actions.js';
import type { BotFeature, MenuItem } from '../../feature.js';
import { formActions } from './form-actions.js';
import { listActions } from './list.js';
import { newsNoticeViews } from './notices.js';
import { receiptActions } from './receipt-actions.js';
import type { NewsServices } from './services.js';
import { intents, words } from './words.js';

export const newsMenu: readonly MenuItem[] = [
  { title: 'chat.help.tell', verb: 'form.open', style: 'positive' },
  { title: 'chat.help.mine', verb: 'news.mine' },
];

/** News told in chat: the form, one's own list, receipts with what can be done, and what is notified of them. */
export function newsFeature(services: NewsServices): BotFeature {
  return {
    words,
    intents,
    menu: newsMenu,
    cardActions: cardActions({ ...formActions, ...receiptActions, ...listActions }, services),
    notices: newsNoticeViews(services),
  };
}
