import assert from 'node:assert/strict';
import type { IssueId, NewsId, ReleaseId } from '../../src/platform/ids.js';
import type { NewsUse } from '../../src/news/types.js';
import type { Card } from '../../bot/cards/render.js';
import { type BotWorld, botWorld, buttonsOf, cardOf, invokedCard, textOf, valuesOf } from './bot-world.js';

describe('bot: what an author adds to an item', () => {
  let world: BotWorld;
  beforeEach(async () => {
    world = await botWorld();
  });
  afterEach(() => world.stop());

  const kaisa = () => world.person('kaisa');
  const news = () => world.bigRoom.news;

  async function used(id: NewsId, use: NewsUse, outAt?: string): Promise<void> {
    const placed = await news().use(await kaisa(), id, use);
    await world.bigRoom.outbox.commit(placed.changes, placed.messages);
    if (outAt === undefined) return;
    const out = await news().markOut(id, use, { at: outAt });
    await world.bigRoom.outbox.commit(out.changes, out.messages);
  }

  const at = '2026-11-03T08:00:00Z';
  const release: NewsUse = { in: 'release', id: 'release1' as ReleaseId, channel: 'intranet', at };
  const issue: NewsUse = { in: 'newsletter', id: 'issue1' as IssueId, number: 4, at };

  describe('a second thought', () => {
    async function answered(title = 'Elma') {
      const id = await world.asked(title, 'Montako kävijää?');
      const vilma = world.talker('vilma');
      await vilma.says('Kävijöitä oli 230');
      world.clock.forward({ minutes: 20 });
      return { id, vilma };
    }

    for (const [text, line] of [
      [
        'Niin ja tarkistin vielä, niitä oli 240.',
        /^Uutinen · .*\nLisäsin tämän uutiseen ”Elma”, ja viestintä näkee sen\.$/,
      ],
      [
        'och en sak till: dörren var öppen',
        /^Nyhet · .*\nJag lade till det här i nyheten ”Elma”, och kommunikationsteamet ser det\.$/,
      ],
      [
        'I checked it again, there were 240.',
        /^News · .*\nI added this to your story “Elma”, and the communications team will see it\.$/,
      ],
      ['Kuvassa on Pertti Koskinen', /Lisäsin tämän uutiseen ”Elma”/],
    ] as const)
      it(`is one more message of the same item, said in one line that names it: ${text}`, async () => {
        const { id, vilma } = await answered();
        const card = await vilma.says(text);
        assert.match(textOf(card), line);
        assert.deepEqual(await world.thread(id), [
          ['message', text],
          ['answer', 'Kävijöitä oli 230'],
          ['question', 'Montako kävijää?'],
        ]);
      });

    it('may be long where it begins as one; a new story in as many words is news', async () => {
      const { id, vilma } = await answered();
      const long =
        'Niin ja tarkistin vielä listoista sen illan kävijämäärän, niitä oli kaikkiaan 240 eikä 230 kuten ensin sanoin.';
      await vilma.says(long);
      assert.deepEqual((await world.thread(id))[0], ['message', long]);
      const form = await vilma.says('Uusi ryhmä aloitti maanantaina. Siinä on kymmenen jäsentä.');
      assert.equal(valuesOf(form).title, 'Uusi ryhmä aloitti maanantaina');
      const named = await vilma.says('uutinen: Kuntosali aukesi');
      assert.equal(valuesOf(named).title, 'Kuntosali aukesi');
      assert.equal((await world.thread(id)).length, 3);
    });

    it('becomes news of its own where that was meant, and can be taken back', async () => {
      const { id, vilma } = await answered();
      const added = await vilma.says('Kuntosali aukesi');
      const form = await vilma.presses(added, 'reply.asNews');
      assert.equal(valuesOf(form).title, 'Kuntosali aukesi');
      assert.equal((await world.thread(id)).length, 2);
      const again = await vilma.says('Kuvassa on Pertti');
      assert.match(textOf(await vilma.presses(again, 'news.undo')), /Otin viestisi takaisin/);
      assert.equal((await world.thread(id)).length, 2);
    });

    it('leaves commands, thanks and a nod what they are', async () => {
      const { id, vilma } = await answered();
      for (const text of ['kiitos', '👍', 'ok']) await vilma.sends({ text });
      assert.match(textOf(await vilma.says('omat')), /Omat uutisesi/);
      assert.match(textOf(await vilma.says('poista uutinen')), /Ota takaisin|takaisin/);
      assert.equal((await world.thread(id)).length, 2);
    });

    it('is asked about where it may be another item, and where a link may be news', async () => {
      const { id, vilma } = await answered();
      const other = await world.submitted('Kuntosali');
      const which = await vilma.says('Niitä oli 240');
      assert.match(textOf(which), /Mihin uutiseen tämä kuuluu\?/);
      assert.deepEqual(
        buttonsOf(which).map(({ title }) => title),
        ['Kuntosali', 'Elma', 'Tee tästä uusi uutinen'],
      );
      const chosen = buttonsOf(which).find(({ title }) => title === 'Kuntosali');
      const typed = { ...chosen?.data, text: 'Niitä oli 240' };
      const added = invokedCard(await vilma.execute('reply.send', typed));
      assert.match(textOf(added), /Lisäsin tämän uutiseen ”Kuntosali”/);
      assert.deepEqual(await world.thread(other), [['message', 'Niitä oli 240']]);
      world.clock.forward({ hours: 13 });
      await news().requestChanges(await kaisa(), id, 'Milloin?');
      world.clock.forward({ minutes: 1 });
      await vilma.says('Maanantaina');
      const link = await vilma.says('https://elma.example.org/kuva');
      assert.deepEqual(
        buttonsOf(link).map(({ title }) => title),
        ['Elma', 'Tee tästä uusi uutinen'],
      );
      const form = await vilma.presses(link, 'reply.asNews', valuesOf(link));
      assert.equal(valuesOf(form).link, 'https://elma.example.org/kuva');
    });

    it('is asked about where another item waits for an answer, and is the answer where that was asked later', async () => {
      const waiting = await world.asked('Kuntosali', 'Missä?');
      const { id, vilma } = await (async () => {
        const one = await world.asked('Elma', 'Montako kävijää?');
        const talker = world.talker('vilma');
        const which = await talker.says('Niitä oli 230');
        const elma = buttonsOf(which).find(({ title }) => title === 'Elma');
        await talker.execute('reply.send', { ...elma?.data, text: 'Niitä oli 230' });
        return { id: one, vilma: talker };
      })();
      world.clock.forward({ minutes: 1 });
      const which = await vilma.says('Ei kun 240');
      assert.deepEqual(
        buttonsOf(which).map(({ title }) => title),
        ['Kuntosali', 'Elma', 'Tee tästä uusi uutinen'],
      );
      await news().reopen(await kaisa(), waiting);
      await news().requestChanges(await kaisa(), waiting, 'Missä kunnassa?');
      world.clock.forward({ minutes: 1 });
      await vilma.says('Inkoossa');
      assert.deepEqual((await world.thread(waiting))[0], ['answer', 'Inkoossa']);
      assert.equal((await world.thread(id)).length, 2);
    });

    it('after a form alone is sent where it begins as one, and asked about where it does not', async () => {
      const id = await world.submitted('Elma');
      world.clock.forward({ minutes: 5 });
      const vilma = world.talker('vilma');
      const which = await vilma.says('Pertti on kuvassa');
      assert.match(textOf(which), /Mihin uutiseen tämä kuuluu\?/);
      await vilma.says('Ai niin ja niitä oli 240');
      assert.deepEqual(await world.thread(id), [['message', 'Ai niin ja niitä oli 240']]);
    });

    it('is none the next day, nor about an item that is out or given up', async () => {
      const { id, vilma } = await answered();
      world.clock.forward({ hours: 13 });
      assert.match(textOf(await vilma.says('Pertti on kuvassa')), /En ymmärtänyt viestiäsi/);
      const late = await answered('Kuntosali');
      await news().withdraw(await world.person('vilma'), late.id);
      await vilma.sends({ text: 'kiitos' });
      assert.match(textOf(await vilma.says('Pertti on kuvassa')), /En ymmärtänyt viestiäsi/);
      for (const each of [id, late.id]) assert.equal((await world.thread(each)).length, 2);
    });

    it('is honest where the item has been accepted', async () => {
      const { id, vilma } = await answered();
      await news().accept(await kaisa(), id);
      assert.match(
        textOf(await vilma.says('Niin ja niitä oli 240')),
        /Uutinen on jo hyväksytty\. Lisäsin tämän uutiseen ”Elma”, ja viestintä näkee sen\./,
      );
    });
  });

  describe('what a text points at', () => {
    const title = 'Ahdistuksen digihoitopolku on avattu kaikille';

    /** An item of Vilma's, published as intranet shows it from now on. */
    async function published(what = title) {
      const id = await world.submitted(what);
      await news().accept(await kaisa(), id);
      const use: NewsUse = { in: 'release', id: `release-${id}` as ReleaseId, channel: 'intranet', at };
      await used(id, use, world.clock.now().toString());
      return id;
    }

    const threadOf = async (id: NewsId) => (await world.thread(id)).map(([, text]) => text);
    const choices = (card: Card) => buttonsOf(card).map(({ title: choice }) => choice);

    for (const text of [
      'siinä jutussa on väärä luku, meitä oli 54 eikä 45',
      'Siinä on virhe',
      'det är fel i den, vi var 54 och inte 45',
      'there is a mistake in it, we were 54 and not 45',
      'meitä oli 54 eikä 45',
      'voitteko korjata sen luvun siinä uutisessa joka tänään tuli ulos, meitä oli siellä Porvoossa 54 eikä 45',
    ])
      it(`is the item that was shown last, although another one is open: ${text}`, async () => {
        const open = await world.asked('Kuntosali aukesi', 'Montako kävijää?');
        world.clock.forward({ minutes: 20 });
        const id = await published();
        const card = await world.talker('vilma').says(text);
        assert.deepEqual(await threadOf(id), [text]);
        assert.match(
          textOf(card),
          /(Välitin pyyntösi viestintään|Jag skickade din begäran|I passed your request on).*Ahdistuksen digihoitopolku/,
        );
        assert.equal((await world.thread(open)).length, 1);
      });

    it('is the question that came after the publication', async () => {
      const id = await published();
      world.clock.forward({ minutes: 20 });
      const open = await world.asked('Kuntosali aukesi', 'Montako kävijää?');
      await world.talker('vilma').says('siinä oli 54 eikä 45');
      assert.deepEqual((await world.thread(open))[0], ['answer', 'siinä oli 54 eikä 45']);
      assert.deepEqual(await threadOf(id), []);
    });

    it('is asked about where several were shown at once, and where none was lately', async () => {
      await published();
      await published('Kotikuntoutus laajenee Inkooseen');
      const vilma = world.talker('vilma');
      const both = ['Kotikuntoutus laajenee Inkooseen (julkaistu 3.11.)'];
      for (const hours of [0, 24]) {
        world.clock.forward({ hours });
        const card = await vilma.says('siinä jutussa on väärä luku');
        assert.match(textOf(card), /Mihin uutiseen tämä kuuluu\?/);
        assert.deepEqual(choices(card).slice(0, 1), both);
        assert.match(choices(card)[1] ?? '', /Ahdistuksen digihoitopolku.*\(julkaistu 3\.11\.\)/);
      }
    });

    for (const text of [
      'poista se ahdistuksen digihoitopolku intranetistä, siinä on väärä puhelinnumero',
      'ta bort ahdistuksen digihoitopolku från intranätet',
      'poista se digihoitopolku',
      'remove ahdistuksen digihoitopolku from the intranet please',
    ])
      it(`is the published item that it names: ${text}`, async () => {
        const id = await published();
        world.clock.forward({ hours: 30 });
        const open = await world.asked('Kuntosali aukesi', 'Montako kävijää?');
        const card = await world.talker('vilma').says(text);
        assert.deepEqual(await threadOf(id), [text]);
        assert.match(
          textOf(card),
          /Välitin pyyntösi viestintään: ”Ahdistuksen|Jag skickade din begäran|I passed your request/,
        );
        assert.equal((await world.thread(open)).length, 1);
      });

    it('is the item that an answer names, whatever is open beside it', async () => {
      const id = await world.submitted(title);
      const open = await world.asked('Kuntosali aukesi', 'Montako kävijää?');
      await world.talker('vilma').says('Ahdistuksen digihoitopolun kuvassa on Pertti');
      assert.deepEqual(await threadOf(id), ['Ahdistuksen digihoitopolun kuvassa on Pertti']);
      assert.equal((await world.thread(open)).length, 1);
    });

    it('is asked about before anything is taken back that is not out', async () => {
      const id = await world.submitted(title);
      world.clock.forward({ minutes: 1 });
      const ask = await world.talker('vilma').says('poista se digihoitopolkujuttu');
      assert.match(textOf(ask), /Otetaanko uutinen takaisin/);
      assert.deepEqual(await threadOf(id), []);
    });

    it('is chosen among the published ones too, whose removal the communications team is asked for', async () => {
      const id = await published();
      await world.submitted('Kuntosali aukesi');
      const vilma = world.talker('vilma');
      const list = await vilma.says('poista mun juttu');
      assert.match(textOf(list), /Julkaistu\n.*3\.11\.2026/);
      assert.ok(buttonsOf(list).some(({ verb }) => verb === 'news.askWithdraw'));
      const form = await vilma.presses(list, 'reply.askRemoval');
      assert.match(textOf(form), /Pyydetäänkö uutisen poistamista\?/);
      const sent = await vilma.presses(form, 'reply.send', valuesOf(form));
      assert.match(textOf(sent), /Välitin pyyntösi viestintään: ”Ahdistuksen/);
      assert.deepEqual(await threadOf(id), ['Poistakaa tämä uutinen.']);
      assert.match(textOf(await vilma.presses(sent, 'news.undo')), /Otin viestisi takaisin/);
    });

    it('is nothing known where a new story speaks of mistakes and corrections', async () => {
      await published();
      const form = await world
        .talker('vilma')
        .says(
          'Uusi palvelu korjaa virheet kirjauksissa. Se otettiin käyttöön eilen, ja kaikki ovat tyytyväisiä.',
        );
      assert.equal(valuesOf(form).title, 'Uusi palvelu korjaa virheet kirjauksissa');
    });
  });

  describe('a message that Teams delivers again', () => {
    const story =
      'Kävijöitä oli kaikkiaan 230. Ensimmäisenä iltana heitä tuli 120, ja toisena 110. Päätöskahveilla oli 40.';
    const others: readonly string[] = ['Niin ja kuvassa on Pertti', 'Ai niin ja ovi oli auki'];

    async function deliveredTwice(text: string, between: readonly string[]) {
      const vilma = world.talker('vilma');
      const deliver = async () => cardOf((await vilma.sends({ id: 'delivered-twice', text })).sent.at(-1));
      const first = await deliver();
      for (const other of between) await vilma.says(other);
      return { vilma, first, again: await deliver() };
    }

    for (const [what, text] of [
      ['an answer', 'Kävijöitä oli 230'],
      ['an answer as long as a story', story],
    ] as const)
      for (const between of [[], others.slice(0, 1), others])
        it(`is stored once and confirmed as before: ${what}, after ${between.length} others`, async () => {
          const id = await world.asked('Elma', 'Montako kävijää?');
          const { first, again, vilma } = await deliveredTwice(text, between);
          assert.deepEqual(
            (await world.thread(id)).map(([, written]) => written),
            [...between.toReversed(), text, 'Montako kävijää?'],
          );
          assert.match(textOf(first), /Lähetin vastauksesi/);
          assert.equal(textOf(again).split('\n')[1], textOf(first).split('\n')[1]);
          assert.match(textOf(again), /Lähetin vastauksesi[^]*Montako kävijää\?/);
          if (between.length > 0) return;
          assert.deepEqual(
            buttonsOf(again).map(({ verb, data }) => [verb, data.audit]),
            buttonsOf(first).map(({ verb, data }) => [verb, data.audit]),
          );
          assert.match(textOf(await vilma.presses(again, 'news.undo')), /takaisin/);
          assert.deepEqual(await world.thread(id), [['question', 'Montako kävijää?']]);
          // What was taken back can be sent again.
          await deliveredTwice(text, []);
          assert.equal((await world.thread(id)).length, 2);
        });

    it('is stored once where it was added to an item, and is said so as before', async () => {
      const id = await world.asked('Elma', 'Montako kävijää?');
      await world.talker('vilma').says('Kävijöitä oli 230');
      const { first, again } = await deliveredTwice('Niin ja niitä oli 240', others);
      assert.equal((await world.thread(id)).length, 5);
      assert.match(textOf(again), /Lisäsin tämän uutiseen ”Elma”/);
      assert.equal(textOf(again), textOf(first));
    });

    it('is another message where the same is written once more', async () => {
      const id = await world.asked('Elma', 'Onko ovi auki?');
      const vilma = world.talker('vilma');
      await vilma.says('Kyllä se on');
      await news().requestChanges(await kaisa(), id, 'Entä huomenna?');
      world.clock.forward({ minutes: 1 });
      await vilma.says('Kyllä se on');
      assert.equal((await world.thread(id)).filter(([kind]) => kind === 'answer').length, 2);
    });

    it('goes for the answer field of an edit card too, whatever was written in between', async () => {
      const id = await world.asked('Elma', 'Onko ovi auki?');
      const vilma = world.talker('vilma');
      const answers = async () => (await world.thread(id)).filter(([kind]) => kind === 'answer').length;
      const openEdit = async () =>
        vilma.presses(await vilma.presses(await vilma.says('omat'), 'news.open'), 'news.edit');
      const edit = await openEdit();
      const send = (card: Card) => vilma.presses(card, 'news.save', { ...valuesOf(card), answer: 'Kyllä.' });
      await send(edit);
      await vilma.says('Niin ja kuvassa on Pertti');
      await send(edit);
      assert.equal(await answers(), 1);
      await news().requestChanges(await kaisa(), id, 'Entä huomenna?');
      world.clock.forward({ minutes: 1 });
      await send(await openEdit());
      assert.equal(await answers(), 2);
    });
  });

  describe('an answer', () => {
    const answer = 'Kaikissa kolmessa.';

    /** An item of Vilma's about which something was asked, and the card with which she was asked. */
    async function asked() {
      const { id, vilma } = await world.vilmaSubmits();
      await news().requestChanges(await kaisa(), id, 'Missä kunnissa?');
      world.clock.forward({ minutes: 1 });
      const list = await vilma.says('omat');
      const card = await vilma.presses(list, 'news.open');
      return { id, vilma, card };
    }

    /** What happens to an item between the question and the answer. */
    const states: Readonly<Record<string, (id: NewsId) => Promise<unknown>>> = {
      asked: () => Promise.resolve(),
      'in work': async (id) => news().reopen(await kaisa(), id),
      accepted: async (id) => {
        await news().reopen(await kaisa(), id);
        await news().accept(await kaisa(), id);
      },
      scheduled: async (id) => {
        await states.accepted?.(id);
        await used(id, release);
      },
      placed: async (id) => {
        await states.accepted?.(id);
        await used(id, issue);
      },
      published: async (id) => {
        await states.accepted?.(id);
        await used(id, release, '2026-11-03T09:00:00Z');
      },
      rejected: async (id) => {
        await news().reopen(await kaisa(), id);
        await news().reject(await kaisa(), id, 'Kuuluu toisaalle.');
      },
      withdrawn: async (id) => news().withdraw(await world.person('vilma'), id),
    };

    type Asked = Awaited<ReturnType<typeof asked>>;
    /** The roads by which an answer comes: what is opened before the item moves on, and what is done after. */
    const roads: Readonly<Record<string, (asked: Asked, move: () => Promise<unknown>) => Promise<Card>>> = {
      'a text in chat': async ({ vilma }, move) => {
        await move();
        return vilma.says(answer);
      },
      'the answer field of an open edit card': async ({ vilma, card }, move) => {
        const edit = await vilma.presses(card, 'news.edit');
        await move();
        return vilma.presses(edit, 'news.save', { ...valuesOf(edit), answer });
      },
      'an old question card': async ({ vilma, card }, move) => {
        await move();
        const opened = await vilma.presses(card, 'news.edit');
        const isEdit = buttonsOf(opened).some(({ verb }) => verb === 'news.save');
        return isEdit
          ? vilma.presses(opened, 'news.save', { ...valuesOf(opened), answer })
          : vilma.presses(opened, 'reply.send', { text: answer });
      },
    };

    const said: Readonly<Record<string, RegExp>> = {
      asked: /Lähetin vastauksesi|Lähetin uutisen uudelleen/,
      'in work': /Viestisi on tallessa|Lähetin muutokset viestintään/,
      accepted: /Uutinen on jo hyväksytty\. Lähetin viestisi silti viestintään\./,
      scheduled: /Uutinen on jo hyväksytty\. Lähetin viestisi silti viestintään\./,
      placed: /Uutinen on jo hyväksytty\. Lähetin viestisi silti viestintään\./,
      published: /Uutinen on jo julkaistu\. Lähetin viestisi silti viestintään\./,
      rejected: /Uutista ei julkaista tällä kertaa\. Lähetin viestisi silti viestintään\./,
      withdrawn: /Olet ottanut uutisen takaisin\. Lähetin viestisi silti viestintään\./,
    };

    for (const [state, move] of Object.entries(states))
      for (const [road, answers] of Object.entries(roads))
        it(`by ${road} to an item that is ${state} is kept with it, and its author learns how it stands`, async () => {
          const given = await asked();
          const card = await answers(given, () => move(given.id));
          assert.match(textOf(card), said[state] ?? /^$/);
          assert.deepEqual((await world.thread(given.id))[0], ['answer', answer]);
          const item = await world.item(given.id);
          assert.equal(item.lastMessage?.by.id, 'vilma');
          assert.equal((await news().mine(await world.person('vilma'))).lines.length, 1);
        });

    it('that comes late with a changed text leaves that in the form of new news', async () => {
      const { id, vilma, card } = await asked();
      const edit = await vilma.presses(card, 'news.edit');
      await states.published?.(id);
      const typed = { ...valuesOf(edit), answer, body: 'Elma on nyt käytössä neljässä kunnassa.' };
      const kept = await vilma.presses(edit, 'news.save', typed);
      assert.match(textOf(kept), /Lähetin vastauksesi viestintään\. Uutista ei voi enää muokata/);
      assert.equal(valuesOf(kept).body, typed.body);
      assert.deepEqual((await world.thread(id))[0], ['answer', answer]);
    });

    it('that is refused keeps its way back, its text and its question, however many items came after', async () => {
      const { id, vilma, card } = await asked();
      await states.accepted?.(id);
      for (let number = 0; number < 31; number += 1) {
        world.clock.forward({ minutes: 1 });
        await world.submitted(`Uusi ${number}`);
      }
      const opened = await vilma.presses(card, 'news.edit');
      const refused = await vilma.presses(opened, 'reply.send', { text: 'Asiakas 131052-308T kertoi.' });
      assert.match(textOf(refused), /Uutinen on jo hyväksytty[^]*Missä kunnissa\?/);
      assert.match(textOf(refused), /henkilötunnus/i);
      assert.match(String(valuesOf(refused).text), /^Asiakas [^0-9]+ kertoi\.$/);
      assert.deepEqual(
        buttonsOf(refused).map(({ title, data }) => [title, data.id]),
        buttonsOf(opened).map(({ title, data }) => [title, data.id]),
      );
      await vilma.presses(refused, 'reply.send', { text: answer });
      assert.deepEqual((await world.thread(id))[0], ['answer', answer]);
    });

    it('that is refused while it can still be any of several is asked about with those', async () => {
      const id = await world.asked('Elma', 'Montako kävijää?');
      for (let number = 0; number < 31; number += 1) {
        world.clock.forward({ minutes: 1 });
        await world.submitted(`Uusi ${number}`);
      }
      const vilma = world.talker('vilma');
      const text = 'Asiakas 131052-308T kertoi.';
      const refused = invokedCard(await vilma.execute('reply.send', { id, said: 'message-1', text }));
      assert.match(textOf(refused), /henkilötunnus/i);
      await vilma.presses(refused, 'reply.send', { text: 'Asiakas kertoi.' });
      assert.deepEqual((await world.thread(id))[0], ['answer', 'Asiakas kertoi.']);
    });

    it('that comes late is stored once, however often it is pressed', async () => {
      const { id, vilma, card } = await asked();
      const edit = await vilma.presses(card, 'news.edit');
      await states.accepted?.(id);
      for (let times = 0; times < 2; times += 1)
        await vilma.presses(edit, 'news.save', { ...valuesOf(edit), answer });
      const opened = await vilma.presses(card, 'news.edit');
      for (let times = 0; times < 2; times += 1)
        await vilma.presses(opened, 'reply.send', { text: 'Ja neljännessä.' });
      assert.deepEqual(
        (await world.thread(id)).map(([, text]) => text),
        ['Ja neljännessä.', answer, 'Missä kunnissa?'],
      );
    });
  });
});
