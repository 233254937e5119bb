import { roles } from '../../src/platform/actor.js';
import assert from 'node:assert/strict';
import type { PreviewAnswer, SeriesAnswer, SeriesListAnswer } from '../../src/shared/answers/sessions.js';
import type { PersonId } from '../../src/platform/ids.js';
import type { Problem } from '../../src/http/problem.js';
import { seriesForm } from '../make-sessions.js';
import { contactForm } from '../unit/sessions/reminders/reminders-world.js';
import { httpWorld, type HttpWorld } from './world.js';
import type {
  ArchiveAnswer,
  OccurrenceAnswer,
  SeriesGlancesAnswer,
  SessionYearAnswer,
  UpcomingAnswer,
} from '../../src/shared/answers/sessions.js';

describe('series over HTTP', () => {
  let world: HttpWorld;

  beforeEach(async () => {
    world = await httpWorld();
  });

  afterEach(() => world.stop());

  const asked = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await world.ask(method, path, 'coordinator', body);
    assert.ok(response.ok, `${method} ${path}: ${String(response.status)} ${await response.clone().text()}`);
    return (await response.json()) as Answer;
  };

  it('says of a number that is too large that it is, and not that it is a long text', async () => {
    for (const path of ['/api/sessions/upcoming?most=30', '/api/sessions/recent?most=0']) {
      const response = await world.ask('get', path, 'coordinator');
      assert.equal(response.status, 400, path);
      const { fields } = (await response.json()) as Problem;
      assert.deepEqual(
        fields?.map(({ field, code, values }) => [field, code, values]),
        [['most', 'notInRange', { least: 1, most: 24 }]],
      );
    }
  });

  it('shows of each series what is next as it is, with whom it invites, and not what its rule says', async () => {
    const { series } = await asked<SeriesAnswer>('post', '/api/series', seriesForm('hankeradio'));
    await asked('post', '/api/contacts', contactForm({ series: [series.id] }));
    const upcoming = async () =>
      (await asked<UpcomingAnswer>('get', `/api/sessions/upcoming?most=4&series=${series.id}`)).lines;
    const glance = async () =>
      (await asked<SeriesGlancesAnswer>('get', '/api/series-at-a-glance')).glances.find(
        ({ id }) => id === series.id,
      );
    const [december, january, february] = await upcoming();
    assert.ok(december && january && february);
    assert.deepEqual((await glance())?.invited, { members: roles.length, contacts: 1, groups: 0 });
    await asked('put', `/api/occurrences/${december.id}/turn`, {
      projectId: 'digi',
      seen: { projectId: december.slot && 'projectId' in december.slot ? december.slot.projectId : null },
    });
    assert.deepEqual((await glance())?.next?.slot, {
      ...((await upcoming())[0]?.slot as object),
      projectId: 'digi',
    });
    await asked('post', `/api/occurrences/${december.id}/cancel`, {});
    await asked('post', `/api/occurrences/${january.id}/move`, {
      date: '2027-01-07',
      time: '12:00',
      seen: { start: january.start, end: january.end },
    });
    const shown = async () => (await upcoming()).map(({ start, state }) => `${start} ${state.status}`);
    assert.deepEqual(await shown(), [
      '2026-12-01T07:00:00Z cancelled',
      '2027-01-07T10:00:00Z planned',
      '2027-02-02T07:00:00Z planned',
      '2027-03-02T07:00:00Z planned',
    ]);
    assert.equal((await glance())?.next?.start, '2027-01-07T10:00:00Z');
    // Another time from February on: what was before stays as it was.
    const { segments } = (await asked<SeriesAnswer>('get', `/api/series/${series.id}`)).series;
    await asked('post', `/api/series/${series.id}/change-from`, {
      from: '2027-02-02',
      time: '10:00',
      seen: { segments },
    });
    assert.deepEqual((await shown()).slice(0, 3), [
      '2026-12-01T07:00:00Z cancelled',
      '2027-01-07T10:00:00Z planned',
      '2027-02-02T08:00:00Z planned',
    ]);
  });

  it('answers the archive of a series, of words, and of a page; nothing for a series that is none', async () => {
    const archive = (query: string) => asked<ArchiveAnswer>('get', `/api/sessions/archive${query}`);
    assert.deepEqual(await archive(''), { lines: [] });
    assert.deepEqual(await archive('?series=none&text=elma'), { lines: [] });
    assert.deepEqual(await archive(`?after=${encodeURIComponent('x'.repeat(500))}&text=%00`), { lines: [] });
    for (const query of [`?text=${'x'.repeat(121)}`, '?from=2026', `?after=${'x'.repeat(513)}`])
      assert.equal((await world.ask('get', `/api/sessions/archive${query}`, 'worker')).status, 400, query);
  });

  it('makes a series, shows its year and what comes next, and changes one session of it', async () => {
    const { dates } = await asked<PreviewAnswer>('post', '/api/series/preview', { kind: 'hankeradio' });
    assert.equal(dates.length, 12);
    const { series } = await asked<SeriesAnswer>('post', '/api/series', seriesForm('hankeradio'));
    assert.equal((await asked<SeriesListAnswer>('get', '/api/series')).series.length, 1);
    const year = await asked<SessionYearAnswer>('get', '/api/sessions/year/2027');
    assert.equal(year.occurrences.length, 12);
    const { lines } = await asked<UpcomingAnswer>('get', `/api/sessions/upcoming?most=2&series=${series.id}`);
    const path = `/api/occurrences/${lines[0]?.id ?? ''}`;
    const moved = await asked<OccurrenceAnswer>('post', `${path}/move`, {
      date: '2026-12-03',
      time: '12:00',
      seen: { start: lines[0]?.start, end: lines[0]?.end },
    });
    assert.equal(moved.occurrence.start, '2026-12-03T10:00:00Z');
    const back = await asked<OccurrenceAnswer>('post', `${path}/undo`, { audit: moved.undo });
    assert.equal(back.occurrence.start, '2026-12-01T07:00:00Z');
    const cancelled = await asked<OccurrenceAnswer>('post', `${path}/cancel`, {});
    assert.equal(cancelled.occurrence.state.status, 'cancelled');
    await asked<OccurrenceAnswer>('post', `${path}/restore`);
    const confirmed = await asked<OccurrenceAnswer>('post', `${path}/confirm`, { isConfirmed: true });
    assert.equal(confirmed.occurrence.state.status, 'confirmed');
  });

  it('gives addresses of groups and chats, and who was there, only to those who look after it', async () => {
    const { series: service } = world.bigRoom;
    const editor = { id: 'coordinator' as PersonId, name: 'Demo coordinator', role: 'coordinator' } as const;
    const groups = ['hankkeet@alue.example'];
    const { series } = await asked<SeriesAnswer>('post', '/api/series', seriesForm('hankeradio', { groups }));
    const chat = { tenantId: 't', userId: 'u', serviceUrl: 's', channelId: 'c', botId: 'b' };
    const channel = {
      name: 'Hankkeet',
      language: 'fi',
      chat: { ...chat, conversationId: 'secret' },
    } as const;
    await service.remindChannel(editor, series.id, channel, true);
    const { series: own } = await asked<SeriesAnswer>('get', `/api/series/${series.id}`);
    assert.deepEqual([own.groups, own.reminders.channels], [groups, [channel]]);
    for (const path of ['/api/series', `/api/series/${series.id}`]) {
      const text = await (await world.ask('get', path, 'worker')).text();
      assert.doesNotMatch(text, /alue\.example|secret/);
      assert.match(text, /Hankkeet/);
    }
  });

  it('takes no date at the end of all calendars', async () => {
    const { series } = await asked<SeriesAnswer>('post', '/api/series', seriesForm('hankeradio'));
    const { lines } = await asked<UpcomingAnswer>('get', `/api/sessions/upcoming?most=1&series=${series.id}`);
    const far = [
      ['/api/series/preview', { ...seriesForm('hankeradio'), from: '+275760-09-01' }],
      [`/api/occurrences/${lines[0]?.id ?? ''}/move`, { date: '+275760-09-13', time: '09:00', seen: {} }],
      [`/api/occurrences/${lines[0]?.id ?? ''}/move`, { date: '1999-12-31', time: '09:00', seen: {} }],
    ] as const;
    for (const [path, body] of far) {
      const response = await world.ask('post', path, 'coordinator', body);
      assert.equal(response.status, 400, JSON.stringify(body));
      assert.match(await response.text(), /notADate/);
    }
  });

  it('says at which field a series is wrong, in the language of the one who asks', async () => {
    const body = seriesForm('hankeradio', { until: '2026-01-01', groups: ['ei osoite'] });
    const response = await world.ask('post', '/api/series', 'coordinator', body);
    assert.equal(response.status, 400);
    const problem = (await response.json()) as { code: string; fields: Record<string, unknown> };
    assert.equal(problem.code, 'input.invalid');
    assert.match(JSON.stringify(problem.fields), /groups\.0/);
  });

  it('says how many groups, minutes and offsets there may be', async () => {
    const offsets = [1, 2, 3, 4, 5, 6];
    const body = seriesForm('hankeradio', {
      groups: Array.from({ length: 501 }, (_, index) => `ryhma${index}@alue.example`),
      minutes: 0,
      rotation: { projects: ['elma'], askDays: 7, deadlineDays: 7 },
      reminders: { offsets, ways: ['person'], quiet: null },
    });
    const response = await world.ask('post', '/api/series', 'coordinator', body);
    const { fields } = (await response.json()) as Problem;
    assert.deepEqual(
      (fields ?? []).map(({ field, text }) => `${field}: ${text}`),
      [
        'minutes: Kirjoita luku väliltä 5–1440.',
        'groups: Liian monta: 501. Enimmäismäärä on 500.',
        'rotation.deadlineDays: Kirjoita luku väliltä 0–6.',
        'reminders.offsets: Liian monta: 6. Enimmäismäärä on 5.',
      ],
    );
  });

  it('gives calendar files to whoever has the address, and to nobody else', async () => {
    const { series } = await asked<SeriesAnswer>('post', '/api/series', seriesForm('hankeradio'));
    for (const language of ['fi', 'sv', 'en']) {
      const response = await world.ask('get', `/calendar/${series.feedKey}/${language}.ics`);
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type') ?? '', /^text\/calendar/);
      assert.match(await response.text(), /^BEGIN:VCALENDAR\r\n[^]*RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1/);
    }
    const { lines } = await asked<UpcomingAnswer>('get', '/api/sessions/upcoming');
    const one = `${lines[0]?.id ?? ''}.ics`;
    await asked('put', `/api/occurrences/${lines[0]?.id ?? ''}/talk`, {
      topic: 'Elma vastaanotolla',
      speaker: 'Eeva Esittäjä',
      language: 'fi',
      seen: { topic: null, speaker: null, material: null, language: null },
    });
    const single = await world.ask('get', `/calendar/${series.feedKey}/fi/${one}`);
    const session = await single.text();
    assert.match(session, /DTSTART[^\r]*20261201T/);
    assert.match(session, /DESCRIPTION[^\r]*:Elma vastaanotolla\\nEeva Esittäjä/);
    assert.match(single.headers.get('content-disposition') ?? '', /"big-room-2026-12-01\.ics"/);
    for (const path of [
      '/calendar/nobody/fi.ics',
      `/calendar/${series.feedKey}/de.ics`,
      `/calendar/${series.feedKey}/fi`,
      `/calendar/nobody/fi/${one}`,
    ]) {
      assert.equal((await world.ask('get', path)).status, 404, path);
    }
  });

  it('shows on the overview what waits among the sessions', async () => {
    await asked<SeriesAnswer>('post', '/api/series', seriesForm('hankeradio'));
    const overview = await asked<{ sessions: { open: unknown[]; next: unknown[] } }>('get', '/api/overview');
    assert.equal(overview.sessions.open.length, 1);
  });

  it('answers the overview in three round trips, the sign-in among them', async () => {
    await asked<SeriesAnswer>('post', '/api/series', seriesForm('hankeradio'));
    await world.bigRoom.waiting.prepare();
    for (const role of ['coordinator', 'worker'] as const) {
      const before = world.trips();
      assert.equal((await world.ask('get', '/api/overview', role)).status, 200);
      assert.equal(world.trips() - before, 3);
    }
  });
});
