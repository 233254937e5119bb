import { Button } from '@fluentui/react-components';
import { Document16Regular, Play16Filled, VideoClipRegular } from '@fluentui/react-icons';
import { useRef } from 'react';
import type { ArchiveLine } from '../../../../src/sessions/follow-up/archive.js';
import type { ArchiveAnswer } from '../../../../src/shared/answers/sessions.js';
import { translatedTo } from '../../../../src/shared/translated.js';
import type { Api } from '../../../api.js';
import { listSeries } from '../../../shared/api.js';
import { useProjectName, useShell, useText } from '../../../shared/context.js';
import { wallTimeOf, weekday } from '../../../shared/dates.js';
import { useRowKeys } from '../../../shared/keys.js';
import { KindMark } from '../../../shared/kind-mark.js';
import { PlainSelect } from '../../../shared/plain-select.js';
import { href } from '../../../shared/route.js';
import { SearchField } from '../../../shared/search-field.js';
import { SessionsPage } from '../../../shared/sessions-page.js';
import { Await, Bones, Empty } from '../../../shared/states.js';
import { useFresh } from '../../../shared/use-fresh.js';
import { useLoad } from '../../../shared/use-load.js';
import { go, useRoute } from '../../../shared/use-route.js';
import { listArchive } from '../api.js';
import { monthName, weekdayName } from '../parts/long-date.js';
import css from './archive.module.css';

type Filter = Parameters<typeof listArchive>[1];

/** So many short pages are fetched at once, so that a search through many years shows something. */
const maxShortPages = 20;

/** A page with something on it, where there is anything. */
async function somePage(api: Api, filter: Filter, after?: string): Promise<ArchiveAnswer> {
  let page = await listArchive(api, filter, after);
  for (let short = 0; page.lines.length === 0 && page.next !== undefined && short < maxShortPages; short += 1)
    page = await listArchive(api, filter, page.next);
  return page;
}

/** The sessions that were held and left something to see: recordings and materials, newest first. */
export function ArchivePage() {
  const { api, fail } = useShell();
  const { t } = useText();
  const { query } = useRoute();
  const { series, text } = query;
  const filter = { ...(series && { series }), ...(text && { text }) };
  const loaded = useLoad(`sessions archive ${JSON.stringify(filter)}`, () => somePage(api, filter));
  useFresh(loaded.refresh);
  const more = async ({ lines, next }: ArchiveAnswer): Promise<void> => {
    try {
      const page = await somePage(api, filter, next);
      loaded.set({ ...page, lines: [...lines, ...page.lines] });
    } catch (error) {
      fail(error);
    }
  };
  const isFiltered = series !== undefined || text !== undefined;
  const isEmpty = loaded.state === 'ready' && loaded.value.lines.length === 0;
  return (
    <SessionsPage place="recordings" title={t('sessions.archive.title')} lead={t('sessions.archive.lead')}>
      {(!isEmpty || isFiltered) && <Filters />}
      <Await loaded={loaded} bones={<Bones rows={4} height={96} />}>
        {(page) =>
          isEmpty ? (
            <Nothing isFiltered={isFiltered} />
          ) : (
            <>
              <Years lines={page.lines} />
              {page.next !== undefined && (
                <Button className={css.more ?? ''} appearance="subtle" onClick={() => void more(page)}>
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

function Filters() {
  const { api } = useShell();
  const { t, language } = useText();
  const { path, query } = useRoute();
  const loaded = useLoad('series', () => listSeries(api));
  const all = loaded.state === 'ready' ? loaded.value.series : [];
  return (
    <div className={css.filters}>
      <SearchField label={t('sessions.archive.search')} />
      <PlainSelect
        aria-label={t('sessions.archive.series')}
        value={query.series ?? ''}
        onChange={({ target }) => go(href(path, { ...query, series: target.value }), 'replace')}
      >
        <option value="">{t('sessions.archive.anySeries')}</option>
        {all
          .filter(({ state }) => state.status !== 'draft')
          .map(({ id, names }) => (
            <option key={id} value={id}>
              {names[language]}
            </option>
          ))}
      </PlainSelect>
    </div>
  );
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  const { t } = useText();
  return isFiltered ? (
    <Empty title={t('sessions.archive.none.title')} text={t('sessions.archive.none.text')}>
      <Button as="a" href={href(['sessions', 'recordings'])}>
        {t('sessions.archive.none.clear')}
      </Button>
    </Empty>
  ) : (
    <Empty
      icon={<VideoClipRegular />}
      title={t('sessions.archive.empty.title')}
      text={t('sessions.archive.empty.text')}
    />
  );
}

/** The sessions under their years; j and k go along them. */
function Years({ lines }: { readonly lines: readonly ArchiveLine[] }) {
  const rows = useRef<HTMLDivElement>(null);
  useRowKeys(rows);
  const yearOf = ({ start }: ArchiveLine): string => wallTimeOf(start).date.slice(0, 4);
  const years = [...new Set(lines.map(yearOf))];
  return (
    <div ref={rows} className={css.years}>
      {years.map((year) => (
        <section key={year} aria-labelledby={`archive-${year}`}>
          <h2 id={`archive-${year}`}>{year}</h2>
          <ul className={css.rows}>
            {lines
              .filter((line) => yearOf(line) === year)
              .map((line) => (
                <Row key={line.id} line={line} />
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Row({ line }: { readonly line: ArchiveLine }) {
  const { t, language } = useText();
  const projectName = useProjectName();
  const { date } = wallTimeOf(line.start);
  const name = line.names[language];
  const talk = line.talk && translatedTo(language, line.talk);
  const project = line.projectId === undefined ? undefined : projectName(line.projectId);
  const who = [project, talk?.presenter].filter((part) => part !== undefined).join(', ');
  const own = line.materials.some(({ url }) => url === talk?.material) ? undefined : talk?.material;
  return (
    <li>
      <a className={css.row} href={href(['sessions', line.id])}>
        <time className={css.date} dateTime={line.start}>
          <span>{weekdayName(language, weekday(date) + 1, 'short')}</span>
          <strong>{Number(date.slice(8))}</strong>
          <span>{monthName(language, Number(date.slice(5, 7)), 'short')}</span>
        </time>
        <span className={css.words}>
          <span className={css.title} lang={talk?.language}>
            {talk?.topic ?? name}
          </span>
          <span className={css.about}>
            <KindMark kind={line.kind} />
            <span>{[talk === undefined ? undefined : name, who].filter(Boolean).join(' · ')}</span>
          </span>
        </span>
      </a>
      <ul className={css.links}>
        {line.recordingUrl !== undefined && (
          <li>
            <a href={line.recordingUrl} target="_blank" rel="noreferrer" data-kind="recording">
              <Play16Filled aria-hidden="true" />
              {t('sessions.archive.watch')}
            </a>
          </li>
        )}
        {own !== undefined && (
          <li>
            <a href={own} target="_blank" rel="noreferrer">
              <Document16Regular aria-hidden="true" />
              {t('sessions.archive.presenters')}
            </a>
          </li>
        )}
        {line.materials
          .map((material) => translatedTo(language, material))
          .map(({ id, title, url, language: written }) => (
            <li key={id}>
              <a href={url} target="_blank" rel="noreferrer" lang={written}>
                <Document16Regular aria-hidden="true" />
                {title}
              </a>
            </li>
          ))}
      </ul>
    </li>
  );
}
