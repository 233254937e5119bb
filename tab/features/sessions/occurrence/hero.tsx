import { Button } from '@fluentui/react-components';
import {
  CalendarAdd20Regular,
  Live20Filled,
  ShareScreenStart20Regular,
  Video24Regular,
} from '@fluentui/react-icons';
import { useEffect, useRef } from 'react';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { translatedTo } from '../../../../src/shared/translated.js';
import { useMay, useProjectName, useShell, useText } from '../../../shared/context.js';
import { href, underPage } from '../../../shared/route.js';
import { StateChip } from '../../../shared/state-chip.js';
import { useLoad } from '../../../shared/use-load.js';
import { KindMark } from '../../../shared/kind-mark.js';
import { longDay, timeSpan } from '../parts/long-date.js';
import { seriesApi } from '../api.js';
import type { Life } from './life.js';
import { useIsPresenter } from './use-occurrence.js';
import css from './hero.module.css';

/** The head of the page, large: what it is about, when, who presents, whether it is on, and the way in. */
export function Hero({
  occurrence,
  life,
  now,
}: {
  readonly occurrence: Occurrence;
  readonly life: Life;
  readonly now: string;
}) {
  const { t, dates, language } = useText();
  const { names, start, end, state, movedFrom, holiday } = occurrence;
  const talk = occurrence.talk && translatedTo(language, occurrence.talk);
  const titleElement = useRef<HTMLHeadingElement>(null);
  useEffect(() => titleElement.current?.focus({ preventScroll: true }), []);
  const title = talk?.topic ?? names[language];
  // A name that is that of its kind is said once.
  const heading = talk === undefined ? t(`session.kind.${occurrence.kind}`) : names[language];
  const isAhead = life.name === 'before' || life.name === 'now';
  return (
    <header className={css.hero} data-kind={occurrence.kind} data-state={state.status} data-life={life.name}>
      <Live life={life} />
      <div className={css.kind}>
        <KindMark kind={occurrence.kind} size="large" />
        {heading !== title && <span>{heading}</span>}
        {life.name !== 'now' && <StateChip kind="session" state={state.status} />}
      </div>
      <h1
        ref={titleElement}
        tabIndex={-1}
        lang={talk?.language}
        aria-label={`${title}, ${longDay(language, start)}`}
      >
        {title}
      </h1>
      <p className={css.when}>
        <time dateTime={start}>{longDay(language, start, new Date(now))}</time>{' '}
        <span>{timeSpan(language, start, end)}</span>
      </p>
      {movedFrom !== undefined && (
        <p className={css.aside}>{t('sessions.moved.from', { when: dates.moment(movedFrom) })}</p>
      )}
      {holiday !== undefined && isAhead && (
        <p className={css.aside}>
          {t('sessions.holiday.is', { holiday: holiday.names[language], when: dates.day(start) })}
        </p>
      )}
      <Reason occurrence={occurrence} />
      <Who occurrence={occurrence} />
      {isAhead && <Way occurrence={occurrence} life={life} />}
    </header>
  );
}

/** That it is on or about to begin, with the minutes that are left; a reader hears of the beginning and the end alone. */
function Live({ life }: { readonly life: Life }) {
  const { t } = useText();
  const { name, hasBegun, minutes } = life;
  const isOn = name === 'now';
  let said = '';
  if (isOn && hasBegun) said = t('sessions.life.isOn');
  if (name === 'after') said = t('sessions.life.isOver');
  return (
    <>
      {isOn && (
        <p className={css.live} data-on={hasBegun}>
          <Live20Filled aria-hidden="true" />
          {t(hasBegun ? 'sessions.life.now' : 'sessions.life.soon', { minutes })}
        </p>
      )}
      <span role="status" className={css.hidden}>
        {said}
      </span>
    </>
  );
}

function Reason({ occurrence: { state } }: { readonly occurrence: Occurrence }) {
  const { t, language } = useText();
  if (state.status !== 'cancelled' || state.reason === undefined) return null;
  const { reason, language: written } = translatedTo(language, state);
  const [before, after] = t('sessions.cancel.because', { reason: '\n' }).split('\n');
  return (
    <p className={css.aside}>
      {before}
      <span lang={written}>{reason}</span>
      {after}
    </p>
  );
}

function Who({ occurrence }: { readonly occurrence: Occurrence }) {
  const { t, language } = useText();
  const { slot } = occurrence;
  const talk = occurrence.talk && translatedTo(language, occurrence.talk);
  const projectName = useProjectName();
  const project = slot !== undefined && slot.how !== 'nobody' ? projectName(slot.projectId) : undefined;
  const isProposed = slot?.how === 'proposed';
  if (talk === undefined && project === undefined) {
    return slot === undefined ? null : <p className={css.nobody}>{t('sessions.turn.nobody')}</p>;
  }
  return (
    <div className={css.who}>
      {talk !== undefined && <p className={css.speaker}>{talk.presenter}</p>}
      {project !== undefined && <p>{isProposed ? t('sessions.turn.proposed', { project }) : project}</p>}
      {talk?.material !== undefined && (
        <p>
          <a href={talk.material} target="_blank" rel="noreferrer">
            {t('sessions.material')}
          </a>
        </p>
      )}
    </div>
  );
}

/** The way in and to the wall; before the session also into one's calendar. */
function Way({ occurrence, life }: { readonly occurrence: Occurrence; readonly life: Life }) {
  const { t } = useText();
  const may = useMay();
  const isBefore = life.name === 'before';
  const isPresenter = useIsPresenter()(occurrence);
  return (
    <div className={css.way}>
      {occurrence.joinUrl !== undefined && (
        <Button
          as="a"
          appearance="primary"
          size="large"
          icon={<Video24Regular />}
          href={occurrence.joinUrl}
          target="_blank"
          rel="noreferrer"
        >
          {t('sessions.join')}
        </Button>
      )}
      {(!isBefore || may('session:edit') || isPresenter) && <ToWall id={occurrence.id} />}
      {isBefore && <AddToCalendar occurrence={occurrence} />}
    </div>
  );
}

/** To the page that is projected; full screen where the browser lets it, which it does at a press alone. */
function ToWall({ id }: Pick<Occurrence, 'id'>) {
  const { t } = useText();
  return (
    <Button
      as="a"
      size="large"
      icon={<ShareScreenStart20Regular />}
      href={href(['sessions', id, 'wall'])}
      onClick={() => void document.documentElement.requestFullscreen().catch(() => undefined)}
    >
      {t('sessions.wall.show')}
    </Button>
  );
}

/** The session as a calendar file, under the address of its series' feed. */
function AddToCalendar({ occurrence: { id, seriesId } }: { readonly occurrence: Occurrence }) {
  const { api } = useShell();
  const { t, language } = useText();
  const { path, get } = seriesApi(api, seriesId);
  const loaded = useLoad(path, get);
  if (loaded.state !== 'ready') return null;
  return (
    <Button
      as="a"
      size="large"
      appearance="subtle"
      icon={<CalendarAdd20Regular />}
      href={underPage(`/calendar/${loaded.value.series.feedKey}/${language}/${id}.ics`)}
      download
    >
      {t('sessions.toCalendar')}
    </Button>
  );
}
