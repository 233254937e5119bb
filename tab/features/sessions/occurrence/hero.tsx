import { Button } from '@fluentui/react-components';
import { CalendarAdd20Regular, Video24Regular } from '@fluentui/react-icons';
import { useEffect, useRef } from 'react';
import type { Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { translatedTo } from '../../../../src/shared/translated.js';
import { useProjectName, useShell, useText } from '../../../shared/context.js';
import { StateChip } from '../../../shared/state-chip.js';
import { useLoad } from '../../../shared/use-load.js';
import { KindMark } from '../../../shared/kind-mark.js';
import { longDay, timeSpan } from '../parts/long-date.js';
import { seriesApi } from '../api.js';
import css from './hero.module.css';

/** The head of the page, large: what it is about, when, who speaks, and the way in. */
export function Hero({ occurrence }: { readonly occurrence: Occurrence }) {
  const { t, dates, language } = useText();
  const { names, start, end, state, movedFrom, holiday } = occurrence;
  const talk = occurrence.talk && translatedTo(language, occurrence.talk);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const title = talk?.topic ?? names[language];
  const isAhead = state.status === 'planned' || state.status === 'confirmed';
  return (
    <header className={css.hero} data-kind={occurrence.kind} data-state={state.status}>
      <div className={css.kind}>
        <KindMark kind={occurrence.kind} size="large" />
        <span>{talk === undefined ? t(`session.kind.${occurrence.kind}`) : names[language]}</span>
        <StateChip kind="session" state={state.status} />
      </div>
      <h1
        ref={heading}
        tabIndex={-1}
        lang={talk?.language}
        aria-label={`${title}, ${longDay(language, start)}`}
      >
        {title}
      </h1>
      <p className={css.when}>
        <time dateTime={start}>{longDay(language, start)}</time> <span>{timeSpan(language, start, end)}</span>
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
      {isAhead && <Way occurrence={occurrence} />}
    </header>
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

/** The way in, and into one's own calendar. */
function Way({ occurrence }: { readonly occurrence: Occurrence }) {
  const { t } = useText();
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
      <AddToCalendar occurrence={occurrence} />
    </div>
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
      href={`/calendar/${loaded.value.series.feedKey}/${language}/${id}.ics`}
      download
    >
      {t('sessions.toCalendar')}
    </Button>
  );
}
