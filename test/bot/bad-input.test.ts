import assert from 'node:assert/strict';
import type { PersonId } from '../../src/platform/ids.js';
import {
  type BotWorld,
  botWorld,
  buttonOf,
  cardOf,
  invokedCard,
  textOf,
  typed,
  valuesOf,
} from './bot-world.js';

describe('bot: bad input', () => {
  let world: BotWorld;
  before(async () => {
    world = await botWorld();
  });
  after(() => world.stop());
  afterEach(() => {
    assert.deepEqual(
      world.logged.filter((line) => line.startsWith('error')),
      [],
    );
  });

  const vilma = () => world.talker('vilma');
  const mine = async () =>
    (await world.bigRoom.news.mine(await world.bigRoom.people.get('vilma' as PersonId))).lines;

  const bodies: Readonly<Record<string, string>> = {
    'no JSON': '{"type":',
    'an array': '[]',
    'a text': '"hello"',
    nothing: '',
    'no type': '{"channelId":"msteams"}',
  };
  for (const [name, body] of Object.entries(bodies)) {
    it(`${name} for a body is 400`, async () => {
      assert.equal((await world.post(body)).status, 400);
    });
  }

  for (const part of ['from', 'conversation', 'recipient', 'serviceUrl', 'channelId']) {
    it(`an activity without ${part} is 400`, async () => {
      const { [part]: _left, ...rest } = vilma().activity({ text: 'uutinen' });
      const { status, body, sent } = await world.post(JSON.stringify(rest));
      assert.deepEqual([status, sent.length], [400, 0]);
      assert.equal((body as { code: string }).code, 'input.malformed');
    });
  }

  it('an activity whose recipient has a name that is no text is 400', async () => {
    const recipient = { id: '28:bot', name: 7 };
    const { status, sent } = await world.post(JSON.stringify(vilma().activity({ text: 'apua', recipient })));
    assert.deepEqual([status, sent.length], [400, 0]);
  });

  it('an activity of a conversation whose id could not be sent back is 400', async () => {
    for (const id of ['', 'a:\u0000', 'a:\ud83d\ude00', 'a:\u202e']) {
      const conversation = { id, conversationType: 'personal', tenantId: 'tenant' };
      const { status, sent } = await world.post(
        JSON.stringify(vilma().activity({ text: 'apua', conversation })),
      );
      assert.deepEqual([status, sent.length], [400, 0], JSON.stringify(id));
    }
  });

  it('a body over the limit is 413', async () => {
    const { status } = await vilma().sends({ text: 'x'.repeat(300 * 1024) });
    assert.equal(status, 413);
  });

  it('odd parts of an activity do no harm', async () => {
    for (const more of [
      { text: null },
      { entities: [{ type: 'mention', mentioned: null, text: '(' }], text: '( apua' },
    ]) {
      const { status, sent } = await vilma().sends(more);
      assert.deepEqual([status, sent.length], [200, 1]);
    }
    assert.equal((await vilma().sends({ text: 7 })).status, 400);
  });

  const values: Readonly<Record<string, unknown>> = {
    'no value': undefined,
    'a value of null': null,
    'no action': {},
    'an action of another type': { action: { type: 'Action.Submit', verb: 'news.submit' } },
    'an action that is a text': { action: 'news.submit' },
  };
  for (const [name, value] of Object.entries(values)) {
    it(`an invoke with ${name} is answered as a bad request`, async () => {
      const { status, body } = await vilma().sends({ type: 'invoke', name: 'adaptiveCard/action', value });
      assert.equal(status, 200);
      assert.equal((body as { statusCode: number }).statusCode, 400);
    });
  }

  for (const verb of ['nonsense', 'constructor', '__proto__', 'toString', '', '${1+1}']) {
    it(`an unknown verb "${verb}" gets a friendly answer`, async () => {
      assert.match(textOf(invokedCard(await vilma().execute(verb, {}))), /Painike ei toimi/);
      const { sent } = await vilma().submit(verb, {});
      assert.deepEqual([sent.length, sent[0]?.how], [1, 'sent']);
      assert.match(textOf(cardOf(sent[0])), /Painike ei toimi/);
    });
  }

  const data: readonly [string, unknown][] = [
    ['news.open', {}],
    ['news.open', { id: 'a/b' }],
    ['news.open', { id: 'x', seen: { state: 'odd' } }],
    ['news.mine', { trail: 'no list' }],
    ['news.mine', { trail: Array.from({ length: 500 }, () => 'x') }],
    ['news.undo', { id: 'x', audit: -1 }],
    ['language.set', { language: 'de' }],
    ['language.set', null],
    ['news.withdraw', 'text'],
  ];
  for (const [verb, given] of data) {
    it(`${verb} with ${JSON.stringify(given).slice(0, 40)} gets a friendly answer`, async () => {
      assert.match(textOf(invokedCard(await vilma().execute(verb, given))), /Tämä ei onnistunut/);
    });
  }

  it('a page key of somebody’s own making does no harm', async () => {
    const { status } = await vilma().execute('news.mine', { trail: ['news|x/\\#?'] });
    assert.equal(status, 200);
  });

  it('answers that an item does not exist', async () => {
    assert.match(textOf(invokedCard(await vilma().execute('news.open', { id: 'gone' }))), /Uutista ei löydy/);
  });

  async function redrawn(more: Readonly<Record<string, unknown>>) {
    const form = await vilma().says('uutinen');
    const answer = await vilma().execute('news.submit', {
      ...buttonOf(form, 'news.submit').data,
      ...typed,
      ...more,
    });
    const card = invokedCard(answer);
    assert.deepEqual(await mine(), []);
    return card;
  }

  it('an unknown field: nothing is sent, nothing typed is lost', async () => {
    const card = await redrawn({ role: 'admin' });
    assert.match(textOf(card), /Lomake oli vanhentunut/);
    assert.deepEqual(valuesOf(card), typed);
  });

  it('shows an unknown language as a fault of its field', async () => {
    const card = await redrawn({ language: 'de' });
    assert.match(textOf(card), /Millä kielellä kirjoitat\?[^]*Valitse jokin vaihtoehdoista/);
    assert.equal(valuesOf(card).title, typed.title);
  });

  it('a project, an audience or a channel that there is not', async () => {
    for (const more of [{ projectId: 'x' }, { audiences: 'residents,aliens' }, { channels: 'telex' }]) {
      assert.match(textOf(await redrawn(more)), /Valitse jokin vaihtoehdoista/);
    }
  });

  it('fields of the wrong type', async () => {
    const card = await redrawn({ title: { $ne: null }, body: 42, audiences: ['residents'] });
    assert.match(textOf(card), /Tarkista tämä kohta/);
    assert.equal(valuesOf(card).body, '42');
  });

  it('10,000 characters are too many, and all come back', async () => {
    for (const character of ['ä', 'x', '🎉']) {
      const body = character.repeat(10_000);
      const card = await redrawn({ body });
      assert.match(textOf(card), /liian pitkä/);
      assert.equal(valuesOf(card).body, body);
    }
  });

  it('lets no client cut a pasted text: each long field says how long it is and what fits', async () => {
    assert.doesNotMatch(JSON.stringify(await vilma().says('uutinen')), /maxLength/);
    for (const [name, length, fits] of [
      ['title', 300, '120'],
      ['lead', 700, '500'],
      ['body', 32_000, '8000'],
    ] as const) {
      const given = 'ä'.repeat(length);
      const card = await redrawn({ [name]: given });
      const answered = textOf(card).replace(/[^\p{L}\p{N}\n:.]/gu, '');
      assert.match(answered, new RegExp(`${String(length)}[^]*${fits}`));
      assert.deepEqual(valuesOf(card), { ...typed, [name]: given });
    }
  });

  it('reports a text that is too large for any card, and keeps the card with it', async () => {
    const form = await vilma().says('uutinen');
    const given = { ...buttonOf(form, 'news.submit').data, ...typed, body: 'ä'.repeat(60_000) };
    const { status, body } = await vilma().execute('news.submit', given);
    const answer = body as { type: string; value: string };
    assert.deepEqual([status, answer.type], [200, 'application/vnd.microsoft.activity.message']);
    assert.match(answer.value, /lyhennä/);
    const { sent } = await vilma().submit('news.submit', given);
    assert.deepEqual([sent.length, sent[0]?.how], [1, 'sent']);
    assert.match(String(sent[0]?.activity.text), /lyhennä/);
    assert.deepEqual(await mine(), []);
  });

  it('a forged form id is replaced, and what was typed is kept', async () => {
    const card = await redrawn({ formId: '../../etc' });
    assert.match(String(buttonOf(card, 'news.submit').data.formId), /^[0-9a-f]{26}$/);
    assert.deepEqual(valuesOf(card), typed);
  });

  it('keeps the text in a new form when an edit card does not name its item', async () => {
    const card = invokedCard(await vilma().execute('news.save', { ...typed, id: 7 }));
    assert.deepEqual(valuesOf(card), typed);
    assert.ok(buttonOf(card, 'news.submit'));
  });

  it('markup, template text and emoji are shown as they were typed', async () => {
    const title = '<b>Elma</b> ${$root.fields} [linkki](https://evil.example) **🎉**';
    const form = await vilma().says('uutinen');
    const receipt = await vilma().presses(form, 'news.submit', {
      ...typed,
      title,
      lead: '${1+1} <img src=x>',
    });
    const shown = JSON.stringify(receipt);
    assert.ok(textOf(receipt).includes(title));
    assert.ok(textOf(receipt).includes('${1+1} <img src=x>'));
    assert.ok(!/"type":"TextBlock"[^}]*evil/.test(shown));
    const edit = await vilma().presses(receipt, 'news.edit');
    assert.equal(valuesOf(edit).title, title);
    assert.match(textOf(await vilma().says('omat')), /\$\{\$root\.fields\}/);
  });
});
