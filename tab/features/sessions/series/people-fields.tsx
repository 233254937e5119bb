import { Checkbox, Field, Radio, RadioGroup, Textarea } from '@fluentui/react-components';
import { useMay, useProjectName, useShell, useText } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { ApiError } from '../../../api.js';
import type { Texts } from '../../../text.js';
import { faultAt } from '../../../shared/fault-at.js';
import { addressesOf } from './form.js';
import type { FieldsProps } from './fields.js';
import css from './series.module.css';

/** What is wrong with the groups, and where it is one address, which. */
function groupsFault(texts: Texts, fault: unknown, text: string): { readonly validationMessage?: string } {
  const words = faultAt(texts, fault, 'groups', ['calendar.tooManyAttendees']);
  const place = fault instanceof ApiError && /^groups\.(\d+)$/.exec(fault.fields[0]?.field ?? '');
  const address = place ? addressesOf(text)[Number(place[1])] : undefined;
  if (address === undefined || words.validationMessage === undefined) return words;
  return { validationMessage: `${address}: ${words.validationMessage}` };
}

/** For whom the series is: everybody of the programme or of some projects, contacts, and groups of the calendar. */
export function PeopleFields({ form, fault, onChange }: FieldsProps) {
  const { session, texts } = useShell();
  const { t } = useText();
  // Whose addresses they are is known to those who look after the series.
  const mayEdit = useMay()('session:edit');
  const projectName = useProjectName();
  const { projects } = session.programme;
  return (
    <>
      <Field label={t('sessions.people.who')} {...faultAt(texts, fault, 'people')}>
        <RadioGroup
          value={form.of}
          onChange={(_, { value }) => onChange({ of: value === 'projects' ? 'projects' : 'programme' })}
        >
          <Radio value="programme" label={t('sessions.people.programme')} />
          <Radio value="projects" label={t('sessions.people.projects')} />
        </RadioGroup>
      </Field>
      {form.of === 'projects' && (
        <div className={css.checks} role="group" aria-label={t('sessions.people.projects')}>
          {projects.map(({ id }) => (
            <Checkbox
              key={id}
              label={projectName(id)}
              checked={form.projects.includes(id)}
              onChange={(_, { checked }) =>
                onChange({
                  projects:
                    checked === true
                      ? [...form.projects, id]
                      : form.projects.filter((project) => project !== id),
                })
              }
            />
          ))}
        </div>
      )}
      <div>
        <Checkbox
          label={t('sessions.people.contacts')}
          checked={form.isOpenToContacts}
          onChange={(_, { checked }) => onChange({ isOpenToContacts: checked === true })}
        />
        {form.isOpenToContacts && (
          <p className={css.quiet}>
            <a href={href(['contacts'])}>{t('sessions.people.openContacts')}</a>
          </p>
        )}
      </div>
      {mayEdit && (
        <Field
          label={t('sessions.people.groups')}
          hint={t('sessions.people.groupsHint')}
          {...groupsFault(texts, fault, form.groups)}
        >
          <Textarea
            rows={3}
            resize="vertical"
            value={form.groups}
            onChange={(_, { value }) => onChange({ groups: value })}
          />
        </Field>
      )}
    </>
  );
}
