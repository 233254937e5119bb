import { Link16Regular } from '@fluentui/react-icons';
import { memo } from 'react';
import type { NewsLine } from '../../../../src/news/types.js';
import { useProjectName, useText } from '../../../shared/context.js';
import { StateChip } from '../../../shared/state-chip.js';
import { titleOf } from '../../../shared/title-in.js';
import css from './list.module.css';

/** One item of the list: title, project, who and when, state, and the languages that are missing. */
export const NewsRow = memo(function NewsRow(props: {
  readonly line: NewsLine;
  readonly isOpen: boolean;
  readonly to: string;
}) {
  const { line } = props;
  const { t, dates, language } = useText();
  const projectName = useProjectName();
  const { title, language: titleLanguage } = titleOf(line.titles, language);
  return (
    <li>
      <a
        id={`news-${line.id}`}
        className={css.row}
        href={props.to}
        aria-current={props.isOpen ? 'true' : undefined}
      >
        <span className={css.title} lang={titleLanguage}>
          {title}
        </span>
        <span className={css.by}>
          <span>{projectName(line.projectId)}</span>
          <span>{line.authorName}</span>
          <time dateTime={line.submittedAt}>{dates.brief(line.submittedAt)}</time>
        </span>
        <span className={css.marks}>
          <StateChip kind="news" state={line.status} />
          {line.missing.map((missing) => (
            <span key={missing} className={css.missing}>
              {t(`news.missing.${missing}`)}
            </span>
          ))}
          {line.used && (
            <span className={css.used}>
              <Link16Regular aria-hidden="true" />
              {t('news.used')}
            </span>
          )}
        </span>
      </a>
    </li>
  );
});
