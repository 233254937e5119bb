import assert from 'node:assert/strict';
import { typed } from './bot-world.js';
import { botWorld, type BotWorld, cardOf, textOf } from './bot-world.js';
import type { Sent } from '../world/teams/connector.js';

const group = { conversationType: 'groupChat', conversationId: '19:group@thread.v2' } as const;
const channel = {
  conversationType: 'channel',
  conversationId: '19:channel@thread.tacv2;messageid=1690000000000',
} as const;
const vilmaId = '29:vilma';
const sofiaId = '29:sofia';

/** As a slash command comes: to the bot alone. */
const apart = { recipient: { id: '28:bot', name: 'Big Room', isTargeted: true } };

describe('bot: what only the one who asked sees, before others', () => {
  let world: BotWorld;

  beforeEach(async () => {
    world = await botWorld();
  });
  afterEach(() => world.stop());

  const seen = (who: string, where: { readonly conversationId: string }, hours = 0): Sent[] =>
    world.teams.seenBy(who, where.conversationId, hours);

  for (const where of [group, channel])
    describe(`in a ${where.conversationType}`, () => {
      it('is the help, and what was not understood', async () => {
        for (const text of ['apua', 'Kokous alkaa kello yhdeksän']) {
          const before = seen(vilmaId, where).length;
          const { status } = await world.talker('vilma', where).sends({ text });
          assert.equal(status, 200);
          assert.equal(seen(vilmaId, where).length, before + 1, text);
        }
        assert.deepEqual(seen(sofiaId, where), []);
        assert.deepEqual(seen(vilmaId, where, 24), [], 'gone after a day');
      });

      it('is that the language was changed, and that a message with a personal identity code is to be deleted', async () => {
        const card = await world.talker('vilma', where).says('kieli ruotsi');
        assert.match(textOf(card), /svenska/);
        await world.talker('vilma', where).says('Asiakas 131052-308T kiitti');
        assert.equal(seen(vilmaId, where).length, 2);
        assert.deepEqual(seen(sofiaId, where), []);
      });

      it('is not what everybody has use for', async () => {
        await world.talker('vilma', where).says('tilaisuudet');
        assert.equal(seen(sofiaId, where).length, 1);
      });

      it('is that the answer is in their own chat, with the receipt there', async () => {
        await world.talker('vilma').says('apua');
        const data = { formId: 'form-targeted-1', ...typed };
        const { sent } = await world.talker('vilma', where).submit('news.submit', data);
        assert.deepEqual(
          sent.map(({ conversationId, targetedTo }) => [conversationId, targetedTo]),
          [
            ['a:vilma', undefined],
            [where.conversationId, vilmaId],
          ],
        );
        assert.match(JSON.stringify(sent[1]?.activity), /Vastasin sinulle kahden kesken/);
        assert.deepEqual(seen(sofiaId, where), []);
      });

      it('is the answer itself where their own chat can’t be had', async () => {
        await world.talker('vilma').says('apua');
        world.teams.failsWith({ status: 403, code: 'ConversationBlockedByUser' });
        const data = { formId: 'form-targeted-2', ...typed };
        const { sent } = await world.talker('vilma', where).submit('news.submit', data);
        assert.deepEqual(
          sent.map(({ conversationId, targetedTo }) => [conversationId, targetedTo]),
          [[where.conversationId, vilmaId]],
        );
        assert.match(textOf(cardOf(sent[0])), /Elma neuvoo elintavoissa/);
      });

      it('is each answer to a slash command, with the command above it', async () => {
        for (const text of ['/tilaisuudet', 'hankeradio', 'uutinen', 'kiitos', 'apua', 'omat']) {
          const activity = world.talker('vilma', where).activity({ text, ...apart });
          const { sent } = await world.post(JSON.stringify(activity));
          const [only, ...more] = sent.filter(({ activity: { type } }) => type !== 'typing');
          assert.deepEqual(more, [], text);
          assert.equal(only?.targetedTo, vilmaId, text);
          assert.equal(only.conversationId, where.conversationId, text);
          assert.deepEqual(only.activity.entities, [{ type: 'targetedMessageInfo', messageId: activity.id }]);
        }
        assert.deepEqual(seen(sofiaId, where), []);
      });
    });

  describe('where Teams shows nothing to one person', () => {
    beforeEach(() => {
      world.teams.takesTargeted = false;
    });

    it('is said aloud where others may read it', async () => {
      await world.talker('vilma', group).says('apua');
      assert.equal(seen(sofiaId, group).length, 1);
    });

    it('goes to their own chat where they had asked the bot alone, and nothing of it aloud', async () => {
      await world.talker('vilma').says('apua');
      const { sent } = await world.talker('vilma', group).sends({ text: '/apua', ...apart });
      assert.deepEqual(
        sent.map(({ conversationId }) => conversationId),
        ['a:vilma'],
      );
      assert.deepEqual(seen(sofiaId, group), []);
    });

    it('is noted where they can’t be answered at all', async () => {
      world.teams.failsWith({ status: 400 }, { status: 403, code: 'BotNotInConversationRoster' });
      const { status, sent } = await world.talker('vilma', group).sends({ text: '/apua', ...apart });
      assert.equal(status, 200);
      assert.deepEqual(sent, []);
      assert.ok(world.logged.some((line) => line.includes('bot.notAnswered')));
    });
  });

  it('is said once where nobody knows whether it arrived', async () => {
    world.teams.failsWith({ status: 500, takes: true });
    await world.talker('vilma', group).sends({ text: 'apua' });
    assert.equal(seen(vilmaId, group).length, 1);
    assert.deepEqual(seen(sofiaId, group), []);
  });

  it('is said again where Teams asks for it', async () => {
    world.teams.failsWith({ status: 429, headers: { 'retry-after': '0.1' } });
    await world.talker('vilma', group).says('apua');
    assert.equal(seen(vilmaId, group).length, 1);
    assert.deepEqual(seen(sofiaId, group), []);
  });

  it('is said without the question where Teams has it no more', async () => {
    const activity = world.talker('vilma', channel).activity({ text: '/apua', ...apart });
    world.teams.expired.add(String(activity.id));
    const { sent } = await world.post(JSON.stringify(activity));
    assert.deepEqual(
      sent.map(({ targetedTo, activity: { entities } }) => [targetedTo, entities]),
      [[vilmaId, undefined]],
    );
  });

  it('is the note that a file beside the text can’t be kept', async () => {
    const attachments = [{ contentType: 'image/png', contentUrl: 'https://example.org/a.png' }];
    await world.talker('vilma', group).sends({ text: 'apua', attachments });
    assert.equal(seen(vilmaId, group).length, 2);
    assert.deepEqual(seen(sofiaId, group), []);
  });

  it('is what a stranger of another tenant is answered', async () => {
    const strict = await botWorld({ tenantId: 'tenant' });
    try {
      const from = { id: '29:guest', name: 'Gustav Gäst', aadObjectId: 'guest', userRole: 'guest' };
      await strict.talker('guest', group).sends({ text: 'apua', from });
      assert.equal(strict.teams.seenBy('29:guest', group.conversationId).length, 1);
      assert.deepEqual(strict.teams.seenBy(vilmaId, group.conversationId), []);
    } finally {
      await strict.stop();
    }
  });
});
