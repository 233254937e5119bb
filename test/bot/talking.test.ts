import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { PersonId } from '../../src/platform/ids.js';
import { submission } from '../make.js';
import { withContracts } from '../world/contracts.js';
import {
  type BotWorld,
  botWorld,
  buttonOf,
  buttonsOf,
  cardOf,
  invokedCard,
  textOf,
  typed,
} from './bot-world.js';

const documented = [
  'message.personal',
  'conversationUpdate.membersAdded.bot.personal',
  'conversationUpdate.membersAdded.bot.team',
  'conversationUpdate.membersRemoved.team',
  'conversationUpdate.teamRenamed',
  'installationUpdate.add.team',
  'messageUpdate.edit',
  'messageDelete.soft',
  'event.meetingStart',
  'composed.invoke.adaptiveCard-action.automatic',
  'composed.invoke.adaptiveCard-action.manual',
];

describe('bot: talking', () => {
  let world: BotWorld;
  beforeEach(async () => {
    world = await botWorld();
  });
  afterEach(() => world.stop());

  const person = (id: string) => world.bigRoom.people.get(id as PersonId);

  async function notifyMany(count: number): Promise<void> {
    const vilma = await person('vilma');
    for (let number = 1; number <= count; number++) {
      const words = { title: `Uutinen ${String(number)}`, lead: 'Miksi.', body: 'Mitä.' };
      await world.bigRoom.news.submit(vilma, submission({ formId: `form-${String(1000 + number)}`, words }));
      world.clock.forward({ minutes: 1 });
    }
  }

  it('answers in the language in which it is written to, whatever one’s own', async () => {
    const vilma = world.talker('vilma');
    for (const [text, answer] of [
      ['uutinen', /Kerro uutinen/],
      ['nyhet', /Tipsa om en nyhet/],
      ['I have news', /Share your news/],
      ['omat', /Omat uutisesi/],
      ['mina nyheter', /Dina nyheter/],
      ['apua', /Hei Vilma/],
      ['hjälp', /Hej Vilma/],
      ['help', /Hi Vilma|Hello Vilma/],
      ['hej', /Hej Vilma/],
    ] as const)
      assert.match(textOf(await vilma.says(text)), answer, text);
    assert.match(textOf(await world.talker('sofia').says('hjälp')), /Hej Sofia/);
    assert.equal((await person('vilma')).language, 'fi');
  });

  it('answers what it does not understand with help', async () => {
    const card = await world.talker('vilma').says('Kokous alkaa kello yhdeksän');
    assert.match(textOf(card), /En ymmärtänyt viestiäsi/);
    assert.deepEqual(
      buttonsOf(card).map(({ verb }) => verb),
      ['form.open', 'news.mine', 'sessions.open', 'language.open'],
    );
  });

  it('asks that a message with a personal identity code be deleted, and repeats nothing of it', async () => {
    const vilma = world.talker('vilma');
    for (const text of ['Asiakas 131052-308T soitti', 'haluan kertoa uutisen: 131052–308T']) {
      const card = await vilma.says(text);
      assert.match(textOf(card), /Poista viesti/);
      assert.doesNotMatch(textOf(card), /En ymmärtänyt/);
      assert.doesNotMatch(JSON.stringify([card, world.logged]), /308T/);
    }
    assert.match(textOf(await world.talker('sofia').says('131052-308T')), /Ta bort meddelandet/);
    assert.match(textOf(await vilma.says('Asiakas 131052-308X soitti')), /En ymmärtänyt/);
  });

  it('shows an item in one language in the list, opened and in the answer to a press', async () => {
    const sofia = await person('sofia');
    const { item } = await world.bigRoom.news.submit(
      sofia,
      submission({ formId: 'form-two', words: { title: 'Suomeksi', lead: 'Miksi.', body: 'Mitä.' } }),
    );
    const swedish = { title: 'På svenska', lead: 'Varför.', body: 'Vad.' };
    await world.bigRoom.news.edit(await person('kaisa'), item.id, 'sv', swedish, 0);
    const list = await world.talker('sofia').says('mina');
    const opened = await world.talker('sofia').presses(list, 'news.open');
    const asked = await world.talker('sofia').presses(opened, 'news.askWithdraw');
    for (const card of [list, opened, asked]) {
      assert.match(textOf(card), /På svenska/);
      assert.doesNotMatch(textOf(card), /Suomeksi/);
    }
  });

  it('changes the language by a word or by a button, and keeps it', async () => {
    const vilma = world.talker('vilma');
    const choice = await vilma.says('kieli');
    assert.equal(buttonsOf(choice).filter(({ verb }) => verb === 'language.set').length, 3);
    const swedish = invokedCard(await vilma.execute('language.set', { language: 'sv' }));
    assert.match(textOf(swedish), /Nu skriver jag till dig på svenska/);
    assert.match(textOf(await vilma.says('hej')), /Hej Vilma/);
    assert.match(textOf(await vilma.says('in English please')), /I’ll use English/);
    assert.equal((await person('vilma')).language, 'en');
  });

  it('enrols a new person as a worker, in the language of their Teams, and remembers where they are', async () => {
    const card = await world.talker('uusi', { locale: 'sv-FI' }).says('hej');
    assert.match(textOf(card), /Hej\n/);
    const { role, language, chat } = await person('uusi');
    assert.deepEqual(
      [role, language, chat?.conversationId, chat?.serviceUrl],
      ['worker', 'sv', 'a:uusi', world.teams.url],
    );
  });

  it('learns from a group who the person is, and does not store it as their chat address', async () => {
    const inGroup = world.talker('vilma', { conversationType: 'groupChat', conversationId: '19:group' });
    await inGroup.says('<at>Big Room</at> apua');
    const met = {
      tenantId: 'tenant',
      userId: '29:vilma',
      serviceUrl: world.teams.url,
      channelId: 'msteams',
      botId: '28:bot',
    };
    assert.deepEqual((await person('vilma')).chat, met);
    await world.talker('vilma').says('apua');
    await inGroup.says('<at>Big Room</at> apua');
    assert.deepEqual((await person('vilma')).chat, { ...met, conversationId: 'a:vilma' });
  });

  it('pages one’s own news five at a time, and opens each', async () => {
    await notifyMany(12);
    const vilma = world.talker('vilma');
    const first = await vilma.says('omat');
    assert.match(textOf(first), /Uutinen 12[^]*Uutinen 8/);
    assert.doesNotMatch(textOf(first), /Uutinen 7/);
    const pages = buttonsOf(first).filter(({ verb }) => verb === 'news.mine');
    assert.deepEqual(
      pages.map(({ title }) => title),
      ['Vanhemmat'],
    );
    const second = await vilma.presses(first, 'news.mine');
    const third = invokedCard(
      await vilma.execute(
        'news.mine',
        buttonsOf(second)
          .filter(({ verb }) => verb === 'news.mine')
          .at(-1)?.data,
      ),
    );
    assert.match(textOf(third), /Uutinen 2[^]*Uutinen 1/);
    const back = await vilma.presses(third, 'news.mine');
    assert.deepEqual(back, second);
    const opened = await vilma.presses(second, 'news.open');
    assert.match(textOf(opened), /Uutinen 7/);
    assert.deepEqual(await vilma.presses(opened, 'news.mine'), second);
  });

  it('shows an empty list kindly, with the first step', async () => {
    const card = await world.talker('vilma').says('omat');
    assert.match(textOf(card), /Et ole vielä kertonut uutisia/);
    assert.equal(buttonOf(card, 'form.open').title, 'Kerro uutinen');
  });

  for (const conversationType of ['groupChat', 'channel'] as const) {
    it(`in a ${conversationType} whoever submits is the author, and the card stays for the others`, async () => {
      const where = { conversationType, conversationId: '19:many' };
      const vilma = world.talker('vilma', where);
      const sofia = world.talker('sofia', where);
      const form = await vilma.says('<at>Big Room</at> uutinen');
      const data = buttonOf(form, 'news.submit').data;
      const before = world.teams.sent.length;
      const one = invokedCard(await vilma.execute('news.submit', { ...data, ...typed }));
      const other = invokedCard(
        await sofia.execute('news.submit', { ...data, ...typed, title: 'Sofias nyhet', language: 'sv' }),
      );
      assert.equal(world.teams.sent.length, before);
      assert.match(textOf(one), /Kiitos uutisesta, Vilma/);
      assert.match(textOf(other), /Tack för nyheten, Sofia/);
      assert.equal((await world.bigRoom.news.mine(await person('sofia'))).lines.length, 1);
    });

    it(`in a ${conversationType} notes and reasons stay out of sight`, async () => {
      await notifyMany(1);
      const [line] = (await world.bigRoom.news.mine(await person('vilma'))).lines;
      assert.ok(line);
      await world.bigRoom.news.requestChanges(await person('kaisa'), line.id, 'Salainen toive');
      const before = world.talker('vilma', { conversationType, conversationId: '19:many' });
      const opened = invokedCard(await before.execute('news.open', { id: line.id }));
      assert.match(textOf(opened), /Odottaa täydennystä/);
      assert.doesNotMatch(textOf(opened), /Salainen/);
      const alone = await world.talker('vilma').says('omat');
      assert.match(textOf(await world.talker('vilma').presses(alone, 'news.open')), /Salainen toive/);
    });
  }

  it('shows before others only what is accepted, and says where the whole list is', async () => {
    await notifyMany(3);
    const where = { conversationType: 'groupChat', conversationId: '19:many' } as const;
    const none = await world.talker('vilma', where).says('omat');
    assert.doesNotMatch(textOf(none), /Uutinen \d|Et ole vielä/);
    const [, second] = (await world.bigRoom.news.mine(await person('vilma'))).lines;
    assert.ok(second);
    await world.bigRoom.news.accept(await person('kaisa'), second.id);
    for (const conversationType of ['groupChat', 'channel'] as const) {
      const list = await world.talker('vilma', { ...where, conversationType }).says('omat');
      assert.match(textOf(list), /hyväksytyt uutisesi[^]*Uutinen 2/);
      assert.doesNotMatch(JSON.stringify(list), /Uutinen [13]/);
    }
    assert.match(textOf(await world.talker('vilma').says('omat')), /Uutinen 3[^]*Uutinen 1/);
  });

  describe('coming to a conversation', () => {
    const arrival = (world: BotWorld, conversationId = 'a:vilma') => {
      const vilma = world.talker('vilma', { conversationId });
      const membersAdded = [{ id: '28:bot' }, { id: '29:vilma', aadObjectId: 'vilma' }];
      return {
        added: () =>
          vilma.sends({
            type: 'conversationUpdate',
            membersAdded,
            from: { id: '29:vilma', aadObjectId: 'vilma' },
          }),
        installed: () => vilma.sends({ type: 'installationUpdate', action: 'add' }),
        others: () =>
          vilma.sends({ type: 'conversationUpdate', membersAdded: [{ id: '29:x' }, { id: '29:y' }] }),
      };
    };

    it('welcomes once, says what it is for, and stores the chat address', async () => {
      const { added, installed } = arrival(world);
      const sent = [...(await added()).sent, ...(await installed()).sent, ...(await added()).sent];
      assert.equal(sent.length, 1);
      assert.match(textOf(cardOf(sent[0])), /Tervetuloa[^]*Kerään hankkeiden uutiset/);
      assert.equal((await person('vilma')).chat?.conversationId, 'a:vilma');
    });

    it('welcomes where Teams sends only the installation, and in another conversation too', async () => {
      assert.equal((await arrival(world).installed()).sent.length, 1);
      assert.equal((await arrival(world, 'a:other').added()).sent.length, 1);
    });

    it('says nothing when others come or go', async () => {
      assert.equal((await arrival(world).others()).sent.length, 0);
    });
  });

  withContracts('every kind of activity that Teams documents', (contracts) => {
    for (const name of documented) {
      it(`takes ${name} without a fault`, async () => {
        const file = new URL(`activities/${name}.json`, contracts);
        const sample = JSON.parse(readFileSync(file, 'utf8')) as object;
        const { status } = await world.post(JSON.stringify({ ...sample, serviceUrl: world.teams.url }));
        assert.equal(status, 200);
        const faults = world.logged.filter((line) => line.startsWith('error'));
        assert.deepEqual(faults, []);
      });
    }
  });
});
