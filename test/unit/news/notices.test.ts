import assert from 'node:assert/strict';
import { newsNoticeNames, newsNotices, type NewsNotice } from '../../../src/news/notices.js';
import { newsStates, type NewsItem, type NewsState, type NewsUse } from '../../../src/news/types.js';
import type { IssueId, NewsId, ReleaseId } from '../../../src/platform/ids.js';
import { handClock } from '../../world/clock.js';
import { coordinator, newsWorld, submission, worker } from '../../make.js';

const clock = handClock('2026-11-23T08:00:00Z');
const at = clock.iso();
const by = { id: coordinator.id, name: coordinator.name };
const urls = { fi: 'https://intranet.example.org/elma' };

/** All that an item can be when a notice about it is about to be shown. */
const states = {
  submitted: [{ status: 'submitted', at }],
  inReview: [{ status: 'inReview', at, by }],
  changesRequested: [{ status: 'changesRequested', at, by, note: 'Missä?' }],
  'changesRequested otherwise': [{ status: 'changesRequested', at, by, note: 'Milloin?' }],
  accepted: [{ status: 'accepted', at, by }],
  placed: [
    { status: 'accepted', at, by },
    { in: 'newsletter', id: 'issue' as IssueId, number: 4, at },
  ],
  'placed otherwise': [
    { status: 'accepted', at, by },
    { in: 'newsletter', id: 'next' as IssueId, number: 5, at },
  ],
  published: [
    { status: 'accepted', at, by },
    { in: 'release', id: 'release' as ReleaseId, channel: 'intranet', at, outAt: at, urls },
  ],
  'taken down': [
    { status: 'accepted', at, by },
    { in: 'release', id: 'release' as ReleaseId, channel: 'intranet', at },
  ],
  rejected: [{ status: 'rejected', at, by, reason: 'Jo kerrottu' }],
  'rejected otherwise': [{ status: 'rejected', at, by, reason: 'Kuuluu toisaalle' }],
  withdrawn: [{ status: 'withdrawn', at }],
} as const satisfies Readonly<Record<string, readonly [NewsState, ...NewsUse[]]>>;
type StateName = keyof typeof states;

const newsId = 'news' as NewsId;
const all = Object.keys(states) as readonly StateName[];

/** Each notice, and where it is still true. */
const table: Readonly<Record<NewsNotice['about'], readonly [NewsNotice, readonly StateName[]]>> = {
  newsAccepted: [
    { about: 'newsAccepted', newsId },
    ['accepted', 'placed', 'placed otherwise', 'published', 'taken down'],
  ],
  changesRequested: [{ about: 'changesRequested', newsId, note: 'Missä?' }, ['changesRequested']],
  newsRejected: [{ about: 'newsRejected', newsId, reason: 'Jo kerrottu' }, ['rejected']],
  newsNote: [{ about: 'newsNote', newsId, note: 'Kiitos', from: 'Kaisa' }, all],
  newsPlaced: [{ about: 'newsPlaced', newsId, issueNumber: 4 }, ['placed']],
  newsPublished: [{ about: 'newsPublished', newsId, urls, releaseId: 'release' as ReleaseId }, ['published']],
  newsUrgent: [{ about: 'newsUrgent', newsId }, ['submitted', 'inReview']],
  newsCurrent: [{ about: 'newsCurrent', newsId }, all],
};

describe('a notice about news', () => {
  let submitted: NewsItem;
  before(async () => {
    submitted = (await newsWorld().news.submit(worker, submission({ urgent: true }))).item;
  });

  function stillTrue(notice: NewsNotice, item: NewsItem | undefined, hasCard = false) {
    const cards = { any: () => Promise.resolve(hasCard), keep: () => Promise.resolve() };
    const store = { find: () => Promise.resolve(item && { value: item }) };
    const kind = newsNotices({ cards, store, clock }).find(({ kind: name }) => name === notice.about);
    assert.ok(kind?.stillTrue);
    return kind.stillTrue(notice);
  }
  function itemIn(state: StateName): NewsItem {
    const [is, ...uses] = states[state];
    return { ...submitted, state: is, uses };
  }

  it('is here in every kind, over every state', () => {
    assert.deepEqual(Object.keys(table).sort(), [...newsNoticeNames].sort());
    assert.deepEqual([...new Set(all.map((name) => states[name][0].status))].sort(), [...newsStates].sort());
  });

  for (const [about, [notice, where]] of Object.entries(table)) {
    for (const state of all)
      it(`${about} is ${where.includes(state) ? 'shown' : 'dropped'} where the item is ${state}`, async () => {
        assert.equal(await stillTrue(notice, itemIn(state)), where.includes(state));
      });
    // The card of the two that are true of every item finds out that there is none.
    if (where.length < all.length)
      it(`${about} is dropped where there is no item any more`, async () => {
        assert.equal(await stillTrue(notice, undefined), false);
      });
  }

  it('newsPublished of before, which does not name its release, is shown: its item may not say when it was out', async () => {
    assert.equal(await stillTrue({ about: 'newsPublished', newsId, urls }, itemIn('taken down')), true);
  });

  for (const about of ['newsAccepted', 'newsPlaced'] as const)
    it(`${about} is dropped where a card says it`, async () => {
      const [notice, [where = 'accepted']] = table[about];
      assert.equal(await stillTrue(notice, itemIn(where), true), false);
    });
});
