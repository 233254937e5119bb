import type { SeriesReview } from '../../../../src/sessions/publishing/service.js';
import type { Series } from '../../../../src/sessions/series/series.js';
import { useMay, useProjectName, useShell, useText } from '../../../shared/context.js';
import { useOffset } from '../../../shared/offset.js';
import { href } from '../../../shared/route.js';
import { Await, Bones } from '../../../shared/states.js';
import { useFresh } from '../../../shared/use-fresh.js';
import { useLoad } from '../../../shared/use-load.js';
import { NextList } from '../home/home.js';
import { listUpcoming } from '../api.js';
import { Section } from '../parts/section.js';
import type { SeriesHere } from './use-series.js';
import css from './at-a-glance.module.css';

const shownAhead = 12;

/** What comes next of a series, for whom it is, and who presents: what one opens it for. */
export function AtAGlance({ series, here }: { readonly series: Series; readonly here: SeriesHere }) {
  const { api } = useShell();
  const mayEdit = useMay()('session:edit');
  const next = useLoad(`upcoming ${series.id} ${String(series.auditCount)}`, () =>
    listUpcoming(api, shownAhead, series.id),
  );
  useFresh(next.refresh);
  return (
    <div className={css.glance}>
      <Await loaded={next} bones={<Bones rows={3} height={76} />}>
        {({ lines }) => <NextList lines={lines} />}
      </Await>
      {mayEdit && series.state.status === 'active' && <People series={series} here={here} />}
      {series.rotation !== undefined && <Presenters series={series} here={here} />}
    </div>
  );
}

function People({ series, here }: { readonly series: Series; readonly here: SeriesHere }) {
  const { t } = useText();
  const loaded = useLoad(`${here.api.path} review ${String(series.auditCount)}`, here.api.review);
  return (
    <Section id="invited" title={t('sessions.invited.title')}>
      <Await loaded={loaded} bones={<Bones rows={1} height={64} />}>
        {(review) => <Invited series={series} review={review} />}
      </Await>
    </Section>
  );
}

function Invited({ series, review }: { readonly series: Series; readonly review: SeriesReview }) {
  const { t } = useText();
  const inWords = useOffset();
  const { members, contacts, groups } = review.invited;
  const { offsets } = series.reminders;
  return (
    <>
      <ul className={css.figures}>
        <li>
          <strong>{members}</strong> {t('sessions.invited.members', { count: members })}
        </li>
        {series.isOpenToContacts && (
          <li>
            <strong>{contacts}</strong>{' '}
            <a href={href(['contacts'], { series: series.id })}>
              {t('sessions.invited.contacts', { count: contacts })}
            </a>
          </li>
        )}
        {groups > 0 && (
          <li>
            <strong>{groups}</strong> {t('sessions.invited.groups', { count: groups })}
          </li>
        )}
      </ul>
      <p className={css.quiet}>
        {offsets.length === 0
          ? t('sessions.invited.noReminders')
          : t('sessions.invited.reminders', { when: offsets.map(inWords).join(', ') })}
      </p>
      {!review.hasJoinUrl && <p className={css.missing}>{t('sessions.invited.noJoinUrl')}</p>}
    </>
  );
}

/** Whose turn it was when: the one who has waited longest first. */
function Presenters({ series, here }: { readonly series: Series; readonly here: SeriesHere }) {
  const { t, dates } = useText();
  const projectName = useProjectName();
  const loaded = useLoad(`rotation ${series.id} ${String(series.auditCount)}`, here.api.rotation);
  return (
    <Section id="presenters" title={t('sessions.presenters.title')} hint={t('sessions.presenters.hint')}>
      <Await loaded={loaded} bones={<Bones rows={2} height={40} />}>
        {({ history }) => (
          <ol className={css.presenters}>
            {history.map(({ projectId, last, times }) => (
              <li key={projectId}>
                <span>{projectName(projectId)}</span>
                <span className={css.quiet}>
                  {last === undefined
                    ? t('sessions.presenters.never')
                    : t('sessions.presenters.last', { when: dates.plainDay(last), times })}
                </span>
              </li>
            ))}
          </ol>
        )}
      </Await>
    </Section>
  );
}
