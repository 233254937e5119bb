import assert from 'node:assert/strict';
import { type Bot, botOf } from '../../bot/index.js';
import { makeBigRoom, type BigRoom } from '../../src/compose.js';
import { fanOutMessage } from '../../src/delivery/fan-out/kind.js';
import type { Mail } from '../../src/delivery/mail/mailer.js';
import { noticeTo } from '../../src/delivery/notices.js';
import type { MessageBody } from '../../src/delivery/outbox/message.js';
import { httpServer } from '../../src/http/server.js';
import type { ChatAddress, Person } from '../../src/people/person.js';
import { deterministicId, type MessageId } from '../../src/platform/ids.js';
import { Talker, invokedCard, textOf } from '../bot/bot-world.js';
import { listen } from '../http/listen.js';
import { coordinator, programme, submission, swedishText, worker } from '../make.js';
import { toyModule, toyFeature, type Toy } from '../toy-module.js';
import { testAdapters } from '../world/adapters.js';
import { handClock, type HandClock } from '../world/clock.js';
import { keptLog } from '../world/outbox.js';
import { Connector } from '../world/teams/connector.js';

describe('a module from outside', () => {
  let toy: Toy;
  let clock: HandClock;
  let bigRoom: BigRoom;
  let teams: Connector;
  let chat: ChatAddress & { readonly conversationId: string };
  let mails: Mail[];
  let bot: Bot;
  let workAll: () => Promise<void>;
  const log = keptLog();

  beforeEach(async () => {
    toy = toyModule();
    clock = handClock('2026-11-23T08:00:00Z');
    teams = new Connector();
    await teams.start();
    mails = [];
    const publicUrl = 'http://localhost:3978';
    const { modules: own } = testAdapters({ publicUrl });
    bigRoom = makeBigRoom(
      testAdapters({
        clock,
        log,
        publicUrl,
        mailer: {
          send: (mail) => {
            mails.push(mail);
            return Promise.resolve({ result: 'sent' });
          },
        },
        modules: (deps) => [...own(deps), toy.module],
      }),
    );
    chat = {
      tenantId: 'tenant',
      userId: '29:vilma',
      conversationId: 'a:vilma',
      serviceUrl: teams.url,
      channelId: 'msteams',
      botId: '28:bot',
    };
    const people: Person[] = [
      { ...worker, language: 'fi', projects: [], chat },
      { ...coordinator, language: 'fi', projects: [] },
    ];
    await bigRoom.people.add(programme, people);
    bot = botOf(bigRoom, { clock, publicUrl, settings: {}, log, features: [toyFeature] });
    const outboxWorker = bigRoom.worker(bot.showNotice);
    const sender = bigRoom.fanOutWorker(bot.transport(bigRoom.fanOutPace));
    workAll = async () => {
      await outboxWorker.work();
      await outboxWorker.sweep();
      while ((await sender.work()) > 0);
    };
  });

  afterEach(() => teams.stop());

  const ask = (body: MessageBody) =>
    bigRoom.outbox.commit(
      [],
      [{ id: deterministicId<MessageId>(JSON.stringify(body)), dueAt: clock.iso(), body }],
    );
  const summaries = () => teams.sent.map(({ activity }) => activity.summary);

  it('has messages of its own handled, and learns why one is refused', async () => {
    await ask({ kind: 'toy.wind', toy: 'robot' });
    await ask({ kind: 'toy.wind', toy: 7 });
    await workAll();
    assert.deepEqual(toy.wound, ['robot']);
    const [refused] = await bigRoom.outbox.needingAttention();
    assert.equal(refused?.body.kind, 'toy.wind');
    assert.match('reason' in refused.state ? refused.state.reason : '', /^unreadable toy: /);
  });

  it('notifies people with its own card, as long as it is true', async () => {
    const notice = { about: 'toy.wound', toy: 'robot' };
    await bigRoom.outbox.commit([], [noticeTo(worker.id, notice, { dueAt: clock.iso(), act: '1' })]);
    await workAll();
    assert.deepEqual(summaries(), ['Vilma, robot runs']);
    toy.isRunning = false;
    await bigRoom.outbox.commit([], [noticeTo(worker.id, notice, { dueAt: clock.iso(), act: '2' })]);
    await workAll();
    assert.deepEqual(summaries(), ['Vilma, robot runs']);
    assert.deepEqual(await bigRoom.outbox.needingAttention(), []);
  });

  it('sends to many by chat and by mail, and finds it by what it is about', async () => {
    const { id: personId, name } = worker;
    toy.recipients = [
      { key: `person:${personId}`, way: 'chat', personId, name, language: 'en', chat },
      { key: 'contact:ann', way: 'mail', language: 'en' },
    ];
    await bigRoom.outbox.commit([], [fanOutMessage({ kind: 'toy.parade', toy: 'robot' }, clock.iso())]);
    await workAll();
    assert.deepEqual(summaries(), ['robot parades in Test programme']);
    assert.deepEqual(
      mails.map(({ subject, id }) => [subject, id]),
      [['Parade of robot', 'robot contact:ann']],
    );
    const [line, ...others] = await bigRoom.fanOuts.about(coordinator, 'toy:robot');
    assert.deepEqual(others, []);
    assert.deepEqual([line?.state.status, line?.counts.sent], ['done', 2]);
  });

  it('publishes releases where it can, beside the other channels', async () => {
    const { item } = await bigRoom.news.submit(coordinator, submission());
    await bigRoom.news.edit(coordinator, item.id, 'sv', swedishText, 0);
    await bigRoom.news.accept(coordinator, item.id);
    await bigRoom.news.ready(coordinator, item.id, 'sv');
    const { release } = await bigRoom.releases.create(coordinator, {
      newsId: item.id,
      channel: 'toyShop',
    });
    await bigRoom.releases.publishNow(coordinator, release.id);
    clock.forward({ minutes: 1 });
    await workAll();
    assert.deepEqual(toy.shown, ['Elma neuvoo elintavoissa']);
    assert.equal((await bigRoom.releases.get(coordinator, release.id)).release.state.status, 'published');
  });

  it('understands commands of its own in chat, and does what its buttons ask for, by permission', async () => {
    const { signIn } = bigRoom;
    const handle: Bot['handle'] = (request, response) => bot.handle(request, response);
    const server = await listen(httpServer({ routes: [], signIn, log, loopbackOnly: true, bot: handle }));
    const post = async (body: string) => {
      const before = teams.sent.length;
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${server.url}/api/messages`, { method: 'POST', headers, body });
      const text = await answer.text();
      const answered: unknown = text === '' ? undefined : JSON.parse(text);
      return { status: answer.status, body: answered, sent: teams.sent.slice(before) };
    };
    try {
      const vilma = new Talker({ post, teams }, worker.id, {});
      const opened = await vilma.says('robotti');
      assert.equal(textOf(opened), 'Vilma, here is the robot');
      assert.equal(textOf(await vilma.presses(opened, 'toy.wind')), 'Wound up 3 times');
      const refused = invokedCard(await vilma.execute('toy.sell', {}));
      assert.doesNotMatch(textOf(refused), /Sold/);
    } finally {
      await server.stop();
    }
  });

  it('answers at a route of its own, by permission', async () => {
    const { routes, signIn } = bigRoom;
    const server = await listen(httpServer({ routes, signIn, log, loopbackOnly: true }));
    try {
      assert.equal((await fetch(`${server.url}/api/toys`)).status, 401);
      const answer = await fetch(`${server.url}/api/toys`, {
        headers: { authorization: `Trial ${worker.id}` },
      });
      assert.deepEqual(await answer.json(), { wound: [] });
    } finally {
      await server.stop();
    }
  });
});
