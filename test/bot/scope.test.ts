import assert from 'node:assert/strict';
import type { PersonId } from '../../src/platform/ids.js';
import { botWorld, type BotWorld } from './bot-world.js';

/** Conversations whose type is missing, or one that nobody knows yet, and that are not a person's own. */
const shared: readonly Readonly<Record<string, unknown>>[] = [
  { conversation: { id: '19:abc@thread.tacv2' } },
  { conversation: { id: '19:abc@thread.skype;messageid=1' } },
  { conversation: { id: '19:abc@thread.v2' } },
  { conversation: { id: '19:meeting_abc@thread.v2', conversationType: null } },
  { conversation: { id: '19:abc', conversationType: 'somethingNew' } },
  { conversation: { id: 'a:abc', isGroup: true } },
  { conversation: { id: 'a:abc', conversationType: 'groupChat' } },
  { conversation: { id: 'a:abc' }, channelData: { team: { id: 'team' } } },
  { conversation: { id: 'anything' } },
];
const personal: readonly Readonly<Record<string, unknown>>[] = [
  { conversation: { id: 'a:abc' } },
  { conversation: { id: 'anything', conversationType: 'personal' } },
];

describe('a conversation', () => {
  let world: BotWorld;

  beforeEach(async () => {
    world = await botWorld();
  });

  afterEach(() => world.stop());

  const keptAfter = async (activity: Readonly<Record<string, unknown>>): Promise<string | undefined> => {
    const { status } = await world.talker('vilma').sends({ text: 'apua', ...activity });
    assert.equal(status, 200);
    return (await world.bigRoom.people.get('vilma' as PersonId)).chat?.conversationId;
  };

  for (const activity of shared)
    it(`is not a person’s own: ${JSON.stringify(activity)}`, async () => {
      assert.equal(await keptAfter(activity), undefined);
    });

  for (const activity of personal)
    it(`is a person’s own: ${JSON.stringify(activity)}`, async () => {
      assert.notEqual(await keptAfter(activity), undefined);
    });
});
