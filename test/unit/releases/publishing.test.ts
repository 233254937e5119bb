import assert from 'node:assert/strict';
import { handleMessage } from '../../../src/delivery/outbox/kind.js';
import { isAppError } from '../../../src/platform/errors.js';
import type { ReleaseId } from '../../../src/platform/ids.js';
import type { Message } from '../../../src/delivery/outbox/message.js';
import { newsStore } from '../../../src/news/store.js';
import { outboxStore } from '../../../src/delivery/outbox/store.js';
import { coordinator, otherCoordinator, swedishText } from '../../make.js';
import { releaseWorld, type ReleaseWorld } from '../../make-releases.js';
import { rejectsWith } from '../../world/outbox.js';
import { readablePartition } from '../../world/partition.js';

describe('publishing', () => {
  let world: ReleaseWorld;
  beforeEach(() => {
    world = releaseWorld();
  });

  /** A release that goes out tomorrow at nine, 23 hours from now. */
  const forTomorrow = () => world.scheduled('elma', '2026-11-24', '09:00');

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
    const { source } = (await world.releases.get(coordinator, id)).release;
    assert.ok(source);
    assert.deepEqual(notices, [{ about: 'newsPublished', newsId: source.newsId, urls: is.urls }]);
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
    const { id } = (await world.releases.create(coordinator, { formId: 'only-fi' })).release;
    await world.releases.edit(coordinator, id, 'fi', { title: 'Vain suomeksi', lead: '', body: 'Teksti' }, 0);
    await world.releases.approve(coordinator, id, 'Koskee vain yhtä yksikköä');
    await world.releases.publishNow(coordinator, id);
    await world.pass({ seconds: 11 });
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

    it('can be edited, approved and planned again, and then needs no attention', async () => {
      for (const result of ['failed', 'uncertain'] as const) {
        world = releaseWorld();
        const id = await forTomorrow();
        world.channel.answers({ result, reason: 'refused' });
        await world.pass({ hours: 23 });
        assert.equal((await world.stateOf(id)).status, result);
        await world.releases.edit(coordinator, id, 'fi', { title: 'Korjattu', lead: '', body: 'Teksti' }, 1);
        assert.deepEqual(await world.outbox.needingAttention(), []);
        await world.releases.check(coordinator, id, 'sv');
        await world.releases.approve(coordinator, id);
        await world.releases.publishNow(coordinator, id);
        await world.pass({ seconds: 11 });
        assert.equal((await world.stateOf(id)).status, 'published');
        assert.equal((await world.pages.pages(id)).fi?.page.title, 'Korjattu');
      }
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
          for (const move of ['unapprove', 'cancel'] as const) {
            const other = await inTrouble(result);
            await endMessage(other, settled);
            await world.releases[move](coordinator, other);
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
      const newsId = (await world.releases.get(coordinator, id)).release.source?.newsId;
      assert.ok(newsId);
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
            isCalledBack === true ? { unschedule: 'draft', cancel: 'cancelled' }[move] : 'published';
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
          world.releases.edit(coordinator, id, 'fi', { title: 'x', lead: '', body: '' }, 1),
          'release.notEditable',
        );
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
  });
});
