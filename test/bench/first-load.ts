import type { Browser } from 'playwright-core';
import { demoPeopleByKey } from '../../src/demo/people.js';
import { openBrowser } from '../gallery/browser.js';
import { dataFolder, startInstallation } from '../world/installation.js';
import { median, type Finding } from './measure.js';

/** A slow phone on a slow mobile network, as Chromium's tools have it ("slow 4G", 4x slower processor). */
const network = {
  offline: false,
  latency: 562,
  downloadThroughput: (1.44 * 1024 * 1024) / 8,
  uploadThroughput: (0.68 * 1024 * 1024) / 8,
};
const cpuRate = 4;
const rounds = 5;

interface View {
  readonly name: string;
  /** The place in the tab's address. */
  readonly place: string;
  /** Matches once what one came for can be read. */
  readonly shows: string;
  readonly goal?: number;
}

/**
 * A script for the page: somebody who has been here before, but has none of its files; and when the view shows something.
 * It is text since what a compiler adds to functions is not there in the page.
 */
function watching(personId: string, selector: string): string {
  return `
    localStorage.setItem('bigroom.person', ${JSON.stringify(personId)});
    localStorage.setItem('bigroom.reviewsNews', ${JSON.stringify(personId)});
    localStorage.setItem('bigroom.language', 'fi');
    window.shown = new Promise((resolve) => {
      const look = () => {
        if (document.querySelector(${JSON.stringify(selector)}) === null) requestAnimationFrame(look);
        else resolve(performance.now());
      };
      requestAnimationFrame(look);
    });`;
}

/** What a first load takes until the view shows what one came for; nothing is cached. */
interface Load {
  /** Milliseconds from the start of the navigation. */
  readonly shown: number;
  /** Bytes of the answers that had come, with their headers, as they were sent. */
  readonly bytes: number;
  /** Requests of which each left only when the one before was answered. */
  readonly trips: number;
  /** Milliseconds of processor that the page's main thread took. With a slowed processor they count the waiting too. */
  readonly cpu: number;
}

interface Asked {
  readonly from: number;
  to?: number;
  bytes?: number;
}

/** The longest row of requests that followed each other. */
function tripsIn(asked: readonly Asked[]): number {
  let trips = 0;
  let end = -Infinity;
  // Whichever ends first leaves most room for the next.
  for (const { from, to = Infinity } of [...asked].sort(
    (one, other) => (one.to ?? Infinity) - (other.to ?? Infinity),
  )) {
    if (to === Infinity || from < end) continue;
    trips += 1;
    end = to;
  }
  return trips;
}

async function load(browser: Browser, url: string, { place, shows }: View, isSlow: boolean): Promise<Load> {
  const context = await browser.newContext({
    locale: 'fi-FI',
    timezoneId: 'Europe/Helsinki',
    viewport: { width: 1280, height: 860 },
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.addInitScript({ content: watching(demoPeopleByKey.aino.id, shows) });
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    if (isSlow) {
      await session.send('Network.emulateNetworkConditions', network);
      await session.send('Emulation.setCPUThrottlingRate', { rate: cpuRate });
    }
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const asked = new Map<string, Asked>();
    session.on('Network.requestWillBeSent', ({ requestId, timestamp }) =>
      asked.set(requestId, { from: timestamp }),
    );
    session.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) => {
      const request = asked.get(requestId);
      if (request !== undefined) Object.assign(request, { to: timestamp, bytes: encodedDataLength });
    });
    await page.goto(`${url}/#/${place}`, { waitUntil: 'commit' });
    // Asked of the browser itself: what a driver puts into a page to look for elements costs the slowed page its time.
    const { result } = await session.send('Runtime.evaluate', {
      expression: 'window.shown',
      awaitPromise: true,
      returnByValue: true,
    });
    const shown = result.value as number;
    const { metrics } = await session.send('Performance.getMetrics');
    const cpu = 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
    const all = [...asked.values()];
    const end = Math.min(...all.map(({ from }) => from)) + shown / 1000;
    const counted = all.filter(({ to }) => to !== undefined && to <= end);
    const bytes = counted.reduce((sum, request) => sum + (request.bytes ?? 0), 0);
    return { shown, bytes, trips: tripsIn(counted), cpu };
  } finally {
    await context.close();
  }
}

/** The views that are measured: an item is the first of the inbox. */
async function viewsOf(url: string): Promise<readonly View[]> {
  const headers = { authorization: `Trial ${demoPeopleByKey.aino.id}` };
  const list = await fetch(`${url}/api/news`, { headers });
  const { lines } = (await list.json()) as { lines: readonly { id: string }[] };
  return [
    { name: 'inbox', place: 'news', shows: 'a[id^="news-"]', goal: 2200 },
    { name: 'item page', place: `news/${lines[0]?.id ?? ''}`, shows: '#main article h2' },
    { name: 'calendar', place: 'calendar', shows: '#main ol li' },
    { name: 'overview', place: '', shows: '#main a' },
  ];
}

/** How long the first page of somebody on a slow phone takes. */
export async function firstLoad(): Promise<Finding[]> {
  const folder = await dataFolder();
  const installation = await startInstallation({ dataDir: folder.path });
  try {
    const [browser] = await Promise.all([openBrowser(), installation.ready]);
    const views = await viewsOf(installation.url);
    const findings: Finding[] = [];
    for (const view of views) {
      const slow: Load[] = [];
      const full: Load[] = [];
      for (let round = 0; round < rounds; round++) {
        slow.push(await load(browser, installation.url, view, true));
        full.push(await load(browser, installation.url, view, false));
      }
      const shown = median(slow.map((each) => each.shown));
      const trips = median(slow.map((each) => each.trips));
      const bytes = median(slow.map((each) => each.bytes));
      const cpu = median(full.map((each) => each.cpu));
      findings.push({
        what: `${view.name}, first load at 4x slower CPU, 1.44 Mb/s, 562 ms`,
        measured: `${(shown / 1000).toFixed(2)} s`,
        against: `${slow.map((each) => (each.shown / 1000).toFixed(2)).join(', ')}; ${String(trips)} round trips, ${(bytes / 1000).toFixed(0)} kB, at full speed ${cpu.toFixed(0)} ms of CPU`,
        goal: view.goal === undefined ? '' : `<= ${(view.goal / 1000).toFixed(1)} s`,
        isMet: view.goal === undefined || shown <= view.goal,
      });
    }
    await browser.close();
    return findings;
  } finally {
    installation.signal('SIGTERM');
    await installation.ended;
    await folder.remove();
  }
}
