import { Button } from '@fluentui/react-components';
import {
  Add20Regular,
  DocumentBulletListRegular,
  FilterDismissRegular,
  Link16Regular,
} from '@fluentui/react-icons';
import {
  lazy,
  memo,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
  type FocusEvent,
  type MouseEvent,
} from 'react';
import type { Presence } from '../../../../src/news/presence.js';
import { shownStateOf, type NewsLine } from '../../../../src/news/types.js';
import { useText, useProjectName } from '../../../shared/context.js';
import { useKeys, useRowKeys } from '../../../shared/keys.js';
import { href } from '../../../shared/route.js';
import { StateChip } from '../../../shared/state-chip.js';
import { Empty, Trouble } from '../../../shared/states.js';
import { go, useRoute } from '../../../shared/use-route.js';
import { titleOf } from '../../../text.js';
import type { NewsViewsAnswer } from '../../../../src/shared/answers/news.js';
import { viewOf } from '../api.js';
import { LineMeta } from './line-meta.js';
import { NewsFilters } from './news-filters.js';
import { rangeTo, toggledIn } from './selection.js';
import type { Desk } from './use-desk.js';
import { Views } from './views.js';
import { filterNames, type NewsListState } from './use-news-list.js';
import hidden from '../../../shared/hidden.module.css';
import css from './list.module.css';

const SelectionBar = lazy(async () => ({ default: (await import('./selection-bar.js')).SelectionBar }));

const isFresh = ({ movedAt }: NewsLine, since: string | undefined): boolean =>
  since !== undefined && movedAt !== undefined && Date.parse(movedAt) > Date.parse(since);

const nobody: readonly Presence[] = [];
const rowId = 'news-';

/** The list with its views and filters. j, k and the arrows go along the rows; Enter opens one, as with any link; x selects. */
export function NewsList(props: {
  readonly list: NewsListState;
  readonly openId: string | undefined;
  readonly isReviewer: boolean;
  readonly desk: Desk;
  readonly counts: NewsViewsAnswer | undefined;
  /** After several items were changed at once. */
  readonly onChanged: () => void;
}) {
  const { list, openId, isReviewer, desk } = props;
  const { t } = useText();
  const { query } = useRoute();
  const rows = useRef<HTMLUListElement>(null);
  useRowKeys(rows);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  const ids = list.lines.map(({ id }) => id as string);
  const shown = list.lines.filter(({ id }) => selected.has(id));
  const latestIds = useRef(ids);
  useEffect(() => {
    latestIds.current = ids;
  });
  const select = useCallback((id: string, isRange: boolean): void => {
    const from = isRange ? last.current : undefined;
    last.current = id;
    setSelected((before) =>
      from === undefined ? toggledIn(before, id) : rangeTo(before, latestIds.current, from, id),
    );
  }, []);
  useKeys({
    x: () => {
      const focused = document.activeElement?.closest('li')?.querySelector('a')?.id ?? '';
      const id = focused.startsWith(rowId) ? focused.slice(rowId.length) : openId;
      if (isReviewer && id !== undefined && ids.includes(id)) select(id, false);
    },
    c: () => go(href(['news', 'new'], query)),
  });
  const { stop, onFocus } = useStop(ids);
  const isWaiting = list.phase === 'loading';
  return (
    <>
      <div className={css.head}>
        <div className={css.headline}>
          <h1>{t(isReviewer ? 'news.title' : 'news.title.own')}</h1>
          <Button as="a" size="small" icon={<Add20Regular />} href={href(['news', 'new'], query)}>
            {t('news.new')}
          </Button>
        </div>
        {isReviewer && <Views counts={props.counts} />}
        {isReviewer && <NewsFilters />}
      </div>
      {isWaiting && list.lines.length === 0 ? (
        <RowBones />
      ) : (
        <ul ref={rows} className={css.rows} aria-busy={isWaiting} data-stale={isWaiting} onFocus={onFocus}>
          {list.lines.map((line) => {
            const present = desk.presentAt(line.id);
            return (
              <NewsRow
                key={line.id}
                line={line}
                isOpen={line.id === openId}
                to={href(['news', line.id], query)}
                present={present.length === 0 ? nobody : present}
                isFresh={isFresh(line, desk.since)}
                isStop={shown.length === 0 || line.id === stop}
                {...(isReviewer && { isSelected: selected.has(line.id), onSelect: select })}
              />
            );
          })}
        </ul>
      )}
      <p className={css.count} role="status">
        {list.phase === 'ready' &&
          (list.next === undefined && !list.tooMany
            ? t('news.list.count', { count: list.lines.length })
            : t('news.list.countMore', { count: list.lines.length }))}
      </p>
      <ListEnd list={list} isReviewer={isReviewer} />
      <p role="status" className={hidden.hidden}>
        {shown.length > 0 && t('news.select.now', { count: shown.length })}
      </p>
      {shown.length > 0 && (
        <Suspense>
          <SelectionBar
            lines={shown}
            onClear={() => setSelected(new Set())}
            onDone={(left) => {
              setSelected(new Set(left));
              props.onChanged();
            }}
          />
        </Suspense>
      )}
    </>
  );
}

/**
 * While something is selected the rows are one stop of the Tab key, the one that had the focus last, with the arrows along
 * them as ever: so Tab leads from what one has just selected to what can be done with it, which stands after the list. When
 * the row that has the focus goes, the next one that is left has it.
 */
function useStop(ids: readonly string[]) {
  const [last, setLast] = useState<string>();
  const before = useRef(ids);
  const at = ids.indexOf(last ?? '');
  const stop = at >= 0 ? last : ids[0];
  useEffect(() => {
    if (at >= 0) {
      before.current = ids;
      return;
    }
    if (last === undefined || document.activeElement !== document.body) return;
    const after = before.current.slice(before.current.indexOf(last) + 1);
    const next = after.find((id) => ids.includes(id)) ?? ids.at(-1);
    if (next !== undefined) document.getElementById(`${rowId}${next}`)?.focus();
  }, [at, last, ids]);
  const onFocus = ({ target }: FocusEvent<HTMLElement>): void => {
    const id = target.closest('li')?.querySelector('a')?.id;
    if (id !== undefined) setLast(id.slice(rowId.length));
  };
  return { stop, onFocus };
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
  const view = viewOf(query);
  if (!isFiltered && view !== undefined && view !== 'new') {
    return (
      <Empty
        icon={<DocumentBulletListRegular />}
        title={t(`news.empty.${view}.title`)}
        text={t(`news.empty.${view}.text`)}
      />
    );
  }
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

/** One item of the list: title, project, who and when, for whom, state, and the languages that are missing. */
export const NewsRow = memo(function NewsRow(props: {
  readonly line: NewsLine;
  readonly isOpen: boolean;
  readonly to: string;
  readonly present: readonly Presence[];
  /** It moved after the person was here last. */
  readonly isFresh: boolean;
  /** Whether the Tab key stops here. */
  readonly isStop?: boolean;
  readonly isSelected?: boolean;
  /** Absent where nothing can be selected. */
  readonly onSelect?: (id: string, isRange: boolean) => void;
}) {
  const { line, onSelect, isStop = true } = props;
  const { t, dates, language } = useText();
  const projectName = useProjectName();
  const { title, language: titleLanguage } = titleOf(line.titles, language);
  const isOver = line.status === 'rejected' || line.status === 'withdrawn';
  const isAgain = line.isResubmitted === true && line.movedAt !== undefined;
  const at = (isAgain ? line.movedAt : undefined) ?? line.submittedAt;
  return (
    <li className={css.item}>
      {onSelect !== undefined && (
        <span className={css.select}>
          <input
            type="checkbox"
            tabIndex={isStop ? undefined : -1}
            aria-label={t('news.select.one', { title })}
            checked={props.isSelected === true}
            onChange={() => undefined}
            onClick={(event: MouseEvent) => onSelect(line.id, event.shiftKey)}
          />
        </span>
      )}
      <a
        id={`${rowId}${line.id}`}
        className={css.row}
        tabIndex={isStop ? undefined : -1}
        href={props.to}
        aria-current={props.isOpen ? 'true' : undefined}
        onClick={(event: MouseEvent) => {
          // As in a list of files: a press with shift selects.
          if (onSelect === undefined || !event.shiftKey) return;
          event.preventDefault();
          onSelect(line.id, true);
        }}
      >
        <span className={css.title} lang={titleLanguage}>
          {title}
        </span>
        <span className={css.by}>
          <span>{projectName(line.projectId)}</span>
          <span>{line.authorName}</span>
          <time dateTime={at}>
            {isAgain ? t('news.meta.again', { when: dates.brief(at) }) : dates.brief(at)}
          </time>
        </span>
        <LineMeta line={line} present={props.present} />
        <span className={css.marks}>
          <StateChip kind="news" state={shownStateOf(line)} />
          {props.isFresh && <span className={css.fresh}>{t('news.fresh')}</span>}
          {!isOver &&
            line.missing.map((missing) => (
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
