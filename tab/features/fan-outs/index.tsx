import { Button } from '@fluentui/react-components';
import { SendRegular } from '@fluentui/react-icons';
import { useCallback, useEffect, useRef } from 'react';
import type { FanOut } from '../../../src/delivery/fan-out/fan-out.js';
import type { SeriesListAnswer } from '../../../src/shared/answers/sessions.js';
import type { ImportView } from '../../../src/shared/answers/imports.js';
import type { FanOutListAnswer } from '../../../src/shared/answers/fan-outs.js';
import { listFanOuts, listSeries } from '../../shared/api.js';
import { useMay, useShell, useText } from '../../shared/context.js';
import { isMoving, settledIn, shownStatus } from '../../shared/fan-out-status.js';
import { useKeys, useRowKeys } from '../../shared/keys.js';
import { href } from '../../shared/route.js';
import { SessionsPage } from '../../shared/sessions-page.js';
import { StateChip } from '../../shared/state-chip.js';
import { Await, Bones, Empty } from '../../shared/states.js';
import { useFresh } from '../../shared/use-fresh.js';
import { useLoad, type Loaded } from '../../shared/use-load.js';
import { go, useRoute } from '../../shared/use-route.js';
import { listPlanned } from './api.js';
import { FanOutPage } from './fan-out-page.js';
import { withFreshStart, useSubject, type Subject } from './fan-out.js';
import css from './fan-outs.module.css';

/** The fan-outs: all of them, or the one that the address names. */
export function FanOutsView() {
  const id = useRoute().path[1];
  useKeys({ Escape: () => id !== undefined && go(href(['sends'])) });
  return id === undefined ? <FanOutList /> : <FanOutPage key={id} id={id} />;
}

const pollMilliseconds = 5_000;

/** All fan-outs, newest first. Those under way go on counting. */
export function FanOutList() {
  const { api } = useShell();
  const { t } = useText();
  const loaded = useLoad('sends', () => listFanOuts(api));
  const subject = useSubject();
  const series = useLoad('series', () => listSeries(api));
  const rows = useRef<HTMLUListElement>(null);
  useRowKeys(rows);
  const more = useMore(loaded);
  useFollowing(loaded);
  const planned = usePlanned();
  return (
    <SessionsPage place="sends" title={t('sends.title')} lead={t('sends.lead')}>
      {planned.length > 0 && (
        <section className={css.planned} aria-labelledby="planned">
          <h2 id="planned">{t('sends.planned')}</h2>
          <ul className={css.lines}>
            {planned.map((one) => (
              <PlannedRow key={one.id} planned={one} />
            ))}
          </ul>
        </section>
      )}
      <Await loaded={loaded} bones={<Bones rows={5} height={76} />}>
        {({ lines, next }) =>
          lines.length === 0 && planned.length > 0 ? null : lines.length === 0 ? (
            <Empty
              icon={<SendRegular />}
              title={t('sends.empty.title')}
              text={t(hasSeries(series) ? 'sends.empty.text' : 'sends.empty.noSeries')}
            >
              <Button as="a" href={href(['sessions'])}>
                {t('sends.empty.action')}
              </Button>
            </Empty>
          ) : (
            <>
              <ul ref={rows} className={css.lines}>
                {lines.map((fanOut) => (
                  <FanOutRow key={fanOut.id} fanOut={fanOut} subject={subject(fanOut.content)} />
                ))}
              </ul>
              {next !== undefined && (
                <Button className={css.more ?? ''} appearance="subtle" onClick={() => void more()}>
                  {t('shared.more')}
                </Button>
              )}
            </>
          )
        }
      </Await>
    </SessionsPage>
  );
}

/** The imports whose invitations are still to leave, for those who look after contacts. */
function usePlanned(): readonly ImportView[] {
  const { api } = useShell();
  const mayEdit = useMay()('contact:edit');
  const loaded = useLoad(`planned ${mayEdit}`, async () => (mayEdit ? listPlanned(api) : []));
  useFresh(loaded.refresh);
  return loaded.state === 'ready' ? loaded.value : [];
}

/** What leaves later: when, to how many; its page stops it, or sends it at another time. */
function PlannedRow({ planned }: { readonly planned: ImportView }) {
  const { t, dates } = useText();
  const { id, name, state } = planned;
  const send = state.status === 'done' ? state.send : undefined;
  if (send === undefined) return null;
  return (
    <li>
      <a href={href(['contacts', 'imports', id])}>
        <span className={css.what}>
          <span className={css.kind}>{t('sends.kind.import')}</span>
          <span className={css.name}>{name}</span>
        </span>
        <StateChip kind="fanOut" state="planned" />
        <span className={css.facts}>
          <time dateTime={send.dueAt}>{dates.moment(send.dueAt)}</time>
          <span>{t('sends.planned.people', { count: send.people })}</span>
        </span>
      </a>
    </li>
  );
}

/** Whether there is a series to send about; until that is known nobody is asked to make one. */
function hasSeries(series: Loaded<SeriesListAnswer>): boolean {
  return series.state !== 'ready' || series.value.series.length > 0;
}

function FanOutRow({ fanOut, subject }: { readonly fanOut: FanOut; readonly subject: Subject }) {
  const { t, dates } = useText();
  const { counts } = fanOut;
  const troubles = (['failed', 'uncertain', 'undeliverable'] as const).filter((is) => counts[is] > 0);
  return (
    <li>
      <a href={href(['sends', fanOut.id])}>
        <span className={css.what}>
          <span className={css.kind}>{subject.kind}</span>
          <span className={css.name}>{subject.title}</span>
        </span>
        <StateChip kind="fanOut" state={shownStatus(fanOut)} />
        <span className={css.facts}>
          <time dateTime={fanOut.startedAt}>{dates.moment(fanOut.startedAt)}</time>
          {counts.total > 0 && (
            <span>
              {isMoving(fanOut)
                ? t('sends.settled', { settled: settledIn(counts), total: counts.total })
                : t('sends.sent', { sent: counts.sent, total: counts.total })}
            </span>
          )}
          {troubles.map((is) => (
            <span key={is} data-trouble={is !== 'undeliverable'}>
              {t(`sends.trouble.${is}`, { count: counts[is] })}
            </span>
          ))}
          {fanOut.state.status === 'dropped' && <span>{t(`sends.reason.${fanOut.state.reason}`)}</span>}
        </span>
      </a>
    </li>
  );
}

/** Fetches the next page. */
function useMore(loaded: Loaded<FanOutListAnswer>): () => Promise<void> {
  const { api, fail } = useShell();
  return async () => {
    if (loaded.state !== 'ready' || loaded.value.next === undefined) return;
    const { lines, next } = loaded.value;
    try {
      const page = await listFanOuts(api, { after: next });
      loaded.set({ ...page, lines: [...lines, ...page.lines] });
    } catch (error) {
      fail(error);
    }
  };
}

/** Looks again while somebody looks: often while something is under way, else now and then. */
function useFollowing(loaded: Loaded<FanOutListAnswer>): void {
  const { api } = useShell();
  const { set } = loaded;
  const value = loaded.state === 'ready' ? loaded.value : undefined;
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  const look = useCallback(() => {
    const asked = latest.current;
    if (asked === undefined) return;
    listFanOuts(api).then(
      (fresh) => latest.current === asked && set(withFreshStart(asked, fresh, ({ id }) => id)),
      // The next look may succeed; what stands stays.
      () => undefined,
    );
  }, [api, set]);
  useFresh(look);
  useEffect(() => {
    if (value?.lines.some(isMoving) !== true) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') look();
    }, pollMilliseconds);
    return () => clearInterval(timer);
  }, [look, value]);
}
