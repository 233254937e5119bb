import type { NewsListAnswer } from '../../src/http/routes/news.js';
import type { ReleaseListAnswer } from '../../src/http/routes/releases.js';
import type { ReleaseStateName } from '../../src/releases/release.js';
import type { DemoNews } from '../../src/trial/demo/item.js';
import { demoNews } from '../../src/trial/demo/news.js';
import { demoPeopleByKey } from '../../src/trial/demo/people.js';
import { ask } from './started-app.js';

/** Where the demo's items and releases stand in the started app. */
export interface DemoIds {
  /** The id of the item with this key. */
  news(key: string): string;
  /** The id of the first release in this state. */
  release(state: ReleaseStateName): string;
}

function titlesOf({ submission, then }: DemoNews): string[] {
  const edited = then.flatMap((step) => (step.does === 'edit' ? [step.words.title] : []));
  return [submission.words.title, ...edited];
}

function wanted(what: string, id: string | undefined): string {
  if (id === undefined) throw new Error(`The started app has no ${what} of the demo`);
  return id;
}

/** Asks the app where the demo stands. */
export async function demoIds(url: string): Promise<DemoIds> {
  const { id } = demoPeopleByKey.aino;
  const { lines } = await ask<NewsListAnswer>(url, id, '/api/news');
  const queue = await ask<ReleaseListAnswer>(url, id, '/api/releases');
  const archive = await ask<ReleaseListAnswer>(url, id, '/api/releases?of=archive');
  const releases = [...queue.lines, ...archive.lines];
  return {
    news: (key) => {
      const told = demoNews.filter((item) => item.key === key).flatMap(titlesOf);
      const line = lines.find(({ titles }) => Object.values(titles).some((title) => told.includes(title)));
      return wanted(key, line?.id);
    },
    release: (state) => wanted(`${state} release`, releases.find((line) => line.state === state)?.id),
  };
}
