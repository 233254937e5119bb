import { useState } from 'react';
import type { AuditEntry, NewsItem } from '../../../../src/news/types.js';
import { useShell, useText } from '../../../shared/context.js';
import { Await, Bones } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import type { TextKey } from '../../../text.js';
import css from './item.module.css';

/** Who did what and when, in people's words; fetched when it is opened. */
export function AuditTrail({ item }: { readonly item: NewsItem }) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={css.section} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{t('news.audit.title')}</h2>
      </summary>
      {isOpen && <Entries item={item} />}
    </details>
  );
}

function Entries({ item }: { readonly item: NewsItem }) {
  const { api } = useShell();
  const { dates } = useText();
  const path = `/api/news/${item.id}/audit`;
  const audit = useLoad(`${path} ${item.auditCount}`, () =>
    api.get<{ entries: readonly AuditEntry[] }>(path),
  );
  return (
    <Await loaded={audit} bones={<Bones rows={3} height={24} />}>
      {({ entries }) => (
        <ol className={css.audit}>
          {[...entries]
            .sort((one, other) => other.number - one.number)
            .map((entry) => (
              <li key={entry.number}>
                <time dateTime={entry.at}>{dates.moment(entry.at)}</time>
                <span>
                  <strong>{entry.by.name}</strong> <Deed event={entry.event} />
                </span>
              </li>
            ))}
        </ol>
      )}
    </Await>
  );
}

function Deed({ event }: Pick<AuditEntry, 'event'>) {
  const { t } = useText();
  switch (event.action) {
    case 'edit':
    case 'check':
      return t(`news.audit.${event.action}`, { language: event.language, revision: event.revision });
    case 'parkText':
      return t('news.audit.parkText', { language: event.language });
    case 'place':
    case 'remove':
      return t(`news.audit.${event.action}.${event.where.in}` as TextKey, {
        number: event.where.in === 'newsletter' ? event.where.number : 0,
      });
    case 'requestChanges':
    case 'reject':
    case 'note':
      return (
        <>
          {t(`news.audit.${event.action}`)}
          <q className={css.quote}>{event.text}</q>
        </>
      );
    default:
      return t(`news.audit.${event.action}`);
  }
}
