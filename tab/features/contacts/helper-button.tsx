import { Button, Field, Input } from '@fluentui/react-components';
import { PersonSupport20Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { ProgrammeEvent } from '../../../src/people/person.js';
import type { HelperAnswer } from '../../../src/shared/answers/contacts.js';
import { AuditTrail } from '../../shared/audit-trail.js';
import { useShell, useText } from '../../shared/context.js';
import { FormDialog, useDialogs } from '../../shared/form-dialog.js';
import { faultAt } from '../../shared/problem.js';
import { seenSince } from '../../shared/use-seen.js';
import { getHelper, putHelper } from './api.js';

type HelperEvent = Extract<ProgrammeEvent, { readonly action: 'setHelper' }>;

interface Typed {
  readonly name: string;
  readonly phone: string;
  readonly address: string;
}

const nobody: Typed = { name: '', phone: '', address: '' };
const fields = [
  ['name', 'text'],
  ['phone', 'tel'],
  ['address', 'email'],
] as const;

/** Whom people outside ask, as mails and public pages name them: a button that opens the form. */
export function HelperButton() {
  const { api, fail } = useShell();
  const { t } = useText();
  const dialogs = useDialogs<'helper'>();
  const [current, setCurrent] = useState<HelperAnswer>();
  const open = async (): Promise<void> => {
    try {
      setCurrent(await getHelper(api));
      dialogs.show('helper');
    } catch (error) {
      fail(error);
    }
  };
  return (
    <>
      <Button appearance="subtle" icon={<PersonSupport20Regular />} onClick={() => void open()}>
        {t('contacts.helper')}
      </Button>
      {current !== undefined && (
        <HelperDialog key={dialogs.round} current={current} {...dialogs.of('helper')} />
      )}
    </>
  );
}

function HelperDialog({
  current,
  ...dialog
}: {
  readonly current: HelperAnswer;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { api, texts, notify } = useShell();
  const { t } = useText();
  const [typed, setTyped] = useState<Typed>({ ...nobody, ...current.helper });
  const [seen, setSeen] = useState<Readonly<Record<string, unknown>>>({ helper: current.helper });
  const isEmpty = fields.every(([name]) => typed[name].trim() === '');
  const { usual } = current;
  const send = async (): Promise<void> => {
    try {
      await putHelper(api, isEmpty ? null : typed, seen);
    } catch (error) {
      setSeen(seenSince(seen, error));
      throw error;
    }
    notify(t('contacts.helper.done'));
  };
  return (
    <FormDialog
      {...dialog}
      title={t('contacts.helper.title')}
      verb={t('contacts.helper.choose')}
      onSend={send}
    >
      {(fault) => (
        <>
          <p>{t('contacts.helper.text')}</p>
          {fields.map(([name, type]) => (
            <Field
              key={name}
              label={t(`contacts.helper.${name}`)}
              {...faultAt(texts, fault, `helper.${name}`)}
            >
              <Input
                type={type}
                value={typed[name]}
                onChange={(_, { value }) => setTyped({ ...typed, [name]: value })}
              />
            </Field>
          ))}
          <p>
            {usual === null ? t('contacts.helper.nobody') : t('contacts.helper.usual', { name: usual.name })}
          </p>
          <AuditTrail<HelperEvent>
            title={t('sessions.audit.title')}
            path="/api/helper/audit"
            version={0}
            describe={({ name }) =>
              name === undefined ? t('contacts.helper.audit.none') : t('contacts.helper.audit.set', { name })
            }
          />
        </>
      )}
    </FormDialog>
  );
}
