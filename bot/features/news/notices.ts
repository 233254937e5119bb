import { greetingName } from '../../../src/shared/greeting.js';
import { t } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import type { NewsItem } from '../../../src/news/types.js';
import { type NewsNotice, newsNotices } from '../../../src/news/notices.js';
import { isAppError } from '../../../src/platform/errors.js';
import { quote } from '../../cards/detail-card.js';
import { button } from '../../cards/parts.js';
import type { Card } from '../../cards/render.js';
import type { Turn } from '../../conversation/turn.js';
import { type NoticeViews, superseded } from '../../proactive/views.js';
import { type NewsServices, type ReceiptOptions, authorButtons, receiptView } from './receipt.js';

const maxLinks = 3;

/** Thanks and what comes next; a note needs neither. */
function closingOf(turn: Turn, notice: NewsNotice): string | undefined {
  const { language } = turn;
  const name = greetingName(turn.person);
  switch (notice.about) {
    case 'newsNote':
      return undefined;
    case 'newsPlaced':
      return t(language, 'chat.notice.newsPlaced.text', { name, number: notice.issueNumber });
    default:
      return t(language, `chat.notice.${notice.about}.text`, { name });
  }
}

function quotesOf(language: Language, notice: NewsNotice): Required<ReceiptOptions>['quotes'] {
  switch (notice.about) {
    case 'changesRequested':
      return [quote(t(language, 'chat.notice.note'), notice.note)];
    case 'newsRejected':
      return [quote(t(language, 'chat.notice.reason'), notice.reason)];
    case 'newsNote':
      return [{ label: t(language, 'chat.receipt.noteFrom', { name: notice.from }), text: notice.note }];
    default:
      return [];
  }
}

/** The published pages, in the reader's language first. */
function linksOf(language: Language, notice: NewsNotice): Required<ReceiptOptions>['links'] {
  if (notice.about !== 'newsPublished') return [];
  const readable = Object.entries(notice.urls).filter(([, url]) => /^https?:\/\//.test(url));
  return readable
    .sort(([one], [other]) => Number(other === language) - Number(one === language))
    .slice(0, maxLinks)
    .map(([name, url], index) => {
      const known = name === 'fi' || name === 'sv' || name === 'en' ? name : 'other';
      return {
        title: t(language, `chat.notice.read.${known}`),
        url,
        style: index === 0 ? 'positive' : 'default',
        mode: 'primary',
      };
    });
}

/** A notice to an author: what has happened, the item, and the next step. */
export function noticeView(turn: Turn, item: NewsItem, notice: NewsNotice): Card {
  const { language } = turn;
  const isEdit = notice.about === 'changesRequested' && item.state.status === 'changesRequested';
  const open = button(t(language, 'chat.notice.open'), 'news.open', { id: item.id });
  const closing = closingOf(turn, notice);
  return receiptView(turn, item, {
    headline: t(language, `chat.notice.${notice.about}`),
    quotes: quotesOf(language, notice),
    ...(closing !== undefined && { closing }),
    links: linksOf(language, notice),
    actions: isEdit ? authorButtons(item, turn).slice(0, 2) : [open],
  });
}

/** The cards of notices, each about the current item. */
export function newsNoticeViews({ news }: Pick<NewsServices, 'news'>): NoticeViews {
  const view = async (turn: Turn, notice: NewsNotice) => {
    try {
      return noticeView(turn, await news.get(turn.person, notice.newsId), notice);
    } catch (error) {
      if (isAppError(error, 'news.notFound')) return superseded;
      throw error;
    }
  };
  return Object.fromEntries(newsNotices.map(({ kind }) => [kind, view]));
}
