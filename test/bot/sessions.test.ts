import assert from 'node:assert/strict';
import type { Card } from '../../bot/cards/render.js';
import type { OccurrenceLine } from '../../src/sessions/occurrences/occurrence.js';
import { type Talker, buttonOf, buttonsOf, cardOf, invokedCard, textOf, valuesOf } from './bot-world.js';
import { type SessionBotWorld, sessionBotWorld } from './session-bot-world.js';

const verbsOf = (card: Card): string[] => buttonsOf(card).map(({ verb }) => verb);
const linksOf = (card: Card): string[] =>
  (card.actions as { url?: string }[]).flatMap(({ url }) => (url === undefined ? [] : [url]));

describe('bot: sessions', () => {
  let world: SessionBotWorld;
  let vilma: Talker;
  let kaisa: Talker;
  beforeEach(async () => {
    world = await sessionBotWorld();
    vilma = world.talker('vilma');
    kaisa = world.talker('kaisa');
  });
  afterEach(() => world.stop());

  /** The card of the next Hankeradio, as Vilma sees it. */
  const radioCard = () => vilma.says('hankeradio');

  it('lists what comes, with when, who presents, and the state', async () => {
    await world.create('bigRoom');
    await world.december('elma');
    const card = await vilma.says('tilaisuudet');
    const text = textOf(card);
    assert.match(text, /ti 1\.12\. klo 9\.00–9\.30\nHankeradio\nHanke elma\n○ Suunnitteilla/);
    assert.match(text, /to 19\.11\. klo 13\.00–15\.00\nBig Room/);
    assert.match(textOf(await world.talker('sofia').says('tillfällen')), /tis 1\.12 kl\. 9\.00–9\.30/);
    assert.deepEqual(linksOf(card).length, 0);
    const opened = await vilma.presses(card, 'session.open');
    assert.match(textOf(opened), /Ohjelma|Hankeradio/);
  });

  it('says kindly that nothing comes', async () => {
    const series = await world.person('kaisa');
    await world.bigRoom.series.end(series, world.radio.id, { last: '2026-11-03' });
    assert.match(textOf(await vilma.says('tilaisuudet')), /Tulossa ei ole vielä tilaisuuksia/);
    assert.match(textOf(await vilma.says('big room')), /Big Room: seuraavaa kertaa ei ole vielä sovittu/);
  });

  it('shows the next one of a kind by its name in each language', async () => {
    await world.create('bigRoom');
    for (const [text, when] of [
      ['hankeradio', /ti 1\.12\. klo 9\.00–9\.30/],
      ['milloin on hankeradio', /ti 1\.12\. klo 9\.00–9\.30/],
      ['när är projektradion', /tis 1\.12 kl\. 9\.00–9\.30/],
      ['when is hankeradio', /Tue 1 Dec, 9:00–9:30/],
    ] as const) {
      assert.match(textOf(await vilma.says(text)), when, text);
    }
    const room = textOf(await vilma.says('big room'));
    assert.match(room, /to 19\.11\. klo 13\.00–15\.00[^]*Tilannekuva/);
  });

  it('offers to join, to put it into a calendar, to ask and to say that one cannot come', async () => {
    await world.december('digi');
    const card = await radioCard();
    const [join, calendar] = linksOf(card);
    assert.equal(join, 'https://example.org/join');
    assert.match(calendar ?? '', /^http:\/\/127\.0\.0\.1\/.*20261201.*/);
    assert.deepEqual(verbsOf(card), ['session.come', 'session.cannot', 'session.ask', 'sessions.open']);
  });

  it('keeps that one cannot come, and takes it back', async () => {
    await world.december('digi');
    const absent = await vilma.presses(await radioCard(), 'session.cannot');
    assert.match(textOf(absent), /Kiitos tiedosta/);
    const [{ id }] = (await world.next(1)) as [OccurrenceLine];
    const { coming } = world.bigRoom;
    assert.equal(await coming.mine(await world.person('vilma'), id), 'notComing');
    assert.match(textOf(await radioCard()), /Olet kertonut, ettet pääse/);
    const back = await vilma.presses(absent, 'session.cannot');
    assert.match(textOf(back), /Hienoa, että pääset/);
    assert.equal(await coming.mine(await world.person('vilma'), id), 'coming');
  });

  it('keeps that one comes, in the card that was pressed', async () => {
    await world.december('digi');
    const card = await radioCard();
    const coming = await vilma.presses(card, 'session.come');
    assert.match(textOf(coming), /Hienoa, olet mukana/);
    assert.ok(!verbsOf(coming).includes('session.come'));
    assert.match(textOf(await radioCard()), /Olet tulossa/);
    const absent = await vilma.presses(coming, 'session.cannot');
    assert.match(textOf(absent), /Kiitos tiedosta/);
    assert.equal(buttonOf(absent, 'session.cannot').data.cannot, false);
    const [{ id }] = (await world.next(1)) as [OccurrenceLine];
    assert.equal(await world.bigRoom.coming.mine(await world.person('vilma'), id), 'notComing');
  });

  it('does not show others in a channel who cannot come', async () => {
    await world.december('digi');
    await vilma.presses(await radioCard(), 'session.cannot');
    const among = world.talker('vilma', { conversationType: 'channel', conversationId: '19:channel' });
    const card = await among.says('hankeradio');
    assert.doesNotMatch(textOf(card), /ettet pääse/);
    assert.equal(buttonOf(card, 'session.cannot').data.cannot, true);
    const before = world.teams.sent.length;
    await among.presses(card, 'session.cannot');
    assert.equal(world.teams.sent.length, before, 'the card of all stays as it is');
  });

  describe('an old card', () => {
    let old: Card;
    let id: OccurrenceLine['id'];
    beforeEach(async () => {
      await world.december('digi');
      old = await radioCard();
      id = (await world.next(1))[0]!.id;
    });

    it('says that the session was moved, and accepts no answer for another time', async () => {
      await world.bigRoom.series.move(await world.person('kaisa'), id, { date: '2026-12-03', time: '10:00' });
      const card = await vilma.presses(old, 'session.cannot');
      assert.match(textOf(card), /siirretty\. Ennen: ti 1\.12\. klo 9\.00\. Nyt: to 3\.12\. klo 10\.00/);
      assert.equal(await world.bigRoom.coming.mine(await world.person('vilma'), id), undefined);
      assert.match(textOf(await vilma.presses(card, 'session.cannot')), /Kiitos tiedosta/);
      assert.match(textOf(await vilma.presses(old, 'session.ask')), /siirretty[^]*Kysymyksesi/);
    });

    it('says that the session was cancelled, by whom and why', async () => {
      await world.bigRoom.series.cancel(await world.person('kaisa'), id, { reason: 'Esittäjä sairastui.' });
      for (const verb of ['session.cannot', 'session.ask']) {
        const text = textOf(await vilma.presses(old, verb));
        assert.match(text, /Kaisa Koordinaattori on perunut[^]*Esittäjä sairastui/, verb);
      }
      await world.bigRoom.series.restore(await world.person('kaisa'), id);
      assert.match(textOf(await vilma.presses(old, 'session.cannot')), /Kiitos tiedosta/);
    });

    it('says that the session is over', async () => {
      world.clock.forward({ days: 29 });
      for (const verb of ['session.come', 'session.cannot', 'session.ask']) {
        assert.match(textOf(await vilma.presses(old, verb)), /on jo pidetty/, verb);
      }
    });

    it('says that there is no such session any more', async () => {
      const { data } = buttonOf(old, 'session.ask');
      const missing = String(data.id).replace('20261201', '20261202');
      const card = invokedCard(await vilma.execute('session.ask', { ...data, id: missing }));
      assert.match(textOf(card), /Tilaisuutta ei löydy/);
    });
  });

  it('takes a question once however often it arrives, and keeps what is wrong with it in the form', async () => {
    const form = await vilma.presses(await radioCard(), 'session.ask');
    const empty = await vilma.presses(form, 'question.send', { text: '  ' });
    assert.match(textOf(empty), /⚠/);
    const personal = await vilma.presses(empty, 'question.send', { text: 'Asiakas 131052-308T?' });
    assert.match(textOf(personal), /henkilötunnus/);
    assert.equal(valuesOf(personal).text, 'Asiakas ●●●●●●-●●●●?');
    for (const _delivery of [1, 2, 3]) {
      const receipt = await vilma.presses(personal, 'question.send', { text: 'Miten se toimii?' });
      assert.match(textOf(receipt), /Kysymyksesi on lähetetty[^]*Miten se toimii\?/);
    }
    const [{ id }] = (await world.next(1)) as [OccurrenceLine];
    const questions = await world.bigRoom.topics.questions(await world.person('vilma'), id);
    assert.equal(questions.length, 1);
    assert.match(textOf(await radioCard()), /1 kysymys odottaa vastausta/);
  });

  describe('where nobody presents', () => {
    let list: Card;
    beforeEach(async () => {
      await world.december(null);
      list = await vilma.says('tilaisuudet');
    });

    it('one takes the slot from the list, once, and is asked for the topic', async () => {
      assert.match(textOf(list), /Esittäjä puuttuu vielä/);
      for (const _delivery of [1, 2, 3]) {
        const form = await vilma.presses(list, 'session.volunteer');
        assert.match(textOf(form), /Vuoro on nyt teidän[^]*Aihe/);
      }
      const [first] = await world.next(1);
      assert.deepEqual(first?.slot?.how, 'volunteer');
    });

    it('the second one sees that it is taken', async () => {
      const kalle = world.talker('kalle');
      const theirs = await kalle.says('tilaisuudet');
      await vilma.presses(list, 'session.volunteer');
      assert.match(textOf(await kalle.presses(theirs, 'session.volunteer')), /Hanke elma otti vuoron jo/);
    });

    it('somebody of two projects says for which', async () => {
      const monna = world.talker('monna');
      const choice = await monna.presses(await monna.says('hankeradio'), 'session.volunteer');
      assert.match(textOf(choice), /Minkä hankkeen puolesta\?/);
      const digi = buttonsOf(choice).find(({ data }) => data.projectId === 'digi')!;
      const form = invokedCard(await monna.execute(digi.verb, digi.data));
      assert.match(textOf(form), /Vuoro on nyt teidän/);
      const [first] = await world.next(1);
      assert.equal(first?.slot && 'projectId' in first.slot && first.slot.projectId, 'digi');
    });

    it('nobody takes it for a project that is not theirs', async () => {
      const { data } = buttonOf(list, 'session.volunteer');
      const card = invokedCard(await vilma.execute('session.volunteer', { ...data, projectId: 'digi' }));
      assert.match(textOf(card), /toisen hankkeen/);
      assert.equal((await world.next(1))[0]?.slot?.how, 'nobody');
    });
  });

  describe('in a channel', () => {
    const place = {
      conversationType: 'channel',
      conversationId: '19:channel@thread.tacv2;messageid=1',
    } as const;

    it('communications has the channel reminded, and no more', async () => {
      const there = world.talker('kaisa', place);
      const list = await there.says('tilaisuudet');
      const choice = await there.presses(list, 'channel.open');
      assert.match(textOf(choice), /Hankeradio\nMuistutukset eivät ole käytössä/);
      for (const _delivery of [1, 2]) {
        assert.match(textOf(await there.presses(choice, 'channel.set')), /muistutan täällä tästä eteenpäin/);
      }
      const reminded = async () =>
        (await world.bigRoom.series.get(await world.person('kaisa'), world.radio.id)).series.reminders
          .channels;
      const [channel, ...others] = await reminded();
      assert.deepEqual(others, []);
      assert.equal(channel?.chat.conversationId, '19:channel@thread.tacv2');
      assert.equal(channel.language, 'fi');
      const off = await there.presses(await there.says('muistutukset'), 'channel.set');
      assert.match(textOf(off), /en enää muistuta/);
      assert.deepEqual(await reminded(), []);
    });

    it('a worker sees what it is reminded of and cannot change it', async () => {
      const there = world.talker('vilma', place);
      assert.ok(!verbsOf(await there.says('tilaisuudet')).includes('channel.open'));
      const card = await there.says('muistutukset');
      assert.match(textOf(card), /Viestintä voi muuttaa näitä/);
      assert.ok(!verbsOf(card).includes('channel.set'));
      const data = { seriesId: world.radio.id, isOn: true };
      assert.match(
        textOf(invokedCard(await there.execute('channel.set', data))),
        /Et voi tehdä|koordinaattori/,
      );
    });

    it('is chosen there, not alone with the bot', async () => {
      const data = { seriesId: world.radio.id, isOn: true };
      const card = invokedCard(await kaisa.execute('channel.set', data));
      assert.match(textOf(card), /vain kanavassa/);
    });

    it('a group chat asks the same way', async () => {
      const group = world.talker('vilma', { conversationType: 'groupChat', conversationId: '19:group' });
      assert.match(textOf(await group.says('<at>Big Room</at> hankeradio')), /ti 1\.12\./);
    });
  });

  it('never answers bad data with a fault of its own', async () => {
    const verbs = [
      'sessions.open',
      'session.next',
      'session.open',
      'session.cannot',
      'session.come',
      'session.volunteer',
      'session.ask',
      'question.send',
      'question.answer',
      'presenter.open',
      'presenter.send',
      'presenter.askGiveUp',
      'presenter.giveUp',
      'presenter.askSwap',
      'presenter.swap',
      'swap.answer',
      'topic.form',
      'topic.send',
      'topics.open',
      'topic.vote',
      'reminders.open',
      'reminders.edit',
      'reminders.save',
      'reminders.off',
      'pulse.send',
      'session.makeNews',
    ];
    const missing = `${'f'.repeat(26)}-20261201`;
    const bad: unknown[] = [
      {},
      { id: 7 },
      { id: '../x', seen: 3 },
      { id: missing },
      {
        id: missing,
        text: 5,
        formId: 'form-0001',
        questionId: 'x',
        topic: ['x'],
        withId: missing,
        accept: true,
      },
      { seriesId: 'f'.repeat(26), page: -1, cannot: 'yes', useful: 'x'.repeat(5000) },
    ];
    for (const verb of verbs) {
      for (const data of bad) {
        const answer = await vilma.execute(verb, data);
        assert.equal(answer.status, 200, `${verb} ${JSON.stringify(data)}`);
        assert.ok(textOf(invokedCard(answer)) !== '');
      }
    }
    assert.deepEqual(
      world.logged.filter((line) => line.startsWith('error')),
      [],
    );
  });

  it('understands Submit where a client knows no Execute', async () => {
    const { data } = buttonOf(await vilma.says('tilaisuudet'), 'session.open');
    const { sent } = await vilma.submit('session.open', data);
    assert.match(textOf(cardOf(sent.at(-1))), /Hankeradio/);
  });
});
