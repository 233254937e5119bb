import assert from 'node:assert/strict';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import { makeBigRoom, programmePartition } from '../../../src/compose.js';
import { overviewOf } from '../../../src/overview/routes.js';
import type { OverviewAnswer } from '../../../src/shared/answers/overview.js';
import type { Change } from '../../../src/platform/commit.js';
import { partitionOf } from '../../../src/platform/partition.js';
import { outdated, waitingIndex } from '../../../src/platform/waiting-index.js';
import { isAppError } from '../../../src/platform/errors.js';
import type { IssueId, NewsId, ProjectId } from '../../../src/platform/ids.js';
import type { Person } from '../../../src/people/person.js';
import { coordinator, programme, submission, swedishText, worker } from '../../make.js';
import { seriesForm } from '../../make-sessions.js';
import { testAdapters } from '../../world/adapters.js';
import { handClock } from '../../world/clock.js';
import { keptLog } from '../../world/outbox.js';

/** Rows that count their trips and conflicts, and can die at a commit. */
class WatchedRows extends MemoryRows {
  conflicts = 0;
  /** The process dies at this commit from now on; never unless set. */
  diesIn = Infinity;

  override async commit(partition: string, changes: readonly Change[]): Promise<void> {
    this.diesIn -= 1;
    if (this.diesIn < 0) throw new Error('the process died');
    try {
      await super.commit(partition, changes);
    } catch (error) {
      if (isAppError(error, 'storage.conflict')) this.conflicts += 1;
      throw error;
    }
  }
}

const person: Person = { ...coordinator, language: 'fi', projects: [] };
const vilma: Person = { ...worker, language: 'fi', projects: ['elma' as ProjectId] };

/** An index that knows nothing: the lists themselves answer. */
const noIndex = { read: () => Promise.resolve({ first: () => undefined, all: () => undefined }) };

function world() {
  let trips = 0;
  const rows = new WatchedRows({ onTrip: () => (trips += 1) });
  const clock = handClock('2026-11-23T08:00:00Z');
  const log = keptLog();
  const adapters = testAdapters({ rows, clock, log });
  const start = () => makeBigRoom(adapters);
  const bigRoom = start();
  const overview = (who = person) => overviewOf({ modules: bigRoom.modules, index: bigRoom.waiting }, who);
  /** What the lists themselves say, without the index. */
  const fromLists = (who = person) => overviewOf({ modules: bigRoom.modules, index: noIndex }, who);
  const submit = (form: string) => bigRoom.news.submit(worker, submission({ formId: `form-of-${form}` }));
  return {
    ...bigRoom,
    rows,
    clock,
    log,
    start,
    overview,
    fromLists,
    submit,
    tripsOf: async (run: () => Promise<unknown>) => {
      const before = trips;
      await run();
      return trips - before;
    },
  };
}

type World = ReturnType<typeof world>;

const indexRows = async ({ rows }: World) =>
  (await rows.range(programmePartition, { from: 'waiting|', to: 'waiting}', limit: 100_000 })).rows;

/** Some of everything that waits. */
async function fill({ news, releases, clock, submit }: World): Promise<void> {
  for (const name of ['one', 'two', 'three', 'four', 'five', 'six']) {
    const { item } = await submit(name);
    clock.forward({ minutes: 1 });
    if (name === 'one') await news.startReview(coordinator, item.id);
    if (name === 'two') await news.requestChanges(coordinator, item.id, 'lisää');
    if (name === 'three') await news.withdraw(worker, item.id);
    if (name === 'four') await news.accept(coordinator, item.id);
    if (name === 'five') {
      await news.edit(coordinator, item.id, 'sv', swedishText, 0);
      await news.accept(coordinator, item.id);
      await news.ready(coordinator, item.id, 'sv');
      const { release } = await releases.create(coordinator, { newsId: item.id });
      await releases.schedule(coordinator, release.id, { date: '2026-11-23', time: '15:00' });
    }
  }
}

/** Ten stories in the open issue, one of them without Swedish. */
async function fillIssue({ news, newsletter, submit }: World): Promise<{ id: IssueId; items: NewsId[] }> {
  const items: NewsId[] = [];
  for (let number = 0; number < 10; number += 1) {
    const { item } = await submit(`story-${String(number)}`);
    if (number > 0) await news.edit(coordinator, item.id, 'sv', swedishText, 0);
    else await news.startReview(coordinator, item.id);
    await news.accept(coordinator, item.id);
    if (number > 0) await news.ready(coordinator, item.id, 'sv');
    items.push(item.id);
  }
  let issue: IssueId | undefined;
  for (const item of items) issue = (await newsletter.place(coordinator, item)).issueId;
  assert.ok(issue);
  return { id: issue, items };
}

/** Five series, each with something agreed for its next sessions. */
async function fillSessions({ series, rotation }: World) {
  const daily = { every: 'week', interval: 1, weekdays: [1, 2, 3, 4, 5] };
  const forms = [
    seriesForm('hankeradio'),
    seriesForm('bigRoom'),
    seriesForm('training'),
    seriesForm('own'),
    seriesForm('own', { formId: 'form-daily', rule: daily }),
  ];
  const made = [];
  for (const form of forms) {
    const { series: one } = await series.create(coordinator, form);
    made.push(one);
    const [first, second, third] = await series.upcoming(coordinator, 3, one.id);
    assert.ok(first && second && third);
    if (one.rotation) await rotation.assign(coordinator, first.id, 'digi' as ProjectId);
    if (one.rotation) await rotation.volunteer(worker, second.id, 'elma' as ProjectId);
    await series.confirm(coordinator, first.id, true);
    await series.cancel(coordinator, third.id, { reason: 'kokous' });
  }
  return made;
}

describe('overview', () => {
  let it1: World;
  beforeEach(async () => {
    it1 = world();
    await it1.people.add(programme, [person, vilma]);
    await it1.waiting.prepare();
  });

  /** The same as the lists say, whoever answers. */
  async function agrees(): Promise<OverviewAnswer> {
    assert.deepEqual(await it1.overview(vilma), await it1.fromLists(vilma));
    const [answer, expected] = [await it1.overview(), await it1.fromLists()];
    assert.deepEqual(answer, expected);
    return answer;
  }

  it('says what the lists say, and keeps step with each change', async () => {
    await fill(it1);
    const { news, releases } = await agrees();
    assert.equal(news.review?.submitted.count, 1);
    assert.equal(news.review.missing.sv.count, 1);
    assert.equal(releases?.today.length, 1);
    const { news: service } = it1;
    const lines = (await service.list(coordinator, {})).lines;
    for (const { id, status } of lines) {
      if (status === 'submitted') await service.accept(coordinator, id);
      if (status === 'inReview') await service.reject(coordinator, id, 'ei nyt');
      await agrees();
    }
  });

  it('says so in two round trips, for a coordinator and for a worker', async () => {
    await fill(it1);
    await fillIssue(it1);
    await fillSessions(it1);
    const answer = await agrees();
    assert.equal(answer.newsletter?.storyCount, 10);
    assert.equal(answer.sessions.next.length, 5);
    assert.ok((await it1.overview(vilma)).sessions.unanswered.length > 0);
    assert.equal(answer.releases?.today.length, 1);
    await it1.waiting.settled();
    assert.equal(await it1.tripsOf(() => it1.overview()), 2);
    assert.equal(await it1.tripsOf(() => it1.overview(vilma)), 2);
  });

  it('costs the same however many wait, once they are merged', async () => {
    const few = await it1.tripsOf(() => it1.overview());
    for (let number = 0; number < 1_200; number += 1) await it1.submit(String(number));
    assert.equal((await agrees()).news.review?.submitted.more, true);
    await it1.waiting.settled();
    assert.equal(await it1.tripsOf(() => it1.overview()), few);
    const { submitted } = (await agrees()).news.review ?? {};
    assert.deepEqual([submitted?.count, submitted?.more, submitted?.oldest], [200, true, undefined]);
    assert.ok((await indexRows(it1)).length < 100);
  }).timeout(60_000);

  it('counts exactly again when what was too much to count becomes less', async () => {
    for (let number = 0; number < 260; number += 1) await it1.submit(String(number));
    await it1.overview();
    await it1.waiting.settled();
    const all: NewsId[] = [];
    for (let after: string | undefined; ;) {
      const page = await it1.news.list(coordinator, { state: 'submitted' }, after);
      all.push(...page.lines.map(({ id }) => id));
      if (page.next === undefined) break;
      after = page.next;
    }
    for (const [index, id] of all.entries()) {
      if (index >= 70) break;
      await it1.news.reject(coordinator, id, 'ei nyt');
      if (index % 10 === 9) await agrees();
    }
    await it1.waiting.settled();
    assert.equal((await agrees()).news.review?.submitted.count, 190);
  }).timeout(60_000);

  it('keeps step with the open issue, its stories and their texts', async () => {
    const { news, newsletter } = it1;
    const { id, items } = await fillIssue(it1);
    const notReady = async () => (await agrees()).newsletter?.notReady;
    assert.deepEqual(await notReady(), { fi: 0, sv: 1 });
    const [first, second, third] = items;
    assert.ok(first && second && third);
    const story = async (item: NewsId) => {
      const { lead, sections } = await newsletter.issue(coordinator, id);
      const all = [...(lead ? [lead] : []), ...sections.flatMap(({ stories }) => stories)];
      const found = all.find(({ newsId }) => newsId === item);
      assert.ok(found);
      return found.id;
    };
    const own = { words: { title: 'Oma', lead: 'Miksi', body: 'Mitä' }, replaces: null };
    const edited = await newsletter.editText(coordinator, id, await story(first), 'sv', own);
    assert.deepEqual(await notReady(), { fi: 0, sv: 0 });
    await newsletter.undo(coordinator, id, edited.undo ?? 0);
    assert.deepEqual(await notReady(), { fi: 0, sv: 1 });
    await newsletter.editText(coordinator, id, await story(second), 'sv', own);
    await news.edit(coordinator, second, 'sv', { ...swedishText, title: 'En annan' }, 1);
    assert.deepEqual(await notReady(), { fi: 0, sv: 1 });
    await news.ready(coordinator, second, 'sv');
    assert.deepEqual(await notReady(), { fi: 1, sv: 2 });
    const replaced = (await newsletter.story(coordinator, id, await story(second))).own.sv?.at ?? null;
    await newsletter.useItemText(coordinator, id, await story(second), 'sv', replaced);
    await agrees();
    const removed = await newsletter.remove(coordinator, id, await story(first));
    assert.equal((await agrees()).newsletter?.storyCount, 9);
    await newsletter.undo(coordinator, id, removed.undo ?? 0);
    assert.equal((await agrees()).newsletter?.storyCount, 10);
    await it1.waiting.settled();
    await newsletter.setDeadline(coordinator, id, { deadline: '2027-01-29' });
    assert.equal((await agrees()).newsletter?.deadline, '2027-01-29');
  });

  it('keeps step with the sessions, as time passes too', async () => {
    const { series, rotation, followUp, clock } = it1;
    const made = await fillSessions(it1);
    await agrees();
    const radio = made.find((one) => one.rotation);
    assert.ok(radio);
    const [next, after] = await series.upcoming(coordinator, 2, radio.id);
    assert.ok(next && after);
    const moved = await series.move(coordinator, next.id, { date: '2027-01-12', time: '10:00' });
    await agrees();
    await series.undoOccurrence(coordinator, next.id, moved.undo ?? 0);
    await agrees();
    await rotation.giveUp(worker, after.id);
    await followUp.setNotes(coordinator, next.id, { text: 'Muistiinpano', basedOn: 0 });
    await series.edit(coordinator, radio.id, { names: { fi: 'Toinen', sv: 'Annan', en: 'Other' } });
    await agrees();
    await it1.waiting.settled();
    assert.equal(await it1.tripsOf(() => it1.overview()), 2);
    const rule = { every: 'week', interval: 1, weekdays: [3] };
    const changed = await series.changeFrom(coordinator, radio.id, { from: '2026-12-02', rule });
    await agrees();
    await it1.waiting.settled();
    assert.equal(await it1.tripsOf(() => it1.overview()), 2);
    await series.undo(coordinator, radio.id, changed.undo ?? 0);
    await agrees();
    await it1.waiting.settled();
    for (const days of [20, 10, 90]) {
      clock.forward({ days });
      await agrees();
      await it1.waiting.settled();
      assert.equal(await it1.tripsOf(() => it1.overview()), 2);
    }
    await series.end(coordinator, radio.id, {});
    await agrees();
  });

  it('lets fifty submit at once, none in the way of another', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, number) => it1.submit(String(number))));
    assert.equal(it1.rows.conflicts, 0);
    assert.equal((await agrees()).news.review?.submitted.count, 50);
  });

  it('indexes what was there before, and goes on where it was killed', async () => {
    await fill(it1);
    await fillIssue(it1);
    await fillSessions(it1);
    const old = await indexRows(it1);
    // A commit takes no more at once.
    for (let start = 0; start < old.length; start += 100) {
      const some = old.slice(start, start + 100);
      await it1.rows.commit(
        programmePartition,
        some.map(({ key }) => ({ op: 'delete', key })),
      );
    }
    await agrees();
    await it1.waiting.settled();
    await it1.rows.commit(
      programmePartition,
      (await indexRows(it1)).map(({ key }) => ({ op: 'delete', key })),
    );
    it1.rows.diesIn = 3;
    await it1.waiting.prepare();
    it1.rows.diesIn = Infinity;
    const halfway = await indexRows(it1);
    assert.equal(halfway.length, 3);
    await agrees();
    await it1.start().waiting.prepare();
    const complete = await indexRows(it1);
    assert.ok(complete.length > halfway.length);
    const versions = new Map(complete.map(({ key, version }) => [key, version]));
    for (const { key, version } of halfway) assert.equal(versions.get(key), version);
    await agrees();
  });

  it('loses no change that comes while it is merged', async () => {
    for (let number = 0; number < 70; number += 1) await it1.submit(String(number));
    await Promise.all([
      it1.overview(),
      ...Array.from({ length: 30 }, (_, number) => it1.submit(`late ${String(number)}`.replace(' ', '-'))),
    ]);
    await it1.waiting.settled();
    assert.equal((await agrees()).news.review?.submitted.count, 100);
  });

  it('answers from a list of its own what is too long for one row', async () => {
    let length = 1;
    const read = () => {
      const line = 'x'.repeat(1_000);
      const entries = Array.from({ length }, (_, number) => ({ id: String(number), place: 'a', line }));
      return Promise.resolve({ entries, more: false });
    };
    const partition = partitionOf(new MemoryRows(), 'long', it1.log);
    const index = waitingIndex({
      partition,
      groups: [{ name: 'long', read }],
      clock: it1.clock,
      log: it1.log,
    });
    await index.prepare();
    assert.equal((await index.read()).all('long')?.length, 1);
    length = 500;
    await partition.commit([outdated('long')]);
    assert.equal((await index.read()).all('long'), undefined);
    await index.settled();
    assert.equal((await index.read()).all('long'), undefined);
    assert.equal((await index.read()).first('long', 1), undefined);
  });
});
