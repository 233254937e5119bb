import { Button } from '@fluentui/react-components';
import { ChevronLeft20Regular, ChevronRight20Regular, Warning16Regular } from '@fluentui/react-icons';
import { useEffect, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { ReleaseLine, ReleaseCalendar } from '../../../../src/releases/types.js';
import type { ReleaseListAnswer } from '../../../../src/shared/answers/releases.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { addDays, addMonths, todayInHelsinki, wallTimeOf, weekday } from '../../../shared/dates.js';
import { href } from '../../../shared/route.js';
import { lookOf } from '../../../shared/state-chip.js';
import { Await, Bones } from '../../../shared/states.js';
import { useLoad, type Loaded } from '../../../shared/use-load.js';
import { titleOf } from '../../../text.js';
import { getComingReleases, getReleaseMonth, listReleases, releaseApi } from '../api.js';
import { NewRelease, ViewSwitch } from '../view-switch.js';
import { useDayDrag, type DayDrag } from './use-day-drag.js';
import css from './month.module.css';

const locales = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' } as const;
const firstHour = '09:00';

/**
 * The releases by their day in Helsinki: of a month, or of the weeks from now on where none is named. Those that may be
 * moved are dragged, or moved by keys.
 */
export function Month({ month }: { readonly month: string | undefined }) {
  const { api } = useShell();
  const { t } = useText();
  const shown = useLoad(`month ${month ?? 'coming'}`, () =>
    month === undefined ? getComingReleases(api) : getReleaseMonth(api, month),
  );
  const waiting = useLoad('releases waiting', () => listReleases(api));
  const value = shown.state === 'ready' ? shown.value : undefined;
  const to = (target: string): string => href(['releases'], { view: 'month', month: target });
  const { before, after } = neighboursOf(month, value);
  const name = useNameOf(month, value);
  return (
    <div className={css.page}>
      <div className={css.top}>
        <h1>{t('release.title')}</h1>
        <ViewSwitch view="month" />
        <NewRelease isCompact />
      </div>
      <div className={css.turn}>
        <h2 aria-live="polite">{name}</h2>
        <Button
          as="a"
          appearance="subtle"
          href={to(before)}
          icon={<ChevronLeft20Regular />}
          aria-label={t('release.month.previous')}
        />
        <Button
          as="a"
          appearance="subtle"
          href={to(after)}
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

/** The months before and after what is shown. */
function neighboursOf(
  month: string | undefined,
  value: Pick<ReleaseCalendar, 'first' | 'last'> | undefined,
): { readonly before: string; readonly after: string } {
  if (month !== undefined) return { before: addMonths(month, -1), after: addMonths(month, 1) };
  const today = todayInHelsinki();
  const { first, last } = value ?? { first: today, last: addDays(today, 28) };
  return { before: addDays(first, -1).slice(0, 7), after: addDays(last, 1).slice(0, 7) };
}

/** `joulukuu 2026`; of the weeks from now on their days: `30.11.–3.1.`. */
function useNameOf(
  month: string | undefined,
  value: Pick<ReleaseCalendar, 'first' | 'last'> | undefined,
): string {
  const { dates, language } = useText();
  const names = new Intl.DateTimeFormat(locales[language], {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  if (month !== undefined) return names.format(new Date(`${month}-15T12:00:00Z`));
  if (value === undefined) return '';
  return [value.first, value.last].map((date) => dates.plainDate(`${date}T12:00:00Z`)).join('–');
}

function Calendar(props: {
  readonly value: ReleaseCalendar;
  readonly shown: Loaded<ReleaseCalendar>;
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
            isOfMonth={value.month === undefined || date.startsWith(value.month)}
            isFirst={date === value.first}
            holiday={value.holidays.find((holiday) => holiday.date === date)?.names[language]}
            lines={value.lines.filter((line) => line.due !== undefined && wallTimeOf(line.due).date === date)}
            moving={moving}
          />
        ))}
      </ol>
      {value.lines.length === 0 && (
        <p className={css.nothing}>
          {t(value.month === undefined ? 'release.month.emptyWeeks' : 'release.month.empty')}
        </p>
      )}
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
      const { undo, clockChange, release } = await schedule(
        { date, time },
        { due: line.status === 'scheduled' ? (line.due ?? null) : null },
      );
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

/** A day with its releases; where two go out on one day, it says so. */
export function Day(props: {
  readonly date: string;
  readonly isOfMonth: boolean;
  /** The first one on view. */
  readonly isFirst: boolean;
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
            {props.isFirst || date.endsWith('-01')
              ? dates.plainDate(`${date}T12:00:00Z`)
              : Number(date.slice(8))}
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

/** The ways to move releases, for those who may. */
export interface Moving {
  readonly drag: DayDrag | undefined;
  readonly start: (event: PointerEvent<HTMLElement>, releaseId: string) => void;
  readonly moveTo: (line: ReleaseLine, date: string) => void;
}

function isMovable({ status }: ReleaseLine): boolean {
  return status === 'approved' || status === 'scheduled';
}

/** Days by key: Alt with an arrow moves a release as far as the arrow looks. */
const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** A release in the calendar: the icon and colour of its state, its time and a short title. */
export function Entry({ line, moving }: { readonly line: ReleaseLine; readonly moving: Moving | undefined }) {
  const { t, dates, language } = useText();
  const { title, language: titleLanguage } = titleOf(line.titles, language);
  const [tone, Icon] = lookOf({ kind: 'release', state: line.status });
  const movable = moving !== undefined && isMovable(line) ? moving : undefined;
  const drag = movable?.drag?.releaseId === line.id ? movable.drag : undefined;
  const today = todayInHelsinki();

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.altKey ? steps[event.key] : undefined;
    if (movable === undefined || step === undefined) return;
    event.preventDefault();
    const from = line.due === undefined ? today : wallTimeOf(line.due).date;
    const to = addDays(from, step);
    if (to >= today) movable.moveTo(line, to);
  };
  const state = line.overdue === true ? t('release.overdue') : t(`release.state.${line.status}`);
  return (
    <a
      id={`entry-${line.id}`}
      className={css.entry}
      data-tone={line.overdue === true ? 'bad' : tone}
      data-movable={movable !== undefined}
      data-dragged={drag !== undefined}
      style={drag && { transform: `translate(${drag.by.x}px, ${drag.by.y}px)` }}
      href={href(['releases', line.id])}
      draggable={false}
      onPointerDown={(event) => movable?.start(event, line.id)}
      onKeyDown={onKeyDown}
      {...(movable !== undefined && {
        'aria-keyshortcuts': 'Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown',
      })}
      title={`${title} · ${state}`}
    >
      <Icon aria-hidden="true" />
      {line.due !== undefined && <time dateTime={line.due}>{dates.time(line.due)}</time>}
      <span lang={titleLanguage}>{title === '' ? t('release.untitled') : title}</span>
      <span className={css.full}>{state}</span>
    </a>
  );
}
