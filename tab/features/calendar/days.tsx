import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Holiday } from '../../../src/platform/holidays.js';
import { useMay, useShell, useText } from '../../shared/context.js';
import { addDays, weekday } from '../../shared/dates.js';
import { Warning16Regular } from '@fluentui/react-icons';
import { datesIn, type Span, type View } from './address.js';
import { closedFor, conflictsOf, type Entry } from './entries.js';
import { useEntryText } from './entry-text.js';
import { EntryLink } from './entry.js';
import { steps, useCarry, type Carry } from './use-carry.js';
import { useMoving } from './use-moving.js';
import css from './calendar.module.css';

const locales = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' } as const;
/** So many entries a day of a month shows; where there is one more, it has the room too. */
const maxShown = 3;

/** What a day can do to what is on it. */
interface Handling {
  readonly carry: Carry | undefined;
  readonly press: ReturnType<typeof useCarry>['press'];
  /** The day that Tab stops at, with its entries. */
  readonly active: string;
}

/**
 * The days on view. Arrows go from day to day, Enter opens, Space takes an entry up: then arrows move it, Space or Enter
 * puts it down and Escape lets go. A mouse drags, a finger rests on an entry and carries it.
 */
export function Days(props: {
  readonly view: View;
  readonly span: Span;
  readonly today: string;
  readonly entries: readonly Entry[];
  /** Approved releases without a day. */
  readonly undated: readonly Entry[];
  readonly holidays: readonly Holiday[];
  readonly reload: () => void;
}) {
  const { view, span, today, entries, undated, holidays } = props;
  const { t, dates, language } = useText();
  const { warn } = useShell();
  const may = useMay();
  const { titleOf } = useEntryText();
  const moveTo = useMoving(props.reload, today);
  const list = useRef<HTMLDivElement>(null);
  const all = [...undated, ...entries];
  const entryOf = (key: string | undefined): Entry | undefined => all.find((entry) => entry.key === key);
  const [active, setActive] = useState(today >= span.first && today <= span.last ? today : span.first);
  const moved = useRef<string>(undefined);

  const { carry, press, takeUp, step, drop, giveUp } = useCarry(
    span,
    (key) => {
      const reason = entryOf(key)?.fixed;
      if (reason !== undefined) warn(t(`calendar.fixed.${reason}`));
      return reason === undefined;
    },
    (key, date) => {
      const entry = entryOf(key);
      if (entry === undefined) return;
      void moveTo(entry, date).then((isMoved) => {
        if (isMoved) setActive(date);
        moved.current = key;
      });
    },
  );
  useKeptInPlace(carry);
  // What was moved is drawn anew on its day: there it has the focus, unless somebody has put that elsewhere.
  useEffect(() => {
    if (moved.current === undefined || document.activeElement !== document.body) return;
    document.getElementById(moved.current)?.focus({ preventScroll: true });
    moved.current = undefined;
  }, [entries]);

  const focusDay = (date: string): void => {
    if (date < span.first || date > span.last) return;
    setActive(date);
    const day = list.current?.querySelector<HTMLElement>(`[data-day="${date}"]`);
    const target = day?.querySelector<HTMLElement>('a') ?? day;
    target?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = event.target as HTMLElement;
    const by = steps[event.key];
    if (carry?.how === 'keys') {
      if (by !== undefined) step(by);
      else if (event.key === ' ' || event.key === 'Enter') drop();
      else if (event.key === 'Escape') {
        event.stopPropagation();
        giveUp();
      } else return;
      event.preventDefault();
      return;
    }
    if (event.key === ' ' && target.id !== '' && entryOf(target.id) !== undefined) {
      event.preventDefault();
      takeUp(target.id, entryOf(target.id)?.date ?? today);
      return;
    }
    const date = target.closest<HTMLElement>('[data-day]')?.dataset.day;
    if (date === undefined) return;
    if (event.key === 'Enter' && target.dataset.day !== undefined) {
      target.querySelector<HTMLElement>('a, button')?.click();
      return;
    }
    if (by === undefined) return;
    event.preventDefault();
    const next = view === 'list' ? nextBusy(entries, date, by) : addDays(date, by);
    focusDay(next ?? date);
  };

  const carried = entryOf(carry?.key);
  const weekdayName = new Intl.DateTimeFormat(locales[language], { weekday: 'short', timeZone: 'UTC' });
  const handling: Handling = { carry, press, active };
  const days = datesIn(span);
  const mayMove = may('release:edit') || may('newsletter:edit') || may('session:edit');
  const landing = carry?.landing;
  return (
    <div
      ref={list}
      onKeyDown={onKeyDown}
      className={css.weeks}
      data-view={view}
      data-carrying={carry !== undefined}
    >
      {undated.length > 0 && (
        <section className={css.tray} aria-labelledby="calendar-undated">
          <h3 id="calendar-undated">{t('calendar.undated')}</h3>
          <ul>
            {undated.map((entry) => (
              <li key={entry.key}>
                <EntryLink entry={entry} carry={carry} press={press} isReachable />
              </li>
            ))}
          </ul>
        </section>
      )}
      {mayMove && (
        <>
          <p className={css.hint}>{t('calendar.hint')}</p>
          <p className={css.touchHint}>{t('calendar.hint.touch')}</p>
        </>
      )}
      <p className={css.full} role="status">
        {carried !== undefined && carry?.how === 'keys' && landing !== undefined
          ? t('calendar.carried', { title: titleOf(carried).title, date: dates.plainDay(landing) })
          : ''}
      </p>
      <div className={css.weekdays} aria-hidden="true">
        {days.slice(0, 7).map((date) => (
          <span key={date} data-rest={weekday(date) > 4}>
            {weekdayName.format(new Date(`${date}T12:00:00Z`))}
          </span>
        ))}
      </div>
      <ol className={css.days} aria-label={t('calendar.title')}>
        {days.map((date) => (
          <Day
            key={date}
            date={date}
            today={today}
            isOfMonth={span.month === undefined || date.startsWith(span.month)}
            isFirst={date === span.first}
            maxEntries={view === 'month' ? maxShown : Infinity}
            holiday={holidays.find((holiday) => holiday.date === date)?.names[language]}
            entries={entries.filter((entry) => entry.date === date)}
            carried={landing === date && carried?.date !== date ? carried : undefined}
            handling={handling}
          />
        ))}
      </ol>
    </div>
  );
}

/** In a list days without anything are not shown: an arrow goes to the next one that is. */
function nextBusy(entries: readonly Entry[], date: string, by: number): string | undefined {
  const busy = [...new Set(entries.flatMap((entry) => entry.date ?? []))].sort();
  return by > 0 ? busy.find((one) => one > date) : busy.findLast((one) => one < date);
}

/**
 * Where days without anything show themselves once something is carried, the page is scrolled by as much as that moves what
 * is carried: it stays under the finger. With keys the day where it would land comes into sight.
 */
function useKeptInPlace(carry: Carry | undefined): void {
  const top = useRef<number>(undefined);
  const key = carry?.how === 'pointer' ? carry.key : undefined;
  const landing = carry?.how === 'keys' ? carry.landing : undefined;
  useLayoutEffect(() => {
    const row = key === undefined ? undefined : document.getElementById(key)?.parentElement;
    if (!row || top.current === undefined) return;
    document.getElementById('main')?.scrollBy(0, row.getBoundingClientRect().top - top.current);
  }, [key]);
  useEffect(() => {
    if (landing === undefined) return;
    document.querySelector(`[data-day="${landing}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [landing]);
  useEffect(() => {
    const remember = ({ target }: PointerEvent): void => {
      top.current = target instanceof Element ? target.closest('li')?.getBoundingClientRect().top : undefined;
    };
    window.addEventListener('pointerdown', remember, true);
    return () => window.removeEventListener('pointerdown', remember, true);
  }, []);
}

/** A day with what is on it, what is doubtful about it, and what would land there. */
function Day(props: {
  readonly date: string;
  readonly today: string;
  readonly isOfMonth: boolean;
  /** The first one on view. */
  readonly isFirst: boolean;
  readonly maxEntries: number;
  readonly holiday: string | undefined;
  readonly entries: readonly Entry[];
  /** What would land here. */
  readonly carried: Entry | undefined;
  readonly handling: Handling;
}) {
  const { date, today, holiday, entries, carried, handling } = props;
  const { t, dates } = useText();
  const { conflictText } = useEntryText();
  const [isOpen, setOpen] = useState(false);
  const isActive = handling.active === date;
  const isCut = !isOpen && entries.length > props.maxEntries + 1;
  const shown = isCut ? entries.slice(0, props.maxEntries) : entries;
  const conflicts = conflictsOf(date, entries, holiday !== undefined);
  return (
    <li
      className={css.day}
      data-day={date}
      data-month={props.isOfMonth}
      data-past={date < today}
      data-rest={weekday(date) > 4 || holiday !== undefined}
      data-today={date === today}
      data-landing={carried !== undefined}
      data-empty={entries.length === 0}
      tabIndex={isActive ? 0 : -1}
      aria-label={t('calendar.day', { date: dates.plainDay(date), count: entries.length })}
      aria-current={date === today ? 'date' : undefined}
    >
      <p className={css.date}>
        <time dateTime={date}>
          <span aria-hidden="true" className={css.number}>
            {props.isFirst || date.endsWith('-01')
              ? dates.plainDate(`${date}T12:00:00Z`)
              : Number(date.slice(8))}
          </span>
          <span className={css.fullDate}>{dates.plainDay(date)}</span>
        </time>
        {holiday !== undefined && <span className={css.holiday}>{holiday}</span>}
      </p>
      <div className={css.content}>
        {conflicts.map((conflict) => (
          <p key={`${conflict.what} ${conflict.keys.join(' ')}`} className={css.conflict}>
            <Warning16Regular aria-hidden="true" />
            {conflictText(conflict)}
          </p>
        ))}
        {shown.length > 0 && (
          <ul>
            {shown.map((entry) => (
              <li key={entry.key}>
                <EntryLink
                  entry={entry}
                  carry={handling.carry}
                  press={handling.press}
                  isReachable={isActive}
                  isDoubtful={conflicts.some(({ keys }) => keys.includes(entry.key))}
                />
              </li>
            ))}
          </ul>
        )}
        {(isCut || isOpen) && (
          <button
            type="button"
            className={css.more}
            tabIndex={isActive ? 0 : -1}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? t('calendar.fewer') : t('calendar.more', { count: entries.length - shown.length })}
          </button>
        )}
        {carried !== undefined && <Landing entry={carried} {...{ date, today, holiday, entries }} />}
      </div>
    </li>
  );
}

/** What would come of it if what is carried were put down here. */
function Landing(props: {
  readonly entry: Entry;
  readonly date: string;
  readonly today: string;
  readonly holiday: string | undefined;
  readonly entries: readonly Entry[];
}) {
  const { entry, date, today, holiday, entries } = props;
  const { t, dates } = useText();
  const { conflictText } = useEntryText();
  const closed = closedFor(entry, date, today);
  if (closed !== undefined) {
    const earliest = entry.kind === 'release' ? (entry.of.earliestDate ?? date) : date;
    return (
      <p className={css.landing} data-closed="true">
        {t(`calendar.closed.${closed}`, { date: dates.plainDay(earliest) })}
      </p>
    );
  }
  const moved = { ...entry, date };
  const [conflict] = conflictsOf(date, [...entries, moved], holiday !== undefined).filter(({ keys }) =>
    keys.includes(entry.key),
  );
  return (
    <p className={css.landing}>
      {t('calendar.landing')}
      {conflict !== undefined && <span className={css.conflict}>{conflictText(conflict)}</span>}
    </p>
  );
}
