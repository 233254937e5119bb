import assert from 'node:assert/strict';
import type { OutboxWorker } from '../../src/delivery/outbox/worker.js';
import type { Person } from '../../src/people/person.js';
import type { PersonId } from '../../src/platform/ids.js';
import { programme, submission, swedishText } from '../make.js';
import { type BotWorld, botWorld, cardOf, textOf } from './bot-world.js';

const person = (id: string, role: Person['role']): Person => ({
  id: id as PersonId,
  name: id,
  role,
  language: 'fi',
  projects: [],
});

describe('bot: that something waits for a second approval', () => {
  let world: BotWorld;
  let worker: OutboxWorker;

  beforeEach(async () => {
    world = await botWorld();
    worker = world.bigRoom.worker(world.bot.showNotice);
    await world.bigRoom.people.add(programme, [person('harri', 'approver'), person('tuomo', 'admin')]);
    const admin = await world.person('tuomo');
    await world.bigRoom.people.setApprovals(admin, () => ({ newsletter: 2, releases: 2 }));
    for (const name of ['kaisa', 'harri', 'tuomo', 'vilma']) await world.talker(name).says('moi');
    world.teams.sent.length = 0;
  });
  afterEach(() => world.stop());

  async function workAll(): Promise<readonly string[]> {
    for (let count = 1; count > 0;) count = (await worker.work()) + (await worker.sweep());
    return world.teams.sent
      .filter(({ activity }) => activity.type === 'message')
      .map(
        (sent) =>
          `${String((sent.activity.conversation as { id?: string } | undefined)?.id)} ${textOf(cardOf(sent))}`,
      );
  }

  /** An accepted item that is ready in both languages. */
  async function accepted() {
    const [vilma, kaisa] = [await world.person('vilma'), await world.person('kaisa')];
    const { news } = world.bigRoom;
    const { item } = await news.submit(vilma, submission());
    await news.edit(kaisa, item.id, 'sv', swedishText, 0);
    await news.ready(kaisa, item.id, 'sv', { although: true });
    await news.accept(kaisa, item.id);
    return { kaisa, id: item.id };
  }

  const asks = (all: readonly string[]): readonly string[] =>
    all.filter((text) => text.includes('odottaa hyväksyntääsi'));

  it('reaches the approver once, and nobody else', async () => {
    const { kaisa, id } = await accepted();
    const { release } = await world.bigRoom.releases.create(kaisa, { newsId: id });
    await world.bigRoom.releases.publishNow(kaisa, release.id);
    const asked = asks(await workAll());
    assert.equal(asked.length, 1, asked.join('\n'));
    assert.match(asked[0] ?? '', /Tiedote odottaa hyväksyntääsi: Elma neuvoo elintavoissa/);
    assert.match(asked[0] ?? '', /Kaisa Koordinaattori on jo hyväksynyt sen/);
    assert.equal(asks(await workAll()).length, 1);
  });

  it('is not shown any more once it was undone, or approved', async () => {
    const { kaisa, id } = await accepted();
    const { newsletter, releases } = world.bigRoom;
    const { release } = await releases.create(kaisa, { newsId: id });
    const { undo } = await releases.publishNow(kaisa, release.id);
    await releases.undo(kaisa, release.id, undo ?? assert.fail());
    const { issueId } = await newsletter.place(kaisa, id);
    await newsletter.approve(kaisa, issueId, { waivers: [] });
    await newsletter.approve(await world.person('harri'), issueId, { waivers: [] });
    assert.deepEqual(asks(await workAll()), []);
  });

  it('goes to those who coordinate where there is no other approver', async () => {
    await world.bigRoom.members.remove(await world.person('tuomo'), 'harri' as PersonId);
    const { kaisa, id } = await accepted();
    const { issueId } = await world.bigRoom.newsletter.place(kaisa, id);
    await world.bigRoom.newsletter.approve(kaisa, issueId, { waivers: [] });
    const asked = asks(await workAll());
    assert.equal(asked.length, 1, asked.join('\n'));
    assert.match(asked[0] ?? '', /Numero 1 odottaa hyväksyntääsi/);
  });
});
