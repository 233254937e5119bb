import assert from 'node:assert/strict';
import type { Role } from '../../src/platform/actor.js';
import type { PersonId, ReleaseId } from '../../src/platform/ids.js';
import { shownStateOf, type NewsLine } from '../../src/news/types.js';
import type { NewsItemAnswer, NewsMessagesAnswer } from '../../src/shared/answers/news.js';
import type { OverviewAnswer } from '../../src/shared/answers/overview.js';
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

  /** The item accepted and out on the intranet, as the feature that publishes makes it known. */
  async function published() {
    const coordinator = await world.bigRoom.people.get('coordinator' as PersonId);
    const { news, outbox } = world.bigRoom;
    const { item: accepted } = await post('coordinator', '/accept', {});
    const at = world.clock.iso();
    const release = { in: 'release', id: 'release1' as ReleaseId, channel: 'intranet', at } as const;
    const used = await news.use(coordinator, accepted.id, release);
    await outbox.commit(used.changes, used.messages);
    const out = await news.markOut(accepted.id, release, { at });
    await outbox.commit(out.changes, out.messages);
    return accepted;
  }

  /** What people see of the item's state, where it is on the desk, whether it awaits a reply, and how many do on the overview. */
  async function shownNow() {
    const list = (await (await world.ask('get', '/api/news', 'coordinator')).json()) as { lines: NewsLine[] };
    const line = list.lines.find(({ id }) => path.endsWith(id));
    assert.ok(line);
    const { news } = (await (
      await world.ask('get', '/api/overview', 'coordinator')
    ).json()) as OverviewAnswer;
    return [shownStateOf(line), line.view, line.awaitsReply === true, news.review?.unanswered.count];
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
    const accepted = await published();
    assert.deepEqual(await shownNow(), ['published', 'archive', false, 0]);
    const { item } = await post('worker', '/messages', { text: 'Porvoossa' });
    assert.equal(item.state.status, 'accepted');
    assert.deepEqual(shown(await messages('coordinator')), ['Demo worker message: Porvoossa']);
    const list = (await (await world.ask('get', '/api/news', 'coordinator')).json()) as { lines: object[] };
    const [line] = list.lines as { lastMessage?: { kind: string; isAuthors: boolean } }[];
    assert.deepEqual([line?.lastMessage?.kind, line?.lastMessage?.isAuthors], ['message', true]);
    assert.deepEqual(await shownNow(), ['published', 'inWork', true, 1]);
    assert.equal(accepted.id, item.id);
  });

  for (const [how, deal] of [
    ['a reply', () => post('coordinator', '/messages', { text: 'Kiitos, korjaan.' })],
    ['saying that none is needed', () => post('coordinator', '/messages/settle', {})],
  ] as const)
    it(`has a published item in work until its author gets ${how}`, async () => {
      await published();
      await post('worker', '/messages', { text: 'Meitä oli 54 eikä 45.' });
      assert.deepEqual(await shownNow(), ['published', 'inWork', true, 1]);
      await deal();
      const [, , awaits, count] = await shownNow();
      assert.deepEqual([awaits, count], [false, 0]);
    });

  it('lets an edit of the text deal with what its author wrote, and not the author’s own', async () => {
    await post('coordinator', '/accept', {});
    await post('worker', '/messages', { text: 'Meitä oli 54 eikä 45.' });
    assert.deepEqual((await shownNow()).slice(1, 3), ['inWork', true]);
    const text = { title: 'Korjattu', lead: 'Näin.', body: 'Meitä oli 54.', basedOn: 1 };
    const edited = await world.ask('put', `${path}/texts/fi`, 'coordinator', text);
    assert.equal(edited.status, 200, await edited.text());
    assert.equal((await shownNow())[2], false);
  });

  it('takes a coordinator’s own message off their hands too', async () => {
    const author = await world.bigRoom.people.get('coordinator' as PersonId);
    const { item } = await world.bigRoom.news.submit(author, submission({ formId: 'form-own' }));
    path = `/api/news/${item.id}`;
    await post('coordinator', '/accept', {});
    await post('coordinator', '/messages', { text: 'Kuva tulee vielä.' });
    assert.equal((await shownNow())[2], true);
    await post('coordinator', '/messages/settle', {});
    assert.equal((await shownNow())[2], false);
  });

  it('lets a decision deal with what was written before it, and not with what was written since', async () => {
    await post('worker', '/messages', { text: 'Muuten: maanantaina, ei tiistaina.' });
    await post('coordinator', '/reject', { reason: 'Kerrottiin jo.' });
    assert.deepEqual(await shownNow(), ['rejected', 'archive', false, 0]);
    await post('worker', '/messages', { text: 'Missä?' });
    assert.deepEqual(await shownNow(), ['rejected', 'inWork', true, 1]);
    await post('coordinator', '/messages/settle', {});
    await post('coordinator', '/messages/settle', {});
    assert.deepEqual(await shownNow(), ['rejected', 'archive', false, 0]);
    assert.equal((await world.ask('post', `${path}/messages/settle`, 'worker', {})).status, 403);
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
