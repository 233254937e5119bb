import { Field, Input } from '@fluentui/react-components';
import { useState } from 'react';
import { languages } from '../../../../src/shared/languages.js';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { useShell, useText } from '../../../shared/context.js';
import { faultAt } from '../../../shared/fault-at.js';
import { FormDialog } from '../../../shared/form-dialog.js';
import type { OccurrenceHere } from './use-occurrence.js';

/** The name and the join link of this one occurrence; emptied, those of the series hold again. */
export function EditDialog(props: {
  readonly occurrence: Occurrence;
  readonly here: OccurrenceHere;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { occurrence, here } = props;
  const { texts } = useShell();
  const { t } = useText();
  const [names, setNames] = useState({ ...occurrence.names });
  const [joinUrl, setJoinUrl] = useState(occurrence.record?.joinUrl ?? '');
  const send = (): Promise<void> => {
    const isNamed = languages.some((language) => names[language].trim() !== '');
    const body = { names: isNamed ? names : null, joinUrl: joinUrl.trim() === '' ? null : joinUrl.trim() };
    return here.make(() => here.api.edit(body), t('sessions.done.edit'));
  };
  return (
    <FormDialog
      title={t('sessions.edit.title')}
      verb={t('sessions.save')}
      isOpen={props.isOpen}
      onClose={props.onClose}
      onSend={send}
    >
      {(fault) => (
        <>
          {languages.map((language) => (
            <Field
              key={language}
              label={t('sessions.field.name', { language: t(`language.own.${language}`) })}
              {...faultAt(texts, fault, `names.${language}`)}
            >
              <Input
                lang={language}
                value={names[language]}
                onChange={(_, { value }) => setNames({ ...names, [language]: value })}
              />
            </Field>
          ))}
          <Field
            label={t('sessions.field.joinUrl')}
            hint={t('sessions.edit.joinHint')}
            {...faultAt(texts, fault, 'joinUrl')}
          >
            <Input
              type="url"
              value={joinUrl}
              placeholder="https://"
              onChange={(_, { value }) => setJoinUrl(value)}
            />
          </Field>
        </>
      )}
    </FormDialog>
  );
}
