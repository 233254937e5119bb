import assert from 'node:assert/strict';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import { memberService } from '../../../src/people/members.js';
import type { Person } from '../../../src/people/person.js';
import { peopleService } from '../../../src/people/service.js';
import { peopleStore } from '../../../src/people/store.js';
import { substitutionService, type SubstitutionChange } from '../../../src/people/substitutions.js';
import type { Role } from '../../../src/platform/actor.js';
import type { PersonId } from '../../../src/platform/ids.js';
import { overAt } from '../../../src/settings/substitutes/notices.js';
import { programme } from '../../make.js';
import { handClock } from '../../world/clock.js';
import { readablePartition } from '../../world/partition.js';

const id = (name: string): PersonId => name as PersonId;
const person = (name: string, role: Role = 'worker'): Person => ({
  id: id(name),
  name,
  role,
  language: 'fi',
  projects: [],
});
const [aino, eeva, sara, tuomo] = [
  person('aino', 'coordinator'),
  person('eeva'),
  person('sara'),
  person('tuomo', 'admin'),
] as const;

/** Four people on rows in memory; `done` is what those concerned are notified of. */
async function world(start = '2026-11-30T10:00:00Z') {
  let count = 0;
  const rows = new MemoryRows({ onTrip: () => count++ });
  const clock = handClock(start);
  const store = peopleStore(readablePartition(rows));
  const done: SubstitutionChange[] = [];
  const outbox = { commit: (changes: Parameters<MemoryRows['commit']>[1]) => rows.commit('test', changes) };
  const people = peopleService({ store, outbox, clock });
  const members = memberService({ store, outbox, clock, admins: [] });
  const substitutions = substitutionService({
    store,
    outbox,
    clock,
    undoSeconds: 10,
    messagesOf: (change) => {
      done.push(change);
      return [];
    },
  });
  await people.add(programme, [aino, eeva, sara, tuomo]);
  let forms = 0;
  const set = (absent: Person, substitute: Person, from: string, to: string, by: Person = absent) => {
    forms += 1;
    const formId = `form-${String(forms).padStart(4, '0')}`;
    return substitutions.set(by, { formId, absent: absent.id, substitute: substitute.id, from, to });
  };
  /** For whom somebody acts now. */
  const actsFor = async ({ id: who }: Person) =>
    ((await people.acting(await people.get(who))).actsFor ?? []).map((each) => `${each.id} ${each.role}`);
  return { rows, trips: () => count, clock, people, members, substitutions, store, done, set, actsFor };
}

describe('substitutions', () => {
  it('begin at midnight in Helsinki and last to the end of their last day', async () => {
    const { set, actsFor, clock } = await world('2026-11-30T21:59:59Z');
    await set(aino, eeva, '2026-12-01', '2026-12-02');
    assert.deepEqual(await actsFor(eeva), []);
    clock.forward({ seconds: 1 });
    assert.deepEqual(await actsFor(eeva), ['aino coordinator']);
    clock.forward({ hours: 47, minutes: 59, seconds: 59 });
    assert.deepEqual(await actsFor(eeva), ['aino coordinator']);
    clock.forward({ seconds: 1 });
    assert.deepEqual(await actsFor(eeva), []);
  });

  it('last for the whole of a day on which the clocks change', async () => {
    // 28 March 2027 has 23 hours in Helsinki, 25 October 2026 has 25.
    for (const [date, begins, hours] of [
      ['2027-03-28', '2027-03-27T22:00:00Z', 23],
      ['2026-10-25', '2026-10-24T21:00:00Z', 25],
    ] as const) {
      const { set, actsFor, clock } = await world(begins);
      await set(aino, eeva, date, date);
      clock.forward({ hours: hours - 1, minutes: 59, seconds: 59 });
      assert.deepEqual(await actsFor(eeva), ['aino coordinator'], date);
      clock.forward({ seconds: 1 });
      assert.deepEqual(await actsFor(eeva), [], date);
    }
  });

  it('are over for the absent person in the morning after, whatever the clocks do', () => {
    assert.equal(overAt({ to: '2026-12-05' }), '2026-12-06T06:00:00Z');
    assert.equal(overAt({ to: '2027-03-27' }), '2027-03-28T05:00:00Z');
  });

  it('lend the role as it is now, and of an admin only what a coordinator may', async () => {
    const { set, actsFor, members } = await world();
    await set(tuomo, eeva, '2026-11-30', '2026-11-30');
    assert.deepEqual(await actsFor(eeva), ['tuomo coordinator']);
    await set(aino, sara, '2026-11-30', '2026-11-30');
    await members.setRole(tuomo, aino.id, 'translator');
    assert.deepEqual(await actsFor(sara), ['aino translator']);
  });

  const refusal = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work;
      return 'none';
    } catch (error) {
      const { code, details } = error as { code?: string; details?: Record<string, string> };
      return [code, ...Object.values(details ?? {})].join(' ');
    }
  };

  it('refuse oneself, two at a time, somebody who is away, and a chain, by name and days', async () => {
    const { set } = await world();
    assert.equal(await refusal(set(aino, aino, '2026-12-01', '2026-12-05')), 'substitution.oneself');
    await set(aino, eeva, '2026-12-01', '2026-12-05');
    assert.equal(
      await refusal(set(aino, sara, '2026-12-05', '2026-12-06')),
      'substitution.overlaps eeva 2026-12-01 2026-12-05',
    );
    assert.equal(
      await refusal(set(sara, aino, '2026-11-30', '2026-12-01')),
      'substitution.substituteAway aino 2026-12-01 2026-12-05',
    );
    assert.equal(
      await refusal(set(eeva, sara, '2026-12-04', '2026-12-08')),
      'substitution.actsForOther eeva aino 2026-12-01 2026-12-05',
    );
    // Beside each other they may stand, and one person may act for two.
    await set(aino, sara, '2026-12-06', '2026-12-06');
    await set(sara, eeva, '2026-12-01', '2026-12-05');
  });

  it('let no chain through that two people make at the same moment', async () => {
    const { set, store } = await world();
    const both = await Promise.all([
      refusal(set(aino, eeva, '2026-12-01', '2026-12-05')),
      refusal(set(eeva, sara, '2026-12-03', '2026-12-04')),
    ]);
    assert.equal(both.filter((each) => each === 'none').length, 1, both.join('; '));
    const everybody = await store.everybody();
    assert.equal(everybody.flatMap(({ absences = [] }) => absences).length, 1);
  });

  it('are each one’s own to set, and everybody’s for an admin; what is lent is not enough', async () => {
    const { set, people } = await world();
    assert.match(await refusal(set(aino, eeva, '2026-12-01', '2026-12-01', sara)), /^permission\.denied/);
    await set(tuomo, eeva, '2026-11-30', '2026-11-30');
    const acting = await people.acting(await people.get(eeva.id));
    assert.match(await refusal(set(aino, sara, '2026-12-01', '2026-12-01', acting)), /^permission\.denied/);
    await set(aino, eeva, '2026-12-01', '2026-12-01', tuomo);
  });

  it('are set once by the same form sent twice', async () => {
    const { substitutions, done } = await world();
    const form = {
      formId: 'form-9999',
      absent: aino.id,
      substitute: eeva.id,
      from: '2026-12-01',
      to: '2026-12-01',
    };
    const both = await Promise.all([substitutions.set(aino, form), substitutions.set(aino, form)]);
    assert.equal(both[0].id, both[1].id);
    assert.equal(done.length > 0, true);
    assert.equal((await substitutions.list(aino)).mine.length, 1);
  });

  it('end at once for everybody, and come back by an undo of who ended them', async () => {
    const { set, substitutions, actsFor, rows, clock } = await world();
    const { id: which } = await set(aino, eeva, '2026-11-30', '2026-12-05');
    const other = peopleService({
      store: peopleStore(readablePartition(rows)),
      outbox: { commit: (changes) => rows.commit('test', changes) },
      clock,
    });
    const before = await other.acting(await other.get(eeva.id));
    assert.equal(before.actsFor?.length, 1);
    await substitutions.end(eeva, aino.id, which);
    assert.equal((await other.acting(before)).actsFor, undefined);
    assert.match(await refusal(substitutions.restore(aino, aino.id, which)), /^undo\.tooLate/);
    await substitutions.restore(eeva, aino.id, which);
    assert.deepEqual(await actsFor(eeva), ['aino coordinator']);
  });

  it('come back by no undo where other days were planned meanwhile', async () => {
    const { set, substitutions } = await world();
    const { id: which } = await set(aino, eeva, '2026-12-01', '2026-12-05');
    await substitutions.end(aino, aino.id, which);
    await set(eeva, sara, '2026-12-02', '2026-12-03');
    assert.equal(
      await refusal(substitutions.restore(aino, aino.id, which)),
      'substitution.substituteAway eeva 2026-12-02 2026-12-03',
    );
  });

  it('end visibly with whoever leaves the programme, and do not come back with them', async () => {
    const { set, substitutions, members, actsFor, store } = await world();
    await set(aino, eeva, '2026-11-30', '2026-12-05');
    await set(sara, aino, '2026-12-10', '2026-12-11');
    await members.remove(tuomo, eeva.id);
    const [mine] = (await substitutions.list(aino)).mine;
    assert.equal(mine?.ended?.because, 'substituteLeft');
    const { lines } = await store.audit.page('people');
    assert.ok(lines.some(({ event }) => event.action === 'endSubstitute'));
    await members.add(tuomo, eeva);
    assert.deepEqual(await actsFor(eeva), []);
    await members.remove(tuomo, sara.id);
    assert.deepEqual((await substitutions.list(aino)).standsIn, []);
    assert.equal((await store.find(aino.id))?.value.standsInFor?.length ?? 0, 0);
  });

  it('cost nobody a round trip who acts for nobody', async () => {
    const { people, set, trips } = await world();
    const before = trips();
    assert.equal((await people.acting(eeva)).actsFor, undefined);
    assert.equal(trips(), before);
    await set(aino, eeva, '2026-11-30', '2026-11-30');
    const asked = await people.get(eeva.id);
    const second = trips();
    assert.equal((await people.acting(asked)).actsFor?.length, 1);
    assert.equal(trips(), second + 1);
  });
});
