import { Button } from '@fluentui/react-components';
import { ArrowLeft20Regular, ContactCardRegular } from '@fluentui/react-icons';
import { Suspense, useState, type ReactNode } from 'react';
import type { ContactEvent } from '../../../src/audience/contact.js';
import { AuditTrail } from '../../shared/audit-trail.js';
import { useText } from '../../shared/context.js';
import { useFocusGivenBack, useKeys } from '../../shared/keys.js';
import { ListDetail } from '../../shared/layout.js';
import { part } from '../../shared/part.js';
import { href } from '../../shared/route.js';
import { SessionPlaces, SessionsPage } from '../../shared/sessions-page.js';
import { Bones, Empty } from '../../shared/states.js';
import { go, useRoute } from '../../shared/use-route.js';
import { ContactListPane, useContacts, useSeriesOptions } from './contact-list.js';
import { ContactPage } from './contact-page.js';
import type { KeptDraft } from './draft.js';
import type { Pasted } from './imports/new-import.js';
import css from './contacts.module.css';

const Imports = part(async () => (await import('./imports/index.js')).Imports);

/** The people outside the organisation who are invited by mail: by name, with the one that the address names beside. */
export function ContactsView() {
  const { t } = useText();
  const { path, query } = useRoute();
  const openId = path[1];
  const list = useContacts(query.text ?? '');
  const series = useSeriesOptions();
  // What was begun and not saved waits here while somebody looks at another contact.
  const [drafts] = useState(() => new Map<string, KeptDraft>());
  const [pasted, setPasted] = useState<Pasted>(() => ({ text: '', formId: crypto.randomUUID() }));
  const isImport = openId === 'several' || openId === 'imports';
  const back = href(['contacts'], { text: query.text });
  useKeys({ Escape: () => openId !== undefined && go(back) });
  useFocusGivenBack('contact', openId);
  const { loaded } = list;
  const isFirst = loaded.state === 'ready' && loaded.value.lines.length === 0 && query.text === undefined;
  if (isFirst && openId === undefined) return <FirstStep />;
  if (isImport) {
    return (
      <div>
        <div className={css.places}>
          <SessionPlaces place="contacts" />
          <Button as="a" appearance="subtle" icon={<ArrowLeft20Regular />} href={href(['contacts'])}>
            {t('contacts.title')}
          </Button>
        </div>
        <Suspense fallback={<Bones rows={4} height={64} />}>
          <Imports
            id={openId === 'imports' ? path[2] : undefined}
            series={series}
            pasted={pasted}
            onPasted={setPasted}
            onChanged={loaded.refresh}
          />
        </Suspense>
      </div>
    );
  }
  return (
    <div className={css.view}>
      <div className={css.places}>
        <SessionPlaces place="contacts" />
      </div>
      <ListDetail
        label={t('contacts.title')}
        back={back}
        list={<ContactListPane list={list} openId={openId} />}
        detail={
          openId === undefined ? undefined : detailOf({ openId, series, drafts, onChanged: loaded.reload })
        }
        nothing={
          <Empty
            icon={<ContactCardRegular />}
            title={t('contacts.nothing.title')}
            text={t('contacts.nothing.text')}
          >
            <AuditTrail<ContactEvent>
              title={t('contacts.removals.title')}
              path="/api/contacts/removals"
              version={loaded.state === 'ready' ? loaded.value.lines.length : 0}
              describe={() => t('contacts.audit.remove')}
            />
          </Empty>
        }
      />
    </div>
  );
}

function detailOf(props: {
  readonly openId: string;
  readonly series: ReturnType<typeof useSeriesOptions>;
  readonly drafts: Map<string, KeptDraft>;
  readonly onChanged: () => void;
}): ReactNode {
  const { openId, series, drafts, onChanged } = props;
  if (series === undefined) return <Bones rows={4} height={64} />;
  return <ContactPage key={openId} id={openId} series={series} drafts={drafts} onChanged={onChanged} />;
}

/** Nobody yet: what contacts are for, and how one begins. */
function FirstStep() {
  const { t } = useText();
  return (
    <SessionsPage place="contacts" title={t('contacts.title')}>
      <Empty icon={<ContactCardRegular />} title={t('contacts.empty.title')} text={t('contacts.empty.text')}>
        <div className={css.firstSteps}>
          <Button as="a" appearance="primary" href={href(['contacts', 'new'])}>
            {t('contacts.empty.first')}
          </Button>
          <Button as="a" href={href(['contacts', 'several'])}>
            {t('contacts.several.open')}
          </Button>
        </div>
      </Empty>
    </SessionsPage>
  );
}
