import assert from 'node:assert/strict';
import sinon from 'sinon';
import { AppError } from '../../../src/platform/errors.js';
import type { PersonId } from '../../../src/platform/ids.js';
import { peopleService } from '../../../src/people/service.js';
import { peopleStore } from '../../../src/people/store.js';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import { programme } from '../../make.js';
import { handClock } from '../../world/clock.js';
import { readablePartition } from '../../world/partition.js';

const user = { aadObjectId: 'aad-1', id: '29:one', name: 'Uusi Ihminen', locale: 'sv-FI' };
const chat = {
  tenantId: 'tenant',
  userId: '29:one',
  conversationId: 'a:1',
  serviceUrl: 'http://127.0.0.1:1/',
  channelId: 'msteams',
  botId: '28:bot',
};

/** People on rows in memory; `commit` is the real one, watched. */
function world() {
  const rows = new MemoryRows();
  const clock = handClock();
  const commit = sinon.spy((changes: Parameters<MemoryRows['commit']>[1]) => rows.commit('test', changes));
  const store = peopleStore(readablePartition(rows));
  const people = peopleService({ store, outbox: { commit }, clock });
  return { people, commit, clock, store };
}

describe('people service', () => {
  it('enrols a member of the tenant who is new as a worker, in the language of their Teams', async () => {
    const { people } = world();
    const person = await people.byTeamsUser(user);
    assert.deepEqual(
      [person.id, person.role, person.language, person.projects],
      ['aad-1', 'worker', 'sv', []],
    );
    assert.deepEqual(await people.get(person.id), person);
  });

  it('knows the same person by an object id in either case', async () => {
    const { people } = world();
    const ids = ['5A0F6C0E-3B7C-4A57-9A0A-3F4F1C7D2B01', '5a0f6c0e-3b7c-4a57-9a0a-3f4f1c7d2b01'];
    const all = await Promise.all(ids.map((aadObjectId) => people.byTeamsUser({ ...user, aadObjectId })));
    assert.deepEqual(
      all.map(({ id }) => id),
      [ids[1], ids[1]],
    );
  });

  it('enrols somebody who writes three times at once only once', async () => {
    const { people } = world();
    const all = await Promise.all([1, 2, 3].map(() => people.byTeamsUser(user)));
    assert.equal(new Set(all.map(({ id }) => id)).size, 1);
    assert.equal((await people.all()).length, 1);
  });

  it('makes an id for a user whom the directory does not know, the same each time', async () => {
    const { people } = world();
    const guest = { id: '29:guest/with#odd?signs', name: 'Guest' };
    const [first, again] = [await people.byTeamsUser(guest), await people.byTeamsUser(guest)];
    assert.match(first.id, /^[0-9a-f]+$/);
    assert.equal(first.id, again.id);
  });

  it('stores a language and a chat address only when they change', async () => {
    const { people, commit } = world();
    const { id } = await people.byTeamsUser(user);
    // That of Teams was nobody's choice: choosing the same one is stored.
    await people.setLanguage(id, 'sv');
    commit.resetHistory();
    await people.setLanguage(id, 'sv');
    sinon.assert.notCalled(commit);
    await people.rememberChat(id, chat);
    await people.rememberChat(id, { ...chat });
    sinon.assert.calledOnce(commit);
    assert.equal((await people.get(id)).chat?.conversationId, 'a:1');
  });

  it('asks for the programme once a minute at most', async () => {
    const { people, clock, store } = world();
    await people.add(programme, []);
    const read = sinon.spy(store, 'programme');
    await people.programme();
    await people.programme();
    sinon.assert.calledOnce(read);
    clock.forward({ minutes: 2 });
    await people.programme();
    sinon.assert.calledTwice(read);
  });

  it('knows nobody else', async () => {
    const { people } = world();
    const isUnknown = (error: unknown): boolean =>
      error instanceof AppError && error.code === 'signIn.unknownPerson';
    await assert.rejects(people.get('nobody' as PersonId), isUnknown);
    await assert.rejects(people.setLanguage('nobody' as PersonId, 'fi'), isUnknown);
  });
});
