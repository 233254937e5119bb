import {
  ArrowClockwise20Regular,
  ArrowHookUpLeft20Regular,
  CalendarCancel20Regular,
  CalendarClock20Regular,
  CheckmarkCircle20Regular,
  DismissCircle20Regular,
  Eye20Regular,
  EyeOff20Regular,
  Send20Regular,
} from '@fluentui/react-icons';
import { lazy, Suspense, useEffect, useState, type JSX } from 'react';
import type { ReleaseAnswer } from '../../../../src/shared/answers/releases.js';
import { ActionBar } from '../../../shared/action-bar.js';
import { useShell, useText } from '../../../shared/context.js';
import { keepFocus } from '../../../shared/focus.js';
import { useKeys } from '../../../shared/keys.js';
import type { PageAction } from '../../../shared/page-actions.js';
import type { PersonsMove } from '../api.js';
import { isLeaving, useMoves, type ReleaseHere } from '../use-releases.js';

const ScheduleDialog = lazy(async () => ({ default: (await import('./schedule-dialog.js')).ScheduleDialog }));

const icons: Readonly<Record<PersonsMove, JSX.Element>> = {
  schedule: <CalendarClock20Regular />,
  publishNow: <Send20Regular />,
  unschedule: <CalendarCancel20Regular />,
  cancel: <DismissCircle20Regular />,
  restore: <ArrowHookUpLeft20Regular />,
  retry: <ArrowClockwise20Regular />,
  correct: <Send20Regular />,
  takeDown: <EyeOff20Regular />,
  withdraw: <EyeOff20Regular />,
  putBack: <Eye20Regular />,
  giveUp: <ArrowHookUpLeft20Regular />,
  sendBack: <ArrowHookUpLeft20Regular />,
  approve: <CheckmarkCircle20Regular />,
};

const stuckMilliseconds = 120_000;

/** In the order in which they stand; the last that is open is the primary one, always at the right end. */
const order: readonly PersonsMove[] = [
  'cancel',
  'sendBack',
  'takeDown',
  'withdraw',
  'unschedule',
  'publishNow',
  'restore',
  'schedule',
  'putBack',
  'retry',
  'approve',
];
/** Never the first thing to do. */
const quiet: readonly PersonsMove[] = ['cancel', 'takeDown', 'withdraw', 'sendBack'];

/**
 * Publishing a correction stands beside what it tells its readers. While something is about to go out within seconds, the one
 * thing to do is to hold it back, and that stands beside the countdown.
 */
function isShown(answer: ReleaseAnswer, move: PersonsMove): boolean {
  if (move === 'approve') return answer.approvals.mayApprove;
  // Who can edit it needs nobody to do so.
  if (move === 'sendBack' && answer.may.edit) return false;
  return answer.moves.includes(move) && !(isLeaving(answer) && move !== 'takeDown');
}

/** Whether publishing began too lately to be stuck: a second try is offered only where the first got stuck. */
function useUnderWay(beganAt: string | undefined): boolean {
  const [now, setNow] = useState(() => Date.now());
  const stuckAt = beganAt === undefined ? undefined : Date.parse(beganAt) + stuckMilliseconds;
  useEffect(() => {
    if (stuckAt === undefined) return undefined;
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, stuckAt - Date.now()));
    return () => clearTimeout(timer);
  }, [stuckAt]);
  return stuckAt !== undefined && now < stuckAt;
}

/** Choosing a time: what is being written is stored first. Each opening counts, so that each starts afresh. */
function useScheduling() {
  const { settle } = useShell();
  const [asking, setAsking] = useState({ count: 0, isOpen: false });
  return {
    ...asking,
    open: async (): Promise<void> => {
      if (await settle()) setAsking(({ count }) => ({ count: count + 1, isOpen: true }));
    },
    close: (): void => setAsking(({ count }) => ({ count, isOpen: false })),
  };
}

/** What can be done with the release as it stands; the server said what is open to this person. */
export function Actions({ answer, here }: { readonly answer: ReleaseAnswer; readonly here: ReleaseHere }) {
  const { t } = useText();
  const [isBusy, setBusy] = useState(false);
  const scheduling = useScheduling();
  const move = useMoves(answer, here);
  const { state } = answer.release;
  const isAwaiting = state.status === 'publishing' && state.awaitsApproval !== undefined;
  const isAsked = state.status === 'publishing' && !isAwaiting;
  const isUnderWay = useUnderWay(isAsked ? state.at : undefined);
  const open = isUnderWay ? [] : order.filter((candidate) => isShown(answer, candidate));
  const run = (chosen: PersonsMove): void => {
    if (isBusy) return;
    setBusy(true);
    const done = (): void => {
      setBusy(false);
      keepFocus();
    };
    (chosen === 'schedule' ? scheduling.open() : move(chosen)).then(done, done);
  };
  useKeys({ a: () => open.includes('publishNow') && run('publishNow') });
  const actions = open.map((candidate, index): PageAction => {
    // What waits for somebody else needs nothing done here.
    const isPrimary = index === open.length - 1 && !quiet.includes(candidate) && !isAwaiting;
    const isReschedule = candidate === 'schedule' && state.status === 'scheduled';
    return {
      key: candidate,
      icon: icons[candidate],
      text: t(isReschedule ? 'release.move.reschedule' : `release.move.${candidate}`),
      run: () => run(candidate),
      ...(isPrimary ? { look: 'primary' } : candidate === 'publishNow' && { look: 'secondary' }),
    };
  });
  return (
    <>
      <ActionBar label={t('release.actions')} actions={actions} isBusy={isBusy} />
      {scheduling.count > 0 && (
        <Suspense>
          <ScheduleDialog
            key={scheduling.count}
            due={'due' in state ? state.due : undefined}
            earliest={answer.item?.earliestDate}
            answer={answer}
            here={here}
            isOpen={scheduling.isOpen}
            onClose={scheduling.close}
          />
        </Suspense>
      )}
    </>
  );
}
