import type { SeriesAudit } from '../../../../src/sessions/series/series.js';
import { useText } from '../../../shared/context.js';
import { AuditEntries, AuditSection } from '../../../shared/audit-trail.js';

/** Who did what to the series and when. */
export function AuditTrail({ entries }: { readonly entries: readonly SeriesAudit[] }) {
  const { t, dates } = useText();
  if (entries.length === 0) return null;
  return (
    <AuditSection title={t('sessions.audit.title')}>
      <AuditEntries
        entries={entries}
        describe={(event) =>
          event.action === 'changeFrom'
            ? t('sessions.seriesAudit.changeFrom', { from: dates.plainDay(event.from) })
            : t(`sessions.seriesAudit.${event.action}`)
        }
      />
    </AuditSection>
  );
}
