import assert from 'node:assert/strict';
import { localIntranetModule } from '../../src/adapters/local-intranet/module.js';
import type { ReleaseId } from '../../src/platform/ids.js';
import type {
  IntranetAnswer,
  IntranetListAnswer,
  IntranetPageAnswer,
} from '../../src/shared/answers/intranet.js';
import { httpWorld, type HttpWorld } from './world.js';

const publicUrl = 'http://localhost:3978';

type Ours = Extract<IntranetAnswer, { at: 'here' }>;

describe('the intranet for members', () => {
  let world: HttpWorld;
  let id: ReleaseId;
  before(async () => {
    world = await membersWorld();
    id = await publish(world);
  });
  after(() => world.stop());

  const membersWorld = () =>
    httpWorld({ modules: (deps) => [localIntranetModule({ ...deps, publicUrl, audience: 'members' })] });

  async function publish({ ask, pass }: HttpWorld): Promise<ReleaseId> {
    const words = {
      title: 'Elma auttaa <b>kaikkia</b>',
      lead: 'Lyhyesti',
      body: '# Otsikko\n\n<script>x</script>',
    };
    const created = await ask('post', '/api/releases', 'coordinator', {
      formId: 'form-0001',
      language: 'fi',
      words,
    });
    const { release } = (await created.json()) as { release: { id: ReleaseId; newsId: string } };
    await ask('post', `/api/news/${release.newsId}/texts/fi/ready`, 'coordinator', { seen: { fi: 1 } });
    const sent = await ask('post', `/api/releases/${release.id}/publish`, 'coordinator', {
      waiver: 'Vain suomeksi',
    });
    assert.equal(sent.status, 200, await sent.text());
    await pass({ seconds: 11 });
    return release.id;
  }

  const feedsOf = async ({ ask }: HttpWorld, who: 'worker' | 'coordinator' = 'worker'): Promise<Ours> => {
    const answer = (await (await ask('get', '/api/intranet', who)).json()) as IntranetAnswer;
    assert.ok(answer.at === 'here');
    return answer;
  };
  const pathOf = (address: string | undefined): string => address?.replace(publicUrl, '') ?? '';

  it('shows nothing to whoever has not signed in', async () => {
    for (const path of ['/api/intranet', '/api/intranet/fi', `/api/intranet/fi/${id}`]) {
      const answer = await world.ask('get', path);
      assert.equal(answer.status, 401, path);
      assert.doesNotMatch(await answer.text(), /Elma/);
    }
    assert.equal((await world.ask('post', '/api/intranet/feed-key')).status, 401);
  });

  it('leads the addresses of its pages into the tab, where people sign in', async () => {
    for (const [path, place] of [
      ['/intranet/fi', '/#/intranet/fi'],
      [`/intranet/sv/elma-auttaa-${id}`, `/#/intranet/sv/elma-auttaa-${id}`],
      ['/intranet/fi/%0d%0aX-A:b', '/#/intranet/fi/%0D%0AX-A%3Ab'],
      ['/intranet/fi/%2f%2fevil.example', '/#/intranet/fi/%2F%2Fevil.example'],
    ] as const) {
      const answer = await fetch(world.url + path, { redirect: 'manual' });
      assert.equal(answer.status, 303, path);
      assert.equal(answer.headers.get('location'), place);
      assert.doesNotMatch(await answer.text(), /Elma/);
    }
  });

  it('shows a worker the list and a page, in which nothing that people wrote is markup', async () => {
    const list = (await (await world.ask('get', '/api/intranet/fi', 'worker')).json()) as IntranetListAnswer;
    assert.deepEqual(
      list.lines.map((line) => line.title),
      ['Elma auttaa <b>kaikkia</b>'],
    );
    const answer = await world.ask('get', `/api/intranet/fi/${id}`, 'worker');
    const { page } = (await answer.json()) as IntranetPageAnswer;
    assert.match(page?.html ?? '', /^<h3>Otsikko<\/h3>/);
    assert.doesNotMatch(page?.html ?? '', /<script/);
    assert.deepEqual(await (await world.ask('get', `/api/intranet/sv/${id}`, 'worker')).json(), {
      other: 'Elma auttaa <b>kaikkia</b>',
    });
  });

  it('refuses what is no language and no page', async () => {
    assert.equal((await world.ask('get', '/api/intranet/en', 'worker')).status, 400);
    assert.equal((await world.ask('get', '/api/intranet/fi/0', 'worker')).status, 404);
    assert.equal((await world.ask('get', `/api/intranet/fi/${'0'.repeat(26)}`, 'worker')).status, 404);
  });

  it('gives feeds only at addresses with its key, and names those addresses in them', async () => {
    const { feeds } = await feedsOf(world);
    const [finnish] = feeds;
    const atom = await fetch(world.url + pathOf(finnish?.atom));
    assert.equal(atom.status, 200);
    assert.ok((await atom.text()).includes(`href="${finnish?.atom ?? ''}"`));
    const json = (await (await fetch(world.url + pathOf(finnish?.json))).json()) as {
      feed_url: string;
      items: object[];
    };
    assert.equal(json.feed_url, finnish?.json);
    assert.equal(json.items.length, 1);
    for (const path of ['/intranet/fi/feed.atom', '/intranet/fi/feed.json'])
      assert.equal((await fetch(world.url + path, { redirect: 'manual' })).status, 303);
  });

  it('has for a key of another programme, a wrong and an old one a page that says what to do', async () => {
    const other = await membersWorld();
    const foreign = pathOf((await feedsOf(other)).feeds[0]?.atom);
    await other.stop();
    const old = pathOf((await feedsOf(world)).feeds[1]?.json);
    const renewed = await world.ask('post', '/api/intranet/feed-key', 'coordinator');
    assert.equal(renewed.status, 200);
    assert.equal(((await renewed.json()) as Ours).key?.renewedBy, 'Demo coordinator');
    for (const path of [foreign, old, `/intranet/sv/${'0'.repeat(26)}/feed.atom`]) {
      const answer = await fetch(world.url + path);
      assert.equal(answer.status, 404, path);
      assert.match(await answer.text(), /Big Room/);
      assert.match(answer.headers.get('content-type') ?? '', /^text\/html/);
    }
    const current = pathOf((await feedsOf(world)).feeds[1]?.json);
    assert.equal((await fetch(world.url + current)).status, 200);
  });

  it('lets nobody but those who edit releases renew the key', async () => {
    assert.equal((await world.ask('post', '/api/intranet/feed-key', 'worker')).status, 403);
  });

  it('says of a page that was taken down that it was', async () => {
    await world.ask('post', `/api/releases/${id}/take-down`, 'coordinator');
    await world.pass({ seconds: 1 });
    const { page, takenDownAt } = (await (
      await world.ask('get', `/api/intranet/fi/${id}`, 'worker')
    ).json()) as IntranetPageAnswer;
    assert.equal(page, undefined);
    assert.equal(takenDownAt, world.clock.iso());
  });
});

describe('the intranet in trial mode', () => {
  it('stays open, and has no key to renew', async () => {
    const world = await httpWorld();
    const answer = (await (await world.ask('get', '/api/intranet', 'worker')).json()) as Ours;
    assert.equal(answer.key, undefined);
    assert.equal((await fetch(world.url + pathIn(answer.feeds[0]?.atom))).status, 200);
    assert.equal((await world.ask('post', '/api/intranet/feed-key', 'coordinator')).status, 404);
    await world.stop();
  });

  const pathIn = (address: string | undefined): string => new URL(address ?? '').pathname;
});
