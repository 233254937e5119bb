import { Button } from '@fluentui/react-components';
import { Add20Regular, CalendarLtrRegular } from '@fluentui/react-icons';
import type { SeriesGlance } from '../../../../src/sessions/publishing/service.js';
import type { Series } from '../../../../src/sessions/series/series.js';
import { clockWords } from '../../../../src/shared/rule-words.js';
import { listSeries } from '../../../shared/api.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { Disclosure } from '../../../shared/disclosure.js';
import { KindMark } from '../../../shared/kind-mark.js';
import { useOffset } from '../../../shared/offset.js';
import { href } from '../../../shared/route.js';
import { SessionsPage } from '../../../shared/sessions-page.js';
import { StateChip } from '../../../shared/state-chip.js';
import { Await, Bones, Empty } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { listGlances } from '../api.js';
import { useOccurrenceWords } from '../home/year.js';
import { ruleWords } from './form.js';
import css from './series.module.css';

/** The series of the programme: drafts and active ones with what comes next, those that have ended folded away. */
export function SeriesList() {
  const { api } = useShell();
  const { t } = useText();
  const mayEdit = useMay()('session:edit');
  const loaded = useLoad('series', () => listSeries(api));
  // What is known beside the list is for those who may edit, and may come later than it.
  const glances = useLoad(mayEdit ? 'series glances' : 'no glances', async () =>
    mayEdit ? listGlances(api) : { glances: [] },
  );
  const add = (
    <Button as="a" appearance="primary" icon={<Add20Regular />} href={href(['sessions', 'series', 'new'])}>
      {t('sessions.series.new')}
    </Button>
  );
  const glanceOf = ({ id }: Series): SeriesGlance | undefined =>
    glances.state === 'ready' ? glances.value.glances.find((one) => one.id === id) : undefined;
  const rows = (series: readonly Series[]) => (
    <ul className={css.rows}>
      {series.map((one) => (
        <li key={one.id}>
          <SeriesRow series={one} glance={glanceOf(one)} />
        </li>
      ))}
    </ul>
  );
  return (
    <SessionsPage
      place="series"
      title={t('sessions.series.title')}
      lead={t('sessions.series.lead')}
      action={mayEdit && loaded.state === 'ready' && loaded.value.series.length > 0 ? add : undefined}
    >
      <Await loaded={loaded} bones={<Bones rows={4} height={72} />}>
        {({ series }) => {
          if (series.length === 0)
            return (
              <Empty
                icon={<CalendarLtrRegular />}
                title={t('sessions.empty.title')}
                text={t(mayEdit ? 'sessions.empty.text' : 'sessions.empty.worker')}
              >
                {mayEdit && add}
              </Empty>
            );
          const ended = series.filter(({ state }) => state.status === 'ended');
          const others = series.filter(({ state }) => state.status !== 'ended');
          return (
            <>
              {others.length > 0 && rows(others)}
              {ended.length > 0 && (
                <Disclosure
                  className={css.ended}
                  summary={t('sessions.series.endedOnes', { count: ended.length })}
                >
                  {rows(ended)}
                </Disclosure>
              )}
            </>
          );
        }}
      </Await>
    </SessionsPage>
  );
}

function SeriesRow({
  series,
  glance,
}: {
  readonly series: Series;
  readonly glance: SeriesGlance | undefined;
}) {
  const { t, language, dates } = useText();
  const last = series.segments.at(-1);
  return (
    <a className={css.row} href={href(['sessions', 'series', series.id])}>
      <KindMark kind={series.kind} size="large" />
      <span className={css.words}>
        <span className={css.title}>{series.names[language]}</span>
        {last !== undefined && (
          <span className={css.quiet}>
            {ruleWords(t, language, last.rule)}{' '}
            {t('sessions.rule.at', { time: clockWords(language, last.time), minutes: last.minutes })}
          </span>
        )}
        {series.state.status === 'ended' && (
          <span className={css.quiet}>
            {t('sessions.series.endedAt', { when: dates.day(series.state.at) })}
          </span>
        )}
        {glance !== undefined && <Glance series={series} glance={glance} />}
      </span>
      <StateChip kind="series" state={series.state.status} />
    </a>
  );
}

function Glance({ series, glance }: { readonly series: Series; readonly glance: SeriesGlance }) {
  const { t, dates } = useText();
  const inWords = useOffset();
  const wordsOf = useOccurrenceWords();
  const { next, invited } = glance;
  const presenter = next && wordsOf(next).presenter;
  const { offsets } = series.reminders;
  const [first] = offsets;
  return (
    <>
      {series.state.status === 'active' && (
        <span className={css.next}>
          {next === undefined
            ? t('sessions.series.noNext')
            : [t('sessions.series.next', { when: dates.moment(next.start) }), presenter]
                .filter((part) => part !== undefined)
                .join(' · ')}
        </span>
      )}
      <span className={css.quiet}>
        {t('sessions.series.invitedCount', {
          members: invited.members,
          contacts: invited.contacts + invited.groups,
        })}
        {' · '}
        {first === undefined
          ? t('sessions.series.notReminded')
          : t('sessions.series.remindedAt', { when: offsets.map(inWords).join(', ') })}
      </span>
    </>
  );
}
