import {
  ArrowHookUpLeft20Regular,
  ArrowUndo20Regular,
  Checkmark20Regular,
  Comment20Regular,
  DismissCircle20Regular,
  Edit20Regular,
  PersonFeedback20Regular,
  Send20Regular,
} from '@fluentui/react-icons';
import { useState, type JSX } from 'react';
import { lineOf } from '../../../../src/news/line.js';
import type { NewsItem } from '../../../../src/news/types.js';
import type { NewsItemAnswer } from '../../../../src/shared/answers/news.js';
import { ApiError } from '../../../api.js';
import { ActionBar } from '../../../shared/action-bar.js';
import { useShell, useText, type Question } from '../../../shared/context.js';
import { keepFocus } from '../../../shared/focus.js';
import { useKeys } from '../../../shared/keys.js';
import type { PageAction } from '../../../shared/page-actions.js';
import { useAlthough } from '../../../shared/writing/although.js';
import { titleIn, type TextKey } from '../../../text.js';
import { newsItemApi, type MoveAction } from '../api.js';
import type { Shown } from './shown.js';

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
export function useMoves(item: NewsItem, { onAnswer, seen }: Shown): (action: MoveAction) => Promise<void> {
  const { api, ask, notify, fail, settle, warn } = useShell();
  const { t, language } = useText();
  const itemApi = newsItemApi(api, item.id);
  const although = useAlthough();

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
  const make = async (action: MoveAction, said: string): Promise<void> => {
    const { note, done } = moveLooks[action];
    const body = note === undefined ? {} : { [note]: said };
    const answer = await although((isMeant) =>
      itemApi.move(action, action === 'accept' ? { seen: seen(), ...(isMeant && { although: true }) } : body),
    );
    if (answer === undefined) return;
    onAnswer(answer);
    notify(t(done, { name: item.author.name }), answer.undo === undefined ? undefined : undo(answer.undo));
  };
  /** What became of the item is shown, whatever kept the move from being made. */
  const made = async (action: MoveAction, said: string): Promise<void> => {
    try {
      await make(action, said);
    } catch (error) {
      await itemApi.get().then(onAnswer, () => undefined);
      throw error;
    }
  };
  return async (action) => {
    if (!(await settle())) return;
    try {
      const asked = question(action);
      if (asked === undefined) await made(action, '');
      else await ask(asked, ({ note }) => made(action, note));
      keepFocus();
    } catch (error) {
      const isChanged = error instanceof ApiError && error.code === 'text.conflict';
      if (isChanged) warn(t('news.changedSince', { title: titleIn(language, lineOf(item).titles) }));
      else fail(error);
    }
  };
}

const icons: Readonly<Record<MoveAction, JSX.Element>> = {
  startReview: <Edit20Regular />,
  accept: <Checkmark20Regular />,
  requestChanges: <PersonFeedback20Regular />,
  reject: <DismissCircle20Regular />,
  note: <Comment20Regular />,
  reopen: <ArrowHookUpLeft20Regular />,
  withdraw: <ArrowUndo20Regular />,
  resubmit: <Send20Regular />,
};

/** The quiet ones, in this order; the primary one comes last, always at the right end. */
const quiet: readonly MoveAction[] = [
  'startReview',
  'note',
  'reopen',
  'withdraw',
  'reject',
  'requestChanges',
];
/** With more quiet ones than this, only decisions stay in view and the rest goes behind "more". */
const maxInView = 2;
const decisions: readonly MoveAction[] = ['reject', 'requestChanges'];
const primaries: readonly MoveAction[] = ['accept', 'resubmit'];

/** What can be done with the item as it stands; the server said what is open to this person. */
export function Actions(props: { readonly answer: NewsItemAnswer; readonly shown: Shown }) {
  const { item, actions } = props.answer;
  const { t } = useText();
  const move = useMoves(item, props.shown);
  const [isBusy, setBusy] = useState(false);
  const run = (action: MoveAction): void => {
    if (isBusy) return;
    setBusy(true);
    move(action).then(
      () => setBusy(false),
      () => setBusy(false),
    );
  };
  const open = quiet.filter((action) => actions.includes(action));
  const primary = primaries.find((action) => actions.includes(action));
  const moves = [...open, ...(primary === undefined ? [] : [primary])].map((action): PageAction => ({
    key: action,
    icon: icons[action],
    text: t(moveLooks[action].verb),
    run: () => run(action),
    ...(action === primary && { look: 'primary' }),
    isSeldom: action !== primary && open.length > maxInView && !decisions.includes(action),
  }));
  useKeys({
    a: () => actions.includes('accept') && run('accept'),
    q: () => actions.includes('requestChanges') && run('requestChanges'),
  });
  return <ActionBar label={t('news.actions')} isBusy={isBusy} actions={moves} />;
}
