import assert from 'node:assert/strict';
import { submission } from '../make.js';
import { buttonsOf, cardOf, textOf } from './bot-world.js';
import { type SessionBotWorld, sessionBotWorld } from './session-bot-world.js';

describe('bot: it begins with what waits for the person', () => {
  let world: SessionBotWorld;
  beforeEach(async () => {
    world = await sessionBotWorld();
    await world.december('elma');
    // Two days before.
    world.clock.forward({ hours: 24 * 26 });
  });
  afterEach(() => world.stop());

  const notUnderstood = 'Kokous alkaa kello yhdeksän';

  it('shows a slot in two days with what is missing in it, before the next session', async () => {
    const { topics } = world.bigRoom;
    const december = await world.december();
    const question = { text: 'Paljonko se maksaa?', formId: 'form-question-1' };
    await topics.ask(await world.person('kalle'), december.id, question);
    const card = await world.talker('vilma').says(notUnderstood);
    assert.match(
      textOf(card),
      /En ymmärtänyt viestiäsi[^]*Esitätte ti 1\.12\.\n[^]*Aihe puuttuu[^]*1 kysymys[^]*Hankeradio/,
    );
    assert.equal(buttonsOf(card)[0]?.verb, 'presenter.open');
  });

  it('shows what the communications team asked about one’s news', async () => {
    const vilma = await world.person('vilma');
    const { item } = await world.bigRoom.news.submit(vilma, submission());
    await world.bigRoom.news.requestChanges(await world.person('kaisa'), item.id, 'Montako kävijää?');
    const card = await world.talker('vilma').says('apua');
    assert.match(textOf(card), /Viestintä kysyi sinulta tästä uutisesta/);
    assert.ok(buttonsOf(card).some(({ title, verb }) => title === 'Vastaa' && verb === 'news.open'));
  });

  it('shows the next session with its answers to whoever presents nothing, and its link when it is near', async () => {
    const before = await world.talker('kalle').says(notUnderstood);
    assert.doesNotMatch(textOf(before), /Esitätte/);
    assert.ok(buttonsOf(before).some(({ verb }) => verb === 'session.cannot'));
    assert.doesNotMatch(JSON.stringify(before), /example\.org\/join/);
    world.clock.forward({ hours: 46, minutes: 30 });
    const near = await world.talker('kalle').says('apua');
    assert.match(JSON.stringify(near), /example\.org\/join/);
  });

  it('is one short line at the second miss', async () => {
    const vilma = world.talker('vilma');
    await vilma.says(notUnderstood);
    const { sent } = await vilma.sends({ text: notUnderstood });
    assert.match(JSON.stringify(sent), /En ymmärtänyt tätäkään/);
    assert.doesNotMatch(JSON.stringify(sent), /AdaptiveCard/);
  });

  it('welcomes with it, and names no row of command words', async () => {
    await world.talker('vilma').says('moi');
    const { sent } = await world.talker('vilma').sends({
      type: 'installationUpdate',
      action: 'add',
    });
    const text = textOf(cardOf(sent[0]));
    assert.match(text, /Tervetuloa[^]*Esitätte ti 1\.12\./);
    assert.ok((text.match(/”/g) ?? []).length <= 6, text);
  });

  it('says nothing of it before others', async () => {
    const { sent } = await world.talker('vilma').sends({
      text: notUnderstood,
      conversation: { id: '19:ryhma@thread.v2', conversationType: 'groupChat', isGroup: true },
    });
    assert.doesNotMatch(JSON.stringify(sent), /Esitätte/);
  });
});
