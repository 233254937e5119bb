import type { NewsItemAnswer } from '../../../../src/shared/answers/news.js';
import type { NewsItem } from '../../../../src/news/types.js';
import { keepFocus } from '../../../shared/focus.js';
import { useShell, useText, type Question } from '../../../shared/context.js';
import type { TextKey } from '../../../text.js';
import { newsItemApi, type MoveAction } from './api.js';

const noteLimit = 2000;

interface MoveLook {
  readonly verb: TextKey;
  readonly done: TextKey;
  /** The field of the body in which the note goes, for moves that want words. */
  readonly note?: 'note' | 'reason';
  readonly asks?: true;
}

export const moveLooks: Readonly<Record<MoveAction, MoveLook>> = {
  startReview: { verb: 'news.do.startReview', done: 'news.done.startReview' },
  accept: { verb: 'news.do.accept', done: 'news.done.accept' },
  requestChanges: {
    verb: 'news.do.requestChanges',
    done: 'news.done.requestChanges',
    note: 'note',
  },
  reject: { verb: 'news.do.reject', done: 'news.done.reject', note: 'reason' },
  note: { verb: 'news.do.note', done: 'news.done.note', note: 'note' },
  reopen: { verb: 'news.do.reopen', done: 'news.done.reopen' },
  withdraw: { verb: 'news.do.withdraw', done: 'news.done.withdraw', asks: true },
  resubmit: { verb: 'news.do.resubmit', done: 'news.done.resubmit' },
};

/** Does a move: asks first where it weighs or wants words, says what was done, and offers to take it back. */
export function useMoves(
  item: NewsItem,
  onAnswer: (answer: NewsItemAnswer) => void,
): (action: MoveAction) => Promise<void> {
  const { api, ask, notify, fail, settle } = useShell();
  const { t } = useText();
  const itemApi = newsItemApi(api, item.id);

  const undo = (audit: number) => async (): Promise<void> => {
    onAnswer(await itemApi.undo(audit));
  };
  const question = (action: MoveAction): Question | undefined => {
    const look = moveLooks[action];
    if (look.note === undefined && look.asks === undefined) return undefined;
    return {
      title: t(`news.ask.${action}.title` as TextKey, { name: item.author.name }),
      text: t(`news.ask.${action}.text` as TextKey, { name: item.author.name }),
      verb: t(`news.ask.${action}.verb` as TextKey),
      ...(look.note !== undefined && {
        note: { label: t(`news.ask.${action}.label` as TextKey), required: true, limit: noteLimit },
      }),
    };
  };
  return async (action) => {
    if (!(await settle())) return;
    const { note, done } = moveLooks[action];
    const asked = question(action);
    const answered = asked === undefined ? { note: '' } : await ask(asked);
    if (answered === undefined) return;
    try {
      const body = note === undefined ? {} : { [note]: answered.note };
      const answer = await itemApi.move(action, body);
      onAnswer(answer);
      keepFocus();
      notify(t(done, { name: item.author.name }), answer.undo === undefined ? undefined : undo(answer.undo));
    } catch (error) {
      fail(error);
      onAnswer(await itemApi.get().catch(() => Promise.reject(error as Error)));
    }
  };
}
