import type { ProjectId, SeriesId } from '../../platform/ids.js';
import type { Actor } from '../../platform/actor.js';
import { today } from '../../platform/clock.js';
import type { Page } from '../../platform/pages.js';
import { requirePermission } from '../../people/permissions.js';
import type { PeopleService } from '../../people/service.js';
import { languages } from '../../shared/languages.js';
import { plainCharacters } from '../../shared/normalise.js';
import type { ArchiveEntry } from '../occurrences/archive-index.js';
import type { Material, Occurrence, OccurrenceLine } from '../occurrences/occurrence.js';
import type { ReadingDeps } from '../occurrences/reading.js';
import type { OccurrenceStore } from '../occurrences/store.js';
import { hitsOf, timeOf } from '../series/dates.js';
import type { Series, SeriesKind } from '../series/series.js';

/** A held session of which there is something to see. */
export interface ArchiveLine extends Pick<
  OccurrenceLine,
  'id' | 'seriesId' | 'kind' | 'names' | 'start' | 'end'
> {
  /** The project that presented. */
  readonly projectId?: ProjectId;
  readonly talk?: ArchiveEntry['talk'];
  readonly recordingUrl?: string;
  /** In the order in which they were put; the presenters' own is among the talk. */
  readonly materials: readonly Material[];
}

/** Which of them are wanted; all without any. */
export interface ArchiveFilter {
  readonly seriesId?: SeriesId;
  readonly kind?: SeriesKind;
  /** Words, or beginnings of words, of the topic, the presenter, the project or the session: all of them. */
  readonly text?: string;
}

interface ArchiveDeps extends Omit<ReadingDeps, 'store'> {
  readonly store: Pick<OccurrenceStore, 'allSeries' | 'archive'>;
  readonly people: Pick<PeopleService, 'programme'>;
}

const pageLines = 20;
/** A few more than a page has: of today's some may be still to come. */
const pageRows = 30;
/** A search reads so many at once: years of them, in one round trip. */
const searchRows = 1_000;
/** Of a search that finds next to nothing each page ends after so many rows, and the next goes on. */
const maxReads = 3;

/** As people type it: without accents, in small letters. Å, ä and ö stay letters of their own. */
const folded = (text: string): string =>
  plainCharacters(text)
    .normalize('NFC')
    .toLocaleLowerCase('fi')
    .replace(/[^åäöø]/gu, (letter) => letter.normalize('NFD').replace(/\p{Mn}/gu, ''));

const wordsOf = (text: string): string[] =>
  folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** The session of an entry, once it was held; `undefined` before, and where its series has no such date any more. */
function lineOf(entry: ArchiveEntry, series: Series | undefined, now: string): ArchiveLine | undefined {
  const [hit] = series ? hitsOf(series, entry.date, entry.date) : [];
  if (series === undefined || hit === undefined) return undefined;
  const { id, seriesId, date, moved, names, projectId, talk, recordingUrl, materials = [] } = entry;
  const { start, end } = moved ?? timeOf(hit.segment, date);
  if (Date.parse(end) > Date.parse(now)) return undefined;
  return {
    id,
    seriesId,
    kind: series.kind,
    names: names ?? series.names,
    start,
    end,
    ...(projectId !== undefined && { projectId }),
    ...(talk && { talk }),
    ...(recordingUrl !== undefined && { recordingUrl }),
    materials,
  };
}

type ProjectNames = ReadonlyMap<ProjectId, Occurrence['names']>;

/** The words by which a session is found, in whichever language they are. */
function searched({ names, projectId, talk }: ArchiveLine, projects: ProjectNames): string[] {
  const project = projectId === undefined ? undefined : projects.get(projectId);
  const translations = Object.values(talk?.translations ?? {});
  const texts = [
    ...languages.flatMap((language) => [names[language], project?.[language]]),
    talk?.topic,
    talk?.presenter,
    ...translations.flatMap((each) => [each.topic, each.presenter]),
  ];
  return texts.flatMap((text) => (text === undefined ? [] : wordsOf(text)));
}

/** The sessions that were held and of which something is left to see: recordings and materials. */
export function archiveService({ store, people, clock }: ArchiveDeps) {
  /**
   * A page of them, the newest first, 20 or fewer; a page of a search that finds next to nothing may be short, or empty,
   * and have a next one all the same. Two round trips side by side, however many there are; of a search a few more once
   * there are thousands. `session:see`. @throws AppError `permission.denied`.
   */
  return async function archive(
    actor: Actor,
    filter: ArchiveFilter,
    after?: string,
  ): Promise<Page<ArchiveLine>> {
    requirePermission(actor, 'session:see');
    const now = clock.now().toString();
    const until = today(clock).toString();
    const wanted = wordsOf(filter.text ?? '');
    const isFiltered = wanted.length > 0 || filter.seriesId !== undefined || filter.kind !== undefined;
    const limit = isFiltered ? searchRows : pageRows;
    const [first, all, programme] = await Promise.all([
      store.archive(until, limit, after),
      store.allSeries(),
      wanted.length > 0 ? people.programme() : undefined,
    ]);
    const series = new Map(all.map(({ value }) => [value.id, value]));
    const projects: ProjectNames = new Map((programme?.projects ?? []).map(({ id, names }) => [id, names]));
    const isWanted = (line: ArchiveLine): boolean => {
      if (filter.seriesId !== undefined && line.seriesId !== filter.seriesId) return false;
      if (filter.kind !== undefined && line.kind !== filter.kind) return false;
      if (wanted.length === 0) return true;
      const words = searched(line, projects);
      return wanted.every((word) => words.some((each) => each.startsWith(word)));
    };
    const lines: ArchiveLine[] = [];
    let found = first;
    for (let reads = 1; ; reads += 1) {
      for (const { key, entry } of found.entries) {
        const line = lineOf(entry, series.get(entry.seriesId), now);
        if (line === undefined || !isWanted(line)) continue;
        lines.push(line);
        if (lines.length === pageLines) {
          const isLast = key === found.last && !found.more;
          return { lines: byNewest(lines), ...(!isLast && { next: key }) };
        }
      }
      if (!found.more || found.last === undefined) return { lines: byNewest(lines) };
      if (reads === maxReads) return { lines: byNewest(lines), next: found.last };
      found = await store.archive(until, limit, found.last);
    }
  };
}

const byNewest = (lines: readonly ArchiveLine[]): ArchiveLine[] =>
  [...lines].sort((one, other) => Date.parse(other.start) - Date.parse(one.start));
