import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { withContracts } from '../../../world/contracts.js';
import { graphContract, sharedContract } from '../../../world/graph/contract.js';
import { datesOf, type Recurrence } from '../../../world/graph/pattern.js';
import { graphWorld, type GraphWorld } from '../../../world/graph/world.js';

const time = (dateTime: string) => ({ dateTime, timeZone: 'FLE Standard Time' });

const first: Recurrence = {
  pattern: { type: 'relativeMonthly', interval: 1, daysOfWeek: ['tuesday'], index: 'first' },
  range: { type: 'noEnd', startDate: '2026-12-01' },
};

const event = (changes: object = {}) => ({
  subject: 'Hankeradio',
  start: time('2026-12-01T09:00:00'),
  end: time('2026-12-01T09:30:00'),
  recurrence: first,
  attendees: [{ emailAddress: { address: 'anna@hyvinvointialue.example' }, type: 'required' }],
  ...changes,
});

describe('the stand-in for Graph', () => {
  let world: GraphWorld;

  beforeEach(async () => {
    world = await graphWorld();
  });
  afterEach(() => world.close());

  const post = (path: string, body: object) =>
    world.client.call(world.graph.organiser, { method: 'POST', path, body });
  const codeOf = async (call: Promise<unknown>) => {
    const [settled] = await Promise.allSettled([call]);
    return settled.status === 'rejected' ? (settled.reason as { code?: string }).code : 'done';
  };

  it('refuses what Exchange would', async () => {
    const attendees = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        emailAddress: { address: `a${String(index)}@x.example` },
      }));
    const refused: readonly [object, string][] = [
      [event({ end: time('2026-12-01T09:00:00') }), 'ErrorPropertyValidationFailure'],
      [
        event({ start: time('2026-12-02T09:00:00'), end: time('2026-12-02T09:30:00') }),
        'ErrorPropertyValidationFailure',
      ],
      [
        event({
          start: time('2026-12-02T09:00:00'),
          end: time('2026-12-02T09:30:00'),
          recurrence: { ...first, range: { type: 'noEnd', startDate: '2026-12-02' } },
        }),
        'ErrorPropertyValidationFailure',
      ],
      [
        event({
          recurrence: {
            ...first,
            range: { type: 'endDate', startDate: '2026-12-01', endDate: '2026-11-30' },
          },
        }),
        'ErrorPropertyValidationFailure',
      ],
      [
        event({ start: { dateTime: '2026-12-01T09:00:00', timeZone: 'Mars' } }),
        'TimeZoneNotSupportedException',
      ],
      [event({ attendees: attendees(501) }), 'ErrorExceededMaxRecipientLimit'],
      [event({ attendees: [{ emailAddress: { address: 'anna' } }] }), 'ErrorInvalidRecipients'],
    ];
    for (const [body, code] of refused) assert.equal(await codeOf(post('/events', body)), code);
    assert.deepEqual(world.graph.mailbox.events, []);
    assert.equal(await codeOf(post('/events', event({ attendees: attendees(500) }))), 'done');
    const strange = {
      message: {
        subject: 'x',
        toRecipients: [],
        internetMessageHeaders: [{ name: 'List-Unsubscribe', value: '<x>' }],
      },
    };
    assert.equal(await codeOf(post('/sendMail', strange)), 'InvalidInternetMessageHeader');
  });

  it('invites everybody again when the whole list of attendees is written', async () => {
    const { id } = (await post('/events', event())) as { id: string };
    const { attendees } = event();
    const body = {
      attendees: [...attendees, { emailAddress: { address: 'bengt@hyvinvointialue.example' } }],
    };
    await world.client.call(world.graph.organiser, { method: 'PATCH', path: `/events/${id}`, body });
    assert.equal(world.graph.mailbox.count('invitation', 'anna@hyvinvointialue.example'), 2);
  });

  it('refuses the fifth request at a time for a mailbox', async () => {
    const release = world.graph.holds();
    const clients = [world.client, world.another({})];
    const calls = clients.flatMap((client) =>
      Array.from({ length: 4 }, () =>
        codeOf(client.call(world.graph.organiser, { method: 'GET', path: '/events' })),
      ),
    );
    while (world.graph.maxAtOnce < 8) await new Promise((resolve) => setImmediate(resolve));
    release();
    const codes = await Promise.all(calls);
    assert.deepEqual([...codes].sort(), [
      ...Array<string>(4).fill('ApplicationThrottled'),
      ...Array<string>(4).fill('done'),
    ]);
  });

  it('counts weeks from the day that they begin with, and keeps to the last day of a shorter month', () => {
    const dates = (recurrence: Recurrence, until: string) =>
      datesOf(recurrence, Temporal.PlainDate.from(until)).map(String);
    const fortnight = { type: 'weekly', interval: 2, daysOfWeek: ['sunday', 'monday'] } as const;
    const range = { type: 'noEnd', startDate: '2026-12-06' } as const;
    assert.deepEqual(dates({ pattern: { ...fortnight, firstDayOfWeek: 'monday' }, range }, '2026-12-31'), [
      '2026-12-06',
      '2026-12-14',
      '2026-12-20',
      '2026-12-28',
    ]);
    assert.deepEqual(dates({ pattern: fortnight, range }, '2026-12-31'), [
      '2026-12-06',
      '2026-12-07',
      '2026-12-20',
      '2026-12-21',
    ]);
    const month = { type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 } as const;
    assert.deepEqual(
      dates({ pattern: month, range: { type: 'noEnd', startDate: '2026-12-31' } }, '2027-04-30'),
      ['2026-12-31', '2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30'],
    );
  });

  it('says in one line that it checks no bodies where the contract is not there', () => {
    const lines: string[] = [];
    const contract = graphContract(new URL('file:///nowhere/'), (line) => lines.push(line));
    assert.deepEqual(contract.faultsOf('request/POST /users/{user-id}/events', { nonsense: 1 }), []);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /^Skipped, since the contracts are not beside the project/);
  });
});

withContracts('what Graph takes and gives', (contracts) => {
  describe('the contract of Graph', () => {
    const folder = new URL('graph-examples/', contracts);

    for (const name of readdirSync(folder).filter((one) => one.endsWith('.json')))
      it(`allows the documentation's example ${name}`, () => {
        const example = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Record<string, unknown>;
        const operation = String(example.operation);
        for (const side of ['request', 'response'])
          if (example[side] !== undefined)
            assert.deepEqual(sharedContract().faultsOf(`${side}/${operation}`, example[side]), []);
      });

    it('refuses a body with a member too many, and so does the stand-in', async () => {
      const world = await graphWorld();
      const call = { method: 'POST', path: '/events', body: event({ subjekt: 'x' }) } as const;
      await assert.rejects(world.client.call(world.graph.organiser, call), /RequestBodyRead/);
      assert.equal(world.graph.faulty.length, 1);
      world.graph.faulty.length = 0;
      await world.close();
    });
  });
});
