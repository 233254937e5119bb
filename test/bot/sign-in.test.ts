import assert from 'node:assert/strict';
import dns from 'node:dns';
import { readdirSync, readFileSync } from 'node:fs';
import sinon from 'sinon';
import { handleMessage } from '../../src/delivery/outbox/kind.js';
import type { PersonId } from '../../src/platform/ids.js';
import { appTokens } from '../../src/adapters/entra/app-tokens.js';
import { submission } from '../make.js';
import { withContracts } from '../world/contracts.js';
import { Fuzzer, type Json } from '../world/fuzz.js';
import { short } from '../world/length.js';
import { Connector } from '../world/teams/connector.js';
import { attacks } from './attacks.js';
import { type BotAnswer, cardOf, invokedCard, textOf } from './bot-world.js';
import { connectorAudience, signedWorld, type SignedWorld } from './signed-world.js';

describe('bot: signing in', () => {
  let world: SignedWorld;
  let lookups: sinon.SinonSpy;
  let time: sinon.SinonFakeTimers;
  beforeEach(async () => {
    // How old keys are and when they are read again goes by the process's own clock.
    time = sinon.useFakeTimers({ now: Date.now(), toFake: ['Date'] });
    world = await signedWorld();
    lookups = sinon.spy(dns, 'lookup');
  });
  afterEach(async () => {
    time.restore();
    lookups.restore();
    await world.stop();
    // Whatever the SDK does by itself would lead away from this machine.
    assert.deepEqual(
      lookups.args.map(([host]) => host as unknown).filter((host) => host !== '127.0.0.1'),
      [],
    );
  });

  const chatOf = async (id: string) => (await world.bigRoom.people.find(id as PersonId))?.chat;
  const seconds = () => Math.floor(world.clock.now().epochMilliseconds / 1000);
  const hello = (more: object = {}) =>
    JSON.stringify(world.talker('vilma').activity({ text: 'apua', ...more }));
  const codeOf = ({ body }: BotAnswer) => (body as { code?: string }).code;
  const postSigned = async (claims: object, more: object = {}) =>
    world.post(hello(more), {
      authorization: `Bearer ${await world.entra.signBot({ serviceurl: world.teams.url, ...claims })}`,
    });

  describe('refuses', () => {
    for (const { attack, status, request } of attacks)
      it(`${attack}: ${String(status)}`, async () => {
        const { entra, teams } = world;
        const { botId, tenantId, loginUrl } = entra;
        const registration = { clientId: botId, tenantId, credential: { secret: 'bot-secret' }, loginUrl };
        const ownToken = () =>
          appTokens(registration, `${connectorAudience}/.default`, { clock: world.clock }).get();
        const { authorization, activity, body, headers } = await request({
          entra,
          serviceUrl: teams.url,
          now: seconds(),
          ownToken,
        });
        const answer = await world.post(body ?? hello(activity), {
          ...headers,
          ...(authorization !== undefined && { authorization }),
        });
        assert.equal(answer.status, status);
        assert.match(
          codeOf(answer) ?? '',
          /^(signIn\.needed|permission\.denied|input\.(malformed|tooLarge))$/,
        );
        assert.equal(teams.requests, 0);
        assert.equal(await chatOf('vilma'), undefined);
        assert.deepEqual(
          world.logged.filter((line) => line.startsWith('error')),
          [],
        );
      });

    it('with the scheme that is wanted, and no word of why', async () => {
      const url = new URL('/api/messages', world.url);
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: hello(),
      });
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
      assert.deepEqual(await answer.json(), { code: 'signIn.needed' });
    });
  });

  describe('serves', () => {
    it('who is signed, and keeps their address', async () => {
      const { status, sent } = await world.talker('vilma').sends({ text: 'apua' });
      assert.deepEqual([status, sent.length, world.teams.unauthorized], [200, 1, 0]);
      assert.equal((await chatOf('vilma'))?.serviceUrl, world.teams.url);
    });

    const same: readonly [
      what: string,
      claims: (url: string) => object,
      activity: (url: string) => object,
    ][] = [
      ['an address with a slash at the end', (url) => ({ serviceurl: `${url}/` }), () => ({})],
      ['an activity whose address has one', () => ({}), (url) => ({ serviceUrl: `${url}/` })],
      ['a tenant in capitals', () => ({}), () => ({ channelData: { tenant: { id: 'TENANT' } } })],
      ['a tenant that stands beside the conversation alone', () => ({}), () => ({ conversation: where() })],
      ['a tenant that the conversation alone names', () => ({}), () => ({ channelData: {} })],
      ['a clock that is 4 minutes fast', () => ({ nbf: seconds() + 240 }), () => ({})],
      ['a clock that is 4 minutes slow', () => ({ exp: seconds() - 240 }), () => ({})],
    ];
    const where = () => ({ id: 'a:vilma', conversationType: 'personal' });
    for (const [what, claims, activity] of same)
      it(what, async () => {
        const { url } = world.teams;
        const { status, sent } = await postSigned(claims(url), activity(url));
        assert.deepEqual([status, sent.length], [200, 1]);
      });

    withContracts('activities of Teams, signed', (contracts) => {
      const folder = new URL('activities/', contracts);
      const incoming = readdirSync(folder).filter((name) => !name.startsWith('out.'));
      assert.ok(incoming.length > 20);
      for (const name of incoming)
        it(`the documented ${name}`, async () => {
          const written = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Record<string, unknown>;
          // The documentation leaves out parts of the envelope, and has placeholders for ids.
          const envelope = world.talker('vilma').activity({});
          const conversation = { ...(envelope.conversation as object), ...(written.conversation as object) };
          const channelData = { ...(written.channelData as object), tenant: { id: world.entra.tenantId } };
          const activity = {
            ...envelope,
            ...written,
            conversation: { ...conversation, tenantId: world.entra.tenantId },
            channelData,
            serviceUrl: world.teams.url,
          };
          const { status } = await world.post(JSON.stringify(activity));
          // No feature of ours answers what opens a dialog of a message extension.
          const isUnanswered = /composeExtension|task-/.test(name);
          assert.equal(status, isUnanswered ? 400 : 200);
        });
    });
  });

  describe('at random', () => {
    const rounds = short(150, { long: 5_000 });
    const execute = { action: { type: 'Action.Execute', verb: 'news.mine', data: { trail: [] } } };
    const activities: readonly object[] = [
      { text: 'uutinen' },
      { value: { verb: 'help.open' }, replyToId: 'card-1' },
      { type: 'invoke', name: 'adaptiveCard/action', value: execute, replyToId: 'card-1' },
      { type: 'invoke', name: 'composeExtension/fetchTask', value: { commandId: 'news' } },
      { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] },
      { type: 'installationUpdate', action: 'add' },
    ];

    it('never stumbles over an activity, whatever is changed in it', async () => {
      const fuzzer = new Fuzzer(20261130);
      const seen = new Set<number>();
      for (let round = 0; round < rounds; round += 1) {
        const activity = world.talker('vilma').activity({ ...fuzzer.one(activities) }) as Json;
        const body = JSON.stringify(fuzzer.changed(activity, 0.06));
        const { status } = await world.post(body);
        seen.add(status);
        assert.ok(status < 500, `${String(status)}: ${body}`);
      }
      assert.ok([200, 400, 403].every((status) => seen.has(status)));
      assert.ok(world.teams.sent.every(({ conversationId }) => conversationId !== ''));
    });

    it('believes no token of which anything is changed', async () => {
      const fuzzer = new Fuzzer(20261130);
      const good = await world.entra.signBot({ serviceurl: world.teams.url });
      for (let round = 0; round < rounds; round += 1) {
        const at = fuzzer.below(good.length - 1);
        const other = fuzzer.one('ABCxyz019-_.=+ ,'.split('').filter((letter) => letter !== good[at]));
        const token = good.slice(0, at) + fuzzer.one([other, '', other + other]) + good.slice(at + 1);
        const { status } = await world.post(hello(), { authorization: `Bearer ${token}` });
        assert.equal(status, 401, token);
      }
      assert.equal(world.teams.requests, 0);
    });
  });

  describe('with keys that change or fail', () => {
    beforeEach(async () => {
      assert.equal((await postSigned({})).status, 200);
    });

    it('believes a new key within 60 s, and the old one no more', async () => {
      const old = await world.entra.signBot({ serviceurl: world.teams.url });
      await world.entra.rotate();
      time.tick(60_000);
      assert.equal((await postSigned({})).status, 200);
      assert.equal((await world.post(hello(), { authorization: `Bearer ${old}` })).status, 401);
    });

    it('serves with the keys that it knows while nobody answers, for hours', async () => {
      world.entra.fails('down', 'keys');
      for (let hours = 0; hours < 12; hours += 1) {
        assert.equal((await postSigned({})).status, 200);
        time.tick(3_600_000);
      }
    });

    it('asks for no key that is not there more than twice a minute', async () => {
      const { keys } = world.entra.asked;
      const key = await world.entra.addBotKey('later', ['msteams']);
      const token = await world.entra.signBot(
        { serviceurl: world.teams.url },
        { by: key, header: { kid: 'none' } },
      );
      time.tick(60_000);
      for (let count = 0; count < 5; count += 1)
        assert.equal((await world.post(hello(), { authorization: `Bearer ${token}` })).status, 401);
      assert.equal(world.entra.asked.keys, keys + 1);
    });
  });

  for (const how of ['down', 500] as const)
    it(`answers 503 while it has never read a key (${String(how)}), and serves when it has`, async () => {
      world.entra.fails(how, 'keys');
      const answer = await postSigned({});
      assert.deepEqual([answer.status, codeOf(answer)], [503, 'signIn.unavailable']);
      world.entra.recovers();
      time.tick(5_000);
      assert.equal((await postSigned({})).status, 200);
    });

  describe('to the connector', () => {
    const tokens = () => world.entra.asked.tokens;

    it('signs what it says with one token', async () => {
      const vilma = world.talker('vilma');
      await vilma.says('apua');
      await vilma.says('uutinen');
      assert.deepEqual([tokens(), world.teams.unauthorized], [1, 0]);
    });

    it('gets one new token when the connector refuses the one that it has, and says it again', async () => {
      const vilma = world.talker('vilma');
      await vilma.says('apua');
      world.entra.revokeTokens();
      const { status, sent } = await vilma.sends({ text: 'apua' });
      assert.deepEqual([status, sent.length], [200, 1]);
      assert.deepEqual([tokens(), world.teams.unauthorized], [2, 1]);
    });

    it('says nothing a third time where the new one is refused too', async () => {
      world.teams.demands = () => false;
      const { status, sent } = await world.talker('vilma').sends({ text: 'apua' });
      assert.deepEqual([status, sent.length], [200, 0]);
      assert.deepEqual([tokens(), world.teams.unauthorized], [2, 2]);
    });

    it('renews it for a card that changes and for the roster as well', async () => {
      world.teams.members.set('29:anna', { userRole: 'user', tenantId: 'tenant' });
      const anna = world.talker('anna');
      await world.talker('vilma').says('apua');
      world.entra.revokeTokens();
      assert.equal((await anna.sends({ text: 'apua' })).sent.length, 1);
      assert.equal((await world.bigRoom.people.get('anna' as PersonId)).role, 'worker');
      world.entra.revokeTokens();
      const submitted = await anna.submit('help.open', {});
      assert.deepEqual(
        submitted.sent.map(({ how }) => how),
        ['updated'],
      );
      assert.deepEqual([tokens(), world.teams.unauthorized], [3, 2]);
    });

    describe('unasked', () => {
      async function noticed() {
        const vilma = await world.bigRoom.people.get('vilma' as PersonId);
        const { item } = await world.bigRoom.news.submit(vilma, submission());
        return handleMessage(world.notice, {
          id: 'message1' as never,
          dueAt: world.clock.iso(),
          body: {
            kind: 'notice',
            to: vilma.id,
            notice: { about: 'newsNote', newsId: item.id, note: 'Hei', from: 'Kaisa' },
          },
          state: { status: 'pending', attempts: 1 },
        });
      }

      it('signs what it sends, and renews a token that is refused', async () => {
        await world.talker('vilma').says('apua');
        assert.equal((await noticed()).result, 'sent');
        world.entra.revokeTokens();
        assert.equal((await noticed()).result, 'sent');
        assert.deepEqual([tokens(), world.teams.unauthorized], [2, 1]);
      });

      it('waits with what it would send while no token is to be had', async () => {
        await postSigned({}, { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] });
        world.entra.revokeTokens();
        world.clock.forward({ hours: 2 });
        world.entra.fails(503, 'tokens');
        assert.deepEqual(await noticed(), { result: 'retry', reason: 'temporarily_unavailable' });
      });

      it('takes no token to an address over plain http, whoever wrote it into the storage', async () => {
        await world.bigRoom.people.rememberChat('vilma' as PersonId, {
          tenantId: 'tenant',
          userId: '29:vilma',
          conversationId: 'a:vilma',
          serviceUrl: 'http://10.0.0.1/',
          channelId: 'msteams',
          botId: '28:bot',
        });
        assert.deepEqual(await noticed(), { result: 'failed', reason: 'foreignService' });
        assert.equal(tokens(), 0);
      });
    });

    it('takes neither token nor text where the connector sends it on to', async () => {
      const elsewhere = new Connector();
      await elsewhere.start();
      const headers = { location: `${elsewhere.url}/v3/conversations/a:vilma/activities/x` };
      for (const status of [301, 302, 307, 308]) {
        world.teams.failsWith({ status, headers });
        assert.equal((await world.talker('vilma').sends({ text: 'apua' })).status, 200);
        world.teams.failsWith({ status, headers });
        await world.talker('vilma').submit('help.open', {});
      }
      assert.equal(elsewhere.requests, 0);
      await elsewhere.stop();
    });

    it('answers a press while no token is to be had: the card is in the answer itself', async () => {
      world.entra.fails(503, 'tokens');
      const card = invokedCard(await world.talker('vilma').execute('help.open', {}));
      assert.match(textOf(card), /Hei/);
      assert.equal(world.teams.requests, 0);
    });

    it('tries a few times where no token is to be had for an answer, and says so in the log alone', async () => {
      world.entra.fails(503, 'tokens');
      const { status, sent } = await world.talker('vilma').sends({ text: 'apua' });
      assert.deepEqual([status, sent.length, world.teams.requests], [200, 0, 0]);
      assert.ok(world.logged.includes('error bot.turnFailed'));
      world.entra.recovers();
      assert.match(textOf(cardOf((await world.talker('vilma').sends({ text: 'apua' })).sent[0])), /Hei/);
    });
  });
});
