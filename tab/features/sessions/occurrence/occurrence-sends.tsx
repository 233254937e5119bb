import { useEffect, useState } from 'react';
import type { FanOut } from '../../../../src/delivery/fan-out/fan-out.js';
import type { SessionContent } from '../../../../src/sessions/fan-outs.js';
import { listSends } from '../../../shared/api.js';
import { useShell, useText } from '../../../shared/context.js';
import { SendProgress } from '../../../shared/fan-out-progress.js';
import { useOffset } from '../../../shared/offset.js';
import { href } from '../../../shared/route.js';
import { StateChip } from '../../../shared/state-chip.js';
import { useLoad } from '../../../shared/use-load.js';
import { Section } from '../parts/section.js';
import css from './sends.module.css';

/** When it is looked for what was just asked to be sent, in milliseconds from then. */
const lookingAt = [4_000, 8_000, 12_000, 16_000, 24_000, 36_000] as const;

/** What was sent to many about this occurrence: with its bar while it is on its way, as a line when it is done. */
export function OccurrenceSends(props: {
  readonly occurrenceId: string;
  /** Grows when something may have been sent, so that it is looked for. */
  readonly version: number;
}) {
  const { occurrenceId, version } = props;
  const { api } = useShell();
  const { t } = useText();
  const loaded = useLoad(`sends of ${occurrenceId} ${version}`, () =>
    listSends(api, { occurrence: occurrenceId }),
  );
  useLookingOut(version, loaded.reload);
  if (loaded.state !== 'ready') return null;
  const ours = loaded.value.lines;
  if (ours.length === 0) return null;
  return (
    <Section id="sends" title={t('sessions.sends.title')}>
      {ours.map((send) => (
        <One key={send.id} send={send} />
      ))}
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

function One({ send }: { readonly send: FanOut }) {
  const { t, dates } = useText();
  const offset = useOffset();
  const { state } = send;
  const content = send.content as SessionContent;
  const kind =
    content.kind === 'change' ? t(`sends.kind.change.${content.change}`) : t(`sends.kind.${content.kind}`);
  const isOpen = state.status === 'sending' || state.status === 'paused';
  return (
    <div className={css.send}>
      <div className={css.head}>
        <a href={href(['sends', send.id])}>
          {content.kind === 'reminder' ? `${kind}, ${offset(content.offset)}` : kind}
        </a>
        <StateChip kind="send" state={state.status} />
      </div>
      {isOpen ? (
        <SendProgress sendId={send.id} />
      ) : (
        <p className={css.quiet}>
          {dates.moment(send.startedAt)}
          {' · '}
          {t('sends.sent', { sent: send.counts.sent, total: send.counts.total })}
        </p>
      )}
    </div>
  );
}
