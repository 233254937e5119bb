import { greetingName } from '../../../src/shared/greeting.js';
import { t } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import type { NewsItem, NewsMessage } from '../../../src/news/types.js';
import { shownOf } from '../../../src/news/cards.js';
import { type NewsNotice, newsNoticeNames } from '../../../src/news/notices.js';
import { isAppError } from '../../../src/platform/errors.js';
import { quote } from '../../cards/detail-card.js';
import { dayText } from '../../../src/shared/dates.js';
import { type ButtonData, type LinkData, type Quote, button, shortened, shownIn } from '../../cards/parts.js';
import type { Card } from '../../cards/render.js';
import type { Turn } from '../../conversation/turn.js';
import type { ActivityViews } from '../../proactive/feed.js';
import { type NoticeViews, superseded } from '../../proactive/views.js';
import {
  type NewsServices,
  type ReceiptOptions,
  authorButtons,
  shownTitle,
  quotesOf as quotesOfItem,
  receiptView,
} from './receipt.js';

const maxLinks = 3;
/** Characters of a note that its button keeps, for the form in which it is answered. */
const keptNote = 1200;
/** Characters of what was asked and answered on a card that follows an item. */
const exchangeCharacters = 240;

/** Thanks and what comes next; a note needs neither. */
function closingOf(turn: Turn, item: NewsItem, notice: NewsNotice): string | undefined {
  const { language } = turn;
  const name = greetingName(turn.person);
  switch (notice.about) {
    case 'newsNote':
    case 'newsCurrent':
      return undefined;
    case 'newsUrgent':
      return t(language, 'chat.notice.newsUrgent.text', {
        author: item.author.name,
        when: item.earliestDate === undefined ? 'none' : dayText(language, `${item.earliestDate}T12:00:00Z`),
      });
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

/** What was asked last and what its author answered, where they did: both in short. */
function exchangeOf(language: Language, thread: readonly NewsMessage[]): readonly Quote[] {
  const answered = thread.findIndex(({ kind }) => kind === 'answer');
  const answer = thread[answered];
  const question = thread
    .slice(answered + 1)
    .find(({ kind, by }) => kind !== 'answer' && by.id !== answer?.by.id);
  if (answer === undefined || question === undefined) return [];
  return [
    quote(t(language, 'chat.notice.note'), shortened(question.text, exchangeCharacters)),
    quote(t(language, 'chat.question.answer'), shortened(answer.text, exchangeCharacters)),
  ];
}

/**
 * The card that follows an item: how it stands, what was asked and answered, and what comes next where that is not for the
 * author to do.
 */
function followingView(turn: Turn, item: NewsItem, thread: readonly NewsMessage[]): Card {
  const { language, person } = turn;
  const isAsked = item.state.status === 'changesRequested';
  const quotes = [...quotesOfItem(item, turn), ...(isAsked ? [] : exchangeOf(language, thread))];
  const closing =
    item.state.status === 'accepted'
      ? t(language, 'chat.notice.newsAccepted.text', { name: greetingName(person) })
      : undefined;
  return receiptView(turn, item, { quotes, ...(closing !== undefined && { closing }) });
}

/** What its author answered to a question, in short. */
function answerTo(language: Language, question: string, thread: readonly NewsMessage[]): readonly Quote[] {
  const asked = thread.findIndex(({ kind, text }) => kind === 'question' && text === question);
  const answer = thread.slice(0, Math.max(asked, 0)).findLast(({ kind }) => kind === 'answer');
  if (answer === undefined) return [];
  return [quote(t(language, 'chat.question.answer'), shortened(answer.text, exchangeCharacters))];
}

/** The card of a question: what was asked, and the way to answer while that is open. */
function questionView(turn: Turn, item: NewsItem, question: string, thread: readonly NewsMessage[]): Card {
  const { language } = turn;
  const { state } = item;
  const isOpen = state.status === 'changesRequested' && state.note === question;
  const open = button(t(language, 'chat.notice.open'), 'news.open', { id: item.id });
  return receiptView(turn, item, {
    ...(isOpen && { headline: t(language, 'chat.notice.changesRequested') }),
    quotes: [
      quote(t(language, 'chat.notice.note'), question),
      ...(isOpen ? [] : answerTo(language, question, thread)),
    ],
    actions: isOpen ? askedButtons(item, turn, true) : [open],
    isShort: true,
  });
}

interface NoticeOptions {
  readonly isShort?: boolean;
  readonly publicUrl?: string;
  /** What was written about the item, newest first, where a card shows that. */
  readonly thread?: readonly NewsMessage[];
}

/**
 * A notice to an author: what has happened, the item, and the next step.
 * `isShort`: another card in the chat shows the item as it stands.
 */
export function noticeView(
  turn: Turn,
  item: NewsItem,
  notice: NewsNotice,
  { isShort = false, publicUrl = '', thread = [] }: NoticeOptions = {},
): Card {
  const { language } = turn;
  if (notice.about === 'newsCurrent' && notice.question !== undefined)
    return questionView(turn, item, notice.question, thread);
  if (notice.about === 'newsCurrent' && notice.shown !== undefined) return followingView(turn, item, thread);
  const isAsked = notice.about === 'changesRequested' && item.state.status === 'changesRequested';
  const open = button(t(language, 'chat.notice.open'), 'news.open', { id: item.id });
  const closing = isShort ? undefined : closingOf(turn, item, notice);
  return receiptView(turn, item, {
    headline: t(language, `chat.notice.${notice.about}`),
    quotes: quotesOf(language, notice),
    ...(closing !== undefined && { closing }),
    links: notice.about === 'newsUrgent' ? [tabLink(language, item, publicUrl)] : linksOf(language, notice),
    actions: actionsOf(),
    isShort,
  });

  function actionsOf(): readonly ButtonData[] {
    if (notice.about === 'newsUrgent') return [];
    if (notice.about === 'newsCurrent') return authorButtons(item, turn);
    if (notice.about === 'newsNote' && notice.note.includes('?')) {
      const answer = t(language, 'chat.notice.answer');
      return [
        button(answer, 'reply.open', { id: item.id, note: notice.note.slice(0, keptNote) }, 'positive'),
        open,
      ];
    }
    return isAsked ? askedButtons(item, turn, isShort) : [open];
  }
}

/** The item's page in the tab, where it is decided on. */
function tabLink(language: Language, { id }: NewsItem, publicUrl: string): LinkData {
  const title = t(language, 'chat.notice.openInTab');
  return { title, url: `${publicUrl}/#/news/${id}`, style: 'positive', mode: 'primary' };
}

/** What an author does who was asked for more. */
function askedButtons(item: NewsItem, turn: Turn, isShort: boolean): readonly ButtonData[] {
  const [edit, ...others] = authorButtons(item, turn);
  if (edit === undefined) return [];
  const answer = { ...edit, title: t(turn.language, 'chat.notice.answer') };
  return isShort ? [answer] : [answer, ...others.slice(0, 1)];
}

/**
 * In which language an author is written to about an item: the one that they chose for themselves, else the one in which they
 * wrote it, whatever the language of their Teams is.
 */
function inItsLanguage(turn: Turn, { author, originalLanguage }: NewsItem): Turn {
  const { person } = turn;
  const isOther = person.id !== author.id || person.choseLanguage === true;
  return isOther ? turn : { ...turn, language: originalLanguage };
}

/** The cards of notices, each about the current item. */
export function newsNoticeViews({
  news,
  newsCards,
  publicUrl,
}: Pick<NewsServices, 'news' | 'newsCards' | 'publicUrl'>): NoticeViews {
  const view = async (turn: Turn, notice: NewsNotice) => {
    try {
      const item = await news.get(turn.person, notice.newsId);
      if (notice.about === 'newsCurrent' && (notice.shown ?? shownOf(item)) !== shownOf(item))
        return superseded;
      return noticeView(inItsLanguage(turn, item), item, notice, {
        isShort: await isShort(notice),
        publicUrl,
        thread: await threadOf(turn, item, notice),
      });
    } catch (error) {
      if (isAppError(error, 'news.notFound')) return superseded;
      throw error;
    }
  };
  const threadOf = async (
    { person }: Turn,
    { id, lastMessage }: NewsItem,
    { about }: NewsNotice,
  ): Promise<readonly NewsMessage[]> =>
    about === 'newsCurrent' && lastMessage !== undefined ? (await news.messages(person, id)).lines : [];
  const isShort = async ({ about, newsId }: NewsNotice): Promise<boolean> =>
    about !== 'newsCurrent' && about !== 'newsUrgent' && (await newsCards.any(newsId));
  return Object.fromEntries(newsNoticeNames.map((kind) => [kind, view]));
}

const questions: readonly NewsNotice['about'][] = ['changesRequested', 'newsNote'];
const decisions: readonly NewsNotice['about'][] = [
  'newsAccepted',
  'newsRejected',
  'newsPlaced',
  'newsPublished',
];

/** What the activity feed says to an author: that something is asked or decided, and of which item. */
export function newsActivities({ news }: Pick<NewsServices, 'news'>): ActivityViews {
  const titled =
    (type: 'answerWanted' | 'newsDecided'): ActivityViews[string] =>
    async (notice, { person, language }) => {
      if (person === undefined) return undefined;
      const { texts } = await news.get(person, (notice as NewsNotice).newsId);
      return { type, parameters: { title: shownTitle(shownIn(texts, language)?.title, language) } };
    };
  const all = (kinds: typeof questions, view: ActivityViews[string]) =>
    kinds.map((kind) => [kind, view] as const);
  return Object.fromEntries([
    ...all(questions, titled('answerWanted')),
    ...all(decisions, titled('newsDecided')),
  ]);
}
