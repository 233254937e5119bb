import assert from 'node:assert/strict';
import type {
  IssueAnswer,
  IssueListAnswer,
  MailAnswer,
  StoryAnswer,
} from '../../src/shared/answers/newsletter.js';
import type { Problem } from '../../src/http/problem.js';
import type { NewsId } from '../../src/platform/ids.js';
import { coordinator, submission, swedishText, worker } from '../make.js';
import { httpWorld, type HttpWorld } from './world.js';

describe('newsletter over http', () => {
  let world: HttpWorld;

  beforeEach(async () => {
    world = await httpWorld();
  });

  afterEach(() => world.stop());

  async function accepted(formId: string, isBoth = true): Promise<NewsId> {
    const { news } = world.bigRoom;
    const { item } = await news.submit(worker, submission({ formId }));
    await news.startReview(coordinator, item.id);
    if (isBoth) await news.edit(coordinator, item.id, 'sv', swedishText, 0);
    await news.accept(coordinator, item.id);
    if (isBoth) await news.ready(coordinator, item.id, 'sv');
    return item.id;
  }

  const answer = async <Value>(method: string, path: string, body?: unknown): Promise<Value> => {
    const response = await world.ask(method, path, 'coordinator', body);
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as Value;
  };
  const place = async (newsId: NewsId): Promise<IssueAnswer> =>
    answer<IssueAnswer>('post', '/api/newsletter/stories', { newsId });

  it('walks from an empty newsletter to an approved one and its files', async () => {
    assert.deepEqual(await answer<IssueListAnswer>('get', '/api/newsletter'), { issues: [] });
    const { issue, storyId = '' } = await place(await accepted('form-0001'));
    const path = `/api/newsletter/${issue.id}`;
    const story = `${path}/stories/${storyId}`;
    await place(await accepted('form-0002', false));
    world.clock.forward({ minutes: 1 });

    const { story: view } = await answer<StoryAnswer>('get', story);
    assert.equal(view.item?.texts.sv?.title, swedishText.title);
    const words = { title: 'Kirjeen otsikko', lead: '', body: '' };
    await answer('put', `${story}/words/fi`, { words, replaces: null });
    await answer('put', `${story}/weight`, { weight: 3, seen: { weight: 2 } });
    await answer('put', `${path}/deadline`, {
      deadline: '2026-12-04',
      seen: { deadline: issue.deadline },
    });
    const { stamp: seen } = (await answer<IssueAnswer>('get', path)).issue;

    const refused = await world.ask('post', `${path}/approve`, 'coordinator', { waivers: [], seen });
    const problem = (await refused.json()) as Problem;
    assert.deepEqual([refused.status, problem.code], [409, 'newsletter.languagesMissing']);
    const missing = problem.details?.missing as { storyId: string; language: string }[];
    const waivers = missing.map((gap) => ({
      storyId: gap.storyId,
      language: gap.language,
      reason: 'Vain yksi ryhmä.',
    }));
    const approved = await answer<IssueAnswer>('post', `${path}/approve`, { waivers, seen });
    assert.equal(approved.issue.status, 'approved');

    const { mail, fileName } = await answer<MailAnswer>('get', `${path}/preview?language=fi`);
    assert.match(mail.html, /Kirjeen otsikko/);
    assert.equal(fileName, 'uutiskirje-1-suomeksi');
    const file = await world.ask('get', `${path}/export?language=sv&format=text`, 'coordinator');
    assert.equal(file.headers.get('content-type'), 'text/plain; charset=utf-8');
    assert.equal(file.headers.get('content-disposition'), 'attachment; filename="nyhetsbrev-1-svenska.txt"');
    assert.match(await file.text(), /Elma ger råd/i);

    const undone = await answer<IssueAnswer>('post', `${path}/undo`, { audit: approved.undo });
    assert.equal(undone.issue.status, 'drafting');
    const { own } = (await answer<StoryAnswer>('get', story)).story;
    await answer('del', `${story}/words/fi`, { replaces: own.fi?.at });
    await answer('put', `${path}/order`, {
      projects: [],
      stories: [storyId],
      seen: { projects: [], stories: [] },
    });
    await answer('post', `${path}/arrange`, { seen: { projects: [], stories: [storyId] } });
    await answer('put', `${path}/lead`, { story: storyId, seen: { lead: null } });
    const { issue: emptier } = await answer<IssueAnswer>('del', story);
    assert.equal(emptier.storyCount, 1);
  });

  it('is laid in any order, under headings of one’s own, of projects or none, and both mails show them', async () => {
    for (const form of ['form-0001', 'form-0002', 'form-0003', 'form-0004'])
      await place(await accepted(form));
    const [first] = (await answer<IssueListAnswer>('get', '/api/newsletter')).issues;
    const path = `/api/newsletter/${first?.id ?? ''}`;
    const { issue } = await answer<IssueAnswer>('get', path);
    const orderOf = ({ sections }: IssueAnswer['issue']) => ({
      sections: sections.map(({ id: section, heading, stories }) => ({
        id: section,
        ...(heading && {
          heading: 'own' in heading ? { own: heading.own } : { projectId: heading.projectId },
        }),
        stories: stories.map((story) => story.id),
      })),
    });
    const seen = orderOf(issue);
    const [one = '', two = '', three = ''] = seen.sections.flatMap(({ stories }) => stories);
    const own = { fi: 'Tulossa & pian', sv: 'På gång' };
    const sections = [
      { id: 'top', stories: [three] },
      { id: 'own-1', heading: { own }, stories: [one] },
      { id: 'elma', heading: { projectId: 'elma' }, stories: [two] },
    ];
    const laid = await answer<IssueAnswer>('put', `${path}/order`, { sections, seen });
    assert.deepEqual(orderOf(laid.issue).sections, sections);
    const expected = { fi: ['Tulossa & pian', 'Hanke elma'], sv: ['På gång', 'Projekt elma'] };
    for (const language of ['fi', 'sv'] as const) {
      const { mail } = await answer<MailAnswer>('get', `${path}/preview?language=${language}`);
      const underlined = [...mail.text.matchAll(/^(.+)\n-{3,}$/gm)].map(([, name]) => name);
      assert.deepEqual(underlined, expected[language]);
      const ruled = [...mail.html.matchAll(/<h2 class="q"[^>]*>([^<]*)<\/h2>/g)].map(([, name]) => name);
      assert.deepEqual(
        ruled,
        expected[language].map((name) => name.replace('&', '&amp;')),
      );
    }
    const late = await world.ask('put', `${path}/order`, 'admin', { sections: seen.sections, seen });
    assert.equal(late.status, 409);
    const faulty = [{ id: 'own-1', heading: { own: { fi: '', sv: 'x'.repeat(81) } }, stories: [] }];
    const refused = await world.ask('put', `${path}/order`, 'coordinator', {
      sections: faulty,
      seen: { sections },
    });
    assert.deepEqual(
      ((await refused.json()) as Problem).fields?.map(({ field, code }) => [field, code]),
      [
        ['sections.0.heading.own.fi', 'required'],
        ['sections.0.heading.own.sv', 'tooLong'],
      ],
    );
    const undone = await answer<IssueAnswer>('post', `${path}/undo`, { audit: laid.undo });
    assert.deepEqual(orderOf(undone.issue), seen);
    await answer('put', `${path}/order`, { sections, seen });
    const again = await answer<IssueAnswer>('post', `${path}/arrange`, { seen: { sections } });
    assert.deepEqual([orderOf(again.issue), again.issue.arranged], [seen, false]);
  });

  it('lets a worker look, and nothing more', async () => {
    const { issue } = await place(await accepted('form-0001'));
    const preview = await world.ask('get', `/api/newsletter/${issue.id}/preview?language=sv`, 'worker');
    assert.equal(preview.status, 200);
    const approve = await world.ask('post', `/api/newsletter/${issue.id}/approve`, 'worker', { waivers: [] });
    assert.equal(approve.status, 403);
  });

  it('names what is wrong at its field', async () => {
    const { issue, storyId = '' } = await place(await accepted('form-0001'));
    const path = `/api/newsletter/${issue.id}`;
    const cases: readonly [method: string, path: string, body: unknown, field: string, code: string][] = [
      ['put', `${path}/deadline`, { deadline: '2020-01-01', seen: {} }, 'deadline', 'datePast'],
      ['put', `${path}/stories/${storyId}/weight`, { weight: 4, seen: {} }, 'weight', 'wrongType'],
      ['put', `${path}/order`, { stories: [], projects: [], x: 1, seen: {} }, 'x', 'unknownField'],
      ['post', '/api/newsletter/stories', {}, 'newsId', 'required'],
      [
        'post',
        `${path}/approve`,
        { waivers: [{ storyId, language: 'sv', reason: '' }], seen: issue.stamp },
        'waivers.0.reason',
        'required',
      ],
      ['get', `${path}/preview?language=en`, undefined, 'language', 'unknownChoice'],
    ];
    for (const [method, address, body, field, code] of cases) {
      const response = await world.ask(method, address, 'coordinator', body);
      const { fields } = (await response.json()) as Problem;
      assert.deepEqual(
        [response.status, fields?.map((fault) => [fault.field, fault.code])],
        [400, [[field, code]]],
        address,
      );
    }
  });
});
