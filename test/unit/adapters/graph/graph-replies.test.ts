import assert from 'node:assert/strict';
import { graphReplies } from '../../../../src/adapters/graph/graph-replies.js';
import { MemoryRows } from '../../../../src/adapters/memory/rows.js';
import { makeBigRoom, type Adapters, type BigRoom } from '../../../../src/compose.js';
import { jsonLog } from '../../../../src/platform/log.js';
import type { SeriesId } from '../../../../src/platform/ids.js';
import { MailboxFault } from '../../../../src/sessions/coming/reply-source.js';
import { occurrenceId } from '../../../../src/sessions/occurrences/occurrence.js';
import { segmentUid } from '../../../../src/sessions/held.js';
import { coordinator, programme } from '../../../make.js';
import { testAdapters } from '../../../world/adapters.js';
import { Refusal } from '../../../world/graph/refusal.js';
import { graphWorld, type GraphWorld } from '../../../world/graph/world.js';
import { replyMail } from '../../../world/reply-mail.js';

const now = '2026-11-23T08:00:00Z';
const helsinki = 'DTSTART;TZID=Europe/Helsinki:20261201T090000';
const ofDecember = 'RECURRENCE-ID;TZID=Europe/Helsinki:20261201T090000';

describe('answers that calendars mail, read through Graph', () => {
  let world: GraphWorld;
  let rows: MemoryRows;
  let bigRoom: BigRoom;
  let radio: SeriesId;
  let logged: Record<string, unknown>[];

  /** Big Room as it starts, over the same rows. */
  const started = (replies: Adapters['replies']): BigRoom =>
    makeBigRoom(
      testAdapters({
        rows,
        clock: world.clock,
        ...(replies !== undefined && { replies }),
        log: jsonLog((line) => logged.push(JSON.parse(line) as Record<string, unknown>)),
      }),
    );
  const source = () => graphReplies(world.client, world.graph.organiser);
  const worker = () => bigRoom.worker(() => Promise.resolve({ result: 'sent' }));
  /** Lets the time until the next reading pass. */
  const pass = async (minutes = 5): Promise<void> => {
    world.clock.forward({ minutes });
    await worker().sweep();
    await worker().sweep();
  };
  const uid = (): string => `${segmentUid(radio, 1)}@hyvinvointialue.example`;
  const arrives = (
    mail: Partial<Parameters<typeof replyMail>[0]> = {},
    more: Partial<Parameters<typeof world.graph.inbox.arrives>[0]> = {},
  ): string =>
    world.graph.inbox.arrives({
      mime: replyMail({ uid: uid(), ...mail }),
      receivedAt: world.clock.iso(),
      ...more,
    });
  const counts = async (date = '2026-12-01') =>
    (await bigRoom.coming.coming(coordinator, occurrenceId(radio, date))).counts;
  const of = (event: string) => logged.filter((line) => line.event === event);
  const lastRead = (): Record<string, unknown> => {
    const { at: _at, level: _level, event: _event, ...facts } = of('replies.read').at(-1) ?? {};
    return facts;
  };

  beforeEach(async () => {
    logged = [];
    world = await graphWorld(now);
    rows = new MemoryRows();
    bigRoom = started(source());
    await bigRoom.people.add(programme, []);
    const { series } = await bigRoom.series.create(coordinator, {
      formId: 'form-00000001',
      kind: 'hankeradio',
    });
    radio = series.id;
    for (const name of ['outi', 'ville'])
      await bigRoom.contacts.add(coordinator, {
        name,
        address: `${name}@jarjesto.example`,
        language: 'fi',
        series: [radio],
        consent: { given: true, how: 'Pyysi itse.' },
      });
  });
  afterEach(() => world.close());

  it('are who is coming: one session, the whole series, and changes of mind', async () => {
    arrives({ lines: ['DTSTAMP:20261123T080000Z', helsinki] });
    await pass();
    assert.deepEqual(await counts(), { invited: 2, coming: 1, notComing: 0, maybe: 0, noAnswer: 1 });
    assert.deepEqual(lastRead(), { recorded: 1 });
    arrives({ partstat: 'DECLINED', lines: ['DTSTAMP:20261123T080100Z', ofDecember, helsinki] });
    arrives({
      partstat: 'TENTATIVE',
      attendee: 'ville@jarjesto.example',
      lines: ['DTSTAMP:20261123T080200Z'],
    });
    await pass();
    assert.deepEqual(await counts(), { invited: 2, coming: 0, notComing: 1, maybe: 1, noAnswer: 0 });
    assert.deepEqual(await counts('2027-01-05'), {
      invited: 2,
      coming: 1,
      notComing: 0,
      maybe: 1,
      noAnswer: 0,
    });
    const { lines } = await bigRoom.coming.names(coordinator, occurrenceId(radio, '2026-12-01'), 'notComing');
    assert.deepEqual(
      lines.map(({ name, way, at }) => [name, way, at]),
      [['outi', 'calendar', '2026-11-23T08:01:00Z']],
    );
  });

  it('count by when they were given, in whatever order they come', async () => {
    arrives({ partstat: 'DECLINED', lines: ['DTSTAMP:20261123T075900Z', ofDecember] });
    const delayed = { receivedAt: '2026-11-23T08:00:30Z' };
    arrives({ partstat: 'ACCEPTED', lines: ['DTSTAMP:20261123T074500Z', ofDecember] }, delayed);
    await pass();
    assert.equal((await counts()).notComing, 1);
    assert.deepEqual(lastRead(), { recorded: 1, older: 1 });
    arrives({ partstat: 'ACCEPTED', lines: ['DTSTAMP:20261123T070000Z', ofDecember] });
    await pass();
    assert.equal((await counts()).notComing, 1);
  });

  it('count once where a mail comes twice, or shows again because somebody opened it', async () => {
    const id = arrives();
    arrives();
    await pass();
    world.graph.inbox.opened(id);
    await pass();
    assert.deepEqual(await counts(), { invited: 2, coming: 1, notComing: 0, maybe: 0, noAnswer: 1 });
  });

  it('of strangers are counted in the log and shown nowhere', async () => {
    arrives({ attendee: 'stranger@else.example' });
    arrives({ from: 'stranger@else.example' });
    arrives({ attendee: 'ville@jarjesto.example', from: 'outi@jarjesto.example' });
    await pass();
    assert.deepEqual(lastRead(), { stranger: 1, foreign: 2 });
    assert.deepEqual(await counts(), { invited: 2, coming: 0, notComing: 0, maybe: 0, noAnswer: 2 });
    const line = JSON.stringify(logged);
    assert.doesNotMatch(line, /else\.example|jarjesto\.example/, 'nobody’s address is in the log');
  });

  it('to what is not known, is over or is none change nothing', async () => {
    arrives({ uid: '0000000000000000000000000f-1@hyvinvointialue.example' });
    arrives({ uid: '040000008200E00074C5B7101A82E008@exchange' });
    arrives({ lines: ['DTSTAMP:20261123T080000Z', 'RECURRENCE-ID:20261202T070000Z'] });
    arrives({ method: 'COUNTER' });
    await pass();
    assert.deepEqual(lastRead(), { unknownSession: 3, noReply: 1 });
    world.clock.forward({ days: 10 });
    arrives({ lines: ['DTSTAMP:20261203T080000Z', ofDecember] });
    await pass();
    assert.deepEqual(lastRead(), { late: 1 });
  });

  it('leave the mailbox as it is, and other mails unread', async () => {
    const plain = arrives({}, { type: 'message' });
    const request = arrives({ method: 'REQUEST' }, { type: 'eventMessageRequest', hasAttachments: true });
    const file = arrives({ form: 'file' }, { type: 'message', hasAttachments: true });
    await pass();
    assert.deepEqual(world.graph.inbox.read, [file]);
    assert.deepEqual(world.graph.inbox.contents, [
      [plain, false],
      [request, false],
      [file, false],
    ]);
    assert.deepEqual(
      world.graph.asked.filter(({ method }) => method !== 'GET'),
      [],
    );
  });

  it('are stepped over where they are malformed, too large, removed or broken, and hold up no other', async () => {
    const inbox = world.graph.inbox;
    inbox.arrives({ mime: 'From: a@b.example\r\nContent-Type: text/calendar\r\n\r\nBEGIN', receivedAt: now });
    arrives({ ballast: 3_000_000 }, { receivedAt: '2026-11-23T08:00:01Z' });
    const broken = arrives({}, { receivedAt: '2026-11-23T08:00:02Z' });
    inbox.failing.set(broken, new Refusal(400, 'ErrorMimeContentInvalid'));
    const good = arrives({ attendee: 'ville@jarjesto.example' }, { receivedAt: '2026-11-23T08:00:03Z' });
    await pass();
    assert.deepEqual(lastRead(), { malformed: 1, unreadable: 2, recorded: 1 });
    assert.deepEqual(
      of('replies.steppedOver').map(({ reason }) => reason),
      ['tooLarge', 'ErrorMimeContentInvalid'],
    );
    assert.ok(inbox.read.includes(good));
    const removed = arrives();
    inbox.failing.set(removed, new Refusal(404, 'ErrorItemNotFound'));
    await pass();
    assert.deepEqual(lastRead(), { removed: 1 });
  });

  it('are tried again three times where Graph breaks at one of them, and then stepped over', async () => {
    const poison = arrives({}, { receivedAt: '2026-11-23T08:00:01Z' });
    world.graph.inbox.failing.set(poison, new Refusal(500, 'ErrorInternalServerError'));
    arrives({ attendee: 'ville@jarjesto.example' }, { receivedAt: '2026-11-23T08:00:02Z' });
    await pass();
    await pass();
    assert.equal((await counts()).coming, 0);
    await pass();
    assert.equal((await counts()).coming, 1);
    assert.equal(of('replies.steppedOver').length, 1);
    await pass();
    assert.equal(of('replies.steppedOver').length, 1);
  });

  it('of many pages are all read, each once, also after a restart in the middle', async () => {
    for (let number = 0; number < 50; number += 1)
      arrives({ attendee: number === 49 ? 'outi@jarjesto.example' : `nobody${String(number)}@else.example` });
    // The third page is refused, as where the instance dies there.
    world.graph.fails({ at: 42, status: 503, code: 'ServiceUnavailable' });
    await pass();
    assert.equal(world.graph.inbox.read.length, 40);
    bigRoom = started(source());
    await pass();
    assert.equal(world.graph.inbox.read.length, 50);
    assert.equal(new Set(world.graph.inbox.read).size, 50);
    assert.equal((await counts()).coming, 1);
  });

  it('of one page are read on where a run had no time left, and none of them twice', async () => {
    for (let number = 0; number < 5; number += 1)
      arrives({ attendee: number === 4 ? 'outi@jarjesto.example' : `nobody${String(number)}@else.example` });
    const slow = source();
    bigRoom = started({
      ...slow,
      mail: (id) => {
        world.clock.forward({ seconds: 20 });
        return slow.mail(id);
      },
    });
    for (let run = 0; run < 6; run += 1) await pass(1);
    assert.equal(world.graph.inbox.read.length, 5);
    assert.ok(of('replies.read').length > 1, 'in more than one run');
    assert.equal((await counts()).coming, 1);
  });

  it('are found after a restart that lost nothing and reads nothing again', async () => {
    arrives();
    await pass();
    bigRoom = started(source());
    arrives({ attendee: 'ville@jarjesto.example' });
    await pass();
    assert.equal(world.graph.inbox.read.length, 2);
    assert.equal((await counts()).coming, 2);
  });

  it('are found where the place is lost: a day is read again, and doubles nothing', async () => {
    arrives();
    await pass();
    world.graph.inbox.forgetsPlaces();
    arrives({ attendee: 'ville@jarjesto.example' });
    await pass();
    assert.deepEqual(
      of('replies.placeLost').map(({ reason }) => reason),
      ['SyncStateNotFound'],
    );
    assert.deepEqual(await counts(), { invited: 2, coming: 2, notComing: 0, maybe: 0, noAnswer: 0 });
  });

  it('wait as long as Graph wants them to', async () => {
    arrives();
    world.graph.fails({ status: 429, code: 'ApplicationThrottled', headers: { 'Retry-After': '900' } });
    await pass();
    const asked = world.graph.asked.length;
    await pass();
    assert.equal(world.graph.asked.length, asked, 'it is left alone meanwhile');
    await pass(10);
    assert.equal((await counts()).coming, 1);
    assert.deepEqual(world.waits, []);
  });

  for (const [how, failure] of [
    ['is not available', { status: 503, code: 'ServiceUnavailable' }],
    ['breaks', { status: 500, code: 'ErrorInternalServerError' }],
    ['loses the answer', { drops: 'after' }],
  ] as const)
    it(`are read the next time where Graph ${how}`, async () => {
      arrives();
      // A lost reading is asked for again at once, once.
      world.graph.fails(failure, ...(how === 'loses the answer' ? [failure] : []));
      await pass();
      assert.equal((await counts()).coming, 0);
      await pass();
      assert.equal((await counts()).coming, 1);
      assert.deepEqual(await attention(), []);
    });

  const attention = async (): Promise<readonly string[]> => {
    const messages = await bigRoom.outbox.needingAttention();
    return messages.map(({ body, state }) => `${body.kind} ${'reason' in state ? state.reason : ''}`);
  };

  it('are read with another token where one has expired', async () => {
    await pass();
    world.graph.expireTokens();
    arrives();
    await pass();
    assert.equal((await counts()).coming, 1);
  });

  it('need somebody’s attention once where reading is not allowed, and are read when it is', async () => {
    arrives();
    world.graph.fails({ status: 403, code: 'ErrorAccessDenied' }, { status: 403, code: 'ErrorAccessDenied' });
    await pass();
    await pass();
    assert.deepEqual(await attention(), ['replies ErrorAccessDenied']);
    await pass();
    assert.equal((await counts()).coming, 1);
  });

  it('need it too where Graph does not answer for hours: once, until they are read again', async () => {
    arrives();
    const failsFor = async (runs: number, status = 503): Promise<void> => {
      for (let run = 0; run < runs; run += 1) {
        world.graph.fails({ status, code: 'ServiceUnavailable' });
        await pass();
      }
    };
    await failsFor(48);
    assert.deepEqual(await attention(), [], 'four hours are not over yet');
    await failsFor(20);
    await failsFor(20, 500);
    assert.deepEqual(await attention(), ['replies mailboxSilent']);
    // Not allowed is another matter, for somebody else to mend; what comes then is nothing new.
    const refused = { status: 403, code: 'ErrorAccessDenied' };
    world.graph.fails(refused);
    await pass();
    await failsFor(3);
    world.graph.fails(refused);
    await pass();
    assert.deepEqual([...(await attention())].sort(), ['replies ErrorAccessDenied', 'replies mailboxSilent']);
    await pass();
    assert.equal((await counts()).coming, 1);
    await failsFor(48);
    assert.equal((await attention()).length, 2);
    await failsFor(2);
    assert.equal((await attention()).length, 3);
  });

  it('are not counted where Exchange says that the mail is forged', async () => {
    arrives({ results: ['dmarc=fail action=none header.from=jarjesto.example;compauth=fail reason=000'] });
    arrives({ attendee: 'ville@jarjesto.example' });
    await pass();
    assert.deepEqual(lastRead(), { forged: 1, recorded: 1 });
    assert.deepEqual(await counts(), { invited: 2, coming: 1, notComing: 0, maybe: 0, noAnswer: 1 });
    assert.deepEqual(await attention(), []);
  });

  it('begin anew in another mailbox', async () => {
    await pass();
    bigRoom = started({ ...source(), mailbox: 'other@hyvinvointialue.example' });
    arrives();
    const rounds = world.graph.inbox.rounds;
    await pass();
    assert.equal(world.graph.inbox.rounds, rounds + 1);
    assert.equal((await counts()).coming, 1);
  });

  it('are read by one of two instances, and recorded once', async () => {
    arrives();
    const other = started(source());
    world.clock.forward({ minutes: 5 });
    const two = [worker(), other.worker(() => Promise.resolve({ result: 'sent' }))];
    await Promise.all(two.map((each) => each.sweep()));
    await Promise.all(two.map((each) => each.sweep()));
    assert.equal((await counts()).coming, 1);
    assert.equal(world.graph.inbox.read.length, 1);
  });

  it('are not read in trial mode, and nothing waits for them', async () => {
    bigRoom = started(undefined);
    arrives();
    await pass();
    assert.deepEqual(world.graph.asked, []);
    assert.equal(of('replies.read').length, 0);
    assert.deepEqual(await attention(), []);
  });

  it('come from Graph alone: a link that leads elsewhere gets no token', async () => {
    await assert.rejects(
      source().page('https://elsewhere.example/delta', now),
      (error: unknown) => error instanceof MailboxFault && error.kind === 'placeLost',
    );
    assert.deepEqual(world.graph.asked, []);
  });
});
