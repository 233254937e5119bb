import { z } from 'zod';
import { AppError, isAppError } from '../../../src/platform/errors.js';
import type { NewsId } from '../../../src/platform/ids.js';
import { t } from '../../../src/i18n/messages.js';
import type { NewsItem, NewsLine } from '../../../src/news/types.js';
import { type Field, fieldList, formField } from '../../cards/fields.js';
import { quote } from '../../cards/detail-card.js';
import {
  type ButtonData,
  type CommonData,
  type Notice,
  button,
  buttons,
  cardAround,
  common,
  header,
  heading,
  noticeBands,
  plain,
  shortened,
  shownIn,
} from '../../cards/parts.js';
import { cardTemplate, render } from '../../cards/render.js';
import { action, faultText } from '../../conversation/actions.js';
import { formAnswer, typedIn } from '../../conversation/form-answers.js';
import { type Answer, type Turn, replaceWith } from '../../conversation/turn.js';
import { maskedPersonalIds } from '../../../src/content/personal-data.js';
import { draftOf } from '../../conversation/understanding/story.js';
import { type NewsActions, type NewsServices, newsIdSchema, receiptView, shownTitle } from './receipt.js';
import { formFor } from './unasked.js';

const maxOffered = 5;
const maxTitle = 40;

interface WhichCardData extends CommonData {
  readonly heading: string;
  readonly notices: readonly Notice[];
  readonly paragraphs: readonly { readonly text: string }[];
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
      fieldList,
    ],
    actions: [buttons],
  }),
);

const titleOf = ({ titles }: NewsLine, { language }: Turn): string =>
  shortened(shownTitle(shownIn(titles, language), language), maxTitle);

export function whichView(
  turn: Turn,
  lines: readonly NewsLine[],
  {
    text,
    key,
    notices = [],
  }: { readonly text: string; readonly key: string; readonly notices?: readonly Notice[] },
): Answer {
  const { language } = turn;
  const asked = t(language, 'chat.reply.which');
  const about = lines.slice(0, maxOffered).map((line) =>
    // Called otherwise than `key`: a client of Teams made of React takes that for its own.
    button(titleOf(line, turn), 'reply.send', { id: line.id, said: key }, 'default', 'auto'),
  );
  const card = render(whichCard, {
    ...common(language, 'news', t(language, 'chat.kicker.mine'), [asked]),
    heading: asked,
    notices,
    paragraphs: [{ text: t(language, 'chat.reply.which.text') }],
    fields: [
      formField(language, [], {
        id: 'text',
        kind: 'lines',
        label: t(language, 'chat.question.answer'),
        value: text,
        isRequired: true,
        wants: t(language, 'chat.question.answer.wants'),
      }),
    ],
    actions: [...about, button(t(language, 'chat.reply.asNews'), 'reply.asNews', {}, 'default', 'auto')],
  });
  return formAnswer(card, language);
}

const keySchema = z.string().max(200).default('');
const textSchema = z.object({ text: z.string().max(100_000), key: keySchema });

/** The items about which something was asked. */
async function askedAbout({ person }: Turn, { news }: NewsServices): Promise<readonly NewsLine[]> {
  const { lines } = await news.mine(person);
  return lines.filter(({ status }) => status === 'changesRequested');
}

/** What became of a reply: the question with its answer, or that it came too late to change anything. */
export function repliedView(
  turn: Turn,
  before: NewsItem,
  item: NewsItem,
  undo: number | undefined,
  text: string,
): Answer {
  const { language } = turn;
  const { state } = before;
  const isAsked = state.status === 'changesRequested';
  const isDecided = ['accepted', 'rejected', 'withdrawn'].includes(item.state.status);
  const notice = isAsked ? 'sent' : isDecided ? 'late' : 'kept';
  const values = { state: t(language, `news.state.${item.state.status}`) };
  const back =
    undo === undefined
      ? []
      : [
          button(t(language, 'chat.reply.undo'), 'news.undo', { id: item.id, audit: undo }),
          button(t(language, 'chat.reply.asNews'), 'reply.asNews', { id: item.id, audit: undo, text }),
        ];
  return replaceWith(
    receiptView(turn, item, {
      notices: [{ style: isDecided ? 'warning' : 'good', text: t(language, `chat.reply.${notice}`, values) }],
      quotes: [
        ...(isAsked ? [quote(t(language, 'chat.notice.note'), state.note)] : []),
        quote(t(language, 'chat.question.answer'), text),
      ],
      actions: [button(t(language, 'chat.notice.open'), 'news.open', { id: item.id }), ...back],
    }),
  );
}

async function send(
  turn: Turn,
  { id, text, key }: { readonly id: string; readonly text: string; readonly key: string },
  { news }: NewsServices,
): Promise<Answer> {
  const newsId = id as NewsId;
  const before = await news.get(turn.person, newsId);
  const { item, undo } = await news.reply(turn.person, newsId, text, key === '' ? undefined : key);
  return repliedView(turn, before, item, undo, text);
}

/** The text as news of its own; a reply that was made of it is taken back first. */
async function asNews(
  turn: Turn,
  {
    id,
    audit,
    text,
  }: { readonly id?: string | undefined; readonly audit?: number | undefined; readonly text: string },
  { news }: NewsServices,
  open: (turn: Turn, data: object) => Promise<Answer>,
): Promise<Answer> {
  if (id !== undefined && audit !== undefined) {
    await news.undo(turn.person, id as NewsId, audit).catch((error: unknown) => {
      // Pressed twice, or somebody has read it by now: the form is of use all the same.
      if (!isAppError(error, 'undo.tooLate') && !isAppError(error, 'undo.tooOld')) throw error;
    });
  }
  const shown = maskedPersonalIds(text);
  const draft = draftOf(`news: ${shown}`, () => false);
  if (draft === undefined) throw new AppError('input.malformed');
  return open(turn, formFor(turn, draft, { text: shown, key: '', language: turn.language }).data);
}

const replySchema = z
  .object({ id: newsIdSchema, text: z.string().max(100_000), key: keySchema, said: keySchema })
  .transform(({ said, key, ...reply }) => ({ ...reply, key: said === '' ? key : said }));

/** The actions of replies. @param open opens the form for a new item. */
export function replyActions(
  open: (turn: Turn, data: object, services: NewsServices) => Promise<Answer>,
): NewsActions {
  const sendAction = action('news:submit', replySchema, send);
  return {
    'reply.which': action('news:submit', textSchema, async (turn, said, services) =>
      whichView(turn, await askedAbout(turn, services), { ...said, text: maskedPersonalIds(said.text) }),
    ),
    'reply.send': {
      ...sendAction,
      recover: async (turn, data, error, services) => {
        const { text, said: key } = typedIn(data, ['text', 'said']);
        const notices = [{ style: 'attention' as const, text: faultText(error, turn.language) }];
        const { lines } = await services.news.mine(turn.person);
        const about = lines.filter(({ id }) => id === data.id);
        return whichView(turn, about, { text, key, notices });
      },
    },
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
