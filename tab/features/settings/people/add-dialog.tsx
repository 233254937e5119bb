import { Field, Input, Select } from '@fluentui/react-components';
import { useState } from 'react';
import { roles, type Role } from '../../../../src/platform/actor.js';
import { languages, type Language } from '../../../../src/shared/languages.js';
import { useShell, useText } from '../../../shared/context.js';
import { FormDialog } from '../../../shared/form-dialog.js';
import { faultAt } from '../../../shared/problem.js';
import { addMember, type NewMemberForm } from '../api.js';
import { DirectorySearch } from './directory-search.js';
import { ProjectChoice } from './member-row.js';

const nobody: NewMemberForm = { id: '', name: '', language: 'fi', role: 'worker', projects: [] };

/** Adds somebody before they have written to the bot. */
export function AddDialog(props: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onAdded: () => void;
}) {
  const { api, texts, notify } = useShell();
  const { t } = useText();
  const [member, setMember] = useState(nobody);
  const send = async (): Promise<void> => {
    await addMember(api, member);
    notify(t('settings.people.add.done', { name: member.name.trim() }));
    props.onAdded();
  };
  return (
    <FormDialog
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t('settings.people.add.title')}
      verb={t('settings.people.add.verb')}
      onSend={send}
    >
      {(fault) => (
        <>
          <DirectorySearch onChoose={({ id, name }) => setMember({ ...member, id, name })} />
          <Field required label={t('settings.people.add.name')} {...faultAt(texts, fault, 'name')}>
            <Input value={member.name} onChange={(_, { value }) => setMember({ ...member, name: value })} />
          </Field>
          <Field
            required
            label={t('settings.people.add.id')}
            hint={t('settings.people.add.id.hint')}
            {...faultAt(texts, fault, 'id')}
          >
            <Input
              value={member.id}
              autoComplete="off"
              spellCheck={false}
              onChange={(_, { value }) => setMember({ ...member, id: value })}
            />
          </Field>
          <Field label={t('settings.people.add.role')} {...faultAt(texts, fault, 'role')}>
            <Select
              value={member.role}
              onChange={(_, { value }) => setMember({ ...member, role: value as Role })}
            >
              {roles.map((role) => (
                <option key={role} value={role}>
                  {t(`role.${role}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('settings.people.add.language')} {...faultAt(texts, fault, 'language')}>
            <Select
              value={member.language}
              onChange={(_, { value }) => setMember({ ...member, language: value as Language })}
            >
              {languages.map((language) => (
                <option key={language} value={language}>
                  {t(`language.${language}`)}
                </option>
              ))}
            </Select>
          </Field>
          <ProjectChoice
            chosen={member.projects}
            onChoose={(projects) => setMember({ ...member, projects })}
          />
        </>
      )}
    </FormDialog>
  );
}
