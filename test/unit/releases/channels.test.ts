import assert from 'node:assert/strict';
import { channelMap, type Channel } from '../../../src/releases/channels/channel.js';
import type { Release } from '../../../src/releases/types.js';
import { coordinator } from '../../make.js';
import { releaseWorld, type ReleaseWorld } from '../../make-releases.js';
import { rejectsWith } from '../../world/outbox.js';

/** A notice board in the lobby: a channel of which the application knows nothing. */
class Board implements Channel {
  readonly id = 'board';
  readonly published: Release[] = [];

  publish(release: Release) {
    this.published.push(release);
    const urls = { fi: `https://board.example/${release.id}` };
    return Promise.resolve({ result: 'published', urls } as const);
  }
}

describe('a second channel', () => {
  let board: Board;
  let world: ReleaseWorld;
  beforeEach(() => {
    board = new Board();
    world = releaseWorld(undefined, [board]);
  });

  it('is registered from outside, and publishes what is meant for it', async () => {
    const newsId = await world.acceptedNews('elma');
    const { release } = await world.releases.create(coordinator, { newsId, channel: 'board' });
    assert.equal(release.channel, 'board');
    await world.releases.approve(coordinator, release.id);
    await world.releases.publishNow(coordinator, release.id);
    await world.pass({ seconds: 11 });
    const state = await world.stateOf(release.id);
    assert.ok(state.status === 'published');
    assert.deepEqual(state.urls, { fi: `https://board.example/${release.id}` });
    assert.deepEqual(
      board.published.map(({ id }) => id),
      [release.id],
    );
    assert.deepEqual(world.channel.asked, []);
    const [item] = await world.news.many([newsId]);
    assert.deepEqual(
      item?.uses.map((use) => 'channel' in use && use.channel),
      ['board'],
    );
  });

  it('has a release of its own beside that of the first, of the same item', async () => {
    const newsId = await world.acceptedNews('elma');
    const first = await world.releases.create(coordinator, { newsId });
    const second = await world.releases.create(coordinator, { newsId, channel: 'board' });
    assert.equal(first.release.channel, 'intranet');
    assert.notEqual(first.release.id, second.release.id);
    const again = await world.releases.create(coordinator, { newsId, channel: 'intranet' });
    assert.deepEqual([again.release.id, again.created], [first.release.id, false]);
  });

  it('must be registered, and only once', async () => {
    await rejectsWith(
      world.releases.create(coordinator, { formId: 'form-1', channel: 'radio' }),
      'input.invalid',
    );
    assert.throws(() => channelMap([board, board]), /same id/u);
  });
});
