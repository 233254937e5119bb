import assert from 'node:assert/strict';
import type { PersonId } from '../../src/platform/ids.js';
import { submission } from '../make.js';
import {
  type BotWorld,
  botWorld,
  buttonOf,
  buttonsOf,
  cardOf,
  invokedCard,
  textOf,
  typed,
  valuesOf,
} from './bot-world.js';

describe('bot: submitting news', () => {
  let world: BotWorld;
  beforeEach(async () => {
    world = await botWorld();
  });
  afterEach(() => world.stop());

  async function mine(name = 'vilma') {
    const { people, news } = world.bigRoom;
    return (await news.mine(await people.get(name as PersonId))).lines;
  }

  async function vilmaSubmits() {
    const vilma = world.talker('vilma');
    const form = await vilma.says('uutinen');
    const receipt = await vilma.presses(form, 'news.submit', typed);
    const [line] = await mine();
    assert.ok(line);
    return { vilma, form, receipt, id: line.id };
  }

  const kaisa = () => world.bigRoom.people.get('kaisa' as PersonId);

  it('answers with a form in the person’s language, own project and language chosen', async () => {
    const form = await world.talker('vilma').says('uutinen');
    assert.match(textOf(form), /Kerro uutinen[^]*Otsikko[^]*Mitä tapahtui\?/);
    assert.equal(valuesOf(form).projectId, 'elma');
    assert.equal(valuesOf(form).language, 'fi');
    const swedish = await world.talker('sofia').says('uutinen');
    assert.match(textOf(swedish), /Vad har hänt\?/);
  });

  it('keeps the fields that may stay empty behind a button, which goes when they come', async () => {
    const form = await world.talker('vilma').says('uutinen');
    const body = form.body as { id?: string; isVisible?: boolean; actions?: object[] }[];
    const button = body.find(({ id }) => id === 'showMore');
    assert.equal(body.find(({ id }) => id === 'more')?.isVisible, false);
    assert.deepEqual(button?.actions, [
      {
        type: 'Action.ToggleVisibility',
        title: 'Näytä lisää',
        targetElements: ['more', 'showMore'],
      },
    ]);
  });

  it('gives a coordinator who has submitted news the buttons of an author, and no others', async () => {
    const { news } = world.bigRoom;
    const { item } = await news.submit(await kaisa(), submission({ formId: 'form-kaisa' }));
    const inChat = world.talker('kaisa');
    const verbs = async () => {
      const list = await inChat.says('omat');
      return buttonsOf(await inChat.presses(list, 'news.open')).map(({ verb }) => verb);
    };
    assert.deepEqual(await verbs(), ['news.edit', 'news.askWithdraw', 'news.mine']);
    await news.accept(await kaisa(), item.id);
    assert.deepEqual(await verbs(), ['news.askWithdraw', 'news.mine']);
  });

  it('stores the item and answers with a receipt that thanks by name', async () => {
    const { receipt, id } = await vilmaSubmits();
    assert.match(textOf(receipt), /Elma neuvoo elintavoissa[^]*Lähetetty[^]*Kiitos uutisesta, Vilma/);
    assert.deepEqual(
      buttonsOf(receipt).map(({ verb }) => verb),
      ['news.edit', 'news.askWithdraw', 'news.mine'],
    );
    const item = await world.bigRoom.news.get(await kaisa(), id);
    assert.deepEqual(
      [item.author.name, item.audiences, item.link, item.earliestDate, item.texts.fi?.body],
      ['Vilma Virtanen', ['residents', 'ngos'], typed.link, typed.earliestDate, typed.body],
    );
  });

  it('alone with the person the message itself becomes the receipt, once', async () => {
    const vilma = world.talker('vilma');
    const form = await vilma.says('uutinen');
    const { sent } = await vilma.execute(
      'news.submit',
      { ...buttonOf(form, 'news.submit').data, ...typed },
      'form-card',
    );
    assert.deepEqual(
      sent.map(({ how, activityId }) => [how, activityId]),
      [['updated', 'form-card']],
    );
  });

  for (const way of ['execute', 'submit'] as const) {
    for (const order of ['one after another', 'all at once'] as const) {
      it(`three equal deliveries by ${way}, ${order}, are one item and one receipt`, async () => {
        const vilma = world.talker('vilma');
        const form = await vilma.says('uutinen');
        const data = { ...buttonOf(form, 'news.submit').data, ...typed };
        const before = world.teams.sent.length;
        const deliver = () => vilma[way]('news.submit', data, 'form-card');
        const answers =
          order === 'all at once'
            ? await Promise.all([deliver(), deliver(), deliver()])
            : [await deliver(), await deliver(), await deliver()];
        assert.equal((await mine()).length, 1);
        const after = world.teams.sent.slice(before);
        assert.ok(after.every(({ how, activityId }) => how === 'updated' && activityId === 'form-card'));
        const cards = way === 'execute' ? answers.map(invokedCard) : after.map(cardOf);
        assert.equal(cards.length, 3);
        for (const card of cards) assert.deepEqual(card, cards[0]);
      });
    }
  }

  it('a submit costs at most three trips to the storage', async () => {
    const vilma = world.talker('vilma');
    const form = await vilma.says('uutinen');
    const before = world.trips();
    await vilma.presses(form, 'news.submit', typed);
    assert.ok(world.trips() - before <= 3, `${String(world.trips() - before)} trips`);
  });

  it('opens an edit card with the new text when an old form is sent with it, and saving it is one revision', async () => {
    const { vilma, form, id } = await vilmaSubmits();
    const edit = await vilma.presses(form, 'news.submit', { ...typed, title: 'Elma neuvoo ja kannustaa' });
    assert.match(textOf(edit), /Lähetit tämän uutisen jo/);
    assert.equal(valuesOf(edit).title, 'Elma neuvoo ja kannustaa');
    const saved = await vilma.presses(edit, 'news.save', { ...typed, title: 'Elma neuvoo ja kannustaa' });
    assert.match(textOf(saved), /Elma neuvoo ja kannustaa/);
    const item = await world.bigRoom.news.get(await kaisa(), id);
    assert.equal(item.texts.fi?.revision, 2);
    assert.equal((await mine()).length, 1);
  });

  it('says what is wrong at the field, keeps what was typed, and stores nothing', async () => {
    const vilma = world.talker('vilma');
    const form = await vilma.says('uutinen');
    const wrong = { ...typed, title: '', link: 'ftp://elma', earliestDate: '2026-01-01' };
    const again = await vilma.presses(form, 'news.submit', wrong);
    assert.match(textOf(again), /Otsikko[^]*Täytä tämä kohta/);
    assert.deepEqual(valuesOf(again), wrong);
    assert.deepEqual(await mine(), []);
    const receipt = await vilma.presses(again, 'news.submit', typed);
    assert.match(textOf(receipt), /Kiitos uutisesta/);
    assert.equal((await mine()).length, 1);
  });

  it('stops a personal identity code before it is stored', async () => {
    const vilma = world.talker('vilma');
    const form = await vilma.says('uutinen');
    const again = await vilma.presses(form, 'news.submit', { ...typed, body: 'Asiakas 131052-308T kiitti.' });
    assert.match(textOf(again), /henkilötunnus/);
    assert.equal(valuesOf(again).body, 'Asiakas ●●●●●●-●●●● kiitti.');
    assert.deepEqual(await mine(), []);
  });

  it('shows the form again with everything typed while the storage is away, and takes it afterwards once', async () => {
    const vilma = world.talker('vilma');
    const form = await vilma.says('uutinen');
    world.setDown(true);
    const again = await vilma.presses(form, 'news.submit', typed);
    world.setDown(false);
    assert.match(textOf(again), /Tallennus/);
    assert.deepEqual(valuesOf(again), typed);
    assert.equal(buttonOf(again, 'news.submit').data.formId, buttonOf(form, 'news.submit').data.formId);
    await vilma.presses(again, 'news.submit', typed);
    await vilma.presses(form, 'news.submit', typed);
    assert.equal((await mine()).length, 1);
  });

  it('an edit keeps what the coordinator changed of the background meanwhile, and shows where both changed the same', async () => {
    const { vilma, receipt, id } = await vilmaSubmits();
    const edit = await vilma.presses(receipt, 'news.edit');
    const { item } = await world.bigRoom.news.editDetails(await kaisa(), id, {
      projectId: 'elma',
      audiences: ['residents', 'ngos'],
      wishedChannels: ['newsletter'],
      link: 'https://elma.example/kaisa',
    });
    assert.deepEqual(item.audiences, ['residents', 'ngos']);
    const own = { ...valuesOf(edit), title: 'Elma neuvoo lisää', link: 'https://elma.example/vilma' };
    const refused = await vilma.presses(edit, 'news.save', own);
    assert.match(textOf(refused), /Nyt tässä on: ”https:\/\/elma\.example\/kaisa”/);
    assert.equal(valuesOf(refused).link, own.link);
    await vilma.presses(refused, 'news.save', own);
    const { link, audiences, texts } = await world.bigRoom.news.get(await kaisa(), id);
    assert.deepEqual([link, audiences, texts.fi?.title], [own.link, ['residents', 'ngos'], own.title]);
  });

  it('editing writes a new revision; a conflict shows both texts and loses neither', async () => {
    const { vilma, receipt, id } = await vilmaSubmits();
    const edit = await vilma.presses(receipt, 'news.edit');
    assert.equal(valuesOf(edit).body, typed.body);
    const words = { title: 'Kaisan otsikko', lead: 'Kaisan ingressi', body: 'Kaisan teksti' };
    await world.bigRoom.news.edit(await kaisa(), id, 'fi', words, 1);
    const own = { ...typed, title: 'Vilman uusi otsikko' };
    const both = await vilma.presses(edit, 'news.save', own);
    assert.match(textOf(both), /Kaisa Koordinaattori[^]*Kaisan otsikko[^]*Kaisan teksti/);
    assert.equal(valuesOf(both).title, 'Vilman uusi otsikko');
    const { lines } = await world.bigRoom.news.history(await kaisa(), id, 'fi');
    assert.ok(lines.some(({ title }) => title === 'Vilman uusi otsikko'));
    const saved = await vilma.presses(both, 'news.save', own);
    assert.match(textOf(saved), /Vilman uusi otsikko/);
  });

  it('keeps the text for an item that has been accepted meanwhile in a new form', async () => {
    const { vilma, receipt, id } = await vilmaSubmits();
    const edit = await vilma.presses(receipt, 'news.edit');
    await world.bigRoom.news.accept(await kaisa(), id);
    const kept = await vilma.presses(edit, 'news.save', { ...typed, title: 'Jatkoa Elmasta' });
    assert.match(textOf(kept), /Hyväksytty/);
    assert.equal(valuesOf(kept).title, 'Jatkoa Elmasta');
    assert.equal((await mine()).length, 1);
    await vilma.presses(kept, 'news.submit', { ...typed, title: 'Jatkoa Elmasta' });
    assert.equal((await mine()).length, 2);
  });

  it('withdrawing asks once and can be undone', async () => {
    const { vilma, receipt, id } = await vilmaSubmits();
    const asked = await vilma.presses(receipt, 'news.askWithdraw');
    assert.match(textOf(asked), /Otetaanko uutinen takaisin\?/);
    const withdrawn = await vilma.presses(asked, 'news.withdraw');
    assert.match(textOf(withdrawn), /Otettu takaisin/);
    const again = await vilma.presses(asked, 'news.withdraw');
    assert.deepEqual(again, withdrawn);
    const back = await vilma.presses(withdrawn, 'news.undo');
    assert.match(textOf(back), /Lähetetty/);
    assert.equal((await world.bigRoom.news.get(await kaisa(), id)).state.status, 'submitted');
  });

  it('an action on an old card says what has changed since, and by whom', async () => {
    const { vilma, receipt, id } = await vilmaSubmits();
    const words = { title: 'Elma neuvoo', lead: typed.lead, body: typed.body };
    await world.bigRoom.news.edit(await kaisa(), id, 'fi', words, 1);
    await world.bigRoom.news.accept(await kaisa(), id);
    const card = await vilma.presses(receipt, 'news.edit');
    assert.match(textOf(card), /Kaisa Koordinaattori[^]*Lähetetty[^]*Hyväksytty/);
    assert.match(textOf(card), /Kaisa Koordinaattori muokkasi suomenkielistä tekstiä ti 3\.11\. klo 10\.00/);
    assert.ok(!buttonsOf(card).some(({ verb }) => verb === 'news.edit'));
  });

  it('nobody else may act on an item', async () => {
    const { id } = await vilmaSubmits();
    for (const verb of ['news.edit', 'news.askWithdraw', 'news.withdraw', 'news.open']) {
      const card = invokedCard(await world.talker('sofia').execute(verb, { id }));
      assert.match(textOf(card), /Du har inte rätt att göra det här/);
    }
    assert.equal((await world.bigRoom.news.get(await kaisa(), id)).state.status, 'submitted');
  });
});
