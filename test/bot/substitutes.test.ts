import assert from 'node:assert/strict';
import type { OutboxWorker } from '../../src/delivery/outbox/worker.js';
import type { Person } from '../../src/people/person.js';
import type { PersonId } from '../../src/platform/ids.js';
import { programme, submission, swedishText } from '../make.js';
import { type BotWorld, botWorld, cardOf, textOf, valuesOf } from './bot-world.js';

const person = (id: string, role: Person['role'], more: Partial<Person> = {}): Person => ({
  id: id as PersonId,
  name: id,
  role,
  language: 'fi',
  projects: [],
  ...more,
});

/** The clock stands on 3 November 2026, 10.00 in Helsinki. */
describe('bot: substitutes', () => {
  let world: BotWorld;
  let worker: OutboxWorker;
  let forms = 0;

  beforeEach(async () => {
    world = await botWorld();
    worker = world.bigRoom.worker(world.bot.showNotice);
    await world.bigRoom.people.add(programme, [
      person('harri', 'approver'),
      person('sara', 'worker'),
      person('tuomo', 'admin'),
    ]);
    for (const name of ['kaisa', 'harri', 'vilma', 'sara']) await world.talker(name).says('moi');
    world.teams.sent.length = 0;
  });
  afterEach(() => world.stop());

  async function acts(substitute: string, absent: string, to = '2026-11-05'): Promise<string> {
    forms += 1;
    const { id } = await world.bigRoom.substitutions.set(await world.person(absent), {
      formId: `form-${String(forms).padStart(4, '0')}`,
      absent: absent as PersonId,
      substitute: substitute as PersonId,
      from: '2026-11-03',
      to,
      note: 'Uutiskirje on kesken.',
    });
    await workAll();
    world.teams.sent.length = 0;
    return id;
  }

  /** What has reached whom since the last look, as `<conversation> <text>`. */
  async function workAll(): Promise<readonly string[]> {
    for (let count = 1; count > 0;) count = (await worker.work()) + (await worker.sweep());
    return world.teams.sent
      .filter(({ activity }) => activity.type === 'message')
      .map(
        (sent) =>
          `${String((sent.activity.conversation as { id?: string } | undefined)?.id)} ${textOf(cardOf(sent))}`,
      );
  }

  const to = (all: readonly string[], name: string): readonly string[] =>
    all.filter((text) => text.split(' ')[0]?.includes(name) === true);

  async function asked(): Promise<string> {
    const [vilma, kaisa] = [await world.person('vilma'), await world.person('kaisa')];
    const { item } = await world.bigRoom.news.submit(vilma, submission());
    await world.bigRoom.news.requestChanges(kaisa, item.id, 'Kuka oli paikalla?');
    return item.id;
  }

  it('get a question for who is away, once, with a line that says for whom', async () => {
    await acts('sara', 'vilma');
    await asked();
    const sent = await workAll();
    assert.equal(sent.length, 1, sent.join('\n'));
    assert.equal(to(sent, 'sara').length, 1, sent.join('\n'));
    assert.match(sent[0] ?? '', /poissa 5\.11\. asti, ja sinä olet sijaisena/);
    assert.match(sent[0] ?? '', /Kuka oli paikalla\?/);
    assert.equal((await workAll()).length, 1);
  });

  it('get nothing any more once it is over: it goes to the person again', async () => {
    const id = await acts('sara', 'vilma');
    await world.bigRoom.substitutions.end(await world.person('vilma'), 'vilma' as PersonId, id);
    await workAll();
    world.teams.sent.length = 0;
    await asked();
    const sent = await workAll();
    assert.deepEqual([to(sent, 'vilma').length, to(sent, 'sara').length], [1, 0], sent.join('\n'));
  });

  it('who can’t be reached leave it in the chat of who is away', async () => {
    await acts('tuomo', 'vilma');
    await asked();
    const sent = await workAll();
    assert.deepEqual([sent.length, to(sent, 'vilma').length], [1, 1], sent.join('\n'));
  });

  it('of an approver are asked for the second approval, unless they are the first', async () => {
    const { news, newsletter, people } = world.bigRoom;
    await people.setApprovals(await world.person('tuomo'), () => ({ newsletter: 2, releases: 2 }));
    await acts('sara', 'harri');
    const [vilma, kaisa] = [await world.person('vilma'), await world.person('kaisa')];
    const { item } = await news.submit(vilma, submission());
    await news.edit(kaisa, item.id, 'sv', swedishText, 0);
    await news.ready(kaisa, item.id, 'sv', { although: true });
    await news.accept(kaisa, item.id);
    const { issueId } = await newsletter.place(kaisa, item.id);
    await newsletter.approve(kaisa, issueId, { waivers: [] });
    const waiting = (await workAll()).filter((text) => text.includes('odottaa hyväksyntääsi'));
    assert.deepEqual([waiting.length, to(waiting, 'sara').length], [1, 1], waiting.join('\n'));
  });

  it('who get a notice themselves do not get it for who is away as well', async () => {
    const { people, news } = world.bigRoom;
    await people.add(programme, [person('clara', 'coordinator')]);
    await world.talker('clara').says('moi');
    world.teams.sent.length = 0;
    await acts('clara', 'kaisa');
    const vilma = await world.person('vilma');
    const soon = { urgent: true };
    await news.submit(vilma, submission(soon));
    const sent = await workAll();
    assert.deepEqual([to(sent, 'clara').length, to(sent, 'kaisa').length], [1, 0], sent.join('\n'));
  });

  it('are set in the chat, by the word for it in each language', async () => {
    const heading = /Kuka hoitaa asioitasi|Vem sköter dina ärenden|Who acts for you/;
    for (const word of ['poissa', 'sijainen', 'frånvaro', 'ersättare', 'away', 'substitute'])
      assert.match(textOf(await world.talker('vilma').says(word)), heading, word);
  });

  it('are set by the card, which keeps what was typed where it is refused', async () => {
    const vilma = world.talker('vilma');
    const typed = { substitute: 'sara', from: '2026-11-04', to: '2026-11-03', note: 'Terveisin!' };
    const refused = await vilma.presses(await vilma.says('sijainen'), 'substitute.save', typed);
    assert.match(textOf(refused), /Päivä on ennen päivää/);
    assert.deepEqual({ ...typed, ...valuesOf(refused) }, typed);
    const set = await vilma.presses(refused, 'substitute.save', { ...typed, to: '2026-11-06' });
    assert.match(textOf(set), /sara on sijaisesi 4\.11\.–6\.11\./);
    const shown = await workAll();
    assert.equal(to(shown, 'sara').length, 1, shown.join('\n'));
    assert.match(to(shown, 'sara')[0] ?? '', /Olet sijaisena 4\.11\.–6\.11\..*Terveisin!/s);
  });

  it('leave the absent person one message of what was done, in the morning after', async () => {
    const id = await asked();
    await acts('sara', 'vilma', '2026-11-03');
    world.teams.sent.length = 0;
    await world.bigRoom.news.withdraw(
      await world.bigRoom.people.acting(await world.person('sara')),
      id as Parameters<typeof world.bigRoom.news.withdraw>[1],
    );
    await workAll();
    world.teams.sent.length = 0;
    world.clock.forward({ hours: 22 });
    const sent = to(await workAll(), 'vilma').filter((text) => /puolestasi/i.test(text));
    assert.equal(sent.length, 1);
    assert.match(sent[0] ?? '', /1 uutinen/);
  });

  it('act by the buttons of cards as well, and not when it is over', async () => {
    const which = await acts('sara', 'vilma');
    await asked();
    await workAll();
    const message = world.teams.sent.find((sent) => textOf(cardOf(sent)).includes('Kuka oli paikalla?'));
    const card = cardOf(message);
    const sara = world.talker('sara');
    assert.doesNotMatch(textOf(await sara.presses(card, 'news.edit')), /ei ole oikeutta/);
    await world.bigRoom.substitutions.end(await world.person('vilma'), 'vilma' as PersonId, which);
    assert.match(textOf(await sara.presses(card, 'news.edit')), /ei ole oikeutta/);
  });
});
