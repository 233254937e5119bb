import { Button } from '@fluentui/react-components';
import { ArrowLeft16Regular, Chat16Regular, Mail16Regular, PeopleTeam16Regular } from '@fluentui/react-icons';
import { useCallback, useEffect, useMemo, useRef, type ComponentType } from 'react';
import type {
  FanOutEvent,
  FanOutView,
  RecipientLine,
  RecipientState,
} from '../../../src/delivery/fan-out/fan-out.js';
import type { Way } from '../../../src/delivery/fan-out/kind.js';
import type { FanOutRecipientsAnswer } from '../../../src/shared/answers/fan-outs.js';
import { AuditTrail } from '../../shared/audit-trail.js';
import { useText, useShell } from '../../shared/context.js';
import { Disclosure } from '../../shared/disclosure.js';
import { WatchedProgress, useFanOut } from '../../shared/fan-out-progress.js';
import { href } from '../../shared/route.js';
import { SessionsPage } from '../../shared/sessions-page.js';
import { StateChip } from '../../shared/state-chip.js';
import { Await, Bones } from '../../shared/states.js';
import { useLoad, type Loaded } from '../../shared/use-load.js';
import { useRoute } from '../../shared/use-route.js';
import { recipientsApi } from './api.js';
import { recipientState, placeKey, placeOf, useSubject, reasonKey } from './fan-out.js';
import css from './fan-outs.module.css';

/** One fan-out: what it was, how far it is, and what came of each recipient. */
export function FanOutPage({ id }: { readonly id: string }) {
  const { t, dates } = useText();
  const watched = useFanOut(id);
  const is = recipientState(useRoute().query.is);
  const subjectOf = useSubject();
  const fanOut = watched.loaded.state === 'ready' ? watched.loaded.value : undefined;
  const subject = fanOut && subjectOf(fanOut.content);
  return (
    <SessionsPage
      place="sends"
      title={subject?.title ?? t('sends.one')}
      {...(subject !== undefined && { lead: subject.kind })}
    >
      <div className={css.ways}>
        <a href={href(['sends'])}>
          <ArrowLeft16Regular aria-hidden="true" />
          {t('sends.all')}
        </a>
        {fanOut !== undefined && (
          <>
            <a href={placeOf(fanOut.content)}>{t(placeKey(fanOut.content))}</a>
            <span>{t('sends.started', { when: dates.moment(fanOut.startedAt) })}</span>
          </>
        )}
      </div>
      <WatchedProgress watched={watched} {...(is !== undefined && { is })} />
      {fanOut !== undefined && <Reasons fanOut={fanOut} />}
      {fanOut?.isForgotten && <p className={css.none}>{t('sends.recipients.forgotten')}</p>}
      {fanOut !== undefined && !fanOut.isForgotten && fanOut.counts.total > 0 && (
        <Recipients fanOut={fanOut} is={is} />
      )}
      {fanOut !== undefined && (
        <AuditTrail<FanOutEvent>
          title={t('sends.audit.title')}
          path={`/api/sends/${fanOut.id}/audit`}
          version={fanOut.state.status}
          describe={(event) =>
            event.action === 'again'
              ? t(`sends.audit.again.${event.status}`)
              : t(`sends.audit.${event.action}`)
          }
        />
      )}
    </SessionsPage>
  );
}

/** Why some were not reached, counted: the most frequent first. */
function Reasons({ fanOut }: { readonly fanOut: FanOutView }) {
  const { t } = useText();
  if (fanOut.reasons.length === 0) return null;
  return (
    <section className={css.section} aria-labelledby="fan-out-reasons">
      <h2 id="fan-out-reasons">{t('sends.reasons.title')}</h2>
      <ul className={css.reasons}>
        {fanOut.reasons.map(({ status, reason, count }) => (
          <li key={`${status} ${reason}`}>
            <strong>{t('sends.number', { count })}</strong>
            <StateChip kind="recipient" state={status} />
            <ReasonText reason={reason} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const wayIcons: Readonly<Record<Way, ComponentType>> = {
  chat: Chat16Regular,
  channel: PeopleTeam16Regular,
  mail: Mail16Regular,
};

/** What came of each recipient, or of those in one state. */
export function Recipients(props: {
  readonly fanOut: FanOutView;
  readonly is: RecipientState['status'] | undefined;
}) {
  const { fanOut, is } = props;
  const { t } = useText();
  const { loaded, more } = useRecipients(fanOut, is);
  return (
    <section className={css.section} aria-labelledby="fan-out-recipients">
      <div className={css.sectionHead}>
        <h2 id="fan-out-recipients">
          {is === undefined
            ? t('sends.recipients.title')
            : t('sends.recipients.only', { state: t(`recipient.state.${is}`) })}
        </h2>
        {is !== undefined && <a href={href(['sends', fanOut.id])}>{t('sends.recipients.all')}</a>}
      </div>
      <Await loaded={loaded} bones={<Bones rows={6} height={44} />}>
        {({ lines }) =>
          lines.length === 0 ? (
            <p className={css.none}>{t('sends.recipients.none')}</p>
          ) : (
            <ul className={css.recipients}>
              {lines.map((line) => (
                <Recipient key={line.key} line={line} />
              ))}
            </ul>
          )
        }
      </Await>
      {more !== undefined && (
        <Button className={css.more ?? ''} appearance="subtle" onClick={() => void more()}>
          {t('shared.more')}
        </Button>
      )}
    </section>
  );
}

function Recipient({ line }: { readonly line: RecipientLine }) {
  const { t } = useText();
  const Icon = wayIcons[line.way];
  return (
    <li>
      <span className={css.person}>
        <span className={css.personName}>{line.name ?? t('sends.recipients.erased')}</span>
        <span className={css.way}>
          <Icon aria-hidden="true" />
          {t('sends.inLanguage', { way: t(`sends.way.${line.way}`), language: line.language })}
        </span>
      </span>
      <span className={css.result}>
        <StateChip kind="recipient" state={line.state.status} />
        <Detail state={line.state} />
      </span>
    </li>
  );
}

/** When, and where it did not arrive why; of an open one when it is tried again. */
function Detail({ state }: { readonly state: RecipientState }) {
  const { t, dates } = useText();
  if (state.status === 'open') {
    if (state.lastFault === undefined) return null;
    return (
      <>
        <ReasonText reason={state.lastFault} />
        {state.retryAt !== undefined && (
          <span className={css.when}>{t('sends.retry', { time: dates.time(state.retryAt) })}</span>
        )}
      </>
    );
  }
  return (
    <>
      {state.status !== 'sent' && <ReasonText reason={state.reason} />}
      <time className={css.when} dateTime={state.at}>
        {dates.brief(state.at)}
      </time>
    </>
  );
}

/** Why somebody was not reached; of what nobody foresaw the code too, for whoever has to find out. */
export function ReasonText({ reason }: { readonly reason: string }) {
  const { t } = useText();
  const key = reasonKey(reason);
  if (key !== undefined) return <span className={css.reason}>{t(key)}</span>;
  return (
    <div className={css.reason}>
      {t('sends.reason.other')}
      {reason !== '' && (
        <Disclosure className={css.code} summary={t('sends.reason.code')}>
          <code>{reason}</code>
        </Disclosure>
      )}
    </div>
  );
}

const restMilliseconds = 3_000;

/** Recipients as far as they have been fetched, and the way to fetch more. */
export interface RecipientList {
  readonly loaded: Loaded<FanOutRecipientsAnswer>;
  readonly more: (() => Promise<void>) | undefined;
}

/**
 * The recipients of a fan-out, only those in a state where it is given. The first page follows the fan-out while it lasts;
 * once more have been fetched they stay as they are, so that nothing moves under whoever reads.
 */
export function useRecipients(fanOut: FanOutView, is: RecipientState['status'] | undefined): RecipientList {
  const { api, fail } = useShell();
  const { path, list } = useMemo(() => recipientsApi(api, fanOut.id), [api, fanOut.id]);
  const loaded = useLoad(`${path} ${is ?? ''}`, () => list(is));
  const value = loaded.state === 'ready' ? loaded.value : undefined;
  const { set, reload } = loaded;
  useFollowing(JSON.stringify(fanOut.counts), reload, (value?.lines.length ?? 0) <= 100);
  const more = useCallback(async (): Promise<void> => {
    if (value?.next === undefined) return;
    try {
      const page = await list(is, value.next);
      set({ ...page, lines: [...value.lines, ...page.lines] });
    } catch (error) {
      fail(error);
    }
  }, [fail, is, list, set, value]);
  return { loaded, more: value?.next === undefined ? undefined : more };
}

/** Fetches again when the counts are others, at most every few seconds. */
function useFollowing(counts: string, reload: () => void, isWanted: boolean): void {
  const last = useRef({ counts, at: 0 });
  useEffect(() => {
    if (!isWanted || last.current.counts === counts) return undefined;
    const wait = Math.max(0, last.current.at + restMilliseconds - Date.now());
    const timer = setTimeout(() => {
      last.current = { counts, at: Date.now() };
      reload();
    }, wait);
    return () => clearTimeout(timer);
  }, [counts, reload, isWanted]);
}
