import type { NewsListAnswer } from '../../src/shared/answers/news.js';
import type { ReleaseListAnswer } from '../../src/shared/answers/releases.js';
import type { ReleaseStateName } from '../../src/releases/types.js';
import type { OccurrenceStateName } from '../../src/sessions/occurrences/occurrence.js';
import type { SeriesKind } from '../../src/sessions/series/series.js';
import type { DemoNews } from '../../src/demo/item.js';
import { demoNews } from '../../src/demo/news.js';
import { demoPeopleByKey } from '../../src/demo/people.js';
import { ask } from './started-app.js';
import type { SessionYearAnswer } from '../../src/shared/answers/sessions.js';

/** The ids of the demo's items and releases in the started app. */
export interface DemoIds {
  /** The id of the item with this key. */
  news(key: string): string;
  /** The id of the first release in this state. */
  release(state: ReleaseStateName): string;
  /** The id of an occurrence of this kind in this state: the last one that was, or the first to come. */
  occurrence(kind: SeriesKind, state: OccurrenceStateName): string;
  /** The id of the series of this kind. */
  series(kind: SeriesKind): string;
}

function titlesOf({ submission, then }: DemoNews): string[] {
  const edited = then.flatMap((step) => (step.does === 'edit' ? [step.words.title] : []));
  return [submission.words.title, ...edited];
}

function wanted(what: string, id: string | undefined): string {
  if (id === undefined) throw new Error(`The started app has no ${what} of the demo`);
  return id;
}

/** Asks the app for the ids of the demo's items and releases. */
export async function demoIds(url: string): Promise<DemoIds> {
  const { id } = demoPeopleByKey.aino;
  const { lines } = await ask<NewsListAnswer>(url, id, '/api/news');
  const queue = await ask<ReleaseListAnswer>(url, id, '/api/releases');
  const archive = await ask<ReleaseListAnswer>(url, id, '/api/releases?of=archive');
  const thisYear = new Date().getUTCFullYear();
  const years = await Promise.all(
    [thisYear - 1, thisYear, thisYear + 1].map((year) =>
      ask<SessionYearAnswer>(url, id, `/api/sessions/year/${year}`),
    ),
  );
  const occurrences = years.flatMap((year) => year.occurrences);
  const series = years.flatMap((year) => year.series);
  const releases = [...queue.lines, ...archive.lines];
  return {
    news: (key) => {
      const known = demoNews.filter((item) => item.key === key).flatMap(titlesOf);
      const line = lines.find(({ titles }) => Object.values(titles).some((title) => known.includes(title)));
      return wanted(key, line?.id);
    },
    release: (state) => wanted(`${state} release`, releases.find((line) => line.status === state)?.id),
    occurrence: (kind, state) => {
      const found = occurrences.filter((line) => line.kind === kind && line.state.status === state);
      return wanted(`${state} ${kind}`, (state === 'held' ? found.at(-1) : found[0])?.id);
    },
    series: (kind) => wanted(`${kind} series`, series.find((one) => one.kind === kind)?.id),
  };
}
