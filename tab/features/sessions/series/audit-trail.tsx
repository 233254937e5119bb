import type { SeriesAudit } from '../../../../src/sessions/series/series.js';
import { useText } from '../../../shared/context.js';
import css from '../occurrence/page.module.css';

/** Who did what to the series and when, newest first. */
export function AuditTrail({ entries }: { readonly entries: readonly SeriesAudit[] }) {
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
          .map(({ number, at, by, event }) => (
            <li key={number}>
              <time dateTime={at}>{dates.moment(at)}</time>
              <span>
                <strong>{by?.name ?? 'Big Room'}</strong>{' '}
                {event.action === 'changeFrom'
                  ? t('sessions.seriesAudit.changeFrom', { from: dates.plainDay(event.from) })
                  : t(`sessions.seriesAudit.${event.action}`)}
              </span>
            </li>
          ))}
      </ol>
    </details>
  );
}
