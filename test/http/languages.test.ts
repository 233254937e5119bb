import assert from 'node:assert/strict';
import type { NewsItemAnswer, NewsListAnswer } from '../../src/shared/answers/news.js';
import type { IssueAnswer } from '../../src/shared/answers/newsletter.js';
import type { OverviewAnswer } from '../../src/shared/answers/overview.js';
import type { ReleaseAnswer } from '../../src/shared/answers/releases.js';
import type { PublicLanguage } from '../../src/shared/languages.js';
import type { PersonId } from '../../src/platform/ids.js';
import { programme, submission } from '../make.js';
import { httpWorld, type HttpWorld } from './world.js';

const worker = { id: 'worker' as PersonId, name: 'Demo worker', role: 'worker' } as const;

describe('the languages of a programme', () => {
  let world: HttpWorld;
  afterEach(() => world.stop());

  async function ok<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await world.ask(method, path, 'coordinator', body);
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${String(answer.status)} ${text}`);
    return JSON.parse(text) as Answer;
  }

  const worldOf = async (languages?: readonly PublicLanguage[]): Promise<void> => {
    world = await httpWorld({ programme: { ...programme, ...(languages && { languages }) } });
  };

  /** News in Finnish that is accepted and has a release, and what is asked for then. */
  async function accepted() {
    const { item } = await world.bigRoom.news.submit(worker, submission());
    await ok('post', `/api/news/${item.id}/accept`, {});
    const { release } = await ok<ReleaseAnswer>('post', '/api/releases', { newsId: item.id });
    const { lines } = await ok<NewsListAnswer>('get', '/api/news?state=accepted');
    const { news } = await ok<OverviewAnswer>('get', '/api/overview');
    return { item, release, line: lines[0], missing: news.review?.missing.sv.count };
  }

  const publish = (id: string) =>
    world.ask('post', `/api/releases/${id}/publish`, 'coordinator', { seen: { fi: 1, sv: 0 } });

  it('are both where nothing is set: Swedish is asked for', async () => {
    await worldOf();
    const { release, line, missing } = await accepted();
    assert.deepEqual([line?.missing, line?.view, missing], [['sv'], 'inWork', 1]);
    assert.deepEqual(release.shown.notReady, ['sv']);
    assert.equal((await publish(release.id)).status, 409);
  });

  it('are Finnish alone where the programme says so: nobody is asked for Swedish', async () => {
    await worldOf(['fi']);
    const { release, line, missing } = await accepted();
    assert.deepEqual([line?.missing, line?.view, missing], [[], 'ready', 0]);
    assert.deepEqual(release.shown.notReady, []);
    const answer = await publish(release.id);
    assert.equal(answer.status, 200, await answer.text());
  });

  it('decide about the newsletter, too', async () => {
    for (const [languages, status] of [
      [['fi'], 200],
      [['fi', 'sv'], 409],
    ] as const) {
      await worldOf(languages);
      const { item } = await world.bigRoom.news.submit(worker, submission());
      await ok('post', `/api/news/${item.id}/accept`, {});
      const { issue } = await ok<IssueAnswer>('post', '/api/newsletter/stories', {
        newsId: item.id,
      });
      const { newsletter } = await ok<OverviewAnswer>('get', '/api/overview');
      assert.equal(newsletter?.notReady.sv, status === 200 ? 0 : 1);
      const answer = await world.ask('post', `/api/newsletter/${issue.id}/approve`, 'coordinator', {
        waivers: [],
        seen: issue.stamp,
      });
      assert.equal(answer.status, status, await answer.text());
      if (status === 200) await world.stop();
    }
  });

  it('change what is asked for of an item once it changes next', async () => {
    await worldOf();
    const { item } = await accepted();
    const seen = { names: programme.names, languages: ['fi', 'sv'] };
    const wish = { names: programme.names, languages: ['fi'], seen };
    assert.equal((await world.ask('put', '/api/programme', 'admin', wish)).status, 200);
    const fi = { title: 'Toinen', lead: 'Johdanto.', body: 'Leipäteksti.', basedOn: 1 };
    await ok('put', `/api/news/${item.id}/texts/fi`, fi);
    const { item: after } = await ok<NewsItemAnswer>('post', `/api/news/${item.id}/texts/fi/ready`, {
      seen: { fi: 2, sv: 0 },
    });
    assert.deepEqual(after.languages, ['fi']);
    const { lines } = await ok<NewsListAnswer>('get', '/api/news?state=accepted');
    assert.deepEqual([lines[0]?.missing, lines[0]?.view], [[], 'ready']);
  });
});
