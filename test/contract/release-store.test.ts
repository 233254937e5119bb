import assert from 'node:assert/strict';
import type { NewsId, ReleaseId } from '../../src/platform/ids.js';
import type { Release } from '../../src/releases/types.js';
import type { IntranetPage } from '../../src/adapters/local-intranet/html.js';
import { intranetStore } from '../../src/adapters/local-intranet/store.js';
import { releaseStore } from '../../src/releases/store.js';
import { partitionOf } from '../../src/platform/partition.js';
import type { Rows } from '../../src/platform/rows.js';
import { handClock } from '../world/clock.js';
import { keptLog, rejectsWith } from '../world/outbox.js';
import { makeQueueAndRows } from '../world/storage.js';

const by = { id: 'kaisa', name: 'Kaisa' } as never;
const approval = { at: '2026-11-23T08:00:00Z', by, revisions: { fi: 1 } };

function draft(number: number): Release {
  const id = String(number).padStart(26, '0') as ReleaseId;
  const at = `2026-11-23T08:00:${String(number).padStart(2, '0')}Z`;
  return {
    id,
    channel: 'intranet',
    newsId: 'news' as NewsId,
    own: {},
    shown: { titles: {}, notReady: ['fi', 'sv'] },
    createdAt: at,
    state: { status: 'draft', at },
    plans: 0,
    auditCount: 1,
  };
}

function scheduled(release: Release, due: string): Release {
  const message = `m-${release.id}` as never;
  return { ...release, state: { status: 'scheduled', at: due, by, approval, due, message }, auditCount: 2 };
}

const created = { number: 1, at: '2026-11-23T08:00:00Z', by, event: { action: 'create' } } as const;

for (const [name, make] of Object.entries(makeQueueAndRows)) {
  describe(`Release store on ${name}`, function () {
    this.timeout(60_000);
    let rows: Rows;
    const store = () => releaseStore(partitionOf(rows, 'programme', keptLog()));

    beforeEach(async () => {
      ({ rows } = await make(handClock()));
    });

    const insert = async (release: Release): Promise<void> => {
      await rows.commit('programme', store().insert(release, [created]));
    };

    const replace = async (id: ReleaseId, change: (release: Release) => Release): Promise<void> => {
      const before = await store().find(id);
      assert.ok(before);
      const audit = [{ ...created, number: 2 }];
      await rows.commit('programme', store().replace(before, change(before.value), audit));
    };

    it('gives back what was stored, once for each id', async () => {
      await insert(draft(1));
      assert.deepEqual((await store().find(draft(1).id))?.value, draft(1));
      assert.equal(await store().find(draft(2).id), undefined);
      await rejectsWith(insert(draft(1)), 'storage.conflict');
      assert.deepEqual((await store().audit.page(draft(1).id, 1)).lines, [created]);
      assert.deepEqual(await store().audit.entry(draft(1).id, 1), created);
    });

    it('refuses to replace what was changed since it was read', async () => {
      await insert(draft(1));
      const before = await store().find(draft(1).id);
      assert.ok(before);
      await replace(draft(1).id, (release) => ({ ...release, auditCount: 2 }));
      const late = store().replace(before, { ...before.value, auditCount: 2 }, []);
      await rejectsWith(rows.commit('programme', late), 'storage.conflict');
    });

    it('returns a long trail whole, in pages, newest first', async () => {
      await insert(draft(1));
      for (let from = 2; from <= 300; from += 90) {
        const before = await store().find(draft(1).id);
        assert.ok(before);
        const audit = Array.from({ length: 90 }, (_, index) => ({ ...created, number: from + index }));
        await rows.commit('programme', store().replace(before, before.value, audit));
      }
      const numbers: number[] = [];
      let after: string | undefined;
      do {
        const page = await store().audit.page(draft(1).id, 361, after);
        numbers.push(...page.lines.map(({ number }) => number));
        after = page.next;
      } while (after !== undefined);
      assert.deepEqual(
        numbers,
        Array.from({ length: 361 }, (_, index) => 361 - index),
      );
      assert.equal((await store().audit.entry(draft(1).id, 300))?.number, 300);
    });

    it('pages the queue by key, and moves a line where its state belongs', async () => {
      for (const number of [3, 1, 2]) await insert(draft(number));
      const first = await store().queue(2);
      const second = await store().queue(2, first.next);
      assert.deepEqual(
        [...first.lines, ...second.lines].map(({ id }) => id),
        [1, 2, 3].map((number) => draft(number).id),
      );
      assert.equal(second.next, undefined);
      await replace(draft(3).id, (release) => scheduled(release, '2026-12-01T07:00:00Z'));
      assert.deepEqual(
        (await store().queue(9)).lines.map(({ id }) => id),
        [draft(3).id, draft(1).id, draft(2).id],
      );
    });

    it('has a line under its Helsinki day, and only there', async () => {
      await insert(draft(1));
      await replace(draft(1).id, (release) => scheduled(release, '2026-11-30T22:30:00Z'));
      assert.deepEqual((await store().days('2026-11-30', '2026-11-30')).length, 0);
      assert.deepEqual(
        (await store().days('2026-12-01', '2026-12-01')).map(({ id }) => id),
        [draft(1).id],
      );
    });

    it('archives newest first', async () => {
      for (const number of [1, 2]) {
        await insert(draft(number));
        const at = `2026-12-0${number}T08:00:00Z`;
        await replace(draft(number).id, (release) => ({
          ...release,
          state: { status: 'cancelled', at, by },
        }));
      }
      const { lines, next } = await store().archive(1);
      assert.deepEqual(
        lines.map(({ id }) => id),
        [draft(2).id],
      );
      assert.deepEqual(
        (await store().archive(1, next)).lines.map(({ id }) => id),
        [draft(1).id],
      );
      assert.deepEqual((await store().queue(9)).lines, []);
    });
  });

  describe(`Intranet store on ${name}`, function () {
    this.timeout(60_000);
    let rows: Rows;
    const store = () => intranetStore(partitionOf(rows, 'programme', keptLog()));
    const page = (number: number): IntranetPage => ({
      releaseId: draft(number).id,
      language: 'fi',
      title: `Tiedote ${number}`,
      lead: '',
      body: 'Teksti',
      publishedAt: `2026-12-0${number}T08:00:00Z`,
      updatedAt: `2026-12-0${number}T08:00:00Z`,
    });

    beforeEach(async () => {
      ({ rows } = await make(handClock()));
    });

    it('publishes once, and over the version that was read', async () => {
      await store().publish([{ page: page(1) }]);
      await rejectsWith(store().publish([{ page: page(1) }]), 'storage.conflict');
      const before = (await store().pages(draft(1).id)).fi;
      assert.ok(before);
      const newer = { ...page(1), title: 'Uusi', updatedAt: '2026-12-05T08:00:00Z' };
      await store().publish([{ page: newer, before }]);
      await rejectsWith(store().publish([{ page: newer, before }]), 'storage.conflict');
      assert.deepEqual((await store().pages(draft(1).id)).fi?.page, newer);
      assert.deepEqual((await store().list('fi', 9)).lines, [newer]);
    });

    it('keeps a page that was taken down at its address, and out of the list', async () => {
      for (const number of [1, 2]) await store().publish([{ page: page(number) }]);
      const before = (await store().pages(draft(1).id)).fi;
      assert.ok(before);
      await store().takeDown([before], '2026-12-06T08:00:00Z');
      await rejectsWith(store().takeDown([before], '2026-12-06T08:00:00Z'), 'storage.conflict');
      assert.deepEqual((await store().pages(draft(1).id)).fi?.page, {
        ...page(1),
        takenDownAt: '2026-12-06T08:00:00Z',
      });
      assert.deepEqual((await store().list('fi', 9)).lines, [page(2)]);
      const now = (await store().pages(draft(1).id)).fi;
      await store().publish([{ page: page(1), ...(now && { before: now }) }]);
      assert.deepEqual((await store().list('fi', 9)).lines, [page(2), page(1)]);
    });

    it('lists a language newest first, by pages', async () => {
      for (const number of [1, 3, 2]) await store().publish([{ page: page(number) }]);
      const first = await store().list('fi', 2);
      const second = await store().list('fi', 2, first.next);
      assert.deepEqual(
        [...first.lines, ...second.lines].map(({ title }) => title),
        ['Tiedote 3', 'Tiedote 2', 'Tiedote 1'],
      );
      assert.deepEqual((await store().list('sv', 2)).lines, []);
      assert.deepEqual(await store().pages(draft(9).id), {});
    });
  });
}
