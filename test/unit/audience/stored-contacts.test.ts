import assert from 'node:assert/strict';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import { contactService } from '../../../src/audience/service.js';
import { contactStore } from '../../../src/audience/store.js';
import type { ContactId } from '../../../src/platform/ids.js';
import { keyedHash } from '../../../src/platform/keyed-hash.js';
import { coordinator } from '../../make.js';
import { handClock } from '../../world/clock.js';
import { readablePartition } from '../../world/partition.js';

/** A contact as the first version stored it, under its id and in the list and the search. */
const old = {
  id: 'c1',
  name: 'Outi Ollila',
  address: 'outi@jarjesto.example',
  language: 'fi',
  series: ['radio', 'big-room'],
  consent: {
    given: false,
    at: '2026-11-02T08:00:00Z',
    why: 'unsubscribed',
    was: { given: true, at: '2026-11-01T08:00:00Z', how: 'Pyysi', by: { id: 'kaisa', name: 'Kaisa' } },
  },
  stopKey: 'key-1',
  createdAt: '2026-11-01T08:00:00Z',
};
const { series, ...rest } = old;
const now = { ...rest, subscriptions: series };

describe('contacts that an older version stored', () => {
  let rows: MemoryRows;
  const store = () => contactStore(readablePartition(rows));
  beforeEach(async () => {
    rows = new MemoryRows();
    await rows.commit('test', [
      { op: 'put', key: 'contact|c1', value: old },
      { op: 'put', key: 'contact-line|outi ollila|c1', value: old },
      ...['outi ollila', 'ollila', 'outi@jarjesto.example'].map(
        (word) => ({ op: 'put', key: `contact-word|${word}|c1`, value: old }) as const,
      ),
      { op: 'put', key: 'contact-invited|radio|c2', value: { id: 'c2', language: 'sv' } },
      { op: 'put', key: 'contact-stop|key-1', value: { id: 'c1' } },
    ]);
  });

  it('are subscribed to their series', async () => {
    assert.deepEqual((await store().find('c1' as ContactId))?.value, now);
    assert.deepEqual((await store().list(50, {})).lines, [now]);
    assert.deepEqual((await store().list(50, { text: 'oll' })).lines, [now]);
    assert.deepEqual(await store().subscribers('radio'), [{ id: 'c2', language: 'sv' }]);
    assert.equal(await store().idOfStopKey('key-1'), 'c1');
  });

  it('are upgraded at a start: found by their address in both forms, and stopped for good', async () => {
    const { id: _id, ...person } = {
      ...old,
      address: 'ville@xn--nekoski-4waa.fi',
      name: 'Ville',
      stopKey: 'key-2',
    };
    const ville = { ...person, id: 'c2', consent: old.consent.was };
    await rows.commit('test', [
      { op: 'put', key: 'contact|c2', value: ville },
      { op: 'put', key: 'contact-line|ville|c2', value: ville },
      { op: 'put', key: 'contact-word|ville@xn--nekoski-4waa.fi|c2', value: ville },
      { op: 'put', key: 'contact-stop|key-2', value: { id: 'c2' } },
    ]);
    const service = () =>
      contactService({
        store: store(),
        keyedHash: keyedHash(readablePartition(rows)),
        subscriptions: [],
        outbox: { commit: (changes) => rows.commit('test', changes) },
        clock: handClock('2026-11-23T08:00:00Z'),
        undoSeconds: 10,
      });
    await service().upgradeAll();
    const found = (await store().list(50, { text: 'ville@ääne' })).lines;
    assert.deepEqual(
      found.map(({ name }) => name),
      ['Ville'],
    );
    const before = await rows.range('test', { from: ' ', to: '~', limit: 100 });
    await service().upgradeAll();
    assert.deepEqual(await rows.range('test', { from: ' ', to: '~', limit: 100 }), before);
    const form = { name: 'V', language: 'fi', series: [], consent: { given: true, how: 'Pyysi' } };
    await assert.rejects(service().add(coordinator, { ...form, address: 'ville@Äänekoski.fi' }), {
      code: 'contact.standsAlready',
    });
    await service().remove(coordinator, 'c1' as ContactId);
    const again = await service().add(coordinator, { ...form, address: 'outi@jarjesto.example' });
    assert.ok(!again.consent.given && again.consent.why === 'unsubscribed');
    assert.equal(again.stopKey, 'key-1');
  });

  it('are stored in today’s shape when they change, and leave nothing behind when they go', async () => {
    const before = await store().find('c1' as ContactId);
    assert.ok(before);
    await store().commit(store().replace(before, { ...before.value, name: 'Outi Uusi' }));
    const after = await store().find('c1' as ContactId);
    assert.ok(after);
    assert.deepEqual((await store().list(50, { text: 'uusi' })).lines, [after.value]);
    await store().commit(await store().remove(after));
    const { rows: left } = await rows.range('test', { from: 'contact', to: 'contact}', limit: 100 });
    assert.deepEqual(
      left.map(({ key }) => key),
      ['contact-invited|radio|c2'],
    );
  });
});
