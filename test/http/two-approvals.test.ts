import assert from 'node:assert/strict';
import { Temporal } from 'temporal-polyfill';
import type { Role } from '../../src/platform/actor.js';
import type { IssueAnswer } from '../../src/shared/answers/newsletter.js';
import type { NewsItemAnswer } from '../../src/shared/answers/news.js';
import type { OverviewAnswer } from '../../src/shared/answers/overview.js';
import type { ReleaseAnswer } from '../../src/shared/answers/releases.js';
import { submission, swedishText } from '../make.js';
import { httpWorld, type HttpWorld } from './world.js';

/** What two people have to approve, in the newsletter and in the release queue. */
describe('two approvals', () => {
  let world: HttpWorld;
  let forms = 0;

  beforeEach(async () => {
    world = await httpWorld();
    await require2({ newsletter: 2, releases: 2 });
  });

  afterEach(() => world.stop());

  async function ok<Answer>(method: string, path: string, who: Role, body?: unknown): Promise<Answer> {
    const answer = await world.ask(method, path, who, body);
    assert.ok(
      answer.status < 300,
      `${method} ${path} ${String(answer.status)} ${await answer.clone().text()}`,
    );
    return (await answer.json()) as Answer;
  }

  async function refused(method: string, path: string, who: Role, body?: unknown): Promise<string> {
    const answer = await world.ask(method, path, who, body);
    const { code } = (await answer.json()) as { readonly code?: string };
    return `${String(answer.status)} ${code ?? ''}`;
  }

  async function require2(approvals: { newsletter: number; releases: number }): Promise<void> {
    const { approvals: seen } = await ok<{ approvals: object }>('get', '/api/programme/approvals', 'admin');
    await ok('put', '/api/programme/approvals', 'admin', { ...approvals, seen });
  }

  /** An item that is ready in both languages, and accepted. */
  async function accepted(): Promise<string> {
    forms += 1;
    const sent = await ok<NewsItemAnswer>(
      'post',
      '/api/news',
      'worker',
      submission({ formId: `form-${String(forms).padStart(4, '0')}` }),
    );
    const { id } = sent.item;
    await ok('put', `/api/news/${id}/texts/sv`, 'translator', { ...swedishText, basedOn: 0 });
    await ok('post', `/api/news/${id}/texts/sv/ready`, 'translator', { seen: { fi: 1, sv: 1 } });
    await ok('post', `/api/news/${id}/accept`, 'approver');
    return id;
  }

  describe('of a release', () => {
    let newsId: string;
    let path: string;
    const get = () => ok<ReleaseAnswer>('get', path, 'approver');
    const wall = { date: '2026-11-24', time: '09:00', seen: { due: null } };

    beforeEach(async () => {
      newsId = await accepted();
      const { release } = await ok<ReleaseAnswer>('post', '/api/releases', 'coordinator', { newsId });
      path = `/api/releases/${release.id}`;
    });

    it('waits for another person, and goes out at its time once both have approved it', async () => {
      const first = await ok<ReleaseAnswer>('post', `${path}/schedule`, 'coordinator', wall);
      assert.equal(first.release.state.status, 'draft');
      assert.equal(first.approvals.first?.by.id, 'coordinator');
      assert.equal(first.approvals.mayApprove, false);
      assert.equal(await refused('post', `${path}/approve`, 'coordinator'), '409 approval.needsAnother');
      assert.equal(
        await refused('post', `${path}/schedule`, 'coordinator', wall),
        '409 approval.needsAnother',
      );
      assert.equal((await get()).approvals.mayApprove, true);
      const both = await ok<ReleaseAnswer>('post', `${path}/approve`, 'approver');
      assert.ok(both.release.state.status === 'scheduled');
      assert.equal(both.release.state.due, '2026-11-24T07:00:00Z');
      assert.deepEqual(
        [both.release.state.approval.first?.by.id, both.release.state.approval.by.id],
        ['coordinator', 'approver'],
      );
      await world.pass({ hours: 24 });
      assert.equal((await get()).release.state.status, 'published');
    });

    it('does not go out while one has approved it', async () => {
      await ok('post', `${path}/publish`, 'approver', {});
      await world.pass({ hours: 48 });
      assert.equal((await get()).release.state.status, 'draft');
    });

    it('is approved by nobody once a text was edited, whether one or two had', async () => {
      await ok('post', `${path}/schedule`, 'coordinator', wall);
      const edit = (basedOn: number) =>
        ok('put', `/api/news/${newsId}/texts/fi`, 'translator', {
          title: `Uusi otsikko ${String(basedOn)}`,
          lead: 'Ingressi',
          body: 'Leipäteksti',
          basedOn,
        });
      const ready = async () => {
        const { item } = await ok<NewsItemAnswer>('get', `/api/news/${newsId}`, 'coordinator');
        const seen = { fi: item.texts.fi?.revision, sv: item.texts.sv?.revision };
        world.clock.forward({ hours: 1 });
        for (const language of ['fi', 'sv'])
          await ok('post', `/api/news/${newsId}/texts/${language}/ready`, 'coordinator', { seen });
      };
      await edit(1);
      assert.equal((await get()).approvals.first, undefined);
      assert.equal(await refused('post', `${path}/approve`, 'approver'), '409 approval.none');
      await ready();
      await ok('post', `${path}/schedule`, 'coordinator', wall);
      await ok('post', `${path}/approve`, 'approver');
      await edit(2);
      assert.equal((await get()).release.state.status, 'draft');
      await ready();
      await world.pass({ hours: 48 });
      assert.equal((await get()).release.state.status, 'draft');
    });

    it('counts the reason for a language for both', async () => {
      const sent = await ok<NewsItemAnswer>(
        'post',
        '/api/news',
        'worker',
        submission({ formId: 'form-alone' }),
      );
      await ok('post', `/api/news/${sent.item.id}/accept`, 'approver');
      const { release } = await ok<ReleaseAnswer>('post', '/api/releases', 'coordinator', {
        newsId: sent.item.id,
      });
      const own = `/api/releases/${release.id}`;
      await ok('post', `${own}/publish`, 'coordinator', { waiver: 'Koskee vain yhtä kuntaa.' });
      const both = await ok<ReleaseAnswer>('post', `${own}/approve`, 'approver');
      assert.ok(both.release.state.status === 'scheduled');
      assert.equal(both.release.state.approval.waiver?.reason, 'Koskee vain yhtä kuntaa.');
    });

    it('is undone step by step by who did it', async () => {
      const first = await ok<ReleaseAnswer>('post', `${path}/schedule`, 'coordinator', wall);
      const second = await ok<ReleaseAnswer>('post', `${path}/approve`, 'approver');
      assert.equal(
        await refused('post', `${path}/undo`, 'coordinator', { audit: second.undo }),
        '409 undo.tooLate',
      );
      const undone = await ok<ReleaseAnswer>('post', `${path}/undo`, 'approver', { audit: second.undo });
      assert.equal(undone.approvals.first?.by.id, 'coordinator');
      assert.equal(undone.release.state.status, 'draft');
      assert.equal(
        await refused('post', `${path}/undo`, 'coordinator', { audit: first.undo }),
        '409 undo.tooLate',
      );
      await ok('post', `${path}/approve`, 'approver');
    });

    it('takes the first approval back by its own undo', async () => {
      const { undo } = await ok<ReleaseAnswer>('post', `${path}/publish`, 'coordinator', {});
      const undone = await ok<ReleaseAnswer>('post', `${path}/undo`, 'coordinator', { audit: undo });
      assert.equal(undone.approvals.first, undefined);
    });

    it('leaves nothing stuck when one is enough again, nor when two are wanted in the middle', async () => {
      await ok('post', `${path}/schedule`, 'coordinator', wall);
      await require2({ newsletter: 2, releases: 1 });
      const alone = await ok<ReleaseAnswer>('post', `${path}/approve`, 'coordinator');
      assert.equal(alone.release.state.status, 'scheduled');
      await require2({ newsletter: 2, releases: 2 });
      // Approved by the rule of then: it stays so, and only gets another time.
      const later = await ok<ReleaseAnswer>('post', `${path}/schedule`, 'coordinator', {
        date: '2026-11-25',
        time: '09:00',
        seen: { due: '2026-11-24T07:00:00Z' },
      });
      assert.equal(later.release.state.status, 'scheduled');
      await world.pass({ hours: 48 });
      assert.equal((await get()).release.state.status, 'published');
    });

    it('needs two for a correction too', async () => {
      await ok('post', `${path}/publish`, 'coordinator', {});
      await ok('post', `${path}/approve`, 'approver');
      await world.pass({ minutes: 1 });
      assert.equal((await get()).release.state.status, 'published');
      const first = await ok<ReleaseAnswer>('post', `${path}/correct`, 'coordinator', {});
      assert.equal(first.release.state.status, 'published');
      await world.pass({ minutes: 1 });
      assert.equal((await get()).release.state.status, 'published');
      const both = await ok<ReleaseAnswer>('post', `${path}/approve`, 'admin');
      assert.equal(both.release.state.status, 'scheduled');
      await world.pass({ minutes: 1 });
      const out = await get();
      assert.equal(out.release.state.status, 'published');
      assert.equal(out.release.out?.approval.first?.by.id, 'coordinator');
    });

    it('sends back with a reason, which takes the approval away', async () => {
      await ok('post', `${path}/schedule`, 'coordinator', wall);
      assert.equal(
        await refused('post', `${path}/send-back`, 'translator', { reason: 'x' }),
        '403 permission.denied',
      );
      assert.equal(
        await refused('post', `${path}/send-back`, 'approver', { reason: ' ' }),
        '400 input.invalid',
      );
      const back = await ok<ReleaseAnswer>('post', `${path}/send-back`, 'approver', {
        reason: 'Luku puuttuu.',
      });
      assert.equal(back.approvals.first, undefined);
      assert.equal(back.release.sentBack?.reason, 'Luku puuttuu.');
    });

    it('shows on the overview of who can give the other approval, and of nobody else', async () => {
      const lines = async (who: Role) =>
        (await ok<OverviewAnswer>('get', '/api/overview', who)).releases?.toApprove.map(({ id }) => id);
      await ok('post', `${path}/schedule`, 'coordinator', wall);
      const { id } = (await get()).release;
      assert.deepEqual(
        [await lines('approver'), await lines('coordinator'), await lines('translator')],
        [[id], [], undefined],
      );
      await ok('post', `${path}/approve`, 'approver');
      assert.deepEqual(await lines('approver'), []);
    });

    it('does not count an approval of another text than the one that is there', async () => {
      await ok('post', `${path}/schedule`, 'coordinator', wall);
      await ok('put', `${path}/contact`, 'coordinator', { contact: 'Joku muu', seen: { contact: null } });
      assert.equal(await refused('post', `${path}/approve`, 'approver'), '409 approval.none');
    });
  });

  describe('of an issue', () => {
    let path: string;
    const get = async () => (await ok<IssueAnswer>('get', path, 'approver')).issue;
    const approve = async (who: Role) =>
      ok<IssueAnswer>('post', `${path}/approve`, who, { waivers: [], seen: (await get()).stamp });

    beforeEach(async () => {
      const newsId = await accepted();
      const { issue } = await ok<IssueAnswer>('post', '/api/newsletter/stories', 'coordinator', { newsId });
      path = `/api/newsletter/${issue.id}`;
    });

    it('waits for another person', async () => {
      const first = await approve('coordinator');
      assert.equal(first.issue.status, 'drafting');
      assert.equal(first.issue.approvals.first?.by.id, 'coordinator');
      assert.equal(first.issue.approvals.needsAnother, true);
      const { stamp } = await get();
      const again = { waivers: [], seen: stamp };
      assert.equal(
        await refused('post', `${path}/approve`, 'coordinator', again),
        '409 approval.needsAnother',
      );
      assert.equal(await refused('post', `${path}/sent`, 'coordinator'), '409 newsletter.notEditable');
      const both = await approve('approver');
      assert.equal(both.issue.status, 'approved');
      assert.deepEqual(
        [both.issue.approved?.first?.id, both.issue.approved?.by.id],
        ['coordinator', 'approver'],
      );
    });

    it('is approved by nobody once a story or a text around the stories was changed', async () => {
      await approve('approver');
      const { issue } = await ok<IssueAnswer>('put', `${path}/letter/fi`, 'translator', {
        subject: 'Uusi aihe',
        seen: { subject: null, preheader: null, greeting: null, signOff: null },
      });
      assert.equal(issue.approvals.first, undefined);
      assert.equal((await approve('coordinator')).issue.status, 'drafting');
    });

    it('takes the first approval back by its undo, and the second alone by its own', async () => {
      const first = await approve('coordinator');
      const second = await approve('approver');
      const undone = await ok<IssueAnswer>('post', `${path}/undo`, 'approver', { audit: second.undo });
      assert.equal(undone.issue.approvals.first?.by.id, 'coordinator');
      const again = await ok<IssueAnswer>('post', `${path}/unapprove`, 'approver');
      assert.equal(again.issue.approvals.first, undefined);
      assert.equal(
        await refused('post', `${path}/undo`, 'coordinator', { audit: first.undo }),
        '409 undo.tooLate',
      );
    });

    it('is finished by anybody who may once one is enough', async () => {
      await approve('coordinator');
      await require2({ newsletter: 1, releases: 2 });
      assert.equal((await approve('coordinator')).issue.status, 'approved');
    });

    it('sends back with a reason that stays until it is approved', async () => {
      await approve('coordinator');
      const back = await ok<IssueAnswer>('post', `${path}/send-back`, 'approver', {
        reason: 'Pääjuttu puuttuu.',
      });
      assert.equal(back.issue.approvals.first, undefined);
      assert.equal(back.issue.sentBack?.reason, 'Pääjuttu puuttuu.');
      const { deadline } = back.issue;
      await ok('put', `${path}/deadline`, 'coordinator', { deadline: '2026-12-18', seen: { deadline } });
      assert.equal((await get()).sentBack?.reason, 'Pääjuttu puuttuu.');
      await approve('coordinator');
      assert.equal((await get()).sentBack, undefined);
    });

    it('shows on the overview of who can give the other approval', async () => {
      const by = async (who: Role) =>
        (await ok<OverviewAnswer>('get', '/api/overview', who)).newsletter?.firstBy?.id;
      await approve('coordinator');
      assert.deepEqual([await by('approver'), await by('coordinator')], ['coordinator', undefined]);
      world.clock.forward(Temporal.Duration.from({ hours: 1 }));
      await approve('approver');
      assert.equal(await by('approver'), undefined);
    });
  });
});
