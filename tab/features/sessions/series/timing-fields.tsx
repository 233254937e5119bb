import { Checkbox, Field, Input, Select } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { OccurrenceLine } from '../../../../src/sessions/occurrences/occurrence.js';
import type { PreviewDate } from '../../../../src/sessions/series/service.js';
import { clockWords } from '../../../../src/shared/rule-words.js';
import { ApiError } from '../../../api.js';
import { useShell, useText } from '../../../shared/context.js';
import { DateField, TimeField } from '../../../shared/date-fields/fields.js';
import { isDate } from '../../../shared/date-fields/typed.js';
import { todayInHelsinki } from '../../../shared/dates.js';
import { GroupField } from '../../../shared/group-field.js';
import { faultAt, fieldProblem, problemText } from '../../../shared/problem.js';
import { Bones } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { previewSeries } from '../api.js';
import { monthName } from '../parts/long-date.js';
import { ChosenDatesFields } from './chosen-dates.js';
import { canBeSaid, repeatOf, ruleOfRepeat, ruleWords, type Timing } from './form.js';
import { RuleSentence } from './sentence.js';
import css from './series.module.css';

/** How a series repeats, as people choose it: once is a single date. */
const repeats = ['once', 'dates', 'weekdayOfMonth', 'dayOfMonth', 'week', 'day'] as const;

interface Editing {
  readonly timing: Timing;
  readonly fault: unknown;
  readonly onChange: (timing: Timing) => void;
}

/** When a series comes round, for how long, and between which days; said in words under the fields. */
export function TimingFields(props: Editing & { readonly isChange?: boolean }) {
  const { timing, fault, onChange, isChange = false } = props;
  const { texts } = useShell();
  const { t, language } = useText();
  const { rule } = timing;
  return (
    <div className={css.timing}>
      <Field label={t('sessions.rule.every')}>
        <Select
          value={repeatOf(rule)}
          onChange={(_, { value }) => {
            const next = repeats.find((one) => one === value);
            if (next !== undefined) onChange({ ...timing, rule: ruleOfRepeat(next, rule) });
          }}
        >
          {repeats.map((each) => (
            <option key={each} value={each}>
              {t(`sessions.rule.every.${each}`)}
            </option>
          ))}
        </Select>
      </Field>
      {rule.every === 'dates' ? (
        <ChosenDatesFields
          rule={rule}
          fault={fault}
          onChange={(next) => onChange({ ...timing, rule: next })}
        />
      ) : (
        <RuleSentence rule={rule} fault={fault} onChange={(next) => onChange({ ...timing, rule: next })} />
      )}
      <div className={css.pairs}>
        <TimeField
          label={t('sessions.field.time')}
          {...faultAt(texts, fault, 'time')}
          value={timing.time}
          onChange={(time) => onChange({ ...timing, time })}
        />
        <Field label={t('sessions.field.minutes')} {...faultAt(texts, fault, 'minutes')}>
          <Input
            type="number"
            min={5}
            max={1440}
            value={timing.minutes === 0 ? '' : String(timing.minutes)}
            onChange={(_, { value }) => onChange({ ...timing, minutes: Number(value) })}
          />
        </Field>
        {(rule.every !== 'dates' || isChange) && <Between {...props} hasUntil={rule.every !== 'dates'} />}
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

function Between({ timing, fault, onChange, hasUntil }: Editing & { readonly hasUntil: boolean }) {
  const { texts } = useShell();
  const { t } = useText();
  return (
    <>
      <DateField
        label={t('sessions.field.from')}
        hint={t('sessions.field.fromHint')}
        {...faultAt(texts, fault, 'from')}
        min={todayInHelsinki()}
        value={timing.from}
        onChange={(from) => onChange({ ...timing, from })}
      />
      {hasUntil && (
        <DateField
          label={t('sessions.field.until')}
          hint={t('sessions.field.untilHint')}
          {...faultAt(texts, fault, 'until')}
          min={isDate(timing.from) ? timing.from : undefined}
          value={timing.until}
          onChange={(until) => onChange({ ...timing, until })}
        />
      )}
    </>
  );
}

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

/** The months in which a series does not take place. */
export function PauseFields(props: {
  readonly months: readonly number[];
  readonly fault: unknown;
  readonly onChange: (months: readonly number[]) => void;
}) {
  const { months: paused, fault, onChange } = props;
  const { texts } = useShell();
  const { t, language } = useText();
  return (
    <GroupField
      label={t('sessions.pause.label')}
      hint={t('sessions.pause.hint')}
      {...faultAt(texts, fault, 'pausedMonths')}
    >
      <div className={css.months}>
        {months.map((month) => (
          <Checkbox
            key={month}
            label={monthName(language, month, 'short')}
            checked={paused.includes(month)}
            onChange={(_, { checked }) =>
              onChange(months.filter((one) => (one === month ? checked === true : paused.includes(one))))
            }
          />
        ))}
      </div>
    </GroupField>
  );
}

const pauseBeforeAsking = 300;
/** As many as a rule gives ahead. */
const maxShown = 12;

/** The value as it stood when it last kept still for a while. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseBeforeAsking);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Whether a form just does not say when yet: what is wrong with it is said at its fields. */
function isUnfinished(error: unknown): boolean {
  const unfinished = ['required', 'notADate', 'notATime'];
  return (
    error instanceof ApiError &&
    error.fields.length > 0 &&
    error.fields.every(({ field, code }) => field !== 'rule.weekdays' && unfinished.includes(code))
  );
}

/** The next twelve dates that a rule gives, with what is to be thought of: holidays, pauses, turns of the clocks. */
export function Preview({ input }: { readonly input: Readonly<Record<string, unknown>> }) {
  const { api, texts } = useShell();
  const { t } = useText();
  const body = useSettled(JSON.stringify(input));
  const loaded = useLoad(body, () => previewSeries(api, JSON.parse(body)));
  const [last, setLast] = useState<readonly PreviewDate[]>();
  const fresh = loaded.state === 'ready' ? loaded.value.dates : undefined;
  if (fresh !== undefined && fresh !== last) setLast(fresh);
  const today = todayInHelsinki();
  const dates = (fresh ?? last)?.filter(({ date }) => date >= today);
  return (
    <div className={css.preview}>
      <h3>{t('sessions.preview.title')}</h3>
      {loaded.state === 'failed' && isUnfinished(loaded.error) ? (
        <p className={css.quiet}>{t('sessions.preview.waiting')}</p>
      ) : loaded.state === 'failed' ? (
        <p role="alert" className={css.fault}>
          {faultWords(loaded.error) ?? problemText(texts, loaded.error)}
        </p>
      ) : dates === undefined ? (
        <Bones rows={4} height={24} />
      ) : (
        <ol>
          {dates.map((date) => (
            <PreviewLine key={date.date} line={date} />
          ))}
        </ol>
      )}
    </div>
  );

  function faultWords(error: unknown): string | undefined {
    const field = error instanceof ApiError ? error.fields[0]?.field : undefined;
    if (field === 'rule.weekdays') return t('sessions.rule.noWeekday');
    return field === undefined ? undefined : fieldProblem(texts, error, field);
  }
}

/** The next sessions of a series as they are, in place of what its rule gives. */
export function ComingDates({ lines }: { readonly lines: readonly OccurrenceLine[] }) {
  const { t, dates, language } = useText();
  return (
    <div className={css.preview}>
      <h3>{t('sessions.preview.coming')}</h3>
      <ol>
        {lines.slice(0, maxShown).map(({ id, start, holiday, movedFrom }) => (
          <li key={id} data-noted={holiday !== undefined}>
            <time dateTime={start}>{dates.moment(start)}</time>
            {movedFrom !== undefined && <span>{t('sessions.moved.short')}</span>}
            {holiday !== undefined && (
              <span>
                {t('sessions.preview.holiday', {
                  holiday: holiday.names[language],
                  hasProposal: 'no',
                  proposal: '',
                })}
              </span>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function PreviewLine({ line }: { readonly line: PreviewDate }) {
  const { t, dates, language } = useText();
  const notes = [
    line.isPaused === true ? t('sessions.preview.paused') : undefined,
    line.isPaused !== true && line.holiday !== undefined
      ? t('sessions.preview.holiday', {
          holiday: line.holiday.names[language],
          hasProposal: line.proposal === undefined ? 'no' : 'yes',
          proposal: line.proposal === undefined ? '' : dates.plainDay(line.proposal),
        })
      : undefined,
    line.clockChanges === true ? t('sessions.preview.clock') : undefined,
  ].filter((note) => note !== undefined);
  return (
    <li data-paused={line.isPaused === true} data-noted={notes.length > 0}>
      <time dateTime={line.start}>{dates.moment(line.start)}</time>
      {notes.map((note) => (
        <span key={note}>{note}</span>
      ))}
    </li>
  );
}
