import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { z } from 'zod';
import { Agent } from 'undici';
import { exchange, GraphFault } from '../../../../src/adapters/graph/graph-http.js';
import type { GraphFailure } from '../../../world/graph/graph.js';
import { selfSigned } from '../../../world/teams/certificate.js';
import { Connector } from '../../../world/teams/connector.js';
import { graphWorld, type GraphWorld } from '../../../world/graph/world.js';

const reading = { method: 'GET', path: '/events' } as const;
const writing = {
  method: 'POST',
  path: '/sendMail',
  body: { message: { subject: 'x', body: { contentType: 'HTML', content: 'x' }, toRecipients: [] } },
} as const;

describe('the client of Graph', () => {
  let world: GraphWorld;

  beforeEach(async () => {
    world = await graphWorld();
  });
  afterEach(() => world.close());

  const read = () => world.client.call(world.graph.organiser, reading);
  const write = () => world.client.call(world.graph.organiser, writing);
  const faultOf = async (call: Promise<unknown>): Promise<GraphFault> => {
    const [{ status, ...settled }] = await Promise.allSettled([call]);
    assert.equal(status, 'rejected');
    const { reason } = settled as { reason: unknown };
    assert.ok(reason instanceof GraphFault, String(reason));
    return reason;
  };

  it('asks for one token, however many need it, and for another shortly before its end', async () => {
    await Promise.all([read(), read(), read()]);
    assert.equal(world.graph.tokensGiven, 1);
    world.clock.forward({ minutes: 54 });
    await read();
    assert.equal(world.graph.tokensGiven, 1);
    world.clock.forward({ minutes: 2 });
    await read();
    assert.equal(world.graph.tokensGiven, 2);
  });

  it('gets another token when the one that it holds is refused, once', async () => {
    await read();
    world.graph.expireTokens();
    await write();
    assert.equal(world.graph.tokensGiven, 2);
    world.graph.fails({ status: 401 }, { status: 401 });
    assert.equal((await faultOf(write())).status, 401);
  });

  it('says that signing in is refused, without showing the secret', async () => {
    const fault = await faultOf(world.another({ credential: { secret: 'wrong~secret' } }).call('x', reading));
    assert.deepEqual([fault.kind, fault.status, fault.code], ['refused', 401, 'invalid_client']);
    assert.ok(!inspect(fault).includes('wrong~secret'));
    assert.deepEqual(world.graph.asked, []);
  });

  it('may be tried again where no byte was written: a certificate that nobody trusts', async () => {
    const secure = new Connector({ certificate: selfSigned('elsewhere.example') });
    await secure.start();
    const dispatcher = new Agent();
    const request = { method: 'POST', url: `${secure.url}/v1.0/x`, headers: {}, timeoutMs: 5_000 } as const;
    const fault = await faultOf(exchange(dispatcher, request));
    assert.deepEqual(
      [fault.kind, fault.code, secure.requests],
      ['throttled', 'DEPTH_ZERO_SELF_SIGNED_CERT', 0],
    );
    await dispatcher.close();
    await secure.stop();
  });

  it('may be tried again when signing in does not answer', async () => {
    for (const failure of [{ status: 503 }, { drops: 'after' }] as const) {
      world.graph.signInFails(failure);
      assert.equal((await faultOf(write())).kind, 'throttled');
    }
    world.graph.signInFails(undefined);
    await write();
  });

  it('has at most four requests open for a mailbox', async () => {
    const release = world.graph.holds();
    const calls = Array.from({ length: 12 }, read);
    while (world.graph.maxAtOnce < 4) await new Promise((resolve) => setImmediate(resolve));
    release();
    await Promise.all(calls);
    assert.equal(world.graph.maxAtOnce, 4);
  });

  it('waits as long as Graph asks when it is throttled, within bounds', async () => {
    world.graph.fails(
      { status: 429, headers: { 'Retry-After': '2' } },
      { status: 503, headers: { 'Retry-After': '3' } },
    );
    await write();
    assert.deepEqual(world.waits, [2000, 3000]);
    world.graph.fails({ status: 429, headers: { 'Retry-After': '11' } });
    const fault = await faultOf(write());
    assert.deepEqual([fault.kind, fault.afterSeconds], ['throttled', 11]);
    assert.deepEqual(world.waits, [2000, 3000]);
  });

  it('does not wait for ever, one short time after another', async () => {
    const busy: GraphFailure = { status: 429, headers: { 'Retry-After': '0' } };
    world.graph.fails(...Array.from({ length: 30 }, () => busy));
    assert.equal((await faultOf(write())).kind, 'throttled');
    assert.ok(world.waits.length <= 11);
  });

  it('reads a date for when to come again', async () => {
    const at = new Date(Date.now() + 60_000).toUTCString();
    world.graph.fails({ status: 503, headers: { 'Retry-After': at } });
    const { afterSeconds = 0 } = await faultOf(write());
    assert.ok(afterSeconds > 50 && afterSeconds <= 61);
  });

  const faults: readonly [GraphFailure, GraphFault['kind']][] = [
    [{ status: 400, code: 'ErrorInvalidRequest' }, 'refused'],
    [{ status: 403, code: 'ErrorAccessDenied' }, 'refused'],
    [{ status: 429, code: 'ApplicationThrottled' }, 'throttled'],
    [{ status: 500, code: 'ErrorInternalServerError' }, 'unknown'],
    [{ status: 502 }, 'unknown'],
    [{ drops: 'before' }, 'unknown'],
    [{ drops: 'after' }, 'unknown'],
  ];
  for (const [failure, kind] of faults)
    it(`calls it ${kind}: ${failure.drops ?? String(failure.status)}`, async () => {
      world.graph.fails(failure);
      const fault = await faultOf(write());
      assert.equal(fault.kind, kind);
      if (failure.code !== undefined) assert.equal(fault.code, failure.code);
      assert.equal(world.graph.asked.length, 1, 'what may have acted is not asked for again');
    });

  it('gives up on an answer that does not come', async () => {
    const release = world.graph.holds();
    const fault = await faultOf(world.another({ timeoutMs: 50 }).call(world.graph.organiser, writing));
    assert.deepEqual([fault.kind, fault.code], ['unknown', 'timeout']);
    release();
  });

  it('takes its token nowhere else, although an answer says so', async () => {
    const call = { ...reading, path: 'https://elsewhere.example/v1.0/users/x/events' };
    assert.equal((await faultOf(world.client.list('x', call, z.unknown()))).code, 'foreignAddress');
  });
});
