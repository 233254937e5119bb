import assert from 'node:assert/strict';
import { demoPeopleByKey } from '../../src/demo/people.js';
import type { MembersAnswer } from '../../src/shared/answers/settings.js';
import { tabWorld, type TabWorld } from './tab-world.js';

/** The people of the programme, as an admin manages them in the tab. */
describe('people and roles in the tab', function () {
  this.timeout('180s');
  let world: TabWorld;

  before(async () => {
    world = await tabWorld();
  });
  after(() => world.stop());

  const memberOf = async (name: string) => {
    const { members } = await world.ask<MembersAnswer>('tuomo', 'GET', '/api/people-and-roles');
    return members.find((member) => member.name === name);
  };

  it('gets a role, takes somebody in and out, and says who did so', async () => {
    const admin = await world.tabOf('tuomo');
    const { page } = admin;
    await page.getByRole('button', { name: /Tuomo Esimerkki/ }).click();
    await page.getByRole('link', { name: 'Asetukset' }).click();
    await page
      .getByRole('main')
      .getByRole('link', { name: /^Ihmiset/ })
      .click();

    const petra = page.getByLabel('Rooli: Petra Låtsas');
    await petra.selectOption('Kääntäjä');
    await admin.reads('Petra Låtsas: uusi rooli on Kääntäjä');
    assert.equal((await memberOf('Petra Låtsas'))?.role, 'translator');
    await admin.press('Kumoa');
    await admin.reads(/Kumottu|kumottu/);
    assert.equal((await memberOf('Petra Låtsas'))?.role, 'worker');

    await admin.press('Lisää ihminen');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Nimi/).fill('Maija Uusi');
    await dialog.getByLabel(/^Hakemistotunniste/).fill('maija@example.org');
    await dialog.getByLabel('Rooli').selectOption('Hyväksyjä');
    await dialog.getByRole('button', { name: 'Lisää', exact: true }).click();
    // What is wrong is said at the field, and what was typed stays.
    await dialog.getByText(/Kirjoita tunniste kuten se on hakemistossa/).waitFor();
    assert.equal(await dialog.getByLabel(/^Nimi/).inputValue(), 'Maija Uusi');
    await dialog.getByLabel(/^Hakemistotunniste/).fill('1F0C2A9E-0000-4000-8000-0123456789AB');
    await dialog.getByRole('button', { name: 'Lisää', exact: true }).click();
    await admin.reads('Maija Uusi on lisätty');
    assert.equal((await memberOf('Maija Uusi'))?.role, 'approver');

    await admin.press('Poista: Maija Uusi');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Poista' }).click();
    await admin.reads('Maija Uusi on poistettu');
    await page.getByText('Poistetut (1)').click();
    await admin.press('Lisää takaisin: Maija Uusi');
    await admin.reads('Maija Uusi on lisätty');

    await page.getByText('Muutoshistoria').click();
    await admin.reads('poisti: Maija Uusi (Hyväksyjä)');
    await page.context().close();
  });

  it('needs two for the newsletter once an admin says so, and the other sees that it waits', async () => {
    const admin = await world.tabOf('tuomo');
    await admin.page.goto(`${world.url}/#/settings/approvals`);
    await admin.page
      .getByRole('group', { name: 'Uutiskirjeen hyväksyy' })
      .getByRole('radio', { name: 'kaksi eri ihmistä' })
      .click();
    await admin.reads('Hyväksynnät on tallennettu');
    await admin.page.context().close();

    const [aino, linnea] = [await world.tabOf('aino'), await world.pageOf('linnea')];
    await aino.go('Uutiskirje');
    await aino.press('Hyväksy numero');
    const dialog = aino.page.getByRole('dialog');
    await dialog.getByRole('textbox').first().fill('Käännös on tulossa.');
    await dialog.getByRole('button', { name: 'Hyväksy numero' }).click();
    await aino.reads(/^Hyväksyntöjä 1\/2: Aino Mallikas/);
    assert.equal(await aino.button('Hyväksy numero').count(), 0);

    await linnea.goto(world.url);
    await linnea.getByRole('link', { name: /^Nyhetsbrev 1 väntar på ditt godkännande/ }).click();
    await linnea.getByRole('button', { name: 'Godkänn numret' }).click();
    await linnea.getByRole('dialog').getByRole('button', { name: 'Godkänn numret' }).click();
    await linnea
      .getByText(`${demoPeopleByKey.aino.name} och ${demoPeopleByKey.linnea.name} godkände`)
      .first()
      .waitFor();
    await Promise.all([aino.page.context().close(), linnea.context().close()]);
  });
});
