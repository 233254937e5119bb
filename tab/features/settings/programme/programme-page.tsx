import { Button } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { NamedProgramme, ProgrammeEvent } from '../../../../src/people/person.js';
import { AuditTrail } from '../../../shared/audit-trail.js';
import { useShell, useText } from '../../../shared/context.js';
import { Page } from '../../../shared/layout.js';
import { Await, Bones } from '../../../shared/states.js';
import { useFault } from '../../../shared/use-fault.js';
import { useLoad } from '../../../shared/use-load.js';
import { useSeen } from '../../../shared/use-seen.js';
import { getProgramme, programmeAuditPath, putProgramme } from '../api.js';
import { LanguagesField, languagesChoice } from '../languages-field.js';
import { NamesFields } from '../names-fields.js';
import css from '../settings.module.css';

type ProgrammeChanged = Extract<ProgrammeEvent, { readonly action: 'setProgramme' }>;

/** What the programme is called, and in which languages it publishes. */
export function ProgrammePage() {
  const { api } = useShell();
  const { t, language } = useText();
  const loaded = useLoad('programme', () => getProgramme(api));
  return (
    <Page title={t('settings.programme')} lead={t('settings.programme.lead')}>
      <Await loaded={loaded} bones={<Bones rows={4} height={64} />}>
        {({ programme }) => (
          <>
            <ProgrammeForm
              key={JSON.stringify(programme)}
              programme={programme}
              onSaved={(after) => loaded.set({ programme: after })}
            />
            <AuditTrail<ProgrammeChanged>
              title={t('sessions.audit.title')}
              path={programmeAuditPath}
              version={JSON.stringify(programme)}
              describe={({ to }) =>
                t('settings.programme.audit', {
                  name: to.names[language],
                  languages: t(`settings.languages.${languagesChoice(to.languages)}`),
                })
              }
            />
          </>
        )}
      </Await>
    </Page>
  );
}

function ProgrammeForm(props: {
  readonly programme: NamedProgramme;
  readonly onSaved: (programme: NamedProgramme) => void;
}) {
  const { programme: before, onSaved } = props;
  const { api, refreshSession, notify, fail } = useShell();
  const { t } = useText();
  const [{ names, languages }, setForm] = useState(before);
  const overSeen = useSeen({ ...before });
  const element = useRef<HTMLFormElement>(null);
  const { fault, setFault, onChange } = useFault(element);
  const [isBusy, setBusy] = useState(false);
  const saved = (after: NamedProgramme): void => {
    onSaved(after);
    refreshSession();
  };
  const save = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    try {
      const { programme } = await overSeen((seen) => putProgramme(api, { names, languages }, seen));
      notify(t('settings.programme.done'), async () =>
        saved((await putProgramme(api, before, { ...programme })).programme),
      );
      saved(programme);
    } catch (error) {
      setFault(error);
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      ref={element}
      className={css.form}
      noValidate
      onChange={onChange}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <NamesFields
        names={names}
        owed={languages}
        at="names"
        fault={fault}
        onChange={(next) => setForm({ names: next, languages })}
      />
      <LanguagesField
        languages={languages}
        fault={fault}
        onChange={(next) => setForm({ names, languages: next })}
      />
      <div className={css.send}>
        <Button type="submit" appearance="primary" disabledFocusable={isBusy}>
          {t('settings.programme.save')}
        </Button>
      </div>
    </form>
  );
}
