import assert from 'node:assert/strict';
import { demoPeopleByKey } from '../../src/demo/people.js';
import type { Coordinator } from './coordinator.js';
import type { Playground } from './playground.js';
import { tabWorld, type TabWorld } from './tab-world.js';

const submitted = {
  title: 'Iltavastaanotto aukeaa Mallikylässä',
  lead: 'Hoitoon pääsee nyt myös työpäivän jälkeen.',
  body: 'Vastaanotto on auki tiistaisin kello 16–19. Ajan voi varata verkossa.',
};
const edited = { ...submitted, title: 'Iltavastaanotto auttaa työpäivän jälkeen' };
const swedish = {
  title: 'Kvällsmottagningen hjälper efter arbetsdagen',
  lead: 'Nu kan du få vård också efter arbetsdagen.',
  body: 'Mottagningen är öppen på tisdagar klockan 16–19. Du kan boka tid på nätet.',
};

/** Opens the overview anew until it says something that the server learns in its own time. */
async function overviewReads(tab: Coordinator, text: string | RegExp): Promise<void> {
  await tab.go('Tänään');
  while ((await tab.page.getByText(text).count()) === 0) {
    await tab.page.reload();
    await tab.page.getByRole('heading', { name: /^Hei/ }).waitFor();
    await tab.page
      .getByText(/Seuraavaksi/)
      .first()
      .waitFor();
  }
}

describe('the whole way, from chat to intranet', function () {
  this.timeout(240_000);
  let world: TabWorld;
  let chat: Playground;
  let tab: Coordinator;

  before(async () => {
    world = await tabWorld();
    [chat, tab] = await Promise.all([world.chat(), world.tabOf('aino')]);
  });

  after(() => world.stop());

  it('a worker says “uutinen”, fills in the card and gets a receipt', async () => {
    await chat.say('uutinen');
    const form = chat.card('Kerro uutinen');
    await form.write('Mitä tapahtui?', submitted.body);
    await form.press('Näytä otsikkoehdotus');
    await form.write('Otsikko', submitted.title);
    await form.write('Miksi se on lukijalle tärkeää?', submitted.lead);
    await form.press('Lähetä');
    const receipt = await chat.card('Kiitos uutisesta').text();
    assert.match(receipt, new RegExp(submitted.title));
    assert.match(receipt, /Lähetetty/);
  });

  it('the coordinator finds it in the tab and edits it in both languages', async () => {
    await tab.go('Uutiset');
    await tab.openLine(submitted.title);
    await tab.write('fi', edited);
    await tab.press('Kirjoita ruotsiksi');
    await tab.write('sv', swedish);
    await tab.column('sv').getByText('Kesken').waitFor();
    await tab.reads('Työn alla');
  });

  it('accepts it, which says that the author’s text is ready, and marks the translation as ready', async () => {
    await tab.press('Hyväksy');
    await tab.reads(/^Hyväksytty\. .* saa siitä tiedon/);
    await tab.column('fi').getByText('Valmis', { exact: true }).waitFor();
    await tab.column('sv').getByRole('button', { name: 'Merkitse valmiiksi' }).click();
    await tab.column('sv').getByText('Valmis', { exact: true }).waitFor();
    const card = await chat.card('Kerron, kun uutinen julkaistaan').text();
    assert.match(card, new RegExp(`${edited.title}[^]*Hyväksytty`));
  });

  it('turns on its place in the newsletter, and the worker’s card says in which number', async () => {
    await tab.turn('Uutiskirje 1');
    await tab.outlets.getByText(/^määräpäivä/).waitFor();
    await chat.card('Uutiskirje, numero 1').text();
    assert.equal(await chat.page.getByText('Uutisesi on').count(), 0);
  });

  it('turns on the intranet and publishes it, both languages as they are ready', async () => {
    await tab.turn('Intranet');
    await tab.outlets.getByRole('button', { name: 'Julkaise nyt' }).click();
    await tab.outlets.getByText('Julkaistu', { exact: true }).waitFor();
  });

  it('it is on the intranet in both languages and in the feeds, and the worker is notified', async () => {
    const notice = await chat.card('Uutisesi on julkaistu').text();
    assert.match(notice, /Lue suomeksi/);
    const [fi, sv, feed] = await Promise.all(
      ['/intranet/fi', '/intranet/sv', '/intranet/fi/feed.json'].map(async (path) =>
        (await fetch(world.url + path)).text(),
      ),
    );
    assert.ok(fi?.includes(edited.title));
    assert.ok(sv?.includes(swedish.title));
    const { items } = JSON.parse(feed ?? '') as { items: { title: string; url: string }[] };
    const item = items.find(({ title }) => title === edited.title);
    const page = await fetch(item?.url ?? '');
    assert.ok((await page.text()).includes('tiistaisin kello 16–19'));
  });

  it('says at the field what keeps words for this issue alone from being saved', async () => {
    await tab.go('Uutiskirje');
    await tab.openLine('Elma kokoaa elintapaohjauksen');
    const own = tab.page.getByRole('region', { name: 'Vain tässä julkaisupaikassa' });
    await own.getByRole('button', { name: 'Oma ingressi' }).first().click();
    const lead = own.getByRole('textbox', { name: 'Oma ingressi' });
    await lead.fill('Pitkä teksti. '.repeat(700));
    await own.getByText(/Teksti on liian pitkä|merkkiä/).waitFor();
    await own.getByRole('button', { name: 'Palaa uutisen tekstiin' }).click();
    await lead.waitFor({ state: 'detached' });
  });

  it('offers no way to the preview of the newsletter where it is beside it already', async () => {
    await tab.go('Uutiskirje');
    // Opened by its address, the style sheets come in another order than by way of other pages.
    await tab.page.reload();
    await tab.button('Hyväksy numero').waitFor();
    assert.equal(await tab.page.getByRole('button', { name: 'Esikatselu' }).isVisible(), false);
    assert.equal(await tab.page.getByRole('link', { name: 'Esikatselu' }).isVisible(), false);
  });

  it('previews the newsletter in both languages and approves it, with a reason for what is missing', async () => {
    await tab.go('Uutiskirje');
    const mail = tab.page.locator('iframe').first().contentFrame();
    await mail.getByText(edited.title).first().waitFor();
    await tab.page.getByRole('radio', { name: 'Svenska' }).check({ force: true });
    await mail.getByText(swedish.title).first().waitFor();
    await tab.press('Hyväksy numero');
    const dialog = tab.page.getByRole('dialog');
    await dialog.getByRole('textbox').first().waitFor();
    for (const reason of await dialog.getByRole('textbox').all())
      await reason.fill('Koskee vain yhtä kuntaa.');
    await dialog.getByRole('button', { name: /^Hyväksy/ }).click();
    await tab.reads('Aino Mallikas hyväksyi');
  });

  it('reads whom Big Room could not reach, and since when their message waits', async () => {
    await tab.go('Uutiset');
    await tab.openLine('Chatten för närstående');
    await tab.press('Pyydä täydennystä');
    await tab.page.getByRole('dialog').getByRole('textbox').fill('Montako kävijää iltaisin on?');
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Pyydä täydennystä' }).click();
    await tab.reads(/saa pyynnön hetken päästä/);
    // There are others besides her on a day on which the demo's sessions send their reminders.
    await overviewReads(tab, /ihmistä ei tavoitettu/);
    await tab.page.getByRole('link', { name: /ihmistä ei tavoitettu/ }).click();
    const hers = tab.page.getByRole('listitem').filter({ hasText: demoPeopleByKey.siv.name });
    await tab.reads(/^Ei tavoitettu: \d+$/);
    while ((await hers.count()) === 0) {
      await tab.page.reload();
      await tab.reads(/^Ei tavoitettu: \d+$/);
    }
    await hers.getByText(/Ei ole vielä kirjoittanut Big Roomille Teamsissa\. \d+ viesti/).waitFor();
    await tab.page.getByText('Kaikki viestit ovat perillä').waitFor({ state: 'detached' });
  });

  it('the worker sees the news and its state under “omat”', async () => {
    await chat.say('omat');
    const mine = await chat.card('Omat uutisesi').text();
    assert.match(mine, new RegExp(edited.title));
  });
});
