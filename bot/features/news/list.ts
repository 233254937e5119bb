import { z } from 'zod';
import type { Page } from '../../../src/platform/pages.js';
import { t } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import { shownStateOf, type NewsLine, type NewsStateName } from '../../../src/news/types.js';
import { type ListLine, listCard, listLine } from '../../cards/list-card.js';
import { type ButtonData, button, common, projectName, shownIn } from '../../cards/parts.js';
import { type Card, render } from '../../cards/render.js';
import { type NewsActions, chipOf, newsIdSchema, shownTitle, unfollow } from './receipt.js';
import { type Asked, statusView, waitsText } from './status.js';
import { dateWithYearText } from '../../../src/shared/dates.js';
import { type Turn, replaceWith } from '../../conversation/turn.js';
import { action, forEveryone } from '../../conversation/actions.js';
import type { NewsService } from '../../../src/news/service.js';

/** The keys after which each page so far began, the current one last; the first page has none. */
export type Trail = readonly string[];

function titleOf(line: NewsLine, language: Language): string {
  return shownTitle(shownIn(line.titles, language), language);
}

function newsLine(line: NewsLine, { language, programme }: Turn, opens: ButtonData): ListLine {
  const title = titleOf(line, language);
  const project = projectName(programme, line.projectId, language);
  return listLine({
    title,
    chips: [
      {
        ...chipOf(language, shownStateOf(line)),
        note: t(language, 'chat.mine.line', {
          project,
          when: dateWithYearText(language, line.outAt ?? line.submittedAt),
        }),
      },
    ],
    mark: '›',
    markSize: 'Large',
    action: opens,
  });
}

function paging({ language }: Turn, { next }: Page<NewsLine>, trail: Trail): ButtonData[] {
  const newer = button(t(language, 'chat.mine.newer'), 'news.mine', { trail: trail.slice(0, -1) });
  const older = next && button(t(language, 'chat.mine.older'), 'news.mine', { trail: [...trail, next] });
  return [...(trail.length > 0 ? [newer] : []), ...(older === undefined || older === '' ? [] : [older])];
}

/** The text above the lines. In a shared conversation it also says where to find the whole list. */
function hintsOf({ language, scope }: Turn, isEmpty: boolean): { text: string }[] {
  const shared = t(language, 'chat.mine.shared');
  const hint = t(language, 'chat.mine.hint');
  if (scope !== 'personal') return (isEmpty ? [shared] : [shared, hint]).map((text) => ({ text }));
  return [{ text: isEmpty ? t(language, 'chat.mine.empty') : hint }];
}

/** A page of the person's own news, each line opening its receipt. */
export function listView(turn: Turn, page: Page<NewsLine>, trail: Trail): Card {
  const { language } = turn;
  const heading = t(language, 'chat.mine.heading');
  const isEmpty = page.lines.length === 0;
  const hints = hintsOf(turn, isEmpty);
  const titles = page.lines.map(
    (line) => `${titleOf(line, language)}: ${t(language, `news.state.${shownStateOf(line)}`)}.`,
  );
  return render(listCard, {
    ...common(language, 'list', t(language, 'chat.kicker.mine'), [
      `${heading}.`,
      ...(isEmpty ? hints.map(({ text }) => text) : titles),
    ]),
    heading,
    notices: [],
    hints,
    lines: page.lines.map((line) => {
      const title = titleOf(line, language);
      return newsLine(
        line,
        turn,
        button(t(language, 'chat.mine.open', { title }), 'news.open', { id: line.id, trail }),
      );
    }),
    links: [],
    actions: [
      ...paging(turn, page, trail),
      button(t(language, 'chat.receipt.another'), 'form.open', {}, isEmpty ? 'positive' : 'default'),
    ],
  });
}

const pageSize = 5;
/** Of so many of the newest items it is said in words how they stand. */
const maxStatus = 3;
const maxPages = 100;
/** How many of the newest items are searched for those that may be shown in a shared conversation. */
const maxSearched = 30;

/** A {@link Trail} in the data of a card. */
export const trailSchema = z.array(z.string().min(1).max(300)).max(maxPages);

/** `card`: the item that the message showed. */
const ownSchema = z.object({ trail: trailSchema.default([]), card: newsIdSchema.optional() });

/** In a shared conversation only accepted items are shown: the state of the others is for their author alone. */
async function accepted({ person }: Turn, news: NewsService): Promise<Page<NewsLine>> {
  const { lines } = await news.mine(person, undefined, maxSearched);
  return { lines: lines.filter(({ status }) => status === 'accepted').slice(0, pageSize) };
}

/** What an author may still take back, or ask to be taken down where it is used already. */
const takenBack: readonly NewsStateName[] = ['submitted', 'inReview', 'changesRequested', 'accepted'];

/** One's own items that can be taken back, each with the question whether to; of what is used already, the way to ask for it. */
export function takeBackView(turn: Turn, lines: readonly NewsLine[]): Card {
  const { language } = turn;
  const isEmpty = lines.length === 0;
  const heading = t(language, 'chat.takeBack.heading');
  const hint = t(language, isEmpty ? 'chat.takeBack.none' : 'chat.takeBack.hint');
  return render(listCard, {
    ...common(language, 'list', t(language, 'chat.kicker.mine'), [`${heading}.`, hint]),
    heading,
    notices: [],
    hints: [{ text: hint }],
    lines: lines.map((line) => {
      const title = titleOf(line, language);
      return newsLine(
        line,
        turn,
        line.used
          ? button(t(language, 'chat.removal.one', { title }), 'reply.askRemoval', { id: line.id })
          : button(t(language, 'chat.takeBack.one', { title }), 'news.askWithdraw', { id: line.id }),
      );
    }),
    links: [],
    actions: [button(t(language, 'chat.receipt.mine'), 'news.mine')],
  });
}

/** What the author was asked and has not answered yet, the newest first. */
async function askedOf({ person, language }: Turn, news: NewsService): Promise<Asked[]> {
  const { lines } = await news.mine(person, undefined, maxSearched);
  const waiting = lines.filter(
    ({ status, lastMessage }) =>
      status === 'changesRequested' ||
      (lastMessage !== undefined && !lastMessage.isAuthors && !lastMessage.isAnswered),
  );
  return Promise.all(
    waiting.slice(0, pageSize).map(async (line) => {
      const title = titleOf(line, language);
      if (line.asked !== undefined) return { title, question: line.asked };
      const { lines: messages } = await news.messages(person, line.id);
      return { title, question: messages[0]?.text ?? '' };
    }),
  );
}

export const listActions = {
  'news.waits': forEveryone(
    action('news:seeOwn', z.object({}), async (turn, _data, { news }) => {
      // What somebody was asked is for them alone.
      const asked = turn.scope === 'personal' ? await askedOf(turn, news) : [];
      return { as: 'keep', text: waitsText(turn.language, asked) };
    }),
  ),
  'news.status': action('news:seeOwn', z.object({}), async (turn, _data, { news }) => {
    const page = await news.mine(turn.person, undefined, pageSize);
    if (turn.scope !== 'personal') return replaceWith(listView(turn, await accepted(turn, news), []));
    if (page.lines.length === 0) return replaceWith(listView(turn, page, []));
    const newest = page.lines.slice(0, maxStatus);
    const items = await Promise.all(newest.map(({ id }) => news.get(turn.person, id)));
    return replaceWith(statusView(turn, items, page.lines.length > newest.length));
  }),
  'news.takeBack': action('news:seeOwn', z.object({}), async (turn, _data, { news }) => {
    const { lines } = await news.mine(turn.person, undefined, maxSearched);
    const open = lines.filter(({ status }) => takenBack.includes(status)).slice(0, pageSize);
    return replaceWith(takeBackView(turn, open));
  }),
  'news.mine': forEveryone(
    action('news:seeOwn', ownSchema, async (turn, { trail, card }, services) => {
      const { news } = services;
      await unfollow(turn, card, services);
      if (turn.scope !== 'personal') return replaceWith(listView(turn, await accepted(turn, news), []));
      const page = await news.mine(turn.person, trail.at(-1), pageSize);
      return replaceWith(listView(turn, page, trail));
    }),
  ),
} satisfies NewsActions;
