import assert from 'node:assert/strict';
import { handleMessage } from '../../src/delivery/outbox/kind.js';
import type { NewsId, PersonId } from '../../src/platform/ids.js';
import { submission } from '../make.js';
import { type BotWorld, botWorld } from './bot-world.js';

describe('bot: who has access where nobody signs in', () => {
  let world: BotWorld;
  beforeEach(async () => {
    world = await botWorld();
  });
  afterEach(() => world.stop());

  const hello = (more: Readonly<Record<string, unknown>> = {}) =>
    JSON.stringify(world.talker('vilma').activity({ text: 'apua', ...more }));
  const codeOf = (body: unknown) => (body as { code?: string }).code;

  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    it(`an activity as ${type}, which any page may post, is 400`, async () => {
      const { status, body, sent } = await world.post(hello(), { 'content-type': type });
      assert.deepEqual([status, codeOf(body), sent.length], [400, 'input.malformed', 0]);
      assert.equal((await world.bigRoom.people.get('vilma' as PersonId)).chat, undefined);
    });
  }

  const strangers: readonly Readonly<Record<string, string>>[] = [
    { origin: 'https://evil.example' },
    { origin: 'http://127.0.0.1.evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];
  for (const headers of strangers) {
    it(`a page with ${JSON.stringify(headers)} is refused`, async () => {
      const { status, body, sent } = await world.post(hello(), headers);
      assert.deepEqual([status, codeOf(body), sent.length], [403, 'permission.denied', 0]);
      assert.equal((await world.bigRoom.people.get('vilma' as PersonId)).chat, undefined);
    });
  }

  const neighbours: readonly Readonly<Record<string, string>>[] = [
    {},
    { 'content-type': 'application/json; charset=utf-8' },
    { origin: 'http://localhost:56150' },
    { origin: 'http://127.0.0.1:3978', 'sec-fetch-site': 'same-origin' },
    { origin: 'http://[::1]:3978' },
  ];
  for (const headers of neighbours) {
    it(`this machine with ${JSON.stringify(headers)} is answered`, async () => {
      const { status, sent } = await world.post(hello(), headers);
      assert.deepEqual([status, sent.length], [200, 1]);
    });
  }

  for (const serviceUrl of [
    'https://evil.example/',
    'http://127.0.0.1@evil.example/',
    'http://localhost.evil.example/',
    'http://10.0.0.1/',
  ]) {
    it(`is not led to ${serviceUrl}`, async () => {
      const { status, sent } = await world.post(hello({ serviceUrl }));
      assert.deepEqual([status, sent.length], [403, 0]);
      assert.equal((await world.bigRoom.people.get('vilma' as PersonId)).chat, undefined);
    });
  }

  it('sends no notice of a person to another machine, although its address was stored once', async () => {
    const { people, news } = world.bigRoom;
    const vilma = await people.get('vilma' as PersonId);
    const newsId: NewsId = (await news.submit(vilma, submission())).item.id;
    await people.rememberChat(vilma.id, {
      tenantId: 'tenant',
      userId: '29:vilma',
      conversationId: 'a:vilma',
      serviceUrl: 'https://evil.example/',
      channelId: 'msteams',
      botId: '28:bot',
    });
    const outcome = await handleMessage(world.notice, {
      id: 'message1' as never,
      dueAt: world.clock.iso(),
      body: {
        kind: 'notice',
        to: vilma.id,
        notice: { about: 'newsNote', newsId, note: 'Hei', from: 'Kaisa' },
      },
      state: { status: 'pending', attempts: 1 },
    });
    assert.deepEqual(outcome, { result: 'failed', reason: 'foreignService' });
  });
});
