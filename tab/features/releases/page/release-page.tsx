import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Deviations } from '../../../../src/content/deviation.js';
import type { NewsItem } from '../../../../src/news/types.js';
import type { ReleaseStateName, ReleaseAudit } from '../../../../src/releases/types.js';
import type { NewsItemAnswer } from '../../../../src/shared/answers/news.js';
import type { ReleaseAnswer } from '../../../../src/shared/answers/releases.js';
import { AuditQuote, AuditTrail } from '../../../shared/audit-trail.js';
import { useMay, useProjectName, useText, useShell } from '../../../shared/context.js';
import { href } from '../../../shared/route.js';
import { shownReleaseState, StateChip } from '../../../shared/state-chip.js';
import { Await, Bones } from '../../../shared/states.js';
import { DeviationEditor } from '../../../shared/writing/deviations.js';
import { useItemSubject } from '../../../shared/writing/item-subject.js';
import { Texts } from '../../../shared/writing/texts.js';
import { titleIn, type TextKey } from '../../../text.js';
import { useRelease, faultText, type ReleaseHere } from '../use-releases.js';
import { Actions } from './actions.js';
import { AsPage } from './as-page.js';
import { Notices } from './notices.js';
import css from './page.module.css';

/** One release: where it stands, what can be done, its texts side by side, and its story so far. */
export function ReleasePage(props: {
  readonly id: string;
  readonly onChanged: (state: ReleaseStateName) => void;
}) {
  const here = useRelease(props.id, props.onChanged);
  return (
    <Await loaded={here.loaded} bones={<Bones rows={3} height={140} />}>
      {(answer) => <ReleaseHereNow answer={answer} here={here} />}
    </Await>
  );
}

function ReleaseHereNow({ answer, here }: { readonly answer: ReleaseAnswer; readonly here: ReleaseHere }) {
  const { release, item } = answer;
  const { t, language } = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const title = titleIn(language, release.shown.titles);
  return (
    <article className={css.page}>
      <h1 ref={heading} tabIndex={-1} className={css.hidden}>
        {t('release.heading', { title: title === '' ? t('release.untitled') : title })}
      </h1>
      <div className={css.bar}>
        <Head answer={answer} />
        <Actions answer={answer} here={here} />
      </div>
      <Notices answer={answer} here={here} />
      {item === undefined ? (
        <p>{t('release.itemErased')}</p>
      ) : (
        <Written answer={answer} item={item} here={here} canEdit={answer.may.translate} />
      )}
      <AsPage answer={answer} here={here} canEdit={answer.may.edit} />
      <ReleaseTrail release={release} />
    </article>
  );
}

/** The item's text, which every place shares, and what this channel says otherwise. */
function Written(props: {
  readonly answer: ReleaseAnswer;
  readonly item: NewsItem;
  readonly here: ReleaseHere;
  readonly canEdit: boolean;
}) {
  const { answer, item, here, canEdit } = props;
  const { release } = answer;
  const { t } = useText();
  const may = useMay();
  const { show, latest, refresh, api } = here;
  const onAnswer = useCallback(
    ({ item: next }: NewsItemAnswer) => {
      const now = latest();
      if (now !== undefined) show({ ...now, item: next });
      refresh();
    },
    [show, latest, refresh],
  );
  const channels = useMemo(() => [release.channel], [release.channel]);
  const subject = useItemSubject(item, channels, onAnswer);
  const isItemOpen = release.shown.loose !== true && may('news:see');
  /** Shows what came of a change of what is said otherwise, and gives what is said so then. */
  const saved = async (make: Promise<ReleaseAnswer>): Promise<Deviations> => {
    const next = await make;
    show(next);
    return next.release.own;
  };
  return (
    <>
      {(canEdit || isItemOpen) && (
        <p className={css.source}>
          {canEdit && t('release.sharedText')}{' '}
          {isItemOpen && <a href={href(['news', release.newsId])}>{t('release.source')}</a>}
        </p>
      )}
      <Texts subject={subject} mayEdit={canEdit} />
      <DeviationEditor
        place={`release.${release.id}`}
        texts={item.texts}
        own={release.own}
        canEdit={canEdit}
        save={(language, parts, replaces) => saved(api.setOwnText(language, parts, replaces))}
        drop={(language, replaces) => saved(api.dropOwnText(language, replaces))}
        saveLast={api.putOwnTextLast}
      />
    </>
  );
}

function Head({ answer }: { readonly answer: ReleaseAnswer }) {
  const { t, dates } = useText();
  const projectName = useProjectName();
  const { release, status } = answer;
  const { state, out, shown } = release;
  const when = state.status === 'scheduled' && out === undefined ? state.due : out?.at;
  return (
    <div className={css.head}>
      <StateChip kind="release" state={shownReleaseState({ ...state, status })} />
      {when !== undefined && (
        <time className={css.when} dateTime={when}>
          {dates.moment(when)}
        </time>
      )}
      <span className={css.quiet}>
        {t(`channel.${release.channel}` as TextKey)}
        {shown.projectId !== undefined && ` · ${projectName(shown.projectId)}`}
      </span>
    </div>
  );
}

/** Who did what and when; what Big Room did itself is signed by it. */
export function ReleaseTrail({ release }: Pick<ReleaseAnswer, 'release'>) {
  const { t } = useText();
  return (
    <AuditTrail<ReleaseAudit['event']>
      title={t('release.audit.title')}
      path={`/api/releases/${release.id}/audit`}
      version={String(release.auditCount)}
      describe={(event) => <Description event={event} />}
    />
  );
}

function Description({ event }: Pick<ReleaseAudit, 'event'>) {
  const { texts } = useShell();
  const { t, dates } = useText();
  switch (event.action) {
    case 'edit':
    case 'check':
    case 'takeSource':
      return t(`release.audit.${event.action}`, { language: event.language, revision: event.revision });
    case 'parkText':
      return t('release.audit.parkText', { language: event.language });
    case 'schedule':
    case 'publishNow':
    case 'overdue':
    case 'correct':
    case 'putBack':
      return (
        <>
          {t(`release.audit.${event.action}`, { due: dates.moment(event.due) })}
          {event.waiver !== undefined && <AuditQuote isSaid text={event.waiver} />}
        </>
      );
    case 'editText':
    case 'useItemText':
      return t(`release.audit.${event.action}`, { language: event.language });
    case 'ready':
      return t('news.audit.ready', { language: event.language, revision: event.revision });
    case 'giveUp':
      return t(event.done === true ? 'release.audit.giveUp.done' : 'release.audit.giveUp');
    case 'failed':
    case 'uncertain':
      return (
        <>
          {t(`release.audit.${event.action}`)}
          <AuditQuote text={faultText(texts, event.reason)} />
        </>
      );
    case 'sendBack':
      return (
        <>
          {t('release.audit.sendBack')}
          <AuditQuote isSaid text={event.text} />
        </>
      );
    case 'approve':
    case 'approveFirst':
      return (
        <>
          {t(`release.audit.${event.action}`)}
          {event.waiver !== undefined && <AuditQuote isSaid text={event.waiver} />}
        </>
      );
    default:
      return t(`release.audit.${event.action}`);
  }
}
