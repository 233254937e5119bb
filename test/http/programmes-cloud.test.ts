import assert from 'node:assert/strict';
import { localIntranetModule } from '../../src/adapters/local-intranet/module.js';
import { MemoryMark } from '../../src/adapters/memory/high-water-mark.js';
import { MemoryQueue } from '../../src/adapters/memory/queue.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import { installationOf, type Installation } from '../../src/installation.js';
import { instanceOf } from '../../src/instance.js';
import type { PersonId } from '../../src/platform/ids.js';
import type { Person } from '../../src/people/person.js';
import type { IntranetAnswer } from '../../src/shared/answers/intranet.js';
import { programme } from '../make.js';
import { testAdapters } from '../world/adapters.js';
import { handClock } from '../world/clock.js';
import { listen, type Listening } from './listen.js';

const admin: Person = {
  id: 'admin' as PersonId,
  name: 'Demo admin',
  role: 'admin',
  language: 'fi',
  projects: [],
};
const names = { fi: 'Lännen hankkeet', sv: 'Västra projekten', en: 'Western projects' };

describe('a further programme whose intranet is for members', () => {
  let installation: Installation;
  let server: Listening;
  let end: () => Promise<void>;

  beforeEach(async () => {
    const clock = handClock('2026-11-23T08:00:00Z');
    const adapters = testAdapters({
      rows: new MemoryRows(),
      clock,
      queuesOf: () => ({
        queue: new MemoryQueue(clock),
        fanOutQueue: new MemoryQueue(clock),
        mark: new MemoryMark(),
        prepare: () => Promise.resolve(),
      }),
      firstStart: ({ people }) => people.add(programme, [admin]),
      modules: (deps) => [localIntranetModule({ ...deps, audience: 'members' })],
    });
    installation = installationOf(adapters);
    const instance = instanceOf(installation, undefined);
    await instance.begin();
    server = await listen(instance.server);
    end = async () => {
      await server.stop();
      await instance.stop();
    };
    assert.equal((await ask('/api/programmes', { name: 'lansi', names })).status, 201);
  });
  afterEach(() => end());

  const ask = (path: string, body?: unknown): Promise<Response> =>
    fetch(server.url + path, {
      method: body === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { authorization: 'Trial admin', 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const intranetOf = async (base: string): Promise<IntranetAnswer> =>
    (await (await ask(`${base}/api/intranet`)).json()) as IntranetAnswer;

  it('leads from the addresses of its pages into its own tab', async () => {
    for (const [path, location] of [
      ['/intranet/fi/a', '/#/intranet/fi/a'],
      ['/p/lansi/intranet', '/p/lansi/#/intranet/fi'],
      ['/p/lansi/intranet/sv', '/p/lansi/#/intranet/sv'],
      ['/p/lansi/intranet/fi/a', '/p/lansi/#/intranet/fi/a'],
    ] as const) {
      const { status, headers } = await ask(path);
      assert.deepEqual([status, headers.get('location')], [303, location], path);
    }
  });

  it('has feeds whose keys open no feed of the other programme', async () => {
    const [here, there] = [await intranetOf(''), await intranetOf('/p/lansi')];
    assert.ok(here.at === 'here' && there.at === 'here');
    const [own, theirs] = [here, there].map(({ feeds }) => new URL(feeds[0]?.atom ?? '').pathname);
    assert.ok(own !== undefined && theirs?.startsWith('/p/lansi/') === true);
    assert.equal((await ask(own)).status, 200);
    assert.equal((await ask(theirs)).status, 200);
    assert.equal((await ask(`/p/lansi${own}`)).status, 404);
    assert.equal((await ask(theirs.replace('/p/lansi', ''))).status, 404);
  });
});
