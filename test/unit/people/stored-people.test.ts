import assert from 'node:assert/strict';
import { MemoryRows } from '../../../src/adapters/memory/rows.js';
import { peopleStore } from '../../../src/people/store.js';
import { partitionOf } from '../../../src/platform/partition.js';
import type { PersonId } from '../../../src/platform/ids.js';
import { readablePartition } from '../../world/partition.js';

const chat = {
  tenantId: 'tenant',
  userId: '29:one',
  serviceUrl: 'http://127.0.0.1:1/',
  channelId: 'msteams',
  botId: '28:bot',
};
const vilma = { id: 'vilma', name: 'Vilma', role: 'worker', language: 'fi', projects: ['elma'], chat };
const names = { fi: 'Hankkeet', sv: 'Projekten', en: 'Projects' };
const programme = { names, projects: [{ id: 'elma', names }] };

describe('people and programme that an older version stored', () => {
  it('are read as today’s: the programme has an id, and the partition in which it always was', async () => {
    const rows = new MemoryRows();
    await rows.commit('programme', [
      { op: 'put', key: 'person|vilma', value: vilma },
      { op: 'put', key: 'programme', value: programme },
    ]);
    const store = peopleStore(readablePartition(rows, 'programme'));
    assert.deepEqual((await store.find('vilma' as PersonId))?.value, vilma);
    assert.deepEqual(await store.programme(), { id: 'programme', partition: 'programme', ...programme });
  });

  it('are left out and reported where they can’t be read, and nobody else with them', async () => {
    const rows = new MemoryRows();
    await rows.commit('programme', [
      { op: 'put', key: 'person|kalle', value: { id: 'kalle', role: 'king' } },
      { op: 'put', key: 'person|vilma', value: vilma },
    ]);
    const reported: unknown[] = [];
    const log = {
      error: (event: string, facts?: Readonly<Record<string, unknown>>) => reported.push([event, facts?.key]),
    };
    assert.deepEqual(await peopleStore(partitionOf(rows, 'programme', log)).everybody(), [vilma]);
    assert.deepEqual(reported, [['row.unreadable', 'person|kalle']]);
  });
});
