import assert from 'node:assert/strict';
import { graphCalendar } from '../../../../src/adapters/graph/graph-calendar.js';
import { graphMeetings } from '../../../../src/adapters/graph/graph-meetings.js';
import { MemoryRows } from '../../../../src/adapters/memory/rows.js';
import { makeBigRoom, type Adapters, type BigRoom } from '../../../../src/compose.js';
import { isAppError } from '../../../../src/platform/errors.js';
import type { SeriesId } from '../../../../src/platform/ids.js';
import type { MeetingAccess } from '../../../../src/shared/series-meetings.js';
import { coordinator, programme, worker as somebody } from '../../../make.js';
import { testAdapters } from '../../../world/adapters.js';
import { Refusal } from '../../../world/graph/refusal.js';
import { graphWorld, type GraphWorld } from '../../../world/graph/world.js';

const open: MeetingAccess = {
  lobby: 'everyone',
  presenters: 'organisation',
  microphones: true,
  cameras: true,
};
const quiet: MeetingAccess = {
  lobby: 'organisation',
  presenters: 'everyone',
  microphones: false,
  cameras: false,
};
const joinUrl = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_it's@thread.v2/0";

describe('who gets into a meeting, through Graph', () => {
  let world: GraphWorld;
  const meetings = () => graphMeetings(world.client, world.graph.organiser);

  beforeEach(async () => {
    world = await graphWorld();
    world.graph.meetings.made(joinUrl);
  });
  afterEach(() => world.close());

  it('is set, read back, and left alone where it holds already', async () => {
    assert.deepEqual(await meetings().set(joinUrl, open), { is: 'set', holds: open });
    assert.deepEqual(world.graph.meetings.options(joinUrl), {
      lobbyBypassSettings: { scope: 'everyone', isDialInBypassEnabled: true },
      allowedPresenters: 'organization',
      allowAttendeeToEnableMic: true,
      allowAttendeeToEnableCamera: true,
    });
    await meetings().set(joinUrl, open);
    assert.equal(world.graph.writings.length, 1);
    assert.deepEqual(await meetings().set(joinUrl, quiet), { is: 'set', holds: quiet });
    assert.deepEqual(world.graph.meetings.options(joinUrl), {
      lobbyBypassSettings: { scope: 'organization', isDialInBypassEnabled: false },
      allowedPresenters: 'everyone',
      allowAttendeeToEnableMic: false,
      allowAttendeeToEnableCamera: false,
    });
  });

  it('is what the policy holds, where that is otherwise', async () => {
    world.graph.meetings.policy = { lobbyBypassSettings: { scope: 'organizationAndFederated' } };
    const held = await meetings().set(joinUrl, open);
    assert.deepEqual(held, { is: 'set', holds: { ...open, lobby: 'organisation' } });
  });

  it('can’t be set for the meeting of somebody else, nor where Graph refuses', async () => {
    assert.deepEqual(await meetings().set('https://teams.example/other', open), { is: 'notOurs' });
    world.graph.meetings.refuses = new Refusal(403, 'Forbidden');
    assert.deepEqual(await meetings().set(joinUrl, open), { is: 'refused', reason: 'Forbidden' });
  });

  it('is tried again where Graph is not available, and named where the organiser’s mailbox is missing', async () => {
    const limit = { status: 429, code: 'TooManyRequests', headers: { 'Retry-After': '60' } };
    world.graph.fails(limit);
    await assert.rejects(
      meetings().set(joinUrl, open),
      (error: unknown) => isAppError(error, 'calendar.unavailable') && error.details.afterSeconds === 60,
    );
    world.graph.fails({ at: 1, status: 500 });
    await assert.rejects(meetings().set(joinUrl, open), (error: unknown) =>
      isAppError(error, 'calendar.unavailable'),
    );
    world.graph.organiserLeaves();
    await assert.rejects(meetings().set(joinUrl, open), (error: unknown) =>
      isAppError(error, 'calendar.organiserGone'),
    );
  });

  it('is read where a lost answer left it set', async () => {
    world.graph.fails({ at: 1, drops: 'after' });
    await assert.rejects(meetings().set(joinUrl, open));
    assert.deepEqual(await meetings().set(joinUrl, open), { is: 'set', holds: open });
    assert.equal(world.graph.writings.length, 1);
  });
});

describe('who gets into the meetings of a series', () => {
  let world: GraphWorld;
  let bigRoom: BigRoom;
  let radio: SeriesId;

  const started = (more: Partial<Adapters> = {}): BigRoom => {
    const { client, clock, graph } = world;
    const { organiser } = graph;
    return makeBigRoom(
      testAdapters({
        rows,
        clock,
        calendar: graphCalendar({ client, organiser, clock }),
        meetings: graphMeetings(client, organiser),
        ...more,
      }),
    );
  };
  let rows: MemoryRows;
  const pass = async (seconds = 15): Promise<void> => {
    world.clock.forward({ seconds });
    const worker = bigRoom.worker(() => Promise.resolve({ result: 'sent' }));
    await worker.sweep();
    await worker.sweep();
    await worker.sweep();
  };
  const edit = (meeting: MeetingAccess) => bigRoom.series.edit(coordinator, radio, { meeting });
  const status = async () => (await bigRoom.meetings.meetingStatus(coordinator, radio)).status;
  const joinUrls = () => world.graph.mailbox.events.map((event) => event.joinUrl ?? '');
  const scopes = () => joinUrls().map((url) => world.graph.meetings.options(url).lobbyBypassSettings?.scope);

  beforeEach(async () => {
    world = await graphWorld('2026-11-23T08:00:00Z');
    rows = new MemoryRows();
    bigRoom = started();
    await bigRoom.people.add(programme, []);
    const { series } = await bigRoom.series.create(coordinator, {
      formId: 'form-00000001',
      kind: 'hankeradio',
      groups: ['hankkeet@hyvinvointialue.example'],
    });
    radio = series.id;
  });
  afterEach(() => world.close());

  it('is what its kind begins with, and is set once the calendar has made the meeting', async () => {
    assert.equal(await status(), 'pending');
    await pass();
    assert.deepEqual(scopes(), ['everyone']);
    assert.equal(await status(), 'set');
  });

  it('changes in the meetings that are there, in each of them', async () => {
    const rule = { every: 'weekdayOfMonth', interval: 1, weekday: 3, week: 2 };
    await bigRoom.series.changeFrom(coordinator, radio, { from: '2027-01-01', rule });
    await pass();
    assert.deepEqual(scopes(), ['everyone', 'everyone']);
    await edit(quiet);
    assert.equal(await status(), 'pending');
    await pass();
    assert.deepEqual(scopes(), ['organization', 'organization']);
    assert.equal(await status(), 'set');
  });

  it('is what was chosen last, whatever a slower run sets after it', async () => {
    await pass();
    const real = graphMeetings(world.client, world.graph.organiser);
    let meanwhile: (() => Promise<void>) | undefined = async () => {
      await edit(quiet);
      await pass();
    };
    bigRoom = started({
      meetings: {
        set: async (url, access) => {
          const first = meanwhile;
          meanwhile = undefined;
          await first?.();
          return real.set(url, access);
        },
      },
    });
    await edit({ ...open, microphones: false });
    await pass();
    assert.equal(meanwhile, undefined);
    await pass(600);
    assert.deepEqual(scopes(), ['organization']);
    assert.equal(await status(), 'set');
  });

  it('goes back with an undo', async () => {
    await pass();
    const { undo = 0 } = await edit(quiet);
    await pass();
    await bigRoom.series.undo(coordinator, radio, undo);
    await pass();
    assert.deepEqual(scopes(), ['everyone']);
    assert.equal(await status(), 'set');
  });

  it('sends nobody a mail when it changes', async () => {
    await pass();
    const before = world.graph.mailbox.mails.length;
    await edit(quiet);
    await pass();
    assert.equal(world.graph.mailbox.mails.length, before);
  });

  it('is set in the end, whatever goes wrong on the way', async () => {
    await pass();
    await edit(quiet);
    const limit = { status: 429, code: 'TooManyRequests', headers: { 'Retry-After': '60' } };
    world.graph.fails(limit);
    await pass();
    assert.deepEqual(scopes(), ['everyone']);
    assert.equal(await status(), 'pending');
    world.graph.fails({ at: 1, status: 503 });
    await pass(90);
    world.graph.fails({ at: 1, drops: 'after' });
    await pass(300);
    await pass(900);
    assert.deepEqual(scopes(), ['organization']);
    assert.equal(await status(), 'set');
    assert.deepEqual(await bigRoom.outbox.needingAttention(), []);
  });

  it('is IT’s to decide where Graph refuses, until it does not', async () => {
    world.graph.meetings.refuses = new Refusal(403, 'Forbidden');
    await pass();
    assert.equal(await status(), 'refused');
    assert.deepEqual(scopes(), ['organization']);
    world.graph.meetings.refuses = undefined;
    await bigRoom.meetings.checkMeeting(coordinator, radio);
    await pass();
    assert.equal(await status(), 'set');
    assert.deepEqual(scopes(), ['everyone']);
  });

  it('is IT’s to decide where the policy holds something else, and says what', async () => {
    world.graph.meetings.policy = {
      lobbyBypassSettings: { scope: 'organization' },
      allowAttendeeToEnableMic: false,
    };
    await pass();
    const found = await bigRoom.meetings.meetingStatus(coordinator, radio);
    assert.equal(found.status, 'differs');
    assert.deepEqual(found.differs, ['lobby', 'microphones']);
  });

  it('is set once Teams knows the meeting, and is refused where it never does', async () => {
    world.graph.meetings.hides = true;
    await pass();
    assert.equal(await status(), 'pending');
    world.graph.meetings.hides = false;
    await pass(300);
    assert.equal(await status(), 'set');
    world.graph.meetings.hides = true;
    await edit(quiet);
    for (let attempt = 0; attempt < 8; attempt += 1) await pass(3_600);
    assert.equal(await status(), 'refused');
    assert.deepEqual(await bigRoom.outbox.needingAttention(), []);
  });

  it('is that of whoever made the meeting, where the link was put in by hand', async () => {
    await bigRoom.series.edit(coordinator, radio, { joinUrl: 'https://teams.example/own' });
    await pass();
    assert.equal(await status(), 'ownLink');
  });

  it('is IT’s default without Graph, where nothing waits for it', async () => {
    bigRoom = started({ calendar: undefined, meetings: undefined });
    assert.equal(await status(), 'notConnected');
    await edit(quiet);
    await bigRoom.meetings.checkMeeting(coordinator, radio);
    await pass();
    assert.deepEqual(world.graph.asked, []);
    assert.deepEqual(await bigRoom.outbox.needingAttention(), []);
  });

  it('is checked by those who look after series, and seen by everybody', async () => {
    assert.equal((await bigRoom.meetings.meetingStatus(somebody, radio)).status, 'pending');
    await assert.rejects(bigRoom.meetings.checkMeeting(somebody, radio), (error: unknown) =>
      isAppError(error, 'permission.denied'),
    );
  });

  for (const [what, meeting, field] of [
    ['a choice that there is not', { ...open, lobby: 'organizer' }, 'meeting.lobby'],
    ['half of it', { lobby: 'everyone' }, 'meeting.presenters'],
    ['no yes or no', { ...open, microphones: 'yes' }, 'meeting.microphones'],
    ['nothing', null, 'meeting'],
  ] as const)
    it(`is not ${what}`, async () => {
      await assert.rejects(
        bigRoom.series.edit(coordinator, radio, { meeting }),
        (error: unknown) =>
          isAppError(error, 'input.invalid') &&
          (error.details.fields as { field: string }[])[0]?.field === field,
      );
    });

  it('is merged where two change different things, and asked about where they change the same', async () => {
    const seen = { meeting: open };
    await bigRoom.series.edit(coordinator, radio, { meeting: { ...open, cameras: false } }, seen);
    const { series } = await bigRoom.series.edit(
      coordinator,
      radio,
      { meeting: { ...open, microphones: false } },
      seen,
    );
    assert.deepEqual(series.meeting, { ...open, microphones: false, cameras: false });
    await assert.rejects(
      bigRoom.series.edit(
        coordinator,
        radio,
        { meeting: { ...open, lobby: 'organisation' } },
        { meeting: { ...open, lobby: 'x' } },
      ),
      (error: unknown) => isAppError(error, 'edit.conflict'),
    );
  });
});
