import { say } from '../../src/i18n/messages.js';
import { languages, type Language } from '../../src/languages.js';
import type { NewsLine, Page } from '../../src/news/news.js';
import { listCard, type ListLine } from '../cards/list-card.js';
import { button, common, type ButtonData } from '../cards/parts.js';
import { render, type Card } from '../cards/render.js';
import { chipOf } from '../cards/state-chip.js';
import { dayPhrase } from '../cards/when.js';
import type { Turn } from '../turn.js';
import { projectName, shownTitle } from './receipt-view.js';

/** The keys behind which the pages so far began, the one on show last; the first page needs none. */
export type Trail = readonly string[];

function titleOf(line: NewsLine, language: Language): string {
  const title = [language, ...languages].map((each) => line.titles[each]).find((each) => each !== undefined);
  return shownTitle(title, language);
}

function listLine(line: NewsLine, trail: Trail, { language, programme }: Turn): ListLine {
  const title = titleOf(line, language);
  const project = projectName(programme, line.projectId, language);
  return {
    title,
    ...chipOf(language, line.state),
    note: say(language, 'chat.mine.line', { project, when: dayPhrase(language, line.submittedAt) }),
    action: button(say(language, 'chat.mine.open', { title }), 'news.open', { id: line.id, trail }),
  };
}

function paging({ language }: Turn, { next }: Page<NewsLine>, trail: Trail): ButtonData[] {
  const newer = button(say(language, 'chat.mine.newer'), 'news.mine', { trail: trail.slice(0, -1) });
  const older = next && button(say(language, 'chat.mine.older'), 'news.mine', { trail: [...trail, next] });
  return [...(trail.length > 0 ? [newer] : []), ...(older === undefined || older === '' ? [] : [older])];
}

/** A page of the person's own news, each line opening its receipt. */
export function listView(turn: Turn, page: Page<NewsLine>, trail: Trail): Card {
  const { language } = turn;
  const heading = say(language, 'chat.mine.heading');
  const isEmpty = page.lines.length === 0;
  const hint = say(language, isEmpty ? 'chat.mine.empty' : 'chat.mine.hint');
  const titles = page.lines.map(
    (line) => `${titleOf(line, language)}: ${say(language, `news.state.${line.state}`)}.`,
  );
  return render(listCard, {
    ...common(language, 'list', say(language, 'chat.kicker.mine'), [
      `${heading}.`,
      ...(isEmpty ? [hint] : titles),
    ]),
    heading,
    notices: [],
    hints: [{ text: hint }],
    lines: page.lines.map((line) => listLine(line, trail, turn)),
    actions: [
      ...paging(turn, page, trail),
      button(say(language, 'chat.receipt.another'), 'form.open', {}, isEmpty ? 'positive' : 'default'),
    ],
  });
}
