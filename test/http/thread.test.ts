import assert from 'node:assert/strict';
import type { Role } from '../../src/platform/actor.js';
import type { PersonId, ReleaseId } from '../../src/platform/ids.js';
import type { NewsItemAnswer, NewsMessagesAnswer } from '../../src/shared/answers/news.js';
import { submission } from '../make.js';
import { httpWorld, type HttpWorld } from './world.js';

describe('the thread of a news item, over http', () => {
  let world: HttpWorld;
  let path: string;

  beforeEach(async () => {
    world = await httpWorld();
    const worker = await world.bigRoom.people.get('worker' as PersonId);
    const { item } = await world.bigRoom.news.submit(worker, submission());
    path = `/api/news/${item.id}`;
  });

  afterEach(() => world.stop());

  async function post(who: Role, at: string, body: object): Promise<NewsItemAnswer> {
    world.clock.forward({ minutes: 1 });
    const response = await world.ask('post', path + at, who, body);
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as NewsItemAnswer;
  }

  async function messages(who: Role, after = ''): Promise<NewsMessagesAnswer> {
    const response = await world.ask('get', `${path}/messages${after}`, who);
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as NewsMessagesAnswer;
  }

  const shown = ({ lines }: NewsMessagesAnswer) =>
    lines.map(({ by, kind, text }) => `${by.name} ${kind}: ${text}`);

  it('holds what is asked, answered and said beside it, newest first; an answer submits the item again', async () => {
    await post('coordinator', '/request-changes', { note: 'Missä?' });
    const { item } = await post('worker', '/messages', { text: 'Porvoossa' });
    assert.equal(item.state.status, 'submitted');
    await post('coordinator', '/messages', { text: 'Kiitos' });
    await post('worker', '/messages', { text: 'Eipä kestä' });
    assert.deepEqual(shown(await messages('worker')), [
      'Demo worker message: Eipä kestä',
      'Demo coordinator message: Kiitos',
      'Demo worker answer: Porvoossa',
      'Demo coordinator question: Missä?',
    ]);
    const list = (await (await world.ask('get', '/api/news', 'coordinator')).json()) as { lines: object[] };
    const [line] = list.lines as { lastMessage?: object }[];
    assert.deepEqual(line?.lastMessage, {
      at: '2026-11-23T08:04:00Z',
      kind: 'message',
      isAuthors: true,
      isAnswered: false,
    });
  });

  it('holds what its author writes once it is published, and shows the coordinator that somebody waits', async () => {
    const coordinator = await world.bigRoom.people.get('coordinator' as PersonId);
    const { news, outbox } = world.bigRoom;
    await post('coordinator', '/request-changes', { note: 'Missä?' });
    await post('coordinator', '/reopen', {});
    const { item: accepted } = await post('coordinator', '/accept', {});
    const at = world.clock.iso();
    const release = { in: 'release', id: 'release1' as ReleaseId, channel: 'intranet', at } as const;
    const used = await news.use(coordinator, accepted.id, release);
    await outbox.commit(used.changes, used.messages);
    const out = await news.markOut(accepted.id, release, { at });
    await outbox.commit(out.changes, out.messages);
    const { item } = await post('worker', '/messages', { text: 'Porvoossa' });
    assert.equal(item.state.status, 'accepted');
    assert.deepEqual(shown(await messages('coordinator')), [
      'Demo worker answer: Porvoossa',
      'Demo coordinator question: Missä?',
    ]);
    const list = (await (await world.ask('get', '/api/news', 'coordinator')).json()) as { lines: object[] };
    const [line] = list.lines as { lastMessage?: { kind: string; isAuthors: boolean } }[];
    assert.deepEqual([line?.lastMessage?.kind, line?.lastMessage?.isAuthors], ['answer', true]);
  });

  it('takes back a question with its undo', async () => {
    const { undo } = await post('coordinator', '/request-changes', { note: 'Missä?' });
    await post('coordinator', '/undo', { audit: undo });
    assert.deepEqual(shown(await messages('coordinator')), []);
  });

  it('costs the same trips however long it is, and comes 50 a page', async () => {
    for (let number = 1; number <= 60; number++) await post('worker', '/messages', { text: String(number) });
    const before = world.trips();
    const first = await messages('worker');
    assert.ok(world.trips() - before <= 4);
    assert.equal(first.lines.length, 50);
    const rest = await messages('worker', `?after=${encodeURIComponent(first.next ?? '')}`);
    assert.deepEqual(rest.lines.map(({ text }) => text).slice(-2), ['2', '1']);
  });

  it('is the author’s and the reviewers’ alone, and refuses what holds a personal identity code', async () => {
    assert.equal((await world.ask('post', `${path}/messages`, 'worker', { text: '' })).status, 400);
    const refused = await world.ask('post', `${path}/messages`, 'worker', { text: 'Asiakas 131052-308T' });
    assert.ok(refused.status >= 400 && refused.status < 500);
    assert.deepEqual(shown(await messages('coordinator')), []);
  });
});
