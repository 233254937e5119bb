import assert from 'node:assert/strict';
import type { PersonId } from '../../src/platform/ids.js';
import { type BotWorld, botWorld, cardOf, invokedCard, textOf } from './bot-world.js';

type More = Readonly<Record<string, unknown>>;

/** Activities of people who do not belong to the tenant, and what the roster knows of them. */
const outsiders: readonly [who: string, activity: More, member?: More][] = [
  ['another tenant’s person', { conversation: where('other'), channelData: { tenant: { id: 'other' } } }],
  [
    'somebody in our conversation whom another tenant vouches for',
    { channelData: { tenant: { id: 'other' } } },
  ],
  ['another tenant’s person in a chat of ours', { from: { ...anna(), tenantId: 'other' } }],
  ['somebody of whom no tenant is named', { conversation: where(), channelData: {} }],
  ['a guest whose activity says so', { from: { ...anna(), userRole: 'guest' } }],
  ['a guest by their user name', { from: { ...anna(), userPrincipalName: 'anna_x.org#EXT#@y.example' } }],
  ['somebody without a directory id', { from: { id: '29:anna', name: 'Anna' } }],
  ['a guest whom the roster knows as one', {}, { userRole: 'guest', tenantId: 'tenant' }],
  ['an anonymous guest of a meeting', {}, { userRole: 'anonymous', tenantId: 'tenant' }],
  ['a guest by the user name of the roster', {}, { userPrincipalName: 'anna_x.org#ext#@y.example' }],
  ['somebody whose own tenant is another', {}, { userRole: 'user', tenantId: 'other' }],
];

function anna(): More {
  return { id: '29:anna', name: 'Anna Ahonen', aadObjectId: 'anna' };
}

function where(tenantId?: string): More {
  return { id: 'a:anna', conversationType: 'personal', ...(tenantId !== undefined && { tenantId }) };
}

describe('bot: who is no member of the tenant', () => {
  let world: BotWorld;
  beforeEach(async () => {
    world = await botWorld({ tenantId: 'tenant' });
  });
  afterEach(() => world.stop());

  const isStored = async () => (await world.bigRoom.people.find('anna' as PersonId)) !== undefined;
  const press = (verb: string) => ({
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb, data: {} }, trigger: 'manual' },
  });

  for (const [who, activity, member] of outsiders) {
    it(`learns that, and gets and stores nothing: ${who}`, async () => {
      if (member !== undefined) world.teams.members.set('29:anna', { ...member });
      const talker = world.talker('anna', { locale: 'sv-FI' });
      const refusal = /Jag är bara till för dem som arbetar i projekten/;
      const wrote = await talker.sends({ text: 'nyhet', ...activity });
      assert.deepEqual([wrote.status, wrote.sent.length], [200, 1]);
      assert.match(textOf(cardOf(wrote.sent[0])), refusal);
      assert.match(textOf(invokedCard(await talker.sends({ ...press('form.open'), ...activity }))), refusal);
      const submitted = await talker.sends({ value: { verb: 'form.open' }, ...activity });
      assert.match(textOf(cardOf(submitted.sent[0])), refusal);
      const added = { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] };
      const arrived = await talker.sends({ ...added, ...activity });
      assert.match(textOf(cardOf(arrived.sent[0])), refusal);
      assert.equal(await isStored(), false);
    });
  }

  it('lets a member in, with the given name that the roster has', async () => {
    world.teams.members.set('29:anna', {
      userRole: 'user',
      tenantId: 'tenant',
      userPrincipalName: 'anna@county.example',
      givenName: 'Anna',
    });
    const sent = { text: 'apua', from: { ...anna(), name: 'Ahonen Anna' } };
    const { sent: answers } = await world.talker('anna').sends(sent);
    assert.match(textOf(cardOf(answers[0])), /Hei Anna/);
    assert.equal((await world.bigRoom.people.get('anna' as PersonId)).role, 'worker');
  });

  it('enrols nobody while the roster can’t be read, and says that it did not work', async () => {
    const { sent } = await world.talker('anna').sends({ text: 'uutinen', from: anna() });
    assert.doesNotMatch(textOf(cardOf(sent[0])), /hankkeiden omaa väkeä/);
    assert.equal(await isStored(), false);
  });

  describe('in a conversation to which the bot comes while nobody knows who is there', () => {
    const refusal = /hankkeiden omaa väkeä/;
    const added = (name: string) =>
      world.talker(name).sends({ type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] });
    const installed = (name: string) =>
      world.talker(name).sends({ type: 'installationUpdate', action: 'add' });
    const welcome = /Tervetuloa/;

    it('greets them as anybody, logs the fault, and asks again when Teams reports it again', async () => {
      const first = await added('anna');
      assert.match(textOf(cardOf(first.sent[0])), welcome);
      assert.deepEqual(
        world.logged.filter((line) => line.startsWith('error')),
        ['error bot.senderUnknown'],
      );
      world.teams.members.set('29:anna', { userRole: 'guest', tenantId: 'tenant' });
      assert.match(textOf(cardOf((await installed('anna')).sent[0])), refusal);
      assert.equal((await added('anna')).sent.length, 0);
    });

    it('keeps at the second report where somebody is reached whom the storage did not give at the first', async () => {
      world.setDown(true);
      const first = await added('vilma');
      world.setDown(false);
      assert.match(textOf(cardOf(first.sent[0])), welcome);
      assert.ok(world.logged.includes('error bot.senderUnknown'));
      await installed('vilma');
      assert.equal((await world.person('vilma')).chat?.conversationId, 'a:vilma');
    });
  });

  it('calls the one who speaks unknown for no other fault', async () => {
    world.teams.members.set('29:anna', { userRole: 'user', tenantId: 'tenant' });
    const talker = world.talker('anna');
    await talker.says('apua');
    await talker.execute('news.open', { id: 'nothing' });
    await talker.execute('no.such.verb', {});
    assert.ok(!world.logged.some((line) => line.includes('senderUnknown')));
  });

  it('asks the roster about nobody whom it knows', async () => {
    const asked: string[] = [];
    world.teams.onRequest = ({ url = '' }) => asked.push(url);
    await world.talker('vilma').says('apua');
    assert.ok(asked.every((url) => !url.includes('/members/')));
  });
});

describe('bot: where nobody signs in', () => {
  let world: BotWorld;
  beforeEach(async () => {
    world = await botWorld();
  });
  afterEach(() => world.stop());

  it('tries again at the second report of its coming what the storage did not give at the first', async () => {
    const vilma = world.talker('vilma');
    world.setDown(true);
    await vilma.sends({ type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] });
    world.setDown(false);
    assert.ok(world.logged.includes('error bot.senderUnknown'));
    await vilma.sends({ type: 'installationUpdate', action: 'add' });
    assert.equal((await world.person('vilma')).chat?.conversationId, 'a:vilma');
  });

  it('serves whoever this machine’s own page lets speak, as before', async () => {
    const foreign = { conversation: where('other'), channelData: { tenant: { id: 'other' } } };
    await world.talker('anna').sends({ text: 'apua', ...foreign });
    assert.equal((await world.bigRoom.people.get('anna' as PersonId)).role, 'worker');
  });
});
