import assert from 'node:assert/strict';
import type { NewsId, ReleaseId } from '../../../src/platform/ids.js';
import { textStatus } from '../../../src/content/text.js';
import { coordinator, otherCoordinator, swedishText, worker } from '../../make.js';
import { releaseWorld, type ReleaseWorld } from '../../make-releases.js';
import { rejectsWith } from '../../world/outbox.js';

const words = { title: 'Uusi otsikko', lead: 'Uusi ingressi', body: 'Uusi leipäteksti' };

describe('release service', () => {
  let world: ReleaseWorld;
  beforeEach(() => {
    world = releaseWorld();
  });

  async function fromNews(name = 'elma', more = {}): Promise<ReleaseId> {
    const newsId = await world.acceptedNews(name, more);
    return (await world.releases.create(coordinator, { newsId })).release.id;
  }

  async function empty(formId = 'form-1'): Promise<ReleaseId> {
    return (await world.releases.create(coordinator, { formId })).release.id;
  }

  describe('creating', () => {
    it('copies an accepted item and relates the item to it', async () => {
      const newsId = await world.acceptedNews('elma');
      const { release, created } = await world.releases.create(coordinator, { newsId });
      assert.equal(created, true);
      assert.equal(release.state.status, 'draft');
      assert.equal(release.texts.sv?.title, swedishText.title);
      assert.equal(release.texts.sv.revision, 1);
      assert.deepEqual(
        (await world.news.many([newsId]))[0]?.uses.map(({ id }) => id),
        [release.id],
      );
      const history = await world.releases.history(coordinator, release.id, 'fi');
      assert.equal(history.lines.length, 1);
    });

    it('makes one release of one item, however often and at once it is asked for', async () => {
      const newsId = await world.acceptedNews('elma');
      const made = await Promise.all(
        [coordinator, otherCoordinator, coordinator].map((actor) => world.releases.create(actor, { newsId })),
      );
      assert.equal(new Set(made.map(({ release }) => release.id)).size, 1);
      assert.deepEqual(made.map(({ created }) => created).sort(), [false, false, true]);
      assert.equal((await world.releases.queue(coordinator)).lines.length, 1);
    });

    it('makes one release of one form', async () => {
      assert.equal(await empty(), await empty());
      assert.notEqual(await empty(), await empty('form-2'));
    });

    it('refuses an item that is not accepted, and an origin that is none', async () => {
      const { item } = await world.news.submit(worker, {
        formId: 'form-new',
        projectId: 'elma',
        language: 'fi',
        words,
        audiences: [],
        wishedChannels: [],
      });
      await rejectsWith(world.releases.create(coordinator, { newsId: item.id }), 'news.notAccepted');
      await rejectsWith(world.releases.create(coordinator, { newsId: 'nobody' }), 'news.notFound');
      for (const origin of [undefined, {}, { formId: '../x' }, { newsId: 'a', formId: 'b' }]) {
        await rejectsWith(world.releases.create(coordinator, origin), 'input.invalid');
      }
    });

    it('leaves a language behind that was behind in the item', async () => {
      const newsId = await world.acceptedNews('elma');
      const revision = (await world.news.many([newsId]))[0]?.texts.fi?.revision ?? 0;
      await world.news.edit(coordinator, newsId, 'fi', words, revision);
      const { release } = await world.releases.create(coordinator, { newsId });
      assert.deepEqual(
        [textStatus(release.texts, 'fi'), textStatus(release.texts, 'sv')],
        ['ready', 'behind'],
      );
    });

    it('brings a cancelled release back when it is asked for again', async () => {
      const newsId = await world.acceptedNews('elma');
      const first = await world.releases.create(coordinator, { newsId });
      await world.releases.cancel(coordinator, first.release.id);
      assert.deepEqual((await world.news.many([newsId]))[0]?.uses, []);
      const again = await world.releases.create(coordinator, { newsId });
      assert.deepEqual([again.created, again.release.state.status], [false, 'draft']);
      assert.equal((await world.news.many([newsId]))[0]?.uses.length, 1);
    });
  });

  describe('texts', () => {
    it('takes an approval back with the edit, and calls the message back', async () => {
      const id = await world.scheduled('elma', '2026-11-24', '09:00');
      const { release } = await world.releases.edit(coordinator, id, 'fi', words, 1);
      assert.equal(release.state.status, 'draft');
      assert.equal(release.texts.fi?.revision, 2);
      await world.pass({ hours: 48 });
      assert.deepEqual(world.channel.asked, []);
    });

    it('keeps the approval when the same text is saved again', async () => {
      const id = await world.approved('elma');
      const { fi } = (await world.releases.get(coordinator, id)).release.texts;
      const same = { title: fi?.title, lead: fi?.lead, body: fi?.body };
      await world.releases.edit(coordinator, id, 'fi', same, 1);
      assert.equal((await world.stateOf(id)).status, 'approved');
    });

    it('keeps both texts when two write at once, and refuses the second', async () => {
      const id = await fromNews();
      await world.releases.edit(coordinator, id, 'fi', words, 1);
      const late = { ...words, title: 'Myöhäinen otsikko' };
      await assert.rejects(
        world.releases.edit(otherCoordinator, id, 'fi', late, 1),
        (error: { code: string; details: { theirs: { title: string } } }) => {
          assert.equal(error.code, 'text.conflict');
          assert.equal(error.details.theirs.title, words.title);
          return true;
        },
      );
      const { lines } = await world.releases.history(coordinator, id, 'fi');
      assert.deepEqual(
        lines.map(({ title, parked }) => [title, parked === true]),
        [
          [words.title, false],
          [late.title, true],
          ['Elma neuvoo elintavoissa', false],
        ],
      );
    });

    it('keeps an approval when a text came too late', async () => {
      const id = await world.approved('elma');
      await rejectsWith(world.releases.edit(coordinator, id, 'fi', words, 0), 'text.conflict');
      assert.equal((await world.stateOf(id)).status, 'approved');
    });

    it('refuses personal data and faulty text before they are stored', async () => {
      const id = await fromNews();
      const secret = { ...words, body: 'Soita 131052-308T' };
      await rejectsWith(world.releases.edit(coordinator, id, 'fi', secret, 1), 'text.personalData');
      await rejectsWith(
        world.releases.edit(coordinator, id, 'fi', { ...words, title: '' }, 1),
        'input.invalid',
      );
      await rejectsWith(
        world.releases.edit(coordinator, id, 'fi', { ...words, html: 'x' }, 1),
        'input.invalid',
      );
      await rejectsWith(
        world.releases.edit(coordinator, id, 'fi', { ...words, body: 'a'.repeat(10_000) }, 1),
        'input.invalid',
      );
    });

    it('shows newer texts of the item, and takes them over', async () => {
      const newsId = await world.acceptedNews('elma');
      const { id } = (await world.releases.create(coordinator, { newsId })).release;
      assert.deepEqual((await world.releases.get(coordinator, id)).newer, {});
      await world.news.edit(coordinator, newsId, 'sv', { ...swedishText, title: 'Ny rubrik' }, 1);
      assert.equal((await world.releases.get(coordinator, id)).newer.sv?.title, 'Ny rubrik');
      await world.releases.takeSource(coordinator, id, 'sv');
      const view = await world.releases.get(coordinator, id);
      assert.deepEqual([view.release.texts.sv?.title, view.newer], ['Ny rubrik', {}]);
    });
  });

  describe('approval', () => {
    it('needs both languages, or a waiver with a reason', async () => {
      const id = await empty();
      await world.releases.edit(coordinator, id, 'fi', words, 0);
      await assert.rejects(world.releases.approve(coordinator, id), {
        code: 'release.languagesMissing',
        details: { id, languages: ['sv'] },
      });
      await rejectsWith(world.releases.approve(coordinator, id, ' '), 'input.invalid');
      const { release } = await world.releases.approve(coordinator, id, 'Koskee vain suomenkielisiä');
      assert.ok(release.state.status === 'approved');
      assert.deepEqual(release.state.approval.revisions, { fi: 1 });
      assert.equal(release.state.approval.waiver?.reason, 'Koskee vain suomenkielisiä');
    });

    it('is of what the approver saw, where the request says so', async () => {
      const id = await fromNews();
      await world.releases.edit(otherCoordinator, id, 'fi', words, 1);
      await world.releases.check(otherCoordinator, id, 'sv');
      for (const seen of [{ fi: 1, sv: 1 }, { fi: 2 }, { sv: 1 }, {}])
        await rejectsWith(world.releases.approve(coordinator, id, undefined, seen), 'text.conflict');
      assert.equal((await world.stateOf(id)).status, 'draft');
      await world.releases.approve(coordinator, id, undefined, { fi: 2, sv: 1 });
      assert.equal((await world.stateOf(id)).status, 'approved');
    });

    it('is not to be had for nothing at all, waiver or not', async () => {
      const id = await empty();
      await rejectsWith(world.releases.approve(coordinator, id, 'syy'), 'release.languagesMissing');
    });

    it('asks for a look at the other language after an edit of one', async () => {
      const id = await fromNews();
      await world.releases.edit(coordinator, id, 'fi', words, 1);
      await rejectsWith(world.releases.approve(coordinator, id), 'release.languagesMissing');
      await world.releases.check(coordinator, id, 'sv');
      assert.equal((await world.releases.approve(coordinator, id)).release.state.status, 'approved');
    });
  });

  describe('planning', () => {
    it('refuses a date before the one that the author asked for', async () => {
      const id = await world.approved('elma', { earliestDate: '2026-12-01' });
      assert.equal((await world.releases.get(coordinator, id)).earliestDate, '2026-12-01');
      await rejectsWith(
        world.releases.schedule(coordinator, id, { date: '2026-11-30', time: '09:00' }),
        'input.invalid',
      );
      await rejectsWith(world.releases.publishNow(coordinator, id), 'input.invalid');
      await world.releases.schedule(coordinator, id, { date: '2026-12-01', time: '00:00' });
    });

    it('says when the clocks change at that time', async () => {
      const id = await world.approved('elma');
      const wallTime = { date: '2027-03-28', time: '03:30' };
      assert.equal((await world.releases.schedule(coordinator, id, wallTime)).clockChange, 'gap');
    });

    it('moves a planned release: only the last plan goes out', async () => {
      const id = await world.scheduled('elma', '2026-11-24', '09:00');
      await world.releases.schedule(coordinator, id, { date: '2026-11-25', time: '09:00' });
      await world.pass({ hours: 23 });
      assert.equal((await world.stateOf(id)).status, 'scheduled');
      await world.pass({ hours: 24 });
      assert.equal((await world.stateOf(id)).status, 'published');
      assert.equal(world.channel.asked.length, 1);
    });

    it('puts an unscheduled one back among the drafts, and nothing leaves', async () => {
      const id = await world.scheduled('elma', '2026-11-24', '09:00');
      await world.releases.unschedule(coordinator, id);
      await world.pass({ hours: 48 });
      assert.equal((await world.stateOf(id)).status, 'draft');
      assert.deepEqual(world.channel.asked, []);
    });
  });

  describe('undo', () => {
    const undoLast = async (id: ReleaseId, undo: number | undefined) =>
      (await world.releases.undo(coordinator, id, undo ?? 0)).release.state.status;

    it("is one person's own", async () => {
      const id = await world.approved('elma');
      const { undo } = await world.releases.publishNow(coordinator, id);
      await rejectsWith(world.releases.undo(otherCoordinator, id, undo ?? 0), 'undo.tooLate');
      assert.equal((await world.stateOf(id)).status, 'scheduled');
    });

    it('holds back what was to be published now', async () => {
      const id = await world.approved('elma');
      const { undo } = await world.releases.publishNow(coordinator, id);
      await world.pass({ seconds: 5 });
      assert.equal(await undoLast(id, undo), 'approved');
      await world.pass({ hours: 1 });
      assert.deepEqual(world.channel.asked, []);
    });

    it('plans again what was unscheduled or cancelled', async () => {
      const id = await world.scheduled('elma', '2026-11-24', '09:00');
      assert.equal(await undoLast(id, (await world.releases.unschedule(coordinator, id)).undo), 'scheduled');
      assert.equal(await undoLast(id, (await world.releases.cancel(coordinator, id)).undo), 'scheduled');
      await world.pass({ hours: 23 });
      assert.equal((await world.stateOf(id)).status, 'published');
      assert.equal(world.channel.asked.length, 1);
    });

    it('is too late when something happened since, or the time has passed', async () => {
      const id = await world.scheduled('elma', '2026-11-24', '09:00');
      const { undo } = await world.releases.unschedule(coordinator, id);
      world.clock.forward({ hours: 48 });
      await rejectsWith(undoLast(id, undo), 'undo.tooLate');
      await world.releases.approve(coordinator, id);
      await rejectsWith(undoLast(id, undo), 'undo.tooLate');
    });

    it('relates the item again when a cancellation is taken back', async () => {
      const id = await fromNews();
      const newsId = (await world.releases.get(coordinator, id)).release.source?.newsId ?? ('' as NewsId);
      await undoLast(id, (await world.releases.cancel(coordinator, id)).undo);
      assert.equal((await world.news.many([newsId]))[0]?.uses.length, 1);
    });
  });

  describe('lists', () => {
    it('has the queue in the order in which it asks for people, and the archive newest first', async () => {
      const draft = await fromNews('draft');
      const approved = await world.approved('approved');
      const later = await world.scheduled('later', '2026-12-02', '09:00');
      const sooner = await world.scheduled('sooner', '2026-11-24', '09:00');
      const overdue = await world.scheduled('overdue', '2026-11-23', '12:00');
      const one = await fromNews('one');
      await world.releases.cancel(coordinator, one);
      await world.pass({ hours: 4 });
      const queue = (await world.releases.queue(coordinator)).lines.map(({ id }) => id);
      assert.deepEqual(queue, [overdue, sooner, later, approved, draft]);
      await world.pass({ hours: 19 });
      const archive = (await world.releases.archive(coordinator)).lines.map(({ id }) => id);
      assert.deepEqual(archive, [sooner, one]);
    });

    it('has the releases of a month by their Helsinki day', async () => {
      const midnight = await world.scheduled('midnight', '2026-12-01', '00:30');
      await world.scheduled('january', '2027-01-12', '09:00');
      const month = await world.releases.month(coordinator, '2026-12');
      assert.deepEqual(
        [month.first, month.last, month.lines.map(({ id }) => id)],
        ['2026-11-30', '2027-01-03', [midnight]],
      );
      const november = await world.releases.month(coordinator, '2026-11');
      assert.deepEqual([november.last, november.lines.length], ['2026-12-06', 1]);
      assert.deepEqual(month.holidays[0], {
        date: '2026-12-06',
        names: { fi: 'itsenäisyyspäivä', sv: 'självständighetsdagen', en: 'Independence Day' },
      });
      for (const wrong of ['2026-13', '2026', 'x', '2026-1']) {
        await rejectsWith(world.releases.month(coordinator, wrong), 'input.invalid');
      }
    });

    it('has the releases of the weeks to come, whatever month they are in', async () => {
      const december = await world.scheduled('december', '2026-12-27', '23:30');
      await world.scheduled('later', '2026-12-28', '00:30');
      const { month, first, last, lines } = await world.releases.comingWeeks(coordinator);
      assert.deepEqual(
        [month, first, last, lines.map(({ id }) => id)],
        [undefined, '2026-11-23', '2026-12-27', [december]],
      );
    });

    it('moves the line along when the time changes', async () => {
      const id = await world.scheduled('elma', '2026-12-01', '09:00');
      await world.releases.schedule(coordinator, id, { date: '2026-12-15', time: '09:00' });
      const { lines } = await world.releases.month(coordinator, '2026-12');
      assert.deepEqual(
        lines.map(({ due }) => due),
        ['2026-12-15T07:00:00Z'],
      );
      await world.releases.unschedule(coordinator, id);
      assert.deepEqual((await world.releases.month(coordinator, '2026-12')).lines, []);
    });

    it('counts what waits for people', async () => {
      const today = await world.scheduled('today', '2026-11-23', '15:00');
      await world.scheduled('overdue', '2026-11-23', '12:00');
      await world.pass({ minutes: 181 });
      const { today: lines, overdue, failed, uncertain } = await world.releases.overviewLine(coordinator);
      assert.deepEqual([overdue, failed, uncertain], [1, 0, 0]);
      assert.ok(lines.some(({ id }) => id === today));
    });

    it('does not count as waiting today what is out already', async () => {
      const later = await world.scheduled('later', '2026-11-23', '15:00');
      const out = await world.approved('out');
      await world.releases.publishNow(coordinator, out);
      await world.pass({ minutes: 1 });
      assert.equal((await world.releases.get(coordinator, out)).release.state.status, 'published');
      const { today: lines } = await world.releases.overviewLine(coordinator);
      assert.deepEqual(
        lines.map(({ id }) => id),
        [later],
      );
    });
  });

  it('lets a worker look and do nothing', async () => {
    const id = await world.approved('elma');
    const { releases } = world;
    assert.deepEqual((await releases.get(worker, id)).moves, []);
    await releases.queue(worker);
    const refused = [
      releases.create(worker, { formId: 'f' }),
      releases.edit(worker, id, 'fi', words, 1),
      releases.check(worker, id, 'fi'),
      releases.takeSource(worker, id, 'fi'),
      releases.approve(worker, id),
      releases.unapprove(worker, id),
      releases.schedule(worker, id, { date: '2026-12-01', time: '09:00' }),
      releases.publishNow(worker, id),
      releases.unschedule(worker, id),
      releases.cancel(worker, id),
      releases.restore(worker, id),
      releases.retry(worker, id),
      releases.undo(worker, id, 1),
    ];
    await Promise.all(refused.map((promise) => rejectsWith(promise, 'permission.denied')));
  });
});
