import { Button, Field, Input } from '@fluentui/react-components';
import { Add20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import { publicLanguages } from '../../../../src/shared/languages.js';
import { useShell, useText } from '../../../shared/context.js';
import { FormDialog, useDialogs } from '../../../shared/form-dialog.js';
import { Page } from '../../../shared/layout.js';
import { faultAt } from '../../../shared/problem.js';
import { addProgramme } from '../api.js';
import { NamesFields, noNames } from '../names-fields.js';
import css from '../settings.module.css';

/** The programmes of the installation where one is, and a way to add another; only the first one may. */
export function ProgrammesPage() {
  const { session } = useShell();
  const { t, language } = useText();
  const dialogs = useDialogs<'add'>();
  const { programmes = [] } = session;
  const here = programmes.find(({ isThis }) => isThis);
  const isFirst = here === undefined || here.name === '';
  return (
    <Page
      title={t('settings.programmes')}
      lead={t('settings.programmes.lead')}
      action={
        isFirst && (
          <Button appearance="primary" icon={<Add20Regular />} onClick={() => dialogs.show('add')}>
            {t('settings.programmes.add')}
          </Button>
        )
      }
    >
      {programmes.length === 0 ? (
        <p className={css.note}>{t('settings.programmes.one')}</p>
      ) : (
        <ul className={css.list}>
          {programmes.map(({ name, names, isThis }) => (
            <li key={name} className={css.row}>
              <div className={css.what}>
                <a href={name === '' ? '/' : `/p/${encodeURIComponent(name)}/`}>{names[language]}</a>
                <span className={css.quiet}>{name === '' ? '/' : `/p/${name}/`}</span>
              </div>
              {isThis && <span className={css.quiet}>{t('settings.programmes.here')}</span>}
            </li>
          ))}
        </ul>
      )}
      {dialogs.round > 0 && <AddDialog key={dialogs.round} {...dialogs.of('add')} />}
    </Page>
  );
}

/** What a name could be in an address: `Lännen hankkeet` -> `lannen-hankkeet`. */
const addressOf = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '')
    .slice(0, 30)
    .replace(/-+$/, '');

function AddDialog(props: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { api, texts, refreshSession, notify } = useShell();
  const { t, language } = useText();
  const [names, setNames] = useState(noNames);
  const [typed, setTyped] = useState<string>();
  const address = typed ?? addressOf(names.fi);
  const send = async (): Promise<void> => {
    const { programme } = await addProgramme(api, address, names);
    notify(t('settings.programmes.added', { name: programme.names[language] }));
    refreshSession();
  };
  return (
    <FormDialog
      {...props}
      title={t('settings.programmes.add.title')}
      verb={t('settings.programmes.add.verb')}
      onSend={send}
    >
      {(fault) => (
        <>
          <NamesFields names={names} owed={publicLanguages} at="names" fault={fault} onChange={setNames} />
          <Field
            required
            label={t('settings.programmes.address')}
            hint={t('settings.programmes.address.hint')}
            {...faultAt(texts, fault, 'name')}
          >
            <Input
              value={address}
              maxLength={30}
              autoComplete="off"
              spellCheck={false}
              onChange={(_, { value }) => setTyped(value)}
            />
          </Field>
        </>
      )}
    </FormDialog>
  );
}
