import { useState } from 'react';
import type { FanOutView } from '../../../src/delivery/fan-out/fan-out.js';
import { useText } from '../context.js';
import { Await, Bones } from '../states.js';
import { StateChip } from '../state-chip.js';
import { CountLinks } from './count-links.js';
import { dropKey, isMoving, milestoneOf, settledIn, shownStates, speedOf, timeLeft } from './pace.js';
import { SendActions } from './send-actions.js';
import { useSend, type WatchedSend } from './use-send.js';
import css from './send-progress.module.css';

/** A send to many, watched: the bar with its counts, its pace, and what can be done with it. */
export function SendProgress({ sendId }: { readonly sendId: string }) {
  return <WatchedProgress watched={useSend(sendId)} />;
}

/** The same for a send that the page watches itself. `is`: the state whose recipients the page shows. */
export function WatchedProgress({ watched, is }: { readonly watched: WatchedSend; readonly is?: string }) {
  const { loaded, faults } = watched;
  return (
    <Await loaded={loaded} bones={<Bones rows={1} height={148} />}>
      {(send) => <Progress send={send} isStale={faults > 1} is={is} onSend={loaded.set} />}
    </Await>
  );
}

function Progress(props: {
  readonly send: FanOutView;
  readonly isStale: boolean;
  readonly is: string | undefined;
  readonly onSend: (send: FanOutView) => void;
}) {
  const { send } = props;
  const { t } = useText();
  const { counts } = send;
  return (
    <div className={css.progress}>
      <div className={css.head}>
        <StateChip kind="send" state={send.state.status} />
        <span className={css.pace}>
          <Pace send={send} />
        </span>
      </div>
      {counts.total > 0 && <Bar send={send} />}
      {counts.total > 0 && <CountLinks send={send} is={props.is} />}
      {props.isStale && (
        <p className={css.quiet} role="status">
          {t('sends.stale')}
        </p>
      )}
      <SendActions send={send} onSend={props.onSend} />
      <Announced key={send.id} send={send} />
    </div>
  );
}

/** How far it is, how fast it goes, and how long it takes: or why nothing was sent. */
function Pace({ send }: { readonly send: FanOutView }) {
  const { t } = useText();
  const { state, counts, rate, secondsLeft } = send;
  if (state.status === 'dropped') return t(`sends.dropped.${dropKey(state.reason)}`);
  if (counts.total === 0) return t(isMoving(send) ? 'sends.gathering' : 'sends.nobody');
  if (!isMoving(send)) return t('sends.sent', { sent: counts.sent, total: counts.total });
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
function Bar({ send: { counts } }: { readonly send: FanOutView }) {
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

/** Tells those who do not see the bar of another state or another quarter; nothing when the page is opened. */
function Announced({ send }: { readonly send: FanOutView }) {
  const { t } = useText();
  const { counts } = send;
  const milestone = milestoneOf(send);
  const [last, setLast] = useState({ milestone, text: '' });
  if (last.milestone !== milestone) {
    const progress = t('sends.settled', { settled: settledIn(counts), total: counts.total });
    setLast({ milestone, text: `${t(`send.state.${send.state.status}`)}. ${progress}.` });
  }
  return (
    <p className={css.hidden} role="status">
      {last.text}
    </p>
  );
}
