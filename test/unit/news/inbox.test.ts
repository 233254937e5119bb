import assert from 'node:assert/strict';
import { newsPresence } from '../../../src/news/presence.js';
import { newsStore, type NewsStore } from '../../../src/news/store.js';
import type { NewsItem } from '../../../src/news/types.js';
import { countViews, newsViews, viewGroups, type NewsView } from '../../../src/news/views.js';
import { newsWaitingGroups } from '../../../src/news/waiting.js';
import type { Actor } from '../../../src/platform/actor.js';
import type { NewsId, PersonId } from '../../../src/platform/ids.js';
import { jsonLog } from '../../../src/platform/log.js';
import { waitingIndex } from '../../../src/platform/waiting-index.js';
import {
  coordinator,
  newsWorld,
  otherCoordinator,
  submission,
  swedishText,
  worker,
  type NewsWorld,
} from '../../make.js';
import { readablePartition } from '../../world/partition.js';

describe('the inbox', () => {
  let world: NewsWorld;
  let store: NewsStore;
  let count = 0;

  beforeEach(() => {
    world = newsWorld();
    store = newsStore(readablePartition(world.rows));
  });

  async function submitted(who: Actor = worker): Promise<NewsItem> {
    count += 1;
    world.clock.forward({ minutes: 1 });
    return (await world.news.submit(who, submission({ formId: `form-inbox-${String(count)}` }))).item;
  }

  const shown = async (view: NewsView, more: object = {}): Promise<readonly NewsId[]> =>
    (await store.list({ view, ...more }, 30)).lines.map(({ id }) => id);

  const viewsOf = async (id: NewsId): Promise<readonly NewsView[]> => {
    const found = await Promise.all(
      newsViews.map(async (view) => ((await shown(view)).includes(id) ? [view] : [])),
    );
    return found.flat();
  };

  it('has each item in one view, the one that says what is to be done with it', async () => {
    const { id } = await submitted();
    assert.deepEqual(await viewsOf(id), ['new']);
    await world.news.requestChanges(coordinator, id, 'Mistä kunnasta on kyse?');
    assert.deepEqual(await viewsOf(id), ['inWork']);
    await world.news.reopen(coordinator, id);
    await world.news.accept(coordinator, id);
    // It has no Swedish text yet.
    assert.deepEqual(await viewsOf(id), ['inWork']);
    await world.news.edit(coordinator, id, 'sv', swedishText, 0);
    assert.deepEqual(await viewsOf(id), ['inWork']);
    await world.news.ready(coordinator, id, 'sv');
    assert.deepEqual(await viewsOf(id), ['ready']);
    const { id: rejected } = await submitted();
    await world.news.reject(coordinator, rejected, 'Sama uutinen tuli jo.');
    assert.deepEqual(await viewsOf(rejected), ['archive']);
    const { id: withdrawn } = await submitted();
    await world.news.withdraw(worker, withdrawn);
    assert.deepEqual(await viewsOf(withdrawn), ['archive']);
  });

  it('shows first what moved last: what was submitted again comes up, and says so', async () => {
    const first = await submitted();
    const second = await submitted();
    assert.deepEqual(await shown('new'), [second.id, first.id]);
    await world.news.requestChanges(coordinator, first.id, 'Kerro lisää.');
    const [asked] = (await store.list({ view: 'inWork' }, 30)).lines;
    assert.equal(asked?.asked, 'Kerro lisää.');
    world.clock.forward({ minutes: 1 });
    await world.news.resubmit(worker, first.id);
    assert.deepEqual(await shown('new'), [first.id, second.id]);
    const [again, other] = (await store.list({ view: 'new' }, 30)).lines;
    assert.deepEqual([again?.isResubmitted, other?.isResubmitted], [true, undefined]);
    assert.deepEqual(again?.audiences, ['residents']);
  });

  it('keeps the place of an item while a coordinator writes in it, and lifts what its author changed', async () => {
    const first = await submitted();
    const second = await submitted();
    await world.news.startReview(coordinator, second.id);
    world.clock.forward({ minutes: 1 });
    await world.news.startReview(coordinator, first.id);
    world.clock.forward({ minutes: 5 });
    await world.news.edit(coordinator, second.id, 'sv', swedishText, 0);
    assert.deepEqual(await shown('inWork'), [first.id, second.id]);
    await world.news.edit(worker, second.id, 'en', { ...swedishText, title: 'Elma gives advice' }, 0);
    assert.deepEqual(await shown('inWork'), [second.id, first.id]);
  });

  it('narrows a view by project, missing language and who takes care of an item, each in one trip', async () => {
    const mine = await submitted();
    const others = await submitted();
    await world.news.assign(coordinator, mine.id, coordinator.id);
    await world.news.assign(coordinator, others.id, otherCoordinator.id);
    const before = world.trips();
    assert.deepEqual(await shown('new', { assigneeId: coordinator.id }), [mine.id]);
    assert.equal(world.trips() - before, 1);
    assert.deepEqual(await shown('new', { missing: 'sv', projectId: mine.projectId }), [others.id, mine.id]);
    assert.deepEqual(await shown('new', { missing: 'fi' }), []);
    await world.news.assign(otherCoordinator, mine.id, null);
    assert.deepEqual(await shown('new', { assigneeId: coordinator.id }), []);
  });

  it('assigns to those who review alone, and says in the trail who did so', async () => {
    const { id } = await submitted();
    for (const nobody of [worker.id, 'stranger' as PersonId])
      await assert.rejects(world.news.assign(coordinator, id, nobody), { code: 'input.invalid' });
    await assert.rejects(world.news.assign(worker, id, worker.id), { code: 'permission.denied' });
    const { item } = await world.news.assign(coordinator, id, otherCoordinator.id);
    assert.equal(item.assignee?.name, otherCoordinator.name);
    const again = await world.news.assign(coordinator, id, otherCoordinator.id);
    assert.equal(again.item.auditCount, item.auditCount);
    const [entry] = (await world.news.audit(coordinator, id)).lines;
    assert.deepEqual(entry?.event, {
      action: 'assign',
      to: { id: otherCoordinator.id, name: otherCoordinator.name },
    });
    assert.equal(entry.by?.id, coordinator.id);
  });

  it('gives an item back to whoever had it, by an undo', async () => {
    const { id } = await submitted();
    await world.news.assign(coordinator, id, otherCoordinator.id);
    const { undo = 0 } = await world.news.assign(coordinator, id, coordinator.id);
    const { item: undone } = await world.news.undo(coordinator, id, undo);
    assert.equal(undone.assignee?.name, otherCoordinator.name);
  });

  it('counts its views from the index of what waits, without a scan and with no row that all writers share', async () => {
    const index = waitingIndex({
      partition: readablePartition(world.rows),
      groups: [...newsWaitingGroups(store), ...viewGroups(store)],
      clock: world.clock,
      log: jsonLog(() => undefined),
    });
    await index.prepare();
    await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        world.news.submit(worker, submission({ formId: `form-count-${String(number)}` })),
      ),
    );
    const lines = (await store.list({ view: 'new' }, 30)).lines;
    await Promise.all(lines.slice(0, 5).map(({ id }) => world.news.startReview(coordinator, id)));
    const before = world.trips();
    const counts = await countViews(store, await index.read());
    assert.equal(world.trips() - before, 1);
    assert.deepEqual(counts, {
      new: { count: 15, more: false },
      inWork: { count: 5, more: false },
      ready: { count: 0, more: false },
    });
  });

  it('puts an item from before into its view, once, whatever happens to it meanwhile', async () => {
    const { id } = await submitted();
    const found = await store.find(id);
    assert.ok(found);
    await world.news.startReview(coordinator, id);
    await assert.rejects(world.commit(store.relist(found)), { code: 'storage.conflict' });
    const now = await store.find(id);
    assert.ok(now);
    await world.commit(store.relist(now));
    assert.deepEqual(await viewsOf(id), ['inWork']);
  });

  it('takes news that a coordinator heard, with its source', async () => {
    const { item } = await world.news.submit(
      coordinator,
      submission({ formId: 'form-heard-1', source: 'Sähköposti Maijalta' }),
    );
    assert.equal(item.source, 'Sähköposti Maijalta');
    const again = await world.news.submit(coordinator, submission({ formId: 'form-heard-1' }));
    assert.deepEqual([again.item.id, again.created], [item.id, false]);
  });
});

describe('who is at the desk', () => {
  let world: NewsWorld;
  let presence: ReturnType<typeof newsPresence>;

  beforeEach(() => {
    world = newsWorld();
    const { outbox, clock } = world;
    presence = newsPresence({ partition: readablePartition(world.rows), outbox, clock });
  });

  it('is seen with what changed, in one trip a poll', async () => {
    const { item } = await world.news.submit(worker, submission());
    const before = world.trips();
    await presence.note(coordinator, { newsId: item.id, isTyping: true, language: 'sv' });
    assert.equal(world.trips() - before, 1);
    const now = await presence.read(coordinator);
    assert.equal(world.trips() - before, 2);
    assert.deepEqual(
      now.present.map(({ person, newsId, isTyping, language }) => [person.name, newsId, isTyping, language]),
      [[coordinator.name, item.id, true, 'sv']],
    );
    assert.deepEqual(now.changes, [{ id: item.id, at: item.changedAt }]);
  });

  it('shows the changes newest first, one for each item', async () => {
    const first = (await world.news.submit(worker, submission())).item;
    world.clock.forward({ minutes: 1 });
    const second = (await world.news.submit(worker, submission({ formId: 'form-0002' }))).item;
    world.clock.forward({ minutes: 1 });
    await world.news.startReview(coordinator, first.id);
    const { changes } = await presence.read(coordinator);
    assert.deepEqual(
      changes.map(({ id }) => id),
      [first.id, second.id],
    );
  });

  it('forgets who has gone, keeps for themselves when they were here, and takes their rows away in time', async () => {
    const { item } = await world.news.submit(worker, submission());
    await presence.note(coordinator, { newsId: item.id, isTyping: false, since: world.clock.iso() });
    world.clock.forward({ seconds: 31 });
    assert.deepEqual((await presence.read(coordinator)).present, []);
    world.clock.forward({ days: 30 });
    assert.ok((await presence.read(coordinator)).me?.since);
    assert.equal((await presence.read(otherCoordinator)).me, undefined);
    world.clock.forward({ days: 61 });
    await presence.read(coordinator);
    const before = world.trips();
    assert.equal((await presence.read(coordinator)).me, undefined);
    assert.equal(world.trips() - before, 1);
  });
});
