import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { chat, chatTransport } from '../../bot/proactive/chat.js';
import {
  type DirectConnector,
  type OpenAddress,
  directConnector,
  writtenCard,
} from '../../bot/channel/direct-connector.js';
import type { Card } from '../../bot/cards/render.js';
import type { Tokens } from '../../src/platform/bot-sign-in.js';
import { AppError } from '../../src/platform/errors.js';
import type { OccurrenceId, PersonId } from '../../src/platform/ids.js';
import type { ChatAddress } from '../../src/people/person.js';
import type { PreparedMessage, Recipient } from '../../src/delivery/fan-out/kind.js';
import type { SessionContent } from '../../src/sessions/fan-outs.js';
import { keptLog } from '../world/outbox.js';
import { chatter } from '../world/fan-out.js';
import { selfSigned } from '../world/teams/certificate.js';
import { Connector, type TeamsFault } from '../world/teams/connector.js';

const content: SessionContent = { kind: 'thanks', occurrenceId: 'one' as OccurrenceId, round: 1 };
const card: Card = {
  type: 'AdaptiveCard',
  version: '1.5',
  speak: 'Muistutus: Hankeradio kello 9',
  body: ['å"\\'],
};

describe('the transport of fan-outs into chats', () => {
  let teams: Connector;
  let connector: DirectConnector;
  let remembered: [PersonId, ChatAddress][];
  let permits: number;
  let mayReach: boolean;
  let render: () => Promise<Card>;
  let preparedMessage: PreparedMessage;

  const transport = () =>
    chatTransport({
      chat: chat({
        connector,
        people: {
          rememberChat: (id, address) => {
            remembered.push([id, address]);
            return Promise.reject(new AppError('storage.unavailable'));
          },
        },
        mayReach: () => mayReach,
        log: keptLog(),
      }),
      render: () => render(),
      pace: {
        permit: () => {
          permits += 1;
          return Promise.resolve(0);
        },
      },
    });

  beforeEach(async () => {
    teams = new Connector();
    await teams.start();
    connector = directConnector({ timeoutMs: 500 });
    [remembered, permits, mayReach] = [[], 0, true];
    render = () => Promise.resolve(card);
    preparedMessage = await transport().prepare(content, 'fi');
  });

  afterEach(async () => {
    await connector.close();
    await teams.stop();
  });

  const send = (recipient: Recipient = chatter(1, `${teams.url}/`)) =>
    transport().send(preparedMessage, recipient);
  const unmet = (): Recipient => {
    const known = chatter(1, teams.url);
    if (known.way !== 'chat' || known.chat === undefined) throw new Error('not a chat');
    const { conversationId: _unknown, ...chat } = known.chat;
    return { ...known, chat };
  };

  it('says the card to the person, as the SDK would', async () => {
    assert.deepEqual(await send(), { result: 'sent' });
    const [sent] = teams.sent;
    assert.equal(sent?.conversationId, 'a:p1');
    assert.deepEqual(sent.activity, {
      type: 'message',
      summary: 'Muistutus: Hankeradio kello 9',
      attachmentLayout: 'list',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
      inputHint: 'acceptingInput',
      from: { id: '28:bot', name: 'Big Room' },
      recipient: { id: '29:p1' },
      conversation: { id: 'a:p1' },
    });
    assert.equal(permits, 0, 'the sender has asked for it');
  });

  it('says it in a channel to nobody in particular', async () => {
    const known = chatter(1, teams.url);
    const { language } = known;
    const name = 'Elma';
    const chat = {
      ...(known as { chat: ChatAddress }).chat,
      conversationId: '19:abc@thread.tacv2;messageid=1',
    };
    assert.deepEqual(await send({ key: 'conversation:1', name, language, way: 'channel', chat }), {
      result: 'sent',
    });
    assert.equal(teams.sent[0]?.conversationId, '19:abc@thread.tacv2;messageid=1');
    assert.equal('recipient' in teams.sent[0].activity, false);
  });

  it('opens a conversation first, once, asks the pace for it, and says it though it could not be kept', async () => {
    const same = transport();
    teams.failsWith({ status: 503 });
    assert.deepEqual(await same.send(preparedMessage, unmet()), { result: 'retry', reason: '503 Error' });
    assert.deepEqual([teams.opened.length, teams.sent.length], [0, 0]);
    assert.deepEqual(await same.send(preparedMessage, unmet()), { result: 'sent' });
    assert.deepEqual(await same.send(preparedMessage, unmet()), { result: 'sent' });
    assert.deepEqual([permits, teams.opened.length, teams.sent.length], [2, 1, 2]);
    assert.equal(teams.sent[0]?.conversationId, 'a:opened-29:p1');
    assert.deepEqual(
      remembered.map(([id, chat]) => [id, chat.conversationId]),
      [['p1', 'a:opened-29:p1']],
    );
    assert.deepEqual(teams.opened[0]?.asked, {
      isGroup: false,
      bot: { id: '28:bot', name: 'Big Room' },
      members: [{ id: '29:p1', name: '' }],
      tenantId: 'tenant',
      channelData: { tenant: { id: 'tenant' } },
    });
  });

  it('gives up on whom the bot never met, and on a service that it may not reach', async () => {
    const { chat: _unknown, ...nobody } = unmet() as Extract<Recipient, { way: 'chat' }>;
    assert.deepEqual(await send(nobody), { result: 'undeliverable', reason: 'neverMet' });
    mayReach = false;
    assert.deepEqual(await send(), { result: 'failed', reason: 'foreignService' });
    assert.equal(teams.requests, 0);
  });

  it('passes on that there is nothing to send any more', async () => {
    render = () => Promise.reject(new AppError('occurrence.notFound'));
    await assert.rejects(transport().prepare(content, 'fi'), { code: 'occurrence.notFound' });
  });

  describe('where it has to sign in', () => {
    const { chat } = chatter(1, 'http://nowhere.example') as { chat: OpenAddress };
    const to = (): OpenAddress => ({ ...chat, serviceUrl: teams.url });
    let given: number;
    let tokens: Tokens;
    let signed: DirectConnector;
    beforeEach(() => {
      given = 0;
      let held: string | undefined;
      tokens = {
        get: () => Promise.resolve((held ??= `token-${String(++given)}`)),
        refused: (token) => {
          if (token === held) held = undefined;
        },
      };
      signed = directConnector({
        tokens: { get: () => tokens.get(), refused: (token) => tokens.refused(token) },
      });
    });
    afterEach(() => signed.close());

    const ways: readonly [name: string, request: () => Promise<unknown>, good: unknown][] = [
      ['a message', () => signed.send(writtenCard(card), to()), { result: 'sent' }],
      [
        'a message to one among others',
        () => signed.sendTargeted(writtenCard(card), { ...to(), conversationId: '19:group@thread.v2' }),
        { result: 'sent' },
      ],
      ['a change', () => signed.update(writtenCard(card), to(), 'activity-1'), { result: 'sent' }],
      ['an opening', () => signed.open(to()), { conversationId: 'a:opened-29:p1' }],
    ];
    for (const [name, request, good] of ways) {
      it(`brings its token with ${name}`, async () => {
        teams.demands = (authorization) => authorization === 'Bearer token-1';
        assert.deepEqual(await request(), good);
        assert.deepEqual([teams.requests, given], [1, 1]);
      });

      it(`sends ${name} again with a new token where the first is refused, once`, async () => {
        teams.demands = (authorization) => authorization === 'Bearer token-2';
        assert.deepEqual(await request(), good);
        assert.deepEqual([teams.requests, given], [2, 2]);
        teams.demands = () => false;
        assert.deepEqual(await request(), { result: 'failed', reason: '401 Unauthorized' });
        assert.deepEqual([teams.requests, given], [4, 3]);
      });

      it(`does not send ${name} again with the very token that was refused`, async () => {
        tokens = { get: () => Promise.resolve('token-1'), refused: () => undefined };
        teams.demands = () => false;
        assert.deepEqual(await request(), { result: 'failed', reason: '401 Unauthorized' });
        assert.equal(teams.requests, 1);
      });

      it(`may try ${name} again later where there is no token: nothing has left`, async () => {
        tokens = { get: () => Promise.reject(new Error('the answer was lost')), refused: () => undefined };
        assert.deepEqual(await request(), { result: 'retry', reason: 'Error' });
        assert.equal(teams.requests, 0);
      });
    }
  });

  const date = new Date(Date.now() + 3_600_000).toUTCString();
  const faults: readonly [TeamsFault, string, string, number?][] = [
    [{ status: 403, code: 'BotNotInConversationRoster' }, 'undeliverable', '403 BotNotInConversationRoster'],
    [{ status: 403, code: 'ConversationBlockedByUser' }, 'undeliverable', '403 ConversationBlockedByUser'],
    [{ status: 403, code: 'BotDisabledByAdmin' }, 'undeliverable', '403 BotDisabledByAdmin'],
    [
      { status: 403, code: 'ForbiddenOperationException' },
      'undeliverable',
      '403 ForbiddenOperationException',
    ],
    [
      { status: 403, code: 'Forbidden', subCode: 'MessageWritesBlocked' },
      'undeliverable',
      '403 MessageWritesBlocked',
    ],
    [{ status: 403, code: 'SomethingElse' }, 'failed', '403 SomethingElse'],
    [{ status: 400, code: 'BadSyntax' }, 'failed', '400 BadSyntax'],
    [{ status: 413, code: 'MessageSizeTooBig' }, 'failed', '413 MessageSizeTooBig'],
    [{ status: 412, code: 'PreconditionFailed' }, 'retry', '412 PreconditionFailed'],
    [{ status: 429 }, 'retry', '429 Error'],
    [{ status: 429, headers: { 'retry-after': '7' } }, 'retry', '429 Error', 7],
    [{ status: 429, headers: { 'retry-after': date } }, 'retry', '429 Error', 3_600],
    [{ status: 502 }, 'retry', '502 Error'],
    [{ status: 503 }, 'retry', '503 Error'],
    [{ status: 504 }, 'retry', '504 Error'],
    [{ status: 500 }, 'uncertain', '500 Error'],
    [{ status: 0, hangsUp: true }, 'uncertain', 'UND_ERR_SOCKET'],
    [{ status: 0, hangsUp: true, takes: true }, 'uncertain', 'UND_ERR_SOCKET'],
    [{ status: 201, afterMs: 1_500 }, 'uncertain', 'UND_ERR_HEADERS_TIMEOUT'],
  ];
  for (const [fault, result, reason, afterSeconds] of faults) {
    it(`takes ${JSON.stringify(fault).replace(date, 'a date')} as ${result}, after one attempt`, async () => {
      teams.failsWith(fault);
      const outcome = await send();
      assert.equal(outcome.result, result);
      assert.equal('reason' in outcome && outcome.reason, reason);
      const asked = outcome.result === 'retry' ? outcome.afterSeconds : undefined;
      assert.ok(Math.abs((asked ?? 0) - (afterSeconds ?? 0)) < 60, String(asked));
      assert.equal(teams.sent.length, fault.takes === true ? 1 : 0);
    });
  }

  it('opens anew, once, a conversation that Teams does not know any more, keeps it, and says it there', async () => {
    teams.forgets('a:p1');
    assert.deepEqual(await send(), { result: 'sent' });
    assert.deepEqual(
      teams.sent.map(({ conversationId }) => conversationId),
      ['a:opened-29:p1'],
    );
    assert.deepEqual(
      remembered.map(([id, address]) => [id, address.conversationId]),
      [['p1', 'a:opened-29:p1']],
    );
    // One for the opening, one for the message in it.
    assert.equal(permits, 2);
  });

  it('gives up where the conversation that it opens anew is not known either, or may not be opened', async () => {
    const gone = { result: 'undeliverable', reason: '404 ConversationNotFound' };
    teams.forgets('a:p1');
    teams.forgets('a:opened-29:p1');
    assert.deepEqual(await send(), gone);
    assert.equal(teams.requests, 3);
    teams.failsWith(
      { status: 404, code: 'ConversationNotFound' },
      { status: 403, code: 'BotDisabledByAdmin' },
    );
    assert.deepEqual(await send(), gone);
    assert.deepEqual(teams.sent, []);
  });

  it('never opens a channel anew', async () => {
    const bot = chatter(1, teams.url);
    assert.ok('chat' in bot);
    teams.forgets('19:channel');
    const address = { ...bot.chat, conversationId: '19:channel' };
    const channel: Recipient = {
      key: 'conversation:c',
      name: 'Kanava',
      language: 'fi',
      way: 'channel',
      chat: address,
    };
    assert.deepEqual(await send(channel), { result: 'undeliverable', reason: '404 ConversationNotFound' });
    assert.deepEqual(teams.opened, []);
  });

  it('tries again where the other side has a certificate that nobody trusts, or speaks no TLS: nothing has left', async () => {
    const secure = new Connector({ certificate: selfSigned('elsewhere.example') });
    await secure.start();
    const untrusted = await send(chatter(1, secure.url));
    assert.deepEqual(untrusted, { result: 'retry', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    await secure.stop();
    const plain = await send(chatter(1, teams.url.replace('http:', 'https:')));
    assert.equal(plain.result, 'retry');
    assert.deepEqual([...secure.sent, ...teams.sent], []);
  });

  it('tries again where the connection breaks while it is being made', async () => {
    const silent = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    assert.equal((await send(chatter(1, `https://127.0.0.1:${port}`))).result, 'retry');
    silent.close();
  });

  it('tries again later where nobody answers at all', async () => {
    const { url } = teams;
    await teams.stop();
    assert.deepEqual(await send(chatter(1, url)), { result: 'retry', reason: 'ECONNREFUSED' });
    await teams.start();
  });
});

describe("Teams' stand-in", () => {
  it('takes no more in a conversation than Teams does, nor from a tenant', async () => {
    const teams = new Connector();
    teams.enforces(50);
    await teams.start();
    const connector = directConnector();
    const to = (name: string) => ({
      ...(chatter(1, teams.url) as { chat: ChatAddress }).chat,
      conversationId: name,
    });
    const message = { head: '{"type":"message"' };
    const same = await Promise.all(Array.from({ length: 10 }, () => connector.send(message, to('a:one'))));
    assert.equal(same.filter(({ result }) => result === 'sent').length, 7);
    assert.deepEqual(teams.throttled, { tenant: 0, conversation: 3 });
    const others = Array.from({ length: 60 }, (_, number) => connector.send(message, to(`a:${number}`)));
    const answers = await Promise.all(others);
    const refused = answers.filter(({ result }) => result === 'retry');
    assert.ok(refused.length >= 10);
    assert.deepEqual(refused[0], { result: 'retry', reason: '429 Throttled', afterSeconds: 1 });
    await connector.close();
    await teams.stop();
  });
});
