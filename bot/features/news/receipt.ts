import { isTheirs } from '../../../src/platform/actor.js';
import {
  type DetailCardData,
  type StateLooks,
  detailCard,
  detailCommon,
  quote,
  stateChip,
} from '../../cards/detail-card.js';
import {
  type ButtonData,
  type Chip,
  type LinkData,
  type Notice,
  type Quote,
  button,
  chipRow,
  heading,
  noticeBands,
  plain,
  projectName,
  quoteBoxes,
  shortened,
  shownIn,
} from '../../cards/parts.js';
import { type Card, render } from '../../cards/render.js';
import { z } from 'zod';
import { t } from '../../../src/i18n/messages.js';
import { type Language, languages } from '../../../src/shared/languages.js';
import { shownState } from '../../../src/news/line.js';
import { newsStates, type NewsItem, type ShownNewsState } from '../../../src/news/types.js';
import { toPlainText } from '../../../src/content/markdown.js';
import { currentRevisions } from '../../../src/content/text.js';
import { momentText } from '../../../src/shared/dates.js';
import { type NewsAction, openActions } from '../../../src/news/policy.js';
import { type Person, usualAnswerDays } from '../../../src/people/person.js';
import type { NewsService } from '../../../src/news/service.js';
import type { Clock } from '../../../src/platform/clock.js';
import type { FollowUpService } from '../../../src/sessions/follow-up/service.js';
import type { Action } from '../../conversation/actions.js';
import type { Answer, Turn } from '../../conversation/turn.js';
import { type NewsCards, shownOf } from '../../../src/news/cards.js';
import type { MessagePlace } from '../../../src/delivery/notices.js';
import type { NewsId } from '../../../src/platform/ids.js';

/** The services of Big Room that the news in chat use. */
export interface NewsServices {
  readonly news: NewsService;
  /** For news about a session. */
  readonly followUp: Pick<FollowUpService, 'linkNews' | 'newsDraft'>;
  readonly clock: Clock;
  /** Which messages show which items. */
  readonly newsCards: Pick<NewsCards, 'any' | 'keep' | 'forget'>;
  /** Where the tab is. */
  readonly publicUrl: string;
}

type Cards = Pick<NewsServices, 'newsCards'>;

/** The answer, by which the message that was pressed, or that answers a text, shows an item: it follows the item from now on. */
export async function following(
  { pressedAt, person, scope }: Turn,
  item: NewsItem,
  { newsCards }: Cards,
  answer: Answer,
): Promise<Answer> {
  // Only its author acts on an item in chat. One that is not followed costs a notice, which is no fault to speak of.
  if (item.author.id !== person.id || scope !== 'personal') return answer;
  const keep = (place: MessagePlace): Promise<void> =>
    newsCards.keep(place, item.id, shownOf(item)).catch(() => undefined);
  if (pressedAt === undefined) return answer.as === 'replace' ? { ...answer, onSent: keep } : answer;
  await keep(pressedAt);
  return answer;
}

/** The message that was pressed becomes something that must stay, such as a form: it follows no item any more. */
export async function unfollow(
  { pressedAt }: Turn,
  id: string | undefined,
  { newsCards }: Cards,
): Promise<void> {
  if (pressedAt !== undefined && id !== undefined) await newsCards.forget(pressedAt, id as NewsId);
}

export type NewsActions = Readonly<Record<string, Action<NewsServices>>>;

/** The id of an item in the data of a card: it comes from a client, so it is checked. */
export const newsIdSchema = z.string().regex(/^[\w-]{1,64}$/);

/** One piece of news: a receipt, a notice about it, or the question whether to withdraw it. */
interface NewsCardData extends DetailCardData, Chip {
  readonly title: string;
  /** As a heading where nothing stands above it. */
  readonly titleSize: 'Large' | 'Medium';
  readonly summaries: readonly { readonly text: string }[];
  /** Since when it has its state, and who changed it. */
  readonly stateNote: string;
  /** The text itself, where it is short. */
  readonly stories: readonly { readonly text: string }[];
  /** The text where it is long: its beginning, and the whole behind a button. */
  readonly longStories: readonly LongStory[];
  /** Where it is used, and when an answer comes. */
  readonly facts: readonly { readonly text: string }[];
}

interface LongStory {
  readonly start: string;
  readonly paragraphs: readonly { readonly text: string }[];
  readonly show: string;
  readonly hide: string;
}

const storyParts = ['storyStart', 'storyWhole'];

/** A part of a long text, with the button that shows the other part instead. */
function storyPart(id: string, isVisible: boolean, text: object, title: string): object {
  const toggle = { type: 'Action.ToggleVisibility', title, targetElements: storyParts };
  return {
    type: 'Container',
    id,
    isVisible,
    spacing: 'Small',
    $data: '${longStories}',
    items: [text, { type: 'ActionSet', spacing: 'Small', actions: [toggle] }],
  };
}

const newsCard = detailCard<NewsCardData>('news', [
  noticeBands,
  { ...heading('${text}'), $data: '${headlines}' },
  plain('${title}', { size: '${titleSize}', weight: 'Bolder' }),
  { ...plain('${text}', {}, { spacing: 'Small' }), $data: '${summaries}' },
  chipRow('${stateNote}'),
  { ...plain('${text}', { size: 'Small' }, { spacing: 'Small' }), $data: '${facts}' },
  { ...plain('${text}', {}, { spacing: 'Medium' }), $data: '${stories}' },
  storyPart('storyStart', true, plain('${start}', {}, { spacing: 'Small' }), '${show}'),
  storyPart(
    'storyWhole',
    false,
    {
      type: 'Container',
      spacing: 'None',
      items: [{ ...plain('${text}', {}, { spacing: 'Small' }), $data: '${paragraphs}' }],
    },
    '${hide}',
  ),
  quoteBoxes,
]);

const stateLooks: StateLooks<ShownNewsState> = {
  submitted: { color: 'Accent', sign: '●' },
  inReview: { color: 'Accent', sign: '✎' },
  changesRequested: { color: 'Warning', sign: '↻' },
  accepted: { color: 'Good', sign: '✓' },
  published: { color: 'Good', sign: '✓' },
  rejected: { color: 'Default', sign: '✕' },
  withdrawn: { color: 'Default', sign: '↩' },
};

export function chipOf(language: Language, state: ShownNewsState): Chip {
  return stateChip(stateLooks[state], t(language, `news.state.${state}`));
}

/** State and revisions of an item when its card was made; part of the card, so that an old card can show what has changed. */
export const newsSnapshotSchema = z.object({
  state: z.enum(newsStates),
  revisions: z.partialRecord(z.enum(languages), z.number().int()),
});
export type NewsSnapshot = z.infer<typeof newsSnapshotSchema>;

export function newsSnapshot(item: NewsItem): NewsSnapshot {
  return { state: item.state.status, revisions: currentRevisions(item.texts) };
}

function stateChange(seen: NewsSnapshot, { state }: NewsItem, language: Language): Notice[] {
  if (seen.state === state.status) return [];
  const states = {
    before: t(language, `news.state.${seen.state}`),
    after: t(language, `news.state.${state.status}`),
  };
  const text =
    'by' in state
      ? t(language, 'chat.since.stateBy', {
          ...states,
          name: state.by.name,
          when: momentText(language, state.at),
        })
      : t(language, 'chat.since.state', states);
  return [{ style: 'accent', text }];
}

/** What others have changed since a card was made: the state of the item, and who edited which text. */
export function changesSince(
  seen: NewsSnapshot | undefined,
  item: NewsItem,
  personId: string,
  language: Language,
): Notice[] {
  if (seen === undefined) return [];
  const edits = languages.flatMap((edited): Notice[] => {
    const text = item.texts[edited];
    if (text === undefined || text.revision <= (seen.revisions[edited] ?? 0) || text.by.id === personId)
      return [];
    const values = {
      name: text.by.name,
      language: edited,
      when: momentText(language, text.at),
    };
    return [{ style: 'accent', text: t(language, 'chat.since.text', values) }];
  });
  return [...stateChange(seen, item, language), ...edits];
}

const summaryCharacters = 160;
/** A text of so many characters is shown whole. */
const storyCharacters = 240;
const startCharacters = 160;
/** What is longer than a page is read in the tab. */
const wholeCharacters = 4000;
const titleCharacters = 160;

export function shownTitle(title: string | undefined, language: Language): string {
  return shortened(title ?? '', titleCharacters) || t(language, 'chat.mine.untitled');
}

/** What the person may do with the item as its author; in chat everybody acts as a worker. */
export function authorActions(item: NewsItem, { id, name, actsFor }: Person): readonly NewsAction[] {
  const workers = actsFor?.map((each) => ({ ...each, role: 'worker' }) as const);
  return openActions({ id, name, role: 'worker', ...(workers && { actsFor: workers }) }, item);
}

function stateNote({ state }: NewsItem, language: Language): string {
  const name = 'by' in state ? state.by.name : '';
  return t(language, `chat.receipt.when.${state.status}`, { name, when: momentText(language, state.at) });
}

function releaseText(
  { outAt, awaitsApproval }: Extract<NewsItem['uses'][number], { in: 'release' }>,
  language: Language,
): string {
  if (outAt !== undefined)
    return t(language, 'chat.receipt.published', { when: momentText(language, outAt) });
  return t(language, awaitsApproval === true ? 'chat.receipt.awaitsApproval' : 'chat.receipt.inRelease');
}

function facts({ author, uses, state }: NewsItem, { person, language, programme }: Turn): { text: string }[] {
  const days = programme.answerDays ?? usualAnswerDays;
  const answer =
    state.status === 'submitted' && author.id === person.id
      ? [{ text: t(language, 'chat.receipt.answerIn', { days }) }]
      : [];
  const used = uses.map((use) => ({
    text:
      use.in === 'newsletter'
        ? t(language, 'chat.receipt.inNewsletter', { number: use.number })
        : releaseText(use, language),
  }));
  return [...used, ...answer];
}

/** The text itself, as its author may read it: whole where it is short, else its beginning and the whole. */
function storyOf(body: string, language: Language): Pick<NewsCardData, 'stories' | 'longStories'> {
  const story = toPlainText(body).trim();
  if (story === '') return { stories: [], longStories: [] };
  if (story.length <= storyCharacters)
    return { stories: story.split('\n').map((text) => ({ text })), longStories: [] };
  const whole = story.length <= wholeCharacters ? story : `${story.slice(0, wholeCharacters)}…`;
  const paragraphs = whole.split('\n').filter((text) => text.trim() !== '');
  return {
    stories: [],
    longStories: [
      {
        start: shortened(story, startCharacters),
        paragraphs: paragraphs.map((text) => ({ text })),
        show: t(language, 'chat.receipt.showText'),
        hide: t(language, 'chat.receipt.hideText'),
      },
    ],
  };
}

/** The coordinator's request or reason; shown to the author alone, never in a shared conversation. */
export function quotesOf(item: NewsItem, { person, scope, language }: Turn): readonly Quote[] {
  if (scope !== 'personal' || !isTheirs(person, item.author.id)) return [];
  const { state } = item;
  if (state.status === 'changesRequested') return [quote(t(language, 'chat.notice.note'), state.note)];
  if (state.status === 'rejected') return [quote(t(language, 'chat.notice.reason'), state.reason)];
  return [];
}

/** The author's buttons for the current item; nobody else has any. */
export function authorButtons(item: NewsItem, { person, language }: Turn): ButtonData[] {
  if (!isTheirs(person, item.author.id)) return [];
  const open = authorActions(item, person);
  const data = { id: item.id, seen: newsSnapshot(item) };
  const list = button(t(language, 'chat.receipt.mine'), 'news.mine', { card: item.id });
  if (item.state.status === 'rejected' || item.state.status === 'withdrawn') {
    const another = t(language, 'chat.receipt.another');
    return [button(another, 'form.open', { card: item.id }, 'positive'), list];
  }
  const isAsked = item.state.status === 'changesRequested';
  const edit = button(t(language, 'chat.receipt.edit'), 'news.edit', data, isAsked ? 'positive' : 'default');
  const withdraw = button(t(language, 'chat.receipt.withdraw'), 'news.askWithdraw', data);
  return [...(open.includes('edit') ? [edit] : []), ...(open.includes('withdraw') ? [withdraw] : []), list];
}

/** What the card shows besides the item itself. */
export interface ReceiptOptions {
  readonly headline?: string;
  readonly notices?: readonly Notice[];
  readonly closing?: string;
  readonly quotes?: readonly Quote[];
  readonly actions?: readonly ButtonData[];
  readonly links?: readonly LinkData[];
  /** Beside another card that says all of it: the title is enough. */
  readonly isShort?: boolean;
}

/** The card of one item: its title and text, its state, and what the person can do. */
export function receiptView(turn: Turn, item: NewsItem, options: ReceiptOptions = {}): Card {
  const { language, programme } = turn;
  const text = shownIn(item.texts, language);
  const title = shownTitle(text?.title, language);
  const project = projectName(programme, item.projectId, language);
  const kicker = t(language, 'chat.kicker.news', { project });
  const state = shownState(item);
  const chip = chipOf(language, state);
  const speak = [options.headline, title, t(language, `news.state.${state}`), options.closing];
  const isShort = options.isShort === true;
  const { lead = '', body = '' } = isShort ? {} : (text ?? {});
  // Not said twice where it was proposed from the text.
  const summary = body.includes(lead) ? '' : shortened(lead, summaryCharacters);
  return render(newsCard, {
    ...detailCommon(language, 'news', kicker, speak),
    ...chip,
    headlines: options.headline === undefined ? [] : [{ text: options.headline }],
    title,
    titleSize: options.headline === undefined ? 'Large' : 'Medium',
    summaries: summary === '' ? [] : [{ text: summary }],
    stateNote: stateNote(item, language),
    notices: options.notices ?? [],
    facts: isShort ? [] : facts(item, turn),
    ...storyOf(body, language),
    quotes: options.quotes ?? quotesOf(item, turn),
    closings: options.closing === undefined ? [] : [{ text: options.closing }],
    actions: options.actions ?? authorButtons(item, turn),
    links: options.links ?? [],
  });
}
