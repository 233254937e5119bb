import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { graphCalendar } from '../../src/adapters/graph/graph-calendar.js';
import { createGraphClient, type GraphClient } from '../../src/adapters/graph/graph-client.js';
import { graphMeetings } from '../../src/adapters/graph/graph-meetings.js';
import { t } from '../../src/i18n/messages.js';
import { systemClock } from '../../src/platform/clock.js';
import type { MeetingAnswer, SeriesAnswer } from '../../src/shared/answers/sessions.js';
import { openSettings } from '../gallery/open-settings.js';
import { Graph } from '../world/graph/graph.js';
import { Refusal } from '../world/graph/refusal.js';
import { tabWorld, type TabWorld } from './tab-world.js';

const long = 180_000;

describe('who gets into the meetings of a series, in the tab', () => {
  let world: TabWorld;
  let graph: Graph;
  let client: GraphClient;

  before(async function () {
    // The server and the tab may have to be built first.
    this.timeout(long);
    graph = await new Graph().start();
    const clock = systemClock;
    client = createGraphClient({ ...graph.registration, graphUrl: graph.url, clock });
    const { organiser } = graph;
    world = await tabWorld({
      undoSeconds: 1,
      outside: {
        calendar: graphCalendar({ client, organiser, clock }),
        meetings: graphMeetings(client, organiser),
      },
    });
  });
  after(async () => {
    await world.stop();
    await graph.stop();
    await client.close();
    assert.deepEqual(graph.faulty, []);
  });

  const make = async (formId: string): Promise<string> => {
    const form = { formId, kind: 'hankeradio', groups: ['hankkeet@hyvinvointialue.example'] };
    const { series } = await world.ask<SeriesAnswer>('aino', 'POST', '/api/series', form);
    return series.id;
  };
  const opened = async (id: string): Promise<Page> => {
    const page = await world.pageOf('aino');
    await page.goto(`${world.url}/#/sessions/series/${id}`);
    await openSettings(page);
    return page;
  };
  const says = (page: Page, text: string) =>
    page.locator('#meeting').getByText(text, { exact: true }).waitFor();
  const held = async (id: string, status: MeetingAnswer['status']): Promise<void> => {
    const path = `/api/series/${id}/meeting`;
    while ((await world.ask<MeetingAnswer>('aino', 'GET', path)).status !== status)
      await new Promise((resolve) => setImmediate(resolve));
  };
  const optionsOf = async (id: string) => {
    const { series } = await world.ask<SeriesAnswer>('aino', 'GET', `/api/series/${id}`);
    return graph.meetings.options(series.joinUrl ?? '');
  };

  it('is changed in the meeting that was made, and holds when one comes back', async function () {
    this.timeout(long);
    const id = await make('open-meetings-1');
    await held(id, 'set');
    assert.equal((await optionsOf(id)).lobbyBypassSettings?.scope, 'everyone');
    const page = await opened(id);
    const lobby = page.getByRole('radiogroup', { name: t('fi', 'sessions.meeting.lobby') });
    const organisation = lobby.getByRole('radio', { name: t('fi', 'sessions.meeting.lobby.organisation') });
    await organisation.check();
    await says(page, t('fi', 'sessions.meeting.contactsWait'));
    await page.getByRole('checkbox', { name: t('fi', 'sessions.meeting.attendees.microphones') }).uncheck();
    await page.getByRole('button', { name: t('fi', 'sessions.save') }).click();
    await says(page, t('fi', 'sessions.meeting.status.pending'));
    await held(id, 'set');
    const options = await optionsOf(id);
    assert.equal(options.lobbyBypassSettings?.scope, 'organization');
    assert.equal(options.allowAttendeeToEnableMic, false);
    assert.equal(options.allowAttendeeToEnableCamera, true);
    await page.reload();
    await openSettings(page);
    assert.ok(await organisation.isChecked());
  });

  it('is said to be IT’s to decide, with what to ask for, until IT has let us', async function () {
    this.timeout(long);
    graph.meetings.refuses = new Refusal(403, 'Forbidden');
    const id = await make('open-meetings-2');
    await held(id, 'refused');
    const page = await opened(id);
    await says(page, t('fi', 'sessions.meeting.it.title'));
    await says(page, t('fi', 'sessions.meeting.outsiders'));
    await says(page, t('fi', 'sessions.meeting.ask.refused'));
    graph.meetings.refuses = undefined;
    await page.getByRole('button', { name: t('fi', 'sessions.meeting.check') }).click();
    await page
      .locator('#meeting')
      .getByText(t('fi', 'sessions.meeting.it.title'))
      .waitFor({ state: 'hidden' });
    assert.equal((await optionsOf(id)).lobbyBypassSettings?.scope, 'everyone');
  });

  it('names what the policy holds otherwise', async function () {
    this.timeout(long);
    graph.meetings.policy = { allowedPresenters: 'everyone' };
    const id = await make('open-meetings-3');
    await held(id, 'differs');
    const page = await opened(id);
    await says(page, t('fi', 'sessions.meeting.differs.presenters'));
    assert.equal(await page.locator('#meeting').getByText(t('fi', 'sessions.meeting.outsiders')).count(), 0);
    graph.meetings.policy = {};
  });
});
