import { Checkbox, Field, Input, Select } from '@fluentui/react-components';
import type { Rule, Weekday } from '../../../../src/sessions/series/rule.js';
import { useShell, useText } from '../../../shared/context.js';
import { faultAt } from '../../../shared/fault-at.js';
import { GroupField } from '../../../shared/group-field.js';
import { weekdayName } from '../parts/long-date.js';
import { clockWords } from '../../../../src/shared/rule-words.js';
import { canBeSaid, ruleWords } from './rule-words.js';
import { ruleOfKind, type Timing } from './timing.js';
import css from './series.module.css';

const everies = ['weekdayOfMonth', 'dayOfMonth', 'week', 'day'] as const;
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const weeks = [1, 2, 3, 4, -1] as const;
const maxIntervals = { weekdayOfMonth: 12, dayOfMonth: 12, week: 26, day: 90 } as const;

interface Editing {
  readonly timing: Timing;
  readonly fault: unknown;
  readonly onChange: (timing: Timing) => void;
}

/** When a series comes round, for how long, and between which days; said in words under the fields. */
export function TimingFields(props: Editing & { readonly hasFrom?: boolean }) {
  const { timing, fault, onChange, hasFrom = true } = props;
  const { texts } = useShell();
  const { t, language } = useText();
  const { rule } = timing;
  return (
    <div className={css.timing}>
      <div className={css.pairs}>
        <Field label={t('sessions.rule.every')} {...faultAt(texts, fault, 'rule')}>
          <Select
            value={rule.every}
            onChange={(_, { value }) => {
              const every = everies.find((one) => one === value);
              if (every !== undefined) onChange({ ...timing, rule: ruleOfKind(every, rule) });
            }}
          >
            {everies.map((every) => (
              <option key={every} value={every}>
                {t(`sessions.rule.every.${every}`)}
              </option>
            ))}
          </Select>
        </Field>
        <RuleParts rule={rule} onChange={(next) => onChange({ ...timing, rule: next })} />
        <Field label={t(`sessions.rule.interval.${rule.every}`)}>
          <Input
            type="number"
            min={1}
            max={maxIntervals[rule.every]}
            value={rule.interval === 0 ? '' : String(rule.interval)}
            onChange={(_, { value }) => onChange({ ...timing, rule: { ...rule, interval: Number(value) } })}
          />
        </Field>
        <Field label={t('sessions.field.time')} {...faultAt(texts, fault, 'time')}>
          <Input
            type="time"
            value={timing.time}
            onChange={(_, { value }) => onChange({ ...timing, time: value })}
          />
        </Field>
        <Field label={t('sessions.field.minutes')} {...faultAt(texts, fault, 'minutes')}>
          <Input
            type="number"
            min={5}
            max={1440}
            value={timing.minutes === 0 ? '' : String(timing.minutes)}
            onChange={(_, { value }) => onChange({ ...timing, minutes: Number(value) })}
          />
        </Field>
        {hasFrom && <Between {...props} />}
      </div>
      {canBeSaid(timing) && (
        <p className={css.inWords}>
          {t('sessions.rule.inWords', {
            rule: ruleWords(t, language, rule),
            time: clockWords(language, timing.time),
            minutes: timing.minutes,
          })}
        </p>
      )}
    </div>
  );
}

function Between({ timing, fault, onChange }: Editing) {
  const { texts } = useShell();
  const { t } = useText();
  return (
    <>
      <Field
        label={t('sessions.field.from')}
        hint={t('sessions.field.fromHint')}
        {...faultAt(texts, fault, 'from')}
      >
        <Input
          type="date"
          value={timing.from}
          onChange={(_, { value }) => onChange({ ...timing, from: value })}
        />
      </Field>
      <Field
        label={t('sessions.field.until')}
        hint={t('sessions.field.untilHint')}
        {...faultAt(texts, fault, 'until')}
      >
        <Input
          type="date"
          value={timing.until}
          onChange={(_, { value }) => onChange({ ...timing, until: value })}
        />
      </Field>
    </>
  );
}

function RuleParts({ rule, onChange }: { readonly rule: Rule; readonly onChange: (rule: Rule) => void }) {
  const { t, language } = useText();
  switch (rule.every) {
    case 'weekdayOfMonth':
      return (
        <>
          <Field label={t('sessions.rule.which')}>
            <Select
              value={String(rule.week)}
              onChange={(_, { value }) =>
                onChange({ ...rule, week: weeks.find((week) => String(week) === value) ?? 1 })
              }
            >
              {weeks.map((week) => (
                <option key={week} value={week}>
                  {t('sessions.rule.week.nth', { week: week === -1 ? 'last' : String(week) })}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('sessions.rule.weekday')}>
            <Select
              value={String(rule.weekday)}
              onChange={(_, { value }) =>
                onChange({ ...rule, weekday: weekdays.find((day) => String(day) === value) ?? 1 })
              }
            >
              {weekdays.map((weekday) => (
                <option key={weekday} value={weekday}>
                  {weekdayName(language, weekday)}
                </option>
              ))}
            </Select>
          </Field>
        </>
      );
    case 'dayOfMonth':
      return (
        <Field label={t('sessions.rule.dayNumber')} hint={rule.day > 28 ? t('sessions.rule.dayHint') : ''}>
          <Input
            type="number"
            min={1}
            max={31}
            value={rule.day === 0 ? '' : String(rule.day)}
            onChange={(_, { value }) => onChange({ ...rule, day: Number(value) })}
          />
        </Field>
      );
    case 'week':
      return (
        <WeekdayChoice chosen={rule.weekdays} onChoose={(days) => onChange({ ...rule, weekdays: days })} />
      );
    case 'day':
      return null;
  }
}

function WeekdayChoice(props: {
  readonly chosen: readonly Weekday[];
  readonly onChoose: (weekdays: readonly Weekday[]) => void;
}) {
  const { chosen, onChoose } = props;
  const { t, language } = useText();
  return (
    <GroupField label={t('sessions.rule.weekdays')} className={css.wide}>
      <div className={css.checks}>
        {weekdays.map((weekday) => (
          <Checkbox
            key={weekday}
            label={weekdayName(language, weekday, 'short')}
            checked={chosen.includes(weekday)}
            onChange={(_, { checked }) =>
              onChoose(weekdays.filter((one) => (one === weekday ? checked === true : chosen.includes(one))))
            }
          />
        ))}
      </div>
    </GroupField>
  );
}
