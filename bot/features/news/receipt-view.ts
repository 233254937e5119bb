import { say } from '../../../src/i18n/messages.js';
import { languages, type Language } from '../../../src/shared/languages.js';
import type { NewsItem } from '../../../src/news/types.js';
import { openActions, type NewsAction } from '../../../src/news/policy.js';
import type { Person, Programme } from '../../../src/people/person.js';
import { newsCard, type NewsCardData } from './news-card.js';
import { button, common, shortened, type ButtonData, type Notice } from '../../cards/parts.js';
import { render, type Card } from '../../cards/render.js';
import { chipOf } from '../../cards/state-chip.js';
import { momentText } from '../../../src/shared/dates.js';
import { seenOf } from './news-snapshot.js';
import type { Turn } from '../../conversation/turn.js';

const summaryCharacters = 160;
const titleCharacters = 160;
const quoteCharacters = 1200;

export function projectName(programme: Programme, id: string, language: Language): string {
  return programme.projects.find((project) => project.id === id)?.names[language] ?? id;
}

/** What to show of an item in lists, receipts and notices alike: the reader's language, else what there is. */
export function shownIn<T>(each: Partial<Record<Language, T>>, language: Language): T | undefined {
  return [language, ...languages].map((candidate) => each[candidate]).find((one) => one !== undefined);
}

export function shownTitle(title: string | undefined, language: Language): string {
  return shortened(title ?? '', titleCharacters) || say(language, 'chat.mine.untitled');
}

/** What the person may do with the item as its author; in chat nobody acts in another role. */
export function authorActions(item: NewsItem, { id, name }: Person): readonly NewsAction[] {
  return openActions({ id, name, role: 'worker' }, item);
}

function stateNote({ state }: NewsItem, language: Language): string {
  const name = 'by' in state ? state.by.name : '';
  return say(language, `chat.receipt.when.${state.status}`, { name, when: momentText(language, state.at) });
}

function facts({ uses }: NewsItem, language: Language): { text: string }[] {
  return uses.map((use) => ({
    text:
      use.in === 'newsletter'
        ? say(language, 'chat.receipt.inNewsletter', { number: use.number })
        : say(language, 'chat.receipt.inRelease'),
  }));
}

/** What the coordinator asks or gives as a reason; for the author's eyes, and not before others. */
export function quotesOf(item: NewsItem, { person, scope, language }: Turn): NewsCardData['quotes'] {
  if (scope !== 'personal' || item.author.id !== person.id) return [];
  const { state } = item;
  if (state.status === 'changesRequested') return [quote(language, 'chat.notice.note', state.note)];
  if (state.status === 'rejected') return [quote(language, 'chat.notice.reason', state.reason)];
  return [];
}

export function quote(
  language: Language,
  label: 'chat.notice.note' | 'chat.notice.reason',
  text: string,
): { label: string; text: string } {
  return { label: say(language, label), text: shortened(text, quoteCharacters) };
}

/** The buttons that the author has on an item as it stands; nobody else has any. */
export function authorButtons(item: NewsItem, { person, language }: Turn): ButtonData[] {
  if (item.author.id !== person.id) return [];
  const open = authorActions(item, person);
  const data = { id: item.id, seen: seenOf(item) };
  const mine = button(say(language, 'chat.receipt.mine'), 'news.mine');
  if (item.state.status === 'rejected' || item.state.status === 'withdrawn') {
    return [button(say(language, 'chat.receipt.another'), 'form.open', {}, 'positive'), mine];
  }
  const isAsked = item.state.status === 'changesRequested';
  const edit = button(
    say(language, 'chat.receipt.edit'),
    'news.edit',
    data,
    isAsked ? 'positive' : 'default',
  );
  const withdraw = button(say(language, 'chat.receipt.withdraw'), 'news.askWithdraw', data);
  return [...(open.includes('edit') ? [edit] : []), ...(open.includes('withdraw') ? [withdraw] : []), mine];
}

/** What a drawing of the card says beyond the item itself. */
export interface ReceiptSays {
  readonly headline?: string;
  readonly notices?: readonly Notice[];
  readonly closing?: string;
  readonly quotes?: NewsCardData['quotes'];
  readonly actions?: readonly ButtonData[];
  readonly links?: NewsCardData['links'];
}

/** One item as its card: what it is, how it stands, and what can be done. */
export function receiptView(turn: Turn, item: NewsItem, says: ReceiptSays = {}): Card {
  const { language, programme } = turn;
  const text = shownIn(item.texts, language);
  const title = shownTitle(text?.title, language);
  const project = projectName(programme, item.projectId, language);
  const kicker = say(language, 'chat.kicker.news', { project });
  const chip = chipOf(language, item.state.status);
  const said = [says.headline, title, say(language, `news.state.${item.state.status}`), says.closing];
  const summary = shortened(text?.lead ?? '', summaryCharacters);
  return render(newsCard, {
    ...common(
      language,
      'news',
      kicker,
      said.map((part) => (part === undefined ? '' : `${part.replace(/[.…]$/, '')}.`)),
    ),
    ...chip,
    headlines: says.headline === undefined ? [] : [{ text: says.headline }],
    title,
    summaries: summary === '' ? [] : [{ text: summary }],
    stateNote: stateNote(item, language),
    notices: says.notices ?? [],
    facts: facts(item, language),
    quotes: says.quotes ?? quotesOf(item, turn),
    closings: says.closing === undefined ? [] : [{ text: says.closing }],
    actions: says.actions ?? authorButtons(item, turn),
    links: says.links ?? [],
  });
}
