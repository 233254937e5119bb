import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { t } from '../../src/i18n/messages.js';
import type { SeriesReviewAnswer, UpcomingAnswer } from '../../src/shared/answers/sessions.js';
import { tabWorld, type TabWorld } from './tab-world.js';

describe('the pages of series', function () {
  this.timeout('240s');
  let world: TabWorld;
  let page: Page;
  let path: string;

  before(async () => {
    world = await tabWorld();
    page = await world.pageOf('aino');
    path = `/api/series/${world.ids.series('hankeradio')}`;
  });
  after(() => world.stop());

  const coming = async () =>
    (
      await world.ask<UpcomingAnswer>(
        'aino',
        'GET',
        `/api/sessions/upcoming?most=12&series=${world.ids.series('hankeradio')}`,
      )
    ).lines;
  /** What the list of sessions under a heading leads to, and what its rows say. */
  async function nextOn(shown: Page) {
    const rows = shown.locator('#sessions-next li a');
    await rows.first().waitFor();
    return rows.evaluateAll((links) =>
      links.map((link) => ({
        id: link.getAttribute('href')?.split('/').at(-1),
        state: link.getAttribute('data-state'),
        text: link.textContent,
      })),
    );
  }

  it('begin with the sessions as they are: moved, called off, with topic and presenter, and lead to them', async () => {
    const [, second, third] = await coming();
    assert.ok(second && third);
    const moved = new Date(Date.parse(second.start) + 86_400_000).toISOString().slice(0, 10);
    await world.ask('aino', 'POST', `/api/occurrences/${second.id}/move`, {
      date: moved,
      time: '12:00',
      seen: { start: second.start, end: second.end },
    });
    await world.ask('aino', 'POST', `/api/occurrences/${third.id}/cancel`, {});
    await page.goto(`${world.url}/#/sessions/series/${world.ids.series('hankeradio')}`);
    const shown = await nextOn(page);
    const lines = await coming();
    assert.deepEqual(
      shown.map(({ id, state }) => [id, state]),
      lines.slice(0, shown.length).map(({ id, state }) => [id, state.status]),
    );
    const row = shown.find(({ id }) => id === second.id);
    assert.match(row?.text ?? '', /klo 12/);
    assert.ok(row?.text.includes(t('fi', 'sessions.moved.short')));
    assert.equal(shown.find(({ id }) => id === third.id)?.state, 'cancelled');
    const talk = lines.find((line) => line.talk !== undefined)?.talk;
    assert.ok(talk);
    assert.ok(shown.some(({ text }) => text.includes(talk.topic)));
  });

  it('say for whom the series is, and keep the settings behind', async () => {
    const { invited } = await world.ask<SeriesReviewAnswer>('aino', 'GET', `${path}/review`);
    await page.goto(`${world.url}/#/sessions/series/${world.ids.series('hankeradio')}`);
    const people = await page.locator('#invited').innerText();
    assert.ok(people.includes(String(invited.members)) && people.includes(String(invited.contacts)));
    const settings = page.getByText(t('fi', 'sessions.series.settings'), { exact: true });
    await settings.waitFor();
    const name = page.getByLabel(t('fi', 'sessions.field.name', { language: 'fi' }));
    assert.equal(await name.isVisible(), false);
    const order = await page
      .locator('#sessions-next, #invited, #feeds, details')
      .evaluateAll((parts) => parts.map(({ id, tagName }) => (id === '' ? tagName.toLowerCase() : id)));
    assert.deepEqual(order.slice(0, 3), ['sessions-next', 'invited', 'feeds']);
    assert.ok(order.indexOf('details') > order.indexOf('feeds'));
  });

  it('open the settings for whoever comes to set the link, where it is set', async () => {
    await page.goto('about:blank');
    await page.goto(`${world.url}/#/sessions/series/${world.ids.series('hankeradio')}?to=names`);
    const link = page.locator('#names').getByLabel(t('fi', 'sessions.field.joinUrl'));
    await link.waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'names-heading');
  });

  it('show in their list what is next, who presents, how many are invited, and the reminders', async () => {
    const [next] = await coming();
    const { invited } = await world.ask<SeriesReviewAnswer>('aino', 'GET', `${path}/review`);
    await page.goto(`${world.url}/#/sessions/series`);
    const row = page.locator(`a[href$="/sessions/series/${world.ids.series('hankeradio')}"]`);
    const ofInvited = t('fi', 'sessions.series.invitedCount', {
      members: invited.members,
      contacts: invited.contacts + invited.groups,
    });
    await row.getByText(ofInvited).waitFor();
    const text = await row.innerText();
    const day = new Date(next?.start ?? '').toLocaleDateString('fi', { timeZone: 'Europe/Helsinki' });
    assert.ok(text.includes(day.split('.').slice(0, 2).join('.')), text);
    assert.ok(text.includes(next?.talk?.presenter ?? '?'), text);
    assert.match(text, /muistutus .*viikko/);
  });

  it('are not for those who do not look after them: a new one is said to be the team’s', async () => {
    const worker = await world.pageOf('mari');
    const refused: string[] = [];
    worker.on('response', (answer) => {
      if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`);
    });
    await worker.goto(`${world.url}/#/sessions/series/new`);
    await worker.getByText(t('fi', 'sessions.series.notYours.title')).waitFor();
    await worker.goto(`${world.url}/#/sessions/series/${world.ids.series('hankeradio')}`);
    assert.ok((await nextOn(worker)).length > 0);
    assert.deepEqual(refused, []);
  });

  it('a worker’s own slots are on their first page, with what is missing, and lead there', async () => {
    const worker = await world.pageOf('mari');
    await worker.goto(`${world.url}/#/`);
    const slots = worker.getByRole('region', { name: t('fi', 'overview.slots.title') });
    const link = slots.getByRole('link').first();
    await link.waitFor();
    await link.click();
    await worker.waitForURL(/#\/sessions\/[0-9a-f]{26}-\d{8}\?to=(presenter|questions)/);
  });

  it('the organisation’s days off are added and taken away, each with an undo', async () => {
    await page.goto(`${world.url}/#/sessions`);
    await page.getByRole('link', { name: t('fi', 'sessions.ribbon.daysOff') }).click();
    await page.getByText(t('fi', 'sessions.daysOff.empty.title')).waitFor();
    const add = page.getByRole('button', { name: t('fi', 'sessions.daysOff.add') });
    await add.click();
    const dialog = page.getByRole('dialog');
    const send = dialog.getByRole('button', { name: t('fi', 'sessions.daysOff.new.verb'), exact: true });
    await send.click();
    // All that is missing, at once and at its field.
    await dialog.locator('[aria-invalid="true"]').nth(2).waitFor();
    assert.equal(await dialog.locator('[aria-invalid="true"]').count(), 3);
    await dialog.getByLabel(t('fi', 'sessions.field.name', { language: 'fi' })).fill('Välipäivät');
    await dialog.getByLabel(t('fi', 'sessions.field.name', { language: 'sv' })).fill('Mellandagarna');
    const year = new Date().getFullYear() + 1;
    await dialog.getByLabel(t('fi', 'sessions.daysOff.first')).fill(`28.12.${year}`);
    await dialog.getByLabel(t('fi', 'sessions.daysOff.last')).fill(`30.12.${year}`);
    await page.keyboard.press('Tab');
    await send.click();
    const row = page.getByRole('listitem').filter({ hasText: 'Välipäivät' });
    await row.waitFor();
    const undo = page.getByRole('button', { name: t('fi', 'shell.undo'), exact: true });
    await undo.click();
    await row.waitFor({ state: 'detached' });
    await add.click();
    await dialog.getByLabel(t('fi', 'sessions.field.name', { language: 'fi' })).fill('Välipäivät');
    await dialog.getByLabel(t('fi', 'sessions.field.name', { language: 'sv' })).fill('Mellandagarna');
    await dialog.getByLabel(t('fi', 'sessions.daysOff.first')).fill(`28.12.${year}`);
    await page.keyboard.press('Tab');
    await send.click();
    await row.getByRole('button').click();
    await row.waitFor({ state: 'detached' });
    await undo.click();
    await row.waitFor();
  });
});
