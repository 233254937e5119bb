import { Checkbox } from '@fluentui/react-components';
import { useShell, useText } from '../../../shared/context.js';
import { faultAt } from '../../../shared/fault-at.js';
import { GroupField } from '../../../shared/group-field.js';
import { monthName } from '../parts/long-date.js';
import css from './series.module.css';

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
