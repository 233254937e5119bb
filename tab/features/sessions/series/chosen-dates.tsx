import { Button } from '@fluentui/react-components';
import { Add20Regular, Dismiss20Regular } from '@fluentui/react-icons';
import type { ChosenDates } from '../../../../src/sessions/series/rule.js';
import { useShell, useText } from '../../../shared/context.js';
import { DateField } from '../../../shared/date-fields/fields.js';
import { isDate } from '../../../shared/date-fields/typed.js';
import { addDays, todayInHelsinki } from '../../../shared/dates.js';
import { faultAt, fieldProblem } from '../../../shared/problem.js';
import { datesInOrder } from './form.js';
import css from './series.module.css';

const maxDates = 50;

/** The dates of a series that does not repeat by a rule: one, or several with a way to add and to take away. */
export function ChosenDatesFields(props: {
  readonly rule: ChosenDates;
  readonly fault: unknown;
  readonly onChange: (rule: ChosenDates) => void;
}) {
  const { rule, fault, onChange } = props;
  const { texts } = useShell();
  const { t } = useText();
  const { dates } = rule;
  const set = (next: readonly string[]): void => onChange({ every: 'dates', dates: next });
  const sent = datesInOrder(dates);
  const whole = fieldProblem(texts, fault, 'rule.dates');
  const last = dates.filter(isDate).sort().at(-1);
  return (
    <div className={css.chosen} role="group" aria-label={t('sessions.rule.dates')}>
      {dates.map((date, index) => (
        <div key={index} className={css.chosenDate}>
          <DateField
            label={
              dates.length === 1
                ? t('sessions.field.date')
                : t('sessions.rule.nthDate', { number: index + 1 })
            }
            {...(index === 0 && whole !== undefined && { validationMessage: whole })}
            {...(date !== '' &&
              dates.lastIndexOf(date) === index &&
              faultAt(texts, fault, `rule.dates.${sent.lastIndexOf(date)}`))}
            required
            min={todayInHelsinki()}
            value={date}
            onChange={(next) => set(dates.map((each, at) => (at === index ? next : each)))}
          />
          {dates.length > 1 && (
            <Button
              appearance="subtle"
              icon={<Dismiss20Regular />}
              aria-label={t('sessions.rule.removeDate', { number: index + 1 })}
              onClick={() => set(dates.filter((_, at) => at !== index))}
            />
          )}
        </div>
      ))}
      {dates.length < maxDates && (
        <Button
          appearance="subtle"
          icon={<Add20Regular />}
          onClick={() => set([...dates, last === undefined ? '' : addDays(last, 7)])}
        >
          {t('sessions.rule.addDate')}
        </Button>
      )}
    </div>
  );
}
