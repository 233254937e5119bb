import assert from 'node:assert/strict';
import type { ContactId, PersonId, SeriesId } from '../../src/platform/ids.js';
import type { Contact } from '../../src/audience/contact.js';
import { contactStore } from '../../src/audience/store.js';
import { preferenceStore } from '../../src/sessions/reminders/store.js';
import type { Rows } from '../../src/platform/rows.js';
import { handClock } from '../world/clock.js';
import { readablePartition } from '../world/partition.js';
import { rejectsWith } from '../world/outbox.js';
import { makeQueueAndRows } from '../world/storage.js';

const by = { id: 'kaisa', name: 'Kaisa' } as never;
const radio = 'radio' as SeriesId;
const bigRoom = 'big-room' as SeriesId;

function contact(id: string, name: string, more: Partial<Contact> = {}): Contact {
  return {
    id: id as ContactId,
    name,
    address: `${id}@jarjesto.example`,
    addressKey: `hash-${id}`,
    language: 'fi',
    subscriptions: [radio],
    consent: { given: true, at: '2026-11-01T08:00:00Z', how: 'Pyysi', by },
    stopKey: `key-${id}`,
    createdAt: '2026-11-01T08:00:00Z',
    ...more,
  };
}

for (const [name, make] of Object.entries(makeQueueAndRows)) {
  describe(`Contact store on ${name}`, function () {
    this.timeout(60_000);
    let rows: Rows;
    const store = () => contactStore(readablePartition(rows, 'programme'));
    const insert = (...all: readonly Contact[]): Promise<unknown> =>
      Promise.all(all.map((each) => store().commit(store().insert(each))));
    const found = async (id: string) => {
      const before = await store().find(id as ContactId);
      assert.ok(before);
      return before;
    };
    const listed = async (text?: string): Promise<string[]> =>
      (await store().list(50, text === undefined ? {} : { text })).lines.map((line) => line.name);
    const invited = async (id: SeriesId): Promise<string[]> =>
      Promise.all(
        (await store().subscribers(id)).map(async (one) => (await store().find(one.id))?.value.name ?? ''),
      );

    beforeEach(async () => {
      ({ rows } = await make(handClock()));
    });

    it('gives back what was stored, once for each id, and whose a link is', async () => {
      await insert(contact('a', 'Anna Aho'));
      assert.deepEqual((await found('a')).value, contact('a', 'Anna Aho'));
      assert.equal(await store().idOfStopKey('key-a'), 'a');
      assert.equal(await store().idOfStopKey('key-b'), undefined);
      await rejectsWith(insert(contact('a', 'Toinen', { stopKey: 'other' })), 'storage.conflict');
    });

    it('sorts å, ä and ö behind z, and pages by key', async () => {
      await insert(...['Öst', 'Zorn', 'Ärla', 'Åsa', 'Émile'].map((one, index) => contact(`c${index}`, one)));
      assert.deepEqual(await listed(), ['Émile', 'Zorn', 'Åsa', 'Ärla', 'Öst']);
      const first = await store().list(2, {});
      const second = await store().list(2, { after: first.next ?? '' });
      assert.deepEqual(
        second.lines.map((line) => line.name),
        ['Åsa', 'Ärla'],
      );
      assert.deepEqual((await store().list(2, { after: 'person|x' })).lines, first.lines);
    });

    it('finds beginnings, and each contact once on a page', async () => {
      await insert(contact('anna', 'Anna Annala'), contact('b', 'Bo Ängström'));
      assert.deepEqual(await listed('ann'), ['Anna Annala']);
      assert.deepEqual(await listed('äng'), ['Bo Ängström']);
      assert.deepEqual(await listed('b@'), ['Bo Ängström']);
      assert.deepEqual(await listed('ström'), []);
    });

    it('changes lists with the contact, and only what was read', async () => {
      await insert(contact('a', 'Anna Aho'));
      const before = await found('a');
      const after = contact('a', 'Anna Zorn', { subscriptions: [bigRoom] });
      await store().commit(store().replace(before, after));
      assert.deepEqual([await listed('aho'), await listed('zorn')], [[], ['Anna Zorn']]);
      assert.deepEqual([await invited(radio), await invited(bigRoom)], [[], ['Anna Zorn']]);
      await rejectsWith(store().commit(store().replace(before, after)), 'storage.conflict');
      const withdrawn = { given: false, at: '2026-11-02T08:00:00Z', why: 'withdrawn' } as const;
      await store().commit(store().replace(await found('a'), { ...after, consent: withdrawn }));
      assert.deepEqual(await invited(bigRoom), []);
    });

    it('moves to another address with its link, unless that address is in use', async () => {
      await insert(contact('a', 'Anna'), contact('b', 'Bo'));
      const at = (key: string) =>
        contact('a', 'Anna', { address: `${key}@x.example`, addressKey: `hash-${key}` });
      await rejectsWith(store().commit(store().replace(await found('a'), at('b'))), 'storage.conflict');
      await store().commit(store().replace(await found('a'), at('c')));
      assert.equal(await store().idOfAddress('hash-a'), undefined);
      assert.equal(await store().idOfAddress('hash-c'), 'a');
      assert.equal(await store().idOfStopKey('key-a'), 'a');
      assert.deepEqual(await invited(radio), ['Anna', 'Bo']);
    });

    it('leaves nothing of one who is removed', async () => {
      await insert(contact('a', 'Anna Aho', { subscriptions: [radio, bigRoom] }));
      await store().commit(await store().remove(await found('a')));
      const { rows: left } = await rows.range('programme', { from: ' ', to: '~', limit: 100 });
      assert.deepEqual(left, []);
    });
  });

  describe(`Preference store on ${name}`, function () {
    this.timeout(60_000);
    let rows: Rows;
    const store = () => preferenceStore(readablePartition(rows, 'programme'));
    const vilma = 'vilma' as PersonId;

    beforeEach(async () => {
      ({ rows } = await make(handClock()));
    });

    it('keeps the choices of a person as they were read and changed', async () => {
      const first = { personId: vilma, choices: { [radio]: { isOff: true } as const } };
      await store().commit(store().putChoices(undefined, first));
      await rejectsWith(store().commit(store().putChoices(undefined, first)), 'storage.conflict');
      const before = await store().choices(vilma);
      assert.ok(before);
      const second = { personId: vilma, choices: {} };
      await store().commit(store().putChoices(before, second));
      await rejectsWith(store().commit(store().putChoices(before, first)), 'storage.conflict');
      assert.deepEqual(await store().allChoices(), [second]);
    });
  });
}
