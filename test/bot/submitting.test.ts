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

  const vilmaSubmits = () => world.vilmaSubmits();
  const kaisa = () => world.person('kaisa');

  it('answers with a form in the person’s language, own project and language chosen', async () => {
    const form = await world.talker('vilma').says('uutinen');
    assert.match(textOf(form), /Kerro uutinen[^]*Mitä tapahtui\?[^]*Hanke/);
    assert.equal(valuesOf(form).projectId, 'elma');
    assert.equal(valuesOf(form).language, 'fi');
    const swedish = await world.talker('sofia').says('nyhet');
    assert.match(textOf(swedish), /Vad har hänt\?/);
  });

  it('asks what happened and in which project; the rest is behind buttons that say what it is and close again', async () => {
    const form = await world.talker('vilma').says('uutinen');
    const body = form.body as { id?: string; isVisible?: boolean; actions?: object[] }[];
    assert.deepEqual(Object.keys(valuesOf(form)).slice(0, 2), ['body', 'projectId']);
    assert.ok(!('title' in valuesOf(form)) && !('lead' in valuesOf(form)));
    const visible = (id: string) => body.find((part) => part.id === id)?.isVisible;
    assert.deepEqual(['more', 'showMore', 'hideMore'].map(visible), [false, true, false]);
    const toggle = { type: 'Action.ToggleVisibility', targetElements: ['more', 'showMore', 'hideMore'] };
    const actions = ['showMore', 'hideMore'].map((id) => body.find((part) => part.id === id)?.actions);
    assert.deepEqual(actions, [
      [{ ...toggle, title: 'Lisää: kieli, kanavat, linkki, päivä' }],
      [{ ...toggle, title: 'Piilota lisätiedot' }],
    ]);
    // What is chosen or wrong there is never hidden.
    const filled = await world
      .talker('vilma')
      .presses(form, 'form.propose', { ...valuesOf(form), body: 'Avasimme.', link: 'elma.fi' });
    const parts = filled.body as typeof body;
    assert.equal(parts.find(({ id }) => id === 'more')?.isVisible, true);
  });

  const story =
    'Elma neuvoo nyt elintavoissa kolmessa kunnassa. Asiakas saa neuvon ilman jonoa. Palvelu avattiin 16.11. klo 9.';

  it('takes a story in one field: two messages or taps, the title and the reason made of its sentences', async () => {
    const vilma = world.talker('vilma');
    const form = await vilma.says('uutinen');
    const receipt = await vilma.presses(form, 'news.submit', { ...valuesOf(form), body: story });
    assert.match(textOf(receipt), /Kiitos uutisesta, Vilma/);
    const [line] = await mine();
    assert.ok(line);
    const { texts } = await world.bigRoom.news.get(await kaisa(), line.id);
    assert.deepEqual(
      [texts.fi?.title, texts.fi?.lead, texts.fi?.body],
      ['Elma neuvoo nyt elintavoissa kolmessa kunnassa', 'Asiakas saa neuvon ilman jonoa.', story],
    );
  });

  it('proposes title and reason where they are asked for, keeps what is typed, and lets them be changed', async () => {
    const vilma = world.talker('vilma');
    const form = await vilma.says('uutinen');
    const proposed = await vilma.presses(form, 'form.propose', { ...valuesOf(form), body: story });
    const { title, lead, body } = valuesOf(proposed);
    assert.deepEqual(
      [title, lead, body],
      ['Elma neuvoo nyt elintavoissa kolmessa kunnassa', 'Asiakas saa neuvon ilman jonoa.', story],
    );
    const formIds = [form, proposed].map((card) => buttonOf(card, 'news.submit').data.formId);
    assert.equal(formIds[0], formIds[1]);
    const own = { ...valuesOf(proposed), title: 'Oma otsikko' };
    assert.match(textOf(await vilma.presses(proposed, 'news.submit', own)), /Oma otsikko/);
  });

  it('opens filled in where something is known already', async () => {
    const prefill = { body: story, link: 'www.example.org', language: 'sv', projectId: 'digi' };
    const form = invokedCard(await world.talker('vilma').execute('form.open', { prefill }));
    const { body, link, language, projectId } = valuesOf(form);
    assert.deepEqual({ body, link, language, projectId }, prefill);
    const unknown = { prefill: { projectId: 'another' } };
    const other = invokedCard(await world.talker('vilma').execute('form.open', unknown));
    assert.equal(valuesOf(other).projectId, 'elma');
    const where = { conversationType: 'groupChat', conversationId: '19:group' } as const;
    const { sent } = await world.talker('vilma', where).submit('form.open', { prefill });
    const inGroup = sent.filter(({ conversationId }) => conversationId === '19:group');
    assert.ok(!JSON.stringify(inGroup).includes('Elma neuvoo'), 'a private draft in a group');
  });

  it('completes a link without https://', async () => {
    const vilma = world.talker('vilma');
    const form = await vilma.says('uutinen');
    await vilma.presses(form, 'news.submit', { ...typed, link: 'www.example.org/elma?a=1' });
    const [line] = await mine();
    assert.ok(line);
    const { link } = await world.bigRoom.news.get(await kaisa(), line.id);
    assert.equal(link, 'https://www.example.org/elma?a=1');
  });

  it('the receipt shows the text, collapsed where it is long, and when an answer comes', async () => {
    const { receipt } = await vilmaSubmits();
    assert.match(textOf(receipt), /Viestintä vastaa yleensä 3 arkipäivän kuluessa[^]*Elma on nyt käytössä/);
    const vilma = world.talker('vilma');
    const form = await vilma.says('uutinen');
    const body = `${story} `.repeat(5).trim();
    const long = await vilma.presses(form, 'news.submit', { ...typed, body });
    const parts = long.body as { id?: string; isVisible?: boolean }[];
    assert.deepEqual(
      ['storyStart', 'storyWhole'].map((id) => parts.find((part) => part.id === id)?.isVisible),
      [true, false],
    );
    assert.ok(textOf(long).includes(body));
  });

  it('takes a form that lay in a chat since before it asked less', async () => {
    const { urgent: _urgent, ...before } = typed;
    const data = { formId: 'form-from-before', ...before };
    const receipt = invokedCard(await world.talker('vilma').execute('news.submit', data));
    assert.match(textOf(receipt), /Elma neuvoo elintavoissa[^]*Kiitos uutisesta, Vilma/);
  });

  it('an answer that comes too late is kept with the item, as is one more', async () => {
    const { vilma, receipt, id } = await vilmaSubmits();
    await world.bigRoom.news.requestChanges(await kaisa(), id, 'Missä kunnissa?');
    const edit = await vilma.presses(receipt, 'news.edit');
    await world.bigRoom.news.reopen(await kaisa(), id);
    await vilma.presses(edit, 'news.save', { ...valuesOf(edit), answer: 'Kaikissa kolmessa.' });
    const { lines } = await world.bigRoom.news.audit(await kaisa(), id);
    assert.deepEqual(lines[0]?.event, { action: 'message', text: 'Kaikissa kolmessa.' });
    await world.bigRoom.news.accept(await kaisa(), id);
    const kept = await vilma.presses(edit, 'news.save', { ...valuesOf(edit), answer: 'Myös Elmassa.' });
    assert.match(
      textOf(kept),
      /Uutinen on jo hyväksytty\. Lisäsin tämän uutiseen ”Elma neuvoo elintavoissa”/,
    );
    assert.deepEqual((await world.thread(id))[0], ['message', 'Myös Elmassa.']);
  });

  it('an edit of news about which the coordinator asked begins with the answer, which stays with the item', async () => {
    const { vilma, receipt, id } = await vilmaSubmits();
    await world.bigRoom.news.requestChanges(await kaisa(), id, 'Missä kunnissa?');
    const edit = await vilma.presses(receipt, 'news.edit');
    assert.deepEqual(Object.keys(valuesOf(edit))[0], 'answer');
    assert.equal(buttonOf(edit, 'news.save').title, 'Lähetä uudelleen');
    const answered = { ...valuesOf(edit), answer: 'Kaikissa kolmessa.' };
    await vilma.presses(edit, 'news.save', answered);
    const { lines } = await world.bigRoom.news.audit(await kaisa(), id);
    assert.deepEqual(lines[0]?.event, { action: 'resubmit', text: 'Kaikissa kolmessa.' });
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

  it('a submit costs two trips to the storage: the person, and all that is stored', async () => {
    const vilma = world.talker('vilma');
    const form = await vilma.says('uutinen');
    const before = world.trips();
    await vilma.presses(form, 'news.submit', typed);
    assert.equal(world.trips() - before, 2);
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
    const wrong = { ...typed, body: '', link: 'ftp://elma', earliestDate: '2026-01-01' };
    const again = await vilma.presses(form, 'news.submit', wrong);
    assert.match(textOf(again), /Mitä tapahtui\?[^]*Täytä tämä kohta/);
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
