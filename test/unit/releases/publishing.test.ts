import assert from 'node:assert/strict';
import { handleMessage } from '../../../src/delivery/outbox/kind.js';
import { problemOf } from '../../../src/http/problem.js';
import type { TextContent } from '../../../src/content/text.js';
import { AppError, isAppError } from '../../../src/platform/errors.js';
import { otherLanguage } from '../../../src/shared/languages.js';
import type { ReleaseId } from '../../../src/platform/ids.js';
import type { Message } from '../../../src/delivery/outbox/message.js';
import { newsStore } from '../../../src/news/store.js';
import { outboxStore } from '../../../src/delivery/outbox/store.js';
import { coordinator, otherCoordinator, swedishText } from '../../make.js';
import { releaseWorld, type ReleaseWorld } from '../../make-releases.js';
import { rejectsWith } from '../../world/outbox.js';
import { readablePartition } from '../../world/partition.js';

/** The error with which something is refused. */
async function errorOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (refused: unknown) => refused,
  );
  assert.ok(error instanceof AppError);
  return error;
}

describe('publishing', () => {
  let world: ReleaseWorld;
  beforeEach(() => {
    world = releaseWorld();
  });

  /** A release that goes out tomorrow at nine, 23 hours from now. */
  const forTomorrow = () => world.scheduled('elma', '2026-11-24', '09:00');

  const newsOf = async (id: ReleaseId) => (await world.releases.get(coordinator, id)).release.newsId;

  /** Writes a text of the item behind a release, and says that it is ready, and the other one still. */
  async function write(id: ReleaseId, language: 'fi' | 'sv', text: TextContent): Promise<void> {
    const newsId = await newsOf(id);
    const { texts } = await world.news.get(coordinator, newsId);
    await world.news.edit(coordinator, newsId, language, text, texts[language]?.revision ?? 0);
    for (const each of [language, otherLanguage(language)]) await world.news.ready(coordinator, newsId, each);
  }

  /** A release that was published in Finnish alone, since Swedish was not ready. */
  async function publishedInFinnish(): Promise<ReleaseId> {
    const words = { title: 'Vain suomeksi', lead: '', body: 'Teksti' };
    const { id } = (await world.releases.create(coordinator, { formId: 'only-fi', words })).release;
    await world.news.ready(coordinator, await newsOf(id), 'fi');
    await world.releases.publishNow(coordinator, id, { waiver: 'Koskee vain yhtä yksikköä' });
    await world.pass({ seconds: 11 });
    return id;
  }

  async function messageOf(id: ReleaseId): Promise<Message> {
    const is = await world.stateOf(id);
    assert.ok('message' in is);
    const { message, due } = is;
    const body = { kind: 'release', releaseId: id, revision: 'fi1-sv1' } as const;
    return { id: message, dueAt: due, body, state: { status: 'pending', attempts: 1 } };
  }

  /** A release for which the channel gave this outcome. */
  async function inTrouble(result: 'failed' | 'uncertain'): Promise<ReleaseId> {
    world = releaseWorld();
    const id = await forTomorrow();
    world.channel.answers({ result, reason: 'refused' });
    await world.pass({ hours: 23 });
    assert.equal((await world.stateOf(id)).status, result);
    return id;
  }

  /** Ends the message of a release behind its back. */
  async function endMessage(
    id: ReleaseId,
    status: 'sent' | 'cancelled' | 'undeliverable' | 'failed',
  ): Promise<void> {
    const store = outboxStore(readablePartition(world.rows, 'test'));
    const found = await store.find((await messageOf(id)).id);
    assert.ok(found);
    const stored = { status, at: world.clock.iso(), reason: 'test' };
    await world.outbox.commit(store.replace(found, { ...found.value, state: stored }));
  }

  it('is published at its time, with a page in each language and a notice to the author', async () => {
    const id = await forTomorrow();
    await world.pass({ hours: 22 });
    assert.equal((await world.stateOf(id)).status, 'scheduled');
    await world.pass({ hours: 1 });
    const is = await world.stateOf(id);
    assert.ok(is.status === 'published');
    assert.equal(is.urls.fi, `https://bigroom.example/intranet/fi/elma-neuvoo-elintavoissa-${id}`);
    assert.equal(is.urls.sv, `https://bigroom.example/intranet/sv/elma-ger-rad-om-levnadsvanor-${id}`);
    assert.equal((await world.pages.pages(id)).sv?.page.title, swedishText.title);
    const notices = world.notices.filter(({ about }) => about === 'newsPublished');
    const { newsId } = (await world.releases.get(coordinator, id)).release;
    assert.deepEqual(notices, [{ about: 'newsPublished', newsId, urls: is.urls, releaseId: id }]);
  });

  it('is published only when the channel confirmed it', async () => {
    const id = await forTomorrow();
    world.channel.meanwhile = async () => {
      assert.equal((await world.stateOf(id)).status, 'publishing');
    };
    await world.pass({ hours: 23 });
    assert.equal((await world.stateOf(id)).status, 'published');
  });

  it('publishes only the languages that were approved', async () => {
    const id = await publishedInFinnish();
    assert.deepEqual(Object.keys(await world.pages.pages(id)), ['fi']);
  });

  describe('late', () => {
    it('still goes out within the hour', async () => {
      const id = await forTomorrow();
      await world.pass({ hours: 24 });
      assert.equal((await world.stateOf(id)).status, 'published');
    });

    it('waits for a person beyond it, still approved', async () => {
      const id = await forTomorrow();
      await world.pass({ hours: 24, seconds: 1 });
      const is = await world.stateOf(id);
      assert.ok(is.status === 'approved');
      assert.deepEqual(is.overdue, { due: '2026-11-24T07:00:00Z' });
      assert.deepEqual(world.channel.asked, []);
      await world.releases.publishNow(coordinator, id);
      await world.pass({ seconds: 11 });
      assert.equal((await world.stateOf(id)).status, 'published');
    });
  });

  describe('twice', () => {
    it('makes one page when its message is handled twice', async () => {
      const id = await forTomorrow();
      const message = await messageOf(id);
      await world.pass({ hours: 23 });
      const before = await world.pages.pages(id);
      assert.deepEqual(await handleMessage(world.handler, message), { result: 'sent' });
      assert.deepEqual(await world.pages.pages(id), before);
      assert.equal(world.channel.asked.length, 1);
    });

    it('makes one page when two workers handle it at once', async () => {
      const id = await forTomorrow();
      const message = await messageOf(id);
      world.clock.forward({ hours: 23 });
      const outcomes = await Promise.all([
        handleMessage(world.handler, message),
        handleMessage(world.handler, message),
      ]);
      assert.deepEqual(outcomes, [{ result: 'sent' }, { result: 'sent' }]);
      assert.equal((await world.pages.list('fi', 10)).lines.length, 1);
      const { lines } = await world.releases.audit(coordinator, id);
      assert.equal(lines.filter(({ event }) => event.action === 'published').length, 1);
    });

    it('asks a person where it may have been published before a backup was restored', async () => {
      const id = await forTomorrow();
      const message = await messageOf(id);
      world.clock.forward({ hours: 23 });
      const doubtful = { ...message, state: { status: 'pending', attempts: 1, isDoubtful: true } } as const;
      const outcome = { result: 'uncertain', reason: 'restored' };
      assert.deepEqual(await handleMessage(world.handler, doubtful), outcome);
      const state = await world.stateOf(id);
      assert.deepEqual([state.status, 'reason' in state && state.reason], ['uncertain', 'restored']);
      assert.equal(world.channel.asked.length, 0);
    });

    it('ends what a crash left between the channel and the record, with one page', async () => {
      const id = await forTomorrow();
      const message = await messageOf(id);
      world.clock.forward({ hours: 23 });
      const realCommit = world.rows.commit.bind(world.rows);
      world.channel.meanwhile = () => {
        // From now on only the intranet's own rows are stored: the process dies before the record.
        world.rows.commit = (partition, changes) =>
          changes.every(({ key }) => key.startsWith('intranet-'))
            ? realCommit(partition, changes)
            : Promise.reject(new Error('the process died'));
        return Promise.resolve();
      };
      await assert.rejects(handleMessage(world.handler, message), /died/);
      world.rows.commit = realCommit;
      assert.equal((await world.stateOf(id)).status, 'publishing');
      const before = await world.pages.pages(id);
      world.clock.forward({ minutes: 5 });
      assert.deepEqual(await handleMessage(world.handler, message), { result: 'sent' });
      assert.equal((await world.stateOf(id)).status, 'published');
      assert.deepEqual(await world.pages.pages(id), before);
      assert.equal((await world.pages.list('fi', 10)).lines.length, 1);
    });

    it('is published once when the whole outbox is handled again and again', async () => {
      const id = await forTomorrow();
      await world.pass({ hours: 23 });
      await Promise.all([world.worker.sweep(), world.worker.work(), world.worker.sweep()]);
      assert.equal(world.channel.asked.length, 1);
      assert.equal((await world.stateOf(id)).status, 'published');
      assert.equal(world.notices.filter(({ about }) => about === 'newsPublished').length, 1);
    });
  });

  describe('when the channel does not publish', () => {
    it('tries a passing fault again, then asks a person', async () => {
      const id = await forTomorrow();
      world.channel.answers(
        ...Array.from({ length: 3 }, () => ({ result: 'retry', reason: 'unavailable' }) as const),
      );
      await world.pass({ hours: 23 });
      assert.equal((await world.stateOf(id)).status, 'publishing');
      await world.pass({ minutes: 5 });
      await world.pass({ minutes: 5 });
      const is = await world.stateOf(id);
      assert.ok(is.status === 'failed');
      assert.deepEqual([is.reason, is.attempts, world.channel.asked.length], ['unavailable', 3, 3]);
      assert.equal((await world.outbox.needingAttention()).length, 1);
    });

    it('counts a fault that nobody foresaw as passing', async () => {
      const id = await forTomorrow();
      world.channel.answers(new Error('socket hang up'));
      await world.pass({ hours: 23 });
      await world.pass({ minutes: 1 });
      assert.equal((await world.stateOf(id)).status, 'published');
    });

    it('never calls a timeout published, and publishes by a second try', async () => {
      const id = await forTomorrow();
      world.channel.answers({ result: 'uncertain', reason: 'noAnswer' });
      await world.pass({ hours: 23 });
      assert.equal((await world.stateOf(id)).status, 'uncertain');
      assert.equal((await world.releases.overviewLine(coordinator)).uncertain, 1);
      const { release } = await world.releases.retry(coordinator, id);
      assert.equal(release.state.status, 'publishing');
      await world.releases.retry(otherCoordinator, id);
      await world.pass({ seconds: 1 });
      assert.equal((await world.stateOf(id)).status, 'published');
      assert.deepEqual(await world.outbox.needingAttention(), []);
    });

    it('can be said otherwise and planned again, and then needs no attention', async () => {
      for (const result of ['failed', 'uncertain'] as const) {
        const id = await inTrouble(result);
        await write(id, 'fi', { title: 'Korjattu', lead: '', body: 'Teksti' });
        // What is tried again is what was let go out.
        assert.equal((await world.stateOf(id)).status, result);
        await world.releases.editText(coordinator, id, 'fi', { words: { lead: 'Oma' }, replaces: null });
        assert.equal((await world.stateOf(id)).status, 'draft');
        assert.deepEqual(await world.outbox.needingAttention(), []);
        await world.releases.publishNow(coordinator, id);
        await world.pass({ seconds: 11 });
        assert.equal((await world.stateOf(id)).status, 'published');
        const page = (await world.pages.pages(id)).fi?.page;
        assert.deepEqual([page?.title, page?.lead], ['Korjattu', 'Oma']);
      }
    });

    it('publishes by a second try the revision that was let go out, whatever was written since', async () => {
      const id = await inTrouble('failed');
      await write(id, 'fi', { title: 'Uudempi', lead: '', body: 'Teksti' });
      await world.releases.retry(coordinator, id);
      await world.pass({ seconds: 1 });
      assert.equal((await world.pages.pages(id)).fi?.page.title, 'Elma neuvoo elintavoissa');
      assert.equal((await world.releases.get(coordinator, id)).movedOn, true);
    });

    it('is for the release to settle, not for the outbox', async () => {
      const id = await inTrouble('uncertain');
      const [needingAttention] = await world.outbox.needingAttention();
      assert.ok(needingAttention);
      for (const as of ['again', 'sent', 'cancelled'] as const)
        await rejectsWith(world.outbox.resolve(coordinator, needingAttention.id, as), 'outbox.notResolvable');
      await world.releases.retry(coordinator, id);
      assert.deepEqual(await world.outbox.needingAttention(), []);
    });

    for (const settled of ['sent', 'cancelled', 'undeliverable'] as const) {
      it(`can be tried again and called back when its message ended as ${settled}`, async () => {
        for (const result of ['failed', 'uncertain'] as const) {
          const id = await inTrouble(result);
          await endMessage(id, settled);
          await world.releases.retry(coordinator, id);
          await world.pass({ seconds: 1 });
          assert.equal((await world.stateOf(id)).status, 'published');
          const moves = [
            (other: ReleaseId) => world.releases.cancel(coordinator, other),
            (other: ReleaseId) =>
              world.releases.editText(coordinator, other, 'fi', { words: { lead: 'Oma' }, replaces: null }),
          ];
          for (const move of moves) {
            const other = await inTrouble(result);
            await endMessage(other, settled);
            await move(other);
            assert.deepEqual(await world.outbox.needingAttention(), []);
          }
        }
      });
    }

    it('goes on from a publishing that got stuck, and stays once when it did not', async () => {
      const id = await inTrouble('failed');
      await world.releases.retry(coordinator, id);
      await endMessage(id, 'failed');
      await world.releases.retry(coordinator, id);
      await world.releases.retry(otherCoordinator, id);
      world.channel.meanwhile = async () => {
        const { release } = await world.releases.retry(coordinator, id);
        assert.equal(release.state.status, 'publishing');
      };
      await world.pass({ seconds: 1 });
      assert.equal((await world.stateOf(id)).status, 'published');
      assert.equal(world.channel.asked.length, 2);
      assert.deepEqual(await world.outbox.needingAttention(), []);
    });

    it('does not take a worker that died for a person who asks again', async () => {
      for (const result of ['failed', 'uncertain'] as const) {
        const id = await inTrouble(result);
        const message = await messageOf(id);
        assert.deepEqual(await handleMessage(world.handler, message), { result, reason: 'refused' });
        assert.equal((await world.stateOf(id)).status, result);
        assert.equal(world.channel.asked.length, 1);
      }
    });

    it('waits for a person when the item must not be out yet, and says so', async () => {
      const id = await forTomorrow();
      const newsId = await newsOf(id);
      const found = await newsStore(readablePartition(world.rows)).find(newsId);
      assert.ok(found);
      const later = { ...found.value, earliestDate: '2026-12-01' };
      await world.outbox.commit(newsStore(readablePartition(world.rows)).replace(found, later, []));
      await world.pass({ hours: 23 });
      const is = await world.stateOf(id);
      assert.equal(is.status === 'failed' && is.reason, 'tooEarly');
      assert.deepEqual(world.channel.asked, []);
      await world.pass({ hours: 24 * 7 });
      await world.releases.retry(coordinator, id);
      await world.pass({ seconds: 1 });
      assert.equal((await world.stateOf(id)).status, 'published');
    });
  });

  describe('races with the worker', () => {
    for (const move of ['unschedule', 'cancel'] as const) {
      it(`lets either ${move} or the publishing win, never both`, async () => {
        for (const isWorkerFirst of [false, true]) {
          world = releaseWorld();
          const id = await forTomorrow();
          world.clock.forward({ hours: 23 });
          const work = () => world.worker.sweep();
          const call = () =>
            world.releases[move](coordinator, id).then(
              () => true,
              (error: unknown) => {
                const codes = ['outbox.tooLate', 'release.moveNotAllowed', 'storage.conflict'] as const;
                assert.ok(codes.some((code) => isAppError(error, code)));
                return false;
              },
            );
          const [, isCalledBack] = isWorkerFirst
            ? await Promise.all([work(), call()])
            : (await Promise.all([call(), work()])).reverse();
          const { status } = await world.stateOf(id);
          const wanted =
            isCalledBack === true ? { unschedule: 'approved', cancel: 'cancelled' }[move] : 'published';
          assert.equal(status, wanted);
          assert.equal(world.channel.asked.length, isCalledBack === true ? 0 : 1);
        }
      });
    }

    it('refuses to call back what is leaving just now', async () => {
      const id = await forTomorrow();
      world.channel.meanwhile = async () => {
        await rejectsWith(world.releases.unschedule(coordinator, id), 'release.moveNotAllowed');
        await rejectsWith(
          world.releases.editText(coordinator, id, 'fi', { words: { title: 'x' }, replaces: null }),
          'release.notEditable',
        );
        await rejectsWith(world.releases.cancel(coordinator, id), 'release.moveNotAllowed');
        await rejectsWith(world.releases.takeDown(coordinator, id), 'release.moveNotAllowed');
      };
      await world.pass({ hours: 23 });
      assert.equal((await world.stateOf(id)).status, 'published');
    });

    it('does nothing with a message whose plan was replaced', async () => {
      const id = await forTomorrow();
      const old = await messageOf(id);
      await world.releases.schedule(coordinator, id, { date: '2026-11-25', time: '09:00' });
      world.clock.forward({ hours: 23 });
      assert.deepEqual(await handleMessage(world.handler, old), {
        result: 'undeliverable',
        reason: 'superseded',
      });
      assert.deepEqual(world.channel.asked, []);
    });

    it('publishes either the text before an edit or none, when somebody writes as it leaves', async () => {
      for (const isWorkerFirst of [false, true]) {
        world = releaseWorld();
        const id = await forTomorrow();
        const newsId = await newsOf(id);
        world.clock.forward({ hours: 23 });
        const words = { title: 'Kesken', lead: '', body: 'Lau' };
        const edit = () => world.news.edit(coordinator, newsId, 'fi', words, 1);
        await Promise.all(isWorkerFirst ? [world.worker.sweep(), edit()] : [edit(), world.worker.sweep()]);
        const state = await world.stateOf(id);
        const page = (await world.pages.pages(id)).fi?.page;
        const wanted = state.status === 'published' ? 'Elma neuvoo elintavoissa' : undefined;
        assert.deepEqual([page?.title, ['published', 'approved'].includes(state.status)], [wanted, true]);
      }
    });

    it('finishes with the text that left, although it is edited while the channel works', async () => {
      const id = await forTomorrow();
      world.channel.meanwhile = () => write(id, 'fi', { title: 'Uudempi', lead: '', body: 'Teksti' });
      await world.pass({ hours: 23 });
      assert.equal((await world.stateOf(id)).status, 'published');
      assert.equal((await world.pages.pages(id)).fi?.page.title, 'Elma neuvoo elintavoissa');
      assert.equal((await world.releases.get(coordinator, id)).movedOn, true);
    });
  });

  describe('once it is out', () => {
    const corrected = { title: 'Elma neuvoo elintavoissa', lead: 'Miksi', body: 'Kirjoitusvirhe korjattu.' };
    const note = { fi: 'Korjattu luku.', sv: 'Talet har rättats.' };
    const own = (title: string) => ({ words: { title }, replaces: null });

    async function published(): Promise<ReleaseId> {
      const id = await world.approved('elma');
      await world.releases.publishNow(coordinator, id);
      await world.pass({ seconds: 11 });
      world.clock.forward({ hours: 1 });
      return id;
    }

    async function takenDown(): Promise<ReleaseId> {
      const id = await published();
      await world.releases.takeDown(coordinator, id);
      await world.pass({ seconds: 1 });
      assert.equal((await world.stateOf(id)).status, 'takenDown');
      return id;
    }

    const pageOf = async (id: ReleaseId) => (await world.pages.pages(id)).fi?.page;
    const listed = async () => (await world.pages.list('fi', 9)).lines.map(({ body }) => body);

    describe('corrected', () => {
      it('is published again on the same page, with its note, and the author is not notified again', async () => {
        const id = await published();
        const before = await pageOf(id);
        assert.equal((await world.releases.get(coordinator, id)).movedOn, false);
        await write(id, 'fi', corrected);
        assert.equal((await world.releases.get(coordinator, id)).movedOn, true);
        assert.equal((await pageOf(id))?.body, before?.body);
        await world.releases.correct(coordinator, id, { note });
        await world.pass({ seconds: 11 });
        const { release, movedOn } = await world.releases.get(coordinator, id);
        assert.deepEqual([release.state.status, movedOn], ['published', false]);
        const page = await pageOf(id);
        assert.deepEqual([page?.body, page?.publishedAt], [corrected.body, before?.publishedAt]);
        assert.deepEqual(
          page?.corrections?.map((each) => each.note),
          [note.fi],
        );
        // The page and the record date it alike.
        assert.equal(page.corrections[0]?.at, release.out?.corrections[0]?.at);
        assert.equal((await listed()).length, 1);
        assert.equal(world.notices.filter(({ about }) => about === 'newsPublished').length, 1);
        assert.deepEqual(release.state.status === 'published' && release.state.urls, release.out?.urls);
      });

      it('keeps the notes of before in their order, and tells readers nothing where none is given', async () => {
        const id = await published();
        for (const [index, said] of [{ fi: 'Yksi' }, undefined, { sv: 'Två' }].entries()) {
          await write(id, 'fi', { ...corrected, body: `Teksti ${String(index)}` });
          await world.releases.correct(coordinator, id, { note: said });
          await world.pass({ minutes: 1 });
        }
        const { out } = (await world.releases.get(coordinator, id)).release;
        assert.deepEqual(
          out?.corrections.map((each) => each.note),
          [{ fi: 'Yksi' }, { sv: 'Två' }],
        );
        const { fi, sv } = await world.pages.pages(id);
        // Each page says what was said in its language.
        assert.deepEqual(
          [fi, sv].map((stored) => stored?.page.corrections?.map((each) => [each.note, each.language])),
          [[['Yksi', 'fi']], [['Två', 'sv']]],
        );
      });

      it('takes spaces for no note, and refuses personal data', async () => {
        const id = await published();
        await rejectsWith(
          world.releases.correct(coordinator, id, { note: { fi: 'Hän 131052-308T' } }),
          'text.personalData',
        );
        await rejectsWith(
          world.releases.correct(coordinator, id, { note: { fi: 'x'.repeat(301) } }),
          'input.invalid',
        );
        await world.releases.correct(coordinator, id, { note: { fi: ' ', sv: '' } });
        await world.pass({ seconds: 11 });
        assert.deepEqual((await pageOf(id))?.corrections, []);
      });

      it('needs a text that is ready, and one that nobody is in the middle of', async () => {
        const id = await published();
        const newsId = await newsOf(id);
        await world.news.edit(otherCoordinator, newsId, 'fi', corrected, 1);
        await rejectsWith(world.releases.correct(coordinator, id, {}), 'text.beingWritten');
        world.clock.forward({ seconds: 31 });
        await rejectsWith(world.releases.correct(coordinator, id, {}), 'release.languagesMissing');
        assert.equal((await world.stateOf(id)).status, 'published');
      });

      it('names what the release says otherwise where that is older than the text, not a language', async () => {
        const id = await published();
        const own = { words: { title: 'Lyhyesti' }, replaces: null };
        await world.releases.editText(coordinator, id, 'fi', own);
        await write(id, 'fi', corrected);
        const error = await errorOf(world.releases.correct(coordinator, id, {}));
        const { code, title } = problemOf(error, 'fi');
        assert.equal(code, 'release.ownOutdated');
        assert.match(title, /^Tiedotteen oma suomenkielinen otsikko on vanhempi kuin uutisen teksti/);
        const { at } = (await world.releases.get(coordinator, id)).release.own.fi ?? {};
        await world.releases.editText(coordinator, id, 'fi', { ...own, replaces: at });
        await world.releases.correct(coordinator, id, {});
      });

      it('names the language that is not up to date, and what to do, also where it is put back', async () => {
        const id = await published();
        const newsId = await newsOf(id);
        await world.releases.takeDown(coordinator, id);
        await world.pass({ seconds: 11 });
        await world.news.edit(coordinator, newsId, 'sv', { ...swedishText, lead: 'Rättad ingress' }, 1);
        await world.news.ready(coordinator, newsId, 'sv');
        const error = await errorOf(world.releases.putBack(coordinator, id));
        const { code, title } = problemOf(error, 'fi');
        assert.deepEqual(
          [code, title],
          [
            'release.languagesMissing',
            'Suomenkielinen teksti ei ole ajan tasalla, koska ruotsinkielistä on muutettu. Tarkista se ja merkitse valmiiksi.',
          ],
        );
      });

      it('adds a language that was left out, once it is ready', async () => {
        const id = await publishedInFinnish();
        assert.equal((await world.releases.get(coordinator, id)).movedOn, false);
        await write(id, 'sv', swedishText);
        assert.equal((await world.releases.get(coordinator, id)).movedOn, true);
        await world.releases.correct(coordinator, id, {});
        await world.pass({ seconds: 11 });
        assert.deepEqual(Object.keys(await world.pages.pages(id)), ['fi', 'sv']);
        assert.equal((await world.releases.get(coordinator, id)).movedOn, false);
      });

      it('can be held back: by an undo, by unscheduling, and by saying something else', async () => {
        const holds: Readonly<Record<string, (id: ReleaseId, undo: number) => Promise<unknown>>> = {
          undo: (id, undo) => world.releases.undo(coordinator, id, undo),
          unschedule: (id) => world.releases.unschedule(coordinator, id),
          editText: (id) => world.releases.editText(coordinator, id, 'sv', own('Kort')),
        };
        for (const [name, hold] of Object.entries(holds)) {
          world = releaseWorld();
          const id = await published();
          const before = await world.pages.pages(id);
          const { out } = (await world.releases.get(coordinator, id)).release;
          await write(id, 'fi', corrected);
          const { undo = 0 } = await world.releases.correct(coordinator, id, { note });
          await hold(id, undo);
          await world.pass({ hours: 1 });
          const { release, movedOn } = await world.releases.get(coordinator, id);
          assert.deepEqual([release.state.status, release.out, movedOn], ['published', out, true], name);
          assert.deepEqual(await world.pages.pages(id), before, name);
          assert.equal(world.channel.asked.length, 1, name);
        }
      });

      it('is planned again when the unscheduling of a correction is taken back', async () => {
        const id = await published();
        await write(id, 'fi', corrected);
        await world.releases.correct(coordinator, id, { note });
        const { undo = 0 } = await world.releases.unschedule(coordinator, id);
        await world.releases.undo(coordinator, id, undo);
        await world.pass({ seconds: 11 });
        const page = await pageOf(id);
        assert.deepEqual([page?.body, page?.corrections?.length], [corrected.body, 1]);
      });

      it('is of one of two who correct it at once: the other is told where it stands', async () => {
        const id = await published();
        await write(id, 'fi', corrected);
        const both = await Promise.allSettled([
          world.releases.correct(coordinator, id, { note: { fi: 'Kaisa korjasi' } }),
          world.releases.correct(otherCoordinator, id, { note: { fi: 'Clara korjasi' } }),
        ]);
        const late = both.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
        assert.equal(late.length, 1);
        assert.ok(isAppError(late[0]?.reason, 'release.moveNotAllowed'));
        assert.equal(late[0].reason.details.state, 'scheduled');
        await world.pass({ seconds: 11 });
        assert.equal((await pageOf(id))?.corrections?.length, 1);
        // The late one can be said after it.
        await world.releases.correct(otherCoordinator, id, { note: { fi: 'Clara korjasi' } });
        await world.pass({ seconds: 11 });
        assert.equal((await pageOf(id))?.corrections?.length, 2);
      });

      it('is of what was seen: whoever corrects another revision than the current is told', async () => {
        const id = await published();
        await write(id, 'fi', corrected);
        const seen = { fi: 1, sv: 1 };
        await rejectsWith(world.releases.correct(coordinator, id, {}, { seen }), 'text.conflict');
        await world.releases.correct(coordinator, id, {}, { seen: { fi: 2, sv: 1 } });
      });

      it('shows just what was seen, although the text is edited before it leaves', async () => {
        const id = await published();
        await write(id, 'fi', corrected);
        await world.releases.correct(coordinator, id, {});
        await write(id, 'fi', { ...corrected, body: 'Vielä uudempi' });
        await world.pass({ seconds: 11 });
        assert.equal((await pageOf(id))?.body, corrected.body);
        assert.equal((await world.releases.get(coordinator, id)).movedOn, true);
      });

      for (const result of ['failed', 'uncertain'] as const) {
        it(`leaves what is out where the channel answers ${result}, and can be tried again, corrected anew or taken down`, async () => {
          const further = [
            (id: ReleaseId) => world.releases.retry(coordinator, id),
            (id: ReleaseId) => world.releases.correct(coordinator, id, { note }),
            (id: ReleaseId) => world.releases.takeDown(coordinator, id),
          ];
          for (const [index, go] of further.entries()) {
            world = releaseWorld();
            const id = await published();
            await write(id, 'fi', corrected);
            await world.releases.correct(coordinator, id, { note });
            world.channel.answers({ result, reason: 'refused' });
            await world.pass({ seconds: 11 });
            assert.equal((await world.stateOf(id)).status, result);
            assert.notEqual((await pageOf(id))?.body, corrected.body);
            await rejectsWith(world.releases.cancel(coordinator, id), 'release.moveNotAllowed');
            await go(id);
            await world.pass({ seconds: 11 });
            const isDown = index === 2;
            assert.equal((await world.stateOf(id)).status, isDown ? 'takenDown' : 'published');
            const page = await pageOf(id);
            if (isDown) assert.ok(page?.takenDownAt);
            else assert.deepEqual([page?.body, page?.corrections?.length], [corrected.body, 1]);
            assert.deepEqual(await world.outbox.needingAttention(), []);
          }
        });
      }

      it('can be given up where it failed or is uncertain: of what nobody knows, a person says which is true', async () => {
        const go: Readonly<Record<string, (id: ReleaseId) => Promise<unknown>>> = {
          correct: (id) => world.releases.correct(coordinator, id, { note }),
          takeDown: (id) => world.releases.takeDown(coordinator, id),
          putBack: (id) => world.releases.putBack(coordinator, id),
        };
        const cases = [
          ['correct', undefined, 'published', true],
          ['takeDown', undefined, 'published', true],
          ['putBack', undefined, 'takenDown', true],
          ['correct', false, 'published', true],
          ['correct', true, 'published', false],
          ['takeDown', false, 'published', true],
          ['takeDown', true, 'takenDown', true],
          ['putBack', false, 'takenDown', true],
          ['putBack', true, 'published', false],
        ] as const;
        for (const [purpose, done, status, movedOn] of cases) {
          world = releaseWorld();
          const id = await published();
          if (purpose === 'putBack') {
            await world.releases.takeDown(coordinator, id);
            await world.pass({ seconds: 11 });
          }
          await write(id, 'fi', corrected);
          world.channel.answers({ result: done === undefined ? 'failed' : 'uncertain', reason: 'refused' });
          await go[purpose]?.(id);
          await world.pass({ seconds: 11 });
          const wrong = done === undefined ? { done: true } : {};
          await rejectsWith(world.releases.giveUp(coordinator, id, wrong), 'input.invalid');
          await world.releases.giveUp(coordinator, id, done === undefined ? {} : { done });
          const view = await world.releases.get(coordinator, id);
          const said = `${purpose} ${String(done)}`;
          assert.deepEqual([view.status, view.movedOn], [status, movedOn], said);
          assert.deepEqual(await world.outbox.needingAttention(), [], said);
          await rejectsWith(world.releases.giveUp(coordinator, id, {}), 'release.moveNotAllowed');
        }
      });

      it('tries a passing fault again by itself, with one note', async () => {
        const id = await published();
        await write(id, 'fi', corrected);
        await world.releases.correct(coordinator, id, { note });
        world.channel.answers({ result: 'retry', reason: 'unavailable' }, new Error('socket hang up'));
        for (let minute = 0; minute < 4; minute += 1) await world.pass({ minutes: 5 });
        const page = await pageOf(id);
        assert.deepEqual([page?.body, page?.corrections?.length], [corrected.body, 1]);
        assert.equal((await world.stateOf(id)).status, 'published');
      });
    });

    describe('taken down', () => {
      it('is gone from the lists at once, says so at its address, and is in the archive', async () => {
        const id = await published();
        const { release, undo } = await world.releases.takeDown(coordinator, id);
        // It can be put back, so there is nothing to wait for.
        assert.deepEqual([release.state.status, undo], ['publishing', undefined]);
        await world.pass({ seconds: 1 });
        assert.deepEqual([await listed(), (await pageOf(id))?.takenDownAt], [[], world.clock.iso()]);
        const view = await world.releases.get(coordinator, id);
        assert.deepEqual([view.status, view.moves], ['takenDown', ['putBack']]);
        const { lines } = await world.releases.archive(coordinator);
        assert.deepEqual(
          lines.map((line) => [line.id, line.status]),
          [[id, 'takenDown']],
        );
        const actions = (await world.releases.audit(coordinator, id)).lines.map(({ event }) => event.action);
        assert.deepEqual(actions.slice(0, 2), ['takenDown', 'takeDown']);
      });

      it('is taken down once by two at once', async () => {
        const id = await published();
        const both = await Promise.allSettled([
          world.releases.takeDown(coordinator, id),
          world.releases.takeDown(otherCoordinator, id),
        ]);
        assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
        await world.pass({ seconds: 1 });
        assert.equal(world.channel.takenDown.length, 1);
      });

      it('takes a planned correction with it', async () => {
        const id = await published();
        await write(id, 'fi', corrected);
        await world.releases.correct(coordinator, id, { note });
        await world.releases.takeDown(coordinator, id);
        await world.pass({ minutes: 1 });
        assert.equal((await world.stateOf(id)).status, 'takenDown');
        assert.deepEqual([world.channel.asked.length, await listed()], [1, []]);
      });

      it('is refused while a correction leaves, and possible after it', async () => {
        const id = await published();
        await write(id, 'fi', corrected);
        await world.releases.correct(coordinator, id, { note });
        world.channel.meanwhile = async () => {
          await assert.rejects(world.releases.takeDown(coordinator, id), (error: unknown) => {
            assert.ok(isAppError(error, 'release.moveNotAllowed'));
            const { status, title, details } = problemOf(error, 'fi');
            assert.deepEqual([status, details?.state], [409, 'publishing']);
            assert.doesNotMatch(title, /[{}]/u);
            return true;
          });
        };
        await world.pass({ seconds: 11 });
        assert.equal((await world.stateOf(id)).status, 'published');
        await world.releases.takeDown(coordinator, id);
        await world.pass({ seconds: 1 });
        assert.deepEqual(await listed(), []);
      });

      it('is asked for again where the channel failed, and can be given up for a correction', async () => {
        for (const isRetried of [true, false]) {
          world = releaseWorld();
          const id = await published();
          await world.releases.takeDown(coordinator, id);
          world.channel.answers({ result: 'failed', reason: 'refused' });
          await world.pass({ seconds: 1 });
          assert.equal((await world.stateOf(id)).status, 'failed');
          assert.equal((await listed()).length, 1);
          await (isRetried
            ? world.releases.retry(coordinator, id)
            : world.releases.correct(coordinator, id, {}));
          await world.pass({ seconds: 11 });
          assert.equal((await world.stateOf(id)).status, isRetried ? 'takenDown' : 'published');
          assert.equal((await listed()).length, isRetried ? 0 : 1);
        }
      });

      it('is put back as it is now, on its page and with its first date', async () => {
        const id = await takenDown();
        const before = await pageOf(id);
        await write(id, 'fi', corrected);
        await world.releases.putBack(coordinator, id);
        await world.pass({ seconds: 11 });
        const page = await pageOf(id);
        assert.deepEqual(
          [page?.body, page?.publishedAt, page?.takenDownAt],
          [corrected.body, before?.publishedAt, undefined],
        );
        const { release, movedOn } = await world.releases.get(coordinator, id);
        assert.deepEqual([release.state.status, movedOn, (await listed()).length], ['published', false, 1]);
      });

      it('stays down when putting it back is held back', async () => {
        const holds: Readonly<Record<string, (id: ReleaseId, undo: number) => Promise<unknown>>> = {
          undo: (id, undo) => world.releases.undo(coordinator, id, undo),
          unschedule: (id) => world.releases.unschedule(coordinator, id),
          editText: (id) => world.releases.editText(coordinator, id, 'sv', own('Kort')),
        };
        for (const [name, hold] of Object.entries(holds)) {
          world = releaseWorld();
          const id = await takenDown();
          const { undo = 0 } = await world.releases.putBack(coordinator, id);
          await hold(id, undo);
          await world.pass({ hours: 1 });
          assert.deepEqual([(await world.stateOf(id)).status, await listed()], ['takenDown', []], name);
        }
      });
    });

    describe('with a crash between the channel and the record', () => {
      /** The message of a release is handled and the process dies before it has recorded that; then it is handled again. */
      async function dieAndGoOn(id: ReleaseId): Promise<void> {
        const message = await messageOf(id);
        world.clock.forward({ seconds: 11 });
        const realCommit = world.rows.commit.bind(world.rows);
        world.channel.meanwhile = () => {
          world.rows.commit = (partition, changes) =>
            changes.every(({ key }) => key.startsWith('intranet-'))
              ? realCommit(partition, changes)
              : Promise.reject(new Error('the process died'));
          return Promise.resolve();
        };
        await assert.rejects(handleMessage(world.handler, message), /died/u);
        world.rows.commit = realCommit;
        const before = await world.pages.pages(id);
        world.clock.forward({ minutes: 5 });
        assert.deepEqual(await handleMessage(world.handler, message), { result: 'sent' });
        assert.deepEqual(await world.pages.pages(id), before);
      }

      it('has one note of a correction, dated as on the page', async () => {
        const id = await published();
        await write(id, 'fi', corrected);
        await world.releases.correct(coordinator, id, { note });
        await dieAndGoOn(id);
        const { state, out } = (await world.releases.get(coordinator, id)).release;
        const page = await pageOf(id);
        assert.deepEqual([state.status, page?.corrections?.length], ['published', 1]);
        assert.equal(page?.corrections?.[0]?.at, out?.corrections[0]?.at);
      });

      it('is taken down, or put back, once', async () => {
        const id = await published();
        await world.releases.takeDown(coordinator, id);
        await dieAndGoOn(id);
        assert.deepEqual([(await world.stateOf(id)).status, await listed()], ['takenDown', []]);
        await world.releases.putBack(coordinator, id);
        await dieAndGoOn(id);
        assert.deepEqual([(await world.stateOf(id)).status, (await listed()).length], ['published', 1]);
      });
    });

    it('is kept on the day when it came out, in the calendar and the lists', async () => {
      const id = await published();
      const lineOf = async () => {
        const lines = await world.releases.days(coordinator, '2026-11-01', '2026-11-30');
        return lines.map((line) => [line.id, line.status, line.due?.slice(0, 10)]);
      };
      assert.deepEqual(await lineOf(), [[id, 'published', '2026-11-23']]);
      world.clock.forward({ hours: 72 });
      await write(id, 'fi', corrected);
      await world.releases.correct(coordinator, id, { note });
      assert.deepEqual(await lineOf(), [[id, 'scheduled', '2026-11-23']]);
      await world.pass({ seconds: 11 });
      await world.releases.takeDown(coordinator, id);
      await world.pass({ seconds: 1 });
      assert.deepEqual(await lineOf(), [[id, 'takenDown', '2026-11-23']]);
    });
  });
});
