import { Button } from '@fluentui/react-components';
import { Add20Regular, CalendarLtrRegular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import type { OccurrenceLine } from '../../../../src/sessions/occurrences/occurrence.js';
import { getOverview } from '../../../shared/api.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { todayInHelsinki, wallTimeOf, weekday } from '../../../shared/dates.js';
import { useRowKeys } from '../../../shared/keys.js';
import { KindMark } from '../../../shared/kind-mark.js';
import { href } from '../../../shared/route.js';
import { SessionsPage } from '../../../shared/sessions-page.js';
import { StateChip } from '../../../shared/state-chip.js';
import { Await, Bones, Empty } from '../../../shared/states.js';
import { useFresh } from '../../../shared/use-fresh.js';
import { useLoad } from '../../../shared/use-load.js';
import { useRoute } from '../../../shared/use-route.js';
import { getSessionYear, listRecent, listUpcoming } from '../api.js';
import { monthName, timeSpan, weekdayName } from '../parts/long-date.js';
import { Section } from '../parts/section.js';
import { Attention } from './attention.js';
import { Ribbon } from './ribbon.js';
import { useOccurrenceWords } from './year.js';
import css from './next-list.module.css';

const shownAhead = 24;

/** The year at a glance, what comes next, and what wants a decision. */
export function SessionsHome() {
  const { api } = useShell();
  const { t } = useText();
  const { query } = useRoute();
  const thisYear = Number(todayInHelsinki().slice(0, 4));
  const year = /^\d{4}$/.test(query.year ?? '') ? Number(query.year) : thisYear;
  const loaded = useLoad(`sessions ${year}`, () => getSessionYear(api, year));
  const next = useLoad('sessions upcoming', () => listUpcoming(api, shownAhead));
  const overview = useLoad('sessions overview', () => getOverview(api));
  const reload = (): void => {
    loaded.reload();
    next.reload();
    overview.reload();
  };
  useFresh(loaded.refresh, next.refresh, overview.refresh);
  const mayEdit = useMay()('session:edit');
  const isNew = loaded.state === 'ready' && loaded.value.series.length === 0;
  return (
    <SessionsPage
      place="year"
      title={t('sessions.title')}
      lead={t('sessions.lead')}
      action={mayEdit && !isNew ? <NewSeries /> : undefined}
    >
      {isNew ? (
        <Empty
          icon={<CalendarLtrRegular />}
          title={t('sessions.empty.title')}
          text={t(mayEdit ? 'sessions.empty.text' : 'sessions.empty.worker')}
        >
          {mayEdit && <NewSeries />}
        </Empty>
      ) : (
        <>
          {next.state === 'ready' && (
            <Attention
              lines={next.value.lines}
              onHoliday={overview.state === 'ready' ? overview.value.sessions.onHoliday : []}
              onChanged={reload}
            />
          )}
          <Await loaded={loaded} bones={<Bones rows={1} height={250} />}>
            {(value) => <Ribbon year={value} thisYear={thisYear} />}
          </Await>
          <Await loaded={next} bones={<Bones rows={4} height={76} />}>
            {({ lines }) => <NextList lines={lines} />}
          </Await>
          <RecentList />
        </>
      )}
    </SessionsPage>
  );
}

function NewSeries() {
  const { t } = useText();
  return (
    <Button as="a" appearance="primary" icon={<Add20Regular />} href={href(['sessions', 'series', 'new'])}>
      {t('sessions.series.new')}
    </Button>
  );
}

const shownFirst = 8;

/** What comes next, with who presents and what about. j and k go along the rows. */
export function NextList({ lines }: { readonly lines: readonly OccurrenceLine[] }) {
  const { t } = useText();
  const rows = useRef<HTMLUListElement>(null);
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? lines : lines.slice(0, shownFirst);
  useRowKeys(rows);
  return (
    <Section id="sessions-next" title={t('sessions.next.title')}>
      {lines.length === 0 ? (
        <p className={css.none}>{t('sessions.next.none')}</p>
      ) : (
        <ul ref={rows} className={css.rows}>
          {shown.map((line) => (
            <Row key={line.id} line={line} />
          ))}
        </ul>
      )}
      {shown.length < lines.length && (
        <Button className={css.more ?? ''} appearance="subtle" onClick={() => setWhole(true)}>
          {t('shared.more')}
        </Button>
      )}
    </Section>
  );
}

/** What was held last, with its recording where there is one; nothing until it is known that there is any. */
function RecentList() {
  const { api } = useShell();
  const { t } = useText();
  const loaded = useLoad('sessions recent', () => listRecent(api));
  useFresh(loaded.refresh);
  if (loaded.state !== 'ready' || loaded.value.lines.length === 0) return null;
  return (
    <Section id="sessions-recent" title={t('sessions.recent.title')}>
      <ul className={css.rows}>
        {loaded.value.lines.map((line) => (
          <Row
            key={line.id}
            line={line}
            note={line.hasRecording ? t('sessions.recent.recording') : undefined}
          />
        ))}
      </ul>
    </Section>
  );
}

function Row({ line, note }: { readonly line: OccurrenceLine; readonly note?: string | undefined }) {
  const { t, language } = useText();
  const { name, presenter, topic, topicLanguage } = useOccurrenceWords()(line);
  const { date } = wallTimeOf(line.start);
  const isOpenSlot = line.slot?.how === 'nobody' && line.state.status !== 'cancelled';
  return (
    <li>
      <a className={css.row} href={href(['sessions', line.id])} data-state={line.state.status}>
        <time className={css.date} dateTime={line.start}>
          <span>{weekdayName(language, weekday(date) + 1, 'short')}</span>
          <strong>{Number(date.slice(8))}</strong>
          <span>{monthName(language, Number(date.slice(5, 7)), 'short')}</span>
        </time>
        <span className={css.words}>
          <span className={css.title} lang={topicLanguage}>
            {topic ?? name}
          </span>
          <span className={css.about}>
            <KindMark kind={line.kind} />
            <span>
              {[topic === undefined ? undefined : name, timeSpan(language, line.start, line.end), note]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
          {presenter !== undefined && (
            <span className={css.presenter} data-open={isOpenSlot}>
              {presenter}
            </span>
          )}
          {line.holiday !== undefined && line.state.status !== 'cancelled' && (
            <span className={css.presenter} data-open="true">
              {line.holiday.names[language]}
            </span>
          )}
          {line.movedFrom !== undefined && line.state.status !== 'cancelled' && (
            <span className={css.presenter}>{t('sessions.moved.short')}</span>
          )}
        </span>
        <StateChip kind="session" state={line.state.status} />
      </a>
    </li>
  );
}
