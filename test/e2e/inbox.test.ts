import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { demoPeopleByKey } from '../../src/demo/people.js';
import type { NewsItemAnswer, NewsListAnswer } from '../../src/shared/answers/news.js';
import { tabWorld, type TabWorld } from './tab-world.js';

const { aino, linnea, eeva } = demoPeopleByKey;

/** A morning's news, as it waits when the coordinator comes. */
const morning = Array.from(
  { length: 10 },
  (_, index) => `Aamun uutinen ${String(index + 1).padStart(2, '0')}`,
);

describe('a morning at the inbox', function () {
  this.timeout(240_000);
  let world: TabWorld;
  let page: Page;

  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  const row = (title: string) => page.getByRole('link', { name: title });
  const view = (name: string) =>
    page.getByRole('navigation', { name: 'Uutisten näkymät' }).getByRole('link', { name });

  before(async () => {
    // Whatever is undone here has time for it, on a slow machine too.
    world = await tabWorld({ undoSeconds: 60 });
    const { lines } = await world.ask<NewsListAnswer>('aino', 'GET', '/api/news?view=new');
    for (const { id } of lines)
      await world.ask('aino', 'POST', `/api/news/${id}/reject`, { reason: 'Vanha.' });
    for (const [index, title] of [...morning].reverse().entries()) {
      await world.ask('eeva', 'POST', '/api/news', {
        formId: `morning-${String(index)}-form`,
        projectId: eeva.projects[0],
        language: 'fi',
        words: { title, lead: 'Tämä helpottaa arkea.', body: 'Näin kävi eilen.' },
        audiences: ['residents'],
        wishedChannels: ['newsletter'],
      });
    }
    page = await world.pageOf('aino');
    await page.goto(`${world.url}/#/news`);
    await row(morning[9] ?? '').waitFor();
  });

  after(() => world.stop());

  it('opens, accepts and goes on by keys alone, and what was decided stays in view while it is open', async () => {
    await view('Uudet').getByText('10').waitFor();
    await page.keyboard.press('j');
    assert.match(await focused(), /Aamun uutinen 01/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Uutinen: Aamun uutinen 01' }).waitFor();
    await page.keyboard.press('a');
    await page.getByText(/Hyväksytty\. .* saa siitä tiedon/).waitFor();
    await row('Aamun uutinen 01').getByText('Hyväksytty').waitFor();
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'Uutinen: Aamun uutinen 02' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Valitse uutinen' }).waitFor();
  });

  it('selects several by keys, and accepts them together', async () => {
    await row('Aamun uutinen 02').focus();
    for (const number of ['02', '03', '04']) {
      assert.match(await focused(), new RegExp(`Aamun uutinen ${number}`));
      await page.keyboard.press('x');
      await page.keyboard.press('j');
    }
    const bar = page.getByRole('group', { name: 'Valituille uutisille' });
    await bar.getByText('3 uutista valittu').waitFor();
    await page.getByRole('status').filter({ hasText: 'Toiminnot ovat luettelon jälkeen' }).waitFor();
    // Tab leads from the row to what can be done with the selected ones, and back.
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Hyväksy');
    await page.keyboard.press('Shift+Tab');
    assert.match(await focused(), /Aamun uutinen 05/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('3 uutista hyväksytty').waitFor();
    await row('Aamun uutinen 03').waitFor({ state: 'detached' });
    await view('Uudet').getByText('6').waitFor();
  });

  it('does with the selected ones what a key says, and takes all of it back while that can be, said or not', async () => {
    const said = page.locator('#said');
    await row('Aamun uutinen 05').focus();
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByRole('group', { name: 'Valituille uutisille' }).getByText('2 uutista').waitFor();
    await page.keyboard.press('a');
    await said.getByText('2 uutista hyväksytty').waitFor();
    await row('Aamun uutinen 06').waitFor({ state: 'detached' });
    // The row that came in its place has the focus.
    await page.locator('a:focus', { hasText: 'Aamun uutinen 07' }).waitFor();
    await said.getByRole('button', { name: 'Sulje' }).click();
    await row('Aamun uutinen 07').focus();
    await page.keyboard.press('u');
    await said.getByText('Kumottu: ”2 uutista hyväksytty”').waitFor();
    await row('Aamun uutinen 05').waitFor();
    await row('Aamun uutinen 06').waitFor();
    await page.keyboard.press('u');
    await said.getByText('Kumottavaa ei ole.').waitFor();
    // Esc lets go of what is selected.
    await row('Aamun uutinen 05').focus();
    await page.keyboard.press('x');
    await page.getByText('1 uutinen valittu', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('1 uutinen valittu', { exact: true }).waitFor({ state: 'detached' });
    await view('Uudet').getByText('6').waitFor();
  });

  it('asks about the selected ones, and takes them over, by a key', async () => {
    await row('Aamun uutinen 09').focus();
    await page.keyboard.press('x');
    await page.keyboard.press('m');
    await row('Aamun uutinen 09').getByText(`Vastuussa: ${aino.name}`).waitFor();
    await row('Aamun uutinen 10').focus();
    await page.keyboard.press('x');
    await page.keyboard.press('q');
    const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
    await dialog.getByText('Pyydetäänkö uutiseen täydennystä?').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Poista valinnat' }).click();
    await view('Uudet').getByText('6').waitFor();
  });

  it('gives an item to a colleague, who finds it among their own', async () => {
    await row('Aamun uutinen 05').click();
    await page
      .getByRole('article')
      .getByRole('combobox', { name: 'Vastuuhenkilö' })
      .selectOption({ label: linnea.name });
    await page.getByText(`Uutisen vastuuhenkilö on nyt ${linnea.name}`).waitFor();
    await row('Aamun uutinen 05').getByText(`Vastuussa: ${linnea.name}`).waitFor();
    const { lines } = await world.ask<NewsListAnswer>('linnea', 'GET', '/api/news?view=new&assigned=me');
    assert.deepEqual(
      lines.map(({ titles }) => titles.fi),
      ['Aamun uutinen 05'],
    );
  });

  it('shows who else has an item open, and what they change, without leaving the page', async () => {
    const other = await world.pageOf('linnea');
    for (const each of [page, other]) await each.clock.install();
    /** Lets as much time pass as people may take to see each other (unit/tab/desk counts the seconds). */
    const tenSeconds = async (): Promise<void> => {
      for (const each of [other, page])
        for (let second = 0; second < 10; second++) await each.clock.runFor(1000);
    };
    const { lines } = await world.ask<NewsListAnswer>('aino', 'GET', '/api/news?view=new');
    const sixth = lines.find(({ titles }) => titles.fi === 'Aamun uutinen 06');
    assert.ok(sixth);
    await other.goto(`${world.url}/#/news/${sixth.id}`);
    await other.locator('#text-fi-lead').waitFor();
    await tenSeconds();
    await row('Aamun uutinen 06').getByText(`${linnea.name} lukee`).waitFor();
    // Beside the text too, in the column in which the other one is.
    await row('Aamun uutinen 06').click();
    const column = page.getByRole('region', { name: 'Suomenkielinen teksti' });
    await column.waitFor();
    await other.locator('#text-fi-lead').click();
    await tenSeconds();
    await column.getByText(`${linnea.name} on tässä tekstissä`).waitFor();
    await other.keyboard.insertText(' Ja arjen muutenkin.');
    await tenSeconds();
    await column.getByText(`${linnea.name} kirjoittaa`).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Valitse uutinen' }).waitFor();
    await world.ask('linnea', 'POST', `/api/news/${sixth.id}/accept`);
    await tenSeconds();
    await row('Aamun uutinen 06').waitFor({ state: 'detached' });
    await other.context().close();
  });

  it('writes news from a mail: the text and the project are enough, and title and lead are proposed', async () => {
    const text = page.getByRole('textbox', { name: 'Mitä tapahtui?' });
    const field = (name: string) => page.getByRole('textbox', { name });
    await row('Aamun uutinen 07').focus();
    await page.keyboard.press('c');
    await page.getByRole('heading', { name: 'Uusi uutinen' }).waitFor();
    await page.locator('[contenteditable="true"]:focus').waitFor();
    await page.getByRole('button', { name: 'Tallenna uutinen' }).click();
    // Nothing is written yet: that is said once, where it is to be written.
    await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
    assert.equal(await page.locator('[aria-invalid="true"]').count(), 1);
    assert.match(await page.locator('[aria-invalid="true"]:focus').innerText(), /^\s*$/);

    await page.keyboard.insertText('Neuvonta alkoi. Se auttaa monia. Maija kertoi siitä.');
    assert.equal(await field('Otsikko').inputValue(), 'Neuvonta alkoi');
    assert.equal(await field('Ingressi').inputValue(), 'Se auttaa monia.');
    // What is emptied and left has the proposal again; what is typed stays, whatever the text becomes.
    await field('Otsikko').fill('');
    assert.equal(await field('Otsikko').inputValue(), '');
    await field('Ingressi').focus();
    assert.equal(await field('Otsikko').inputValue(), 'Neuvonta alkoi');
    await field('Otsikko').fill('Sähköpostista tullut');
    await text.click();
    await page.keyboard.press('Control+Home');
    // A greeting says nothing of the news.
    await page.keyboard.insertText('Hei. ');
    assert.equal(await field('Otsikko').inputValue(), 'Sähköpostista tullut');
    assert.equal(await field('Ingressi').inputValue(), 'Se auttaa monia.');

    // Nothing is lost by another language, by a fault, or by leaving.
    await page.getByRole('combobox', { name: 'Kieli', exact: true }).selectOption('sv');
    await page.getByRole('combobox', { name: 'Kieli', exact: true }).selectOption('fi');
    assert.match(await text.innerText(), /^Hei\. Neuvonta alkoi/);
    await page.reload();
    assert.match(await text.innerText(), /^Hei\. Neuvonta alkoi/);
    await field('Mistä uutinen tuli').fill('Maijalta, 131052-308T');
    await page.keyboard.press('Enter');
    await page.locator('[aria-invalid="true"]:focus').waitFor();
    // A personal identity code stays on no device.
    assert.ok(!(await page.evaluate(() => Object.values(localStorage).join())).includes('131052'));
    assert.match(await text.innerText(), /^Hei\. Neuvonta alkoi/);
    await field('Mistä uutinen tuli').fill('Sähköposti Maijalta');
    await page.getByRole('button', { name: 'Tallenna uutinen' }).click();
    await page.getByRole('heading', { name: 'Uutinen: Sähköpostista tullut' }).waitFor();
    await page.getByText('Lähde: Sähköposti Maijalta').waitFor();
    await page.getByText('Se auttaa monia.', { exact: true }).waitFor();
  });

  it('offers to undo beside the history', async () => {
    const id = page.url().split('/').at(-1)?.split('?')[0] ?? '';
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Valitse uutinen' }).waitFor();
    await world.ask<NewsItemAnswer>('aino', 'POST', `/api/news/${id}/start-review`);
    await page.goto(`${world.url}/#/news/${id}`);
    await page.locator('details summary').last().click();
    await page.getByRole('button', { name: 'Kumoa viimeisin' }).click();
    await page.getByText('kumosi edellisen toiminnon').waitFor();
  });

  it('leaves whoever has begun in another field there when the editor comes late', async () => {
    const writer = await world.pageOf('eeva');
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await writer.route(/markdown-editor/, async (route) => {
      await held;
      await route.continue();
    });
    await writer.goto(`${world.url}/#/news/new`);
    const title = writer.getByRole('textbox', { name: 'Otsikko' });
    await title.pressSequentially('Ryhmä ');
    goOn();
    await writer.getByRole('textbox', { name: 'Mitä tapahtui?' }).waitFor();
    await writer.keyboard.type('aukesi');
    assert.equal(await title.inputValue(), 'Ryhmä aukesi');
    await writer.context().close();
  });

  it('keeps the checkboxes of the rows under the head of the list when it is scrolled', async () => {
    await page.setViewportSize({ width: 1280, height: 480 });
    await page.goto(`${world.url}/#/news?view=ready`);
    const head = page.getByRole('navigation', { name: 'Uutisten näkymät' });
    const box = page.getByRole('checkbox').first();
    await box.waitFor();
    const isUnderHead = (checkbox: HTMLElement | SVGElement): boolean => {
      const { x, y, width, height } = checkbox.getBoundingClientRect();
      const top = document.elementFromPoint(x + width / 2, y + height / 2);
      return (
        document.querySelector('nav[aria-label="Uutisten näkymät"]')?.parentElement?.contains(top) === true
      );
    };
    // As far as it takes for the first checkbox to stand where the views stand.
    const views = await head.boundingBox();
    await box.evaluate((checkbox, to) => {
      let pane = checkbox.parentElement;
      while (pane !== null && pane.scrollHeight <= pane.clientHeight) pane = pane.parentElement;
      pane?.scrollBy({ top: checkbox.getBoundingClientRect().y - to, behavior: 'instant' });
    }, views?.y ?? 0);
    const moved = await box.boundingBox();
    assert.ok(Math.abs((moved?.y ?? 0) - (views?.y ?? 0)) < 20, 'the row has been scrolled under the head');
    assert.ok(await box.evaluate(isUnderHead), 'the head takes the press');
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${world.url}/#/news`);
  });

  it('lets people switch off the keys of a single letter', async () => {
    await page.getByRole('button', { name: aino.name }).click();
    await page.getByRole('checkbox', { name: 'Kirjaimet toimivat pikanäppäiminä' }).uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await row('Aamun uutinen 07').waitFor();
    await row('Aamun uutinen 07').focus();
    await page.keyboard.press('j');
    assert.match(await focused(), /Aamun uutinen 07/);
    await page.keyboard.press('ArrowDown');
    assert.match(await focused(), /Aamun uutinen 08/);
  });
});

describe('an inbox where something goes wrong', function () {
  this.timeout(240_000);
  let world: TabWorld;
  let page: Page;
  let count = 0;

  const row = (title: string) => page.getByRole('link', { name: title });
  const said = () => page.locator('#said');
  /** @returns its id */
  const submitted = async (title: string): Promise<string> => {
    count += 1;
    const { item } = await world.ask<NewsItemAnswer>('eeva', 'POST', '/api/news', {
      formId: `wrong-${String(count)}-form`,
      projectId: eeva.projects[0],
      language: 'fi',
      words: { title, lead: 'Tämä helpottaa arkea.', body: 'Näin kävi eilen.' },
      audiences: ['residents'],
      wishedChannels: ['newsletter'],
    });
    return item.id;
  };
  const opened = async (title: string): Promise<void> => {
    await page.goto('about:blank');
    await page.goto(`${world.url}/#/news`);
    await row(title).click();
    await page.getByRole('heading', { name: `Uutinen: ${title}` }).waitFor();
  };

  before(async () => {
    world = await tabWorld({ undoSeconds: 60 });
    page = await world.pageOf('aino');
  });

  after(() => world.stop());

  it('shows an item that has just changed as the list shows it when it is fetched again', async () => {
    const id = await submitted('Sama rivi');
    await opened('Sama rivi');
    const note = `Kerro vielä, ${'missä kunnissa palvelu on jo käytössä '.repeat(6)}`.trim();
    await page.keyboard.press('q');
    await page.getByRole('dialog').getByRole('textbox').fill(note);
    await page.getByRole('dialog').getByRole('button', { name: 'Pyydä täydennystä' }).click();
    const asked = row('Sama rivi').getByText('missä kunnissa');
    await asked.waitFor();
    const { lines } = await world.ask<NewsListAnswer>('aino', 'GET', '/api/news?view=inWork');
    const line = lines.find((each) => each.id === id);
    const shown = line?.asked ?? '';
    assert.ok(shown.endsWith('…'), shown);
    assert.ok((await asked.textContent())?.endsWith(shown));
  });

  it('leaves the list of another filter alone when more of the one before does not come', async () => {
    const other = await submitted('Toisessa näkymässä');
    await world.ask('aino', 'POST', `/api/news/${other}/start-review`);
    for (let more = 1; more <= 31; more += 1) await submitted(`Monta uutista ${String(more)}`);
    const isAsked = (url: URL): boolean => url.pathname === '/api/news' && url.searchParams.has('after');
    let isLeft = (): void => undefined;
    const left = new Promise<void>((resolve) => (isLeft = resolve));
    await page.route(isAsked, async (route) => {
      await left;
      await route.abort();
    });
    const asked = page.waitForRequest((request) => isAsked(new URL(request.url())));
    await page.goto('about:blank');
    await page.goto(`${world.url}/#/news`);
    await row('Monta uutista 2').last().scrollIntoViewIfNeeded();
    const failed = page.waitForEvent('requestfailed', (request) => isAsked(new URL(request.url())));
    await asked;
    await page
      .getByRole('navigation', { name: 'Uutisten näkymät' })
      .getByRole('link', { name: 'Kesken' })
      .click();
    await row('Toisessa näkymässä').waitFor();
    isLeft();
    await failed;
    await page.unroute(isAsked);
    // Drawn twice since: what came of the failure shows by now.
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
    assert.equal(await page.getByRole('button', { name: 'Yritä uudelleen' }).count(), 0);
    await row('Toisessa näkymässä').waitFor();
  });

  const bar = () => page.getByRole('group', { name: 'Valituille uutisille' });
  const select = async (...titles: readonly string[]): Promise<void> => {
    await page.goto('about:blank');
    await page.goto(`${world.url}/#/news`);
    for (const title of titles) await page.getByRole('checkbox', { name: `Valitse: ${title}` }).check();
    await bar().waitFor();
  };
  const statusOf = async (id: string) =>
    (await world.ask<NewsItemAnswer>('aino', 'GET', `/api/news/${id}`)).item.state.status;
  const rewritten = (id: string) =>
    world.ask('eeva', 'PUT', `/api/news/${id}/texts/fi`, {
      title: 'Aivan muuta',
      lead: '',
      body: 'Tätä ei ole kukaan lukenut.',
      basedOn: 1,
    });
  /** The page does not hear of what others do. */
  const alone = () => page.route(/\/api\/inbox\/now/, (route) => route.abort());

  it('takes back all that was placed together, with the decisions that came with it', async () => {
    const ids = [
      await submitted('Kirjeeseen 1'),
      await submitted('Kirjeeseen 2'),
      await submitted('Kirjeeseen 3'),
    ];
    await select('Kirjeeseen 1', 'Kirjeeseen 2', 'Kirjeeseen 3');
    await bar().getByRole('button', { name: 'Lisää uutiskirjeeseen' }).click();
    await said().getByText('3 uutista lisätty uutiskirjeeseen').waitFor();
    assert.deepEqual(await Promise.all(ids.map(statusOf)), ['accepted', 'accepted', 'accepted']);
    await said().getByRole('button', { name: 'Kumoa' }).click();
    await said().getByText('Kumottu').waitFor();
    assert.deepEqual(await Promise.all(ids.map(statusOf)), ['submitted', 'submitted', 'submitted']);
    for (const id of ids) {
      const { item } = await world.ask<NewsItemAnswer>('aino', 'GET', `/api/news/${id}`);
      assert.deepEqual(item.uses, []);
    }
  });

  it('takes back a handing over', async () => {
    const id = await submitted('Vastuu vaihtuu');
    await world.ask('aino', 'POST', `/api/news/${id}/assign`, { to: linnea.id });
    await select('Vastuu vaihtuu');
    await page.keyboard.press('m');
    await row('Vastuu vaihtuu').getByText(`Vastuussa: ${aino.name}`).waitFor();
    await said().getByRole('button', { name: 'Kumoa' }).click();
    await row('Vastuu vaihtuu').getByText(`Vastuussa: ${linnea.name}`).waitFor();
  });

  it('accepts no text that came after the one on the screen', async () => {
    await alone();
    const id = await submitted('Luettu');
    await opened('Luettu');
    await rewritten(id);
    await page.keyboard.press('a');
    await said()
      .getByText(/Joku on muuttanut uutisen ”.*” tekstiä .* Lue uusi teksti/)
      .waitFor();
    assert.equal(await statusOf(id), 'submitted');
    // It is there to be read.
    await page.getByRole('article').getByText('Tätä ei ole kukaan lukenut.').first().waitFor();
    const placed = await submitted('Luettu ja kirjeeseen');
    await opened('Luettu ja kirjeeseen');
    await rewritten(placed);
    await page.getByRole('switch', { name: /Uutiskirje/ }).click();
    await said()
      .getByText(/Joku on muuttanut uutisen/)
      .waitFor();
    assert.equal(await statusOf(placed), 'submitted');
  });

  it('accepts what was written a moment ago on the same page', async () => {
    const id = await submitted('Oma korjaus');
    await opened('Oma korjaus');
    const title = page.getByRole('article').getByRole('textbox', { name: 'Otsikko' }).first();
    await title.fill('Oma korjaus tehty');
    await title.press('Escape');
    await page.keyboard.press('a');
    await said()
      .getByText(/Hyväksytty\./)
      .waitFor();
    assert.equal(await statusOf(id), 'accepted');
  });

  it('does with several what can be done, takes that back, and names what could not be', async () => {
    const [fine, changed] = [await submitted('Menee läpi'), await submitted('Muuttui välissä')];
    await select('Menee läpi', 'Muuttui välissä');
    await rewritten(changed);
    await page.keyboard.press('a');
    await said()
      .getByText(/Onnistui: 1\. Ei onnistunut: 1, niistä ensimmäinen ”Muuttui välissä”/)
      .waitFor();
    assert.deepEqual([await statusOf(fine), await statusOf(changed)], ['accepted', 'submitted']);
    // What is left is selected still.
    await bar().getByText('1 uutinen valittu').waitFor();
    await said().getByRole('button', { name: 'Kumoa' }).click();
    await said().getByText('Kumottu').waitFor();
    assert.equal(await statusOf(fine), 'submitted');
  });

  it('keeps what was typed until it has arrived', async () => {
    const id = await submitted('Kysymys säilyy');
    await opened('Kysymys säilyy');
    await page.keyboard.press('q');
    const dialog = page.getByRole('dialog');
    const field = dialog.getByRole('textbox');
    const send = dialog.getByRole('button', { name: 'Pyydä täydennystä' });
    await field.fill('Montako kuntaa on mukana?');
    await page.route(/request-changes$/, (route) => route.abort());
    await send.click();
    await dialog.getByRole('alert').waitFor();
    assert.equal(await field.inputValue(), 'Montako kuntaa on mukana?');
    await page.unroute(/request-changes$/);
    await field.fill('Onko 131052-308T mukana?');
    await send.click();
    await dialog.getByText(/henkilötunnu/i).waitFor();
    assert.equal(await field.inputValue(), 'Onko 131052-308T mukana?');
    await field.fill('Montako kuntaa on mukana?');
    await send.click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await statusOf(id), 'changesRequested');
  });

  it('keeps a question to several for those whom it did not reach', async () => {
    const [asked, withdrawn] = [await submitted('Kysytään tästä'), await submitted('Peruttu välissä')];
    await select('Kysytään tästä', 'Peruttu välissä');
    await world.ask('eeva', 'POST', `/api/news/${withdrawn}/withdraw`);
    await page.keyboard.press('q');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('Kenelle tämä on?');
    await dialog.getByRole('button', { name: 'Pyydä täydennystä' }).click();
    await dialog.getByText(/Onnistui: 1\. Ei onnistunut: 1, niistä ensimmäinen ”Peruttu välissä”/).waitFor();
    assert.equal(await dialog.getByRole('textbox').inputValue(), 'Kenelle tämä on?');
    await dialog.getByRole('button', { name: 'Takaisin' }).click();
    await dialog.getByRole('button', { name: 'Hylkää' }).click();
    await said().getByRole('button', { name: 'Kumoa' }).click();
    await said().getByText('Kumottu').waitFor();
    assert.equal(await statusOf(asked), 'submitted');
  });

  it('keeps a reason that was written elsewhere until it has arrived', async () => {
    const dialog = page.getByRole('dialog');
    const cases = [
      {
        address: `sessions/${world.ids.occurrence('hankeradio', 'planned')}`,
        opens: 'Peru tilaisuus',
        reason: 'Esittäjä sairastui.',
      },
      { address: 'newsletter', opens: 'Hyväksy numero', reason: 'Koskee vain yhtä kuntaa.' },
    ];
    for (const { address, opens, reason } of cases) {
      await page.goto('about:blank');
      await page.goto(`${world.url}/#/${address}`);
      await page.getByRole('button', { name: opens }).click();
      const field = dialog.getByRole('textbox').first();
      await field.fill(reason);
      const isApi = (url: URL): boolean => url.pathname.startsWith('/api/');
      await page.route(isApi, (route) => route.abort());
      await dialog.getByRole('button', { name: opens }).click();
      await dialog.getByRole('alert').filter({ hasText: 'yhteyttä' }).waitFor();
      assert.equal(await field.inputValue(), reason);
      await page.unroute(isApi);
      await dialog.getByRole('button', { name: opens }).click();
      await dialog.waitFor({ state: 'detached' });
    }
  });
});
