import { Button, Checkbox, Field, Input } from '@fluentui/react-components';
import { ArrowDown20Regular, ArrowUp20Regular } from '@fluentui/react-icons';
import { useProjectName, useShell, useText } from '../../../shared/context.js';
import { faultAt } from '../../../shared/fault-at.js';
import { GroupField } from '../../../shared/group-field.js';
import type { FieldsProps } from './fields.js';
import css from './series.module.css';

/** Whether projects take turns, which, in what order; when the presenter is asked and by when the answer is wanted. */
export function TurnsFields({ form, fault, onChange }: FieldsProps) {
  const { texts } = useShell();
  const { t } = useText();
  return (
    <>
      <Checkbox
        label={t('sessions.turns.on')}
        checked={form.hasTurns}
        onChange={(_, { checked }) => onChange({ hasTurns: checked === true })}
      />
      {form.hasTurns && (
        <>
          <Order form={form} fault={fault} onChange={onChange} />
          <div className={css.pairs}>
            <Field label={t('sessions.turns.askDays')} {...faultAt(texts, fault, 'rotation.askDays')}>
              <Input
                type="number"
                min={1}
                max={60}
                value={form.askDays === 0 ? '' : String(form.askDays)}
                onChange={(_, { value }) => onChange({ askDays: Number(value) })}
              />
            </Field>
            <Field
              label={t('sessions.turns.deadlineDays')}
              {...faultAt(texts, fault, 'rotation.deadlineDays')}
            >
              <Input
                type="number"
                min={0}
                max={59}
                value={String(form.deadlineDays)}
                onChange={(_, { value }) => onChange({ deadlineDays: Number(value) })}
              />
            </Field>
          </div>
        </>
      )}
    </>
  );
}

/** The projects with their boxes; those that take part in the order in which ties are settled. */
function Order({ form, fault, onChange }: FieldsProps) {
  const { session, texts } = useShell();
  const { t } = useText();
  const projectName = useProjectName();
  const { turns } = form;
  const others = session.programme.projects.map(({ id }) => id).filter((id) => !turns.includes(id));
  const move = (index: number, by: 1 | -1): void => {
    const next = [...turns];
    const [project] = next.splice(index, 1);
    if (project !== undefined) next.splice(index + by, 0, project);
    onChange({ turns: next });
  };
  return (
    <GroupField label={t('sessions.turns.order')} {...faultAt(texts, fault, 'rotation.projects')}>
      <ol className={css.order}>
        {[...turns, ...others].map((id, index) => {
          const isIn = turns.includes(id);
          return (
            <li key={id}>
              <Checkbox
                label={projectName(id)}
                checked={isIn}
                onChange={(_, { checked }) =>
                  onChange({
                    turns: checked === true ? [...turns, id] : turns.filter((project) => project !== id),
                  })
                }
              />
              {isIn && (
                <span>
                  <Button
                    appearance="subtle"
                    icon={<ArrowUp20Regular />}
                    aria-label={t('sessions.turns.up', { project: projectName(id) })}
                    disabledFocusable={index === 0}
                    onClick={() => move(index, -1)}
                  />
                  <Button
                    appearance="subtle"
                    icon={<ArrowDown20Regular />}
                    aria-label={t('sessions.turns.down', { project: projectName(id) })}
                    disabledFocusable={index === turns.length - 1}
                    onClick={() => move(index, 1)}
                  />
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </GroupField>
  );
}
