import { Button } from '@fluentui/react-components';
import { ChevronLeft20Regular, ChevronRight20Regular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import type { ReleaseListAnswer } from '../../../../src/shared/answers/releases.js';
import type { ReleaseLine } from '../../../../src/releases/types.js';
import type { ReleaseMonth } from '../../../../src/releases/types.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { Await, Bones } from '../../../shared/states.js';
import { useLoad, type Loaded } from '../../../shared/use-load.js';
import { NewRelease } from '../new-release.js';
import { ViewSwitch } from '../view-switch.js';
import { addDays, addMonths, todayInHelsinki, wallTimeOf, weekday } from '../../../shared/wall-time.js';
import { Day } from './day.js';
import { Entry } from './entry.js';
import { useDayDrag } from './use-day-drag.js';
import { getReleaseMonth, listReleases, releaseApi } from '../api.js';
import css from './month.module.css';

const locales = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' } as const;
const firstHour = '09:00';

/** The releases of a month by their day in Helsinki; those that may be moved are dragged, or moved by keys. */
export function Month({ month = todayInHelsinki().slice(0, 7) }: { readonly month: string | undefined }) {
  const { api } = useShell();
  const { t, language } = useText();
  const shown = useLoad(`month ${month}`, () => getReleaseMonth(api, month));
  const waiting = useLoad('releases waiting', () => listReleases(api));
  const name = new Intl.DateTimeFormat(locales[language], { month: 'long', year: 'numeric' });
  const to = (months: number): string =>
    href(['releases'], { view: 'month', month: addMonths(month, months) });
  return (
    <div className={css.page}>
      <div className={css.top}>
        <h1>{t('release.title')}</h1>
        <ViewSwitch view="month" />
        <NewRelease isCompact />
      </div>
      <div className={css.turn}>
        <h2 aria-live="polite">{name.format(new Date(`${month}-15T12:00:00Z`))}</h2>
        <Button
          as="a"
          appearance="subtle"
          href={to(-1)}
          icon={<ChevronLeft20Regular />}
          aria-label={t('release.month.previous')}
        />
        <Button
          as="a"
          appearance="subtle"
          href={to(1)}
          icon={<ChevronRight20Regular />}
          aria-label={t('release.month.next')}
        />
        <Button as="a" appearance="subtle" href={href(['releases'], { view: 'month' })}>
          {t('release.month.today')}
        </Button>
      </div>
      <Await loaded={shown} bones={<Bones rows={5} height={110} />}>
        {(value) => <Calendar value={value} shown={shown} waiting={waiting} />}
      </Await>
    </div>
  );
}

function Calendar(props: {
  readonly value: ReleaseMonth;
  readonly shown: Loaded<ReleaseMonth>;
  readonly waiting: Loaded<ReleaseListAnswer>;
}) {
  const { value, shown, waiting } = props;
  const { t, language } = useText();
  const mayEdit = useMay()('release:edit');
  const moveTo = useMoving(() => {
    shown.reload();
    waiting.reload();
  });
  const undated = waiting.state === 'ready' ? waiting.value.lines.filter(isUndated) : [];
  const all = [...value.lines, ...undated];
  const { drag, start } = useDayDrag((id, date) => {
    const line = all.find((candidate) => candidate.id === id);
    if (line !== undefined) void moveTo(line, date);
  });
  const days: string[] = [];
  for (let date = value.first; date <= value.last; date = addDays(date, 1)) days.push(date);
  const weekdayName = new Intl.DateTimeFormat(locales[language], { weekday: 'short', timeZone: 'UTC' });
  const moving = mayEdit
    ? { drag, start, moveTo: (line: ReleaseLine, date: string) => void moveTo(line, date) }
    : undefined;
  return (
    <>
      {undated.length > 0 && (
        <section className={css.tray} aria-labelledby="release-undated">
          <h3 id="release-undated">{t('release.month.undated')}</h3>
          <ul>
            {undated.map((line) => (
              <li key={line.id}>
                <Entry line={line} moving={moving} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {mayEdit && <p className={css.hint}>{t('release.month.hint')}</p>}
      <div className={css.weekdays} aria-hidden="true">
        {days.slice(0, 7).map((date) => (
          <span key={date} data-rest={weekday(date) > 4}>
            {weekdayName.format(new Date(`${date}T12:00:00Z`))}
          </span>
        ))}
      </div>
      <ol className={css.days}>
        {days.map((date) => (
          <Day
            key={date}
            date={date}
            isOfMonth={date.startsWith(value.month)}
            holiday={value.holidays.find((holiday) => holiday.date === date)?.names[language]}
            lines={value.lines.filter((line) => line.due !== undefined && wallTimeOf(line.due).date === date)}
            moving={moving}
          />
        ))}
      </ol>
      {value.lines.length === 0 && <p className={css.nothing}>{t('release.month.empty')}</p>}
    </>
  );
}

const isUndated = (line: ReleaseLine): boolean => line.status === 'approved' && line.overdue !== true;

/** Moves a release to another day, at the time of day that it has; the focus stays with it. */
function useMoving(reload: () => void): (line: ReleaseLine, date: string) => Promise<void> {
  const { api, notify, fail } = useShell();
  const { t, dates } = useText();
  const [moved, setMoved] = useState<string>();
  useEffect(() => {
    if (moved !== undefined) document.getElementById(`entry-${moved}`)?.focus();
  });
  return async (line, date) => {
    const { schedule, undo: undoAt } = releaseApi(api, line.id);
    const time = line.due === undefined ? firstHour : wallTimeOf(line.due).time;
    if (line.due !== undefined && wallTimeOf(line.due).date === date) return;
    try {
      const { undo, clockChange, release } = await schedule({ date, time });
      setMoved(line.id);
      reload();
      const due = 'due' in release.state ? dates.moment(release.state.due) : '';
      const said = t('release.month.moved', { due });
      notify(
        clockChange === undefined ? said : `${said} ${t(`release.turn.${clockChange}`)}`,
        undo === undefined
          ? undefined
          : async () => {
              await undoAt(undo);
              reload();
            },
      );
    } catch (error) {
      fail(error);
      reload();
    }
  };
}
