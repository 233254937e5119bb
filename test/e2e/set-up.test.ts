import assert from 'node:assert/strict';
import type { BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { build } from '../../src/launcher/build.js';
import { homeZone } from '../../src/platform/clock.js';
import { startCloud, tenant, type CloudProcess, type Tenant } from '../world/tenant.js';
import { tabInTeams, tabOnPhone } from '../world/teams/tab-host.js';
import { giveBackBrowser, takeBrowser } from './browser.js';
import { Coordinator } from './coordinator.js';
import { patience } from './tab-world.js';

const [adminId, kaisaId, vilmaId] = [1, 2, 3].map(
  (number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
) as [string, string, string];
const aatu = { oid: adminId, name: 'Aatu Ylläpito' };
const kaisa = { oid: kaisaId, name: 'Kaisa Koordinaattori' };
const vilma = { oid: vilmaId, name: 'Vilma Virtanen' };

const finnish = {
  title: 'Elma neuvoo elintavoissa',
  lead: 'Neuvon saa ilman jonoa.',
  body: 'Elma on nyt käytössä kolmessa kunnassa.',
};
const swedish = {
  title: 'Elma ger råd om levnadsvanor',
  lead: 'Råd fås utan kö.',
  body: 'Elma används nu i tre kommuner.',
};

describe('from an empty installation to the first published release', function () {
  this.timeout(240_000);
  let county: Tenant;
  let running: CloudProcess;
  let admin: Frame;

  before(async () => {
    await build();
    county = await tenant();
    const listed = ({ oid, name }: typeof aatu) => ({
      id: oid,
      displayName: name,
      mail: `${name.split(' ')[0] ?? ''}@example.org`,
    });
    county.graph.directory.all.push(...[aatu, kaisa, vilma].map(listed));
    running = startCloud(
      await county.settings({
        ADMINS: adminId,
        SITE_ID: county.graph.site.id,
        ORGANISER: county.graph.organiser,
      }),
    );
    await running.ready();
  });

  after(async () => {
    await giveBackBrowser();
    await running.stop();
    await county.stop();
    assert.deepEqual(county.graph.faulty, []);
    const [, sinceStarted = ''] = running.log().split('"event":"started"');
    assert.ok(!sinceStarted.includes('"level":"error"'), sinceStarted);
  });

  async function window(): Promise<BrowserContext> {
    const browser = await takeBrowser();
    const context = await browser.newContext({
      locale: 'fi-FI',
      timezoneId: homeZone,
      viewport: { width: 1280, height: 900 },
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(patience);
    return context;
  }

  const tokenOf = (who: typeof aatu) => () => county.entra.signTab({ ...who });
  const open = async (who: typeof aatu, place = ''): Promise<Frame> =>
    (await tabInTeams(await window(), `${running.url}/${place}`, { token: tokenOf(who) })).tab;

  const heading = (tab: Frame | Page, name: string | RegExp): Locator => tab.getByRole('heading', { name });
  /** Opens a page of the settings by its link. */
  const settings = (tab: Frame, name: string): Promise<void> =>
    tab.getByRole('navigation', { name: 'Asetussivut' }).getByRole('link', { name, exact: true }).click();

  it('answers whoever is not to set it up kindly, in the tab and in the chat', async () => {
    const tab = await open(vilma);
    await heading(tab, 'Big Roomia ei ole vielä otettu käyttöön').waitFor();
    await tab.getByText(/Kysy siltä, joka asensi Big Roomin/).waitFor();
    assert.equal(await tab.getByRole('navigation').count(), 0);
    const { teams, entra } = county;
    const { tenantId } = entra;
    teams.members.set('29:sven', { id: '29:sven', aadObjectId: vilmaId, name: 'Sven', tenantId });
    const before = teams.sent.length;
    const answer = await fetch(`${running.url}/api/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await entra.signBot({ serviceurl: teams.url })}`,
      },
      body: JSON.stringify({
        type: 'message',
        id: 'message-1',
        text: 'nyhet',
        locale: 'sv-SE',
        channelId: 'msteams',
        serviceUrl: teams.url,
        from: { id: '29:sven', name: 'Sven', aadObjectId: '00000000-0000-4000-8000-000000000009' },
        recipient: { id: `28:${entra.botId}`, name: 'Big Room' },
        conversation: { id: 'a:sven', conversationType: 'personal', tenantId },
        channelData: { tenant: { id: tenantId } },
      }),
    });
    assert.ok(answer.ok, String(answer.status));
    const said = JSON.stringify(teams.sent.slice(before).map(({ activity }) => activity));
    assert.match(said, /Big Room har inte tagits i bruk än/);
  });

  it('opens the set-up for its first admin, and keeps what is typed over a reload', async () => {
    admin = await open(aatu);
    await heading(admin, 'Otetaan Big Room käyttöön').waitFor();
    await admin.getByRole('textbox', { name: 'Nimi suomeksi' }).first().fill('Pohjoisen hankkeet');
    await admin.page().reload({ waitUntil: 'commit' });
    const frame = await (await admin.page().waitForSelector('iframe')).contentFrame();
    assert.ok(frame);
    admin = frame;
    const fi = admin.getByRole('textbox', { name: 'Nimi suomeksi' }).first();
    await fi.waitFor();
    assert.equal(await fi.inputValue(), 'Pohjoisen hankkeet');
  });

  it('says at the field what is still needed, then makes the programme and shows what is missing', async () => {
    await admin.getByRole('button', { name: 'Ota käyttöön' }).click();
    await admin.getByText('Täytä tämä kohta.').first().waitFor();
    await admin.getByRole('textbox', { name: 'Nimi ruotsiksi' }).first().fill('Nordliga projekt');
    await admin.getByRole('button', { name: 'Ota käyttöön' }).click();
    await heading(admin, 'Asetukset').waitFor();
    const missing = admin.getByRole('region', { name: 'Mitä vielä puuttuu' });
    await missing.getByText('Mukana on ainakin yksi hanke').waitFor();
    await missing.getByRole('link', { name: 'Avaa: Mukana on ainakin yksi hanke' }).click();
  });

  it('takes a project in, and refuses a second one of its name', async () => {
    for (const [fi, sv] of [
      ['Elma', 'Elma'],
      ['elma', 'Annan'],
    ] as const) {
      await admin.getByRole('button', { name: 'Lisää hanke' }).first().click();
      const dialog = admin.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Nimi suomeksi' }).fill(fi);
      await dialog.getByRole('textbox', { name: 'Nimi ruotsiksi' }).fill(sv);
      await dialog.getByRole('button', { name: 'Lisää', exact: true }).click();
      if (fi === 'Elma') await dialog.waitFor({ state: 'hidden' });
    }
    const dialog = admin.getByRole('dialog');
    await dialog.getByText('Toisella hankkeella on jo nimi Elma. Valitse toinen nimi.').waitFor();
    await dialog.getByRole('textbox', { name: 'Nimi suomeksi' }).fill('Digi');
    await dialog.getByRole('button', { name: 'Lisää', exact: true }).click();
    await admin.getByRole('button', { name: 'Arkistoi: Digi' }).click();
    await admin.getByText('Arkistoidut (1)').waitFor();
  });

  it('finds a colleague in the directory and makes her the coordinator', async () => {
    await settings(admin, 'Ihmiset');
    await admin.getByRole('button', { name: 'Lisää ihminen' }).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Hae hakemistosta nimellä' }).fill('kaisa');
    await dialog.getByRole('button', { name: 'Hae', exact: true }).click();
    await dialog.getByRole('button', { name: `Valitse ${kaisa.name}` }).click();
    await dialog.getByRole('combobox', { name: 'Rooli' }).selectOption('coordinator');
    await dialog.getByRole('button', { name: 'Lisää', exact: true }).click();
    await admin.getByText(`${kaisa.name} on lisätty`).first().waitFor();
  });

  it('tries each connection, and learns what to do where one does not work yet', async () => {
    await settings(admin, 'Yhteydet');
    const attempt = async (name: string, finding: string | RegExp): Promise<void> => {
      await admin.getByRole('button', { name: `Kokeile: ${name}` }).click();
      await admin.getByText(finding).waitFor();
    };
    await attempt('Tallennus', /kirjoitettu tieto luettiin takaisin/);
    await attempt('Intranet', /sivusto Intranet vastaa/);
    await attempt('Järjestäjän kalenteri', /kalenteri vastaa/);
    await attempt('Hakemisto', `Toimii: hakemisto tuntee nimen ${aatu.name}.`);
    await attempt('Botti Teamsissa', /Botti ei ole tavannut sinua/);
    await attempt('Sähköposti', /Kirjoita ensin osoite/);
    await admin.getByRole('textbox', { name: /kokeiluviesti/ }).fill('aatu@example.org');
    await attempt('Sähköposti', /Viesti lähti osoitteeseen aatu@example.org/);
    assert.equal(county.graph.mailed.length, 1);
    county.graph.site.grants = false;
    await attempt('Intranet', /puuttuu oikeus Sites\.Selected/);
    county.graph.site.grants = true;
  });

  it('lets the coordinator write, approve and publish to the county’s SharePoint', async () => {
    const { page } = await tabOnPhone(await window(), `${running.url}/#/news/new`, {
      token: tokenOf(kaisa),
    });
    const tab = Coordinator.on(page);
    const project = page.locator('form').getByRole('combobox', { name: 'Hanke', exact: true });
    await project.waitFor();
    assert.deepEqual(await project.getByRole('option').allTextContents(), ['Elma']);
    await page.getByRole('textbox', { name: /Mitä tapahtui/ }).click();
    await page.keyboard.insertText(finnish.body);
    await page.getByRole('textbox', { name: /^Otsikko/ }).fill(finnish.title);
    await page.getByRole('textbox', { name: /lukijalle/ }).fill(finnish.lead);
    await page.getByRole('button', { name: 'Tallenna uutinen' }).click();
    await tab.press('Kirjoita ruotsiksi');
    await tab.write('sv', swedish);
    await tab.press('Hyväksy');
    await tab.column('sv').getByRole('button', { name: 'Merkitse valmiiksi' }).click();
    await tab.column('sv').getByText('Valmis', { exact: true }).waitFor();
    await tab.turn('Intranet');
    await tab.outlets.getByRole('button', { name: 'Julkaise nyt' }).click();
    await tab.outlets.getByText('Julkaistu', { exact: true }).waitFor();
    assert.deepEqual(
      county.graph.site.read.map(({ title }) => title).sort(),
      [swedish.title, finnish.title].sort(),
    );
  });
});
