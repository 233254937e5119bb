import { Warning12Filled } from '@fluentui/react-icons';
import { useText } from '../../../shared/context.js';
import { KindMark } from '../../../shared/kind-mark.js';
import { href } from '../../../shared/route.js';
import { weekday } from '../../../shared/wall-time.js';
import { weekdayName } from '../parts/long-date.js';
import { useOccurrenceWords } from '../parts/words.js';
import type { Entry } from './year.js';
import css from './ribbon.module.css';

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
