import type { ReleaseLine } from '../../../../src/releases/types.js';
import { useProjectName, useText } from '../../../shared/context.js';
import { StateChip } from '../../../shared/state-chip.js';
import { titleOf } from '../../../shared/title-in.js';
import css from './list.module.css';

/** One release of a list: title, project, when, state, and the languages that are not ready. */
export function ReleaseRow(props: {
  readonly line: ReleaseLine;
  readonly isOpen: boolean;
  readonly to: string;
}) {
  const { line } = props;
  const { t, dates, language } = useText();
  const projectName = useProjectName();
  const { title, language: titleLanguage } = titleOf(line.titles, language);
  const isDone = line.status === 'published' || line.status === 'cancelled';
  return (
    <li>
      <a
        id={`release-${line.id}`}
        className={css.row}
        href={props.to}
        aria-current={props.isOpen ? 'true' : undefined}
      >
        <span className={css.title} lang={title === '' ? undefined : titleLanguage}>
          {title === '' ? t('release.untitled') : title}
        </span>
        <span className={css.by}>
          {line.projectId !== undefined && <span>{projectName(line.projectId)}</span>}
          <time dateTime={line.due ?? line.at}>
            {line.due === undefined ? dates.day(line.at) : dates.moment(line.due)}
          </time>
        </span>
        <span className={css.marks}>
          <StateChip kind="release" state={line.status} />
          {line.overdue === true && <span className={css.trouble}>{t('release.overdue')}</span>}
          {!isDone &&
            line.notReady.map((missing) => (
              <span key={missing} className={css.trouble}>
                {t('release.notReady', { language: missing })}
              </span>
            ))}
        </span>
      </a>
    </li>
  );
}
