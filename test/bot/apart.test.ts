import assert from 'node:assert/strict';
import { botFeatures } from '../../bot/index.js';
import type { PersonId } from '../../src/platform/ids.js';
import { submission } from '../make.js';
import { seriesForm } from '../make-sessions.js';
import { type BotWorld, botWorld } from './bot-world.js';

const secret = 'Salaisuus';
const code = '131052-308T';
/** What the inputs of all cards are called, each with something that only the presser may read. */
const inputs = ['title', 'body', 'lead', 'text', 'why', 'better', 'topic', 'presenter', 'link', 'material'];

describe('bot: what others see of what somebody presses', () => {
  let world: BotWorld;
  let verbs: string[];
  let ids: readonly string[];

  before(async () => {
    world = await botWorld();
    const { bigRoom, clock } = world;
    const features = botFeatures({ ...bigRoom, clock, publicUrl: 'http://127.0.0.1' });
    verbs = ['help.open', ...features.flatMap(({ cardActions = [] }) => cardActions.map(({ verb }) => verb))];
    const vilma = await bigRoom.people.get('vilma' as PersonId);
    const kaisa = await bigRoom.people.get('kaisa' as PersonId);
    const words = { title: `${secret} 1`, lead: secret, body: secret };
    const { item } = await bigRoom.news.submit(vilma, submission({ words }));
    await bigRoom.news.requestChanges(kaisa, item.id, secret);
    const { series } = await bigRoom.series.create(kaisa, seriesForm('hankeradio'));
    const [session] = await bigRoom.series.upcoming(kaisa, 1, series.id);
    assert.ok(session);
    await bigRoom.coming.answer(vilma, session.id, 'notComing', 'chat');
    await world.talker('vilma').says('apua');
    ids = [item.id, session.id];
  });
  after(() => world.stop());

  /** What the group got meanwhile. */
  async function inGroup(work: () => Promise<unknown>) {
    const before = world.teams.sent.length;
    await work();
    return world.teams.sent.slice(before).filter(({ conversationId }) => conversationId === '19:group');
  }

  const where = { conversationType: 'groupChat', conversationId: '19:group' } as const;

  function* presses(): Generator<[verb: string, data: Record<string, unknown>]> {
    for (const verb of verbs)
      for (const id of ids)
        for (const typed of [secret, `${secret} ${code}`]) {
          const form = { formId: `form-${verb}-${String(typed.length)}`.replaceAll('.', '-'), basedOn: 1 };
          const chosen = { language: 'fi', projectId: 'elma', useful: '9', cannot: true, audit: 1 };
          yield [
            verb,
            { id, ...form, ...chosen, ...Object.fromEntries(inputs.map((name) => [name, typed])) },
          ];
        }
  }

  it('is nothing of theirs, where the client knows Submit only: no message changes, and a new one holds none of it', async () => {
    for (const [verb, data] of presses()) {
      const got = await inGroup(() => world.talker('vilma', where).submit(verb, data));
      for (const { how, activity } of got) {
        assert.equal(how, 'sent', verb);
        assert.doesNotMatch(JSON.stringify(activity), new RegExp(`${secret}|${code}`), verb);
      }
    }
  });

  it('is nothing at all where the client knows Execute: the answer is the presser’s own', async () => {
    for (const [verb, data] of presses()) {
      let body: unknown;
      const got = await inGroup(async () => {
        ({ body } = await world.talker('vilma', where).execute(verb, data));
      });
      assert.deepEqual(got, [], verb);
      assert.doesNotMatch(JSON.stringify(body), new RegExp(code), verb);
    }
  });

  it('gets them their answer in their own chat', async () => {
    const before = world.teams.sent.length;
    await world.talker('vilma', where).submit('news.edit', { id: ids[0] });
    const sent = world.teams.sent.slice(before);
    assert.deepEqual(
      sent.map(({ conversationId }) => conversationId),
      ['a:vilma', '19:group'],
    );
    assert.match(JSON.stringify(sent[0]?.activity), new RegExp(secret));
    assert.match(JSON.stringify(sent[1]?.activity), /Vastasin sinulle kahden kesken/);
  });

  it('masks a code in what is drawn again, and keeps the rest', async () => {
    const data = {
      formId: 'form-masked-1',
      title: 'Uutinen',
      body: `Asiakas ${code} kiitti`,
      lead: 'Lyhyesti',
    };
    const { body } = await world.talker('vilma').execute('news.submit', data);
    const text = JSON.stringify(body);
    assert.match(text, /Asiakas ●●●●●●-●●●● kiitti/);
    assert.match(text, /Peitin henkilötunnuksen merkeillä ●/);
    // The notice above says why it was not saved; the field only what became of the code.
    assert.doesNotMatch(text, /⚠ Tekstissä näyttää/);
    assert.doesNotMatch(text, new RegExp(code));
  });
});
