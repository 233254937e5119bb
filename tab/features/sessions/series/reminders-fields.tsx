import { Button, Checkbox, Field, Input, Select } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { RemindedChannel } from '../../../../src/sessions/series/series.js';
import { useShell, useText } from '../../../shared/context.js';
import { faultAt } from '../../../shared/fault-at.js';
import { GroupField } from '../../../shared/group-field.js';
import { useOffset } from '../../../shared/offset.js';
import type { FieldsProps } from './fields.js';
import css from './series.module.css';

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
            <Field label={t('sessions.reminders.quietFrom')} {...faultAt(texts, fault, 'reminders.quiet')}>
              <Input
                type="time"
                value={form.quietFrom}
                onChange={(_, { value }) => onChange({ quietFrom: value })}
              />
            </Field>
            <Field label={t('sessions.reminders.quietTo')}>
              <Input
                type="time"
                value={form.quietTo}
                onChange={(_, { value }) => onChange({ quietTo: value })}
              />
            </Field>
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
              {name} <span className={css.quiet}>{t(`language.own.${language}`)}</span>
            </li>
          ))}
        </ul>
      )}
      <p className={css.quiet}>{t('sessions.reminders.channelsHint')}</p>
    </div>
  );
}
