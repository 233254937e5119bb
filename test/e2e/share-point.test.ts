import assert from 'node:assert/strict';
import { createGraphClient, type GraphClient } from '../../src/adapters/graph/graph-client.js';
import { sharePointModule } from '../../src/adapters/graph/site-module.js';
import { systemClock } from '../../src/platform/clock.js';
import type { NewsItemAnswer } from '../../src/shared/answers/news.js';
import type { ReleaseCreatedAnswer } from '../../src/shared/answers/releases.js';
import { visit } from '../gallery/tab.js';
import { Graph } from '../world/graph/graph.js';
import type { Coordinator } from './coordinator.js';
import { tabWorld, type TabWorld } from './tab-world.js';

const finnish = {
  title: 'Iltavastaanotto aukeaa',
  lead: 'Hoitoon työpäivän jälkeen.',
  body: 'Tiistaisin 16–19.',
};
const swedish = {
  title: 'Kvällsmottagningen öppnar',
  lead: 'Vård efter arbetsdagen.',
  body: 'Tisdagar 16–19.',
};

describe('releases on SharePoint, through the tab', function () {
  this.timeout(240_000);
  let graph: Graph;
  let client: GraphClient;
  let world: TabWorld;
  let tab: Coordinator;
  let id: string;

  before(async () => {
    graph = await new Graph().start();
    client = createGraphClient({
      ...graph.registration,
      graphUrl: graph.url,
      clock: systemClock,
    });
    const { id: siteId } = graph.site;
    world = await tabWorld({
      outside: { modules: (deps) => [sharePointModule({ ...deps, client, siteId })] },
    });
    tab = await world.tabOf('aino');
    const { release } = await world.ask<ReleaseCreatedAnswer>('aino', 'POST', '/api/releases', {
      formId: 'form-share-point',
      language: 'fi',
      words: finnish,
    });
    ({ id } = release);
    const item = `/api/news/${release.newsId}/texts`;
    await world.ask('aino', 'PUT', `${item}/sv`, { ...swedish, basedOn: 0 });
    await ready(release.newsId);
    await visit(tab.page, world.url, `/releases/${id}`);
  });

  after(async () => {
    await world.stop();
    await client.close();
    await graph.stop();
    assert.deepEqual(graph.faulty, []);
  });

  async function ready(newsId: string): Promise<void> {
    for (const language of ['fi', 'sv']) {
      const { item } = await world.ask<NewsItemAnswer>('aino', 'GET', `/api/news/${newsId}`);
      const seen = { fi: item.texts.fi?.revision ?? 0, sv: item.texts.sv?.revision ?? 0 };
      await world.ask('aino', 'POST', `/api/news/${newsId}/texts/${language}/ready`, { seen });
    }
  }

  /** What readers of the site see of this release, Finnish first. */
  const read = () => graph.site.read.filter(({ name }) => name.includes(id)).toReversed();
  /** Waits until readers of the site see this title; it leaves once it can't be held back any more. */
  async function shown(title: string): Promise<void> {
    while (read()[0]?.title !== title) await world.ask('aino', 'GET', `/api/releases/${id}`);
  }
  const chip = (text: string) =>
    tab.page.locator('article').getByText(text, { exact: true }).first().waitFor();

  it('publishes in both languages, and shows where', async () => {
    await tab.press('Julkaise nyt');
    await tab.reads('Tiedote on julkaistu');
    const pages = read();
    assert.deepEqual(
      pages.map(({ title }) => title),
      [finnish.title, swedish.title],
    );
    for (const { url, title } of pages)
      assert.equal(await tab.page.getByRole('link', { name: title }).last().getAttribute('href'), url);
  });

  it('corrects on the same pages', async () => {
    const before = read().map(({ url }) => url);
    await tab.write('fi', { ...finnish, title: 'Iltavastaanotto aukeaa maanantaina' });
    await tab.press('Julkaise korjaus');
    await tab.reads('Tiedote on julkaistu');
    await shown('Iltavastaanotto aukeaa maanantaina');
    assert.deepEqual(
      read().map(({ url }) => url),
      before,
    );
  });

  it('takes down, so that no page is left, and puts back at the same addresses', async () => {
    const before = read().map(({ url }) => url);
    await chip('Julkaistu');
    await tab.press('Poista näkyvistä');
    await tab.page.getByRole('alertdialog').getByRole('button', { name: 'Poista näkyvistä' }).click();
    await tab.reads(/poisti tiedotteen näkyvistä/);
    assert.deepEqual(read(), []);
    await tab.press('Palauta näkyviin');
    await tab.reads('Tiedote on julkaistu');
    assert.deepEqual(
      read().map(({ url }) => url),
      before,
    );
  });

  it('says that it waits where the site approves pages, and is published once somebody has', async () => {
    graph.site.behaviour.approves = true;
    await tab.write('fi', { ...finnish, title: 'Iltavastaanotto aukeaa tiistaina' });
    await tab.press('Julkaise korjaus');
    await chip('Odottaa hyväksyntää intranetissä');
    await tab.reads(/Lukijat näkevät aiemman tekstin/);
    assert.equal(read()[0]?.title, 'Iltavastaanotto aukeaa maanantaina');
    graph.site.approve();
    await tab.press('Yritä uudelleen');
    await chip('Julkaistu');
    await shown('Iltavastaanotto aukeaa tiistaina');
    graph.site.behaviour.approves = false;
  });

  it('says what keeps it from the site, and what to do', async () => {
    graph.site.grants = false;
    await tab.write('fi', { ...finnish, title: 'Iltavastaanotto aukeaa torstaina' });
    await tab.press('Julkaise korjaus');
    await tab.reads(/ei ole oikeutta kirjoittaa tälle intranetsivustolle/);
    graph.site.grants = true;
    await tab.press('Yritä uudelleen');
    await chip('Julkaistu');
    await shown('Iltavastaanotto aukeaa torstaina');
  });

  it('leads from the list to the intranet on SharePoint', async () => {
    await tab.page.getByRole('link', { name: 'Julkaistut intranetissä' }).click();
    const link = tab.page.getByRole('link', { name: 'Avaa intranet' });
    assert.equal(await link.getAttribute('href'), 'https://hyvinvointialue.sharepoint.com');
  });
});
