import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { homeZone } from '../../src/platform/clock.js';
import type { Coordinator } from './coordinator.js';
import type { Playground } from './playground.js';
import { tabWorld, type TabWorld } from './tab-world.js';

const name = 'Aamuradio';
const topic = 'Mitä digihoitopolku muutti vastaanotolla';
const stakeholder = { name: 'Sanna Sidosryhmä (demo)', address: 'sanna@example.org' };

const first = Temporal.Now.plainDateISO(homeZone).add({ days: 5 });
/** Another project's by the rotation, and near enough that a change is announced at once; and the day to which it moves. */
const second = first.add({ days: 7 });
const moved = second.add({ days: 1 });

describe('a series of sessions, from its settings to the chat, the mail and the calendar', function () {
  this.timeout(240_000);
  let world: TabWorld;
  let chat: Playground;
  let tab: Coordinator;
  let occurrencePage: string;

  async function series(): Promise<{ id: string; feedKey: string }> {
    const answer = await world.ask<{ series: { id: string; feedKey: string; names: { fi: string } }[] }>(
      'aino',
      'GET',
      '/api/series',
    );
    const found = answer.series.find(({ names }) => names.fi === name);
    assert.ok(found);
    return found;
  }

  /** The mail of which this is true, once it has left. */
  async function mail(isMeant: (text: string) => boolean): Promise<string> {
    for (;;) {
      const found = (await world.mails()).find(isMeant);
      if (found !== undefined) return found;
      await tab.page.waitForTimeout(250);
    }
  }

  before(async () => {
    world = await tabWorld();
    [chat, tab] = await Promise.all([world.chat(), world.tabOf('aino')]);
  });

  after(() => world.stop());

  it('the coordinator sets it up, with its dates before her eyes', async () => {
    await tab.go('Tilaisuudet');
    await tab.page.getByRole('link', { name: 'Uusi sarja' }).or(tab.button('Uusi sarja')).first().click();
    // What is missing is said at each field, all at once, and nowhere else.
    await tab.page.getByRole('combobox', { name: 'Tyyppi' }).selectOption({ label: 'Muu tilaisuus' });
    await tab.page.getByRole('textbox', { name: 'Nimi suomeksi' }).fill(name);
    await tab.page.getByRole('checkbox', { name: 'ma', exact: true }).uncheck();
    await tab.reads('Valitse vähintään yksi viikonpäivä.');
    await tab.page.getByLabel('Kesto minuutteina').fill('');
    await tab.press('Luo luonnos');
    const refused = tab.page.locator('form [aria-invalid="true"]');
    await refused.first().waitFor();
    assert.deepEqual(
      await refused.evaluateAll((fields) =>
        fields.map((field) => (field as HTMLInputElement).labels?.[0]?.textContent.replace('*', '').trim()),
      ),
      ['Nimi ruotsiksi', 'Kesto minuutteina'],
    );
    await tab.page.getByRole('combobox', { name: 'Tyyppi' }).selectOption({ label: 'Hankeradio' });
    for (const language of ['suomeksi', 'ruotsiksi', 'englanniksi'])
      await tab.page.getByRole('textbox', { name: `Nimi ${language}` }).fill(name);
    await tab.page.getByRole('combobox', { name: 'Toistuu' }).selectOption({ label: 'päivittäin' });
    await tab.page.getByRole('combobox', { name: 'Toistoväli päivinä' }).selectOption('7');
    await tab.page.getByLabel('Alkamispäivä').fill(first.toString());
    await tab.reads(new RegExp(`${first.day}\\.${first.month}\\..* klo 9\\.00`));
    await tab.press('Luo luonnos');
    // Nobody hears of it before it is published, and whom it reaches is said first.
    await tab.reads('Luonnos näkyy vain viestintätiimille. Kukaan ei ole saanut siitä tietoa.');
    await tab.reads(/ihmistä organisaatiossa näkee sarjan ja saa muistutukset/);
    await tab.reads(/Liittymislinkki puuttuu/);
    await tab.page.frameLocator('iframe[title="Kutsu yhteyshenkilöille"]').getByText(name).first().waitFor();
    await tab.press('Julkaise sarja');
    await tab.page
      .getByRole('alertdialog')
      .or(tab.page.getByRole('dialog'))
      .getByRole('button', { name: 'Julkaise sarja' })
      .click();
    await tab.reads('Sarja on julkaistu');
    assert.match((await series()).feedKey, /^\w+$/);
  });

  it('a stakeholder outside gets the invitation by mail, with a calendar file', async () => {
    await world.ask('aino', 'POST', '/api/contacts', {
      ...stakeholder,
      language: 'sv',
      series: [(await series()).id],
      consent: { given: true, how: 'Mejl 20.11.' },
    });
    const invitation = await mail((text) => text.includes(stakeholder.address));
    assert.ok(/Content-Type: text\/calendar;.*method=REQUEST/i.test(invitation));
    assert.ok(/List-Unsubscribe:\s+<http/i.test(invitation));
  });

  it('the worker sees it in chat, and is notified that her project presents', async () => {
    await chat.say('tilaisuudet');
    assert.match(await chat.card(name).text(), new RegExp(name));
    const compact = second.toString().replaceAll('-', '');
    await tab.page.goto(`${world.url}/#/sessions/${(await series()).id}-${compact}`);
    await tab.page.getByRole('heading', { name: new RegExp(`^${name}, `) }).waitFor();
    occurrencePage = tab.page.url();
    await tab.press('Valitse esittäjä');
    const dialog = tab.page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Hanke' }).selectOption('demo-digihoitopolut');
    await dialog.getByRole('button', { name: 'Valitse esittäjä' }).click();
    await tab.reads('Esittäjä on valittu');
    assert.match(await chat.card('Esitysvuoro on teidän').text(), new RegExp(name));
  });

  it('she enters the topic, and the session is confirmed', async () => {
    await chat.card('Esitysvuoro on teidän').press('Kerro aihe');
    const form = chat.card('Mitä esitätte?');
    await form.write('Aihe', topic);
    await form.write('Kuka esittää?', 'Eeva Kuvitteellinen');
    await form.press('Vahvista');
    assert.match(await chat.card('Vuoronne on vahvistettu').text(), new RegExp(topic));
    await tab.page.reload();
    await tab.page.getByRole('heading', { name: new RegExp(`^${topic}, `) }).waitFor();
    await tab.reads('Vahvistettu');
  });

  it('it is moved, and chat, mail and the calendar feed say so', async () => {
    assert.equal(tab.page.url(), occurrencePage);
    await tab.press('Siirrä');
    const dialog = tab.page.getByRole('dialog');
    await dialog.getByLabel('Päivä').fill(moved.toString());
    await dialog.getByLabel('Alkaa').fill('10:15');
    await dialog.getByRole('button', { name: 'Siirrä', exact: true }).click();
    await tab.reads(/^Siirretty: /);
    // She is of the project that presents: it is said what it means to her.
    const card = await chat.card('Esityksenne siirtyy').text();
    assert.match(card, /klo 10\.15/);
    await mail(
      (text) => text.includes(stakeholder.address) && text.includes('Aamuradio') && /flyttat/i.test(text),
    );

    const { feedKey } = await series();
    const feed = await (await fetch(`${world.url}/calendar/${feedKey}/fi.ics`)).text();
    const events = new ICAL.Component(ICAL.parse(feed) as unknown[]).getAllSubcomponents('vevent');
    const master = events.map((event) => new ICAL.Event(event)).find((event) => event.isRecurring());
    const change = events
      .map((event) => new ICAL.Event(event))
      .find((event) => event.isRecurrenceException());
    assert.equal(master?.startDate.toString(), `${first.toString()}T09:00:00`);
    assert.ok(change);
    assert.equal(change.startDate.toString(), `${moved.toString()}T10:15:00`);
    assert.equal(change.recurrenceId.toString(), `${second.toString()}T09:00:00`);
  });

  it('is still there after a restart, announced once', async () => {
    const before = await world.mails();
    await world.restart();
    const { id } = await series();
    const upcoming = await world.ask<{
      lines: { seriesId: string; start: string; state: { status: string } }[];
    }>('aino', 'GET', '/api/sessions/upcoming');
    const hers = upcoming.lines.find(
      ({ seriesId, state }) => seriesId === id && state.status === 'confirmed',
    );
    const start = moved.toZonedDateTime({ timeZone: homeZone, plainTime: '10:15' }).toInstant().toString();
    assert.equal(hers?.start, start);
    assert.equal((await world.mails()).length, before.length);
  });
});
