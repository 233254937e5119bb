import { useState } from 'react';
import type { NewsAuditEntry, NewsItem } from '../../../../src/news/types.js';
import { useShell, useText } from '../../../shared/context.js';
import { AuditEntries, AuditQuote, AuditSection } from '../../../shared/audit-trail.js';
import { Await, Bones } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import type { TextKey } from '../../../text.js';
import { newsItemApi } from './api.js';

/** Who did what and when; fetched when it is opened. */
export function AuditTrail({ item }: { readonly item: NewsItem }) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <AuditSection title={t('news.audit.title')} onToggle={setOpen}>
      {isOpen && <Entries item={item} />}
    </AuditSection>
  );
}

function Entries({ item }: { readonly item: NewsItem }) {
  const { api } = useShell();
  const { auditPath, audit } = newsItemApi(api, item.id);
  const loaded = useLoad(`${auditPath} ${item.auditCount}`, audit);
  return (
    <Await loaded={loaded} bones={<Bones rows={3} height={24} />}>
      {({ entries }) => (
        <AuditEntries entries={entries} describe={(event) => <Description event={event} />} />
      )}
    </Await>
  );
}

function Description({ event }: Pick<NewsAuditEntry, 'event'>) {
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
          <AuditQuote isSaid text={event.text} />
        </>
      );
    default:
      return t(`news.audit.${event.action}`);
  }
}
