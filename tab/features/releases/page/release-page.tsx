import { useEffect, useRef, useMemo } from 'react';
import type { ReleaseStateName, ReleaseAudit } from '../../../../src/releases/types.js';
import type { ReleaseAnswer } from '../../../../src/shared/answers/releases.js';
import { AuditQuote, AuditTrail } from '../../../shared/audit-trail.js';
import { useMay, useProjectName, useText, useShell } from '../../../shared/context.js';
import { StateChip } from '../../../shared/state-chip.js';
import { Await, Bones } from '../../../shared/states.js';
import type { Subject } from '../../../shared/writing/subject.js';
import { Texts } from '../../../shared/writing/texts.js';
import { titleIn, type TextKey } from '../../../text.js';
import { useRelease, faultText, seenOf, type ReleaseHere } from '../use-releases.js';
import { Actions } from './actions.js';
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
  const { release } = answer;
  const { t, language } = useText();
  const subject = useSubject(answer, here);
  // What was approved is opened for writing on purpose, by taking the approval back.
  const mayEdit = useMay()('release:edit') && release.state.status === 'draft';
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const titles = Object.fromEntries(
    Object.entries(release.texts).map(([own, text]) => [own, text.title] as const),
  );
  const title = titleIn(language, titles);
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
      <Texts subject={subject} mayEdit={mayEdit} />
      <ReleaseTrail release={answer.release} />
    </article>
  );
}

function Head({ answer: { release } }: { readonly answer: ReleaseAnswer }) {
  const { t, dates } = useText();
  const projectName = useProjectName();
  const { state } = release;
  const when = state.status === 'scheduled' ? state.due : state.status === 'published' ? state.at : undefined;
  return (
    <div className={css.head}>
      <StateChip kind="release" state={state.status} />
      {when !== undefined && (
        <time className={css.when} dateTime={when}>
          {dates.moment(when)}
        </time>
      )}
      <span className={css.quiet}>
        {t(`channel.${release.channel}` as TextKey)}
        {release.projectId !== undefined && ` · ${projectName(release.projectId)}`}
      </span>
    </div>
  );
}

/** A release as something to write. */
export function useSubject({ release }: ReleaseAnswer, here: ReleaseHere): Subject {
  const { t } = useText();
  const { api, show } = here;
  const save = useMemo<Subject['save']>(
    () => async (language, content, basedOn) => {
      const answer = await api.setText(language, content, basedOn);
      show(answer);
      return answer.release.texts;
    },
    [api, show],
  );
  const check: Subject['check'] = async (language) => {
    await here.change(() => api.checkText(language, seenOf(release)), t('release.done.check'));
  };
  return { id: release.id, path: api.path, texts: release.texts, channels: [release.channel], save, check };
}

/** Who did what and when; what Big Room did itself is signed by it. */
export function ReleaseTrail({ release }: Pick<ReleaseAnswer, 'release'>) {
  const { t } = useText();
  return (
    <AuditTrail<ReleaseAudit['event']>
      title={t('release.audit.title')}
      path={`/api/releases/${release.id}/audit`}
      version={JSON.stringify([release.auditCount, release.texts])}
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
      return t(`release.audit.${event.action}`, { due: dates.moment(event.due) });
    case 'failed':
    case 'uncertain':
      return (
        <>
          {t(`release.audit.${event.action}`)}
          <AuditQuote text={faultText(texts, event.reason)} />
        </>
      );
    case 'approve':
      return (
        <>
          {t('release.audit.approve')}
          {event.waiver !== undefined && <AuditQuote isSaid text={event.waiver} />}
        </>
      );
    default:
      return t(`release.audit.${event.action}`);
  }
}
