import assert from 'node:assert/strict';
import type { NewsId, ReleaseId } from '../../../src/platform/ids.js';
import type { PublicLanguage } from '../../../src/shared/languages.js';
import { coordinator, otherCoordinator, submission, swedishText, worker } from '../../make.js';
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

  const get = (id: ReleaseId) => world.releases.get(coordinator, id);

  const newsOf = async (id: ReleaseId): Promise<NewsId> => (await get(id)).release.newsId;

  /** Writes a text of the item behind a release, without saying that it is ready. */
  async function write(
    id: ReleaseId,
    language: PublicLanguage,
    text = words,
    by = coordinator,
  ): Promise<void> {
    const { item } = await get(id);
    assert.ok(item);
    await world.news.edit(by, item.id, language, text, item.texts[language]?.revision ?? 0);
  }

  async function say(id: ReleaseId, language: PublicLanguage): Promise<void> {
    await world.news.ready(coordinator, await newsOf(id), language);
  }

  const statuses = async (id: ReleaseId) => {
    const { languages } = await get(id);
    return [languages.fi.status, languages.sv.status];
  };

  /** The status that lists show, and that of the page. */
  async function shownStatus(id: ReleaseId): Promise<string | undefined> {
    const lines = [
      ...(await world.releases.queue(coordinator)).lines,
      ...(await world.releases.archive(coordinator)).lines,
    ].filter((line) => line.id === id);
    assert.equal(lines.length, 1);
    assert.equal(lines[0]?.status, (await get(id)).status);
    return lines[0].status;
  }

  describe('creating', () => {
    it('uses the texts of an accepted item, and relates the item to it', async () => {
      const newsId = await world.acceptedNews('elma');
      const { release, created } = await world.releases.create(coordinator, { newsId });
      assert.equal(created, true);
      assert.deepEqual([release.state.status, release.newsId, release.own], ['draft', newsId, {}]);
      assert.equal(release.shown.titles.sv, swedishText.title);
      assert.deepEqual(
        (await world.news.many([newsId]))[0]?.uses.map(({ id }) => id),
        [release.id],
      );
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

    it('makes one release and one item of one form, also when it is sent at once', async () => {
      const [one, other] = await Promise.all([empty(), empty()]);
      assert.equal(one, other);
      assert.equal(await empty(), one);
      assert.notEqual(await empty('form-2'), one);
      assert.equal((await world.news.list(coordinator, {})).lines.length, 2);
    });

    it('makes an item for one from nothing: accepted, outside New, of the whole programme, and nobody is notified', async () => {
      const origin = { formId: 'form-1', language: 'sv', words: swedishText };
      const { release } = await world.releases.create(coordinator, origin);
      const item = await world.news.get(coordinator, release.newsId);
      assert.deepEqual(
        [item.state.status, item.made, item.projectId, item.originalLanguage, item.author.id],
        ['accepted', true, 'programme', 'sv', coordinator.id],
      );
      assert.deepEqual(
        item.uses.map(({ id }) => id),
        [release.id],
      );
      assert.equal(item.texts.sv?.title, swedishText.title);
      assert.equal((await world.news.history(coordinator, item.id, 'sv')).lines.length, 1);
      assert.equal((await world.news.list(coordinator, { state: 'submitted' })).lines.length, 0);
      await world.pass({ minutes: 5 });
      assert.deepEqual(world.notices, []);
      const [line] = (await world.releases.queue(coordinator)).lines;
      assert.deepEqual([line?.status, line?.fromNews, line?.notReady], ['draft', undefined, ['fi', 'sv']]);
    });

    it('accepts an item on the way that waits for a decision, and notifies its author', async () => {
      const { item } = await world.news.submit(worker, submission({ formId: 'form-new' }));
      const { release } = await world.releases.create(coordinator, { newsId: item.id });
      const used = await world.news.get(coordinator, item.id);
      assert.deepEqual([used.state.status, used.uses.length], ['accepted', 1]);
      assert.deepEqual(await statuses(release.id), ['ready', 'missing']);
      await world.pass({ seconds: 11 });
      assert.deepEqual(
        world.notices.map(({ about }) => about),
        ['newsAccepted'],
      );
    });

    it('takes no item that somebody else is in the middle of writing, unless one says so', async () => {
      const { item } = await world.news.submit(worker, submission({ formId: 'form-new' }));
      await world.news.edit(otherCoordinator, item.id, 'fi', words, 1);
      await rejectsWith(world.releases.create(coordinator, { newsId: item.id }), 'text.beingWritten');
      await world.releases.create(coordinator, { newsId: item.id, although: true });
    });

    it('accepts no text on the way that came after the one that was seen', async () => {
      const { item } = await world.news.submit(worker, submission({ formId: 'form-new' }));
      await world.news.edit(worker, item.id, 'fi', words, 1);
      const newsId = item.id;
      await rejectsWith(world.releases.create(coordinator, { newsId, seen: { fi: 1 } }), 'text.conflict');
      assert.equal((await world.news.get(coordinator, newsId)).state.status, 'submitted');
      await world.pass({ seconds: 31 });
      await world.releases.create(coordinator, { newsId, seen: { fi: 2 } });
      assert.equal((await world.news.get(coordinator, newsId)).state.status, 'accepted');
    });

    it('refuses an item that is with its author, and an origin that is none', async () => {
      const { item } = await world.news.submit(worker, submission({ formId: 'form-new' }));
      await world.news.requestChanges(coordinator, item.id, 'Lisää');
      await rejectsWith(world.releases.create(coordinator, { newsId: item.id }), 'news.notAccepted');
      await rejectsWith(world.releases.create(coordinator, { newsId: 'nobody' }), 'news.notFound');
      for (const origin of [undefined, {}, { formId: '../x' }, { newsId: 'a', formId: 'b' }]) {
        await rejectsWith(world.releases.create(coordinator, origin), 'input.invalid');
      }
    });

    it('is behind in a language in which the item is', async () => {
      const id = await fromNews();
      await write(id, 'fi');
      await say(id, 'fi');
      assert.deepEqual(await statuses(id), ['ready', 'behind']);
    });

    it('brings a cancelled release back when it is asked for again, one from nothing too', async () => {
      const newsId = await world.acceptedNews('elma');
      for (const origin of [{ newsId }, { formId: 'form-1' }]) {
        const first = await world.releases.create(coordinator, origin);
        await world.releases.cancel(coordinator, first.release.id);
        const used = first.release.newsId;
        assert.deepEqual((await world.news.many([used]))[0]?.uses, []);
        const again = await world.releases.create(coordinator, origin);
        assert.deepEqual(
          [again.created, again.release.state.status, again.release.newsId],
          [false, 'draft', used],
        );
        assert.equal((await world.news.many([used]))[0]?.uses.length, 1);
      }
    });
  });

  describe('the texts of its item', () => {
    it('reach it and the lists as they are written and said to be ready, once', async () => {
      const id = await empty();
      assert.equal(await shownStatus(id), 'draft');
      await write(id, 'fi');
      assert.deepEqual(await statuses(id), ['inProgress', 'missing']);
      await say(id, 'fi');
      await write(id, 'sv', swedishText);
      assert.equal(await shownStatus(id), 'draft');
      await say(id, 'sv');
      assert.deepEqual(await statuses(id), ['ready', 'ready']);
      // Nobody approves it a second time.
      assert.equal(await shownStatus(id), 'approved');
      const [line] = (await world.releases.queue(coordinator)).lines;
      assert.deepEqual(line?.titles, { fi: words.title, sv: swedishText.title });
      await write(id, 'sv', { ...swedishText, body: 'Ny' });
      assert.equal(await shownStatus(id), 'draft');
    });

    it('hold a planned release while one is written, and let it go once it is ready', async () => {
      const held = await world.scheduled('held', '2026-11-24', '09:00');
      const done = await world.scheduled('done', '2026-11-24', '09:00');
      for (const id of [held, done]) await write(id, 'sv', { ...swedishText, title: 'Ny rubrik' });
      await say(done, 'sv');
      await say(done, 'fi');
      await world.pass({ hours: 23 });
      const state = await world.stateOf(held);
      assert.ok(state.status === 'approved');
      assert.deepEqual(state.overdue, { due: '2026-11-24T07:00:00Z', because: 'text' });
      assert.equal((await world.releases.overviewLine(coordinator)).overdue, 1);
      assert.equal((await world.stateOf(done)).status, 'published');
      assert.equal((await world.pages.pages(done)).sv?.page.title, 'Ny rubrik');
      await rejectsWith(world.releases.publishNow(coordinator, held), 'release.languagesMissing');
      await say(held, 'sv');
      await say(held, 'fi');
      await world.releases.publishNow(coordinator, held);
      await world.pass({ seconds: 11 });
      assert.equal((await world.pages.pages(held)).sv?.page.title, 'Ny rubrik');
    });
  });

  describe('what it says otherwise', () => {
    const headline = (title: string, replaces: string | null = null) => ({ words: { title }, replaces });
    const ownOf = async (id: ReleaseId) => (await get(id)).release.own.fi;

    it('is only its own, and the rest is the text of the item', async () => {
      const id = await fromNews();
      const { release } = await world.releases.editText(coordinator, id, 'fi', headline('Lyhyesti'));
      assert.deepEqual(
        [release.own.fi?.title, release.own.fi?.lead, release.own.fi?.basedOn],
        ['Lyhyesti', undefined, 1],
      );
      assert.deepEqual((await get(id)).languages.fi, { status: 'ready', own: true });
      const { item } = await get(id);
      assert.equal(item?.texts.fi?.title, 'Elma neuvoo elintavoissa');
      await world.releases.publishNow(coordinator, id);
      await world.pass({ seconds: 11 });
      const page = (await world.pages.pages(id)).fi?.page;
      assert.deepEqual([page?.title, page?.body], ['Lyhyesti', item.texts.fi.body]);
    });

    it('is behind once a newer text of the item is ready, until somebody looks at it again', async () => {
      const id = await fromNews();
      await world.releases.editText(coordinator, id, 'fi', headline('Lyhyesti'));
      await write(id, 'fi');
      assert.deepEqual(await statuses(id), ['inProgress', 'ready']);
      await say(id, 'fi');
      await say(id, 'sv');
      assert.deepEqual(await statuses(id), ['behind', 'ready']);
      for (const waiver of [undefined, 'Kiire'])
        await assert.rejects(world.releases.publishNow(coordinator, id, { waiver }), {
          code: 'release.ownOutdated',
          details: { id, language: 'fi', parts: 'title' },
        });
      const theirs = await ownOf(id);
      await world.releases.editText(coordinator, id, 'fi', headline('Lyhyesti', theirs?.at));
      assert.deepEqual(await statuses(id), ['ready', 'ready']);
      await world.releases.useItemText(coordinator, id, 'fi', (await ownOf(id))?.at ?? null);
      assert.deepEqual((await get(id)).languages.fi, { status: 'ready', own: false });
    });

    it('is a text by itself where it says all of it, whether or not the item has one', async () => {
      const id = await empty();
      await world.releases.editText(coordinator, id, 'fi', { words, replaces: null });
      await world.releases.editText(coordinator, id, 'sv', { words: swedishText, replaces: null });
      assert.deepEqual(await statuses(id), ['ready', 'ready']);
      await world.releases.publishNow(coordinator, id);
      await world.pass({ seconds: 11 });
      assert.equal((await world.pages.pages(id)).fi?.page.title, words.title);
    });

    it('takes back what was to go out, and the message with it', async () => {
      const id = await world.scheduled('elma', '2026-11-24', '09:00');
      const { release } = await world.releases.editText(coordinator, id, 'fi', headline('Lyhyesti'));
      assert.equal(release.state.status, 'draft');
      await world.pass({ hours: 48 });
      assert.deepEqual(world.channel.asked, []);
    });

    it('changes nothing when the same is saved again', async () => {
      const id = await fromNews();
      await world.releases.editText(coordinator, id, 'fi', headline('Lyhyesti'));
      await world.releases.schedule(coordinator, id, { date: '2026-11-24', time: '09:00' });
      await world.releases.editText(coordinator, id, 'fi', headline('Lyhyesti'));
      assert.equal((await world.stateOf(id)).status, 'scheduled');
    });

    it('is refused to the second of two who write at once, who sees that of the first', async () => {
      const id = await fromNews();
      await world.releases.editText(coordinator, id, 'fi', headline('Ensin'));
      for (const late of [
        () => world.releases.editText(otherCoordinator, id, 'fi', headline('Myöhässä')),
        () => world.releases.useItemText(otherCoordinator, id, 'fi', '2026-01-01T00:00:00Z'),
      ])
        await assert.rejects(late(), (error: { code: string; details: { theirs: { title: string } } }) => {
          assert.deepEqual([error.code, error.details.theirs.title], ['text.conflict', 'Ensin']);
          return true;
        });
    });

    it('may be no personal data and nothing at all, and no text without a title', async () => {
      const id = await fromNews();
      const edit = (sent: unknown) =>
        world.releases.editText(coordinator, id, 'fi', { words: sent, replaces: null });
      await rejectsWith(edit({ body: 'Soita 131052-308T' }), 'text.personalData');
      for (const faulty of [{}, { title: '' }, { html: 'x' }, { body: 'a'.repeat(10_000) }, 'x', undefined])
        await rejectsWith(edit(faulty), 'input.invalid');
      assert.deepEqual((await get(id)).release.own, {});
    });
  });

  describe('whom readers may ask', () => {
    it('is the author, or whoever is named', async () => {
      const id = await fromNews();
      await world.releases.publishNow(coordinator, id);
      await world.pass({ seconds: 11 });
      assert.equal((await world.pages.pages(id)).fi?.page.contact, 'Vilma');
      assert.equal((await get(id)).movedOn, false);
      await world.releases.setContact(coordinator, id, { contact: 'Kaisa, 040 123 4567' });
      assert.equal((await get(id)).movedOn, true);
      await world.releases.correct(coordinator, id, {});
      await world.pass({ seconds: 11 });
      assert.equal((await world.pages.pages(id)).fi?.page.contact, 'Kaisa, 040 123 4567');
      await world.releases.setContact(coordinator, id, { contact: ' ' });
      assert.equal((await get(id)).release.contact, undefined);
    });

    it('is no personal data, and not what somebody else has changed meanwhile', async () => {
      const id = await fromNews();
      await rejectsWith(
        world.releases.setContact(coordinator, id, { contact: 'Hän 131052-308T' }),
        'text.personalData',
      );
      await world.releases.setContact(coordinator, id, { contact: 'Kaisa' }, { contact: null });
      const late = world.releases.setContact(otherCoordinator, id, { contact: 'Clara' }, { contact: null });
      await rejectsWith(late, 'edit.conflict');
    });
  });

  describe('letting it go out', () => {
    const soon = { date: '2026-11-24', time: '09:00' };

    it('needs both languages, or a waiver with a reason', async () => {
      const id = await empty();
      await write(id, 'fi');
      await say(id, 'fi');
      await assert.rejects(world.releases.schedule(coordinator, id, soon), {
        code: 'release.languagesMissing',
        details: { id, languages: ['sv'], which: 'sv', status: 'missing' },
      });
      const waived = (waiver: string) =>
        world.releases.schedule(coordinator, id, soon, { consent: { waiver } });
      await rejectsWith(waived(' '), 'input.invalid');
      const { release } = await waived('Koskee vain suomenkielisiä');
      assert.ok(release.state.status === 'scheduled');
      assert.deepEqual(release.state.approval.revisions, { fi: 1 });
      assert.equal(release.state.approval.waiver?.reason, 'Koskee vain suomenkielisiä');
      // Whoever unscheduled it has not taken the reason back.
      await world.releases.unschedule(coordinator, id);
      assert.equal(await shownStatus(id), 'approved');
      await world.releases.publishNow(coordinator, id);
      await world.pass({ seconds: 11 });
      assert.deepEqual(Object.keys(await world.pages.pages(id)), ['fi']);
    });

    it('with a waiver has what is ready by then, and is held where what was to go out is being written', async () => {
      for (const [language, wanted] of [
        ['sv', 'published'],
        ['fi', 'approved'],
      ] as const) {
        world = releaseWorld();
        const id = await empty();
        await write(id, 'fi');
        await say(id, 'fi');
        await world.releases.schedule(coordinator, id, soon, { consent: { waiver: 'Kiire' } });
        await write(id, language, language === 'sv' ? swedishText : { ...words, body: 'Kesken' });
        if (language === 'sv') await say(id, 'sv');
        await world.pass({ hours: 23 });
        assert.equal((await world.stateOf(id)).status, wanted);
        assert.deepEqual(Object.keys(await world.pages.pages(id)), language === 'sv' ? ['fi', 'sv'] : []);
      }
    });

    it('is of what was seen, where the request says so', async () => {
      const id = await fromNews();
      await write(id, 'fi', words, otherCoordinator);
      await say(id, 'sv');
      world.clock.forward({ minutes: 1 });
      await say(id, 'fi');
      await say(id, 'sv');
      for (const seen of [{ fi: 1, sv: 1 }, { fi: 2 }, { sv: 1 }, {}])
        await rejectsWith(world.releases.publishNow(coordinator, id, { seen }), 'text.conflict');
      assert.equal((await world.stateOf(id)).status, 'draft');
      await world.releases.publishNow(coordinator, id, { seen: { fi: 2, sv: 1 } });
      assert.equal((await world.stateOf(id)).status, 'scheduled');
    });

    it('is not to be had for nothing at all, waiver or not', async () => {
      const id = await empty();
      const nothing = world.releases.publishNow(coordinator, id, { waiver: 'syy' });
      await rejectsWith(nothing, 'release.languagesMissing');
      await write(id, 'fi', { title: 'Vain otsikko', lead: '', body: '' });
      const title = world.releases.publishNow(coordinator, id, { waiver: 'syy' });
      await rejectsWith(title, 'release.languagesMissing');
    });

    it('names whoever is in the middle of writing, at 29 seconds and not at 31', async () => {
      const id = await fromNews();
      await write(id, 'fi', words, otherCoordinator);
      const waived = () => world.releases.publishNow(coordinator, id, { waiver: 'Kiire' });
      world.clock.forward({ seconds: 29 });
      await assert.rejects(waived(), (error: { code: string; details: { who: string } }) => {
        assert.deepEqual([error.code, error.details.who], ['text.beingWritten', 'Clara']);
        return true;
      });
      world.clock.forward({ seconds: 2 });
      await waived();
      assert.equal((await world.stateOf(id)).status, 'scheduled');
    });

    it('asks for a look at the other language after an edit of one', async () => {
      const id = await fromNews();
      await write(id, 'fi');
      await rejectsWith(world.releases.publishNow(coordinator, id), 'release.languagesMissing');
      await say(id, 'fi');
      await rejectsWith(world.releases.publishNow(coordinator, id), 'release.languagesMissing');
      await say(id, 'sv');
      assert.equal((await world.releases.publishNow(coordinator, id)).release.state.status, 'scheduled');
    });
  });

  describe('a preview', () => {
    it('is the page of each language as readers would get it, and stores nothing', async () => {
      const id = await fromNews();
      await world.releases.editText(coordinator, id, 'sv', { words: { title: 'Kort' }, replaces: null });
      assert.match(
        await world.releases.preview(worker, id, 'sv'),
        /<html lang="sv">[\s\S]*<h1[^>]*>Kort<\/h1>/u,
      );
      assert.match(await world.releases.preview(worker, id, 'fi'), /Elma neuvoo elintavoissa[\s\S]*Vilma/u);
      assert.deepEqual(await world.pages.pages(id), {});
    });

    it('is of a text without a body no page', async () => {
      const id = await empty();
      await write(id, 'fi', { title: 'Vain otsikko', lead: '', body: '' });
      for (const language of ['fi', 'sv'] as const)
        await rejectsWith(world.releases.preview(coordinator, id, language), 'text.missing');
    });
  });

  describe('planning', () => {
    it('refuses a date before the one that the author asked for', async () => {
      const id = await world.approved('elma', { earliestDate: '2026-12-01' });
      assert.equal((await get(id)).item?.earliestDate, '2026-12-01');
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

    it('keeps what was let go out when it is unscheduled, and nothing leaves', async () => {
      const id = await world.scheduled('elma', '2026-11-24', '09:00');
      await world.releases.unschedule(coordinator, id);
      await world.pass({ hours: 48 });
      assert.equal((await world.stateOf(id)).status, 'approved');
      assert.equal(await shownStatus(id), 'approved');
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
      assert.equal(await undoLast(id, undo), 'draft');
      assert.equal(await shownStatus(id), 'approved');
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
      await world.releases.setContact(coordinator, id, { contact: 'Kaisa' });
      await rejectsWith(undoLast(id, undo), 'undo.tooLate');
    });

    it('relates the item again when a cancellation is taken back', async () => {
      const id = await fromNews();
      const newsId = await newsOf(id);
      await undoLast(id, (await world.releases.cancel(coordinator, id)).undo);
      assert.equal((await world.news.many([newsId]))[0]?.uses.length, 1);
    });
  });

  describe('lists', () => {
    it('has the queue in the order in which it asks for people, and the archive newest first', async () => {
      const draft = await empty('draft');
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

    it('has the releases of some days by their Helsinki day', async () => {
      const midnight = await world.scheduled('midnight', '2026-12-01', '00:30');
      const last = await world.scheduled('last', '2026-12-27', '23:30');
      await world.scheduled('after', '2026-12-28', '00:30');
      const lines = await world.releases.days(coordinator, '2026-12-01', '2026-12-27');
      assert.deepEqual(
        lines.map(({ id }) => id),
        [midnight, last],
      );
    });

    it('moves the line along when the time changes', async () => {
      const id = await world.scheduled('elma', '2026-12-01', '09:00');
      await world.releases.schedule(coordinator, id, { date: '2026-12-15', time: '09:00' });
      const lines = await world.releases.days(coordinator, '2026-12-01', '2026-12-31');
      assert.deepEqual(
        lines.map(({ due }) => due),
        ['2026-12-15T07:00:00Z'],
      );
      await world.releases.unschedule(coordinator, id);
      assert.deepEqual(await world.releases.days(coordinator, '2026-12-01', '2026-12-31'), []);
    });

    it('counts what waits for people', async () => {
      const today = await world.scheduled('today', '2026-11-23', '15:00');
      await world.scheduled('overdue', '2026-11-23', '12:00');
      await world.pass({ minutes: 181 });
      const { today: lines, overdue, failed, uncertain } = await world.releases.overviewLine(coordinator);
      assert.deepEqual([overdue, failed, uncertain], [1, 0, 0]);
      assert.ok(lines.some(({ id }) => id === today));
    });

    it('does not count as waiting today what is out already, or was taken down', async () => {
      const later = await world.scheduled('later', '2026-11-23', '15:00');
      const out = await world.approved('out');
      const down = await world.approved('down');
      await world.releases.publishNow(coordinator, down);
      await world.pass({ minutes: 1 });
      await world.releases.takeDown(coordinator, down);
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
      releases.editText(worker, id, 'fi', { words, replaces: null }),
      releases.useItemText(worker, id, 'fi', null),
      releases.setContact(worker, id, { contact: 'Vilma' }),
      releases.schedule(worker, id, { date: '2026-12-01', time: '09:00' }),
      releases.publishNow(worker, id),
      releases.correct(worker, id, {}),
      releases.takeDown(worker, id),
      releases.putBack(worker, id),
      releases.unschedule(worker, id),
      releases.cancel(worker, id),
      releases.restore(worker, id),
      releases.retry(worker, id),
      releases.undo(worker, id, 1),
    ];
    await Promise.all(refused.map((promise) => rejectsWith(promise, 'permission.denied')));
  });
});
