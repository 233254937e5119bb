import type { KeyboardEvent, PointerEvent } from 'react';
import type { ReleaseLine } from '../../../../src/releases/types.js';
import { useText } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { lookOf } from '../../../shared/state-chip.js';
import { titleOf } from '../../../shared/title-in.js';
import { addDays, todayInHelsinki, wallTimeOf } from '../../../shared/wall-time.js';
import type { DayDrag } from './use-day-drag.js';
import css from './month.module.css';

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
