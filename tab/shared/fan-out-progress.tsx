import { Button } from '@fluentui/react-components';
import {
  ArrowRepeatAll20Regular,
  Dismiss20Regular,
  Pause20Regular,
  Play20Regular,
} from '@fluentui/react-icons';
import { useState, useEffect, useMemo, useRef } from 'react';
import type { FanOutView, RecipientState, FanOut } from '../../src/delivery/fan-out/fan-out.js';
import type { FanOutAnswer } from '../../src/shared/answers/fan-outs.js';
import { fanOutApi } from './api.js';
import { useText, useMay, useShell } from './context.js';
import {
  isMoving,
  milestoneOf,
  settledIn,
  shownStates,
  shownStatus,
  speedOf,
  timeLeft,
  statesToShow,
  againOf,
  isTooLate,
  pollAfter,
} from './fan-out-status.js';
import { keepFocus } from './focus.js';
import { href } from './route.js';
import { StateChip, lookOf } from './state-chip.js';
import { Await, Bones } from './states.js';
import { useFresh } from './use-fresh.js';
import { useLive } from './use-live.js';
import { useLoad, type Loaded } from './use-load.js';
import css from './fan-out-progress.module.css';

/** A fan-out, watched: the bar with its counts, its pace, and what can be done with it. */
export function FanOutProgress({ fanOutId }: { readonly fanOutId: string }) {
  return <WatchedProgress watched={useFanOut(fanOutId)} />;
}

/** The same for a fan-out that the page watches itself. `is`: the state whose recipients the page shows. */
export function WatchedProgress({ watched, is }: { readonly watched: WatchedFanOut; readonly is?: string }) {
  const { loaded, faults } = watched;
  return (
    <Await loaded={loaded} bones={<Bones rows={1} height={148} />}>
      {(fanOut) => <Progress fanOut={fanOut} isStale={faults > 1} is={is} onChange={loaded.set} />}
    </Await>
  );
}

function Progress(props: {
  readonly fanOut: FanOutView;
  readonly isStale: boolean;
  readonly is: string | undefined;
  readonly onChange: (fanOut: FanOutView) => void;
}) {
  const { fanOut } = props;
  const { t } = useText();
  const { counts } = fanOut;
  return (
    <div className={css.progress}>
      <div className={css.head}>
        <StateChip kind="fanOut" state={shownStatus(fanOut)} />
        <span className={css.pace}>
          <Pace fanOut={fanOut} />
        </span>
      </div>
      {counts.total > 0 && <Bar fanOut={fanOut} />}
      {counts.total > 0 && <CountLinks fanOut={fanOut} is={props.is} />}
      {props.isStale && (
        <p className={css.quiet} role="status">
          {t('sends.stale')}
        </p>
      )}
      <FanOutActions fanOut={fanOut} onChange={props.onChange} />
      <Announced key={fanOut.id} fanOut={fanOut} />
    </div>
  );
}

/** How far it is, how fast it goes, and how long it takes: or why nothing was sent. */
function Pace({ fanOut }: { readonly fanOut: FanOutView }) {
  const { t } = useText();
  const { state, counts, rate, secondsLeft } = fanOut;
  if (state.status === 'dropped') return t(`sends.dropped.${state.reason}`);
  if (counts.total === 0) return t(isMoving(fanOut) ? 'sends.gathering' : 'sends.nobody');
  if (!isMoving(fanOut)) return t('sends.sent', { sent: counts.sent, total: counts.total });
  const parts = [t('sends.settled', { settled: settledIn(counts), total: counts.total })];
  const speed = state.status === 'sending' ? speedOf(rate) : undefined;
  if (speed !== undefined) parts.push(t(`sends.rate.${speed.per}`, { count: speed.count }));
  if (state.status === 'sending' && secondsLeft !== undefined) {
    const { unit, ...values } = timeLeft(secondsLeft);
    parts.push(t(`sends.left.${unit}`, values));
  }
  return parts.join(' · ');
}

/** What came of whom as lengths, by state; what is still open is the empty rest. */
function Bar({ fanOut: { counts } }: { readonly fanOut: FanOutView }) {
  const { t } = useText();
  const settled = settledIn(counts);
  return (
    <div
      className={css.bar}
      role="progressbar"
      aria-label={t('sends.bar')}
      aria-valuemin={0}
      aria-valuemax={counts.total}
      aria-valuenow={settled}
      aria-valuetext={t('sends.settled', { settled, total: counts.total })}
    >
      {shownStates
        .filter((is) => counts[is] > 0)
        .map((is) => (
          <span key={is} data-is={is} style={{ flexGrow: counts[is] }} />
        ))}
    </div>
  );
}

/** Announces to those who do not see the bar another state or another quarter; nothing when the page is opened. */
function Announced({ fanOut }: { readonly fanOut: FanOutView }) {
  const { t } = useText();
  const { counts } = fanOut;
  const milestone = milestoneOf(fanOut);
  const [last, setLast] = useState({ milestone, text: '' });
  if (last.milestone !== milestone) {
    const progress = t('sends.settled', { settled: settledIn(counts), total: counts.total });
    setLast({ milestone, text: `${t(`send.state.${fanOut.state.status}`)}. ${progress}.` });
  }
  return (
    <p className={css.hidden} role="status">
      {last.text}
    </p>
  );
}

/** How many came to what, each the way to who they are. `is`: the ones that are on view. */
export function CountLinks({ fanOut, is }: { readonly fanOut: FanOut; readonly is: string | undefined }) {
  const { t } = useText();
  return (
    <ul className={css.counts}>
      {statesToShow(fanOut).map((state) => {
        const isOn = is === state;
        return (
          <li key={state}>
            <a
              data-is={state}
              href={href(['sends', fanOut.id], isOn ? {} : { is: state })}
              aria-current={isOn ? 'true' : undefined}
            >
              <RecipientIcon is={state} />
              {t(`recipient.state.${state}`)}{' '}
              <strong>{t('sends.number', { count: fanOut.counts[state] })}</strong>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function RecipientIcon({ is }: { readonly is: RecipientState['status'] }) {
  const [, Icon] = lookOf({ kind: 'recipient', state: is });
  return <Icon aria-hidden="true" />;
}

const isUnderWay = ({ state: { status } }: FanOutView): boolean =>
  status === 'sending' || status === 'paused';

type Again = 'failed' | 'uncertain';

/** The moves of a fan-out, each with its answer put in and said. */
function useMoves(fanOut: FanOutView, onChange: (fanOut: FanOutView) => void) {
  const { api, ask, notify, fail } = useShell();
  const { pause, resume, cancel, again } = fanOutApi(api, fanOut.id);
  const { t } = useText();
  const [isBusy, setBusy] = useState(false);
  const move = async (change: () => Promise<FanOutAnswer>, said: string): Promise<void> => {
    setBusy(true);
    try {
      onChange(await change());
      notify(said);
      keepFocus();
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  const live = useLive(fanOut);
  const askToCancel = async (): Promise<void> => {
    const answer = await ask({
      title: t('sends.cancel.title'),
      // It goes on while one thinks; once nobody is left there is nothing to ask.
      text: {
        subscribe: live.subscribe,
        now: () =>
          isUnderWay(live.now()) ? t('sends.cancel.text', { count: live.now().counts.open }) : undefined,
      },
      verb: t('sends.do.cancel'),
      isDanger: true,
    });
    if (answer !== undefined) await move(cancel, t('sends.done.cancel'));
    else if (!isUnderWay(live.now())) notify(t('sends.cancel.over'));
  };
  const sendAgain = async (is: Again): Promise<void> => {
    const count = fanOut.counts[is];
    if (is === 'uncertain') {
      const answer = await ask({
        title: t('sends.again.title'),
        text: t('sends.again.text', { count }),
        verb: t('sends.do.again'),
      });
      if (answer === undefined) return;
    }
    await move(() => again(is), t('sends.done.again', { count }));
  };
  return {
    isBusy,
    pause: () => move(pause, t('sends.done.pause')),
    resume: () => move(resume, t('sends.done.resume')),
    cancel: askToCancel,
    again: sendAgain,
  };
}

/** What can be done with a fan-out now: stop it for a while, go on, leave the rest, or send some once more. */
export function FanOutActions(props: {
  readonly fanOut: FanOutView;
  readonly onChange: (fanOut: FanOutView) => void;
}) {
  const { fanOut, onChange } = props;
  const { t } = useText();
  const mayEdit = useMay()('send:edit');
  const { isBusy, pause, resume, cancel, again } = useMoves(fanOut, onChange);
  const [now] = useState(() => Date.now());
  const { status } = fanOut.state;
  const wanted = againOf(fanOut, now);
  const isRestUseless = fanOut.counts.failed + fanOut.counts.uncertain > 0 && isTooLate(fanOut.content, now);
  if (!mayEdit) return null;
  return (
    <>
      {(isUnderWay(fanOut) || wanted.length > 0) && (
        <div className={css.actions}>
          {status === 'sending' && (
            <Button icon={<Pause20Regular />} disabledFocusable={isBusy} onClick={() => void pause()}>
              {t('sends.do.pause')}
            </Button>
          )}
          {status === 'paused' && (
            <Button
              appearance="primary"
              icon={<Play20Regular />}
              disabledFocusable={isBusy}
              onClick={() => void resume()}
            >
              {t('sends.do.resume')}
            </Button>
          )}
          {wanted.map((is) => (
            <Button
              key={is}
              icon={<ArrowRepeatAll20Regular />}
              disabledFocusable={isBusy}
              onClick={() => void again(is)}
            >
              {t(`sends.do.again.${is}`, { count: fanOut.counts[is] })}
            </Button>
          ))}
          {isUnderWay(fanOut) && (
            <Button
              appearance="subtle"
              icon={<Dismiss20Regular />}
              disabledFocusable={isBusy}
              onClick={() => void cancel()}
            >
              {t('sends.do.cancel')}
            </Button>
          )}
        </div>
      )}
      {isRestUseless && <p className={css.quiet}>{t('sends.again.tooLate')}</p>}
    </>
  );
}

/** A fan-out that is watched. */
export interface WatchedFanOut {
  readonly loaded: Loaded<FanOutView>;
  /** How many times in a row it could not be asked; what stands is older than it looks. */
  readonly faults: number;
}

/**
 * Fetches a fan-out and follows it while it lasts: every second or two, seldom while the page is hidden, and not at all
 * when it has ended. The server sends on whether anybody watches or not.
 */
export function useFanOut(id: string): WatchedFanOut {
  const { api } = useShell();
  const { path, get: ask } = useMemo(() => fanOutApi(api, id), [api, id]);
  const loaded = useLoad(path, ask);
  const [faults, setFaults] = useState(0);
  const { set, refresh } = loaded;
  // One that has ended may be sent on by somebody else.
  useFresh(refresh);
  const view = loaded.state === 'ready' ? loaded.value : undefined;
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });

  useEffect(() => {
    if (view === undefined) return undefined;
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      const asked = latest.current;
      ask().then(
        (fresh) => {
          // A move was made meanwhile: its answer is the newer one.
          if (!isWanted || latest.current !== asked) return;
          setFaults(0);
          set(fresh);
        },
        () => isWanted && setFaults((number) => number + 1),
      );
    };
    const plan = (): void => {
      clearTimeout(timer);
      const wait = pollAfter(view, document.visibilityState === 'hidden', faults);
      if (wait !== undefined) timer = setTimeout(look, wait);
    };
    const onVisible = (): void => {
      if (document.visibilityState === 'visible' && pollAfter(view, false, 0) !== undefined) look();
      else plan();
    };
    plan();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      isWanted = false;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [view, faults, ask, set]);

  return { loaded, faults };
}
