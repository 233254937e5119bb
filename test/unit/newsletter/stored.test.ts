import assert from 'node:assert/strict';
import type { IssueId } from '../../../src/platform/ids.js';
import { newsletterStore } from '../../../src/newsletter/store.js';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import { readablePartition } from '../../world/partition.js';

const at = '2026-11-20T08:00:00Z';
const by = { id: 'kaisa', name: 'Kaisa' };
const id = 'i1' as IssueId;
const deadline = '2026-12-25';
const story = { id: 's1', newsId: 'n1', projectId: 'elma', weight: 2, addedAt: at, own: {}, notice: 'm1' };
const approval = { approvedAt: at, approvedBy: by, pins: { s1: { fi: 1, sv: 1 } }, waivers: [] };

/** Rows as version 1 wrote them. */
const old: Readonly<Record<string, unknown>> = {
  'issue|i1|issue': {
    id,
    number: 1,
    is: { state: 'approved', ...approval },
    deadline,
    openedAt: at,
    auditCount: 3,
    lead: 's1',
  },
  'issue|i1|story|s1': story,
  'issue-line|999998': { id, number: 1, state: 'approved', deadline, storyCount: 1 },
  'issue-audit|i1|000001': { number: 1, at, by, did: { action: 'open' } },
  'issue-audit|i1|000002': {
    number: 2,
    at,
    by,
    did: { action: 'weigh', storyId: 's1' },
    before: { shape: { is: { state: 'collecting' }, deadline }, story },
  },
  'issue-audit|i1|000003': {
    number: 3,
    at,
    by,
    did: { action: 'editWords', storyId: 's1', language: 'fi' },
    before: { shape: { is: { state: 'approved', ...approval }, deadline, lead: 's1' } },
  },
};

describe('stored newsletter of version 1', () => {
  it('reads as issues, stories, lines and audit entries of today', async () => {
    const rows = new MemoryRows();
    const changes = Object.entries(old).map(([key, value]) => ({ op: 'put', key, value }) as const);
    await rows.commit('test', changes);
    const store = newsletterStore(readablePartition(rows));
    const found = await store.find(id);
    const state = { status: 'approved', ...approval };
    assert.deepEqual(found?.value, {
      id,
      number: 1,
      state,
      deadline,
      openedAt: at,
      auditCount: 3,
      lead: 's1',
      byWeight: true,
      stories: [story],
    });
    assert.deepEqual(await store.lines(1), [{ id, number: 1, status: 'approved', deadline, storyCount: 1 }]);
    assert.deepEqual([...(await store.audit.page(id, 3)).lines].reverse(), [
      { number: 1, at, by, event: { action: 'open' } },
      {
        number: 2,
        at,
        by,
        event: { action: 'setWeight', storyId: 's1' },
        before: { shape: { state: { status: 'collecting' }, deadline }, story },
      },
      {
        number: 3,
        at,
        by,
        event: { action: 'editText', storyId: 's1', language: 'fi' },
        before: { shape: { state, deadline, lead: 's1' } },
      },
    ]);
  });
});
