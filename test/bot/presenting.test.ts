import assert from 'node:assert/strict';
import type { Card } from '../../bot/cards/render.js';
import { programmePartition } from '../../src/compose.js';
import type { OccurrenceId, ProjectId } from '../../src/platform/ids.js';
import { type Talker, buttonsOf, cardOf, invokedCard, textOf, typed, valuesOf } from './bot-world.js';
import { type SessionBotWorld, occurrenceOn, sessionBotWorld } from './session-bot-world.js';

const elma = 'elma' as ProjectId;
const undeliverable = { result: 'undeliverable', reason: 'superseded' };

describe('bot: presenting', () => {
  let world: SessionBotWorld;
  let vilma: Talker;
  let ville: Talker;
  let id: OccurrenceId;
  beforeEach(async () => {
    world = await sessionBotWorld();
    vilma = world.talker('vilma');
    ville = world.talker('ville');
    for (const name of ['vilma', 'ville', 'kalle', 'kaisa']) await world.talker(name).says('apua');
    world.teams.sent.length = 0;
    ({ id } = await world.december('elma'));
  });
  afterEach(() => world.stop());

  const talk = { topic: 'Elma ja liikkuminen', speaker: 'Vilma Virtanen', material: '', talkLanguage: 'fi' };
  const ask = (round: 1 | 2 = 1) =>
    ({ about: 'presenterAsk', occurrenceId: id, projectId: elma, round }) as const;
  const lastCard = (): Card => cardOf(world.teams.sent.at(-1));
  const current = async () =>
    (await world.bigRoom.series.occurrence(await world.person('kaisa'), id)).occurrence;

  /** The card that asks Vilma. */
  async function asked(): Promise<Card> {
    assert.deepEqual(await world.notify(ask()), { result: 'sent' });
    return lastCard();
  }

  it('asks for topic, speaker, material and language; the answer confirms', async () => {
    const card = await asked();
    assert.match(textOf(card), /Hankeradio[^]*Teidän vuoronne esittää[^]*ti 1\.12\.[^]*Hei Vilma/);
    assert.deepEqual(Object.keys(valuesOf(card)), ['topic', 'speaker', 'material', 'talkLanguage']);
    const thanks = await vilma.presses(card, 'presenter.send', talk);
    assert.match(textOf(thanks), /Vuoronne on vahvistettu[^]*✓ Vahvistettu[^]*Kiitos, Vilma/);
    const { state, talk: answer } = await current();
    assert.equal(state.status, 'confirmed');
    assert.deepEqual([answer?.topic, answer?.presenter, answer?.language], [talk.topic, talk.speaker, 'fi']);
  });

  it('takes three deliveries of one answer as one', async () => {
    const card = await asked();
    for (const _delivery of [1, 2, 3]) {
      assert.match(textOf(await vilma.presses(card, 'presenter.send', talk)), /Vuoronne on vahvistettu/);
    }
    const { lines } = await world.bigRoom.series.occurrenceAudit(await world.person('kaisa'), id);
    assert.equal(lines.filter(({ event }) => event.action === 'answer').length, 1);
  });

  it('says at the fields what is wrong, and keeps all that was typed', async () => {
    const wrong = { topic: ' ', speaker: 'Vilma', material: 'dia.pptx', talkLanguage: 'sv' };
    const card = await vilma.presses(await asked(), 'presenter.send', wrong);
    assert.match(textOf(card), /Aihe\n⚠ Täytä tämä kohta\.[^]*Linkki aineistoon\n⚠ Linkin pitää/);
    assert.deepEqual(valuesOf(card), wrong);
    assert.equal((await current()).talk, undefined);
    assert.match(textOf(await vilma.presses(card, 'presenter.send', talk)), /Vuoronne on vahvistettu/);
  });

  it('shows who of the project has answered meanwhile, and what, before it replaces anything', async () => {
    const card = await asked();
    await ville
      .presses(await ville.says('hankeradio'), 'presenter.open')
      .then((form) =>
        ville.presses(form, 'presenter.send', { ...talk, topic: 'Villen aihe', speaker: 'Ville Virkkunen' }),
      );
    const both = await vilma.presses(card, 'presenter.send', talk);
    assert.match(
      textOf(both),
      /Ville Virkkunen vastasi hankkeenne puolesta[^]*Villen aihe · Ville Virkkunen/,
    );
    assert.equal(valuesOf(both).topic, talk.topic);
    assert.equal((await current()).talk?.topic, 'Villen aihe');
    await vilma.presses(both, 'presenter.send', talk);
    assert.equal((await current()).talk?.topic, talk.topic);
  });

  it('asks again with another text, and only those whose project has not answered', async () => {
    assert.deepEqual(await world.notify(ask(2)), { result: 'sent' });
    assert.match(textOf(lastCard()), /Hankeradio[^]*Aihe puuttuu vielä[^]*ti 1\.12\./);
    await vilma.presses(lastCard(), 'presenter.send', talk);
    assert.deepEqual(await world.notify(ask(2), 'ville'), undeliverable);
  });

  describe('an old card of a slot says what happened to that session', () => {
    const topicsKept = (card: Card): void => assert.match(textOf(card), /Elma ja liikkuminen/);
    const kaisa = () => world.person('kaisa');

    it('when another project has it now', async () => {
      const card = await asked();
      await world.december('digi');
      const after = await vilma.presses(card, 'presenter.send', talk);
      assert.match(textOf(after), /ti 1\.12\.[^]*Hanke digi/);
      topicsKept(after);
      assert.match(textOf(await vilma.presses(card, 'presenter.askGiveUp')), /ti 1\.12\.[^]*Hanke digi/);
      assert.equal((await current()).talk, undefined);
    });

    it('when it was moved: with its new time, and it can be answered there', async () => {
      const card = await asked();
      await world.bigRoom.series.move(await kaisa(), id, { date: '2026-12-03', time: '10:00' });
      const after = await vilma.presses(card, 'presenter.askGiveUp');
      assert.match(textOf(after), /siirretty\. Ennen: ti 1\.12\. klo 9\.00\. Nyt: to 3\.12\. klo 10\.00/);
      const form = await vilma.presses(after, 'presenter.open');
      assert.match(textOf(await vilma.presses(form, 'presenter.send', talk)), /Vuoronne on vahvistettu/);
    });

    it('when it was cancelled: by whom, and what was typed is not lost', async () => {
      const card = await asked();
      await world.bigRoom.series.cancel(await kaisa(), id, { reason: 'Sali on varattu.' });
      const after = await vilma.presses(card, 'presenter.send', talk);
      assert.match(textOf(after), /Kaisa Koordinaattori on perunut[^]*Sali on varattu/);
      topicsKept(after);
    });

    it('when it was held: and not of the next slot of the project', async () => {
      const card = await asked();
      const next = (await world.next(4))[3];
      assert.ok(next);
      await world.bigRoom.rotation.assign(await kaisa(), next.id, elma);
      world.clock.forward({ days: 29 });
      for (const verb of ['presenter.send', 'presenter.askGiveUp', 'presenter.askSwap']) {
        const text = textOf(await vilma.presses(card, verb));
        assert.match(text, /on jo pidetty[^]*ti 1\.12\./, verb);
        assert.doesNotMatch(text, /2\.3\./, verb);
      }
      const { occurrence } = await world.bigRoom.series.occurrence(await kaisa(), next.id);
      assert.equal(occurrence.slot?.how, 'chosen');
    });

    it('when a change of the series brought it to another day', async () => {
      const card = await asked();
      const rule = { every: 'weekdayOfMonth', interval: 1, weekday: 4, week: 1 };
      const timing = { from: '2026-11-05', rule, time: '09:00', minutes: 30 };
      await world.bigRoom.series.changeFrom(await kaisa(), world.radio.id, timing);
      const after = await vilma.presses(card, 'presenter.askGiveUp');
      assert.match(textOf(after), /siirretty\. Ennen: ti 1\.12\. klo 9\.00\. Nyt: to \d+\.\d+\. klo 9\.00/);
    });
  });

  it('gives the slot up after asking, once, and notifies nobody who does not have the slot', async () => {
    const question = await vilma.presses(await asked(), 'presenter.askGiveUp');
    assert.match(textOf(question), /Luovutaanko vuorosta\?/);
    assert.equal((await current()).slot?.how, 'chosen');
    for (const _delivery of [1, 2]) {
      assert.match(textOf(await vilma.presses(question, 'presenter.giveUp')), /Vuoro on nyt vapaa/);
    }
    assert.equal((await current()).slot?.how, 'nobody');
    const notice = { about: 'turnGivenUp', occurrenceId: id, projectId: elma, by: 'Vilma Virtanen' } as const;
    assert.deepEqual(await world.notify(notice, 'kaisa'), { result: 'sent' });
    assert.match(textOf(lastCard()), /Hanke elma luopui vuorosta \(Vilma Virtanen\)/);
    await world.december('digi');
    assert.deepEqual(await world.notify(notice, 'kaisa'), undeliverable);
  });

  /** What the coordinators are to be notified of. */
  const waiting = async (): Promise<string[]> => {
    const { rows } = await world.rows.range<{
      body: { notice?: { about: string } };
      state: { status: string };
    }>(programmePartition, { from: 'outbox|', to: 'outbox}', limit: 1000 });
    return rows
      .filter(({ value }) => value.state.status === 'pending')
      .flatMap(({ value }) => value.body.notice?.about ?? [])
      .filter((about) => about === 'presenterAway');
  };

  describe('that one can’t come', () => {
    const says = async (who: Talker) => who.presses(await who.says('hankeradio'), 'session.cannot');
    it('asks a presenter who presents instead, and notifies the coordinators', async () => {
      await vilma.presses(await asked(), 'presenter.send', talk);
      const card = await says(vilma);
      assert.match(textOf(card), /Kerron viestinnälle, ettet pääse\. Kuka esittää puolestasi\?/);
      assert.deepEqual(await waiting(), ['presenterAway']);
      const notice = {
        about: 'presenterAway',
        occurrenceId: id,
        projectId: elma,
        by: 'Vilma Virtanen',
      } as const;
      assert.deepEqual(await world.notify(notice, 'kaisa'), { result: 'sent' });
      assert.match(textOf(lastCard()), /Esittäjä ei pääse[^]*Vilma Virtanen ei pääse[^]*Hanke elma esittää/);
      const giving = await vilma.presses(card, 'presenter.askGiveUp');
      await vilma.presses(giving, 'presenter.giveUp');
      assert.equal((await current()).slot?.how, 'nobody');
      assert.deepEqual(await world.notify(notice, 'kaisa'), undeliverable);
    });

    it('is known from anybody of the project while nobody has said who presents', async () => {
      assert.match(textOf(await says(ville)), /Kuka esittää puolestasi/);
    });

    it('needs nobody’s notice where a colleague presents, nor in another project', async () => {
      await vilma.presses(await asked(), 'presenter.send', talk);
      assert.match(textOf(await says(ville)), /Kiitos tiedosta/);
      assert.match(textOf(await says(world.talker('kalle'))), /Kiitos tiedosta/);
      assert.deepEqual(await waiting(), []);
    });

    it('is taken back in time, and by saying that one presents', async () => {
      const absent = await says(vilma);
      await vilma.presses(await vilma.says('hankeradio'), 'session.cannot');
      assert.deepEqual(await waiting(), []);
      assert.match(textOf(absent), /Kuka esittää/);
      await says(vilma);
      await vilma.presses(await asked(), 'presenter.send', talk);
      assert.equal(await world.bigRoom.coming.mine(await world.person('vilma'), id), 'coming');
    });
  });

  it('keeps what was typed when the slot has gone to another project', async () => {
    const card = await asked();
    await world.december('digi');
    const answer = textOf(await vilma.presses(card, 'presenter.send', talk));
    assert.match(answer, /toisen hankkeen[^]*Elma ja liikkuminen/);
    assert.equal((await current()).talk, undefined);
  });

  describe('swapping', () => {
    let other: OccurrenceId;
    let kalle: Talker;
    beforeEach(async () => {
      kalle = world.talker('kalle');
      const [, second] = await world.next();
      other = second!.id;
      await world.bigRoom.rotation.assign(await world.person('kaisa'), other, 'digi' as ProjectId);
    });
    const swapAsked = () =>
      world.notify({ about: 'swapAsked', occurrenceId: id, withId: other, by: 'Vilma Virtanen' }, 'kalle');

    async function proposed(): Promise<void> {
      const choice = await vilma.presses(await asked(), 'presenter.askSwap');
      assert.match(textOf(choice), /Mihin vuoroon haluatte vaihtaa\?/);
      assert.match(textOf(await vilma.presses(choice, 'presenter.swap', { withId: '' })), /⚠/);
      for (const _delivery of [1, 2]) {
        const answer = textOf(await vilma.presses(choice, 'presenter.swap', { withId: other }));
        assert.match(answer, /Kysyin vaihtoa \(Hanke digi, [^)]+\)\. Kerron|Vaihtoa on jo kysytty/);
      }
      assert.deepEqual(await swapAsked(), { result: 'sent' });
    }

    it('asks the other project, which agrees', async () => {
      await proposed();
      const question = lastCard();
      assert.match(textOf(question), /Vilma Virtanen \(Hanke elma\) ehdottaa vaihtoa/);
      for (const _delivery of [1, 2]) {
        assert.match(textOf(await kalle.presses(question, 'swap.answer')), /Vuorot on vaihdettu/);
      }
      const { slot } = await current();
      assert.equal(slot && 'projectId' in slot && slot.projectId, 'digi');
      assert.deepEqual(await swapAsked(), undeliverable);
      const accepted = { about: 'swapAccepted', occurrenceId: id, withId: other, by: 'Kalle' } as const;
      assert.deepEqual(await world.notify(accepted), { result: 'sent' });
      assert.match(textOf(lastCard()), /Kalle hyväksyi vaihdon/);
    });

    it('does not take an answer for another ask than the one on the card', async () => {
      await proposed();
      const question = lastCard();
      const later = (await world.next()).at(4)!;
      await world.bigRoom.rotation.assign(await world.person('kaisa'), later.id, 'digi' as ProjectId);
      await world.bigRoom.rotation.swap(await world.person('vilma'), id, later.id);
      assert.match(
        textOf(await kalle.presses(question, 'swap.answer')),
        /ei voi enää vaihtaa[^]*Esitätte yhä ti 5\.1\./,
      );
      const decline = buttonsOf(question).find(({ data }) => data.accept === false)!;
      await kalle.execute(decline.verb, decline.data);
      const { slot, record } = await current();
      assert.equal(slot && 'projectId' in slot && slot.projectId, 'elma');
      assert.equal(record?.swap?.with, later.id);
    });

    it('says on the card of a colleague what became of it: who accepted, and when they present', async () => {
      await proposed();
      const question = lastCard();
      await kalle.presses(question, 'swap.answer');
      const monna = world.talker('monna');
      const accepted = textOf(await monna.presses(question, 'swap.answer'));
      assert.match(accepted, /Vuorot on vaihdettu: Hanke digi hyväksyi vaihdon\. Esitätte ti 1\.12\. klo 9/);
      const decline = buttonsOf(question).find(({ data }) => data.accept === false)!;
      const late = textOf(invokedCard(await monna.execute(decline.verb, decline.data)));
      assert.match(late, /hyväksyi vaihdon jo: esitätte ti 1\.12\.[^]*vaihtaa vuoroa uudelleen/);
    });

    it('says on its card that it is too late once one of the sessions was held', async () => {
      await proposed();
      const question = lastCard();
      world.clock.forward({ days: 29 });
      const answer = textOf(await kalle.presses(question, 'swap.answer'));
      assert.match(answer, /pidettiin jo ti 1\.12\.[^]*ti 5\.1\./);
      const { occurrence } = await world.bigRoom.series.occurrence(await world.person('kaisa'), other);
      assert.equal(occurrence.slot && 'projectId' in occurrence.slot && occurrence.slot.projectId, 'digi');
    });

    it('asks the other project, which does not agree', async () => {
      await proposed();
      const decline = buttonsOf(lastCard()).find(({ data }) => data.accept === false)!;
      for (const _delivery of [1, 2]) await kalle.execute(decline.verb, decline.data);
      const { slot, record } = await current();
      assert.equal(slot && 'projectId' in slot && slot.projectId, 'elma');
      assert.equal(record?.swap, undefined);
      const declined = { about: 'swapDeclined', occurrenceId: id, withId: other, by: 'Kalle' } as const;
      assert.deepEqual(await world.notify(declined), { result: 'sent' });
      assert.match(textOf(lastCard()), /ettei vaihto sovi/);
    });
  });

  it('says to presenters in their language what whoever moved their session wrote', async () => {
    const moved = {
      date: '2026-12-03',
      time: '09:00',
      message: 'Sali on silloin vapaa.',
      language: 'fi',
      translations: { sv: { message: 'Salen är ledig då.' } },
    };
    const { start: was } = await current();
    await world.bigRoom.series.move(await world.person('kaisa'), id, moved);
    const { start } = await current();
    const notice = {
      about: 'slotChanged',
      occurrenceId: id,
      projectId: elma,
      change: 'moved',
      was,
      start,
    } as const;
    await world.talker('sofia').says('hjälp');
    for (const [to, text] of [
      ['vilma', /Viesti kutsutuille[^]*Sali on silloin vapaa/],
      ['sofia', /Meddelande till de inbjudna[^]*Salen är ledig då/],
    ] as const) {
      assert.deepEqual(await world.notify(notice, to), { result: 'sent' });
      assert.match(textOf(lastCard()), text);
    }
  });

  it('asks all projects for a volunteer, takes one from the card, and says to others who took it', async () => {
    await world.december(null);
    const notice = { about: 'volunteerAsked', occurrenceId: id, projectId: elma } as const;
    assert.deepEqual(await world.notify(notice, 'kalle'), { result: 'sent' });
    const card = lastCard();
    assert.match(textOf(card), /Kuka ottaisi esitysvuoron\?[^]*Hanke elma ei pääse esittämään/);
    const kalle = world.talker('kalle');
    for (const _delivery of [1, 2])
      assert.match(textOf(await kalle.presses(card, 'session.volunteer')), /Vuoro on nyt teidän/);
    assert.match(textOf(await ville.presses(card, 'session.volunteer')), /Hanke digi otti vuoron jo/);
    assert.deepEqual(await world.notify(notice, 'ville'), undeliverable);
    await world.talker('monna').says('apua');
    const found = {
      about: 'slotVolunteered',
      occurrenceId: id,
      projectId: 'digi' as ProjectId,
      by: 'Kalle',
    } as const;
    assert.deepEqual(await world.notify(found, 'kaisa'), { result: 'sent' });
    assert.match(textOf(lastCard()), /Esittäjä löytyi: Hanke digi[^]*Kalle otti esitysvuoron/);
    assert.deepEqual(await world.notify(found, 'monna'), { result: 'sent' });
    assert.match(textOf(lastCard()), /Esitysvuoro on teidän[^]*hankkeellenne/);
  });

  it('notifies of a slot given and taken, as long as that is still true', async () => {
    const given = { about: 'turnGiven', occurrenceId: id, projectId: elma } as const;
    const taken = { about: 'turnTaken', occurrenceId: id, projectId: elma } as const;
    assert.deepEqual(await world.notify(given), { result: 'sent' });
    assert.match(textOf(lastCard()), /Esitysvuoro on teidän/);
    assert.deepEqual(await world.notify({ ...given, swapped: '2027-02-02T07:00:00Z' }), { result: 'sent' });
    assert.match(textOf(lastCard()), /Vuorot vaihdettiin: vuoro ti 2\.2\. klo 9\.00 ei ole enää teidän\./);
    assert.deepEqual(await world.notify(taken), undeliverable);
    await world.december('digi');
    assert.deepEqual(await world.notify(given), undeliverable);
    assert.deepEqual(await world.notify(taken), { result: 'sent' });
    assert.match(textOf(lastCard()), /Esitysvuoro ei ole enää teidän/);
  });

  it('says to whoever was chosen that they present, and to their colleagues who does', async () => {
    await world.talker('ville').says('apua');
    const kaisa = await world.person('kaisa');
    const { rotation, coming } = world.bigRoom;
    await rotation.assign(kaisa, id, { projectId: elma, personId: (await world.person('ville')).id });
    const given = { about: 'turnGiven', occurrenceId: id, projectId: elma } as const;
    assert.deepEqual(await world.notify(given, 'ville'), { result: 'sent' });
    assert.match(textOf(lastCard()), /Sinä esität[^]*Sinut on valittu esittämään/);
    assert.deepEqual(await world.notify(given, 'vilma'), { result: 'sent' });
    assert.match(textOf(lastCard()), /Hankkeesi esittää[^]*esittäjäksi on valittu Ville Virkkunen/);
    assert.match(textOf(await vilma.says('kuka esittää 1.12.')), /Ville Virkkunen, Hanke elma/);
    // A colleague who can't come is not missed; whoever was chosen is.
    await coming.answer(await world.person('vilma'), id, 'notComing', 'chat');
    assert.deepEqual(await waiting(), []);
    await coming.answer(await world.person('ville'), id, 'notComing', 'chat');
    assert.deepEqual(await waiting(), ['presenterAway']);
  });

  it('notifies nobody of what was cancelled or does not exist any more', async () => {
    await world.bigRoom.series.cancel(await world.person('kaisa'), id, {});
    assert.deepEqual(await world.notify(ask()), undeliverable);
    const never = occurrenceOn(world.radio.id, '2026-12-02');
    assert.deepEqual(await world.notify({ ...ask(), occurrenceId: never }), undeliverable);
  });

  it('brings a question to the project, which answers in the card, and the answer to who asked', async () => {
    const { topics } = world.bigRoom;
    const kalle = await world.person('kalle');
    const question = await topics.ask(kalle, id, { text: 'Miten se toimii?', formId: 'form-question' });
    const about = { occurrenceId: id, questionId: question.id };
    assert.deepEqual(await world.notify({ about: 'questionAsked', ...about }), { result: 'sent' });
    const card = lastCard();
    assert.match(textOf(card), /Kalle Kehittäjä kysyy\nMiten se toimii\?/);
    assert.deepEqual(await world.notify({ about: 'questionAnswered', ...about }, 'kalle'), undeliverable);
    assert.match(textOf(await vilma.presses(card, 'question.answer', { text: '' })), /⚠/);
    for (const _delivery of [1, 2, 3]) {
      const answer = textOf(await vilma.presses(card, 'question.answer', { text: 'Puhelimella.' }));
      assert.match(answer, /Kysymykseen on vastattu[^]*Puhelimella/);
    }
    const late = textOf(await ville.presses(card, 'question.answer', { text: 'Toisin.' }));
    assert.match(late, /on jo vastattu[^]*Toisin\.[^]*Puhelimella/);
    assert.deepEqual(await world.notify({ about: 'questionAsked', ...about }, 'ville'), undeliverable);
    assert.deepEqual(await world.notify({ about: 'questionAnswered', ...about }, 'kalle'), {
      result: 'sent',
    });
    assert.match(textOf(lastCard()), /Kysymykseesi on vastattu[^]*Vilma Virtanen vastasi\nPuhelimella/);
  });

  it('thanks the presenters and makes news of it in the ordinary form', async () => {
    const notice = { about: 'presenterThanks', occurrenceId: id } as const;
    await vilma.presses(await asked(), 'presenter.send', talk);
    assert.deepEqual(await world.notify(notice), undeliverable);
    world.clock.forward({ days: 29 });
    assert.deepEqual(await world.notify(notice), { result: 'sent' });
    const form = await vilma.presses(lastCard(), 'session.makeNews');
    const values = valuesOf(form);
    assert.deepEqual([values.title, values.projectId, values.language], [talk.topic, 'elma', 'fi']);
    const short = await vilma.presses(form, 'news.submit', { ...values, body: '' });
    assert.match(textOf(short), /⚠/);
    for (const _delivery of [1, 2, 3]) {
      const receipt = await vilma.presses(short, 'news.submit', { ...values, lead: typed.lead });
      assert.match(textOf(receipt), /Kiitos uutisesta/);
    }
    const made = await world.bigRoom.followUp.newsOf(await world.person('vilma'), id);
    assert.equal(made.length, 1);
    const { lines } = await world.bigRoom.news.mine(await world.person('vilma'));
    assert.deepEqual(
      lines.map((line) => line.id),
      made,
    );
  });
});
