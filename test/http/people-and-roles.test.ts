import assert from 'node:assert/strict';
import { makeBigRoom } from '../../src/compose.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import type { Person } from '../../src/people/person.js';
import type { Role } from '../../src/platform/actor.js';
import type { PersonId } from '../../src/platform/ids.js';
import type { SessionAnswer } from '../../src/shared/answers/people.js';
import type {
  MemberAnswer,
  MembersAnswer,
  SettingsAuditAnswer,
  ShownMember,
} from '../../src/shared/answers/settings.js';
import { programme, submission } from '../make.js';
import { testAdapters } from '../world/adapters.js';
import { fails } from '../world/fails.js';
import { httpWorld, type HttpWorld } from './world.js';

const newId = '1f0c2a9e-0000-4000-8000-0123456789ab';
const path = '/api/people-and-roles';
const maija = { id: newId, name: 'Maija Uusi', language: 'sv', role: 'translator', projects: ['elma'] };

describe('people and roles', () => {
  let world: HttpWorld;

  beforeEach(async () => {
    world = await httpWorld();
  });

  afterEach(() => world.stop());

  async function ok<Answer>(
    method: string,
    at: string,
    body?: unknown,
    who: Role = 'admin',
  ): Promise<Answer> {
    const answer = await world.ask(method, at, who, body);
    assert.ok(answer.status < 300, `${method} ${at} ${String(answer.status)} ${await answer.clone().text()}`);
    return (await answer.json()) as Answer;
  }

  async function refused(method: string, at: string, body?: unknown, who: Role = 'admin'): Promise<string> {
    const answer = await world.ask(method, at, who, body);
    const { code, fields = [] } = (await answer.json()) as {
      readonly code?: string;
      readonly fields?: readonly { readonly field: string; readonly code: string }[];
    };
    return [String(answer.status), code, ...fields.map((fault) => `${fault.field}:${fault.code}`)].join(' ');
  }

  const members = async (): Promise<readonly ShownMember[]> => (await ok<MembersAnswer>('get', path)).members;
  const member = async (id: string): Promise<ShownMember> =>
    (await members()).find((each) => each.id === id) ?? assert.fail(id);
  const give = (id: string, role: Role, seen: Role) => ({ role, seen: { role: seen } });

  it('are listed by name, without where people are reached', async () => {
    const all = await members();
    assert.deepEqual(
      all.map(({ id }) => id),
      ['admin', 'approver', 'coordinator', 'translator', 'worker'],
    );
    assert.deepEqual(all.at(-1), {
      id: 'worker',
      name: 'Demo worker',
      role: 'worker',
      roleFrom: 'here',
      language: 'fi',
      projects: [],
      inChat: 'never',
      may: { changeRole: true, remove: true },
    });
  });

  it('change at once: the next request has the rights of the new role', async () => {
    const list = () => world.ask('get', '/api/news', 'worker');
    assert.equal((await list()).status, 403);
    await ok<MemberAnswer>('put', `${path}/worker/role`, give('worker', 'approver', 'worker'));
    assert.equal((await list()).status, 200);
    const session = await ok<SessionAnswer>('get', '/api/session', undefined, 'worker');
    assert.equal(session.person.role, 'approver');
  });

  it('are not given over what somebody else gave meanwhile', async () => {
    await ok('put', `${path}/worker/role`, give('worker', 'translator', 'worker'));
    assert.equal(
      await refused('put', `${path}/worker/role`, give('worker', 'approver', 'worker')),
      '409 edit.conflict role:changedMeanwhile',
    );
    assert.equal(
      await refused('put', `${path}/worker/role`, { role: 'king', seen: { role: 'worker' } }),
      '400 input.invalid role:unknownChoice',
    );
    assert.equal(
      await refused('put', `${path}/nobody/role`, give('nobody', 'approver', 'worker')),
      '404 person.notFound',
    );
  });

  it('take somebody in before they have written to the bot, once', async () => {
    const { member: added } = await ok<MemberAnswer>('post', path, {
      ...maija,
      id: ` ${newId.toUpperCase()} `,
    });
    assert.deepEqual(
      [added.id, added.role, added.inChat, added.projects],
      [newId, 'translator', 'never', ['elma']],
    );
    assert.equal(await refused('post', path, maija), '409 person.standsAlready');
    // Writing to the bot, they are who was added, in the role that they were given.
    const met = await world.bigRoom.people.byTeamsUser({ id: '29:x', aadObjectId: newId, name: 'Maija U.' });
    assert.deepEqual([met.role, met.name], ['translator', 'Maija Uusi']);
  });

  it('name what is wrong with somebody who is to be added', async () => {
    for (const [wrong, fault] of [
      [{ id: 'maija@example.org' }, 'id:notADirectoryId'],
      [{ name: ' ' }, 'name:required'],
      [{ projects: ['nowhere'] }, 'projects:unknownChoice'],
      [{ role: 'owner' }, 'role:unknownChoice'],
    ] as const)
      assert.equal(await refused('post', path, { ...maija, ...wrong }), `400 input.invalid ${fault}`);
  });

  it('let nobody in who was removed, and keep what they wrote', async () => {
    const { item } = await world.bigRoom.news.submit(
      await world.bigRoom.people.get('worker' as PersonId),
      submission(),
    );
    await ok('del', `${path}/worker`);
    assert.equal((await world.ask('get', '/api/session', 'worker')).status, 401);
    const kept = await ok<{ item: { author: { name: string } } }>(
      'get',
      `/api/news/${item.id}`,
      undefined,
      'coordinator',
    );
    assert.equal(kept.item.author.name, 'Demo worker');
    await fails(
      world.bigRoom.people.byTeamsUser({ id: '29:w', aadObjectId: 'worker', name: 'W' }),
      'person.left',
    );
    assert.equal((await member('worker')).left?.by.id, 'admin');
    assert.ok((await world.bigRoom.people.all()).every(({ id }) => id !== 'worker'));
    assert.equal(
      await refused('put', `${path}/worker/role`, give('worker', 'admin', 'worker')),
      '404 person.notFound',
    );
  });

  it('say who did what', async () => {
    await ok('post', path, maija);
    await ok('put', `${path}/${newId}/role`, give(newId, 'approver', 'translator'));
    await ok('put', `${path}/${newId}/projects`, { projects: ['digi'], seen: { projects: ['elma'] } });
    await ok('del', `${path}/${newId}`);
    const { lines } = await ok<SettingsAuditAnswer>('get', `${path}/audit`);
    assert.deepEqual(lines.map(({ by, event }) => [by?.id, event.action]).sort(), [
      ['admin', 'addPerson'],
      ['admin', 'removePerson'],
      ['admin', 'setProjects'],
      ['admin', 'setRole'],
    ]);
  });

  it('leave one admin at least', async () => {
    assert.deepEqual((await member('admin')).may, { changeRole: false, remove: false });
    assert.equal(
      await refused('put', `${path}/admin/role`, give('admin', 'worker', 'admin')),
      '409 person.lastAdmin',
    );
    assert.equal(await refused('del', `${path}/admin`), '409 person.lastAdmin');
    await ok('put', `${path}/coordinator/role`, give('coordinator', 'admin', 'coordinator'));
    await ok('put', `${path}/admin/role`, give('admin', 'worker', 'admin'));
    assert.equal((await world.ask('get', path, 'admin')).status, 403);
  });

  it('leave one of two admins who take the role from each other at the same moment', async () => {
    await ok('put', `${path}/coordinator/role`, give('coordinator', 'admin', 'coordinator'));
    const [one, other] = await Promise.all([
      world.ask('put', `${path}/coordinator/role`, 'admin', give('coordinator', 'worker', 'admin')),
      world.ask('put', `${path}/admin/role`, 'coordinator', give('admin', 'worker', 'admin')),
    ]);
    assert.deepEqual([one.status, other.status].sort(), [200, 409]);
    const left = (await world.bigRoom.people.all()).filter(({ role }) => role === 'admin');
    assert.equal(left.length, 1);
  });

  describe('of those whom the installation names', () => {
    const named = 'named' as PersonId;
    const make = async () => {
      const adapters = { ...testAdapters({ rows: new MemoryRows() }), admins: [named] };
      const bigRoom = makeBigRoom(adapters);
      const person = (id: string, role: Role): Person => ({
        id: id as PersonId,
        name: id,
        role,
        language: 'fi',
        projects: [],
      });
      await bigRoom.people.add(programme, [person('named', 'worker'), person('other', 'admin')]);
      return { ...bigRoom, other: person('other', 'admin') };
    };

    it('are admins on every read, in the bot too, whatever role is kept', async () => {
      const { people } = await make();
      const byBot = await people.byTeamsUser({ id: '29:n', aadObjectId: 'named', name: 'N' });
      const all = await people.all();
      assert.deepEqual(
        [
          (await people.get(named)).role,
          (await people.find(named))?.role,
          byBot.role,
          all.find(({ id }) => id === named)?.role,
        ],
        ['admin', 'admin', 'admin', 'admin'],
      );
      // What is changed of them otherwise keeps no role that they were not given.
      await people.setLanguage(named, 'sv');
      assert.equal((await people.get(named)).role, 'admin');
    });

    it('have what was kept of them before, once they are named no more', async () => {
      const rows = new MemoryRows();
      const of = (admins: readonly PersonId[]) => makeBigRoom({ ...testAdapters({ rows }), admins });
      const before = of([]);
      const other: Person = {
        id: 'other' as PersonId,
        name: 'o',
        role: 'admin',
        language: 'fi',
        projects: [],
      };
      const people = ['named', 'gone'].map((id): Person => ({
        ...other,
        id: id as PersonId,
        name: id,
        role: 'coordinator',
      }));
      await before.people.add(programme, [other, ...people]);
      const gone = 'gone' as PersonId;
      await before.members.remove(other, gone);
      const during = of([named, gone]);
      const elma = programme.projects.map(({ id }) => id).slice(0, 1);
      for (const id of [named, gone]) {
        assert.equal((await during.people.byTeamsUser({ id, aadObjectId: id, name: id })).role, 'admin', id);
        assert.equal((await during.members.setProjects(other, id, elma)).person.role, 'admin', id);
      }
      const after = of([]);
      assert.equal((await after.people.get(named)).role, 'coordinator');
      assert.equal(await after.people.find(gone), undefined);
    });

    it('can’t lose it here, and let the last other admin go', async () => {
      const { members: service, other } = await make();
      await fails(service.setRole(other, named, 'worker'), 'person.roleGiven');
      await fails(service.remove(other, named), 'person.roleGiven');
      const shown = await service.all(other);
      assert.deepEqual(
        shown.map(({ roleFrom, may }) => [roleFrom, may.changeRole]),
        [
          ['installation', false],
          ['here', true],
        ],
      );
      await service.setRole(other, other.id, 'worker');
    });
  });
});
