import { Field, Select, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { PersonRef } from '../../../src/platform/actor.js';
import { useMay, useShell, useText } from '../../shared/context.js';
import { DateField } from '../../shared/date-fields/fields.js';
import { todayInHelsinki } from '../../shared/dates.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { faultAt } from '../../shared/problem.js';
import { setSubstitute } from './api.js';

/** Says who acts for oneself, or for who manages people for anybody, from when to when. */
export function SetDialog(props: {
  readonly people: readonly PersonRef[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSet: () => void;
}) {
  const { people, isOpen, onClose, onSet } = props;
  const { api, session, texts, notify } = useShell();
  const { t } = useText();
  const mayForOthers = useMay()('people:manage');
  const me: string = session.person.id;
  const [formId] = useState(() => crypto.randomUUID());
  const [form, setForm] = useState({ absent: me, substitute: '', from: todayInHelsinki(), to: '', note: '' });
  const others = people.filter(({ id }) => id !== form.absent);
  const send = async (): Promise<void> => {
    const { note, absent, ...rest } = form;
    const { substitution } = await setSubstitute(api, {
      ...rest,
      formId,
      ...(absent !== me && { absent }),
      ...(note.trim() !== '' && { note }),
    });
    notify(
      t('substitutes.set.done', {
        absent: substitution.absent.name,
        substitute: substitution.substitute.name,
      }),
    );
    onSet();
  };
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('substitutes.set.title')}
      verb={t('substitutes.set.verb')}
      onSend={send}
    >
      {(fault) => (
        <>
          {mayForOthers && (
            <Field label={t('substitutes.absent')} {...faultAt(texts, fault, 'absent')}>
              <Select value={form.absent} onChange={(_, { value }) => setForm({ ...form, absent: value })}>
                {people.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
          )}
          <Field required label={t('substitutes.substitute')} {...faultAt(texts, fault, 'substitute')}>
            <Select
              value={form.substitute}
              onChange={(_, { value }) => setForm({ ...form, substitute: value })}
            >
              <option value="">{t('substitutes.choose')}</option>
              {others.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
          <DateField
            required
            label={t('substitutes.from')}
            min={todayInHelsinki()}
            value={form.from}
            onChange={(from) => setForm({ ...form, from })}
            {...faultAt(texts, fault, 'from')}
          />
          <DateField
            required
            label={t('substitutes.to')}
            min={form.from === '' ? todayInHelsinki() : form.from}
            value={form.to}
            onChange={(to) => setForm({ ...form, to })}
            {...faultAt(texts, fault, 'to')}
          />
          <Field
            label={t('substitutes.note')}
            hint={t('substitutes.note.hint')}
            {...faultAt(texts, fault, 'note')}
          >
            <Textarea
              value={form.note}
              resize="vertical"
              onChange={(_, { value }) => setForm({ ...form, note: value })}
            />
          </Field>
          <p>{t('substitutes.set.text')}</p>
        </>
      )}
    </FormDialog>
  );
}
