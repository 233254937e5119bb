import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import { makeDomain, programmePartition } from '../../../src/compose.js';
import type { Change } from '../../../src/platform/commit.js';
import { newsStates } from '../../../src/news/types.js';
import type { NewMessage } from '../../../src/delivery/outbox/message.js';
import type { Outbox } from '../../../src/delivery/outbox/outbox.js';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import { demoPeopleByKey } from '../../../src/demo/people.js';
import { seedDemo } from '../../../src/demo/seed.js';
import { testAdapters } from '../../world/adapters.js';
import { handClock } from '../../world/clock.js';
import { keptLog } from '../../world/outbox.js';

const partition = programmePartition;
const { modules, publicUrl } = testAdapters({ publicUrl: 'http://127.0.0.1:3978' });
const { aino, eeva } = demoPeopleByKey;

class Crash extends Error {}

/** Rows whose process dies instead of the commit with this number. */
class DyingRows extends MemoryRows {
  commits = 0;

  constructor(readonly diesAt = Infinity) {
    super();
  }

  override async commit(to: string, changes: readonly Change[]): Promise<void> {
    if (++this.commits === this.diesAt) throw new Crash();
    await super.commit(to, changes);
  }
}

/** An outbox that keeps its messages in view. */
function watchedOutbox(rows: MemoryRows, messages: NewMessage[]): Outbox {
  return {
    commit: async (changes, more = []) => {
      await rows.commit(partition, changes);
      messages.push(...more);
    },
    cancel: () => Promise.resolve<Change[]>([]),
    settle: () => Promise.resolve<Change[]>([]),
    keepFor: () => Promise.resolve(),
    deliverTo: () => Promise.resolve(0),
    awaited: () => Promise.resolve([]),
    needingAttention: () => Promise.resolve([]),
    resolve: () => Promise.resolve(),
    countDoubted: () => Promise.resolve(0),
    resolveDoubted: () => Promise.resolve(),
    decisions: () => Promise.resolve({ lines: [] }),
  };
}

const log = keptLog();

/** Trial mode on these rows: its services, and the seeding of the demo as its start does it. */
function trial(rows: MemoryRows, outbox: Outbox, clock = handClock()) {
  const domain = makeDomain({ rows, outbox, clock, log, modules, publicUrl });
  return {
    ...domain,
    seed: () => seedDemo({ rows, clock, log, modules, publicUrl }, { outbox }, new MemoryRows()),
  };
}

/** Every row. Keys that nobody can guess are others each time; contacts and what is theirs go by their addresses. */
async function allRows(rows: MemoryRows): Promise<ReadonlyMap<string, unknown>> {
  const { rows: found } = await rows.range(partition, { from: '', to: '~', limit: 100_000 });
  const names = new Map<string, string>();
  for (const { key, value } of found) {
    if (!key.startsWith('contact|')) continue;
    const { id, address, addressKey, stopKey } = value as Readonly<Record<string, string>>;
    for (const [what, chance = ''] of Object.entries({ id, addressKey, stopKey }))
      names.set(chance, `${what} of ${String(address)}`);
  }
  for (const { key, value } of found) {
    if (!key.startsWith('contact-welcome|')) continue;
    const { id, contacts } = value as { id: string; contacts: readonly { id: string }[] };
    names.set(id, `welcome of ${contacts.map((one) => names.get(one.id)).join()}`);
  }
  const byName = (text: string): string =>
    [...names].reduce((read, [chance, name]) => read.replaceAll(chance, name), text);
  return new Map(
    found
      .map(({ key, value }): [string, unknown] => {
        const json = JSON.stringify(value).replace(secret, '"$1":"chance"');
        return [byName(key).replace(/^(contact-audit\|.*)\|\w+$/, '$1'), JSON.parse(byName(json))];
      })
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

const secret = /"(feedKey|calendarNamespace|keyedHashSecret|secret)":"[^"]+"/g;

describe('the seeding of the demo', () => {
  it('has a Hankeradio that is settled, one moved, held ones with notes, and a session on a public holiday', async () => {
    const rows = new MemoryRows();
    const clock = handClock('2026-11-23T08:00:00Z');
    const { series, topics, contacts, seed } = trial(rows, watchedOutbox(rows, []), clock);
    await seed();
    const radio = (await series.list(aino)).find(({ kind }) => kind === 'hankeradio');
    assert.ok(radio);
    const [next, after] = await series.upcoming(aino, 2, radio.id);
    assert.equal(next?.state.status, 'confirmed');
    assert.ok(next.talk);
    assert.ok(after?.movedFrom);
    const { occurrences } = await series.year(aino, 2026);
    const held = occurrences.findLast(
      ({ state, seriesId }) => state.status === 'held' && seriesId === radio.id,
    );
    assert.ok(held);
    const { record } = (await series.occurrence(aino, held.id)).occurrence;
    assert.ok(record?.notes && record.attendance && record.materials);
    assert.equal((await topics.topics(aino, radio.id))[0]?.votes, 4);
    assert.equal((await topics.questions(aino, next.id)).length, 2);
    assert.equal((await contacts.list(aino, {})).lines.length, 3);
    const training = (await series.list(aino)).find(({ kind }) => kind === 'training');
    const [coming] = await series.upcoming(aino, 1, training?.id);
    assert.ok(coming?.holiday);
  });

  it('seeds fourteen items and one made for a release, in every state, and does nothing the second time', async () => {
    const rows = new MemoryRows();
    const { news, seed } = trial(rows, watchedOutbox(rows, []));
    assert.equal(await seed(), true);
    const { lines } = await news.list(aino, {});
    assert.equal(lines.length, 15);
    assert.deepEqual(new Set(lines.map((line) => line.status)), new Set(newsStates));
    const before = await allRows(rows);
    assert.equal(await seed(), false);
    assert.deepEqual(await allRows(rows), before);
  });

  it('uses items in the open issue, of which one is behind in Swedish', async () => {
    const rows = new MemoryRows();
    const { newsletter, seed } = trial(rows, watchedOutbox(rows, []));
    await seed();
    const issue = await newsletter.overviewLine(aino);
    assert.equal(issue?.storyCount, 4);
    assert.deepEqual(issue.notReady, { fi: 0, sv: 1 });
  });

  it('has one release published on the intranet, one planned, and two that can be as they stand', async () => {
    const rows = new MemoryRows();
    const { releases, seed } = trial(rows, watchedOutbox(rows, []));
    await seed();
    const queue = await releases.queue(aino);
    assert.deepEqual(
      queue.lines.map((line) => line.status),
      ['scheduled', 'approved', 'approved'],
    );
    const archive = await releases.archive(aino);
    assert.deepEqual(
      archive.lines.map((line) => line.status),
      ['published'],
    );
  });

  it('lies wholly in the past, and notifies nobody about it', async () => {
    const rows = new MemoryRows();
    const messages: NewMessage[] = [];
    const clock = handClock();
    const { news, seed } = trial(rows, watchedOutbox(rows, messages), clock);
    await seed();
    for (const line of (await news.list(aino, {})).lines) {
      const audit = await news.audit(aino, line.id);
      const times = audit.lines.map((entry) => Temporal.Instant.from(entry.at).epochMilliseconds);
      assert.deepEqual(
        times,
        [...times].sort((one, other) => other - one),
      );
      assert.ok(Math.max(...times) < clock.now().epochMilliseconds);
    }
    const kinds = messages.map((message) => message.body.kind).sort();
    assert.deepEqual(kinds, [...Array<string>(15).fill('newsIndex'), 'release']);
    const release = messages.find((message) => message.body.kind === 'release');
    assert.ok(release !== undefined && release.dueAt > clock.iso({ hours: 48 }));
  });

  it('begins anew when the process died at any point, and ends the same', async () => {
    const whole = new DyingRows();
    await trial(whole, watchedOutbox(whole, [])).seed();
    const expected = await allRows(whole);
    assert.ok(whole.commits > 3, 'it is stored in several steps');
    for (let diesAt = 1; diesAt <= whole.commits; diesAt++) {
      const rows = new DyingRows(diesAt);
      const messages: NewMessage[] = [];
      await assert.rejects(trial(rows, watchedOutbox(rows, messages)).seed(), Crash);
      assert.deepEqual(messages, []);
      await trial(rows, watchedOutbox(rows, messages)).seed();
      assert.deepEqual(await allRows(rows), expected, `after dying at commit ${String(diesAt)}`);
      assert.equal(messages.length, 16);
    }
  });

  it('shows an author how their news fared', async () => {
    const rows = new MemoryRows();
    const { news, seed } = trial(rows, watchedOutbox(rows, []));
    await seed();
    const { lines } = await news.mine(eeva);
    assert.deepEqual(
      lines.map((line) => line.status),
      ['inReview', 'accepted'],
    );
  });
});
