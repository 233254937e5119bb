import assert from 'node:assert/strict';
import type { Role } from '../../src/platform/actor.js';
import { roles } from '../../src/platform/actor.js';
import type { PersonId } from '../../src/platform/ids.js';
import type { NewsItemAnswer } from '../../src/shared/answers/news.js';
import type { OverviewAnswer } from '../../src/shared/answers/overview.js';
import type { SessionAnswer } from '../../src/shared/answers/people.js';
import type { ReleaseAnswer } from '../../src/shared/answers/releases.js';
import type { SubstitutionAnswer, SubstitutionsAnswer } from '../../src/shared/answers/substitutes.js';
import { submission, swedishText } from '../make.js';
import { httpWorld, type HttpWorld } from './world.js';

/** Whoever acts for somebody who is away, over HTTP: the world's clock stands at 23 November 2026, 10.00 in Helsinki. */
describe('substitutes over HTTP', () => {
  let world: HttpWorld;
  let forms = 0;

  beforeEach(async () => {
    world = await httpWorld();
  });
  afterEach(() => world.stop());

  const formId = (): string => {
    forms += 1;
    return `form-${String(forms).padStart(4, '0')}`;
  };

  async function ok<Answer>(method: string, path: string, who: string, body?: unknown): Promise<Answer> {
    const answer = await world.ask(method, path, who as Role, body);
    const text = await answer.text();
    assert.ok(answer.status < 300, `${method} ${path} ${String(answer.status)} ${text}`);
    return JSON.parse(text) as Answer;
  }

  async function refused(method: string, path: string, who: string, body?: unknown): Promise<string> {
    const answer = await world.ask(method, path, who as Role, body);
    const { code } = (await answer.json()) as { readonly code?: string };
    return `${String(answer.status)} ${code ?? ''}`;
  }

  async function acts(substitute: string, absent: string, to = '2026-11-25'): Promise<string> {
    const days = { from: '2026-11-23', to };
    const by = absent === 'worker' ? 'worker' : 'admin';
    const { substitution } = await ok<SubstitutionAnswer>('post', '/api/substitutes', by, {
      formId: formId(),
      absent,
      substitute,
      ...days,
    });
    return `/api/substitutes/${absent}/${substitution.id}`;
  }

  const submit = async (who: string): Promise<string> =>
    (await ok<NewsItemAnswer>('post', '/api/news', who, submission({ formId: formId() }))).item.id;

  it('give the rights while they last, at once, and take them at once', async () => {
    const id = await submit('translator');
    assert.equal(await refused('post', `/api/news/${id}/accept`, 'worker', {}), '403 permission.denied');
    const path = await acts('worker', 'coordinator');
    const session = await ok<SessionAnswer>('get', '/api/session', 'worker');
    assert.deepEqual(
      [session.person.role, session.person.actsFor?.[0]?.id, session.permissions.includes('news:decide')],
      ['worker', 'coordinator', true],
    );
    assert.equal(session.permissions.includes('people:manage'), false);
    const { item } = await ok<NewsItemAnswer>('post', `/api/news/${id}/accept`, 'worker', {});
    assert.equal(item.state.status, 'accepted');
    await ok('post', `${path}/end`, 'worker');
    assert.equal(await refused('post', `/api/news/${id}/reopen`, 'worker', {}), '403 permission.denied');
  });

  it('sign in the absent person’s name only what they could not do by themselves', async () => {
    const own = await submit('worker');
    await acts('worker', 'coordinator');
    const theirs = await submit('coordinator');
    const other = await submit('translator');
    await ok('post', `/api/news/${theirs}/withdraw`, 'worker');
    await ok('post', `/api/news/${other}/note`, 'worker', { note: 'Kiitos!' });
    await ok('post', `/api/news/${own}/withdraw`, 'worker');
    const signedBy = async (id: string) => {
      const { lines } = await ok<{ lines: { by?: { id: string; for?: { id: string } } }[] }>(
        'get',
        `/api/news/${id}/audit`,
        'coordinator',
      );
      return [lines[0]?.by?.id, lines[0]?.by?.for?.id];
    };
    assert.deepEqual(await signedBy(theirs), ['worker', 'coordinator']);
    assert.deepEqual(await signedBy(other), ['worker', 'coordinator']);
    assert.deepEqual(await signedBy(own), ['worker', undefined]);
  });

  it('make what is the absent person’s the substitute’s, and nothing else', async () => {
    const id = await submit('worker');
    const elsewhere = await submit('coordinator');
    await ok('post', `/api/news/${id}/request-changes`, 'coordinator', { note: 'Kuka on paikalla?' });
    assert.equal(await refused('get', `/api/news/${id}`, 'translator'), '200 ');
    assert.equal(
      await refused('post', `/api/news/${id}/resubmit`, 'translator', {}),
      '403 permission.denied',
    );
    await acts('translator', 'worker');
    const waiting = await ok<OverviewAnswer>('get', '/api/overview', 'translator');
    assert.deepEqual(
      waiting.news.changesRequested.map((line) => line.id),
      [id],
    );
    await ok('post', `/api/news/${id}/messages`, 'translator', { text: 'Kaikki ovat.' });
    const { item } = await ok<NewsItemAnswer>('get', `/api/news/${id}`, 'translator');
    assert.equal(item.state.status, 'submitted');
    assert.equal(item.lastMessage?.by.for?.id, 'worker');
    assert.equal(
      await refused('post', `/api/news/${elsewhere}/withdraw`, 'translator', {}),
      '403 permission.denied',
    );
  });

  it('undo in a person’s name only while they act for them', async () => {
    const id = await submit('worker');
    const path = await acts('translator', 'worker');
    await ok('post', `/api/news/${id}/withdraw`, 'translator');
    await ok('post', `${path}/end`, 'worker');
    const { lines } = await ok<{ lines: { number: number }[] }>('get', `/api/news/${id}/audit`, 'worker');
    const audit = lines[0]?.number;
    assert.equal(await refused('post', `/api/news/${id}/undo`, 'translator', { audit }), '409 undo.tooLate');
    await ok('post', `${path}/restore`, 'worker');
    const { item } = await ok<NewsItemAnswer>('post', `/api/news/${id}/undo`, 'translator', { audit });
    assert.equal(item.state.status, 'submitted');
  });

  it('are one person with whom they act for, where two have to approve', async () => {
    const { approvals: seen } = await ok<{ approvals: object }>('get', '/api/programme/approvals', 'admin');
    await ok('put', '/api/programme/approvals', 'admin', { newsletter: 2, releases: 2, seen });
    const half = async (who: string): Promise<string> => {
      const newsId = await submit('translator');
      await ok('put', `/api/news/${newsId}/texts/sv`, 'translator', { ...swedishText, basedOn: 0 });
      await ok('post', `/api/news/${newsId}/texts/sv/ready`, 'translator', { seen: { fi: 1, sv: 1 } });
      await ok('post', `/api/news/${newsId}/accept`, 'approver', {});
      const { release } = await ok<ReleaseAnswer>('post', '/api/releases', 'coordinator', { newsId });
      await ok('post', `/api/releases/${release.id}/publish`, who, {});
      return `/api/releases/${release.id}/approve`;
    };
    const byAbsent = await half('coordinator');
    await acts('worker', 'coordinator');
    // The absent person has approved it: the substitute is no second pair of eyes.
    assert.equal(await refused('post', byAbsent, 'worker', {}), '409 approval.needsAnother');
    // Nor is the absent person, back early, after their substitute; somebody else is.
    const bySubstitute = await half('worker');
    assert.equal(await refused('post', bySubstitute, 'coordinator', {}), '409 approval.needsAnother');
    const { release } = await ok<ReleaseAnswer>('post', bySubstitute, 'approver', {});
    assert.notEqual(release.state.status, 'draft');
  });

  it('may approve as themselves beside the absent person, where their own role lets them', async () => {
    const { approvals: seen } = await ok<{ approvals: object }>('get', '/api/programme/approvals', 'admin');
    await ok('put', '/api/programme/approvals', 'admin', { newsletter: 2, releases: 2, seen });
    const id = await submit('translator');
    await ok('post', `/api/news/${id}/accept`, 'coordinator', {});
    const { release } = await ok<ReleaseAnswer>('post', '/api/releases', 'coordinator', { newsId: id });
    const waiver = 'Koskee vain yhtä kuntaa.';
    await ok('post', `/api/releases/${release.id}/publish`, 'coordinator', { waiver });
    await acts('approver', 'coordinator');
    const { release: after } = await ok<ReleaseAnswer>(
      'post',
      `/api/releases/${release.id}/approve`,
      'approver',
      {},
    );
    assert.notEqual(after.state.status, 'draft');
  });

  it('are refused where they can’t be, with what to do about it', async () => {
    const to = { from: '2026-11-24', to: '2026-11-25' };
    const set = (who: string, body: object) =>
      refused('post', '/api/substitutes', who, { formId: formId(), ...to, ...body });
    assert.equal(await set('worker', { substitute: 'worker' }), '409 substitution.oneself');
    assert.equal(await set('worker', { substitute: 'nobody' }), '404 person.notFound');
    assert.equal(await set('worker', { substitute: '../admin' }), '400 input.invalid');
    assert.equal(await set('worker', { substitute: 'admin', from: '2026-11-22' }), '400 input.invalid');
    assert.equal(await set('worker', { substitute: 'admin', to: '2026-11-23' }), '400 input.invalid');
    assert.equal(await set('worker', { substitute: 'admin', to: '2031-01-01' }), '400 input.invalid');
    assert.equal(await set('worker', { substitute: 'admin', absent: 'approver' }), '403 permission.denied');
    await ok('post', '/api/substitutes', 'worker', { formId: formId(), ...to, substitute: 'approver' });
    assert.equal(await set('admin', { substitute: 'worker' }), '409 substitution.substituteAway');
    assert.equal(await set('approver', { substitute: 'admin' }), '409 substitution.actsForOther');
    assert.equal(
      await refused('post', '/api/substitutes/worker/none/end', 'worker'),
      '404 substitution.notFound',
    );
  });

  it('are seen by those concerned, and all of them by who gives out work', async () => {
    await acts('approver', 'worker');
    const list = (who: string) => ok<SubstitutionsAnswer>('get', '/api/substitutes', who);
    const [worker, approver, translator, coordinator] = [
      await list('worker'),
      await list('approver'),
      await list('translator'),
      await list('coordinator'),
    ];
    assert.deepEqual([worker.mine.length, worker.mine[0]?.status, worker.all], [1, 'current', undefined]);
    assert.equal(approver.standsIn.length, 1);
    assert.deepEqual([translator.mine, translator.standsIn, translator.all], [[], [], undefined]);
    assert.equal(coordinator.all?.length, 1);
  });

  /** Each route for a worker who acts for somebody of each role: as for that role itself, but for what is not lent. */
  it('may use each route that the role may for whom they act, and no other', async () => {
    for (const absent of roles.filter((role) => role !== 'worker')) {
      const path = await acts('worker', absent);
      const lent = absent === 'admin' ? 'coordinator' : absent;
      for (const route of world.bigRoom.routes) {
        if (route.permission === 'open') continue;
        const at = route.path
          .replace(':language', 'fi')
          .replace(':month', '2026-11')
          .replace(/:\w+/g, 'nothing-of-the-kind');
        const [mine, theirs] = [
          (await world.ask(route.method, at, 'worker', {})).status === 403,
          (await world.ask(route.method, at, lent, {})).status === 403,
        ];
        assert.equal(mine, theirs, `${route.method} ${route.path} for ${absent}`);
      }
      await ok('post', `${path}/end`, 'admin');
    }
  });

  it('leave a list of what was done in the absent person’s name', async () => {
    const id = await submit('worker');
    await acts('translator', 'worker', '2026-11-23');
    await ok('post', `/api/news/${id}/withdraw`, 'translator');
    const { substitutions } = world.bigRoom;
    const [first] = (await ok<SubstitutionsAnswer>('get', '/api/substitutes', 'worker')).mine;
    assert.ok(first !== undefined);
    const done = await substitutions.doneInName(first);
    assert.deepEqual(
      done.map((each) => [each.noun, each.id, each.by.id]),
      [['news', id, 'translator' as PersonId]],
    );
  });
});
