import assert from 'node:assert/strict';
import { makeBigRoom, programmePartition } from '../../src/compose.js';
import type { Mail } from '../../src/delivery/mail/mailer.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import { sessionStore } from '../../src/sessions/service.js';
import { occurrenceId } from '../../src/sessions/occurrences/occurrence.js';
import { coordinator, programme } from '../make.js';
import { contactForm, series, seriesId } from '../unit/sessions/reminders/reminders-world.js';
import { testAdapters } from '../world/adapters.js';
import { handClock } from '../world/clock.js';
import { readablePartition } from '../world/partition.js';
import { serve } from './listen.js';

const radio = series(1);
let contactNumber = 0;

const uidsIn = (calendar: string): string[] => [
  ...new Set([...calendar.replaceAll('\r\n ', '').matchAll(/^UID:(.*?)\r?$/gm)].map(([, uid = '']) => uid)),
];

/** Big Room started on these rows at an address, and the UIDs that its feed, its single file and an invitation have. */
async function uidsOf(rows: MemoryRows, publicUrl: string): Promise<Readonly<Record<string, string[]>>> {
  const clock = handClock('2026-11-23T08:00:00Z');
  const mails: Mail[] = [];
  const mailer = {
    send: (mail: Mail) => {
      mails.push(mail);
      return Promise.resolve({ result: 'sent' } as const);
    },
  };
  const adapters = testAdapters({ rows, clock, publicUrl, mailer, undoSeconds: 0 });
  const bigRoom = makeBigRoom(adapters);
  await bigRoom.begin();
  const server = await serve(bigRoom, adapters);
  const file = async (path: string): Promise<string> => (await fetch(server.url + path)).text();
  try {
    contactNumber += 1;
    await bigRoom.contacts.add(coordinator, contactForm({ address: `c${contactNumber}@x.example` }));
    const worker = bigRoom.worker(() => Promise.reject(new Error('nobody is notified here')));
    const sender = bigRoom.fanOutWorker({
      prepare: () => Promise.reject(new Error('no chat here')),
    } as never);
    for (let round = 0; mails.length === 0 && round < 20; round += 1) {
      clock.forward({ seconds: 20 });
      await worker.sweep();
      while ((await worker.work()) > 0);
      await sender.sweep();
      while ((await sender.work()) > 0);
    }
    const single = `/calendar/${radio.feedKey}/fi/${occurrenceId(seriesId(1), '2026-12-01')}.ics`;
    return {
      feed: uidsIn(await file(`/calendar/${radio.feedKey}/fi.ics`)),
      single: uidsIn(await file(single)),
      mail: uidsIn(mails.flatMap(({ attachments }) => attachments.map(({ content }) => content)).join('')),
    };
  } finally {
    await server.stop();
  }
}

describe('UIDs of calendars', () => {
  let rows: MemoryRows;

  beforeEach(async () => {
    rows = new MemoryRows();
    const store = sessionStore(readablePartition(rows, programmePartition));
    await store.commit(store.putSeries(undefined, radio, []));
  });

  it('stay the same when an installation moves to another address', async () => {
    await makeBigRoom(testAdapters({ rows })).people.add(programme, []);
    const before = await uidsOf(rows, 'https://first.example');
    assert.deepEqual(
      Object.values(before).map(({ length }) => length),
      [1, 1, 1],
    );
    assert.deepEqual(before.feed, before.mail);
    assert.doesNotMatch(JSON.stringify(before), /first\.example/);
    assert.deepEqual(await uidsOf(rows, 'https://second.example'), before);
  });

  it('stay what they were in an installation of before, whose address they name', async () => {
    const old = { ...programme, v: 2 };
    await rows.commit(programmePartition, [{ op: 'put', key: 'programme', value: old }]);
    const before = await uidsOf(rows, 'https://first.example');
    for (const [uid] of Object.values(before)) assert.match(uid ?? '', /@first\.example$/);
    assert.deepEqual(await uidsOf(rows, 'https://second.example:8443/room'), before);
  });

  it('differ between two installations', async () => {
    const namespaces = [];
    for (const each of [new MemoryRows(), new MemoryRows()]) {
      const { people } = makeBigRoom(testAdapters({ rows: each }));
      await people.add(programme, []);
      namespaces.push((await people.programme()).calendarNamespace);
    }
    assert.match(namespaces[0] ?? '', /^[\da-f]{26}$/);
    assert.notEqual(namespaces[0], namespaces[1]);
  });
});

describe('the feed of a series', () => {
  it('is fetched again only when it has changed, and leads nowhere once its address was renewed', async () => {
    const rows = new MemoryRows();
    const adapters = testAdapters({ rows, clock: handClock('2026-11-23T08:00:00Z') });
    const bigRoom = makeBigRoom(adapters);
    await bigRoom.people.add(programme, []);
    const store = sessionStore(readablePartition(rows, programmePartition));
    await store.commit(store.putSeries(undefined, radio, []));
    const server = await serve(bigRoom, adapters);
    try {
      const address = `${server.url}/calendar/${radio.feedKey}/fi.ics`;
      const first = await fetch(address);
      const etag = first.headers.get('etag') ?? '';
      assert.match(etag, /^"[\w-]{27}"$/);
      assert.match(first.headers.get('last-modified') ?? '', /^\w{3}, \d{2} \w{3} 20\d\d .* GMT$/);
      assert.equal(first.headers.get('cache-control'), 'private, max-age=0, must-revalidate');
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
        const again = await fetch(address, { headers: { 'if-none-match': known } });
        assert.deepEqual([again.status, await again.text()], [304, '']);
      }
      await bigRoom.series.edit(coordinator, radio.id, { names: { fi: 'Uusi', sv: 'Ny', en: 'New' } });
      const changed = await fetch(address, { headers: { 'if-none-match': etag } });
      assert.equal(changed.status, 200);
      const { series: renewed } = await bigRoom.series.renewFeed(coordinator, radio.id);
      assert.equal((await fetch(address)).status, 404);
      assert.equal((await fetch(`${server.url}/calendar/${renewed.feedKey}/fi.ics`)).status, 200);
    } finally {
      await server.stop();
    }
  });
});
