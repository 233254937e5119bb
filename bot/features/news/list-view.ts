import type { Page } from '../../../src/platform/pages.js';
import { say } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import type { NewsLine } from '../../../src/news/types.js';
import { listCard, type ListLine } from '../../cards/list-card.js';
import { button, common, type ButtonData } from '../../cards/parts.js';
import { render, type Card } from '../../cards/render.js';
import { chipOf } from '../../cards/state-chip.js';
import { dateWithYearText } from '../../../src/shared/dates.js';
import type { Turn } from '../../conversation/turn.js';
import { projectName, shownIn, shownTitle } from './receipt-view.js';

/** The keys behind which the pages so far began, the one on show last; the first page needs none. */
export type Trail = readonly string[];

function titleOf(line: NewsLine, language: Language): string {
  return shownTitle(shownIn(line.titles, language), language);
}

function listLine(line: NewsLine, trail: Trail, { language, programme }: Turn): ListLine {
  const title = titleOf(line, language);
  const project = projectName(programme, line.projectId, language);
  return {
    title,
    ...chipOf(language, line.status),
    note: say(language, 'chat.mine.line', { project, when: dateWithYearText(language, line.submittedAt) }),
    action: button(say(language, 'chat.mine.open', { title }), 'news.open', { id: line.id, trail }),
  };
}

function paging({ language }: Turn, { next }: Page<NewsLine>, trail: Trail): ButtonData[] {
  const newer = button(say(language, 'chat.mine.newer'), 'news.mine', { trail: trail.slice(0, -1) });
  const older = next && button(say(language, 'chat.mine.older'), 'news.mine', { trail: [...trail, next] });
  return [...(trail.length > 0 ? [newer] : []), ...(older === undefined || older === '' ? [] : [older])];
}

/** What stands above the lines: before others, also where the whole list is to be had. */
function hintsOf({ language, scope }: Turn, isEmpty: boolean): { text: string }[] {
  const shared = say(language, 'chat.mine.shared');
  const hint = say(language, 'chat.mine.hint');
  if (scope !== 'personal') return (isEmpty ? [shared] : [shared, hint]).map((text) => ({ text }));
  return [{ text: isEmpty ? say(language, 'chat.mine.empty') : hint }];
}

/** A page of the person's own news, each line opening its receipt. */
export function listView(turn: Turn, page: Page<NewsLine>, trail: Trail): Card {
  const { language } = turn;
  const heading = say(language, 'chat.mine.heading');
  const isEmpty = page.lines.length === 0;
  const hints = hintsOf(turn, isEmpty);
  const titles = page.lines.map(
    (line) => `${titleOf(line, language)}: ${say(language, `news.state.${line.status}`)}.`,
  );
  return render(listCard, {
    ...common(language, 'list', say(language, 'chat.kicker.mine'), [
      `${heading}.`,
      ...(isEmpty ? hints.map(({ text }) => text) : titles),
    ]),
    heading,
    notices: [],
    hints,
    lines: page.lines.map((line) => listLine(line, trail, turn)),
    actions: [
      ...paging(turn, page, trail),
      button(say(language, 'chat.receipt.another'), 'form.open', {}, isEmpty ? 'positive' : 'default'),
    ],
  });
}
