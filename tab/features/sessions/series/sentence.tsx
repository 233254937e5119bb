import { Checkbox, Select } from '@fluentui/react-components';
import { Fragment, type ReactNode } from 'react';
import type { RepeatingRule, Weekday } from '../../../../src/sessions/series/rule.js';
import { useShell, useText } from '../../../shared/context.js';
import { GroupField } from '../../../shared/group-field.js';
import { fieldProblem } from '../../../shared/problem.js';
import { weekdayName } from '../parts/long-date.js';
import css from './series.module.css';

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
const weeks = [1, 2, 3, 4, -1] as const;
const monthDays = Array.from({ length: 31 }, (_, index) => index + 1);
/** What people choose; another one that a series has already is offered beside them. */
const intervals = {
  weekdayOfMonth: [1, 2, 3, 4, 6, 12],
  dayOfMonth: [1, 2, 3, 4, 6, 12],
  week: [1, 2, 3, 4, 5, 6, 8, 10, 12, 26],
  day: [1, 2, 3, 4, 5, 7, 10, 14, 21, 28, 30, 60, 90],
} as const satisfies Record<RepeatingRule['every'], readonly number[]>;

interface Editing {
  readonly rule: RepeatingRule;
  readonly fault: unknown;
  readonly onChange: (rule: RepeatingRule) => void;
}

/** Marks the place of a control in a sentence; in no text that people write. */
const mark = '\u0001';
const placeOf = (name: string): string => `${mark}${name}${mark}`;

/**
 * When a series comes round as a sentence that one fills in: "joka kuukauden [ensimmäinen] [tiistai]". Each language has its
 * own order of words, and so of controls.
 */
export function RuleSentence({ rule, fault, onChange }: Editing) {
  const { texts } = useShell();
  const { t } = useText();
  const sentence = t(`sessions.rule.sentence.${rule.every}`, {
    interval: placeOf('interval'),
    week: placeOf('week'),
    weekday: placeOf('weekday'),
    day: placeOf('day'),
  });
  const controls: Readonly<Record<string, ReactNode>> = {
    interval: <Interval rule={rule} fault={fault} onChange={onChange} />,
    ...(rule.every === 'weekdayOfMonth' && {
      week: <Week rule={rule} onChange={onChange} />,
      weekday: <WeekdayOf rule={rule} onChange={onChange} />,
    }),
    ...(rule.every === 'dayOfMonth' && { day: <MonthDay rule={rule} onChange={onChange} /> }),
  };
  const problem = ['rule', 'rule.interval', 'rule.day']
    .map((field) => fieldProblem(texts, fault, field))
    .find((each) => each !== undefined);
  return (
    <div className={css.wide}>
      <div className={css.sentence} role="group" aria-label={t('sessions.rule.sentence')}>
        {sentence.split(mark).map((part, index) =>
          // Every second part names a control.
          index % 2 === 1 ? (
            <Fragment key={part}>{controls[part]}</Fragment>
          ) : (
            part.trim() !== '' && <span key={index}>{part.trim()}</span>
          ),
        )}
      </div>
      {rule.every === 'dayOfMonth' && rule.day > 28 && (
        <p className={css.quiet}>{t('sessions.rule.dayHint')}</p>
      )}
      {problem !== undefined && (
        <p role="alert" className={css.fault}>
          {problem}
        </p>
      )}
      {rule.every === 'week' && (
        <WeekdayChoice chosen={rule.weekdays} onChoose={(days) => onChange({ ...rule, weekdays: days })} />
      )}
    </div>
  );
}

function Interval({ rule, fault, onChange }: Editing) {
  const { texts } = useShell();
  const { t } = useText();
  const usual: readonly number[] = intervals[rule.every];
  const offered = usual.includes(rule.interval)
    ? usual
    : [...usual, rule.interval].sort((one, other) => one - other);
  return (
    <Select
      aria-label={t(`sessions.rule.interval.${rule.every}`)}
      aria-invalid={fieldProblem(texts, fault, 'rule.interval') !== undefined}
      value={String(rule.interval)}
      onChange={(_, { value }) => onChange({ ...rule, interval: Number(value) })}
    >
      {offered.map((interval) => (
        <option key={interval} value={interval}>
          {t(`sessions.rule.each.${rule.every}`, { interval })}
        </option>
      ))}
    </Select>
  );
}

/** A number of the sentence, chosen by what it is called. */
function NumberChoice<Value extends number>(props: {
  readonly label: string;
  readonly values: readonly Value[];
  readonly chosen: Value;
  readonly called: (value: Value) => string;
  readonly onChoose: (value: Value) => void;
}) {
  const { label, values, chosen, called, onChoose } = props;
  return (
    <Select
      aria-label={label}
      value={String(chosen)}
      onChange={(_, { value }) => onChoose(values.find((one) => String(one) === value) ?? chosen)}
    >
      {values.map((value) => (
        <option key={value} value={value}>
          {called(value)}
        </option>
      ))}
    </Select>
  );
}

function Week(props: {
  readonly rule: Extract<RepeatingRule, { every: 'weekdayOfMonth' }>;
  readonly onChange: Editing['onChange'];
}) {
  const { rule, onChange } = props;
  const { t } = useText();
  return (
    <NumberChoice
      label={t('sessions.rule.which')}
      values={weeks}
      chosen={rule.week}
      called={(week) => t('sessions.rule.week.nth', { week: week === -1 ? 'last' : String(week) })}
      onChoose={(week) => onChange({ ...rule, week })}
    />
  );
}

function WeekdayOf(props: {
  readonly rule: Extract<RepeatingRule, { every: 'weekdayOfMonth' }>;
  readonly onChange: Editing['onChange'];
}) {
  const { rule, onChange } = props;
  const { t } = useText();
  return (
    <NumberChoice
      label={t('sessions.rule.weekday')}
      values={weekdays}
      chosen={rule.weekday}
      called={(weekday) => t('sessions.rule.weekdayOf', { weekday: String(weekday) })}
      onChoose={(weekday) => onChange({ ...rule, weekday })}
    />
  );
}

function MonthDay(props: {
  readonly rule: Extract<RepeatingRule, { every: 'dayOfMonth' }>;
  readonly onChange: Editing['onChange'];
}) {
  const { rule, onChange } = props;
  const { t } = useText();
  return (
    <NumberChoice
      label={t('sessions.rule.dayNumber')}
      values={monthDays}
      chosen={rule.day}
      called={(day) => t('sessions.rule.monthDay', { day })}
      onChoose={(day) => onChange({ ...rule, day })}
    />
  );
}

function WeekdayChoice(props: {
  readonly chosen: readonly Weekday[];
  readonly onChoose: (weekdays: readonly Weekday[]) => void;
}) {
  const { chosen, onChoose } = props;
  const { t, language } = useText();
  // Said at once: without a day there are no dates to show either.
  const problem = chosen.length === 0 ? { validationMessage: t('sessions.rule.noWeekday') } : {};
  return (
    <GroupField label={t('sessions.rule.weekdays')} className={css.wide} {...problem}>
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
