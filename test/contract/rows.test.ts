import assert from 'node:assert/strict';
import type { Change } from '../../src/platform/commit.js';
import { isAppError } from '../../src/platform/errors.js';
import { AzureRows } from '../../src/adapters/azure/rows.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import { prefixRange, type Rows } from '../../src/platform/rows.js';
import { azurite, freshName } from '../world/azurite.js';

type MakeRows = (onTrip: () => void) => Promise<Rows>;

const adapters: Record<string, MakeRows> = {
  memory: (onTrip) => Promise.resolve(new MemoryRows({ onTrip })),
  Azurite: async (onTrip) => {
    const { connectionString } = await azurite();
    const rows = new AzureRows({ connectionString, table: freshName(), onTrip });
    await rows.prepare();
    return rows;
  },
};

const partition = "programme'1";
const insert = (key: string, value: unknown): Change => ({ op: 'insert', key, value });
const conflict = (error: unknown) => isAppError(error, 'storage.conflict');

for (const [name, make] of Object.entries(adapters)) {
  describe(`Rows in ${name}`, function () {
    this.timeout(60_000);
    let rows: Rows;
    let trips = 0;

    beforeEach(async () => {
      rows = await make(() => (trips += 1));
      trips = 0;
    });

    const keys = async (prefix: string, limit = 100) =>
      (await rows.range(partition, prefixRange(prefix, limit))).rows.map((row) => row.key);

    it('reads back what was inserted, one trip each, and nothing for a key that is not there', async () => {
      const value = { title: 'Hei "maailma"', none: null, list: [1, 2.5, true], empty: '' };
      await rows.commit(partition, [insert('news|1', value)]);
      assert.deepEqual((await rows.get(partition, 'news|1'))?.value, value);
      assert.equal(await rows.get(partition, 'news|2'), undefined);
      assert.equal(await rows.get('another', 'news|1'), undefined);
      assert.equal(trips, 4);
    });

    it('stores any text, also across the limits of stored properties', async () => {
      const value = { text: 'åäö 😀 ${x} <b>\u0000\u2028'.repeat(8_000), odd: `x${'😀'.repeat(40_000)}` };
      await rows.commit(partition, [insert('long', value)]);
      assert.deepEqual((await rows.get(partition, 'long'))?.value, value);
    });

    it('takes 200 kB rows, several in a transaction', async () => {
      const values = ['a', 'b', 'c', 'd'].map((letter) => ({ text: letter.repeat(200_000) }));
      await rows.commit(
        partition,
        values.map((value, index) => insert(`big|${index}`, value)),
      );
      const { rows: found } = await rows.range(partition, prefixRange('big|', 10));
      assert.deepEqual(
        found.map((row) => row.value),
        values,
      );
    });

    it('refuses what the service could not hold, with a code', async () => {
      const long = { text: 'x'.repeat(460_000) };
      const tooLarge = (error: unknown) => isAppError(error, 'input.tooLarge');
      await assert.rejects(rows.commit(partition, [insert('long', long)]), tooLarge);
      const many = Array.from({ length: 4 }, (_, index) => insert(`long|${index}`, 'x'.repeat(400_000)));
      await assert.rejects(rows.commit(partition, many), tooLarge);
    });

    it('takes quotes, spaces and letters of any language in keys', async () => {
      const odd = ["o'neill|''", 'a b|c&d=e', 'ääkköset|😀', '100%|25%41', '{"key":1}', "RowKey='x')"];
      await rows.commit(
        partition,
        odd.map((key) => insert(key, key)),
      );
      for (const key of odd) {
        const row = await rows.get<string>(partition, key);
        assert.equal(row?.value, key);
        await rows.commit(partition, [{ op: 'replace', key, value: 'new', version: row.version }]);
        const read = await rows.get(partition, key);
        assert.ok(read);
        await assert.rejects(rows.commit(partition, [{ op: 'delete', key, version: row.version }]), conflict);
        await rows.commit(partition, [{ op: 'delete', key, version: read.version }]);
        assert.equal(await rows.get(partition, key), undefined);
      }
      assert.deepEqual(await keys("o'"), []);
    });

    it('has no rows under keys that nothing can be stored under, and asks for none', async () => {
      await rows.commit(partition, [insert('row|1', 1)]);
      for (const odd of ['row\u0000', 'row/', 'row\\', 'row#', 'row?', 'row\ud800', 'row\u007f']) {
        assert.equal(await rows.get(partition, odd), undefined, odd);
        const range = { from: odd, to: 'z', limit: 9 };
        assert.deepEqual(await rows.range(partition, range), { rows: [], more: false }, odd);
      }
    });

    it('stores all changes of a commit or none', async () => {
      await rows.commit(partition, [insert('existing', 1)]);
      const changes: Change[] = [
        insert('first', 1),
        { op: 'put', key: 'put', value: 2 },
        insert('existing', 3),
      ];
      await assert.rejects(rows.commit(partition, changes), conflict);
      assert.equal(await rows.get(partition, 'first'), undefined);
      assert.equal(await rows.get(partition, 'put'), undefined);
      assert.equal((await rows.get(partition, 'existing'))?.value, 1);
    });

    it('replaces and deletes only the version that was read', async () => {
      await rows.commit(partition, [insert('row', 1)]);
      const old = (await rows.get(partition, 'row'))!.version;
      await rows.commit(partition, [{ op: 'replace', key: 'row', value: 2, version: old }]);
      await assert.rejects(
        rows.commit(partition, [{ op: 'replace', key: 'row', value: 3, version: old }]),
        conflict,
      );
      await assert.rejects(
        rows.commit(partition, [insert('other', 1), { op: 'delete', key: 'row', version: old }]),
        conflict,
      );
      assert.equal(await rows.get(partition, 'other'), undefined);
      const { value, version } = (await rows.get(partition, 'row'))!;
      assert.equal(value, 2);
      await rows.commit(partition, [insert('other', 1), { op: 'delete', key: 'row', version }]);
      assert.equal(await rows.get(partition, 'row'), undefined);
    });

    it('without a version changes any current row, and conflicts where there is none', async () => {
      await assert.rejects(rows.commit(partition, [{ op: 'replace', key: 'row', value: 1 }]), conflict);
      await assert.rejects(rows.commit(partition, [{ op: 'delete', key: 'row' }]), conflict);
      await rows.commit(partition, [{ op: 'put', key: 'row', value: { long: 'x'.repeat(90_000) } }]);
      await rows.commit(partition, [{ op: 'put', key: 'row', value: 2 }]);
      assert.equal((await rows.get(partition, 'row'))?.value, 2);
      await rows.commit(partition, [{ op: 'replace', key: 'row', value: 3 }]);
      assert.equal((await rows.get(partition, 'row'))?.value, 3);
      await rows.commit(partition, [{ op: 'delete', key: 'row' }]);
      assert.equal(await rows.get(partition, 'row'), undefined);
    });

    it('lets one of two writers of one version win', async () => {
      await rows.commit(partition, [insert('row', 0)]);
      const { version } = (await rows.get(partition, 'row'))!;
      const outcomes = await Promise.allSettled(
        [1, 2, 3, 4].map((value) => rows.commit(partition, [{ op: 'replace', key: 'row', value, version }])),
      );
      assert.equal(outcomes.filter((outcome) => outcome.status === 'fulfilled').length, 1);
      for (const outcome of outcomes) if (outcome.status === 'rejected') assert.ok(conflict(outcome.reason));
    });

    it('lists a range in key order, cut at its ends', async () => {
      const scattered = ['b|2', 'b|1', 'a|9', 'b|10', 'c|0', 'b|', 'B|1', 'b|1|x'];
      await rows.commit(
        partition,
        scattered.map((key) => insert(key, key)),
      );
      assert.deepEqual(await keys('b|'), ['b|', 'b|1', 'b|10', 'b|1|x', 'b|2']);
      const { rows: some } = await rows.range(partition, { from: 'b|1', to: 'b|2', limit: 10 });
      assert.deepEqual(
        some.map((row) => row.key),
        ['b|1', 'b|10', 'b|1|x'],
      );
    });

    it('lists all that begins with a prefix, whatever it goes on with', async () => {
      const found = ['hy', 'hyaa', 'hy~', 'hyä', 'hyödyt', 'hy\ue000', 'hy😀'].map((word) => `word|${word}`);
      const beside = ['word|h', 'word|hz', 'word|hö', 'x|hy'];
      await rows.commit(
        partition,
        [...found, ...beside].map((key) => insert(key, key)),
      );
      assert.deepEqual((await keys('word|hy')).sort(), found.sort());
      assert.deepEqual(await keys('word|hyö'), ['word|hyödyt']);
      assert.deepEqual(await keys('word|hy😀'), ['word|hy😀']);
      const first = await rows.range(partition, prefixRange('word|hy', 4));
      const second = await rows.range(partition, prefixRange('word|hy', 4, first.rows.at(-1)!.key));
      assert.deepEqual([...first.rows, ...second.rows].map((row) => row.key).sort(), found);
    });

    it('has nothing under a key that could not be stored', async () => {
      for (const key of [
        'a/b',
        'a/../b',
        'a\\b',
        'a#b',
        'a?b',
        'a\nb',
        'a\u0085',
        '\ud800',
        '',
        'x'.repeat(513),
      ])
        assert.equal(await rows.get(partition, key), undefined);
    });

    it('pages by key, saying honestly whether more follows, one trip a page', async () => {
      const all = Array.from({ length: 7 }, (_, index) => `page|${index}`);
      await rows.commit(
        partition,
        [...all, 'pagf|0'].map((key) => insert(key, key)),
      );
      trips = 0;
      const first = await rows.range(partition, prefixRange('page|', 3));
      const second = await rows.range(partition, prefixRange('page|', 3, first.rows.at(-1)!.key));
      const third = await rows.range(partition, prefixRange('page|', 1, second.rows.at(-1)!.key));
      assert.deepEqual(
        [...first.rows, ...second.rows, ...third.rows].map((row) => row.key),
        all,
      );
      assert.deepEqual([first.more, second.more, third.more], [true, true, false]);
      assert.equal(trips, 3);
    });

    it('reads beyond 1,000 rows with one trip for each 1,000', async () => {
      const all = Array.from({ length: 1_150 }, (_, index) => `many|${String(index).padStart(5, '0')}`);
      for (let start = 0; start < all.length; start += 100)
        await rows.commit(
          partition,
          all.slice(start, start + 100).map((key) => insert(key, 1)),
        );
      trips = 0;
      const whole = await rows.range(partition, prefixRange('many|', 2_000));
      assert.deepEqual(
        whole.rows.map((row) => row.key),
        all,
      );
      assert.equal(whole.more, false);
      assert.equal(trips, 2);
      const cut = await rows.range(partition, prefixRange('many|', 1_100));
      assert.equal(cut.rows.length, 1_100);
      assert.equal(cut.more, true);
    });

    it('takes no changes as nothing to do, and a mistake of the programmer as an error', async () => {
      await rows.commit(partition, []);
      assert.equal(trips, 0);
      const hundred = Array.from({ length: 100 }, (_, index) => insert(`k${index}`, index));
      await assert.rejects(rows.commit(partition, [...hundred, insert('k100', 1)]), /at most 100/);
      await assert.rejects(rows.commit(partition, [insert('k', 1), insert('k', 2)]), /each key once/);
      for (const key of ['a/b', 'a\\b', 'a#b', 'a?b', 'a\nb', '', 'x'.repeat(513)])
        await assert.rejects(rows.commit(partition, [insert(key, 1)]), /not a row key/);
      await assert.rejects(rows.commit(partition, [insert('k', undefined)]), /no value/);
      assert.equal(trips, 0);
      await rows.commit(partition, hundred);
      assert.equal(trips, 1);
    });
  });
}
