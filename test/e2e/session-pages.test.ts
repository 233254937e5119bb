import assert from 'node:assert/strict';
import { t } from '../../src/i18n/messages.js';
import type { ArchiveAnswer, OccurrenceNewsAnswer } from '../../src/shared/answers/sessions.js';
import { tabWorld, type TabWorld } from './tab-world.js';

describe('the pages of the sessions', function () {
  this.timeout(120_000);
  let world: TabWorld;
  before(async function () {
    // The server and the tab may have to be built first.
    this.timeout(180_000);
    world = await tabWorld();
  });
  after(() => world.stop());

  it('have an archive for everybody: searched, by series, with a way back to all of it', async () => {
    const { lines } = await world.ask<ArchiveAnswer>('eeva', 'GET', '/api/sessions/archive');
    const [held] = lines;
    assert.ok(held?.talk && held.recordingUrl !== undefined);
    const page = await world.pageOf('eeva');
    await page.goto(`${world.url}/#/sessions`);
    await page.getByRole('navigation').getByRole('link', { name: 'Tallenteet' }).click();
    const row = page.getByRole('listitem').filter({ hasText: held.talk.topic }).first();
    const recording = row.getByRole('link', { name: t('fi', 'sessions.archive.watch') });
    assert.equal(await recording.getAttribute('href'), held.recordingUrl);
    const search = page.getByRole('searchbox', { name: t('fi', 'sessions.archive.search') });
    await search.fill('tätä ei ole');
    await page.getByText(t('fi', 'sessions.archive.none.title')).waitFor();
    await page.getByRole('link', { name: t('fi', 'sessions.archive.none.clear') }).click();
    await row.waitFor();
    assert.equal(await search.inputValue(), '', 'and nothing is left in the field');
    await search.fill(held.talk.topic.slice(0, 8).toLowerCase());
    await page.waitForURL(/text=/);
    await row.waitFor();
    const series = page.getByRole('combobox', { name: t('fi', 'sessions.archive.series') });
    await series.selectOption(held.seriesId);
    await page.waitForURL(/series=/);
    await row.getByRole('link', { name: held.talk.topic }).click();
    await page.waitForURL(`**/#/sessions/${held.id}`);
  });

  it('say what was done with its undo, and no more of it on another page', async () => {
    const page = await world.pageOf('aino');
    const id = world.ids.occurrence('bigRoom', 'planned');
    await page.goto(`${world.url}/#/sessions/${id}`);
    await page.getByRole('button', { name: t('fi', 'sessions.confirm.verb'), exact: true }).click();
    const said = page.getByText(`${t('fi', 'sessions.done.confirm')} · Big Room`);
    await said.waitFor();
    await page.goto(`${world.url}/#/sessions/${world.ids.occurrence('hankeradio', 'confirmed')}`);
    await page.getByRole('heading', { name: t('fi', 'sessions.presenter.title') }).waitFor();
    await said.waitFor({ state: 'detached' });
    await page.goto(`${world.url}/#/sessions/${id}`);
    await page.getByRole('button', { name: t('fi', 'sessions.unconfirm.verb'), exact: true }).click();
    await page.getByText(`${t('fi', 'sessions.done.unconfirm')} · Big Room`).waitFor();
    await page.getByRole('navigation').first().getByRole('link', { name: 'Uutiset' }).click();
    await page.getByText(`${t('fi', 'sessions.done.unconfirm')} · Big Room`).waitFor({ state: 'detached' });
  });

  it('let a coordinator make news of a session that others presented, once', async () => {
    const id = world.ids.occurrence('hankeradio', 'held');
    const newsOf = () => world.ask<OccurrenceNewsAnswer>('aino', 'GET', `/api/occurrences/${id}/news`);
    const before = (await newsOf()).news.length;
    assert.equal(before, 0);
    const page = await world.pageOf('aino');
    await page.goto(`${world.url}/#/sessions/${id}`);
    await page.getByRole('button', { name: t('fi', 'sessions.news.make'), exact: true }).click();
    await page.waitForURL(/#\/news\/[0-9a-f]{26}/);
    const [made] = (await newsOf()).news;
    assert.ok(made !== undefined && page.url().includes(made));
    await page.goto(`${world.url}/#/sessions/${id}`);
    await page.getByRole('link', { name: t('fi', 'sessions.news.open', { number: 1 }) }).waitFor();
    assert.equal(
      await page.getByRole('button', { name: t('fi', 'sessions.news.make'), exact: true }).count(),
      0,
    );
  });

  it('say before a change whom it notifies, give a slot to somebody of a project, and leave nobody out', async () => {
    const page = await world.pageOf('aino');
    await page.goto(`${world.url}/#/sessions/${world.ids.occurrence('hankeradio', 'confirmed')}`);
    await page.getByRole('button', { name: t('fi', 'sessions.answer.change') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(t('fi', 'sessions.effect.nobody')).waitFor();
    await dialog.getByRole('button', { name: t('fi', 'shared.cancel') }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: t('fi', 'sessions.assign.verb') }).click();
    const project = dialog.getByLabel(t('fi', 'sessions.assign.label'), { exact: true });
    const other = project.locator('option:not(:checked):not([value=""])').first();
    const [value, label] = [await other.getAttribute('value'), await other.innerText()];
    assert.ok(value !== null);
    await project.selectOption(value);
    const person = dialog.getByLabel(t('fi', 'sessions.assign.person'));
    const name = await person.locator('option').nth(1).innerText();
    await person.selectOption({ label: name });
    await dialog.getByText(t('fi', 'sessions.effect.groups')).waitFor();
    assert.match(await dialog.innerText(), /ei ole enää teidän[^]*on teidän/);
    await dialog.getByRole('button', { name: t('fi', 'sessions.assign.verb') }).click();
    await dialog.waitFor({ state: 'detached' });
    const presenter = page.getByRole('region', { name: t('fi', 'sessions.presenter.title') });
    await presenter.getByText(name, { exact: true }).waitFor();
    await presenter.getByText(label.split(' · ')[0] ?? '', { exact: true }).waitFor();
  });
});
