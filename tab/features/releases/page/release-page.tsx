import { useEffect, useRef } from 'react';
import type { ReleaseAnswer } from '../../../../src/shared/answers/releases.js';
import type { ReleaseStateName } from '../../../../src/releases/types.js';
import { useMay, useProjectName, useText } from '../../../shared/context.js';
import type { TextKey } from '../../../text.js';
import { Await, Bones } from '../../../shared/states.js';
import { StateChip } from '../../../shared/state-chip.js';
import { titleIn } from '../../../shared/title-in.js';
import { Texts } from '../../../shared/writing/texts.js';
import { useRelease, type ReleaseHere } from '../use-release.js';
import { Actions } from './actions.js';
import { AuditTrail } from './audit-trail.js';
import { Notices } from './notices.js';
import { useSubject } from './use-subject.js';
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
      <AuditTrail entries={answer.audit} />
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
