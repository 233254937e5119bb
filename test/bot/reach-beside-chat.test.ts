import assert from 'node:assert/strict';
import { graphReach } from '../../src/adapters/graph/graph-reach.js';
import { unreachedPeople } from '../../src/delivery/outbox/unreached.js';
import type { FanOutWorker } from '../../src/delivery/fan-out/worker.js';
import type { OutboxWorker } from '../../src/delivery/outbox/worker.js';
import type { NotifyBy } from '../../src/people/person.js';
import type { PersonId } from '../../src/platform/ids.js';
import { sessionFanOut } from '../../src/sessions/fan-outs.js';
import { seriesForm } from '../make-sessions.js';
import { programme } from '../make.js';
import { graphWorld, type GraphWorld } from '../world/graph/world.js';
import { botWorld, buttonsOf, invokedCard, textOf, type BotWorld } from './bot-world.js';

const blocked = { status: 403, code: 'ConversationBlockedByUser' } as const;

describe('bot: people in Teams beside the chat', () => {
  let world: BotWorld;
  let graph: GraphWorld;
  let worker: OutboxWorker;
  let sender: FanOutWorker;
  const apps = () => graph.graph.apps;

  beforeEach(async () => {
    graph = await graphWorld();
    const { client, graph: stand } = graph;
    world = await botWorld({
      reach: graphReach({
        client,
        graphUrl: stand.url,
        catalogId: stand.apps.catalogId,
        publicUrl: 'https://bigroom.example',
      }),
    });
    worker = world.bigRoom.worker(world.bot.showNotice);
    sender = world.bigRoom.fanOutWorker(world.bot.transport(world.bigRoom.fanOutPace));
  });
  afterEach(async () => {
    await world.stop();
    await graph.close();
  });

  const person = (id: string) => world.bigRoom.people.get(id as PersonId);
  const choose = (id: string, by: NotifyBy) => world.bigRoom.people.setNotifyBy(id as PersonId, { by });
  const unreached = async () => unreachedPeople(world.bigRoom.people, await world.bigRoom.outbox.awaited());
  const asked = (path: string) =>
    graph.graph.asked.filter((each) => each.path === path && each.method === 'POST');
  const installs = () => asked('/teamwork/installedApps').length;
  const cards = (name: string) =>
    world.teams.sent.filter(({ conversationId }) => conversationId === `a:${name}`).length;

  async function workAll(): Promise<void> {
    for (let count = 1; count > 0;)
      count = (await worker.work()) + (await worker.sweep()) + (await sender.work());
  }

  /** Teams reports to the bot that it has come to somebody. */
  const arrives = (name: string) => world.talker(name).sends({ type: 'installationUpdate', action: 'add' });

  /** One notice to somebody: news of theirs that somebody writes to them about. */
  async function notice(to: string, title = 'Elma on käytössä'): Promise<string> {
    const id = await world.submitted(title, { by: to });
    await world.bigRoom.news.requestChanges(await person('kaisa'), id, 'Milloin?');
    await workAll();
    return id;
  }

  describe('whom the bot has never met', () => {
    it('get the app once something waits for them, and what waits when Teams has brought it', async () => {
      await notice('sofia', 'Yksi');
      await notice('sofia', 'Kaksi');
      assert.ok(apps().has('sofia'));
      assert.equal(installs(), 1);
      assert.deepEqual(
        (await unreached()).map(({ name, install }) => [name, install?.result]),
        [['Sofia Sjöström', 'installed']],
      );
      await arrives('sofia');
      const before = cards('sofia');
      world.clock.forward({ seconds: 5 });
      await workAll();
      assert.equal(cards('sofia') - before, 2);
      assert.deepEqual(await unreached(), []);
    });

    it('get it in their activity feed where the app came to them and Teams did not say so', async () => {
      await notice('sofia');
      assert.equal(apps().shown.length, 0);
      world.clock.forward({ hours: 24 });
      await workAll();
      assert.equal(apps().shown.length, 1);
      assert.deepEqual(await unreached(), []);
    });

    it('get it when somebody adds them, stored with them', async () => {
      const kaisa = { ...(await person('kaisa')), role: 'admin' } as const;
      const added = { name: 'Uusi Ihminen', language: 'fi', role: 'worker', projects: [] } as const;
      await world.bigRoom.members.add(kaisa, { ...added, id: 'uusi' as PersonId });
      await workAll();
      assert.ok(apps().has('uusi'));
      assert.equal((await person('uusi')).install?.result, 'installed');
    });

    it('are asked for again a day after Teams did not allow it, and not before', async () => {
      apps().forbidden.add('sofia');
      await notice('sofia', 'Yksi');
      await notice('sofia', 'Kaksi');
      assert.equal(installs(), 1);
      const [waiting] = await unreached();
      assert.deepEqual([waiting?.install?.result, waiting?.install?.reason], ['refused', '403 Forbidden']);
      world.clock.forward({ hours: 23 });
      await workAll();
      assert.equal(installs(), 1);
      apps().forbidden.clear();
      world.clock.forward({ hours: 2 });
      await workAll();
      assert.equal(installs(), 2);
      assert.ok(apps().has('sofia'));
    });

    it('who are not in the directory any more are named so', async () => {
      apps().users = new Set(['vilma']);
      await notice('sofia');
      assert.equal((await unreached())[0]?.install?.result, 'notFound');
    });

    it('are tried again where Teams is busy', async () => {
      graph.graph.fails({ status: 429, headers: { 'Retry-After': '30' } });
      await notice('sofia');
      assert.ok(!apps().has('sofia'));
      // On a busy machine a connection may not come about, which is tried again too.
      for (let tries = 1; tries <= 4 && !apps().has('sofia'); tries += 1) {
        world.clock.forward({ seconds: 31 * tries });
        await workAll();
      }
      assert.ok(apps().has('sofia'));
    });

    it('who have it already are written to in the conversation that Graph names, by the service of a colleague', async () => {
      await world.talker('vilma').says('apua');
      const { chatId } = apps().give('sofia');
      await notice('sofia');
      world.clock.forward({ seconds: 5 });
      await workAll();
      const sent = world.teams.sent.filter(({ conversationId }) => conversationId === chatId);
      assert.equal(sent.length, 1);
      assert.deepEqual(await unreached(), []);
    });

    it('who have it already wait where nobody has been met: no address is believed that Teams did not sign', async () => {
      apps().give('sofia');
      await notice('sofia');
      assert.equal((await person('sofia')).chat, undefined);
      assert.equal((await unreached()).length, 1);
    });
  });

  describe('by their choice', () => {
    beforeEach(async () => {
      await world.talker('vilma').says('apua');
      apps().give('vilma');
    });

    it('get a card alone, until they choose otherwise', async () => {
      const before = cards('vilma');
      await notice('vilma');
      assert.equal(cards('vilma'), before + 1);
      assert.equal(apps().shown.length, 0);
    });

    it('get it in the activity feed alone, in their language, with a link to the item', async () => {
      await choose('vilma', 'feed');
      const before = cards('vilma');
      const id = await notice('vilma');
      assert.equal(cards('vilma'), before);
      const [shown, ...more] = apps().shown;
      assert.deepEqual(more, []);
      assert.deepEqual(
        [shown?.user, shown?.type, shown?.parameters],
        ['vilma', 'answerWanted', { title: 'Elma on käytössä' }],
      );
      const context = new URL(shown?.webUrl ?? '').searchParams.get('context') ?? '';
      assert.deepEqual(JSON.parse(context), { subEntityId: `news/${id}` });
      assert.equal((await person('vilma')).feed?.result, 'shown');
    });

    it('learn in the feed what a card in the chat says already', async () => {
      for (const by of ['feed', 'both'] as const) {
        await choose('vilma', by);
        const { id } = await world.vilmaSubmits(`card-${by}`, { title: `Elma ${by}` });
        const before = apps().shown.length;
        await world.bigRoom.news.accept(await person('kaisa'), id);
        await workAll();
        const [shown, ...more] = apps().shown.slice(before);
        assert.deepEqual(
          [shown?.type, shown?.parameters.title, more.length],
          ['newsDecided', `Elma ${by}`, 0],
        );
      }
    });

    it('get both, each once', async () => {
      await choose('vilma', 'both');
      const before = cards('vilma');
      await notice('vilma');
      await workAll();
      assert.equal(cards('vilma'), before + 1);
      assert.equal(apps().shown.length, 1);
    });

    it('get a card where Teams refuses the feed, which is not asked again for a day', async () => {
      await choose('vilma', 'feed');
      apps().remove('vilma');
      const before = cards('vilma');
      await notice('vilma', 'Yksi');
      await notice('vilma', 'Kaksi');
      assert.equal(cards('vilma'), before + 2);
      assert.equal(asked('/teamwork/sendActivityNotification').length, 1);
      const { feed } = await person('vilma');
      assert.deepEqual([feed?.result, feed?.reason], ['refused', '403 Forbidden']);
      apps().give('vilma');
      world.clock.forward({ hours: 25 });
      await notice('vilma', 'Kolme');
      assert.equal(apps().shown.length, 1);
    });

    it('are reached in the feed where they blocked the bot, and the chat is left alone from then on', async () => {
      world.teams.failsWith(blocked);
      await notice('vilma', 'Yksi');
      assert.equal(apps().shown.length, 1);
      assert.ok((await person('vilma')).chat?.refusedAt);
      const { requests } = world.teams;
      await notice('vilma', 'Kaksi');
      assert.equal(apps().shown.length, 2);
      assert.equal(world.teams.requests, requests);
      assert.deepEqual(await unreached(), []);
    });

    it('stay unreached, and named, where both refuse', async () => {
      apps().remove('vilma');
      world.teams.failsWith(blocked);
      await notice('vilma');
      assert.deepEqual(
        (await unreached()).map(({ name, why }) => [name, why]),
        [['Vilma Virtanen', 'closed']],
      );
    });

    it('may have got it where the answer was lost: nothing leaves by the other way, and a person decides', async () => {
      await choose('vilma', 'feed');
      graph.graph.fails({ drops: 'after' });
      const before = cards('vilma');
      await notice('vilma');
      world.clock.forward({ hours: 1 });
      await workAll();
      assert.equal(cards('vilma'), before);
      assert.equal(apps().shown.length, 1);
      const [uncertain, ...more] = await world.bigRoom.outbox.needingAttention();
      assert.deepEqual([uncertain?.state.status, more.length], ['uncertain', 0]);
    });

    it('get the reminder of a session in the same way', async () => {
      await choose('vilma', 'both');
      const kaisa = await person('kaisa');
      const { series } = await world.bigRoom.series.create(kaisa, seriesForm('hankeradio'));
      const [first] = await world.bigRoom.series.upcoming(kaisa, 1, series.id);
      assert.ok(first);
      const until = world.clock.now().until(first.start, { largestUnit: 'hours' });
      world.clock.forward(until.subtract({ minutes: 15 }));
      const before = cards('vilma');
      const content = { kind: 'reminder', occurrenceId: first.id, offset: 15, start: first.start } as const;
      await world.bigRoom.outbox.commit([], [sessionFanOut(content, world.clock.iso())]);
      await workAll();
      assert.equal(cards('vilma'), before + 1);
      const [shown, ...more] = apps().shown.filter(({ user }) => user === 'vilma');
      assert.deepEqual([shown?.type, more.length], ['sessionReminder', 0]);
      assert.equal(shown?.parameters.session, first.names.fi);
      assert.match(shown.webUrl, new RegExp(`sessions%2F${first.id}`));
    });

    it('choose in chat, and learn why the feed is not available', async () => {
      const vilma = world.talker('vilma');
      for (const text of ['ilmoitukset', 'aviseringar', 'notifications']) {
        const card = await vilma.says(text);
        assert.equal(buttonsOf(card).filter(({ verb }) => verb === 'notify.set').length, 3, text);
      }
      const chosen = invokedCard(await vilma.execute('notify.set', { by: 'feed' }));
      assert.match(textOf(chosen), /Saat ilmoitukset nyt Teamsin toimintasyötteeseen/);
      assert.equal((await person('vilma')).notifyBy, 'feed');
      apps().remove('vilma');
      await notice('vilma');
      assert.match(textOf(await vilma.says('ilmoitukset')), /Teams ei näyttänyt ilmoitusta/);
    });
  });

  it('offers no feed where none is set up, and keeps nobody from their cards who chose it before', async () => {
    const plain = await botWorld();
    try {
      const vilma = plain.talker('vilma');
      const card = await vilma.says('ilmoitukset');
      assert.match(textOf(card), /ei voi valita/);
      assert.equal(buttonsOf(card).filter(({ verb }) => verb === 'notify.set').length, 0);
      await vilma.execute('notify.set', { by: 'feed' });
      const { people } = plain.bigRoom;
      assert.equal((await people.get('vilma' as PersonId)).notifyBy, undefined);
      await assert.rejects(people.setNotifyBy('vilma' as PersonId, { by: 'both' }), {
        code: 'input.invalid',
      });
      await people.add(programme, [
        { ...(await people.get('vilma' as PersonId)), id: 'vilho' as PersonId, notifyBy: 'feed' },
      ]);
      assert.equal((await people.get('vilho' as PersonId)).notifyBy, undefined);
    } finally {
      await plain.stop();
    }
  });
});
