import type { OccurrenceAudit } from '../../../../src/sessions/occurrences/occurrence.js';
import { useProjectName, useText } from '../../../shared/context.js';
import { AuditEntries, AuditSection } from '../../../shared/audit-trail.js';

/** Who did what and when; what Big Room did itself is signed by it. */
export function AuditTrail({ entries }: { readonly entries: readonly OccurrenceAudit[] }) {
  const { t } = useText();
  if (entries.length === 0) return null;
  return (
    <AuditSection title={t('sessions.audit.title')}>
      <AuditEntries entries={entries} describe={(event) => <Description event={event} />} />
    </AuditSection>
  );
}

function Description({ event }: Pick<OccurrenceAudit, 'event'>) {
  const { t, dates } = useText();
  const projectName = useProjectName();
  switch (event.action) {
    case 'cancel':
      return event.reason === undefined
        ? t('sessions.audit.cancel')
        : t('sessions.audit.cancelBecause', { reason: event.reason });
    case 'move':
      return t('sessions.audit.move', { from: dates.moment(event.was), to: dates.moment(event.start) });
    case 'carriedOver':
      return event.dropped === undefined
        ? t('sessions.audit.carriedOver', { from: dates.plainDay(event.from) })
        : t('sessions.audit.carriedOverDropped', {
            from: dates.plainDay(event.from),
            dropped: dates.moment(event.dropped),
          });
    case 'turn':
      return event.projectId === undefined
        ? t('sessions.audit.turnOpen')
        : t('sessions.audit.turn', { project: projectName(event.projectId) });
    default:
      return t(`sessions.audit.${event.action}`);
  }
}
