import { Button } from '@fluentui/react-components';
import { ChevronLeft20Regular, ChevronRight20Regular, Warning12Filled } from '@fluentui/react-icons';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { SessionYear } from '../../../../src/sessions/occurrences/queries.js';
import { useText } from '../../../shared/context.js';
import { todayInHelsinki, weekday } from '../../../shared/dates.js';
import { KindMark, kinds } from '../../../shared/kind-mark.js';
import { href } from '../../../shared/route.js';
import { monthName, weekdayName } from '../parts/long-date.js';
import { useOccurrenceWords, monthsOf, type Entry } from './year.js';
import css from './ribbon.module.css';

const steps: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => Math.min(last, at + 1),
  ArrowDown: (at, last) => Math.min(last, at + 1),
  ArrowLeft: (at) => Math.max(0, at - 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, last) => last,
};

/** Moves the focus along the marks. */
function moveAlong(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  const marks = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-mark]')];
  const at = marks.findIndex((mark) => mark === document.activeElement);
  if (step === undefined || at < 0) return;
  event.preventDefault();
  marks[step(at, marks.length - 1)]?.focus();
}

/** The year as a ribbon of months. What is focused or pointed at is told in words under it. */
export function Ribbon({ year, thisYear }: { readonly year: SessionYear; readonly thisYear: number }) {
  const { t, language } = useText();
  const today = todayInHelsinki();
  const months = monthsOf(year, today);
  const [told, setTold] = useState<Entry>();
  const strip = useRef<HTMLOListElement>(null);
  const [stop, setStop] = useState<string>();
  const entries = months.flatMap((month) => month.entries).filter(({ is }) => is !== 'today');
  const firstAhead = entries.find(({ date, is }) => is === 'session' && date >= today) ?? entries[0];
  const hasStop = entries.some((entry) => keyOf(entry) === stop);
  const stopKey = hasStop ? stop : firstAhead && keyOf(firstAhead);
  const show = (entry: Entry): void => setTold(entry);
  return (
    <section className={css.year} aria-labelledby="sessions-year">
      <div className={css.head}>
        <h2 id="sessions-year">{year.year}</h2>
        <a className={css.daysOff} href={href(['sessions', 'days-off'])}>
          {t('sessions.ribbon.daysOff')}
        </a>
        <YearLinks year={year.year} thisYear={thisYear} />
      </div>
      <ol
        ref={strip}
        className={css.strip}
        aria-label={t('sessions.ribbon.label', { year: year.year })}
        onKeyDown={moveAlong}
      >
        {months.map(({ month, isNow, entries: marks }) => (
          <li key={month} className={css.month} data-now={isNow} data-empty={marks.length === 0}>
            <h3 aria-current={isNow ? 'date' : undefined}>
              <span aria-hidden="true">{monthName(language, month, 'short')}</span>
              <span className={css.hidden}>{monthName(language, month)}</span>
            </h3>
            <ul>
              {marks.map((entry) => (
                <Mark
                  key={keyOf(entry)}
                  entry={entry}
                  isStop={keyOf(entry) === stopKey}
                  onTell={() => {
                    show(entry);
                  }}
                  onFocus={() => {
                    setStop(keyOf(entry));
                    show(entry);
                  }}
                />
              ))}
            </ul>
          </li>
        ))}
      </ol>
      <Told entry={told} />
    </section>
  );
}

function keyOf(entry: Entry): string {
  return entry.is === 'session' ? entry.line.id : `${entry.is} ${entry.date}`;
}

function YearLinks({ year, thisYear }: { readonly year: number; readonly thisYear: number }) {
  const { t } = useText();
  const to = (other: number): string => href(['sessions'], other === thisYear ? {} : { year: String(other) });
  return (
    <div className={css.links}>
      {year !== thisYear && (
        <Button as="a" size="small" appearance="subtle" href={to(thisYear)}>
          {t('sessions.ribbon.thisYear')}
        </Button>
      )}
      <Button
        as="a"
        size="small"
        appearance="subtle"
        icon={<ChevronLeft20Regular />}
        href={to(year - 1)}
        aria-label={t('sessions.ribbon.year', { year: year - 1 })}
      />
      <Button
        as="a"
        size="small"
        appearance="subtle"
        icon={<ChevronRight20Regular />}
        href={to(year + 1)}
        aria-label={t('sessions.ribbon.year', { year: year + 1 })}
      />
    </div>
  );
}

/** What is pointed at, in words; while nothing is, what the marks mean. */
function Told({ entry }: { readonly entry: Entry | undefined }) {
  const { t, dates, language } = useText();
  const wordsOf = useOccurrenceWords();
  if (entry === undefined || entry.is === 'today') {
    return (
      <ul className={css.told} aria-label={t('sessions.ribbon.legend')}>
        {kinds.map((kind) => (
          <li key={kind}>
            <KindMark kind={kind} />
            {t(`session.kind.${kind}`)}
          </li>
        ))}
        <li>
          <span className={css.dash} aria-hidden="true" />
          {t('sessions.ribbon.holiday')}
        </li>
      </ul>
    );
  }
  if (entry.is === 'holiday') {
    return (
      <p className={css.told}>
        <span>
          <strong>{dates.plainDay(entry.date)}</strong> {entry.holiday.names[language]}
        </span>
      </p>
    );
  }
  const { line } = entry;
  const { name, presenter, topic } = wordsOf(line);
  const rest = [t(`session.state.${line.state.status}`), presenter, topic].filter(Boolean).join(' · ');
  return (
    <p className={css.told}>
      <KindMark kind={line.kind} />
      <span>
        <strong>
          {name}, {dates.moment(line.start)}
        </strong>{' '}
        {rest}
      </span>
    </p>
  );
}

interface Shared {
  /** `ti 1.` */
  readonly day: string;
  readonly tabIndex: 0 | -1;
  readonly onTell: () => void;
  readonly onFocus: () => void;
}

/** One day of the ribbon on which something is: a session, a holiday, or today. Only one mark is a stop of Tab. */
export function Mark(props: {
  readonly entry: Entry;
  readonly isStop: boolean;
  readonly onTell: () => void;
  readonly onFocus: () => void;
}) {
  const { entry, isStop, onTell, onFocus } = props;
  const { t, language } = useText();
  const number = Number(entry.date.slice(8));
  const name = weekdayName(language, weekday(entry.date) + 1, 'short');
  const day = `${name} ${number}${language === 'fi' ? '.' : ''}`;
  const shared: Shared = { day, tabIndex: isStop ? 0 : -1, onTell, onFocus };
  switch (entry.is) {
    case 'today':
      return (
        <li className={css.today}>
          <time dateTime={entry.date}>{t('sessions.ribbon.today', { day: number })}</time>
        </li>
      );
    case 'holiday':
      return <HolidayMark entry={entry} {...shared} />;
    case 'session':
      return <SessionMark entry={entry} {...shared} />;
  }
}

function HolidayMark(props: Shared & { readonly entry: Extract<Entry, { is: 'holiday' }> }) {
  const { entry, day, tabIndex, onTell, onFocus } = props;
  const { dates, language } = useText();
  return (
    <li>
      <button
        type="button"
        data-mark
        tabIndex={tabIndex}
        className={css.holiday}
        aria-label={`${dates.plainDay(entry.date)} ${entry.holiday.names[language]}`}
        onFocus={onFocus}
        onPointerEnter={onTell}
        onClick={onTell}
      >
        <span className={css.dash} aria-hidden="true" />
        {day}
      </button>
    </li>
  );
}

function SessionMark(props: Shared & { readonly entry: Extract<Entry, { is: 'session' }> }) {
  const { entry, day, tabIndex, onTell, onFocus } = props;
  const { line } = entry;
  const { t, dates, language } = useText();
  const { name, presenter, topic } = useOccurrenceWords()(line);
  const isAhead = line.state.status === 'planned' || line.state.status === 'confirmed';
  const clash = isAhead ? line.holiday : undefined;
  const spoken = [
    name,
    dates.moment(line.start),
    t(`session.state.${line.state.status}`),
    presenter,
    topic,
    clash?.names[language],
  ];
  return (
    <li>
      <a
        data-mark
        tabIndex={tabIndex}
        className={css.mark}
        href={href(['sessions', line.id])}
        data-state={line.state.status}
        aria-label={spoken.filter(Boolean).join(', ')}
        onFocus={onFocus}
        onPointerEnter={onTell}
      >
        <KindMark kind={line.kind} />
        <span className={css.day}>{day}</span>
        {clash !== undefined && (
          <span className={css.clash} aria-hidden="true">
            <Warning12Filled />
          </span>
        )}
      </a>
    </li>
  );
}
