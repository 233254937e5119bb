import { Button } from '@fluentui/react-components';
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
import type { NewsItemAnswer } from '../../../../src/shared/answers/news.js';
import { useText } from '../../../shared/context.js';
import { useKeys } from '../../../shared/keys.js';
import { MoreActions } from './more-actions.js';
import { Place } from './place.js';
import type { MoveAction } from './api.js';
import { moveLooks, useMoves } from './use-moves.js';
import css from './item.module.css';

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
export function Actions(props: {
  readonly answer: NewsItemAnswer;
  readonly onAnswer: (answer: NewsItemAnswer) => void;
}) {
  const { item, actions } = props.answer;
  const { t } = useText();
  const move = useMoves(item, props.onAnswer);
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
  const inView = open.length > maxInView ? open.filter((action) => decisions.includes(action)) : open;
  const hidden = open.filter((action) => !inView.includes(action));
  const primary = primaries.find((action) => actions.includes(action));
  useKeys({ a: () => actions.includes('accept') && run('accept') });
  return (
    <div className={css.actions} role="group" aria-label={t('news.actions')}>
      {hidden.length > 0 && (
        <MoreActions
          actions={hidden.map((action) => ({
            key: action,
            icon: icons[action],
            text: t(moveLooks[action].verb),
            run: () => run(action),
          }))}
        />
      )}
      {inView.map((action) => (
        <Button
          key={action}
          appearance="subtle"
          icon={icons[action]}
          disabledFocusable={isBusy}
          onClick={() => run(action)}
        >
          {t(moveLooks[action].verb)}
        </Button>
      ))}
      {primary !== undefined && (
        <Button
          appearance="primary"
          icon={icons[primary]}
          disabledFocusable={isBusy}
          onClick={() => run(primary)}
        >
          {t(moveLooks[primary].verb)}
        </Button>
      )}
      {actions.includes('place') && <Place item={item} onAnswer={props.onAnswer} />}
    </div>
  );
}
