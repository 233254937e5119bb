import assert from 'node:assert/strict';
import type { OccurrenceLine } from '../../src/sessions/occurrences/occurrence.js';
import { type Talker, buttonsOf, textOf } from './bot-world.js';
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
    (await world.bigRoom.coming.absences(await world.person('vilma'), december.id)).isMine;

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
