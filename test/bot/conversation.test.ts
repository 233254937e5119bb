import assert from 'node:assert/strict';
import {
  type BotWorld,
  botWorld,
  buttonOf,
  buttonsOf,
  cardOf,
  invokedCard,
  textOf,
  valuesOf,
} from './bot-world.js';

describe('bot: conversation', () => {
  let world: BotWorld;
  beforeEach(async () => {
    world = await botWorld();
  });
  afterEach(() => world.stop());

  const html = (content: string) => ({
    text: 'kaikki yhdessä',
    attachments: [{ contentType: 'text/html', content }],
  });

  describe('what a person tells', () => {
    it('opens the form filled in, and is stored with the next press', async () => {
      const vilma = world.talker('vilma');
      const form = await vilma.says(
        'Digihoitopolku avattiin Elmassa.\nKävijöitä oli 240.\nKatso www.example.org/elma',
      );
      const values = valuesOf(form);
      assert.deepEqual(
        [values.title, values.body, values.projectId, values.link],
        [
          'Digihoitopolku avattiin Elmassa',
          'Kävijöitä oli 240.\n\nKatso www.example.org/elma',
          'elma',
          'https://www.example.org/elma',
        ],
      );
      const { data } = buttonOf(form, 'news.submit');
      const receipt = invokedCard(await vilma.execute('news.submit', { ...data, ...values }));
      assert.match(textOf(receipt), /Digihoitopolku avattiin Elmassa[^]*Kiitos uutisesta, Vilma/);
    });

    it('says in "uutinen: ..." that it is news, whatever else is open', async () => {
      await world.asked('Elma', 'Montako kävijää?');
      const form = await world.talker('vilma').says('uutinen: Toinen juttu');
      assert.equal(valuesOf(form).title, 'Toinen juttu');
    });

    it('is read from the HTML of Teams: lines, lists, links, forwarded messages, without what Word adds', async () => {
      const vilma = world.talker('vilma');
      const [pasted] = (
        await vilma.sends(
          html(
            '<!--[if gte mso 9]><xml><w:WordDocument>x</w:WordDocument></xml><![endif]--><style>p.MsoNormal {mso-x:y}</style>' +
              '<p class="MsoNormal">Kuntosali avattiin<o:p></o:p></p><ul><li>240 k&auml;vij&#228;&auml;</li><li><a href="https://example.org/a">ohjeet</a></li></ul>',
          ),
        )
      ).sent;
      const values = valuesOf(cardOf(pasted));
      assert.equal(values.title, 'Kuntosali avattiin');
      assert.match(String(values.body), /- 240 k.*vijä.*\n\n- ohjeet \(https:\/\/example\.org\/a\)/);
      const [forwarded] = (
        await vilma.sends(
          html(
            '<blockquote itemtype="http://schema.skype.com/Forward"><p>Ny mottagning öppnade</p><p>Över hundra kom på öppningen.</p></blockquote>',
          ),
        )
      ).sent;
      const card = cardOf(forwarded);
      assert.deepEqual(
        [valuesOf(card).title, valuesOf(card).language, card.lang],
        ['Ny mottagning öppnade', 'sv', 'sv'],
      );
    });

    it('keeps no macros', async () => {
      const text = 'Elma avattiin\nSub AutoOpen()\n  Shell "calc.exe"\nEnd Sub\nKävijöitä oli 240.';
      const values = valuesOf(await world.talker('vilma').says(text));
      assert.doesNotMatch(JSON.stringify(values), /AutoOpen|calc/);
      assert.match(String(values.body), /Kävijöitä oli 240/);
    });

    it('may be 30 pages: the form holds what fits, and says what does not', async () => {
      const form = await world
        .talker('vilma')
        .says('Tämä on pitkän kertomuksen lause numero yksi. '.repeat(1800));
      assert.ok(String(valuesOf(form).body).length <= 8000);
      assert.match(textOf(form), /Uutiseen mahtuu 8000 merkkiä[^]*Koko viestisi on yllä/);
    });

    it('is a link alone: the form has it', async () => {
      const form = await world.talker('vilma').says('elma.example.org/uutiset https://elma.example.org/a');
      assert.equal(valuesOf(form).link, 'https://elma.example.org/a');
      const body = form.body as {
        id?: string;
        isVisible?: boolean;
        actions?: { targetElements?: unknown }[];
      }[];
      const part = (id: string) => body.find((each) => each.id === id);
      assert.match(textOf(form), /Linkki: elma\.example\.org\/a/);
      assert.deepEqual([part('more')?.isVisible, part('showMore')?.isVisible], [false, true]);
      const toggled = ['more', 'showMore', 'hideMore', 'keptLink'];
      assert.deepEqual(part('showMore')?.actions?.[0]?.targetElements, toggled);
    });

    it('is a link alone also right after another item was sent', async () => {
      await world.submitted('Elma');
      const form = await world.talker('vilma').says('https://elma.example.org/opas');
      assert.equal(valuesOf(form).link, 'https://elma.example.org/opas');
    });
  });

  describe('what a person answers', () => {
    it('is the answer where one question is open, in one message, confirmed on a card', async () => {
      const id = await world.asked('Elma', 'Montako kävijää?');
      const card = await world.talker('vilma').says('Kävijöitä oli 240');
      assert.match(textOf(card), /Lähetin vastauksesi viestintään[^]*Montako kävijää\?[^]*Kävijöitä oli 240/);
      assert.equal((await world.item(id)).state.status, 'submitted');
      assert.deepEqual(await world.thread(id), [
        ['answer', 'Kävijöitä oli 240'],
        ['question', 'Montako kävijää?'],
      ]);
    });

    it('is stored once where Teams delivers it twice', async () => {
      const id = await world.asked('Elma', 'Montako kävijää?');
      const vilma = world.talker('vilma');
      const said = { text: 'Kävijöitä oli 240', id: 'same' };
      await vilma.sends(said);
      await vilma.sends(said);
      assert.equal((await world.thread(id)).length, 2);
    });

    it('can be taken back, or made news of its own', async () => {
      const id = await world.asked('Elma', 'Montako kävijää?');
      const vilma = world.talker('vilma');
      const undone = await vilma.presses(await vilma.says('Kävijöitä oli 240'), 'news.undo');
      assert.match(textOf(undone), /Otin vastauksesi takaisin/);
      assert.deepEqual(await world.thread(id), [['question', 'Montako kävijää?']]);
      const told = await vilma.says('Uusi ryhmä aloitti maanantaina. Siinä on kymmenen jäsentä.');
      const form = await vilma.presses(told, 'reply.asNews');
      assert.equal(valuesOf(form).title, 'Uusi ryhmä aloitti maanantaina');
      assert.equal((await world.item(id)).state.status, 'changesRequested');
    });

    it('is asked about where two questions are open, and keeps its text', async () => {
      const one = await world.asked('Elma', 'Montako kävijää?');
      const other = await world.asked('Kuntosali', 'Missä?');
      const vilma = world.talker('vilma');
      const which = await vilma.says('Kävijöitä oli 240');
      assert.equal(valuesOf(which).text, 'Kävijöitä oli 240');
      assert.match(textOf(which), /Kuntosali\nMissä\?\nElma\nMontako kävijää\?/);
      const titles = buttonsOf(which).map(({ title }) => title);
      assert.deepEqual(titles, ['Kuntosali', 'Elma', 'Tee tästä uusi uutinen']);
      const about = buttonsOf(which).find(({ title }) => title === 'Elma');
      const card = invokedCard(
        await vilma.execute('reply.send', { ...about?.data, text: 'Kävijöitä oli 240' }),
      );
      assert.match(textOf(card), /Lähetin vastauksesi/);
      assert.equal((await world.item(one)).state.status, 'submitted');
      assert.equal((await world.item(other)).state.status, 'changesRequested');
    });

    it('is kept where the item has been decided on, and says so', async () => {
      const id = await world.asked('Elma', 'Montako kävijää?');
      const kaisa = await world.person('kaisa');
      await world.bigRoom.news.reopen(kaisa, id);
      await world.bigRoom.news.accept(kaisa, id);
      const card = await world.talker('vilma').says('Kävijöitä oli 240');
      assert.match(textOf(card), /Uutinen on jo hyväksytty[^]*Kävijöitä oli 240/);
      assert.deepEqual((await world.thread(id))[0], ['answer', 'Kävijöitä oli 240']);
      assert.equal((await world.item(id)).state.status, 'accepted');
    });

    it('may also follow a message that asks nothing', async () => {
      const id = await world.asked('Elma', 'Montako kävijää?');
      const vilma = world.talker('vilma');
      await vilma.says('Kävijöitä oli 240');
      await world.bigRoom.news.note(await world.person('kaisa'), id, 'Kuka otti kuvan?');
      world.clock.forward({ minutes: 1 });
      assert.match(textOf(await vilma.says('Kuvan otti Pertti Koskinen')), /Viestisi on tallessa/);
      assert.deepEqual((await world.thread(id))[0], ['message', 'Kuvan otti Pertti Koskinen']);
    });

    it('leaves thanks and commands what they are', async () => {
      const id = await world.asked('Elma', 'Montako kävijää?');
      const vilma = world.talker('vilma');
      await vilma.sends({ text: 'kiitos' });
      await vilma.says('tilaisuudet');
      assert.equal((await world.thread(id)).length, 1);
    });

    it('stays out of a group', async () => {
      const id = await world.asked('Elma', 'Montako kävijää?');
      const group = world.talker('vilma', { conversationType: 'groupChat', conversationId: '19:many' });
      await group.says('<at>Big Room</at> Kävijöitä oli 240');
      assert.equal((await world.thread(id)).length, 1);
    });
  });

  describe('a picture or a file', () => {
    const image = { contentType: 'image/png', contentUrl: 'https://example.org/kuva.png' };
    const teamsFile = { contentType: 'application/vnd.microsoft.teams.file.download.info', content: {} };
    const inline = {
      contentType: 'text/html',
      content: '<p><img alt="image" src="https://x" itemtype="http://schema.skype.com/AMSImage"></p>',
    };
    const texts = async (more: Readonly<Record<string, unknown>>, name = 'vilma') => {
      const { sent } = await world.talker(name).sends(more);
      return sent.map(({ activity }) => activity.text);
    };

    it('alone is answered with what can be done instead', async () => {
      for (const attachments of [[image], [teamsFile], [inline, image], [inline]])
        assert.deepEqual(await texts({ text: '', attachments }), [
          'En osaa vielä tallentaa kuvia enkä tiedostoja. Kerro uutinen tekstinä ja mainitse siinä kuvasta, niin viestintä voi pyytää sen sinulta.',
        ]);
      const [swedish] = await texts({ attachments: [image] }, 'sofia');
      assert.match(String(swedish), /Jag kan inte spara bilder/);
    });

    it('beside a text is said not to be kept, and the text is', async () => {
      const text = 'Digihoitopolku avattiin Elmassa.\nKävijöitä oli 240.\nKaikki viihtyivät.';
      const [note, form] = (await world.talker('vilma').sends({ text, attachments: [image] })).sent;
      assert.match(String(note?.activity.text), /Luin tekstisi, mutta en osaa vielä tallentaa kuvia/);
      assert.equal(valuesOf(cardOf(form)).title, 'Digihoitopolku avattiin Elmassa');
      const id = await world.asked('Kuntosali', 'Missä?');
      const both = `<p>Inkoossa <img alt="kuva" itemtype="http://schema.skype.com/AMSImage"></p>`;
      await world.talker('vilma').sends(html(both));
      assert.deepEqual((await world.thread(id))[0], ['answer', 'Inkoossa']);
    });

    it('is no sign of the text: an emoji is read as one', async () => {
      const emoji = '<p>Kiitos <img alt="🙂" itemtype="http://schema.skype.com/Emoji"></p>';
      assert.deepEqual(await texts(html(emoji)), ['Ole hyvä, Vilma.']);
    });
  });

  describe('how one’s news are doing', () => {
    const asks = {
      vilma: [
        'mitä uutiselleni kuuluu',
        'onko juttu hyväksytty?',
        'miten mun jutulle kävi',
        'missä mun uutinen on',
      ],
      sofia: [
        'hur går det för min nyhet?',
        'har nyheten godkänts?',
        'är min nyhet godkänd?',
        'vad händer med min nyhet',
      ],
      english: ['what happened to my story?', 'has my story been accepted?', 'how is my news doing'],
    };
    const heading = { vilma: /Näin uutisesi ete/, sofia: /Så här går det för/, english: /How your stor/ };

    for (const [who, questions] of Object.entries(asks))
      for (const question of questions)
        it(`is answered in words: ${question}`, async () => {
          const by = who === 'english' ? 'vilma' : who;
          const id = await world.submitted('Elma', { by });
          await world.bigRoom.news.accept(await world.person('kaisa'), id);
          world.clock.forward({ minutes: 90 });
          const card = await world.talker(by).says(question);
          assert.match(textOf(card), heading[who as keyof typeof heading]);
          assert.match(
            textOf(card),
            /Elma\n(Uutinen on hyväksytty|Nyheten är godkänd|The story has been accepted)/,
          );
        });

    it('says of each what it waits for, the newest first, and where the others are', async () => {
      const kaisa = await world.person('kaisa');
      for (const title of ['Yksi', 'Kaksi', 'Kolme', 'Neljä']) {
        const id = await world.submitted(title);
        if (title === 'Kaksi') await world.bigRoom.news.reject(kaisa, id, 'Kuuluu toisaalle.');
        if (title === 'Kolme') await world.bigRoom.news.requestChanges(kaisa, id, 'Missä?');
        world.clock.forward({ minutes: 1 });
      }
      const card = await world.talker('vilma').says('mitä uutiselleni kuuluu');
      assert.match(
        textOf(card),
        /etenevät\nNeljä\n.*ei ole vielä käsitellyt.*3 arkipäivän.*\nKolme\n.*odottaa vastaustasi: ”Missä\?”.*\nKaksi\n.*ei julkaista.*”Kuuluu toisaalle\.”\nMuut/,
      );
    });
  });

  describe('what colleagues say', () => {
    const saidTo = async (text: string, name = 'vilma'): Promise<unknown> =>
      (await world.talker(name).sends({ text })).sent[0]?.activity.text;

    it('is answered in a line, in the language in which it is said', async () => {
      assert.equal(await saidTo('kiitos'), 'Ole hyvä, Vilma.');
      assert.equal(await saidTo('tack så mycket!'), 'Det var så lite, Vilma.');
      assert.equal(await saidTo('👍'), 'Hyvä. Kirjoita minulle, kun jotain tapahtuu.');
      assert.equal(await saidTo('👍', 'sofia'), 'Bra. Skriv till mig när något händer.');
    });

    const helpful: Readonly<Record<string, readonly [answer: RegExp, ...texts: readonly string[]]>> = {
      'about a picture': [
        /En osaa vielä tallentaa kuvia|Jag kan inte spara bilder|I can’t keep pictures/,
        'mite mä lähetän kuvan',
        'mihin voin laittaa valokuvat?',
        'hur skickar jag bilden',
        'can I add a photo to this?',
      ],
      'about having it written': [
        /viestintä viimeistelee tekstin|gör texten klar|finishes the text for you/,
        'voitko kirjottaa tän mun puolesta',
        'voisitteko te kirjoittaa sen meidän puolesta',
        'kan du skriva det åt mig',
        'could you write this for me?',
      ],
      'to whoever is stuck': [
        /Kerro omin sanoin yhdellä viestillä|Berätta fritt i ett meddelande|Tell me in one message/,
        'en mä osaa tätä',
        'tää ei toimi',
        'ei onnistu mulla',
        'det här fungerar inte',
        'I can’t do this',
        'it doesn’t work',
      ],
      'to whoever wants a call': [
        /En voi soittaa|Jag kan inte ringa|I can’t call you/,
        'voiks joku soittaa mulle',
        'kan någon ringa mig?',
        'can someone call me please',
      ],
      'to whoever has no time': [
        /Kirjoita minulle, kun ehdit|Skriv till mig när du hinner|Write to me when you have time/,
        'en ehi nyt vastata',
        'mä en kerkee tänään',
        'jag hinner inte svara nu',
        'sorry I don’t have time right now',
      ],
      'to question marks': [/Montako kävijää\?/, '??', '?', 'häh'],
    };
    for (const [what, [answer, ...texts]] of Object.entries(helpful))
      for (const text of texts)
        it(`is answered in a sentence or two, and no message of the open story, ${what}: ${text}`, async () => {
          const id = await world.asked('Elma', 'Montako kävijää?');
          assert.match(String(await saidTo(text)), answer);
          assert.equal((await world.thread(id)).length, 1);
        });

    for (const text of [
      'I cannot make it tomorrow',
      'en pääse huomenna',
      'valitettavasti en pääse paikalle',
      'jag kan tyvärr inte komma i morgon',
    ])
      it(`is answered with the sessions where somebody can’t come: ${text}`, async () => {
        const id = await world.asked('Elma', 'Montako kävijää?');
        const card = await world.talker('vilma').says(text);
        assert.match(textOf(card), /ilaisuu|venemang|session/);
        assert.equal((await world.thread(id)).length, 1);
      });

    it('says what is waited for, of several by their titles, and that it is nothing', async () => {
      assert.match(String(await saidTo('??')), /En odota sinulta nyt mitään/);
      await world.asked('Elma', 'Montako kävijää?');
      await world.bigRoom.news.note(
        await world.person('kaisa'),
        await world.submitted('Kuntosali'),
        'Kuka on kuvassa?',
      );
      assert.match(String(await saidTo('??')), /useammasta uutisesta: ”Kuntosali”, ”Elma”\./);
    });

    it('stays an answer where it only mentions a picture, a call or a place', async () => {
      const texts = [
        'Kuvan otti Pertti Koskinen',
        'Pertti soittaa teille huomenna',
        'Lomake ei toimi vielä Inkoossa',
        'Asiakkaat eivät pääse vielä sisään',
      ];
      for (const text of texts) {
        const id = await world.asked(text, 'Missä?');
        await world.talker('vilma').says(text);
        assert.equal((await world.thread(id))[0]?.[1], text);
      }
    });

    it('gets a line instead of the card when it is not understood a second time', async () => {
      const vilma = world.talker('vilma');
      assert.match(textOf(await vilma.says('asdfgh')), /En ymmärtänyt viestiäsi/);
      assert.match(String(await saidTo('asdfgh')), /En ymmärtänyt tätäkään/);
      await saidTo('kiitos');
      assert.match(textOf(await vilma.says('asdfgh')), /En ymmärtänyt viestiäsi/);
    });

    it('is answered from what is known: newsletter, own news, what can be taken back', async () => {
      const vilma = world.talker('vilma');
      assert.match(textOf(await vilma.says('milloin uutiskirje ilmestyy?')), /numero 1[^]*määräpäivä on pe/);
      assert.match(textOf(await vilma.says('poista uutinen')), /ei ole nyt uutisia/);
      await world.asked('Elma', 'Montako kävijää?');
      assert.match(textOf(await vilma.says('missä mun uutinen on')), /Elma[^]*Montako kävijää/);
      const ask = await vilma.presses(await vilma.says('poista uutinen'), 'news.askWithdraw');
      assert.match(textOf(ask), /Otetaanko uutinen takaisin/);
      assert.match(textOf(await vilma.says('kuka sä oot')), /En ole ihminen/);
    });

    it('goes on in the language of the card, and leaves the chosen one', async () => {
      const vilma = world.talker('vilma');
      const form = await vilma.says('Jag vill berätta en nyhet');
      assert.equal(valuesOf(form).language, 'sv');
      const { data } = buttonOf(form, 'news.submit');
      const words = {
        body: 'Mottagningen öppnade i går. Över hundra kom.',
        projectId: 'elma',
        language: 'sv',
      };
      const receipt = invokedCard(await vilma.execute('news.submit', { ...data, ...words }));
      assert.match(textOf(receipt), /Tack för nyheten, Vilma/);
      assert.equal((await world.person('vilma')).language, 'fi');
      assert.match(textOf(await vilma.says('omat')), /Omat uutisesi/);
    });
  });
});
