import assert from 'node:assert/strict';
import { type BotWorld, botWorld, cardOf, textOf } from './bot-world.js';

describe('bot: a greeting', () => {
  let world: BotWorld;
  beforeEach(async () => {
    world = await botWorld();
  });
  afterEach(() => world.stop());

  async function greeted(from: Readonly<Record<string, unknown>>): Promise<string> {
    const who = { id: '29:uusi', aadObjectId: 'uusi', ...from };
    const { sent } = await world.talker('uusi').sends({ text: 'apua', from: who });
    return textOf(cardOf(sent[0])).split('\n')[1] ?? '';
  }

  for (const name of ['Virtanen Eeva', 'Virtanen, Eeva', 'Eeva Virtanen', ''])
    it(`takes no part of a whole name for the given one: "${name}"`, async () => {
      assert.equal(await greeted({ name }), 'Hei');
    });

  it('has the given name where Teams gives it, also when it does so later', async () => {
    assert.equal(await greeted({ name: 'Virtanen Eeva' }), 'Hei');
    assert.equal(await greeted({ name: 'Virtanen Eeva', givenName: 'Eeva' }), 'Hei Eeva');
    assert.equal(await greeted({ name: 'Virtanen Eeva' }), 'Hei Eeva');
  });
});
