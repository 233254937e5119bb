import { offeredProjects } from '../../../../src/people/person.js';
import {
  Field,
  Input,
  Textarea,
  Checkbox,
  Radio,
  RadioGroup,
  Button,
  Select,
} from '@fluentui/react-components';
import { ArrowDown20Regular, ArrowUp20Regular, Dismiss16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { RemindedChannel } from '../../../../src/sessions/series/series.js';
import { languages } from '../../../../src/shared/languages.js';
import { ApiError } from '../../../api.js';
import { useShell, useText, useMay, useProjectName } from '../../../shared/context.js';
import { TimeField } from '../../../shared/date-fields/fields.js';
import { GroupField } from '../../../shared/group-field.js';
import { useOffset } from '../../../shared/offset.js';
import { faultAt } from '../../../shared/problem.js';
import { href } from '../../../shared/route.js';
import type { Texts } from '../../../text.js';
import { addressesOf, type FieldsProps } from './form.js';
import css from './series.module.css';

/** What the series is called and what is said of it, language by language; and where one joins. */
export function NamesFields({ form, fault, onChange }: FieldsProps) {
  const { texts } = useShell();
  const { t } = useText();
  const { names, descriptions } = form;
  return (
    <>
      <div className={css.languages}>
        {languages.map((language) => {
          return (
            <div key={language} className={css.fields}>
              <Field
                label={t('sessions.field.name', { language })}
                required={language !== 'en'}
                {...faultAt(texts, fault, `names.${language}`)}
              >
                <Input
                  lang={language}
                  value={names[language]}
                  onChange={(_, { value }) => onChange({ names: { ...names, [language]: value } })}
                />
              </Field>
              <Field
                label={t('sessions.field.description', { language })}
                {...faultAt(texts, fault, `descriptions.${language}`)}
              >
                <Textarea
                  lang={language}
                  rows={3}
                  resize="vertical"
                  value={descriptions[language]}
                  onChange={(_, { value }) =>
                    onChange({ descriptions: { ...descriptions, [language]: value } })
                  }
                />
              </Field>
            </div>
          );
        })}
      </div>
      <Field
        label={t('sessions.field.joinUrl')}
        hint={t('sessions.field.joinHint')}
        {...faultAt(texts, fault, 'joinUrl')}
      >
        <Input
          type="url"
          placeholder="https://"
          value={form.joinUrl}
          onChange={(_, { value }) => onChange({ joinUrl: value })}
        />
      </Field>
    </>
  );
}

/** What is wrong with the groups, and where it is one address, which. */
function groupsFault(texts: Texts, fault: unknown, text: string): { readonly validationMessage?: string } {
  const words = faultAt(texts, fault, 'groups', ['calendar.tooManyAttendees']);
  const place = fault instanceof ApiError && /^groups\.(\d+)$/.exec(fault.fields[0]?.field ?? '');
  const address = place ? addressesOf(text)[Number(place[1])] : undefined;
  if (address === undefined || words.validationMessage === undefined) return words;
  return { validationMessage: `${address}: ${words.validationMessage}` };
}

/** For whom the series is: everybody of the programme or of some projects, contacts, and groups of the calendar. */
export function PeopleFields({
  form,
  fault,
  onChange,
  seriesId,
}: FieldsProps & { readonly seriesId: string }) {
  const { session, texts } = useShell();
  const { t } = useText();
  // Whose addresses they are is known to those who look after the series.
  const mayEdit = useMay()('session:edit');
  const projectName = useProjectName();
  const projects = offeredProjects(session.programme, form.projects);
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
            <a href={href(['contacts'], { series: seriesId })}>{t('sessions.people.openContacts')}</a>
          </p>
        )}
      </div>
      <HelperFields form={form} fault={fault} onChange={onChange} />
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

/** Whom people outside ask about the series. */
function HelperFields({ form, fault, onChange }: FieldsProps) {
  const { session, texts } = useShell();
  const { t } = useText();
  const { helper } = session.programme;
  return (
    <GroupField
      label={t('sessions.helper')}
      hint={
        helper === undefined ? t('sessions.helper.hint') : t('sessions.helper.usual', { name: helper.name })
      }
      {...faultAt(texts, fault, 'helper')}
    >
      <div className={css.pairs}>
        <Field label={t('contacts.helper.name')} {...faultAt(texts, fault, 'helper.name')}>
          <Input value={form.helperName} onChange={(_, { value }) => onChange({ helperName: value })} />
        </Field>
        <Field label={t('contacts.helper.phone')} {...faultAt(texts, fault, 'helper.phone')}>
          <Input
            type="tel"
            value={form.helperPhone}
            onChange={(_, { value }) => onChange({ helperPhone: value })}
          />
        </Field>
        <Field label={t('contacts.helper.address')} {...faultAt(texts, fault, 'helper.address')}>
          <Input
            type="email"
            value={form.helperAddress}
            onChange={(_, { value }) => onChange({ helperAddress: value })}
          />
        </Field>
      </div>
    </GroupField>
  );
}

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
  const others = offeredProjects(session.programme)
    .map(({ id }) => id)
    .filter((id) => !turns.includes(id));
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

const ways = ['person', 'channel', 'mail'] as const;
const usual = [10_080, 2_880, 1_440, 120, 60, 15] as const;
const maxOffsets = 5;

/** When and where people are reminded, and the hours at which nobody is. */
export function RemindersFields(props: FieldsProps & { readonly channels: readonly RemindedChannel[] }) {
  const { form, fault, onChange, channels } = props;
  const { texts } = useShell();
  const { t } = useText();
  return (
    <>
      <Offsets {...props} />
      <GroupField label={t('sessions.reminders.ways')} {...faultAt(texts, fault, 'reminders.ways')}>
        <div className={css.checks}>
          {ways.map((way) => (
            <Checkbox
              key={way}
              label={t(`sessions.reminders.way.${way}`)}
              checked={form.ways.includes(way)}
              onChange={(_, { checked }) =>
                onChange({
                  ways: ways.filter((one) => (one === way ? checked === true : form.ways.includes(one))),
                })
              }
            />
          ))}
        </div>
      </GroupField>
      <div>
        <Checkbox
          label={t('sessions.reminders.quiet')}
          checked={form.isQuiet}
          onChange={(_, { checked }) => onChange({ isQuiet: checked === true })}
        />
        {form.isQuiet && (
          <div className={css.pairs}>
            <TimeField
              label={t('sessions.reminders.quietFrom')}
              {...faultAt(texts, fault, 'reminders.quiet')}
              {...faultAt(texts, fault, 'reminders.quiet.from')}
              value={form.quietFrom}
              onChange={(quietFrom) => onChange({ quietFrom })}
            />
            <TimeField
              label={t('sessions.reminders.quietTo')}
              {...faultAt(texts, fault, 'reminders.quiet.to')}
              value={form.quietTo}
              onChange={(quietTo) => onChange({ quietTo })}
            />
          </div>
        )}
      </div>
      <Channels channels={channels} />
    </>
  );
}

function Offsets({ form, fault, onChange }: FieldsProps) {
  const { texts } = useShell();
  const { t } = useText();
  const inWords = useOffset();
  const [chosen, setChosen] = useState('');
  const left = usual.filter((offset) => !form.offsets.includes(offset));
  const add = (offset: number): void => {
    onChange({ offsets: [...form.offsets, offset].sort((one, other) => other - one) });
    setChosen('');
  };
  return (
    <GroupField label={t('sessions.reminders.offsets')} {...faultAt(texts, fault, 'reminders.offsets')}>
      <div className={css.offsets}>
        {form.offsets.map((offset) => (
          <span key={offset} className={css.offset}>
            {inWords(offset)}
            <button
              type="button"
              aria-label={t('sessions.reminders.removeOffset', { offset: inWords(offset) })}
              onClick={() => onChange({ offsets: form.offsets.filter((one) => one !== offset) })}
            >
              <Dismiss16Regular />
            </button>
          </span>
        ))}
        {form.offsets.length < maxOffsets && left.length > 0 && (
          <span className={css.addOffset}>
            <Select
              aria-label={t('sessions.reminders.addOffset')}
              value={chosen}
              onChange={(_, { value }) => setChosen(value)}
            >
              <option value="">{t('sessions.reminders.addOffset')}</option>
              {left.map((offset) => (
                <option key={offset} value={offset}>
                  {inWords(offset)}
                </option>
              ))}
            </Select>
            {chosen !== '' && <Button onClick={() => add(Number(chosen))}>{t('sessions.add')}</Button>}
          </span>
        )}
      </div>
    </GroupField>
  );
}

/** The channels and group chats that are reminded: added and taken away where they are. */
function Channels({ channels }: { readonly channels: readonly RemindedChannel[] }) {
  const { t } = useText();
  return (
    <div>
      <h3 className={css.label}>{t('sessions.reminders.channels')}</h3>
      {channels.length > 0 && (
        <ul className={css.plain}>
          {channels.map(({ name, chat, language }) => (
            <li key={chat.conversationId}>
              {name}{' '}
              <span className={css.quiet} lang={language}>
                {t(`language.own.${language}`)}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className={css.quiet}>{t('sessions.reminders.channelsHint')}</p>
    </div>
  );
}
