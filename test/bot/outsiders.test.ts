import assert from 'node:assert/strict';
import type { PersonId } from '../../src/platform/ids.js';
import { type BotAnswer, cardOf, invokedCard, textOf } from './bot-world.js';
import { signedWorld, type SignedWorld } from './signed-world.js';

type More = Readonly<Record<string, unknown>>;

/** Signed activities of people who do not belong to the tenant although the conversation does, and what the roster knows. */
const outsiders: readonly [who: string, from: More, member?: More][] = [
  ['a guest whom the roster knows as one', {}, { userRole: 'guest', tenantId: 'tenant' }],
  ['a guest by the user name of the roster', {}, { userPrincipalName: 'anna_x.org#EXT#@county.example' }],
  ['somebody who joined a meeting without a name', {}, { userRole: 'anonymous', tenantId: 'tenant' }],
  ['a person of another tenant in a chat of ours', { tenantId: 'other' }],
  ['a person whom the roster knows from another tenant', {}, { userRole: 'user', tenantId: 'other' }],
  ['somebody without a directory id', { aadObjectId: undefined }],
];

const places = {
  'alone with the bot': { conversationType: 'personal', conversationId: 'a:anna' },
  'in a group chat': { conversationType: 'groupChat', conversationId: '19:meeting@thread.v2' },
  'in a channel': { conversationType: 'channel', conversationId: '19:channel@thread.tacv2;messageid=1' },
} as const;

describe('bot: a guest or a person of another tenant, signed', () => {
  let world: SignedWorld;
  before(async () => {
    world = await signedWorld();
  });
  after(() => world.stop());
  beforeEach(() => {
    world.teams.members.clear();
  });

  const refusal = /Palvelen vain hankkeiden omaa väkeä[^]*toisesta organisaatiosta[^]*yhteyshenkilöltä/;
  const from = (more: More) => ({ id: '29:anna', name: 'Anna Ahonen', aadObjectId: 'anna', ...more });
  const shownText = ({ body }: BotAnswer): string => {
    const { task, composeExtension } = body as {
      task?: { type: string; value: string };
      composeExtension?: { type: string; text: string };
    };
    assert.equal((task ?? composeExtension)?.type, 'message');
    return task?.value ?? composeExtension?.text ?? '';
  };

  const ways: readonly [name: string, activity: More, textIn: (answer: BotAnswer) => string][] = [
    ['writes', { text: 'uutinen' }, ({ sent }) => textOf(cardOf(sent[0]))],
    [
      'presses a card',
      {
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb: 'form.open', data: {} }, trigger: 'manual' },
      },
      (answer) => textOf(invokedCard(answer)),
    ],
    [
      'presses a card where the client knows Submit alone',
      { value: { verb: 'form.open' } },
      ({ sent }) => textOf(cardOf(sent[0])),
    ],
    ['opens a dialog', { type: 'invoke', name: 'task/fetch', value: { data: {} } }, shownText],
    [
      'makes a message into news',
      { type: 'invoke', name: 'composeExtension/fetchTask', value: { commandId: 'news' } },
      shownText,
    ],
    [
      'searches where messages are written',
      { type: 'invoke', name: 'composeExtension/query', value: { commandId: 'news' } },
      shownText,
    ],
  ];

  for (const [who, more, member] of outsiders)
    for (const [place, where] of Object.entries(places))
      it(`learns that the bot is not for them, kindly, and is stored nowhere: ${who}, ${place}`, async () => {
        if (member !== undefined) world.teams.members.set('29:anna', { ...member });
        const talker = world.talker('anna', where);
        for (const [way, activity, textIn] of ways) {
          const answer = await talker.sends({ ...activity, from: from(more) });
          assert.equal(answer.status, 200, way);
          assert.match(textIn(answer).replaceAll('\n', ' '), refusal, way);
        }
        assert.equal(await world.bigRoom.people.find('anna' as PersonId), undefined);
        assert.equal(world.teams.opened.length, 0);
      });

  for (const [place, where] of Object.entries(places))
    it(`who brings the bot ${place} gets no menu that does not work for them`, async () => {
      world.teams.members.set('29:anna', { userRole: 'guest', tenantId: 'tenant' });
      const talker = world.talker('anna', { ...where, conversationId: `${where.conversationId}2` });
      const { status, sent } = await talker.sends({
        type: 'installationUpdate',
        action: 'add',
        from: from({}),
      });
      assert.deepEqual([status, sent.length], [200, 1]);
      // To the others of a team or a chat the bot introduces itself.
      assert.equal(refusal.test(textOf(cardOf(sent[0]))), place === 'alone with the bot');
      assert.equal(await world.bigRoom.people.find('anna' as PersonId), undefined);
    });

  it('gets nothing to read for an invoke that shows nothing, or has no name', async () => {
    world.teams.members.set('29:anna', { userRole: 'guest', tenantId: 'tenant' });
    for (const name of ['fileConsent/invoke', 'signin/verifyState', '', null]) {
      const answer = await world.talker('anna').sends({ type: 'invoke', name, value: {}, from: from({}) });
      assert.deepEqual([answer.status, answer.sent.length], [400, 0], String(name));
    }
  });

  it('leaves an invoke that nobody answers as it is for members', async () => {
    const vilma = world.talker('vilma');
    for (const name of ['task/fetch', 'composeExtension/query', 'fileConsent/invoke'])
      assert.equal((await vilma.sends({ type: 'invoke', name, value: {} })).status, 400, name);
  });
});
