import { Button } from '@fluentui/react-components';
import { Add20Regular, CalendarLtrRegular } from '@fluentui/react-icons';
import type { Series } from '../../../../src/sessions/series/series.js';
import { clockWords } from '../../../../src/shared/rule-words.js';
import { listSeries } from '../../../shared/api.js';
import { useMay, useShell, useText } from '../../../shared/context.js';
import { KindMark } from '../../../shared/kind-mark.js';
import { href } from '../../../shared/route.js';
import { SessionsPage } from '../../../shared/sessions-page.js';
import { Await, Bones, Empty } from '../../../shared/states.js';
import { useLoad } from '../../../shared/use-load.js';
import { ruleWords } from './form.js';
import css from './series.module.css';

/** The series of the programme, active ones first. */
export function SeriesList() {
  const { api } = useShell();
  const { t } = useText();
  const mayEdit = useMay()('session:edit');
  const loaded = useLoad('series', () => listSeries(api));
  const add = (
    <Button as="a" appearance="primary" icon={<Add20Regular />} href={href(['sessions', 'series', 'new'])}>
      {t('sessions.series.new')}
    </Button>
  );
  return (
    <SessionsPage
      place="series"
      title={t('sessions.series.title')}
      lead={t('sessions.series.lead')}
      action={mayEdit && loaded.state === 'ready' && loaded.value.series.length > 0 ? add : undefined}
    >
      <Await loaded={loaded} bones={<Bones rows={4} height={72} />}>
        {({ series }) =>
          series.length === 0 ? (
            <Empty
              icon={<CalendarLtrRegular />}
              title={t('sessions.empty.title')}
              text={t(mayEdit ? 'sessions.empty.text' : 'sessions.empty.worker')}
            >
              {mayEdit && add}
            </Empty>
          ) : (
            <ul className={css.rows}>
              {series.map((one) => (
                <li key={one.id}>
                  <SeriesRow series={one} />
                </li>
              ))}
            </ul>
          )
        }
      </Await>
    </SessionsPage>
  );
}

function SeriesRow({ series }: { readonly series: Series }) {
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
      </span>
      {series.state.status === 'ended' && (
        <span className={css.quiet}>
          {t('sessions.series.endedAt', { when: dates.day(series.state.at) })}
        </span>
      )}
    </a>
  );
}
