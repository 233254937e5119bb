import type { ReleaseAudit } from '../../../../src/releases/types.js';
import { useShell, useText } from '../../../shared/context.js';
import { faultText } from './fault.js';
import css from './page.module.css';

/** Who did what and when, newest first; what Big Room did itself is signed by it. */
export function AuditTrail({ entries }: { readonly entries: readonly ReleaseAudit[] }) {
  const { t, dates } = useText();
  return (
    <details className={css.section}>
      <summary>
        <h2>{t('release.audit.title')}</h2>
      </summary>
      <ol className={css.audit}>
        {[...entries]
          .sort((one, other) => other.number - one.number)
          .map((entry) => (
            <li key={entry.number}>
              <time dateTime={entry.at}>{dates.moment(entry.at)}</time>
              <span>
                <strong>{entry.by?.name ?? 'Big Room'}</strong> <Deed event={entry.event} />
              </span>
            </li>
          ))}
      </ol>
    </details>
  );
}

function Deed({ event }: Pick<ReleaseAudit, 'event'>) {
  const { texts } = useShell();
  const { t, dates } = useText();
  switch (event.action) {
    case 'edit':
    case 'check':
    case 'takeSource':
      return t(`release.audit.${event.action}`, { language: event.language, revision: event.revision });
    case 'parkText':
      return t('release.audit.parkText', { language: event.language });
    case 'schedule':
    case 'publishNow':
    case 'overdue':
      return t(`release.audit.${event.action}`, { due: dates.moment(event.due) });
    case 'failed':
    case 'uncertain':
      return (
        <>
          {t(`release.audit.${event.action}`)}
          <span className={css.quote}>{faultText(texts, event.reason)}</span>
        </>
      );
    case 'approve':
      return (
        <>
          {t('release.audit.approve')}
          {event.waiver !== undefined && <q className={css.quote}>{event.waiver}</q>}
        </>
      );
    default:
      return t(`release.audit.${event.action}`);
  }
}
