import assert from 'node:assert/strict';
import { occurrenceId } from '../../src/sessions/occurrences/occurrence.js';
import { sessionFanOutViews } from '../../bot/features/sessions/fan-outs.js';
import { renderFanOut } from '../../bot/proactive/chat.js';
import type { SessionContent } from '../../src/sessions/fan-outs.js';
import { type Talker, buttonsOf, invokedCard, textOf, valuesOf } from './bot-world.js';
import { type SessionBotWorld, sessionBotWorld } from './session-bot-world.js';

describe('bot: topics, reminders and what everybody gets', () => {
  let world: SessionBotWorld;
  let vilma: Talker;
  beforeEach(async () => {
    world = await sessionBotWorld();
    vilma = world.talker('vilma');
  });
  afterEach(() => world.stop());

  describe('topics', () => {
    const words = { text: 'Miten kerromme muutoksesta', why: 'Sitä kysytään paljon.' };

    it('are proposed by anyone, once however often the form arrives', async () => {
      const form = await vilma.says('ehdota aihetta');
      const faulty = await vilma.presses(form, 'topic.send', { ...valuesOf(form), text: '', why: words.why });
      assert.match(textOf(faulty), /Aihe\n⚠/);
      assert.equal(valuesOf(faulty).why, words.why);
      for (const _delivery of [1, 2, 3]) {
        const receipt = await vilma.presses(faulty, 'topic.send', { ...valuesOf(faulty), ...words });
        assert.match(
          textOf(receipt),
          /Aiheesi on luettelossa[^]*Hankeradio\nMiten kerromme[^]*Kiitos, Vilma/,
        );
      }
      const topics = await world.bigRoom.topics.topics(await world.person('vilma'));
      assert.deepEqual(
        topics.map(({ text, why }) => ({ text, why })),
        [words],
      );
    });

    it('say what is wrong with a text that is too long or personal, and keep it', async () => {
      const form = await vilma.says('ehdota aihetta');
      for (const text of ['x'.repeat(200), 'Asiakas 131052-308T']) {
        const card = await vilma.presses(form, 'topic.send', { ...valuesOf(form), text });
        assert.match(textOf(card), /⚠/);
        assert.equal(valuesOf(card).text, text.replace('131052-308T', '●●●●●●-●●●●'));
      }
    });

    it('are voted for once a person, and the vote taken back', async () => {
      const { topics } = world.bigRoom;
      const input = { seriesId: world.radio.id, text: 'Yksi', language: 'fi', formId: 'form-topic-1' };
      await topics.propose(await world.person('kalle'), input);
      const list = await vilma.says('aiheet');
      assert.match(textOf(list), /Yksi[^]*☆ 0 ääntä/);
      for (const _delivery of [1, 2]) {
        assert.match(textOf(await vilma.presses(list, 'topic.vote')), /Äänesi on laskettu[^]*★ 1 ääni/);
      }
      const back = await vilma.presses(await vilma.says('aiheet'), 'topic.vote');
      assert.match(textOf(back), /Peruit äänesi[^]*☆ 0 ääntä/);
    });

    it('are paged, and say kindly when there are none', async () => {
      assert.match(textOf(await vilma.says('aiheet')), /Aiheita ei ole vielä ehdotettu/);
      const kalle = await world.person('kalle');
      for (let number = 1; number <= 7; number++) {
        await world.bigRoom.topics.propose(kalle, {
          seriesId: world.radio.id,
          text: `Aihe ${String(number)}`,
          language: 'fi',
          formId: `form-topic-${String(number)}`,
        });
        world.clock.forward({ minutes: 1 });
      }
      const first = await vilma.says('aiheet');
      assert.match(textOf(first), /Aihe 1\n[^]*Aihe 5\n/);
      assert.doesNotMatch(textOf(first), /Aihe 6/);
      const second = await vilma.presses(first, 'topics.open');
      assert.match(textOf(second), /Aihe 6\n[^]*Aihe 7\n/);
      assert.doesNotMatch(textOf(second), /Aihe 5/);
    });
  });

  describe('reminders', () => {
    async function form() {
      const list = await vilma.says('muistutukset');
      return vilma.presses(list, 'reminders.edit');
    }

    it('are shown series by series, with all that the series has at first', async () => {
      const text = textOf(await vilma.says('muistutukset'));
      assert.match(text, /Hankeradio\nMuistutan sinua viikkoa ennen, päivää ennen ja 15 minuuttia ennen\./);
    });

    it('change by offset, and say what holds now', async () => {
      const card = await vilma.presses(await form(), 'reminders.save', { offsets: '1440', snoozedUntil: '' });
      assert.match(textOf(card), /Hankeradio: valintasi on tallennettu\. Muistutan sinua päivää ennen\./);
      assert.equal(valuesOf(await form()).offsets, '1440');
    });

    it('stop where nothing is ticked, or at a press', async () => {
      const none = await vilma.presses(await form(), 'reminders.save', { offsets: '', snoozedUntil: '' });
      assert.match(textOf(none), /Muistutukset eivät ole käytössä\./);
      const all = await vilma.presses(await form(), 'reminders.save', {
        offsets: '10080,1440,15',
        snoozedUntil: '',
      });
      assert.match(textOf(all), /Muistutan sinua viikkoa ennen/);
      assert.match(
        textOf(await vilma.presses(await form(), 'reminders.off')),
        /Muistutukset eivät ole käytössä\./,
      );
    });

    it('pause until a date, and say at the field that a date is past', async () => {
      const typed = { offsets: '10080,1440,15', snoozedUntil: '2026-11-01' };
      const faulty = await vilma.presses(await form(), 'reminders.save', typed);
      assert.match(textOf(faulty), /⚠ Valitsemasi päivä on jo mennyt/);
      assert.deepEqual(valuesOf(faulty), typed);
      const paused = await vilma.presses(faulty, 'reminders.save', { ...typed, snoozedUntil: '2027-01-07' });
      assert.match(textOf(paused), /Muistutukset ovat tauolla\. Jatkan 7\.1\.2027/);
    });

    it('hold again after a pause, and are saved without minding its date', async () => {
      const typed = { offsets: '1440', snoozedUntil: '2026-11-10' };
      await vilma.presses(await form(), 'reminders.save', typed);
      assert.equal(valuesOf(await form()).snoozedUntil, '2026-11-10');
      world.clock.forward({ days: 8 });
      const after = await form();
      assert.equal(valuesOf(after).snoozedUntil, '');
      const saved = await vilma.presses(after, 'reminders.save', { ...valuesOf(after), offsets: '15' });
      assert.match(textOf(saved), /valintasi on tallennettu\. Muistutan sinua 15 minuuttia ennen\./);
    });

    it('are not promised to those who have turned them off', async () => {
      await world.december('digi');
      const promise = /Muistutan sinua taas/;
      const comes = async () => {
        const away = await vilma.presses(await vilma.says('milloin on hankeradio'), 'session.cannot');
        return textOf(await vilma.presses(away, 'session.cannot'));
      };
      assert.match(await comes(), promise);
      await vilma.presses(await form(), 'reminders.off');
      const text = await comes();
      assert.match(text, /Hienoa, että pääset\./);
      assert.doesNotMatch(text, promise);
    });

    for (const text of [
      'haluan muistutukset takaisin hankeradiosta',
      'laita hankeradion muistutukset päälle',
      'muistuta taas hankeradiosta',
      'slå på påminnelserna om projektradion',
      'turn my reminders back on',
    ])
      it(`are on again: "${text}"`, async () => {
        await vilma.presses(await form(), 'reminders.off');
        assert.match(textOf(await vilma.says(text)), /Muistutan sinua|Jag påminner|I’ll remind|I remind/);
        const choices = await world.bigRoom.preferences.choices(await world.person('vilma'));
        assert.equal(choices[world.radio.id]?.isOff, undefined);
      });

    it('of one person are not shown before others', async () => {
      await vilma.presses(await form(), 'reminders.off');
      const among = world.talker('vilma', { conversationType: 'groupChat', conversationId: '19:group' });
      assert.doesNotMatch(textOf(await among.says('muistutukset')), /En muistuta\./);
    });
  });

  describe('what everybody gets', () => {
    const rendered = (content: SessionContent, language: 'fi' | 'sv' | 'en' = 'fi') => {
      const { bigRoom, clock } = world;
      return renderFanOut(sessionFanOutViews({ ...bigRoom, clock, publicUrl: 'http://127.0.0.1' }), () =>
        bigRoom.people.programme(),
      )(content, language);
    };

    it('a reminder says how near it is, with the topic and buttons that work for each', async () => {
      const { id, start } = await world.december('elma');
      const vilmaHerself = await world.person('vilma');
      await world.bigRoom.rotation.answer(vilmaHerself, id, {
        topic: 'Elma',
        speaker: 'Vilma',
        language: 'fi',
      });
      await world.bigRoom.coming.answer(vilmaHerself, id, 'notComing', 'chat');
      const content = { kind: 'reminder', occurrenceId: id, offset: 1440, start } as const;
      assert.match(textOf(await rendered(content)), /Hankeradio on tulossa/);
      world.clock.forward({ days: 27 });
      const card = await rendered(content);
      assert.match(textOf(card), /Hankeradio on huomenna\nti 1\.12\. klo 9\.00–9\.30\nAihe\nElma/);
      assert.doesNotMatch(textOf(card), /ettet pääse/);
      assert.match(textOf(await rendered(content, 'sv')), /är i morgon\ntis 1\.12 kl\. 9\.00–9\.30/);
      world.clock.forward({ hours: 22 });
      assert.match(textOf(await rendered(content, 'en')), /starts soon/);
      assert.deepEqual(
        buttonsOf(card).map(({ verb }) => verb),
        ['session.come', 'session.cannot', 'session.ask', 'reminders.later', 'reminders.stop'],
      );
      const kalle = world.talker('kalle');
      assert.match(textOf(await kalle.presses(card, 'session.cannot')), /Kiitos tiedosta[^]*/);
    });

    it('a change says what was and what is', async () => {
      const { id, start } = await world.december();
      const kaisa = await world.person('kaisa');
      await world.bigRoom.series.move(kaisa, id, { date: '2026-12-03', time: '10:00' });
      const moved = { kind: 'change', change: 'moved', occurrenceId: id, start, was: start } as const;
      assert.match(
        textOf(await rendered(moved)),
        /on siirretty\nEnnen: ti 1\.12\. klo 9\.00\. Nyt: to 3\.12\. klo 10\.00–10\.30/,
      );
      await world.bigRoom.series.cancel(kaisa, id, { reason: 'Esittäjä sairastui.' });
      assert.match(
        textOf(await rendered({ ...moved, change: 'cancelled' })),
        /on peruttu[^]*Esittäjä sairastui/,
      );
      await world.bigRoom.series.restore(kaisa, id);
      assert.match(textOf(await rendered({ ...moved, change: 'restored' })), /pidetään sittenkin/);
    });

    it('a change of this and following says when the sessions from then on are', async () => {
      const { seriesId, start } = await world.december();
      const id = occurrenceId(seriesId, '2026-12-02');
      const kaisa = await world.person('kaisa');
      const rule = { every: 'weekdayOfMonth', interval: 1, weekday: 3, week: 1 };
      await world.bigRoom.series.changeFrom(kaisa, seriesId, { from: '2026-12-01', rule, time: '10:00' });
      const moved = { kind: 'change', change: 'moved', occurrenceId: id, start, was: start } as const;
      const shown = textOf(await rendered({ ...moved, isInvited: true, isFollowing: true }));
      assert.match(shown, /Nyt: ke 2\.12\. klo 10\.00/);
      assert.match(
        shown,
        /Tästä tilaisuudesta alkaen Hankeradio on joka kuukauden ensimmäinen keskiviikko klo 10\.00\./,
      );
      assert.doesNotMatch(textOf(await rendered(moved)), /alkaen/);
    });

    it('thanks ask two questions, once, and give the recording and the materials', async () => {
      const { id } = await world.december('elma');
      world.clock.forward({ days: 28, hours: 1 });
      const urls = ['https://example.org/tallenne', 'https://example.org/dia'];
      await world.bigRoom.followUp.setMaterials(await world.person('vilma'), id, {
        recordingUrl: urls[0],
        materials: [{ title: 'Diat', url: urls[1] }],
      });
      const card = await rendered({ kind: 'thanks', occurrenceId: id, round: 1 });
      const links = (card.actions as { url?: string }[]).flatMap(({ url }) => url ?? []);
      assert.deepEqual(links, urls);
      const missing = await vilma.presses(card, 'pulse.send', { useful: '', better: 'Pidempi.' });
      assert.match(textOf(missing), /⚠/);
      assert.equal(valuesOf(missing).better, 'Pidempi.');
      for (const _delivery of [1, 2, 3]) {
        const answer = await vilma.presses(missing, 'pulse.send', { useful: '4', better: 'Pidempi.' });
        assert.match(textOf(answer), /Kiitos\. Vastauksesi/);
        assert.deepEqual(valuesOf(answer), {});
      }
      const pulse = await world.bigRoom.followUp.pulseOf(await world.person('kaisa'), id);
      assert.deepEqual([pulse.count, pulse.useful], [1, [0, 0, 0, 1, 0]]);
    });

    it('keeps the text of a pulse that comes too early', async () => {
      const { id } = await world.december();
      const answer = await vilma.execute('pulse.send', { id, useful: '5', better: 'Hyvä' });
      assert.equal(valuesOf(invokedCard(answer)).better, 'Hyvä');
    });
  });
});
