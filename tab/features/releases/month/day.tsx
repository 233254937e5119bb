import { Warning16Regular } from '@fluentui/react-icons';
import type { ReleaseLine } from '../../../../src/releases/types.js';
import { useText } from '../../../shared/context.js';
import { todayInHelsinki, weekday } from '../../../shared/wall-time.js';
import { Entry, type Moving } from './entry.js';
import css from './month.module.css';

/** A day with its releases; where two go out on one day, it says so. */
export function Day(props: {
  readonly date: string;
  readonly isOfMonth: boolean;
  readonly holiday: string | undefined;
  readonly lines: readonly ReleaseLine[];
  readonly moving: Moving | undefined;
}) {
  const { date, holiday, lines, moving } = props;
  const { t, dates } = useText();
  const today = todayInHelsinki();
  const isLanding = moving?.drag?.landing === date;
  return (
    <li
      className={css.day}
      data-day={date}
      data-open={date >= today}
      data-month={props.isOfMonth}
      data-rest={weekday(date) > 4 || holiday !== undefined}
      data-today={date === today}
      data-landing={isLanding}
      data-empty={lines.length === 0}
    >
      <p className={css.date}>
        <time dateTime={date}>
          <span aria-hidden="true" className={css.number}>
            {Number(date.slice(8))}
          </span>
          <span className={css.full}>{dates.plainDay(date)}</span>
        </time>
        {holiday !== undefined && <span className={css.holiday}>{holiday}</span>}
      </p>
      {lines.length > 1 && (
        <p className={css.conflict}>
          <Warning16Regular aria-hidden="true" />
          {t('release.month.conflict', { count: lines.length })}
        </p>
      )}
      {lines.length > 0 && (
        <ul>
          {lines.map((line) => (
            <li key={line.id}>
              <Entry line={line} moving={moving} />
            </li>
          ))}
        </ul>
      )}
      {isLanding && <p className={css.landing}>{t('release.month.landing')}</p>}
    </li>
  );
}
