import { isTheirs } from '../../../src/platform/actor.js';
import { z } from 'zod';
import { AppError, isAppError } from '../../../src/platform/errors.js';
import { type NewsId, freshId } from '../../../src/platform/ids.js';
import { t } from '../../../src/i18n/messages.js';
import type { Language } from '../../../src/shared/languages.js';
import { dateText } from '../../../src/shared/dates.js';
import { lineOf, shownState } from '../../../src/news/line.js';
import type { NewsItem, NewsLine, NewsState } from '../../../src/news/types.js';
import { type Field, fieldList, formField } from '../../cards/fields.js';
import { quote } from '../../cards/detail-card.js';
import {
  type ButtonData,
  type CommonData,
  type Notice,
  type Quote,
  button,
  buttons,
  cardAround,
  common,
  header,
  heading,
  noticeBands,
  plain,
  projectName,
  quoteBoxes,
  shortened,
  shownIn,
} from '../../cards/parts.js';
import { cardTemplate, render } from '../../cards/render.js';
import { action, faultText } from '../../conversation/actions.js';
import { formAnswer, typedIn } from '../../conversation/form-answers.js';
import { type Answer, type Turn, replaceWith } from '../../conversation/turn.js';
import { maskedPersonalIds } from '../../../src/content/personal-data.js';
import { draftOf } from '../../conversation/understanding/story.js';
import {
  type NewsActions,
  type NewsServices,
  authorActions,
  following,
  newsIdSchema,
  receiptView,
  shownTitle,
  unfollow,
} from './receipt.js';
import { requestIn } from './pointing.js';
import { formFor } from './unasked.js';

const maxOffered = 5;
const maxTitle = 40;

interface WhichCardData extends CommonData {
  readonly heading: string;
  readonly notices: readonly Notice[];
  readonly paragraphs: readonly { readonly text: string }[];
  readonly quotes: readonly Quote[];
  readonly fields: readonly Field[];
  readonly actions: readonly ButtonData[];
}

/** Which item a text is about, with the text in a field, where it can still be changed. */
const whichCard = cardTemplate<WhichCardData>(
  'whichItem',
  cardAround({
    body: [
      header,
      heading('${heading}'),
      noticeBands,
      { ...plain('${text}', {}, { spacing: 'Small' }), $data: '${paragraphs}' },
      quoteBoxes,
      fieldList,
    ],
    actions: [buttons],
  }),
);

interface AddedCardData extends CommonData {
  readonly notices: readonly Notice[];
  readonly actions: readonly ButtonData[];
}

/** One line on what became of a message, and the ways out of a wrong guess. */
const addedCard = cardTemplate<AddedCardData>(
  'added',
  cardAround({ body: [header, noticeBands], actions: [buttons] }),
);

/** How far an item has got, where a message comes late for it. */
type Stage = 'accepted' | 'published' | 'rejected' | 'withdrawn' | 'open';

/** Says how far an item has got, and then this; this alone where it is not too late for anything. */
function withStage(language: Language, item: NewsItem, text: string): string {
  const stage = stageOf(item);
  return stage === 'open' ? text : `${t(language, `chat.reply.stage.${stage}`)} ${text}`;
}

function stageOf(item: NewsItem): Stage {
  const state = shownState(item);
  return state === 'submitted' || state === 'inReview' || state === 'changesRequested' ? 'open' : state;
}

const titleOf = ({ titles }: NewsLine, { language }: Turn): string =>
  shortened(shownTitle(shownIn(titles, language), language), maxTitle);

/** The title, and when it was published, which distinguishes one from another. */
function choiceOf(line: NewsLine, turn: Turn): string {
  const title = titleOf(line, turn);
  if (line.outAt === undefined) return title;
  return t(turn.language, 'chat.reply.choicePublished', { title, day: dateText(turn.language, line.outAt) });
}

interface WhichOptions {
  readonly text: string;
  readonly key: string;
  readonly notices?: readonly Notice[];
  /** Where nothing was asked: it may belong to what they wrote last. */
  readonly isMore?: boolean;
}

export function whichView(
  turn: Turn,
  lines: readonly NewsLine[],
  { text, key, notices = [], isMore = false }: WhichOptions,
): Answer {
  const { language } = turn;
  const asked = t(language, isMore ? 'chat.reply.whichMore' : 'chat.reply.which');
  const about = lines.slice(0, maxOffered).map((line) =>
    // Called otherwise than `key`: a client of Teams made of React takes that for its own.
    button(choiceOf(line, turn), 'reply.send', { id: line.id, said: key }, 'default', 'auto'),
  );
  const card = render(whichCard, {
    ...common(language, 'news', t(language, 'chat.kicker.mine'), [asked]),
    heading: asked,
    notices,
    paragraphs: [{ text: t(language, isMore ? 'chat.reply.whichMore.text' : 'chat.reply.which.text') }],
    quotes: lines
      .slice(0, maxOffered)
      .flatMap((line) => (line.asked === undefined ? [] : [quote(titleOf(line, turn), line.asked)])),
    fields: [textField(turn, isMore ? 'message' : 'answer', text)],
    actions: [...about, button(t(language, 'chat.reply.asNews'), 'reply.asNews', {}, 'default', 'auto')],
  });
  return formAnswer(card, language);
}

function textField({ language }: Turn, kind: 'message' | 'answer', value: string): Field {
  return formField(language, [], {
    id: 'text',
    kind: 'lines',
    label: t(language, kind === 'answer' ? 'chat.question.answer' : 'chat.reply.message'),
    value,
    isRequired: true,
    wants: t(language, kind === 'answer' ? 'chat.question.answer.wants' : 'chat.reply.message.wants'),
  });
}

/**
 * The field for an answer where there is no form to edit the item, or no need to: it reaches the communications team all the
 * same, and says so where the item has been decided on.
 * @param question what was asked, where that is known.
 * @param typed what was typed into it before, and what was wrong with that.
 */
export function answerView(
  turn: Turn,
  item: NewsItem,
  question: string | undefined,
  { text, key, notices = [] }: WhichOptions = { text: '', key: freshId() },
): Answer {
  const { language } = turn;
  const title = shownTitle(shownIn(item.texts, language)?.title, language);
  const isLate = stageOf(item) !== 'open';
  const stage = isLate ? withStage(language, item, t(language, 'chat.reply.lateForm')) : '';
  const card = render(whichCard, {
    ...common(language, 'news', t(language, 'chat.kicker.mine'), [title, ...(isLate ? [stage] : [])]),
    heading: t(language, 'chat.reply.lateForm.heading'),
    notices: [...notices, ...(isLate ? [{ style: 'warning' as const, text: stage }] : [])],
    paragraphs: [{ text: title }],
    quotes: question === undefined ? [] : [quote(t(language, 'chat.notice.note'), question)],
    fields: [textField(turn, 'answer', text)],
    actions: [
      button(
        t(language, 'chat.question.answerSend'),
        'reply.send',
        { id: item.id, said: key },
        'positive',
        'auto',
      ),
      button(t(language, 'chat.form.cancel'), 'news.open', { id: item.id }),
    ],
  });
  return formAnswer(card, language);
}

const keySchema = z.string().max(200).default('');
const textSchema = z.object({
  text: z.string().max(100_000),
  key: keySchema,
  /** The items to choose from; without them, those about which something was asked. */
  about: z.array(newsIdSchema).max(100).optional(),
});

/** The items that a text may be about, in the order given; those about which something was asked where none is. */
async function possibleFor(
  { person }: Turn,
  about: readonly string[] | undefined,
  { news }: NewsServices,
): Promise<readonly NewsLine[]> {
  // Each is read by itself: the one may be far down in a long list.
  if (about !== undefined)
    return Promise.all(
      about.slice(0, maxOffered).map(async (id) => lineOf(await news.get(person, id as NewsId))),
    );
  const { lines } = await news.mine(person);
  return lines.filter(({ status }) => status === 'changesRequested');
}

/** What an author was asked last about an item. */
export async function lastQuestion(
  { person }: Turn,
  id: NewsId,
  { news }: NewsServices,
): Promise<string | undefined> {
  const { lines } = await news.messages(person, id);
  return lines.find(({ kind }) => kind === 'question')?.text;
}

/** A reply that was refused, with the way to send it once what is wrong is mended. */
async function refused(
  turn: Turn,
  id: string | undefined,
  typed: WhichOptions,
  services: NewsServices,
): Promise<Answer> {
  const item =
    id === undefined
      ? undefined
      : await services.news.get(turn.person, id as NewsId).catch((error: unknown) => {
          // No item of theirs: the text can still become news of its own.
          if (isAppError(error, 'news.notFound') || isAppError(error, 'permission.denied')) return undefined;
          throw error;
        });
  if (item !== undefined && !authorActions(item, turn.person).includes('edit'))
    return answerView(turn, item, await lastQuestion(turn, item.id, services), typed);
  const lines = item === undefined ? [] : [lineOf(item)];
  return whichView(turn, lines, { ...typed, isMore: true });
}

/** What an author takes back of what they just wrote, and what they make of it instead. */
function waysBack(
  { language }: Turn,
  id: NewsId,
  { undo, text, isMessage }: { readonly undo: number; readonly text: string; readonly isMessage: boolean },
): ButtonData[] {
  return [
    button(t(language, 'chat.reply.undo'), 'news.undo', { id, audit: undo, ...(isMessage && { isMessage }) }),
    button(t(language, 'chat.reply.asNews'), 'reply.asNews', { id, audit: undo, text }),
  ];
}

/** One line on what was added to an item, where nothing was asked. */
export function addedView(turn: Turn, item: NewsItem, undo: number | undefined, text: string): Answer {
  const { language, programme } = turn;
  const title = shownTitle(shownIn(item.texts, language)?.title, language);
  const isRequest = stageOf(item) === 'published' && requestIn(text) !== undefined;
  const added = isRequest
    ? t(language, 'chat.reply.passedOn', { title })
    : withStage(language, item, t(language, 'chat.reply.added', { title }));
  const project = projectName(programme, item.projectId, language);
  const [back, asNews] = undo === undefined ? [] : waysBack(turn, item.id, { undo, text, isMessage: true });
  return replaceWith(
    render(addedCard, {
      ...common(language, 'news', t(language, 'chat.kicker.news', { project }), [added]),
      notices: [{ style: 'good', text: added }],
      actions: [...(asNews ? [asNews] : []), ...(back ? [back] : [])],
    }),
  );
}

/** The request to take down an item that is published or placed, which only the communications team can do. */
function removalView(turn: Turn, item: NewsItem): Answer {
  const { language } = turn;
  const title = shownTitle(shownIn(item.texts, language)?.title, language);
  const why = t(language, 'chat.removal.why');
  const card = render(whichCard, {
    ...common(language, 'news', t(language, 'chat.kicker.mine'), [title, why]),
    heading: t(language, 'chat.removal.heading'),
    notices: [],
    paragraphs: [{ text: title }, { text: why }],
    quotes: [],
    fields: [textField(turn, 'message', t(language, 'chat.removal.text'))],
    actions: [
      button(
        t(language, 'chat.removal.send'),
        'reply.send',
        { id: item.id, said: freshId() },
        'positive',
        'auto',
      ),
      button(t(language, 'chat.form.cancel'), 'news.open', { id: item.id }),
    ],
  });
  return formAnswer(card, language);
}

/** What became of a reply: the question with its answer, or that it came too late to change anything. */
export function repliedView(
  turn: Turn,
  before: NewsState,
  item: NewsItem,
  undo: number | undefined,
  text: string,
): Answer {
  const { language } = turn;
  const isAsked = before.status === 'changesRequested';
  const notice = isAsked ? 'sent' : stageOf(item) === 'open' ? 'kept' : 'late';
  const said = withStage(language, item, t(language, `chat.reply.${notice}`));
  const back = undo === undefined ? [] : waysBack(turn, item.id, { undo, text, isMessage: !isAsked });
  return replaceWith(
    receiptView(turn, item, {
      notices: [{ style: notice === 'late' ? 'warning' : 'good', text: said }],
      quotes: [
        ...(isAsked ? [quote(t(language, 'chat.notice.note'), before.note)] : []),
        quote(t(language, isAsked ? 'chat.question.answer' : 'chat.reply.message'), text),
      ],
      actions: [button(t(language, 'chat.notice.open'), 'news.open', { id: item.id }), ...back],
    }),
  );
}

/** Keeps a text in the thread of an item, and says what became of it. @param key the same for the same message. */
export async function sendReply(
  turn: Turn,
  { id, text, key }: { readonly id: string; readonly text: string; readonly key: string },
  services: NewsServices,
): Promise<Answer> {
  const from = key === '' ? undefined : key;
  const { item, undo, before, isAddition } = await services.news.reply(turn.person, id as NewsId, text, from);
  const isRequest = stageOf(item) === 'published' && requestIn(text) !== undefined;
  if ((isAddition || isRequest) && before.status !== 'changesRequested')
    return addedView(turn, item, undo, text);
  return following(turn, item, services, repliedView(turn, before, item, undo, text));
}

/** The text as news of its own; a reply that was made of it is taken back first. */
async function asNews(
  turn: Turn,
  {
    id,
    audit,
    text,
  }: { readonly id?: string | undefined; readonly audit?: number | undefined; readonly text: string },
  services: NewsServices,
  open: (turn: Turn, data: object) => Promise<Answer>,
): Promise<Answer> {
  const { news } = services;
  if (id !== undefined && audit !== undefined) {
    await news.undo(turn.person, id as NewsId, audit).catch((error: unknown) => {
      // Pressed twice, or somebody has read it by now: the form is of use all the same.
      if (!isAppError(error, 'undo.tooLate') && !isAppError(error, 'undo.tooOld')) throw error;
    });
  }
  await unfollow(turn, id, services);
  const shown = maskedPersonalIds(text);
  const draft = draftOf(shown, () => false) ?? draftOf(`news: ${shown}`, () => false);
  if (draft === undefined) throw new AppError('input.malformed');
  return open(turn, formFor(turn, draft, { text: shown, language: turn.language }).data);
}

const replySchema = z
  .object({ id: newsIdSchema, text: z.string().max(100_000), key: keySchema, said: keySchema })
  .transform(({ said, key, ...reply }) => ({ ...reply, key: said === '' ? key : said }));

/** The actions of replies. @param open opens the form for a new item. */
export function replyActions(
  open: (turn: Turn, data: object, services: NewsServices) => Promise<Answer>,
): NewsActions {
  const sendAction = action('news:submit', replySchema, sendReply);
  return {
    'reply.which': action('news:submit', textSchema, async (turn, { text, key, about }, services) =>
      whichView(turn, await possibleFor(turn, about, services), {
        text: maskedPersonalIds(text),
        key,
        isMore: about !== undefined,
      }),
    ),
    'reply.send': {
      ...sendAction,
      recover: async (turn, data, error, services) => {
        const { text, said: key } = typedIn(data, ['text', 'said']);
        const notices = [{ style: 'attention' as const, text: faultText(error, turn.language) }];
        const id = typeof data.id === 'string' ? data.id : undefined;
        return refused(turn, id, { text, key, notices }, services);
      },
    },
    'reply.open': action(
      'news:submit',
      z.object({ id: newsIdSchema, note: z.string().max(2000).optional() }),
      async (turn, { id, note }, services) => {
        const item = await services.news.get(turn.person, id as NewsId);
        if (!isTheirs(turn.person, item.author.id)) throw new AppError('permission.denied');
        await unfollow(turn, item.id, services);
        return answerView(turn, item, note);
      },
    ),
    'reply.askRemoval': action(
      'news:submit',
      z.object({ id: newsIdSchema }),
      async (turn, { id }, services) => {
        const item = await services.news.get(turn.person, id as NewsId);
        if (!isTheirs(turn.person, item.author.id)) throw new AppError('permission.denied');
        await unfollow(turn, item.id, services);
        return removalView(turn, item);
      },
    ),
    'reply.asNews': action(
      'news:submit',
      z.object({
        id: newsIdSchema.optional(),
        audit: z.number().int().min(1).optional(),
        text: z.string().max(100_000),
      }),
      (turn, input, services) => asNews(turn, input, services, (to, data) => open(to, data, services)),
    ),
  };
}
