import assert from 'node:assert/strict';
import { invokedCard, textOf } from './bot-world.js';
import { type SessionBotWorld, sessionBotWorld } from './session-bot-world.js';

describe('bot: own slots', () => {
  let world: SessionBotWorld;
  beforeEach(async () => {
    world = await sessionBotWorld();
  });
  afterEach(() => world.stop());

  it('shows what each still needs, and opens its session', async () => {
    const { id } = await world.december('elma');
    const kalle = await world.person('kalle');
    await world.bigRoom.topics.ask(kalle, id, { text: 'Miten alkuun?', formId: 'question-1' });
    const vilma = world.talker('vilma');
    await vilma.says('apua');
    const card = invokedCard(await vilma.execute('slots.open', {}));
    assert.match(textOf(card), /Omat vuorosi[^]*ti 1\.12\.[^]*Aihe puuttuu · 1 kysymys odottaa/);
    const opened = await vilma.presses(card, 'session.open');
    assert.match(textOf(opened), /Hankeradio[^]*1\.12\./);
  });
});
