import assert from 'node:assert/strict';
import type { OccurrenceLine } from '../../src/sessions/occurrences/occurrence.js';
import type { ProjectId } from '../../src/platform/ids.js';
import { type Talker, buttonsOf, invokedCard, textOf, valuesOf } from './bot-world.js';
import { type SessionBotWorld, sessionBotWorld } from './session-bot-world.js';

describe('bot: what people ask about sessions in words', () => {
  let world: SessionBotWorld;
  let vilma: Talker;
  let december: OccurrenceLine;
  beforeEach(async () => {
    world = await sessionBotWorld();
    vilma = world.talker('vilma');
    december = await world.december('elma');
  });
  afterEach(() => world.stop());

  const verbsOf = (card: unknown): string[] => buttonsOf(card as never).map(({ verb }) => verb);
  const absent = async (): Promise<boolean> =>
    (await world.bigRoom.coming.mine(await world.person('vilma'), december.id)) === 'notComing';

  for (const text of ['milloin mun vuoro on', 'när är det vår tur', 'when do we present'])
    it(`"${text}": the slot of one's project, what is missing in it, and what one does with it`, async () => {
      const card = await vilma.says(text);
      assert.match(textOf(card), /Esitätte ti 1\.12\.|Ni presenterar tis 1\.12|You present on Tue 1 Dec/);
      assert.match(textOf(card), /Aihe puuttuu vielä|Ämnet saknas|topic is still missing/);
      assert.deepEqual(verbsOf(card).slice(0, 3), ['presenter.open', 'presenter.askSwap', 'session.come']);
    });

  it('says of a project without a slot what is proposed to it, and which are free', async () => {
    await world.bigRoom.rotation.assign(await world.person('kaisa'), december.id, null);
    const card = await vilma.says('koska me esitetään');
    assert.match(
      textOf(card),
      /Teille ehdotetaan vuoroa ti 5\.1\.[^]*Hankkeellasi ei ole vielä sovittua vuoroa/,
    );
    const titles = buttonsOf(card).map(({ title }) => title);
    assert.deepEqual(titles.slice(0, 3), ['Ota vuoro', 'Vuoro ei sovi meille', 'Ota vuoro ti 1.12.']);
    const taken = await vilma.presses(card, 'session.volunteer');
    assert.match(textOf(taken), /Vuoro on nyt teidän[^]*ti 5\.1\./);
  });

  it('opens the topic of one’s slot, and not a proposal, for whoever wants to change it', async () => {
    for (const text of ['haluan vaihtaa aihetta', 'vi vill byta ämne', 'we want to change our topic']) {
      const card = await vilma.says(text);
      assert.ok(verbsOf(card).includes('presenter.send'), textOf(card));
    }
  });

  it('opens the swap of one’s slot', async () => {
    assert.ok(verbsOf(await vilma.says('voidaanko vaihtaa vuoroa')).includes('presenter.swap'));
  });

  it('notes who can’t come on a day in Helsinki, and the way back', async () => {
    const card = await vilma.says('En pääse 1.12.');
    assert.equal(await absent(), true);
    await vilma.says('pääsen sittenkin 1.12.');
    assert.equal(await absent(), false);
    assert.match(textOf(card), /Kuka esittää puolestasi/);
  });

  it('asks one question where it is not clear to what somebody can’t come', async () => {
    await world.create('bigRoom');
    const card = await vilma.says('en valitettavasti pääse');
    assert.match(textOf(card), /Mihin tilaisuuteen et pääse\?/);
    assert.ok(verbsOf(card).filter((verb) => verb === 'session.absent').length >= 2);
    assert.equal(await absent(), false);
  });

  it('says that there is no session on a day that has none, and asks', async () => {
    const card = await vilma.says('en pääse 2.12.');
    assert.match(textOf(card), /ke 2\.12\. ei ole tilaisuutta/);
    assert.equal(await absent(), false);
  });

  for (const text of ['mistä linkistä pääsen', 'var är länken', 'where is the link'])
    it(`"${text}": the next session with its link first`, async () => {
      const card = await vilma.says(text);
      const [link] = (card as { actions?: readonly { type: string; url?: string }[] }).actions ?? [];
      assert.equal(link?.url, 'https://example.org/join');
    });

  it('says who presents, on the day that is named', async () => {
    const input = { topic: 'Kotihoito', speaker: 'Veera', language: 'fi', basedOn: '' };
    await world.bigRoom.rotation.answer(await world.person('vilma'), december.id, input);
    assert.match(textOf(await vilma.says('kuka esittää 1.12.')), /Esittäjä: Veera/);
  });

  describe('a session that is named, and is not what it was taken for', () => {
    const proposed = ['me voitais esittää 2.3.', 'otetaan se maaliskuun vuoro', 'vi kan ta turen den 2 mars'];
    for (const text of [...proposed, 'we can take the slot on 2 March'])
      it(`"${text}": it is proposed to one’s own project, to be taken or refused`, async () => {
        const card = await vilma.says(text);
        assert.match(
          textOf(card),
          /Teille ehdotetaan vuoroa ti 2\.3\.|Ni föreslås presentera tis 2\.3|Tue 2 Mar/,
        );
        assert.doesNotMatch(textOf(card), /ei ole tilaisuu|inget evenemang|no session/);
        assert.deepEqual(verbsOf(card).slice(0, 2), ['session.volunteer', 'presenter.askGiveUp']);
      });

    it('is somebody else’s slot, or has no slots at all', async () => {
      const kalle = world.talker('kalle');
      assert.match(
        textOf(await kalle.says('me voitais esittää 2.3.')),
        /ehdotetaan jo toiselle hankkeelle: Hanke elma/,
      );
      assert.match(textOf(await kalle.says('me voitais esittää 1.12.')), /on jo varattu: Hanke elma/);
      await world.create('bigRoom');
      assert.match(textOf(await kalle.says('me voitais esittää 19.11.')), /ei ole esitysvuoroja/);
      assert.match(textOf(await vilma.says('me voitais esittää 1.12.')), /Mitä esitätte\?[^]*ti 1\.12\./);
    });

    it('is said of a day that has another kind, and nothing is noted', async () => {
      const room = await world.create('bigRoom');
      assert.match(textOf(await vilma.says('onko hankeradio 19.11.')), /Silloin on Big Room, to 19\.11\./);
      const card = await vilma.says('en pääse hankeradioon 19.11.');
      assert.match(textOf(card), /Mihin tilaisuuteen et pääse[^]*Silloin on Big Room/);
      const [next] = await world.bigRoom.series.upcoming(await world.person('vilma'), 1, room.id);
      assert.ok(next);
      assert.equal(await world.bigRoom.coming.mine(await world.person('vilma'), next.id), undefined);
    });

    for (const text of [
      'saanko 1.12. hankeradion tallenteen jälkikäteen',
      'haluan tallenteen hankeradiosta 1.12.',
      'får jag inspelningen av projektradion 1.12',
    ])
      it(`"${text}": it has not been held, and the recording comes after it`, async () => {
        const card = textOf(await vilma.says(text));
        assert.match(card, /pidetään vasta ti 1\.12\. klo 9\.00|ordnas först tis 1\.12/);
      });

    it('was moved: its old date leads to it, and whoever can’t come then is asked of the new one', async () => {
      const kaisa = await world.person('kaisa');
      await world.bigRoom.series.move(kaisa, december.id, { date: '2026-12-03', time: '12:00' });
      for (const text of [
        'onko hankeradio 1.12.',
        'är det projektradio 1.12',
        'is there hankeradio on 1 December',
      ])
        assert.match(
          textOf(await vilma.says(text)),
          /ti 1\.12\. on nyt to 3\.12\. klo 12\.00|från tis 1\.12 till tors 3\.12|from Tue 1 Dec to Thu 3 Dec/,
          text,
        );
      const card = await vilma.says('en pääse 1.12. hankeradioon');
      assert.match(textOf(card), /on siirretty/);
      assert.equal(await absent(), false);
      assert.ok(verbsOf(card).includes('session.cannot'));
    });
  });

  describe('a slot that is only proposed', () => {
    for (const text of [
      'omat vuorot',
      'millon me esitetään',
      'när presenterar vi nästa gång',
      'when are we presenting next',
    ])
      it(`"${text}": to be taken or refused`, async () => {
        await world.bigRoom.rotation.assign(await world.person('kaisa'), december.id, 'digi' as ProjectId);
        const card = await vilma.says(text);
        assert.deepEqual(verbsOf(card).slice(0, 2), ['session.volunteer', 'presenter.askGiveUp']);
        const refused = await vilma.presses(card, 'presenter.askGiveUp');
        assert.match(
          textOf(await vilma.presses(refused, 'presenter.giveUp')),
          /Vuoro on nyt vapaa|Turen är nu ledig|slot is now free/i,
        );
      });

    for (const text of [
      'en pääse esittämään 2.3.',
      'jag kan inte presentera 2.3',
      "I can't present on 2 March",
    ])
      it(`"${text}": asks whether the project refuses it, or only who writes can’t come`, async () => {
        const march = (await world.next(4))[3];
        assert.ok(march);
        const mine = async () => world.bigRoom.coming.mine(await world.person('vilma'), march.id);
        const card = await vilma.says(text);
        assert.deepEqual(verbsOf(card).slice(0, 3), [
          'presenter.askGiveUp',
          'session.cannot',
          'session.volunteer',
        ]);
        assert.equal(await mine(), undefined);
        await vilma.presses(card, 'session.cannot');
        assert.equal(await mine(), 'notComing');
      });

    it('is asked about where the button says that one can’t come, too', async () => {
      const march = (await world.next(4))[3];
      const card = invokedCard(await vilma.execute('session.cannot', { id: march?.id, cannot: true }));
      assert.ok(verbsOf(card).includes('presenter.askGiveUp'));
    });
  });

  it('takes an absence back from whoever takes the slot, or is named as its presenter', async () => {
    const absence = async () => {
      await vilma.execute('session.cannot', { id: december.id, cannot: true });
      assert.equal(await absent(), true);
    };
    await absence();
    const form = invokedCard(await vilma.execute('presenter.open', { id: december.id }));
    await vilma.presses(form, 'presenter.send', {
      topic: 'Kotihoito',
      speaker: 'Vilma ja Ville',
      talkLanguage: 'fi',
    });
    assert.equal(await absent(), false);
    await absence();
    await world.bigRoom.rotation.giveUp(await world.person('ville'), december.id);
    await vilma.execute('session.volunteer', { id: december.id });
    assert.equal(await absent(), false);
  });

  describe('plain requests', () => {
    for (const text of [
      'kysymys: paljonko se chatbotti maksaa',
      'haluun kysyä hankeradiosta 1.12. et paljonko se chatbotti maksaa',
      'haluaisin kysyä esittäjältä: paljonko se chatbotti maksaa',
    ])
      it(`"${text}": the question form, filled in`, async () => {
        const card = await vilma.says(text);
        assert.equal(valuesOf(card).text, 'paljonko se chatbotti maksaa');
        assert.match(textOf(card), /ti 1\.12\./);
      });

    it('fills in questions in Swedish and English, and none where only a wish to ask is written', async () => {
      const filled = async (text: string) => valuesOf(await vilma.says(text)).text;
      assert.equal(await filled('fråga: vad kostar chatboten?'), 'vad kostar chatboten?');
      assert.equal(
        await filled('jag vill fråga om projektradion 1.12 vad chatboten kostar'),
        'vad chatboten kostar',
      );
      assert.equal(
        await filled('I want to ask about hankeradio whether it is in Swedish'),
        'it is in Swedish',
      );
      assert.equal(await filled('haluan kysyä esittäjältä'), '');
    });

    for (const text of [
      'oon lomalla koko joulukuun en pääse mihinkään',
      'jag är på semester hela december och kan inte komma',
      "I'm on holiday all December and can't come",
      'en pääse 1.12.–18.12.',
    ])
      it(`"${text}": all sessions of those days`, async () => {
        const room = await world.create('bigRoom');
        const card = await vilma.says(text);
        const person = await world.person('vilma');
        const of = await world.bigRoom.series.upcoming(person, 3, room.id);
        const inDecember = of.find(({ date }) => date.startsWith('2026-12'));
        assert.ok(inDecember);
        assert.equal(await world.bigRoom.coming.mine(person, inDecember.id), 'notComing');
        assert.equal(await absent(), true);
        assert.match(
          textOf(card),
          /vuoro tai vuoroehdotus: ti 1\.12\.|turförslag: tis 1\.12|proposed slot: Tue 1 Dec/,
        );
      });

    for (const text of [
      'en pääse 17.12. big roomiin',
      'jag är sjuk o kan inte va med på big room 17.12',
      'Olen valitettavasti ollut kuumeessa koko eilisen enkä pääse Big Roomiin 17.12., pahoittelut tästä kaikille ja hyvää joulua.',
      "I'm ill and can't come to Big Room on 17 December",
    ])
      it(`"${text}": an absence, and no news`, async () => {
        const room = await world.create('bigRoom');
        const person = await world.person('vilma');
        const second = (await world.bigRoom.series.upcoming(person, 2, room.id))[1];
        assert.equal(second?.date, '2026-12-17');
        await vilma.says(text);
        assert.equal(await world.bigRoom.coming.mine(person, second.id), 'notComing');
      });

    it('makes no news of an illness, however long it is described', async () => {
      const card = await vilma.says(
        'Hei. Olen ollut tosi kipeänä viikonlopusta asti. Lääkäri kirjoitti sairauslomaa perjantaihin. Palaan asiaan sitten.',
      );
      assert.ok(!verbsOf(card).includes('news.submit'), textOf(card));
    });

    for (const text of [
      'luovutaan joulukuun vuorosta',
      'vi avstår från vår tur i december',
      'we give up our slot in December',
      'luovu vuorosta',
    ])
      it(`"${text}": asks before the slot is given up`, async () => {
        assert.ok(verbsOf(await vilma.says(text)).includes('presenter.giveUp'));
      });

    for (const text of [
      'aihe hankeradioon 1.12.: mitä digipolku muutti',
      'vårt ämne: mitä digipolku muutti',
      'our topic: mitä digipolku muutti',
    ])
      it(`"${text}": the form of the slot, filled in`, async () => {
        const card = await vilma.says(text);
        assert.equal(valuesOf(card).topic, 'mitä digipolku muutti');
      });

    it('fills in the form of a proposed slot, or a proposal of a topic where there is no slot', async () => {
      const card = await vilma.says('aihe hankeradioon 2.3.: mitä digipolku muutti');
      assert.match(textOf(card), /Kun vahvistat aiheen, vuoro on teidän/);
      assert.equal(valuesOf(card).topic, 'mitä digipolku muutti');
      const of = valuesOf(await vilma.says('aihe hankeradioon 5.1.: mitä digipolku muutti'));
      assert.equal(of.text, 'mitä digipolku muutti');
    });

    for (const text of ['kerro aihe', 'Kerro aihe'])
      it(`"${text}": what the button does that says so`, async () => {
        assert.ok(verbsOf(await vilma.says(text)).includes('presenter.send'));
      });
  });

  it('withdraws a swap in words, or from the card that says that it was asked', async () => {
    const kaisa = await world.person('kaisa');
    const later = (await world.next(4))[3];
    assert.ok(later);
    await world.bigRoom.rotation.assign(kaisa, later.id, 'digi' as ProjectId);
    const asked = async () => {
      const card = await vilma.says('vaihda vuoroa');
      return vilma.presses(card, 'presenter.swap', { withId: later.id });
    };
    const waits = async () =>
      (await world.bigRoom.series.occurrence(kaisa, december.id)).occurrence.record?.swap !== undefined;
    for (const text of ['peru vaihto', 'dra tillbaka bytet', 'cancel the swap']) {
      await asked();
      assert.equal(await waits(), true);
      assert.match(textOf(await vilma.says(text)), /Vaihtopyyntö on peruttu|tillbakadraget|withdrawn/);
      assert.equal(await waits(), false);
    }
    await vilma.presses(await asked(), 'swap.withdraw');
    assert.equal(await waits(), false);
    assert.match(textOf(await vilma.says('peru vaihto')), /ei ole nyt pyytänyt vaihtoa/);
  });

  it('says who presented last, and who presents of a week with no session nobody', async () => {
    const input = { topic: 'Kotihoito', speaker: 'Veera', language: 'fi', basedOn: '' };
    await world.bigRoom.rotation.answer(await world.person('vilma'), december.id, input);
    const empty = await vilma.says('kuka esittää ens viikolla');
    assert.match(textOf(empty), /ei ole tilaisuuksia/);
    assert.doesNotMatch(textOf(empty), /Esittäjä: /);
    world.clock.forward({ hours: 24 * 29 });
    for (const text of [
      'kuka on puhunut hankeradiossa viimeks',
      'vem presenterade senast',
      'who presented last',
    ])
      assert.match(
        textOf(await vilma.says(text)),
        /Esittäjä oli: Veera|Presenterade: Veera|Presented by: Veera/,
      );
  });

  it('opens a question to whoever presents next', async () => {
    assert.ok(verbsOf(await vilma.says('mulla on kysymys esittäjälle')).includes('question.send'));
  });

  it('shows the last session: its recording, its notes, or that there is none', async () => {
    world.clock.forward({ hours: 24 * 30 });
    const kaisa = await world.person('kaisa');
    const before = await vilma.says('mitä viimeksi puhuttiin');
    assert.match(textOf(before), /Tallennetta ei ole lisätty/);
    await world.bigRoom.followUp.setMaterials(kaisa, december.id, {
      recordingUrl: 'https://example.org/rec',
      materials: [],
    });
    await world.bigRoom.followUp.setNotes(kaisa, december.id, {
      text: '**Sovimme** kolmesta asiasta.',
      basedOn: 0,
    });
    const card = await vilma.says('mistä löytyy tallenne');
    assert.match(textOf(card), /1\.12\.[^]*Sovimme kolmesta asiasta/);
    assert.doesNotMatch(textOf(card), /\*\*/);
    // Nobody has said in which language these are.
    const [by] = [await world.person('kaisa')];
    const named = { text: '**Sovimme** kolmesta asiasta.', language: 'fi', basedOn: 1 };
    await world.bigRoom.followUp.setNotes(by, december.id, named);
    const swedish = { text: 'Vi kom överens om tre saker.', language: 'sv', basedOn: 0 };
    await world.bigRoom.followUp.setNotes(by, december.id, swedish);
    assert.match(textOf(await vilma.says('var hittar jag inspelningen')), /Vi kom överens om tre saker/);
    assert.match(textOf(await vilma.says('mistä löytyy tallenne')), /Sovimme kolmesta asiasta/);
  });

  describe('recordings', () => {
    const recordingUrl = 'https://example.org/rec';
    const linksOf = (card: unknown): string =>
      JSON.stringify(card)
        .match(/"url":"https:[^"]+"/g)
        ?.join(' ') ?? '';
    beforeEach(async () => {
      const kaisa = await world.person('kaisa');
      const { followUp, rotation } = world.bigRoom;
      const input = { topic: 'Kotihoidon reitit', speaker: 'Veera Vuori', language: 'fi', basedOn: '' };
      await rotation.answer(await world.person('vilma'), december.id, input);
      const january = (await world.next(2))[1];
      assert.ok(january);
      await followUp.setMaterials(kaisa, december.id, { recordingUrl: `${recordingUrl}/december` });
      const slides = { title: 'Kalvot', url: `${recordingUrl}/slides`, language: 'fi' };
      await followUp.setMaterials(kaisa, january.id, { materials: [slides] });
      world.clock.forward({ hours: 24 * 75 });
    });

    for (const text of [
      'tallenteet',
      'mistä löytyvät hankeradion tallenteet',
      'inspelningar',
      'var finns alla inspelningar?',
      'recordings',
    ])
      it(`"${text}": those of the newest sessions, each opened at once`, async () => {
        const card = await vilma.says(text);
        assert.match(
          textOf(card),
          /Tallenteet ja aineistot|Inspelningar och material|Recordings and materials/,
        );
        assert.match(linksOf(card), /slides.*december/);
        assert.match(textOf(await vilma.presses(card, 'session.past')), /5\.1[. ]|5 Jan/);
      });

    for (const text of [
      'missä on kotihoidon tallenne',
      'var finns inspelningen om kotihoidon',
      'where is the recording of Veera',
    ])
      it(`"${text}": the one that is meant`, async () => {
        const card = await vilma.says(text);
        assert.match(linksOf(card), /december/);
        assert.doesNotMatch(linksOf(card), /slides/);
      });

    it('is the latest that there is, where no session is named', async () => {
      await world.create('bigRoom');
      world.clock.forward({ hours: 24 * 10 });
      for (const text of ['mistä löytyy tallenne', 'var hittar jag inspelningen', 'where is the recording'])
        assert.match(linksOf(await vilma.says(text)), /december/);
    });

    it('leads from the last session to all of them, and to the last one where a name finds none', async () => {
      const last = await vilma.says('viime hankeradion tallenne');
      assert.match(textOf(last), /Tallennetta ei ole lisätty[^]*5\.1\./);
      assert.doesNotMatch(textOf(last), /Esittäjä puuttuu/);
      const all = await vilma.presses(last, 'session.recordings');
      assert.match(textOf(all), /Tallenteet ja aineistot/);
      assert.match(
        textOf(await vilma.says('missä on lääkehoidon tallenne')),
        /Tallennetta ei ole lisätty[^]*5\.1\./,
      );
    });
  });

  it('gives the session for the calendar, and the calendar to subscribe to', async () => {
    const card = await vilma.says('miten saan tilaisuudet kalenteriin');
    assert.match(textOf(card), /Tilaa kalenteri/);
  });

  it('finds the session of a weekday, of next week, or says which days have none', async () => {
    world.clock.forward({ hours: 24 * 25 });
    assert.match(textOf(await vilma.says('onko hankeradio ensi tiistaina')), /1\.12\./);
    assert.match(textOf(await vilma.says('är det hankeradio nästa vecka')), /1\.12/);
    assert.match(textOf(await vilma.says('is there hankeradio next Thursday')), /no session on Thu 3 Dec/);
  });
});
