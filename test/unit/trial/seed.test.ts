import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import type { Change } from '../../../src/commit.js';
import { newsStates } from '../../../src/news/news.js';
import { newsService } from '../../../src/news/news-service.js';
import { newsletterService } from '../../../src/newsletter/newsletter-service.js';
import type { NewMessage } from '../../../src/outbox/message.js';
import type { Outbox } from '../../../src/outbox/outbox.js';
import { peopleService } from '../../../src/people/service.js';
import type { PublishOutcome } from '../../../src/releases/channel.js';
import { releaseHandler } from '../../../src/releases/publishing.js';
import { releaseService } from '../../../src/releases/release-service.js';
import { newsStore } from '../../../src/storage/news-store.js';
import { newsletterStore } from '../../../src/storage/newsletter-store.js';
import { peopleStore } from '../../../src/storage/people-store.js';
import { releaseStore } from '../../../src/storage/release-store.js';
import { MemoryRows } from '../../../src/storage/rows-memory.js';
import { wordIndex } from '../../../src/storage/word-index.js';
import { demoPeopleByKey } from '../../../src/trial/demo/people.js';
import { quietOutbox } from '../../../src/trial/demo/quiet-outbox.js';
import { seedDemo, type SeedParts } from '../../../src/trial/demo/seed.js';
import { seedStore } from '../../../src/trial/demo/seed-store.js';
import { pastClock } from '../../../src/trial/past-clock.js';
import { handClock } from '../../world/clock.js';

const partition = 'programme';
const published: PublishOutcome = { result: 'published', urls: { fi: 'https://example.org/1' } };
const { aino, eeva } = demoPeopleByKey;

class Crash extends Error {}

/** An outbox that keeps its messages in view, and dies instead of the commit with this number. */
function watchedOutbox(rows: MemoryRows, messages: NewMessage[], diesAt = Infinity): Outbox {
  let commits = 0;
  return {
    commit: async (changes, more = []) => {
      if (++commits === diesAt) throw new Crash();
      await rows.commit(partition, changes);
      messages.push(...more);
    },
    cancel: () => Promise.resolve<Change[]>([]),
    troubled: () => Promise.resolve([]),
    resolve: () => Promise.resolve(),
  };
}

/** The services over these rows, as the programme wires them for the seed. */
function seedParts(rows: MemoryRows, outbox: Outbox, clock = handClock()) {
  const past = pastClock(clock.now());
  const quiet = quietOutbox(outbox, clock);
  const people = peopleService({ store: peopleStore(rows, partition), outbox, clock });
  const usual = { outbox: quiet, clock: past, programme: () => people.programme(), undoSeconds: 8 };
  const index = wordIndex(rows, 'words');
  const users = () => [newsletter];
  const news = newsService({ ...usual, store: newsStore(rows, partition), index, users });
  const newsletter = newsletterService({ ...usual, store: newsletterStore(rows, partition), news });
  const store = releaseStore(rows, partition);
  const publisher = releaseHandler({
    ...usual,
    store,
    news,
    channels: { intranet: { publish: () => Promise.resolve(published) } },
    mostAttempts: 1,
  });
  const releases = releaseService({ ...usual, store, news });
  return {
    store: seedStore(rows, partition),
    pastClock: past,
    ...{ people, outbox, clock, news, newsletter, releases, publisher },
  } satisfies SeedParts;
}

async function allRows(rows: MemoryRows): Promise<ReadonlyMap<string, unknown>> {
  const { rows: found } = await rows.range(partition, { from: '', to: '~', limit: 100_000 });
  return new Map(found.map((row) => [row.key, row.value]));
}

describe('seedDemo', () => {
  it('tells fourteen items, in every state, and does nothing the second time', async () => {
    const rows = new MemoryRows();
    const messages: NewMessage[] = [];
    const parts = seedParts(rows, watchedOutbox(rows, messages));
    assert.equal(await seedDemo(parts), true);
    const { lines } = await newsStore(rows, partition).list({}, 100);
    assert.equal(lines.length, 14);
    assert.deepEqual(new Set(lines.map((line) => line.state)), new Set(newsStates));
    const before = await allRows(rows);
    assert.equal(await seedDemo(parts), false);
    assert.deepEqual(await allRows(rows), before);
  });

  it('uses items in the open issue, and has one release published, one planned, one approved, one drafted', async () => {
    const rows = new MemoryRows();
    const parts = seedParts(rows, watchedOutbox(rows, []));
    await seedDemo(parts);
    const issue = await parts.newsletter.overviewLine(aino);
    assert.deepEqual(
      { stories: issue?.storyCount, notReady: issue?.notReady },
      { stories: 4, notReady: { fi: 0, sv: 1 } },
    );
    const store = releaseStore(rows, partition);
    const queue = await store.queue(50);
    assert.deepEqual(
      queue.lines.map((line) => line.state),
      ['scheduled', 'approved', 'draft'],
    );
    const archive = await store.archive(50);
    assert.deepEqual(
      archive.lines.map((line) => line.state),
      ['published'],
    );
  });

  it('lies wholly in the past, and sends nobody a word about it', async () => {
    const rows = new MemoryRows();
    const messages: NewMessage[] = [];
    const clock = handClock();
    await seedDemo(seedParts(rows, watchedOutbox(rows, messages), clock));
    const { lines } = await newsStore(rows, partition).list({}, 100);
    for (const line of lines) {
      const audit = await newsStore(rows, partition).audit(line.id);
      const times = audit.map((entry) => Temporal.Instant.from(entry.at).epochMilliseconds);
      assert.deepEqual(
        times,
        [...times].sort((one, other) => one - other),
      );
      assert.ok(Math.max(...times) < clock.now().epochMilliseconds);
    }
    const kinds = messages.map((message) => message.body.kind).sort();
    assert.deepEqual(kinds, [...Array<string>(14).fill('newsIndex'), 'release']);
    const release = messages.find((message) => message.body.kind === 'release');
    assert.ok(release !== undefined && release.dueAt > clock.iso({ hours: 48 }));
  });

  it('goes on where it was when the process died at any point, and ends the same', async function () {
    this.timeout(60_000);
    const whole = new MemoryRows();
    let commits = 0;
    const outbox = watchedOutbox(whole, []);
    const counted: Outbox = {
      ...outbox,
      commit: (changes, messages) => {
        commits++;
        return outbox.commit(changes, messages);
      },
    };
    await seedDemo(seedParts(whole, counted));
    const expected = await allRows(whole);
    for (let diesAt = 1; diesAt <= commits; diesAt++) {
      const rows = new MemoryRows();
      await assert.rejects(seedDemo(seedParts(rows, watchedOutbox(rows, [], diesAt))), Crash);
      const messages: NewMessage[] = [];
      await seedDemo(seedParts(rows, watchedOutbox(rows, messages)));
      assert.deepEqual(await allRows(rows), expected, `after dying at commit ${diesAt}`);
    }
  });

  it('shows an author how their news fared', async () => {
    const rows = new MemoryRows();
    await seedDemo(seedParts(rows, watchedOutbox(rows, [])));
    const { lines } = await newsStore(rows, partition).mine(eeva.id, 10);
    assert.deepEqual(
      lines.map((line) => line.state),
      ['inReview', 'accepted'],
    );
  });
});
