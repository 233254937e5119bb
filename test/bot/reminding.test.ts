import assert from 'node:assert/strict';
import { sessionFanOutViews } from '../../bot/features/sessions/fan-outs.js';
import { renderFanOut } from '../../bot/proactive/chat.js';
import type { Card } from '../../bot/cards/render.js';
import { programmePartition } from '../../src/compose.js';
import type { ProjectId } from '../../src/platform/ids.js';
import type { OccurrenceLine } from '../../src/sessions/occurrences/occurrence.js';
import { type Talker, buttonsOf, cardOf, textOf } from './bot-world.js';
import { type SessionBotWorld, sessionBotWorld } from './session-bot-world.js';

describe('bot: reminders that suit a person', () => {
  let world: SessionBotWorld;
  let vilma: Talker;
  let december: OccurrenceLine;
  beforeEach(async () => {
    world = await sessionBotWorld();
    vilma = world.talker('vilma');
    await vilma.says('apua');
    world.teams.sent.length = 0;
    december = await world.december('elma');
  });
  afterEach(() => world.stop());

  const choices = async () => world.bigRoom.preferences.choices(await world.person('vilma'));

  /** The card that everybody gets. */
  async function reminder(): Promise<Card> {
    const { bigRoom, clock } = world;
    const views = sessionFanOutViews({ ...bigRoom, clock, publicUrl: 'http://127.0.0.1' });
    const { id: occurrenceId, start } = december;
    return renderFanOut(views, () => bigRoom.people.programme())(
      { kind: 'reminder', occurrenceId, offset: 1440, start },
      'fi',
    );
  }

  /** When Vilma is to be reminded by herself, in order. */
  async function dueTimes(): Promise<string[]> {
    const { rows } = await world.rows.range<{
      dueAt: string;
      body: { notice?: { about: string } };
      state: { status: string };
    }>(programmePartition, { from: 'outbox|', to: 'outbox}', limit: 1000 });
    return rows
      .filter(({ value }) => value.state.status === 'pending' && value.body.notice?.about === 'remindLater')
      .map(({ value }) => value.dueAt)
      .sort();
  }

  describe('those who present', () => {
    const notice = () =>
      ({
        about: 'presenterReminder',
        occurrenceId: december.id,
        projectId: 'elma' as ProjectId,
        offset: 1440,
        start: december.start,
      }) as never;

    it('get one of their own: what is missing, the first questions, when to join, and whom to ask', async () => {
      const { topics } = world.bigRoom;
      const kalle = await world.person('kalle');
      for (const [at, text] of ['Paljonko se maksaa?', 'Kenelle se on?', 'Milloin?'].entries()) {
        await topics.ask(kalle, december.id, { text, formId: `form-question-${String(at)}` });
        world.clock.forward({ minutes: 1 });
      }
      world.clock.forward({ hours: 24 * 27 });
      assert.deepEqual(await world.notify(notice()), { result: 'sent' });
      const card = cardOf(world.teams.sent.at(-1));
      assert.match(
        textOf(card),
        /Esitätte huomenna[^]*Aihe puuttuu[^]*Aineistoa ei ole[^]*klo 8\.50[^]*Kaisa[^]*Kalle Kehittäjä kysyy\n[^]*Lisäksi 1 kysymys/,
      );
      assert.equal(buttonsOf(card)[0]?.verb, 'presenter.open');
    });

    it('open their materials from it where these are there', async () => {
      const talk = { topic: 'Elma', speaker: 'Vilma', material: 'https://example.org/dia', language: 'fi' };
      await world.bigRoom.rotation.answer(await world.person('vilma'), december.id, talk);
      await world.notify(notice());
      const card = cardOf(world.teams.sent.at(-1));
      assert.match(textOf(card), /Avaa aineisto/);
      assert.doesNotMatch(textOf(card), /Aineistoa ei ole/);
    });

    it('get none where they have said that they can’t come, or the slot has gone', async () => {
      const superseded = { result: 'undeliverable', reason: 'superseded' };
      await world.bigRoom.coming.answer(await world.person('vilma'), december.id, 'notComing', 'chat');
      assert.deepEqual(await world.notify(notice()), superseded);
      await world.bigRoom.coming.answer(await world.person('vilma'), december.id, 'coming', 'chat');
      await world.bigRoom.rotation.assign(await world.person('kaisa'), december.id, 'digi' as ProjectId);
      assert.deepEqual(await world.notify(notice()), superseded);
      assert.equal(world.teams.sent.length, 0);
    });
  });

  it('are turned off for the series from the card, with a way back to what was chosen', async () => {
    await world.bigRoom.preferences.choose(await world.person('vilma'), world.radio.id, { offsets: [1440] });
    const off = await vilma.presses(await reminder(), 'reminders.stop');
    assert.match(textOf(off), /Hankeradio: en enää muistuta sinua tästä sarjasta/);
    assert.deepEqual((await choices())[world.radio.id], { isOff: true });
    assert.match(textOf(await vilma.presses(off, 'reminders.restore')), /Muistutan sinua taas/);
    assert.deepEqual((await choices())[world.radio.id], { offsets: [1440] });
  });

  it('come later, at the moments that make sense, once, with a way back', async () => {
    world.clock.forward({ hours: 24 * 25 });
    const asked = await vilma.presses(await reminder(), 'reminders.later');
    assert.deepEqual(
      buttonsOf(asked).map(({ title }) => title),
      ['Huomenna klo 8.00', 'Tuntia ennen, klo 8.00'],
    );
    for (const _delivery of [1, 2]) {
      const set = await vilma.presses(asked, 'reminders.later', { when: 'hourBefore' });
      assert.match(textOf(set), /Muistutan sinua ti 1\.12\. klo 8\.00/);
    }
    assert.deepEqual(await dueTimes(), ['2026-12-01T06:00:00Z']);
    const set = await vilma.presses(asked, 'reminders.later', { when: 'hourBefore' });
    assert.match(textOf(await vilma.presses(set, 'reminders.notLater')), /en muistuta sinua silloin/);
    assert.deepEqual(await dueTimes(), []);
  });

  it('come on each of the mornings on which one asked for tomorrow, and one press takes back its own', async () => {
    world.clock.forward({ hours: 24 * 24 });
    const first = await vilma.presses(await reminder(), 'reminders.later', { when: 'tomorrow' });
    const [at] = await dueTimes();
    for (const _twice of [1, 2])
      await vilma.presses(await reminder(), 'reminders.later', { when: 'tomorrow' });
    assert.deepEqual(await dueTimes(), [at], 'one day, one reminder');
    world.clock.forward({ hours: 24 });
    await vilma.presses(await reminder(), 'reminders.later', { when: 'tomorrow' });
    const next = new Date(Date.parse(at ?? '') + 24 * 3_600_000).toISOString().replace('.000', '');
    assert.deepEqual(await dueTimes(), [at, next]);
    await vilma.presses(first, 'reminders.notLater');
    assert.deepEqual(await dueTimes(), [next]);
  });

  it('say of an old card’s session that it was held, and not of the next one', async () => {
    const old = await reminder();
    world.clock.forward({ hours: 24 * 30 });
    const card = await vilma.presses(old, 'reminders.later');
    assert.match(textOf(card), /Tilaisuus on jo pidetty[^]*ti 1\.12\./);
    assert.deepEqual(await dueTimes(), []);
  });

  it('are turned off in words: of the series that is named, else after one question', async () => {
    const named = await vilma.says('en halua enää muistutuksia hankeradiosta');
    assert.match(textOf(named), /en enää muistuta sinua tästä sarjasta/);
    await vilma.presses(named, 'reminders.restore');
    assert.equal((await choices())[world.radio.id], undefined);
    await world.create('bigRoom');
    const asked = await vilma.says('muistutukset pois');
    assert.match(textOf(asked), /Mistä en enää muistuta\?/);
    assert.equal((await choices())[world.radio.id], undefined);
    const all = buttonsOf(asked).find(({ data }) => (data as { all?: boolean }).all === true);
    assert.match(
      textOf(await vilma.presses(asked, all?.verb ?? '', all?.data)),
      /en enää muistuta sinua mistään/i,
    );
    assert.equal(Object.values(await choices()).filter(({ isOff }) => isOff).length, 2);
  });

  it('come later in words', async () => {
    assert.match(
      textOf(await vilma.says('muistuta uudestaan tuntia ennen')),
      /Muistutan sinua ti 1\.12\. klo 8\.00/,
    );
    assert.match(textOf(await vilma.says('påminn mig senare')), /När ska jag påminna dig\?/);
  });
});
