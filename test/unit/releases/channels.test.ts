import assert from 'node:assert/strict';
import { channelMap, type Channel, type Publication } from '../../../src/releases/channels/channel.js';
import type { ReleaseId } from '../../../src/platform/ids.js';
import { coordinator, swedishText } from '../../make.js';
import { releaseWorld, type ReleaseWorld } from '../../make-releases.js';
import { rejectsWith } from '../../world/outbox.js';

/** A notice board in the lobby: a channel of which the application knows nothing. */
class Board implements Channel {
  readonly id = 'board';
  readonly published: Publication[] = [];
  readonly takenDown: ReleaseId[] = [];

  publish(publication: Publication) {
    this.published.push(publication);
    const urls = { fi: `https://board.example/${publication.releaseId}` };
    return Promise.resolve({ result: 'published', urls } as const);
  }

  takeDown(id: ReleaseId) {
    this.takenDown.push(id);
    return Promise.resolve({ result: 'takenDown' } as const);
  }

  preview({ texts }: Publication, language: 'fi' | 'sv') {
    return Promise.resolve(`<h1>${texts[language]?.title ?? ''}</h1>`);
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
    await world.releases.publishNow(coordinator, release.id);
    await world.pass({ seconds: 11 });
    const state = await world.stateOf(release.id);
    assert.ok(state.status === 'published');
    assert.deepEqual(state.urls, { fi: `https://board.example/${release.id}` });
    assert.deepEqual(
      board.published.map(({ releaseId }) => releaseId),
      [release.id],
    );
    assert.deepEqual(world.channel.asked, []);
    const [item] = await world.news.many([newsId]);
    assert.deepEqual(
      item?.uses.map((use) => 'channel' in use && use.channel),
      ['board'],
    );
  });

  it('takes down and previews what is its own', async () => {
    const newsId = await world.acceptedNews('elma');
    const { id } = (await world.releases.create(coordinator, { newsId, channel: 'board' })).release;
    assert.equal(await world.releases.preview(coordinator, id, 'sv'), `<h1>${swedishText.title}</h1>`);
    await world.releases.publishNow(coordinator, id);
    await world.pass({ seconds: 11 });
    await world.releases.takeDown(coordinator, id);
    await world.pass({ seconds: 1 });
    assert.deepEqual([board.takenDown, world.channel.takenDown], [[id], []]);
    assert.equal((await world.stateOf(id)).status, 'takenDown');
  });

  it('says something else than the first, which the first does not', async () => {
    const newsId = await world.acceptedNews('elma');
    const first = await world.releases.create(coordinator, { newsId });
    const { id } = (await world.releases.create(coordinator, { newsId, channel: 'board' })).release;
    await world.releases.editText(coordinator, id, 'fi', { words: { title: 'Lyhyesti' }, replaces: null });
    for (const each of [first.release.id, id]) await world.releases.publishNow(coordinator, each);
    await world.pass({ seconds: 11 });
    assert.equal(board.published[0]?.texts.fi?.title, 'Lyhyesti');
    assert.equal(world.channel.publications[0]?.texts.fi?.title, 'Elma neuvoo elintavoissa');
    assert.equal(board.published[0].texts.fi.body, world.channel.publications[0].texts.fi.body);
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
