import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { IssueAnswer, IssueListAnswer } from '../../src/shared/answers/newsletter.js';
import { tabWorld, type TabWorld } from './tab-world.js';

const lead = 'Ahdistuksen digihoitopolku on nyt auki kaikille';
const drinking = 'Uusi digihoitopolku sinulle, joka haluat juoda vähemmän';
const navigator = 'Terapianavigaattori käyttöön kaikilla terveysasemilla';
const elma = 'Elma kokoaa elintapaohjauksen yhteen koko Malliseudulla';

/** The sections as they are: the heading of each, and the titles below it. */
type Sections = readonly (readonly [heading: string, titles: readonly string[]])[];

describe('the open newsletter', function () {
  this.timeout(240_000);
  let world: TabWorld;
  let page: Page;

  /** The sections as they are stored: their Finnish headings, and the titles below each. */
  const stored = async () => {
    const [line] = (await world.ask<IssueListAnswer>('aino', 'GET', '/api/newsletter')).issues;
    const { issue } = await world.ask<IssueAnswer>('aino', 'GET', `/api/newsletter/${line?.id ?? ''}`);
    return issue.sections.map(({ heading, stories }) => [
      heading?.names.fi,
      stories.map(({ titles }) => titles.fi),
    ]);
  };

  const button = (name: string) => page.getByRole('button', { name });
  const handle = (title: string) => button(`Järjestä: ${title}`);
  const rowOf = (title: string) => page.locator('li[data-story]').filter({ hasText: title });
  const headingOf = (name: string) => page.locator('div[data-heading]').filter({ hasText: name });
  const said = () => page.locator('#said');

  const middle = async (target: Locator, part: number): Promise<readonly [number, number]> => {
    const box = await target.boundingBox();
    assert.ok(box);
    return [box.x + box.width / 2, box.y + box.height * part];
  };

  /** Takes a story by its handle to a part of a place: 0 is its upper edge, 1 its lower one. */
  const drag = async (title: string, to: Locator, part: number): Promise<void> => {
    await handle(title).scrollIntoViewIfNeeded();
    await page.mouse.move(...(await middle(handle(title), 0.5)));
    await page.mouse.down();
    await page.mouse.move(...(await middle(to, 0.5)));
    await page.mouse.move(...(await middle(to, part)));
    // Where it will land is seen before it is let go.
    await page.locator('[data-landing="before"], [data-landing="after"]').waitFor();
    await page.mouse.up();
  };

  before(async () => {
    world = await tabWorld();
    page = await world.pageOf('aino', { viewport: { width: 1280, height: 1200 } });
    await page.goto(`${world.url}/#/newsletter`);
    await rowOf(lead).waitFor();
  });

  after(() => world.stop());

  describe('its letter', () => {
    const dialog = () => page.getByRole('dialog');
    const subject = () => dialog().getByRole('textbox', { name: 'Aihe' }).first();
    const open = async (): Promise<void> => {
      await button('Aihe, tervehdys ja lopetus').click();
      await subject().waitFor();
    };

    it('is left by Esc at once where nothing is written', async () => {
      await open();
      await subject().focus();
      await page.keyboard.press('Escape');
      await dialog().waitFor({ state: 'detached' });
    });

    it('keeps what is written from Esc, a press beside it and its way back, until somebody says that it may go', async () => {
      await open();
      await subject().fill('Marraskuun kuulumiset');
      const stay = dialog().getByRole('button', { name: 'Jatka kirjoittamista' });
      for (const leave of [
        () => page.keyboard.press('Escape'),
        () => page.mouse.click(5, 5),
        () => dialog().getByRole('button', { name: 'Takaisin' }).click(),
      ]) {
        await leave();
        await dialog().getByRole('alert').getByText('Hylätäänkö kirjoittamasi teksti?').waitFor();
        await page.locator('button:focus', { hasText: 'Jatka kirjoittamista' }).waitFor();
        const isCut = await stay.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
        assert.ok(!isCut, 'the button has room for its words');
        await stay.click();
        assert.equal(await subject().inputValue(), 'Marraskuun kuulumiset');
        await page.locator('input:focus').waitFor();
      }
      // A second Esc goes back to writing.
      await page.keyboard.press('Escape');
      await stay.waitFor();
      await page.keyboard.press('Escape');
      await stay.waitFor({ state: 'detached' });
      await dialog().getByRole('button', { name: 'Tallenna' }).click();
      await dialog().waitFor({ state: 'detached' });
      await open();
      assert.equal(await subject().inputValue(), 'Marraskuun kuulumiset');
      await subject().fill('Toinen aihe');
      await page.keyboard.press('Escape');
      await dialog().getByRole('button', { name: 'Hylkää teksti' }).click();
      await dialog().waitFor({ state: 'detached' });
      await open();
      assert.equal(await subject().inputValue(), 'Marraskuun kuulumiset');
      await page.keyboard.press('Escape');
      await dialog().waitFor({ state: 'detached' });
    });
  });

  describe('its order', () => {
    const [care, guidance, own] = ['Digihoitopolut', 'Elma-elintapaohjaus', 'Lyhyesti'];

    const becomes = async (wanted: Sections): Promise<void> => {
      const stories = wanted.flatMap(([, titles]) => titles);
      await page.waitForFunction((expected) => {
        const rows = [...document.querySelectorAll('li[data-story]')].slice(1);
        return rows.every((row, index) => row.textContent.includes(expected[index] ?? '?'));
      }, stories);
      await said().getByText('Järjestys on tallennettu').waitFor();
      assert.deepEqual(await stored(), wanted);
      await said().getByRole('button', { name: 'Sulje' }).click();
    };

    before(async () => {
      await button('Lisää väliotsikko').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Suomeksi' }).fill(own);
      await dialog.getByRole('textbox', { name: 'Ruotsiksi' }).fill('I korthet');
      await dialog.getByRole('button', { name: 'Lisää väliotsikko' }).click();
      await dialog.waitFor({ state: 'detached' });
      await headingOf(own).waitFor();
      await said().getByText('Väliotsikko on lisätty').waitFor();
      assert.deepEqual(await stored(), [
        [care, [drinking, navigator]],
        [guidance, [elma]],
        [own, []],
      ]);
    });

    it('changes within a section by dragging', async () => {
      await drag(navigator, rowOf(drinking), 0.1);
      await becomes([
        [care, [navigator, drinking]],
        [guidance, [elma]],
        [own, []],
      ]);
    });

    it('changes across sections by dragging, and under a heading of one’s own that has no story yet', async () => {
      await drag(drinking, rowOf(elma), 0.9);
      await becomes([
        [care, [navigator]],
        [guidance, [elma, drinking]],
        [own, []],
      ]);
      await drag(elma, headingOf(own), 0.9);
      await becomes([
        [care, [navigator]],
        [guidance, [drinking]],
        [own, [elma]],
      ]);
    });

    it('stays as it is when a drag is given up with Esc', async () => {
      const before = await stored();
      await page.mouse.move(...(await middle(handle(elma), 0.5)));
      await page.mouse.down();
      await page.mouse.move(...(await middle(rowOf(navigator), 0.1)));
      await page.locator('[data-landing="before"]').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('[data-landing="before"]').waitFor({ state: 'detached' });
      await page.mouse.up();
      assert.deepEqual(await stored(), before);
    });

    it('changes by the arrows on a handle, which keeps the focus and says where the story stands', async () => {
      await handle(elma).focus();
      await page.keyboard.press('ArrowUp');
      await page.getByText(`${elma}: sija 2, yhteensä 2, ${guidance}.`).waitFor();
      await becomes([
        [care, [navigator]],
        [guidance, [drinking, elma]],
        [own, []],
      ]);
      await handle(elma).focus();
      await page.keyboard.press('ArrowUp');
      await becomes([
        [care, [navigator]],
        [guidance, [elma, drinking]],
        [own, []],
      ]);
    });

    it('changes by Alt and the arrows on the story itself, and is taken back by a key', async () => {
      await rowOf(drinking).getByRole('link').focus();
      await page.keyboard.press('Alt+ArrowDown');
      await page.locator('a:focus', { hasText: drinking }).waitFor();
      await becomes([
        [care, [navigator]],
        [guidance, [elma]],
        [own, [drinking]],
      ]);
      await rowOf(drinking).getByRole('link').focus();
      await page.keyboard.press('u');
      await said().getByText('Kumottu').waitFor();
      assert.deepEqual(await stored(), [
        [care, [navigator]],
        [guidance, [elma, drinking]],
        [own, []],
      ]);
    });
  });
});
