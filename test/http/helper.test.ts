import assert from 'node:assert/strict';
import type { HelperAnswer, HelperAuditAnswer } from '../../src/shared/answers/contacts.js';
import type { SeriesAnswer } from '../../src/shared/answers/sessions.js';
import type { Problem } from '../../src/http/problem.js';
import { programmePartition } from '../../src/compose.js';
import { keyedHash } from '../../src/platform/keyed-hash.js';
import { publicSignatures } from '../../src/sessions/coming/links.js';
import { coordinator } from '../make.js';
import { seriesForm } from '../make-sessions.js';
import { readablePartition } from '../world/partition.js';
import { httpWorld, type HttpWorld } from './world.js';

const eeva = { name: 'Eeva Esimerkki', phone: '+358 40 000 0000', address: 'eeva@example.org' };
const sven = { name: 'Sven Sundberg', phone: '', address: 'sven@example.org' };

describe('whom people outside ask', () => {
  let world: HttpWorld;

  beforeEach(async () => {
    world = await httpWorld();
  });

  afterEach(() => world.stop());

  async function send<Answer>(method: string, path: string, body?: unknown) {
    const response = await world.ask(method, path, 'coordinator', body);
    return { status: response.status, answer: (await response.json()) as Answer & Problem };
  }
  const current = async (): Promise<HelperAnswer> => (await send<HelperAnswer>('get', '/api/helper')).answer;
  const set = (helper: unknown, seen: unknown) =>
    send('put', '/api/helper', { helper, seen: { helper: seen } });

  it('is set by a coordinator, and taken back to whom the installation names', async () => {
    const { usual } = await current();
    assert.deepEqual(await current(), { helper: null, usual });
    assert.equal((await set(eeva, null)).status, 200);
    assert.deepEqual(await current(), { helper: eeva, usual });
    assert.deepEqual((await world.bigRoom.people.programme()).helper, eeva);
    const { phone: _none, ...withoutPhone } = sven;
    assert.equal((await set(sven, eeva)).status, 200);
    assert.deepEqual((await current()).helper, withoutPhone);
    assert.equal((await set(null, withoutPhone)).status, 200);
    assert.deepEqual(await current(), { helper: null, usual });
  });

  it('has a trail of who was named by whom', async () => {
    await set(eeva, null);
    await set(eeva, eeva);
    world.clock.forward({ minutes: 1 });
    await set(null, eeva);
    const { lines } = (await send<HelperAuditAnswer>('get', '/api/helper/audit')).answer;
    assert.deepEqual(
      lines.map(({ by, event }) => [by?.name, event]),
      [
        ['Demo coordinator', { action: 'setHelper' }],
        ['Demo coordinator', { action: 'setHelper', name: eeva.name }],
      ],
    );
  });

  it('is not written over by somebody who saw another', async () => {
    await set(eeva, null);
    const { status, answer } = await set(sven, null);
    assert.deepEqual([status, answer.code], [409, 'edit.conflict']);
    assert.deepEqual((await current()).helper, eeva);
    assert.equal((await world.ask('put', '/api/helper', 'worker', { helper: null })).status, 403);
  });

  it('says at the field what is wrong', async () => {
    const wrong = await set({ name: ' ', phone: 'soita', address: 'eeva(at)' }, null);
    assert.deepEqual(
      [wrong.status, wrong.answer.fields?.map(({ field, code }) => `${field} ${code}`)],
      [400, ['helper.name required', 'helper.phone notAPhone', 'helper.address notAnAddress']],
    );
    for (const nonsense of ['x', 7, [], { name: { fi: 'x' } }])
      assert.equal((await set(nonsense, null)).status, 400, JSON.stringify(nonsense));
  });

  it('is another for a series that has its own, on its public page too', async () => {
    await set(eeva, null);
    const { series } = await world.bigRoom.series.create(coordinator, seriesForm('hankeradio'));
    const signatures = publicSignatures(keyedHash(readablePartition(world.rows, programmePartition)));
    const page = async (): Promise<string> =>
      (await fetch(`${world.url}/open/${await signatures.pageKey(series)}?language=sv`)).text();
    assert.match(await page(), /Mer information: Eeva Esimerkki, <a [^>]*href="tel:\+358400000000"/);
    const path = `/api/series/${series.id}`;
    const own = await send<SeriesAnswer>('put', path, { helper: sven, seen: { helper: null } });
    assert.equal(own.status, 200);
    assert.match(await page(), /Mer information: Sven Sundberg, <a [^>]*href="mailto:sven@example\.org"/);
    const late = await send('put', path, { helper: eeva, seen: { helper: null } });
    assert.equal(late.status, 409);
    const seen = { helper: own.answer.series.helper };
    assert.equal((await send('put', path, { helper: null, seen })).status, 200);
    assert.match(await page(), /Eeva Esimerkki/);
    const { answer } = await send<SeriesAnswer>('get', path);
    assert.deepEqual([answer.series.helper, answer.series.sequence], [undefined, series.sequence]);
  });
});
