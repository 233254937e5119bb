import assert from 'node:assert/strict';
import type { PersonId, ProjectId } from '../../../../src/platform/ids.js';
import type { Message } from '../../../../src/delivery/outbox/message.js';
import { rotationService } from '../../../../src/sessions/rotation/service.js';
import { notifyManyDelivery } from '../../../../src/delivery/notices.js';
import { handleMessage } from '../../../../src/delivery/outbox/kind.js';
import { topicService } from '../../../../src/sessions/topics/service.js';
import { topicStore } from '../../../../src/sessions/topics/store.js';
import { coordinator, programme, worker } from '../../../make.js';
import { readablePartition } from '../../../world/partition.js';
import { sessionWorld, type SessionWorld } from '../../../make-sessions.js';
import { anyKind } from '../../../world/outbox.js';

const elma = 'elma' as ProjectId;
const crowd = 120;

describe('a notice to many', () => {
  let world: SessionWorld;

  beforeEach(async () => {
    world = await sessionWorld();
    const people = Array.from({ length: crowd }, (_, index) => ({
      id: `person-${index}` as PersonId,
      name: `Henkilö ${index}`,
      role: 'worker' as const,
      language: 'fi' as const,
      projects: [elma],
    }));
    for (let from = 0; from < crowd; from += 40)
      await world.people.add(programme, people.slice(from, from + 40));
  });

  const notified = (): string[] =>
    world.left.flatMap((body) => (body.kind === 'notice' ? [`${body.to} ${body.notice.about}`] : []));

  it('is stored with the change, and reaches each of a large project once', async () => {
    const rotation = rotationService({ ...world.deps, people: world.people });
    const [slot] = await world.next(await world.create('hankeradio'));
    assert.ok(slot);
    await rotation.assign(coordinator, slot.id, elma);
    await world.pass({ seconds: 11 });
    const given = notified().filter((line) => line.endsWith('turnGiven'));
    // And Vilma, who is of the project as well.
    assert.equal(given.length, crowd + 1);
    assert.equal(new Set(given).size, crowd + 1);
  });

  it('notifies many presenters of a question', async () => {
    const rotation = rotationService({ ...world.deps, people: world.people });
    const topics = topicService({
      ...world.deps,
      people: world.people,
      topics: topicStore(readablePartition(world.rows, world.partition)),
    });
    const [slot] = await world.next(await world.create('hankeradio'));
    assert.ok(slot);
    await rotation.assign(coordinator, slot.id, elma);
    await topics.ask(worker, slot.id, { text: 'Milloin alkaa?', formId: 'form-question' });
    await world.pass({ seconds: 11 });
    const asked = notified().filter((line) => line.endsWith('questionAsked'));
    assert.equal(asked.length, crowd);
    assert.equal(asked.includes(`${worker.id} questionAsked`), false);
  });

  it('is sent to nobody twice when it is expanded again after a crash', async () => {
    const rotation = rotationService({ ...world.deps, people: world.people });
    const [slot] = await world.next(await world.create('hankeradio'));
    assert.ok(slot);
    await rotation.assign(coordinator, slot.id, elma);
    const expanded: Message[] = [];
    const real = notifyManyDelivery({ people: world.people, outbox: world.outbox, kinds: [] });
    world.handle(
      anyKind('notifyMany', async (message) => {
        expanded.push(message);
        // The first time the process dies between two commits.
        if (expanded.length > 1) return handleMessage(real, message);
        let commits = 0;
        const commit: typeof world.outbox.commit = async (...given) => {
          commits += 1;
          if (commits > 2) throw new Error('gone');
          await world.outbox.commit(...given);
        };
        return handleMessage(
          notifyManyDelivery({ people: world.people, outbox: { commit }, kinds: [] }),
          message,
        );
      }),
    );
    await world.pass({ seconds: 11 });
    await world.pass({ seconds: 30 });
    assert.equal(expanded.length, 2);
    assert.equal(notified().length, crowd + 1);
    assert.equal(new Set(notified()).size, crowd + 1);
  });
});
