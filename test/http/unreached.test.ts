import assert from 'node:assert/strict';
import { noticeTo } from '../../src/delivery/notices.js';
import type { PersonId } from '../../src/platform/ids.js';
import type { UnreachedAnswer } from '../../src/shared/answers/messages.js';
import type { OverviewAnswer } from '../../src/shared/answers/overview.js';
import { occurrenceId } from '../../src/sessions/occurrences/occurrence.js';
import { seriesId } from '../unit/sessions/reminders/reminders-world.js';
import { httpWorld, type HttpWorld } from './world.js';

describe('people who could not be reached, over http', () => {
  let world: HttpWorld;
  const [first, second] = ['2026-12-01', '2026-12-08'].map((date) => occurrenceId(seriesId(1), date));
  const [worker, admin] = ['worker', 'admin'].map((id) => id as PersonId);

  beforeEach(async () => {
    world = await httpWorld();
    const { outbox } = world.bigRoom;
    const keep = async (personId: PersonId, occurrence: typeof first, act: string, reason: string) => {
      const notice = { about: 'presenterThanks', occurrenceId: occurrence };
      const message = noticeTo(personId, notice, { dueAt: world.clock.iso(), act });
      await outbox.keepFor(message, { personId, reason, subject: `occurrence:${String(occurrence)}` });
    };
    await keep(worker!, first, 'one', 'noChat');
    world.clock.forward({ hours: 1 });
    await keep(worker!, second, 'two', 'neverMet');
    await keep(admin!, second, 'three', '403 ConversationBlockedByUser');
  });

  afterEach(() => world.stop());

  const answer = async <Value>(path: string): Promise<Value> => {
    const response = await world.ask('get', path, 'coordinator');
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()) as Value;
  };

  it('are named with why, with how much waits for them, and since when', async () => {
    const { people } = await answer<UnreachedAnswer>('/api/unreached');
    assert.deepEqual(
      people.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
      [
        { personId: admin, name: 'Demo admin', why: 'closed', count: 1, since: '2026-11-23T09:00:00Z' },
        { personId: worker, name: 'Demo worker', why: 'neverMet', count: 2, since: '2026-11-23T08:00:00Z' },
      ],
    );
  });

  it('are named of one session alone, where it is asked for', async () => {
    const about = (id: typeof first) => `/api/unreached?about=occurrence:${String(id)}`;
    const names = async (path: string) =>
      (await answer<UnreachedAnswer>(path)).people
        .map(({ name, count }) => `${name} ${String(count)}`)
        .sort();
    assert.deepEqual(await names(about(first)), ['Demo worker 1']);
    assert.deepEqual(await names(about(second)), ['Demo admin 1', 'Demo worker 1']);
    assert.deepEqual(await names('/api/unreached?about=occurrence:none'), []);
  });

  it('are counted on the overview of those who may see it, as people', async () => {
    assert.equal((await answer<OverviewAnswer>('/api/overview')).unreached, 2);
    const theirs = await world.ask('get', '/api/overview', 'worker');
    assert.ok(!('unreached' in ((await theirs.json()) as object)));
  });
});
