import { Button } from '@fluentui/react-components';
import { Add20Regular, CalendarLtrRegular } from '@fluentui/react-icons';
import { useEffect, useRef } from 'react';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { Await, Bones, Empty } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { useRoute } from '../../../shared/use-route.js';
import { todayInHelsinki } from '../../../shared/wall-time.js';
import { SessionsPage } from '../../../shared/sessions-page.js';
import { Attention } from './attention.js';
import { NextList } from './next-list.js';
import { Ribbon } from './ribbon.js';
import { getOverview } from '../../../shared/api/overview.js';
import { getSessionYear, listUpcoming } from '../api.js';

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
  useReloadOnReturn(reload);
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

/** What stood still while the tab was hidden is asked for again. */
function useReloadOnReturn(reload: () => void): void {
  const latest = useRef(reload);
  useEffect(() => {
    latest.current = reload;
  });
  useEffect(() => {
    const onBack = (): void => {
      if (document.visibilityState === 'visible') latest.current();
    };
    document.addEventListener('visibilitychange', onBack);
    return () => document.removeEventListener('visibilitychange', onBack);
  }, []);
}
