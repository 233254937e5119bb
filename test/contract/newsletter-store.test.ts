import assert from 'node:assert/strict';
import type { NewsId, PersonId, ProjectId } from '../../src/platform/ids.js';
import {
  issueId,
  storyId,
  type IssueAuditEntry,
  type Story,
  type WholeIssue,
} from '../../src/newsletter/types.js';
import { newsletterStore, type NewsletterStore } from '../../src/newsletter/store.js';
import type { Rows } from '../../src/platform/rows.js';
import { handClock } from '../world/clock.js';
import { rejectsWith } from '../world/outbox.js';
import { readablePartition } from '../world/partition.js';
import { makeQueueAndRows } from '../world/storage.js';

const at = '2026-11-23T08:00:00Z';

function issue(number: number, more: Partial<WholeIssue> = {}): WholeIssue {
  const is = { status: 'collecting' } as const;
  return {
    id: issueId(number),
    number,
    state: is,
    deadline: '2026-12-25',
    openedAt: at,
    auditCount: 1,
    stories: [],
    ...more,
  };
}

function story(name: string, more: Partial<Story> = {}): Story {
  const newsId = name as NewsId;
  const projectId = 'elma' as ProjectId;
  return { id: storyId(issueId(1), newsId), newsId, projectId, weight: 2, addedAt: at, own: {}, ...more };
}

const kaisa = { id: 'kaisa' as PersonId, name: 'Kaisa' };
const opened: IssueAuditEntry = {
  number: 1,
  at,
  by: kaisa,
  event: { action: 'open' },
};

for (const [name, make] of Object.entries(makeQueueAndRows)) {
  describe(`Newsletter store on ${name}`, function () {
    this.timeout(60_000);
    let rows: Rows;
    let store: NewsletterStore;

    beforeEach(async () => {
      ({ rows } = await make(handClock()));
      store = newsletterStore(readablePartition(rows, 'programme'));
    });

    const insert = (number: number, stories: readonly Story[] = []): Promise<void> =>
      rows.commit('programme', store.write({ value: issue(number) }, issue(number, { stories }), [opened]));
    const found = async () => (await store.find(issueId(1))) ?? assert.fail('no issue');

    it('gives an issue back with its stories, and nothing of another', async () => {
      const words = { title: 'Åäö 👩🏽‍⚕️', lead: '${x}', body: 'a'.repeat(8000) };
      const own = { fi: { ...words, basedOn: 2, by: kaisa, at } };
      const stories = [story('yksi', { own }), story('kaksi', { weight: 3 })];
      await insert(1, stories);
      await insert(2);
      const whole = await found();
      assert.deepEqual({ ...whole.value, stories: [] }, issue(1));
      const byId = (one: Story, other: Story): number => (one.id < other.id ? -1 : 1);
      assert.deepEqual([...whole.value.stories].sort(byId), [...stories].sort(byId));
      assert.deepEqual((await store.find(issueId(2)))?.value.stories, []);
      assert.equal(await store.find(issueId(3)), undefined);
    });

    it('opens an issue once', async () => {
      await insert(1);
      await rejectsWith(insert(1), 'storage.conflict');
    });

    it('writes and takes out stories with the issue, or nothing at all', async () => {
      await insert(1, [story('yksi'), story('kaksi')]);
      const before = await found();
      const next = issue(1, { auditCount: 2, stories: [story('kolme'), story('kaksi', { weight: 1 })] });
      const write = () => store.write(before, next, [{ ...opened, number: 2 }]);
      await rows.commit('programme', write());
      const after = await found();
      assert.deepEqual(after.value.stories.map(({ newsId, weight }) => `${newsId} ${weight}`).sort(), [
        'kaksi 1',
        'kolme 2',
      ]);
      await rejectsWith(rows.commit('programme', write()), 'storage.conflict');
    });

    it('notices a touch', async () => {
      await insert(1);
      const before = await found();
      await rows.commit('programme', [store.touch(before)]);
      assert.deepEqual((await found()).value, before.value);
      await rejectsWith(rows.commit('programme', [store.touch(before)]), 'storage.conflict');
    });

    it('lists issues newest first, in their current state', async () => {
      for (const number of [1, 2, 10]) await insert(number);
      const before = await found();
      const stories = Array.from({ length: 7 }, (_, index) => story(String(index)));
      const next = issue(1, { deadline: '2027-01-08', stories });
      await rows.commit('programme', store.write(before, next, []));
      const lines = await store.lines(100);
      assert.deepEqual(
        lines.map(({ number, storyCount, deadline }) => [number, storyCount, deadline]),
        [
          [10, 0, '2026-12-25'],
          [2, 0, '2026-12-25'],
          [1, 7, '2027-01-08'],
        ],
      );
      assert.deepEqual(
        (await store.lines(1)).map(({ number }) => number),
        [10],
      );
    });

    it('keeps each audit entry under its number', async () => {
      await insert(1);
      assert.deepEqual(await store.audit.entry(issueId(1), 1), opened);
      assert.equal(await store.audit.entry(issueId(1), 2), undefined);
    });

    it('holds an approved issue of 200 stories', async () => {
      const ids = Array.from({ length: 200 }, (_, index) => storyId(issueId(1), `news-${index}` as NewsId));
      const pins = Object.fromEntries(ids.map((id) => [id, { fi: 12, sv: 7 }]));
      const is = { status: 'approved', approvedAt: at, approvedBy: kaisa, pins, waivers: [] } as const;
      const layout = [
        { id: 'top', stories: ids.slice(0, 1) },
        { id: 'own-1', heading: { own: { fi: 'Tulossa', sv: 'På gång' } }, stories: ids.slice(1, 100) },
        { id: 'elma', heading: { projectId: 'elma' as ProjectId }, stories: ids.slice(100) },
      ];
      const arrangement = { projects: ['elma' as ProjectId], stories: ids, layout };
      const approved = issue(1, { state: is, arrangement });
      await rows.commit('programme', store.write({ value: issue(1) }, approved, []));
      assert.deepEqual((await found()).value, approved);
    });
  });
}
