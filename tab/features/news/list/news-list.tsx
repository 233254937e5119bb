import { Button } from '@fluentui/react-components';
import { DocumentBulletListRegular, FilterDismissRegular, Link16Regular } from '@fluentui/react-icons';
import { useCallback, useEffect, useRef, memo } from 'react';
import type { NewsLine } from '../../../../src/news/types.js';
import { useText, useProjectName } from '../../../shared/context.js';
import { useKeys } from '../../../shared/keys.js';
import { href } from '../../../shared/route.js';
import { StateChip } from '../../../shared/state-chip.js';
import { Empty, Trouble } from '../../../shared/states.js';
import { useRoute } from '../../../shared/use-route.js';
import { titleOf } from '../../../text.js';
import { NewsFilters } from './news-filters.js';
import { filterNames, type NewsListState } from './use-news-list.js';
import css from './list.module.css';

/** The list with its filters. j, k and the arrows go along the rows; Enter opens one, as with any link. */
export function NewsList(props: {
  readonly list: NewsListState;
  readonly openId: string | undefined;
  readonly isReviewer: boolean;
}) {
  const { list, openId, isReviewer } = props;
  const { t } = useText();
  const { query } = useRoute();
  const rows = useRef<HTMLUListElement>(null);
  const onward = (): void => focusRow(rows.current, openId, 1);
  const back = (): void => focusRow(rows.current, openId, -1);
  useKeys({ j: onward, ArrowDown: onward, k: back, ArrowUp: back });
  const isWaiting = list.phase === 'loading';
  return (
    <>
      <div className={css.head}>
        <h1>{t(isReviewer ? 'news.title' : 'news.title.own')}</h1>
        {isReviewer && <NewsFilters />}
      </div>
      {isWaiting && list.lines.length === 0 ? (
        <RowBones />
      ) : (
        <ul ref={rows} className={css.rows} aria-busy={isWaiting} data-stale={isWaiting}>
          {list.lines.map((line) => (
            <NewsRow
              key={line.id}
              line={line}
              isOpen={line.id === openId}
              to={href(['news', line.id], query)}
            />
          ))}
        </ul>
      )}
      <p className={css.count} role="status">
        {list.phase === 'ready' &&
          (list.next === undefined && !list.tooMany
            ? t('news.list.count', { count: list.lines.length })
            : t('news.list.countMore', { count: list.lines.length }))}
      </p>
      <ListEnd list={list} isReviewer={isReviewer} />
    </>
  );
}

function ListEnd({ list, isReviewer }: { readonly list: NewsListState; readonly isReviewer: boolean }) {
  const { t } = useText();
  const { grow } = list;
  const latest = useRef(grow);
  useEffect(() => {
    latest.current = grow;
  });
  const watch = useCallback((end: HTMLDivElement | null) => {
    if (end === null) return undefined;
    const observer = new IntersectionObserver((seen) => {
      if (seen.some((entry) => entry.isIntersecting)) latest.current();
    });
    observer.observe(end);
    return () => observer.disconnect();
  }, []);
  if (list.phase === 'failed') return <Trouble error={list.error} retry={list.reload} />;
  if (list.phase === 'ready' && list.lines.length === 0) return <NoLines isReviewer={isReviewer} />;
  if (list.tooMany) return <p className={css.narrow}>{t('news.list.narrow')}</p>;
  if (list.next === undefined || list.lines.length === 0) return null;
  return (
    <div ref={watch} className={css.end}>
      <Button appearance="subtle" disabledFocusable={list.phase === 'growing'} onClick={grow}>
        {t(list.phase === 'growing' ? 'shared.loading' : 'shared.more')}
      </Button>
    </div>
  );
}

function NoLines({ isReviewer }: { readonly isReviewer: boolean }) {
  const { t } = useText();
  const { path, query } = useRoute();
  if (!isReviewer) {
    return (
      <Empty
        icon={<DocumentBulletListRegular />}
        title={t('news.empty.own.title')}
        text={t('news.empty.own.text')}
      />
    );
  }
  const isFiltered = filterNames.some((name) => query[name] !== undefined);
  if (!isFiltered) {
    return (
      <Empty icon={<DocumentBulletListRegular />} title={t('news.empty.title')} text={t('news.empty.text')} />
    );
  }
  return (
    <Empty
      icon={<FilterDismissRegular />}
      title={t('news.empty.filtered.title')}
      text={t('news.empty.filtered.text')}
    >
      <Button as="a" href={href(path)}>
        {t('news.filter.clear')}
      </Button>
    </Empty>
  );
}

function RowBones() {
  const { t } = useText();
  return (
    <div className={css.bones} role="status" aria-busy="true" aria-label={t('shared.loading')}>
      {[1, 2, 3, 4, 5, 6].map((row) => (
        <div key={row} className={css.bone}>
          <span className="bone" style={{ width: '85%', height: 16 }} />
          <span className="bone" style={{ width: '55%', height: 12 }} />
          <span className="bone" style={{ width: 92, height: 18, borderRadius: 999 }} />
        </div>
      ))}
    </div>
  );
}

/** Puts the focus on the row before or after the one that has it, else on the open one, else on the first. */
function focusRow(list: HTMLUListElement | null, openId: string | undefined, by: 1 | -1): void {
  const rows = [...(list?.querySelectorAll<HTMLAnchorElement>('a') ?? [])];
  const focused = rows.findIndex((row) => row === document.activeElement);
  const open = rows.findIndex((row) => row.id === `news-${openId ?? ''}`);
  const from = focused >= 0 ? focused : open;
  const to = from < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, from + by));
  rows[to]?.focus();
}

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
