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
                <strong>{entry.by?.name ?? 'Big Room'}</strong> <Deed did={entry.did} />
              </span>
            </li>
          ))}
      </ol>
    </details>
  );
}

function Deed({ did }: Pick<OccurrenceAudit, 'did'>) {
  const { t, dates } = useText();
  const projectName = useProjectName();
  switch (did.action) {
    case 'cancel':
      return did.reason === undefined
        ? t('sessions.audit.cancel')
        : t('sessions.audit.cancelBecause', { reason: did.reason });
    case 'move':
      return t('sessions.audit.move', { from: dates.moment(did.was), to: dates.moment(did.start) });
    case 'carriedOver':
      return did.dropped === undefined
        ? t('sessions.audit.carriedOver', { from: dates.plainDay(did.from) })
        : t('sessions.audit.carriedOverDropped', {
            from: dates.plainDay(did.from),
            dropped: dates.moment(did.dropped),
          });
    case 'turn':
      return did.projectId === undefined
        ? t('sessions.audit.turnOpen')
        : t('sessions.audit.turn', { project: projectName(did.projectId) });
    default:
      return t(`sessions.audit.${did.action}`);
  }
}
