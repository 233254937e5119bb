import assert from 'node:assert/strict';
import type {
  AgendaAnswer,
  OccurrenceAnswer,
  SeriesListAnswer,
  UpcomingAnswer,
} from '../../src/shared/answers/sessions.js';
import type { IssueAnswer, IssueListAnswer } from '../../src/shared/answers/newsletter.js';
import type { ReleaseAnswer, ReleaseCreatedAnswer } from '../../src/shared/answers/releases.js';
import { openSettings } from '../gallery/open-settings.js';
import { visit } from '../gallery/tab.js';
import type { Coordinator } from './coordinator.js';
import { tabWorld, type TabWorld } from './tab-world.js';

describe('two coordinators at the same form', function () {
  this.timeout(240_000);
  let world: TabWorld;
  let aino: Coordinator;
  let linnea: Coordinator;

  const get = <Answer>(path: string) => world.ask<Answer>('aino', 'GET', path);

  async function hankeradio() {
    const { series } = await get<SeriesListAnswer>('/api/series');
    const found = series.find(({ kind }) => kind === 'hankeradio');
    assert.ok(found);
    return found;
  }

  const both = async (path: string): Promise<void> => {
    // The same address would leave the page, and what it said last, as they are.
    for (const { page } of [aino, linnea]) {
      await visit(page, world.url, `/${path}`);
      if (path.startsWith('sessions/series/')) await openSettings(page);
    }
  };
  const description = ({ page }: Coordinator, language: 'suomeksi' | 'ruotsiksi' | 'englanniksi') =>
    page.getByRole('textbox', { name: `Kuvaus ${language}` });

  before(async () => {
    world = await tabWorld();
    aino = await world.tabOf('aino');
    // Both read Finnish here, so that the test has one set of texts.
    await world.ask('linnea', 'PUT', '/api/session/language', { language: 'fi' });
    linnea = await world.tabOf('linnea');
  });

  after(() => world.stop());

  it('keep the Finnish text of one and the Swedish text of the other', async () => {
    await both(`sessions/series/${(await hankeradio()).id}`);
    await description(aino, 'suomeksi').fill('Hankkeet kertovat, mitä niissä tapahtuu.');
    await description(linnea, 'ruotsiksi').fill('Projekten berättar vad som händer.');
    await aino.press('Tallenna');
    await aino.reads('Asetukset on tallennettu');
    await linnea.press('Tallenna');
    await linnea.reads('Asetukset on tallennettu');
    const { fi, sv } = (await hankeradio()).descriptions;
    assert.deepEqual(
      [fi, sv],
      ['Hankkeet kertovat, mitä niissä tapahtuu.', 'Projekten berättar vad som händer.'],
    );
  });

  it('see side by side what both wrote, choose place by place, lose nothing, and replace it only knowingly', async () => {
    await both(`sessions/series/${(await hankeradio()).id}`);
    for (const coordinator of [aino, linnea]) {
      const whose = coordinator === aino ? 'Ainon' : 'Linnean';
      await description(coordinator, 'suomeksi').fill(`${whose} teksti.`);
      await description(coordinator, 'englanniksi').fill(`Written by ${whose}.`);
    }
    await aino.press('Tallenna');
    await aino.reads('Asetukset on tallennettu');
    await linnea.press('Tallenna');
    const place = (language: string) =>
      linnea.page.getByRole('region', { name: new RegExp(`samaan aikaan: Kuvaus ${language}`) });
    const side = (language: string, name: string) => place(language).getByRole('group', { name });
    await side('suomeksi', 'Toisen versio').getByText('Ainon').waitFor();
    assert.match(await side('suomeksi', 'Toisen versio').innerText(), /Ainon teksti\./);
    assert.match(await side('suomeksi', 'Sinun versiosi').innerText(), /Linnean teksti\./);
    assert.equal(await description(linnea, 'suomeksi').inputValue(), 'Linnean teksti.');
    assert.equal((await hankeradio()).descriptions.fi, 'Ainon teksti.');
    await place('suomeksi').getByRole('button', { name: 'Pidä oma versio' }).click();
    await place('englanniksi').getByRole('button', { name: 'Käytä toisen versiota' }).click();
    assert.equal(await description(linnea, 'englanniksi').inputValue(), 'Written by Ainon.');
    await place('englanniksi').waitFor({ state: 'detached' });
    await linnea.press('Tallenna');
    await linnea.reads('Asetukset on tallennettu');
    const { fi, en } = (await hankeradio()).descriptions;
    assert.deepEqual([fi, en], ['Linnean teksti.', 'Written by Ainon.']);
  });

  it('write the notes of a session in two languages at once, and both stay', async () => {
    const path = `sessions/${world.ids.occurrence('bigRoom', 'held')}`;
    await both(path);
    const write = async ({ page }: Coordinator, language: string, text: string): Promise<void> => {
      const notes = page.locator('#notes');
      const chosen = notes.getByRole('button', { name: language, exact: true });
      await chosen.click();
      await notes.locator(`button[aria-pressed="true"]:text-is("${language}")`).waitFor();
      await notes.getByRole('textbox', { name: 'Muistiinpanot' }).click();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(text);
    };
    await write(aino, 'Suomi', 'Sovimme kolmesta asiasta.');
    await write(linnea, 'Svenska', 'Vi kom överens om tre saker.');
    for (const { page } of [aino, linnea]) await page.locator('#notes').getByText('Tallennettu').waitFor();
    const { occurrence } = await get<OccurrenceAnswer>(
      `/api/occurrences/${world.ids.occurrence('bigRoom', 'held')}`,
    );
    const { text, language, translations } = occurrence.record?.notes ?? {};
    assert.deepEqual(
      [text, language, translations?.sv?.text],
      ['Sovimme kolmesta asiasta.', 'fi', 'Vi kom överens om tre saker.'],
    );
    // Whoever reads Swedish gets the Swedish ones.
    await world.ask('siv', 'PUT', '/api/session/language', { language: 'sv' });
    const reader = await world.pageOf('siv');
    await reader.addInitScript(`localStorage.setItem('bigroom.language', 'sv')`);
    await visit(reader, world.url, `/${path}`);
    await reader.locator('#notes').getByText('Vi kom överens om tre saker.').waitFor();
  });

  it('write the notes of a session in one language at once: both texts stay, unless one says otherwise', async () => {
    const id = world.ids.occurrence('hankeradio', 'held');
    const notesOf = async () =>
      (await get<OccurrenceAnswer>(`/api/occurrences/${id}`)).occurrence.record?.notes;
    const { page } = linnea;
    await visit(page, world.url, `/sessions/${id}`);
    const before = await notesOf();
    const theirs = 'Aino kirjoitti tämän.';
    // Aino's are stored while Linnea's are on their way.
    await page.route(
      /\/notes$/,
      async (route) => {
        const input = { text: theirs, basedOn: before?.revision ?? 0, language: before?.language ?? 'fi' };
        await world.ask('aino', 'PUT', `/api/occurrences/${id}/notes`, input);
        await route.continue();
      },
      { times: 1 },
    );
    const notes = page.locator('#notes');
    await notes.getByRole('textbox', { name: 'Muistiinpanot' }).click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('Linnea kirjoitti tämän.');
    await notes.getByRole('button', { name: 'Yhdistä molemmat' }).click();
    await notes.getByText('Tallennettu').waitFor();
    assert.equal((await notesOf())?.text, `${theirs}\n\nLinnea kirjoitti tämän.`);
  });

  it('see what the other one does without a reload, and keep what they are typing', async () => {
    await both(`sessions/series/${(await hankeradio()).id}`);
    await description(linnea, 'suomeksi').fill('Kesken oleva teksti');
    await aino.page.getByRole('textbox', { name: 'Nimi englanniksi' }).fill('Project Radio');
    await aino.press('Tallenna');
    await aino.reads('Asetukset on tallennettu');
    await linnea.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await linnea.page.locator('input[value="Project Radio"]').waitFor();
    assert.equal(await description(linnea, 'suomeksi').inputValue(), 'Kesken oleva teksti');
    await linnea.press('Tallenna');
    await linnea.reads('Asetukset on tallennettu');
    const { names, descriptions } = await hankeradio();
    assert.deepEqual([names.en, descriptions.fi], ['Project Radio', 'Kesken oleva teksti']);
  });

  it('see in the dialog that a session was moved meanwhile, and where a date is over, at the field', async () => {
    const { lines } = await get<UpcomingAnswer>('/api/sessions/upcoming?most=12');
    const line = lines.find(({ kind, state }) => kind === 'bigRoom' && state.status === 'planned');
    assert.ok(line);
    await both(`sessions/${line.id}`);
    const dialogs = [aino, linnea].map(({ page }) => page.getByRole('dialog'));
    for (const coordinator of [aino, linnea]) await coordinator.press('Siirrä');
    const [first, second] = dialogs;
    assert.ok(first && second);
    await first.getByLabel('Päivä').fill('2020-01-01');
    await first.getByRole('button', { name: 'Siirrä', exact: true }).click();
    await first
      .getByRole('alert')
      .filter({ hasText: /voi olla aikaisintaan/ })
      .waitFor();
    await first.getByLabel('Päivä').fill(line.date);
    await first.getByLabel('Alkaa').fill('10:15');
    await first.getByRole('button', { name: 'Siirrä', exact: true }).click();
    await aino.reads(/^Siirretty: /);
    await second.getByLabel('Alkaa').fill('11:45');
    await second.getByRole('button', { name: 'Siirrä', exact: true }).click();
    await second.getByText(/Joku muu muutti tätä sillä välin\. Nyt tässä on: ”.* klo 10\.15”\./).waitFor();
    assert.equal(await second.getByLabel('Alkaa').inputValue(), '11.45');
    await second.getByRole('button', { name: 'Siirrä', exact: true }).click();
    await linnea.reads(/^Siirretty: .* klo 11\.45/);
  });

  describe('at one agenda', () => {
    const field = ({ page }: Coordinator, number: number, language: 'suomeksi' | 'ruotsiksi') =>
      page.getByRole('textbox', { name: `Kohta ${number} ${language}` });
    let path: string;

    beforeEach(async () => {
      const { lines } = await get<UpcomingAnswer>('/api/sessions/upcoming?most=24');
      const { id } = lines.findLast(({ kind }) => kind === 'bigRoom') ?? assert.fail('no Big Room');
      path = `/api/occurrences/${id}/agenda`;
      const { items: before } = await get<AgendaAnswer>(path);
      const items = [
        { id: 'opening', title: { fi: 'Avaus' } },
        { id: 'plan', title: { fi: 'Suunnitelma' } },
      ];
      await world.ask('aino', 'PUT', path, { items, seen: { items: before } });
      await both(`sessions/${id}`);
      for (const { page } of [aino, linnea]) {
        const edit = page.getByRole('region', { name: 'Ohjelma' }).getByRole('button', { name: 'Muokkaa' });
        await edit.focus();
        await page.keyboard.press('Enter');
        await page.locator('[data-item="opening"] input:focus').first().waitFor();
      }
    });

    const save = ({ page }: Coordinator) =>
      page.getByRole('region', { name: 'Ohjelma' }).getByRole('button', { name: 'Tallenna' }).click();
    const saved = async (coordinator: Coordinator): Promise<void> => {
      await save(coordinator);
      await coordinator.page
        .getByRole('button', { name: 'Muokkaa' })
        .and(coordinator.page.locator(':focus'))
        .waitFor();
    };

    it('keep the entries and the languages of both', async () => {
      await aino.page.getByText('Ruotsinkielinen puuttuu').first().waitFor();
      await field(aino, 1, 'ruotsiksi').fill('Öppning');
      await field(linnea, 1, 'suomeksi').fill('Avauspuhe');
      await field(linnea, 2, 'suomeksi').fill('Viestintäsuunnitelma');
      await linnea.page.keyboard.press('Enter');
      await field(linnea, 3, 'suomeksi').fill('Kahvi');
      await saved(aino);
      await saved(linnea);
      const { items } = await get<AgendaAnswer>(path);
      assert.deepEqual(
        items.map(({ title }) => title),
        [{ fi: 'Avauspuhe', sv: 'Öppning' }, { fi: 'Viestintäsuunnitelma' }, { fi: 'Kahvi' }],
      );
    });

    it('see at the entry what the other one wrote, and take it or keep their own', async () => {
      for (const coordinator of [aino, linnea]) {
        const name = coordinator === aino ? 'Aino' : 'Linnea';
        await field(coordinator, 1, 'suomeksi').fill(`Avaus, ${name}`);
        await field(coordinator, 2, 'ruotsiksi').fill(`Plan, ${name}`);
      }
      await saved(aino);
      await save(linnea);
      const entry = (id: string) => linnea.page.locator(`[data-item="${id}"]`);
      for (const [id, text] of [
        ['opening', 'Avaus, Aino'],
        ['plan', 'Plan, Aino'],
      ] as const)
        await entry(id).getByRole('group', { name: 'Toisen versio' }).filter({ hasText: text }).waitFor();
      await entry('opening').getByRole('button', { name: 'Käytä toisen versiota' }).click();
      assert.equal(await field(linnea, 1, 'suomeksi').inputValue(), 'Avaus, Aino');
      await saved(linnea);
      const { items } = await get<AgendaAnswer>(path);
      assert.deepEqual(
        items.map(({ title }) => title),
        [{ fi: 'Avaus, Aino' }, { fi: 'Suunnitelma', sv: 'Plan, Linnea' }],
      );
    });
  });

  describe('what one has open while the other one saves', () => {
    const comesBack = () => aino.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    const openIssue = async () => {
      const [line] = (await get<IssueListAnswer>('/api/newsletter')).issues;
      return (await get<IssueAnswer>(`/api/newsletter/${line?.id ?? ''}`)).issue;
    };

    it('replaces the contact of a release only after it was said who is there now', async () => {
      const made = await world.ask<ReleaseCreatedAnswer>('aino', 'POST', '/api/releases', {
        formId: 'form-contact',
        language: 'fi',
        words: { title: 'Tiedote', lead: '', body: '' },
      });
      const path = `/api/releases/${made.release.id}`;
      const contact = async () => (await get<ReleaseAnswer>(path)).release.contact;
      await visit(aino.page, world.url, `/releases/${made.release.id}`);
      const field = aino.page.locator('#release-contact');
      await field.fill('Aino');
      await world.ask('linnea', 'PUT', `${path}/contact`, { contact: 'Linnea', seen: { contact: null } });
      const refreshed = aino.page.waitForResponse((answer) => answer.url().endsWith(path));
      await comesBack();
      await refreshed;
      await field.press('Enter');
      await aino.reads(/Joku muu ehti muuttaa/);
      assert.equal(await contact(), 'Linnea');
      assert.equal(await field.inputValue(), 'Aino');
      const saved = aino.page.waitForResponse((answer) => answer.url().endsWith('/contact'));
      await field.press('Enter');
      await saved;
      assert.equal(await contact(), 'Aino');
    });

    it('replaces a greeting of the newsletter only after it was said what is there now', async () => {
      const { id } = await openIssue();
      await visit(aino.page, world.url, `/newsletter/${id}`);
      await aino.press('Aihe, tervehdys ja lopetus');
      const dialog = aino.page.getByRole('dialog');
      const subject = dialog.getByRole('textbox', { name: 'Aihe' }).first();
      await subject.fill('Ainon aihe');
      const nothing = { subject: '', preheader: '', greeting: '', signOff: '' };
      await world.ask('linnea', 'PUT', `/api/newsletter/${id}/letter/fi`, {
        ...nothing,
        subject: 'Linnean aihe',
        seen: nothing,
      });
      await dialog.getByRole('button', { name: 'Tallenna' }).click();
      await dialog.getByText(/Linnean aihe/).waitFor();
      assert.equal((await openIssue()).letter.fi?.subject, 'Linnean aihe');
      await dialog.getByRole('button', { name: 'Tallenna' }).click();
      await dialog.waitFor({ state: 'detached' });
      assert.equal((await openIssue()).letter.fi?.subject, 'Ainon aihe');
    });

    it('approves an issue of the newsletter only as it was when the question came', async () => {
      const { id } = await openIssue();
      await visit(aino.page, world.url, `/newsletter/${id}`);
      await aino.press('Hyväksy numero');
      const dialog = aino.page.getByRole('dialog');
      await dialog.getByRole('textbox').first().waitFor();
      for (const reason of await dialog.getByRole('textbox').all()) await reason.fill('Käännös viipyy.');
      const { letter } = await openIssue();
      const seen = { subject: '', preheader: '', greeting: '', signOff: '', ...letter.fi };
      await world.ask('linnea', 'PUT', `/api/newsletter/${id}/letter/fi`, {
        ...seen,
        greeting: 'Linnean tervehdys',
        seen,
      });
      const refreshed = aino.page.waitForResponse((answer) => answer.url().endsWith(`/newsletter/${id}`));
      await comesBack();
      await refreshed;
      await dialog.getByRole('button', { name: 'Hyväksy numero' }).click();
      await aino.reads(/Numero on muuttunut sen jälkeen/);
      assert.notEqual((await openIssue()).status, 'approved');
    });
  });
});
