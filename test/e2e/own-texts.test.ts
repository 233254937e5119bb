import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { TextContent } from '../../src/content/text.js';
import type { IssueAnswer, IssueListAnswer, StoryAnswer } from '../../src/shared/answers/newsletter.js';
import type { ReleaseAnswer, ReleaseCreatedAnswer } from '../../src/shared/answers/releases.js';
import type { NewsItemAnswer } from '../../src/shared/answers/news.js';
import { visit } from '../gallery/tab.js';
import { tabWorld, type TabWorld } from './tab-world.js';

type Own = ReleaseAnswer['release']['own'];

/** A place that says something otherwise than the item: where its page is, and how it is asked for over HTTP. */
interface Place {
  readonly page: string;
  readonly own: () => Promise<Own>;
  readonly say: (words: Partial<TextContent>) => Promise<unknown>;
}

describe('what is written and left, or written by two', function () {
  this.timeout('180s');
  let world: TabWorld;
  let page: Page;
  const places: Partial<Record<'release' | 'story', Place>> = {};

  /** What somebody else says there, having seen what was there. */
  const sayAt = async (own: Place['own'], path: string, words: Partial<TextContent>) =>
    world.ask('linnea', 'PUT', path, { words, replaces: (await own()).fi?.at ?? null });

  before(async () => {
    world = await tabWorld();
    ({ page } = await world.tabOf('aino'));
    const { release: made } = await world.ask<ReleaseCreatedAnswer>('aino', 'POST', '/api/releases', {
      formId: 'form-own-texts',
      language: 'fi',
      words: { title: 'Tiedote', lead: 'Pitkä ingressi', body: 'Leipäteksti' },
    });
    const release = made.id;
    const ownOf = async () =>
      (await world.ask<ReleaseAnswer>('aino', 'GET', `/api/releases/${release}`)).release.own;
    places.release = {
      page: `/releases/${release}`,
      own: ownOf,
      say: (words) => sayAt(ownOf, `/api/releases/${release}/texts/fi`, words),
    };
    const [issue] = (await world.ask<IssueListAnswer>('aino', 'GET', '/api/newsletter')).issues;
    const issuePath = `/api/newsletter/${issue?.id ?? ''}`;
    const { lead } = (await world.ask<IssueAnswer>('aino', 'GET', issuePath)).issue;
    const story = `${issuePath}/stories/${lead?.id ?? ''}`;
    const ownOfStory = async () => (await world.ask<StoryAnswer>('aino', 'GET', story)).story.own;
    places.story = {
      page: `/newsletter/${issue?.id ?? ''}?story=${lead?.id ?? ''}`,
      own: ownOfStory,
      say: (words) => sayAt(ownOfStory, `${story}/words/fi`, words),
    };
  });

  after(() => world.stop());

  const column = () =>
    page.getByRole('region', { name: 'Vain tässä julkaisupaikassa' }).locator('> div > div[lang="fi"]');
  const body = () => column().getByRole('textbox', { name: 'Oma leipäteksti' });
  const comesBack = () => page.evaluate(() => window.dispatchEvent(new Event('focus')));
  const isSaved = (part: string) =>
    page.waitForResponse(
      (answer) => answer.request().method() === 'PUT' && answer.url().endsWith(`/${part}`),
    );
  const isSending = () =>
    page.waitForRequest(
      (request) => request.method() === 'PUT' && /\/(?:texts|words)\/fi$/.test(request.url()),
    );
  const typeAtEnd = async (text: string): Promise<void> => {
    await body().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(text);
  };
  /** Holds what is stored from now on until it is let go. */
  const holdStoring = async (pattern: RegExp) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(pattern, async (route) => {
      if (route.request().method() === 'PUT') await held;
      await route.continue();
    });
    return async () => {
      release();
      await page.unrouteAll({ behavior: 'wait' });
    };
  };

  for (const name of ['release', 'story'] as const)
    describe(`what a ${name} says otherwise`, () => {
      let place: Place;

      before(() => {
        place = places[name] ?? assert.fail();
      });

      it('shows what somebody else wrote, also in the body, and is typed on from there', async () => {
        await place.say({ body: 'Ensimmäinen.' });
        await visit(page, world.url, place.page);
        await body().getByText('Ensimmäinen.').waitFor();
        await place.say({ body: 'Toinen.' });
        await comesBack();
        await body().getByText('Toinen.').waitFor();
        const saved = isSaved('fi');
        await typeAtEnd(' Jatkoa.');
        await saved;
        assert.equal((await place.own()).fi?.body, 'Toinen. Jatkoa.');
      });

      it('writes over nobody, and after a conflict goes on with the text that was taken', async () => {
        await place.say({ body: 'Alku.' });
        await visit(page, world.url, place.page);
        await body().getByText('Alku.').waitFor();
        await place.say({ body: 'Linnean.' });
        await typeAtEnd(' Ainon.');
        await column().getByRole('alert').waitFor();
        assert.equal((await place.own()).fi?.body, 'Linnean.');
        await column().getByRole('button', { name: 'Käytä toista versiota' }).click();
        await body().getByText('Linnean.').waitFor();
        const saved = isSaved('fi');
        await typeAtEnd(' Jatkoa.');
        await saved;
        assert.equal((await place.own()).fi?.body, 'Linnean. Jatkoa.');
      });

      it('says so where somebody else went back to the text of the item meanwhile', async () => {
        await place.say({ body: 'Alku.' });
        await visit(page, world.url, place.page);
        await body().getByText('Alku.').waitFor();
        const replaces = (await place.own()).fi?.at ?? null;
        const [, kind, id, story] =
          /\/(releases|newsletter)\/([^?]+)(?:\?story=(.*))?/.exec(place.page) ?? [];
        const own = `/api/${kind ?? ''}/${id ?? ''}`;
        await (story === undefined
          ? world.ask('linnea', 'POST', `${own}/texts/fi/use-item-text`, { replaces })
          : world.ask('linnea', 'DELETE', `${own}/stories/${story}/words/fi`, { replaces }));
        await typeAtEnd(' Jatkoa.');
        await column().getByText('Joku palasi juuri uutisen tekstiin.').waitFor();
        const saved = isSaved('fi');
        await column().getByRole('button', { name: 'Tallenna oma versio' }).click();
        await saved;
        assert.equal((await place.own()).fi?.body, 'Alku. Jatkoa.');
      });

      it('is stored when it is left before it was saved, with what was typed while a save was on its way', async () => {
        await place.say({ lead: 'Pitkä ingressi.' });
        await visit(page, world.url, place.page);
        const lead = column().getByRole('textbox', { name: 'Oma ingressi' });
        await lead.fill('Lyhyt.');
        const goOn = await holdStoring(/\/(?:texts|words)\/fi$/);
        await isSending();
        await lead.fill('Lyhyempi.');
        const [first, second] = [
          isSaved('fi'),
          page.waitForRequest((request) => request.postData()?.includes('Lyhyempi') === true),
        ];
        await page.evaluate(() => {
          window.location.hash = '#/overview';
        });
        await column().waitFor({ state: 'detached' });
        await goOn();
        await first;
        await (await second).response();
        assert.equal((await place.own()).fi?.lead, 'Lyhyempi.');
        await visit(page, world.url, place.page);
        await column().getByText('Lyhyempi.').waitFor();
        assert.equal(await column().getByRole('alert').count(), 0, 'no conflict with oneself');
      });
    });

  it('nothing is published before what was just left is stored', async () => {
    const place = places.release ?? assert.fail();
    await place.say({ lead: 'Pitkä ingressi.' });
    await visit(page, world.url, place.page);
    const order: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/publish')) order.push('publish');
    });
    page.on('requestfinished', (request) => {
      if (request.method() === 'PUT' && request.url().endsWith('/texts/fi')) order.push('stored');
    });
    await column().getByRole('textbox', { name: 'Oma ingressi' }).fill('Heti.');
    const goOn = await holdStoring(/\/texts\/fi$/);
    await page.evaluate((id) => {
      window.location.hash = `#/releases/${id}`;
    }, world.ids.release('scheduled'));
    const publish = page.getByRole('button', { name: 'Julkaise nyt' });
    await publish.click();
    const published = page.waitForRequest((request) => request.url().endsWith('/publish'));
    await goOn();
    await published;
    assert.deepEqual(order, ['stored', 'publish']);
    assert.equal((await place.own()).fi?.lead, 'Heti.');
  });

  describe('a headline of a release over a text that has moved on', () => {
    let path: string;
    const ask = <Answer>(method: string, to: string, body?: object) =>
      world.ask<Answer>('aino', method, to, body);
    const part = (language: 'fi' | 'sv', title: string) => ({
      title,
      lead: '',
      body: language === 'fi' ? 'Ryhmä aukesi Vaasassa.' : 'Gruppen öppnade i Vasa.',
    });
    const write = async (newsId: string, language: 'fi' | 'sv', title: string): Promise<void> => {
      const texts = `/api/news/${newsId}`;
      const { item } = await ask<NewsItemAnswer>('GET', texts);
      const basedOn = item.texts[language]?.revision ?? 0;
      await ask('PUT', `${texts}/texts/${language}`, { ...part(language, title), basedOn });
      const { item: now } = await ask<NewsItemAnswer>('GET', texts);
      const seen = { fi: now.texts.fi?.revision ?? 0, sv: now.texts.sv?.revision ?? 0 };
      await ask('POST', `${texts}/texts/${language}/ready`, { seen });
    };

    before(async () => {
      const { release } = await ask<ReleaseCreatedAnswer>('POST', '/api/releases', {
        formId: 'form-outdated-own',
        language: 'fi',
        words: part('fi', 'Ryhmä aukesi'),
      });
      path = `/releases/${release.id}`;
      await write(release.newsId, 'fi', 'Ryhmä aukesi Vaasassa');
      await write(release.newsId, 'sv', 'Gruppen öppnade i Vasa');
      await ask('PUT', `/api${path}/texts/fi`, { words: { title: 'Lyhyesti' }, replaces: null });
      await write(release.newsId, 'fi', 'Ryhmä aukesi maanantaina');
      await write(release.newsId, 'sv', 'Gruppen öppnade på måndagen');
      await visit(page, world.url, path);
    });

    it('is named before it is published, with the way to it, and no reason of a language is asked for', async () => {
      await page
        .getByText(/oma suomenkielinen otsikko on vanhempi kuin uutisen teksti/)
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Julkaise nyt' }).click();
      const question = page.getByRole('alertdialog', {
        name: /^Tarkistetaanko tiedotteen oma suomenkielinen otsikko/,
      });
      assert.equal(await question.getByRole('textbox').count(), 0);
      await question.getByRole('button', { name: 'Tarkista' }).click();
      await page.waitForFunction(() => document.activeElement?.id === 'own-title-fi');
      assert.ok(await column().getByRole('button', { name: 'Sopii yhä' }).isVisible());
    });

    it('fits still by a press, and then goes out', async () => {
      await column().getByRole('button', { name: 'Sopii yhä' }).click();
      await page
        .getByText(/oma suomenkielinen otsikko on vanhempi/)
        .first()
        .waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Julkaise nyt' }).click();
      await page.getByText('Tiedote on julkaistu', { exact: true }).first().waitFor();
    });

    it('has the note of a correction in one language alone only where somebody says so', async () => {
      await page
        .getByRole('region', { name: 'Suomenkielinen teksti', exact: true })
        .getByRole('textbox', { name: /ingressi:/ })
        .fill('Ryhmä kokoontuu joka maanantai.');
      await page.getByRole('button', { name: 'Kerro lukijoille, mitä korjattiin' }).click();
      await page.getByLabel('Kerro suomeksi, mitä korjattiin').fill('Päivä oli väärä.');
      await page.getByRole('button', { name: 'Julkaise korjaus' }).click();
      const question = page.getByRole('alertdialog', { name: /^Julkaistaanko korjaus vain suomeksi/ });
      await question.getByRole('button', { name: 'Julkaise näin' }).waitFor();
      await question.getByRole('button', { name: 'Takaisin' }).click();
      assert.equal(await page.getByLabel('Kerro suomeksi, mitä korjattiin').inputValue(), 'Päivä oli väärä.');
    });
  });

  it('a text of an item that is left while it is saved is stored whole, and comes back without a conflict', async () => {
    const id = world.ids.news('elma-whole-region');
    const title = () =>
      page
        .getByRole('region', { name: 'Suomenkielinen teksti', exact: true })
        .getByRole('textbox', { name: /otsikko$/ });
    await visit(page, world.url, `/news/${id}`);
    await title().fill('Ensin tämä');
    const goOn = await holdStoring(/\/texts\/fi$/);
    await isSending();
    await title().fill('Ensin tämä ja sitten loput');
    const rest = page.waitForRequest((request) => request.postData()?.includes('sitten loput') === true);
    await page.evaluate(() => {
      window.location.hash = '#/overview';
    });
    await title().waitFor({ state: 'detached' });
    await goOn();
    await (await rest).response();
    const { item } = await world.ask<NewsItemAnswer>('aino', 'GET', `/api/news/${id}`);
    assert.equal(item.texts.fi?.title, 'Ensin tämä ja sitten loput');
    await visit(page, world.url, `/news/${id}`);
    await title().waitFor();
    assert.equal(await title().inputValue(), 'Ensin tämä ja sitten loput');
    assert.equal(await page.locator('#text-conflicts').getByRole('region').count(), 0);
  });
});
