import { Radio, RadioGroup } from '@fluentui/react-components';
import { useState } from 'react';
import type { Approvals, ProgrammeEvent } from '../../../../src/people/person.js';
import { AuditTrail } from '../../../shared/audit-trail.js';
import { useShell, useText } from '../../../shared/context.js';
import { GroupField } from '../../../shared/group-field.js';
import { Page } from '../../../shared/layout.js';
import { Await, Bones } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { approvalsAuditPath, getApprovals, putApprovals } from '../api.js';
import css from '../settings.module.css';

type ApprovalsEvent = Extract<ProgrammeEvent, { readonly action: 'setApprovals' }>;

const outlets = ['newsletter', 'releases'] as const;

/** How many people have to approve the newsletter, and releases: saved at once. */
export function ApprovalsPage() {
  const { api, notify, fail } = useShell();
  const { t } = useText();
  const loaded = useLoad('approvals', () => getApprovals(api));
  const [isBusy, setBusy] = useState(false);
  const save = async (next: Approvals, seen: Approvals): Promise<void> => {
    setBusy(true);
    try {
      loaded.set(await putApprovals(api, next, seen));
      notify(t('settings.approvals.done'), async () => loaded.set(await putApprovals(api, seen, next)));
    } catch (error) {
      fail(error);
      loaded.refresh();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Page title={t('settings.approvals')} lead={t('settings.approvals.lead')}>
      <Await loaded={loaded} bones={<Bones rows={2} height={96} />}>
        {({ approvals }) => (
          <>
            {outlets.map((outlet) => (
              <GroupField key={outlet} label={t(`settings.approvals.${outlet}`)}>
                <RadioGroup
                  aria-label={t(`settings.approvals.${outlet}`)}
                  value={String(approvals[outlet])}
                  disabled={isBusy}
                  onChange={(_, { value }) =>
                    void save({ ...approvals, [outlet]: value === '2' ? 2 : 1 }, approvals)
                  }
                >
                  {[1, 2].map((count) => (
                    <Radio key={count} value={String(count)} label={t('settings.approvals.of', { count })} />
                  ))}
                </RadioGroup>
              </GroupField>
            ))}
            <p className={css.note}>{t('settings.approvals.note')}</p>
            <AuditTrail<ApprovalsEvent>
              title={t('sessions.audit.title')}
              path={approvalsAuditPath}
              version={JSON.stringify(approvals)}
              describe={({ approvals: { newsletter, releases } }) =>
                t('settings.approvals.audit', { newsletter, releases })
              }
            />
          </>
        )}
      </Await>
    </Page>
  );
}
