import { Field, Select, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { roles, type Role } from '../../../../src/platform/actor.js';
import type { ShownMember } from '../../../../src/shared/answers/settings.js';
import { languages, type Language } from '../../../../src/shared/languages.js';
import { readColleagues, type ListedColleague } from '../../../../src/shared/people-list.js';
import { ApiError } from '../../../api.js';
import { useShell, useText } from '../../../shared/context.js';
import { FormDialog } from '../../../shared/form-dialog.js';
import { SaidProblem, problemText } from '../../../shared/problem.js';
import { addMember } from '../api.js';
import css from './people.module.css';

/** Adds the people of a pasted list, after showing what comes of each line. Those who could not be added stay in it. */
export function ListDialog(props: {
  readonly members: readonly ShownMember[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onAdded: () => void;
}) {
  const { members, onAdded, ...dialog } = props;
  const { api, texts, notify } = useShell();
  const { t } = useText();
  const [text, setText] = useState('');
  const [role, setRole] = useState<Role>('worker');
  const [language, setLanguage] = useState<Language>('fi');
  const here = new Set(members.filter(({ left }) => left === undefined).map(({ id }) => id as string));
  const listed = readColleagues(text, here);
  const toAdd = listed.filter(({ what }) => what === 'add');

  const send = async (): Promise<void> => {
    if (toAdd.length === 0) throw new SaidProblem(t('settings.people.list.nobody'));
    const left: ListedColleague[] = [];
    let fault: unknown;
    for (const colleague of toAdd) {
      const { id, name } = colleague;
      try {
        await addMember(api, { id, name, role, language, projects: [] });
      } catch (error) {
        // Somebody else added them meanwhile.
        if (error instanceof ApiError && error.code === 'person.standsAlready') continue;
        left.push(colleague);
        fault ??= error;
      }
    }
    onAdded();
    if (left.length === 0) {
      notify(t('settings.people.list.done', { count: toAdd.length }));
      return;
    }
    setText(left.map(({ line }) => line).join('\n'));
    throw new SaidProblem(
      t('settings.people.list.left', { count: left.length, reason: problemText(texts, fault) }),
    );
  };
  return (
    <FormDialog
      {...dialog}
      isWide
      title={t('settings.people.list.title')}
      verb={t('settings.people.add.verb')}
      onSend={send}
    >
      {() => (
        <>
          <Field label={t('settings.people.list.text')} hint={t('settings.people.list.hint')}>
            <Textarea rows={5} value={text} spellCheck={false} onChange={(_, { value }) => setText(value)} />
          </Field>
          {listed.length > 0 && (
            <div role="status">
              <p className={css.quiet}>{t('settings.people.list.count', { count: toAdd.length })}</p>
              <ul className={css.found}>
                {listed.map(({ line, name, what }, index) => (
                  <li key={index}>
                    <strong>{name === '' ? line : name}</strong>
                    <span className={css.quiet}>{t(`settings.people.list.${what}`)}</span>
                  </li>
                ))}
              </ul>
            </div>
          )}
          <Field label={t('settings.people.add.role')}>
            <Select value={role} onChange={(_, { value }) => setRole(value as Role)}>
              {roles.map((each) => (
                <option key={each} value={each}>
                  {t(`role.${each}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('settings.people.add.language')}>
            <Select value={language} onChange={(_, { value }) => setLanguage(value as Language)}>
              {languages.map((each) => (
                <option key={each} value={each}>
                  {t(`language.${each}`)}
                </option>
              ))}
            </Select>
          </Field>
        </>
      )}
    </FormDialog>
  );
}
