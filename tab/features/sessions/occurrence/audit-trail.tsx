import type { OccurrenceAudit } from '../../../../src/sessions/occurrences/occurrence.js';
import { useProjectName, useText } from '../../../shared/context.js';
import css from './page.module.css';

/** Who did what and when, newest first; what Big Room did itself is signed by it. */
export function AuditTrail({ entries }: { readonly entries: readonly OccurrenceAudit[] }) {
  const { t, dates } = useText();
  if (entries.length === 0) return null;
  return (
    <details className={css.audit}>
      <summary>
        <h2>{t('sessions.audit.title')}</h2>
      </summary>
      <ol className={css.trail}>
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

function Deed({ event }: Pick<OccurrenceAudit, 'event'>) {
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
