import { isTheirs } from '../../../src/platform/actor.js';
import { z } from 'zod';
import { AppError, isAppError } from '../../../src/platform/errors.js';
import type { NewsId } from '../../../src/platform/ids.js';
import { t } from '../../../src/i18n/messages.js';
import type { NewsItem } from '../../../src/news/types.js';
import { type ButtonData, button } from '../../cards/parts.js';
import {
  type NewsActions,
  type NewsServices,
  type NewsSnapshot,
  authorActions,
  authorButtons,
  changesSince,
  following,
  newsIdSchema,
  newsSnapshot,
  newsSnapshotSchema,
  receiptView,
} from './receipt.js';
import { type Answer, type Turn, replaceWith } from '../../conversation/turn.js';
import { action, faultText } from '../../conversation/actions.js';
import { trailSchema } from './list.js';

const itemSchema = z.object({ id: newsIdSchema, seen: newsSnapshotSchema.optional() });
type ItemData = z.infer<typeof itemSchema>;

const idOf = ({ id }: { id: string }): NewsId => id as NewsId;

/** The current item, what has changed since the card was made, and the reason if the action was not carried out. */
export function currentReceipt(
  turn: Turn,
  item: NewsItem,
  seen: NewsSnapshot | undefined,
  fault?: unknown,
): Answer {
  const { language, person } = turn;
  const reason = fault === undefined ? [] : [{ style: 'warning' as const, text: faultText(fault, language) }];
  const notices = [...reason, ...changesSince(seen, item, person.id, language)];
  return replaceWith(receiptView(turn, item, { notices }));
}

function backToList(turn: Turn, id: NewsId, trail: readonly string[]): ButtonData {
  return button(t(turn.language, 'chat.mine.back'), 'news.mine', { trail, card: id });
}

function askView(turn: Turn, item: NewsItem, seen: NewsSnapshot | undefined): Answer {
  const { language, person } = turn;
  const data = { id: item.id, seen: newsSnapshot(item) };
  return replaceWith(
    receiptView(turn, item, {
      notices: [
        ...changesSince(seen, item, person.id, language),
        { style: 'warning', text: t(language, 'chat.receipt.ask') },
      ],
      actions: [
        button(t(language, 'chat.receipt.withdraw'), 'news.withdraw', data, 'destructive'),
        button(t(language, 'chat.receipt.keep'), 'news.open', data),
      ],
    }),
  );
}

function withdrawnView(turn: Turn, item: NewsItem, undo: number | undefined): Answer {
  const { language } = turn;
  const title = t(language, 'chat.receipt.undo');
  const undoButton = undo === undefined ? [] : [button(title, 'news.undo', { id: item.id, audit: undo })];
  return replaceWith(
    receiptView(turn, item, {
      closing: t(language, 'chat.receipt.withdrawn'),
      actions: [...undoButton, ...authorButtons(item, turn)],
    }),
  );
}

/** Whether others have changed the item so that the action is not possible any more. */
function isSuperseded(error: unknown): boolean {
  const codes = ['news.moveNotAllowed', 'news.inUse', 'undo.tooLate', 'undo.tooOld'] as const;
  return codes.some((code) => isAppError(error, code));
}

async function withdraw(turn: Turn, input: ItemData, services: NewsServices): Promise<Answer> {
  const id = idOf(input);
  const { news } = services;
  try {
    const { item, undo } = await news.withdraw(turn.person, id);
    return await following(turn, item, services, withdrawnView(turn, item, undo));
  } catch (error) {
    if (!isSuperseded(error)) throw error;
    const item = await news.get(turn.person, id);
    // The same press delivered again: the person has withdrawn it already.
    const isDone = item.state.status === 'withdrawn';
    const answer = isDone
      ? withdrawnView(turn, item, item.auditCount)
      : currentReceipt(turn, item, input.seen, error);
    return following(turn, item, services, answer);
  }
}

interface UndoData {
  readonly id: string;
  readonly audit: number;
  /** What is taken back is a message, and no move of the item. */
  readonly isMessage?: boolean | undefined;
}

async function undo(
  turn: Turn,
  { audit, isMessage, ...input }: UndoData,
  services: NewsServices,
): Promise<Answer> {
  const { language, person } = turn;
  const { news } = services;
  const id = idOf(input);
  const closingOf = ({ state }: NewsItem): string => {
    if (isMessage === true) return t(language, 'chat.reply.takenBack');
    return t(language, state.status === 'changesRequested' ? 'chat.reply.undone' : 'chat.receipt.undone');
  };
  try {
    const { item } = await news.undo(person, id, audit);
    const closing = closingOf(item);
    return await following(turn, item, services, replaceWith(receiptView(turn, item, { closing })));
  } catch (error) {
    if (!isSuperseded(error)) throw error;
    const item = await news.get(person, id);
    const isDone = item.auditCount === audit + 1 && item.state.status !== 'withdrawn';
    const answer = isDone
      ? replaceWith(receiptView(turn, item, { closing: closingOf(item) }))
      : currentReceipt(turn, item, undefined, error);
    return following(turn, item, services, answer);
  }
}

export const receiptActions = {
  'news.open': action(
    'news:seeOwn',
    itemSchema.extend({ trail: trailSchema.optional() }),
    async (turn, { trail, seen, ...input }, services) => {
      const item = await services.news.get(turn.person, idOf(input));
      const notices = changesSince(seen, item, turn.person.id, turn.language);
      const buttons = authorButtons(item, turn).filter(({ verb }) => verb !== 'news.mine');
      const actions = trail && [...buttons, backToList(turn, item.id, trail)];
      const card = receiptView(turn, item, { notices, ...(actions && { actions }) });
      return following(turn, item, services, replaceWith(card));
    },
  ),
  'news.askWithdraw': action('news:submit', itemSchema, async (turn, input, { news }) => {
    const item = await news.get(turn.person, idOf(input));
    if (!isTheirs(turn.person, item.author.id)) throw new AppError('permission.denied');
    if (authorActions(item, turn.person).includes('withdraw')) return askView(turn, item, input.seen);
    const code = item.uses.length > 0 ? 'news.inUse' : 'news.moveNotAllowed';
    return currentReceipt(turn, item, input.seen, new AppError(code));
  }),
  'news.withdraw': action('news:submit', itemSchema, withdraw),
  'news.undo': action(
    'news:submit',
    z.object({ id: newsIdSchema, audit: z.number().int().min(1), isMessage: z.boolean().optional() }),
    undo,
  ),
} satisfies NewsActions;
