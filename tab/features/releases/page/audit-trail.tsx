import type { ReleaseAudit } from '../../../../src/releases/types.js';
import { useShell, useText } from '../../../shared/context.js';
import { AuditEntries, AuditQuote, AuditSection } from '../../../shared/audit-trail.js';
import { faultText } from './fault.js';

/** Who did what and when; what Big Room did itself is signed by it. */
export function AuditTrail({ entries }: { readonly entries: readonly ReleaseAudit[] }) {
  const { t } = useText();
  return (
    <AuditSection title={t('release.audit.title')}>
      <AuditEntries entries={entries} describe={(event) => <Description event={event} />} />
    </AuditSection>
  );
}

function Description({ event }: Pick<ReleaseAudit, 'event'>) {
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
          <AuditQuote text={faultText(texts, event.reason)} />
        </>
      );
    case 'approve':
      return (
        <>
          {t('release.audit.approve')}
          {event.waiver !== undefined && <AuditQuote isSaid text={event.waiver} />}
        </>
      );
    default:
      return t(`release.audit.${event.action}`);
  }
}
