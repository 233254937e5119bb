import assert from 'node:assert/strict';
import { MemoryMark } from '../../src/adapters/memory/high-water-mark.js';
import { MemoryQueue } from '../../src/adapters/memory/queue.js';
import { systemClock } from '../../src/platform/clock.js';
import { tabWorld, type TabWorld } from './tab-world.js';

const names = { fi: 'Lännen hankkeet', sv: 'Västra projekten', en: 'Western projects' };

describe('the tab of a further programme', function () {
  this.timeout(180_000);
  let world: TabWorld;

  before(async () => {
    const queuesOf = () => ({
      queue: new MemoryQueue(systemClock),
      fanOutQueue: new MemoryQueue(systemClock),
      mark: new MemoryMark(),
      prepare: () => Promise.resolve(),
    });
    world = await tabWorld({ outside: { queuesOf } });
    await world.ask('tuomo', 'POST', '/api/programmes', { name: 'lansi', names });
  });
  after(() => world.stop());

  it('is the same tab under its own address, asks that programme alone, and leads to the other', async () => {
    const page = await world.pageOf('tuomo');
    const asked: string[] = [];
    page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url());
      if (origin === world.url) asked.push(pathname);
    });
    const faults: string[] = [];
    page.on('response', (response) => {
      if (response.status() >= 400) faults.push(`${String(response.status())} ${response.url()}`);
    });
    await page.goto(`${world.url}/p/lansi`);
    const choice = page.getByRole('button', { name: /Lännen hankkeet/ });
    await choice.waitFor();
    for (const place of ['Uutiset', 'Tilaisuudet', 'Kalenteri']) {
      await page.getByRole('navigation').getByRole('link', { name: place }).first().click();
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForLoadState('networkidle');
    }
    assert.deepEqual(
      asked.filter((path) => path !== '/p/lansi' && !path.startsWith('/p/lansi/')),
      [],
    );
    assert.deepEqual(faults, []);
    await choice.click();
    await page.getByRole('link', { name: /Malliseudun hankkeet/ }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.getByText('Malliseudun hankkeet').first().waitFor();
  });
});
