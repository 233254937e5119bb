import { useEffect, useState } from 'react';
import type { FanOut } from '../../../../src/delivery/fan-out/fan-out.js';
import type { SessionContent } from '../../../../src/sessions/fan-outs.js';
import { listFanOuts, listUnreached } from '../../../shared/api.js';
import { useShell, useText } from '../../../shared/context.js';
import { FanOutProgress } from '../../../shared/fan-out-progress.js';
import { shownStatus } from '../../../shared/fan-out-status.js';
import { useOffset } from '../../../shared/offset.js';
import { href } from '../../../shared/route.js';
import { StateChip } from '../../../shared/state-chip.js';
import { UnreachedList } from '../../../shared/unreached.js';
import { useLoad } from '../../../shared/use-load.js';
import { Section } from '../parts/section.js';
import css from './fan-outs.module.css';

/** When it is looked for what was just asked to be sent, in milliseconds from then. */
const lookingAt = [4_000, 8_000, 12_000, 16_000, 24_000, 36_000] as const;

/** What was sent to many about this occurrence: with its bar while it is on its way, as a line when it is done. */
export function OccurrenceFanOuts(props: {
  readonly occurrenceId: string;
  /** Grows when something may have been sent, so that it is looked for. */
  readonly version: number;
}) {
  const { occurrenceId, version } = props;
  const { api } = useShell();
  const { t } = useText();
  const loaded = useLoad(`fan-outs of ${occurrenceId} ${version}`, () =>
    listFanOuts(api, { occurrence: occurrenceId }),
  );
  useLookingOut(version, loaded.reload);
  const unreached = useLoad(`unreached of ${occurrenceId} ${version}`, () =>
    listUnreached(api, occurrenceId),
  );
  const ours = loaded.state === 'ready' ? loaded.value.lines : [];
  const people = unreached.state === 'ready' ? unreached.value.people : [];
  if (ours.length + people.length === 0) return null;
  return (
    <Section id="sends" title={t('sessions.sends.title')}>
      {ours.map((fanOut) => (
        <One key={fanOut.id} fanOut={fanOut} />
      ))}
      {people.length > 0 && (
        <div className={css.fanOut}>
          <h3 className={css.unreached}>{t('unreached.title', { count: people.length })}</h3>
          <UnreachedList people={people} />
        </div>
      )}
    </Section>
  );
}

/** What was just asked to be sent leaves some seconds later, so that it can be taken back: until then it is looked for. */
function useLookingOut(version: number, reload: () => void): void {
  const [first] = useState(version);
  useEffect(() => {
    if (version === first) return undefined;
    const timers = lookingAt.map((milliseconds) => setTimeout(reload, milliseconds));
    return () => timers.forEach((timer) => clearTimeout(timer));
  }, [version, first, reload]);
}

function One({ fanOut }: { readonly fanOut: FanOut }) {
  const { t, dates } = useText();
  const offset = useOffset();
  const { state } = fanOut;
  const content = fanOut.content as SessionContent;
  const kind =
    content.kind === 'change'
      ? t(`sends.kind.change.${content.change}`)
      : t(`sends.kind.${content.kind === 'welcome' ? 'invitation' : content.kind}`);
  const isOpen = state.status === 'sending' || state.status === 'paused';
  return (
    <div className={css.fanOut}>
      <div className={css.head}>
        <a href={href(['sends', fanOut.id])}>
          {content.kind === 'reminder' ? `${kind}, ${offset(content.offset)}` : kind}
        </a>
        <StateChip kind="fanOut" state={shownStatus(fanOut)} />
      </div>
      {isOpen ? (
        <FanOutProgress fanOutId={fanOut.id} />
      ) : (
        <p className={css.quiet}>
          {dates.moment(fanOut.startedAt)}
          {' · '}
          {t('sends.sent', { sent: fanOut.counts.sent, total: fanOut.counts.total })}
        </p>
      )}
    </div>
  );
}
