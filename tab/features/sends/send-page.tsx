import { ArrowLeft16Regular } from '@fluentui/react-icons';
import type { FanOutView } from '../../../src/delivery/fan-out/fan-out.js';
import { useText } from '../../shared/context.js';
import { href } from '../../shared/route.js';
import { WatchedProgress } from '../../shared/send-progress/send-progress.js';
import { useSend } from '../../shared/send-progress/use-send.js';
import { SessionsPage } from '../../shared/sessions-page.js';
import { StateChip } from '../../shared/state-chip.js';
import { useRoute } from '../../shared/use-route.js';
import { ReasonText } from './reason-text.js';
import { Recipients } from './recipients.js';
import { recipientState } from './recipient-state.js';
import { placeOf, useSubject } from './subject.js';
import css from './sends.module.css';

/** One send: what it was, how far it is, and what came of each recipient. */
export function SendPage({ id }: { readonly id: string }) {
  const { t, dates } = useText();
  const watched = useSend(id);
  const is = recipientState(useRoute().query.is);
  const subjectOf = useSubject();
  const send = watched.loaded.state === 'ready' ? watched.loaded.value : undefined;
  const subject = send && subjectOf(send.content);
  return (
    <SessionsPage
      place="sends"
      title={subject?.title ?? t('sends.one')}
      {...(subject !== undefined && { lead: subject.kind })}
    >
      <div className={css.ways}>
        <a href={href(['sends'])}>
          <ArrowLeft16Regular aria-hidden="true" />
          {t('sends.all')}
        </a>
        {send !== undefined && (
          <>
            <a href={placeOf(send.content)}>
              {t(send.content.kind === 'invitation' ? 'sends.open.series' : 'sends.open.session')}
            </a>
            <span>{t('sends.started', { when: dates.moment(send.startedAt) })}</span>
          </>
        )}
      </div>
      <WatchedProgress watched={watched} {...(is !== undefined && { is })} />
      {send !== undefined && <Reasons send={send} />}
      {send?.isForgotten && <p className={css.none}>{t('sends.recipients.forgotten')}</p>}
      {send !== undefined && !send.isForgotten && send.counts.total > 0 && <Recipients send={send} is={is} />}
    </SessionsPage>
  );
}

/** Why some were not reached, counted: the most frequent first. */
function Reasons({ send }: { readonly send: FanOutView }) {
  const { t } = useText();
  if (send.reasons.length === 0) return null;
  return (
    <section className={css.section} aria-labelledby="send-reasons">
      <h2 id="send-reasons">{t('sends.reasons.title')}</h2>
      <ul className={css.reasons}>
        {send.reasons.map(({ status, reason, count }) => (
          <li key={`${status} ${reason}`}>
            <strong>{t('sends.number', { count })}</strong>
            <StateChip kind="recipient" state={status} />
            <ReasonText reason={reason} />
          </li>
        ))}
      </ul>
    </section>
  );
}
