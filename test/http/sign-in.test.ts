import assert from 'node:assert/strict';
import { signingKeys } from '../../src/adapters/entra/keys.js';
import { tabTokens } from '../../src/adapters/entra/tab-token.js';
import { makeBigRoom, type BigRoom } from '../../src/compose.js';
import { entraSignIn } from '../../src/http/sign-in.js';
import type { PersonId } from '../../src/platform/ids.js';
import type { SessionAnswer } from '../../src/shared/answers/people.js';
import { programme } from '../make.js';
import { testAdapters } from '../world/adapters.js';
import { Entra, type Claims } from '../world/entra.js';
import { SigningKey } from '../world/entra-keys.js';
import { keptLog } from '../world/outbox.js';
import { elsewhere, tabAttacks } from './attacks.js';
import { serve, type Listening } from './listen.js';

const publicUrl = 'https://big-room.county.example:8443';
const guest = 'anna_example.org#EXT#@county.example';

describe('signing in to the tab with Entra', () => {
  let entra: Entra;
  let server: Listening;
  let bigRoom: BigRoom;
  let now: number;
  const log = keptLog();

  /** A server that has read no keys yet. */
  async function fresh(): Promise<void> {
    const check = tabTokens({
      keys: signingKeys(`${entra.url}/${entra.tenantId}/v2.0/.well-known/openid-configuration`, {
        now: () => now,
      }),
      tenantId: entra.tenantId,
      clientId: entra.clientId,
      publicUrl,
    });
    const adapters = testAdapters({ signIn: entraSignIn(check), loopbackOnly: false, publicUrl, log });
    bigRoom = makeBigRoom(adapters);
    await bigRoom.people.add(programme, []);
    server = await serve(bigRoom, adapters);
  }

  before(async () => {
    entra = await new Entra().start();
  });

  beforeEach(async () => {
    now = Date.now();
    entra.recovers();
    await fresh();
  });

  afterEach(() => server.stop());

  after(async () => {
    await entra.stop();
  });

  const ask = (authorization?: string, path = '/api/session', language = 'sv'): Promise<Response> =>
    fetch(server.url + path, {
      headers: { 'accept-language': language, ...(authorization !== undefined && { authorization }) },
    });
  const asToken = async (claims: Claims = {}): Promise<string> => `Bearer ${await entra.signTab(claims)}`;
  const seconds = (from: number): number => Math.floor(Date.now() / 1000) + from;

  it('makes a member of the tenant whom nobody has seen before a worker, under the token’s name', async () => {
    const answer = await ask(await asToken({ oid: elsewhere, name: 'Siv Exempel' }));
    assert.equal(answer.status, 200);
    const { person, mode } = (await answer.json()) as SessionAnswer;
    assert.deepEqual(
      [person.id, person.name, person.role, person.language, mode],
      [elsewhere, 'Siv Exempel', 'worker', 'sv', 'entra'],
    );
    assert.equal((await ask(await asToken({ oid: elsewhere }), '/api/news')).status, 403);
  });

  it('takes both ways to name the audience, and either case of the scheme', async () => {
    const named = `api://${new URL(publicUrl).host}/${entra.clientId}`;
    assert.equal((await ask(await asToken({ aud: named }))).status, 200);
    assert.equal((await ask((await asToken()).replace('Bearer', 'bearer'))).status, 200);
  });

  it('gives a role of the directory for as long as it stands in the token', async () => {
    const withRole = await ask(await asToken({ roles: ['Coordinator', 'Something.Else'] }));
    assert.equal(((await withRole.json()) as SessionAnswer).person.role, 'coordinator');
    const admin = await ask(await asToken({ roles: ['Coordinator', 'Admin'] }));
    assert.equal(((await admin.json()) as SessionAnswer).person.role, 'admin');
    const without = await ask(await asToken());
    assert.equal(((await without.json()) as SessionAnswer).person.role, 'worker');
    assert.equal((await ask(await asToken(), '/api/news')).status, 403);
    const stored = await bigRoom.people.find('00000000-0000-0000-0000-00000000ee7a' as PersonId);
    assert.equal(stored?.role, 'worker');
  });

  it('answers with that role also who changes something of their own, and keeps it nowhere', async () => {
    const answer = await fetch(`${server.url}/api/session/language`, {
      method: 'PUT',
      headers: { authorization: await asToken({ roles: ['Admin'] }), 'content-type': 'application/json' },
      body: JSON.stringify({ language: 'en' }),
    });
    const { person, permissions } = (await answer.json()) as SessionAnswer;
    assert.deepEqual(
      [person.role, person.language, permissions.includes('people:manage')],
      ['admin', 'en', true],
    );
    assert.equal((await bigRoom.people.get(person.id)).role, 'worker');
  });

  it('allows clocks to differ by five minutes', async () => {
    for (const claims of [{ exp: seconds(-280) }, { nbf: seconds(280) }])
      assert.equal((await ask(await asToken(claims))).status, 200, JSON.stringify(claims));
  });

  it('refuses whatever is not a good token of this tenant for the tab, by 401', async () => {
    for (const { attack: what, authorization } of await tabAttacks(entra)) {
      const answer = await ask(authorization);
      assert.equal(answer.status, 401, what);
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer', what);
      const { code, title } = (await answer.json()) as { code: string; title: string };
      assert.deepEqual([code, title], ['signIn.needed', 'Logga först in.'], what);
    }
    assert.equal((await bigRoom.people.all()).length, 0);
  });

  it('writes no token and nobody’s name into its log', async () => {
    log.lines.length = 0;
    await ask(await asToken({ exp: seconds(-999), name: 'Eeva Salainen' }));
    assert.ok(log.lines.includes('warn signIn.refused'));
    assert.ok(!JSON.stringify(log).includes('Salainen'));
  });

  it('says to a guest that this is not theirs, by 403, and keeps nothing of them', async () => {
    for (const claims of [
      { acct: 1 },
      { preferred_username: guest },
      { idp: `https://sts.windows.net/${elsewhere}/` },
    ]) {
      const answer = await ask(await asToken(claims));
      assert.equal(answer.status, 403, JSON.stringify(claims));
      assert.equal(((await answer.json()) as { code: string }).code, 'signIn.guest');
    }
    assert.equal((await bigRoom.people.all()).length, 0);
    assert.equal((await ask(await asToken({ acct: 0, idp: entra.issuer }))).status, 200);
  });

  it('refuses the person picker and its people', async () => {
    for (const authorization of [undefined, await asToken()])
      assert.equal((await ask(authorization, '/api/people')).status, 404);
  });

  it('believes a new key as soon as it is asked again, within a minute', async () => {
    assert.equal((await ask(await asToken())).status, 200);
    const old = await asToken();
    await entra.rotate();
    const real = Date.now;
    try {
      // jose reads keys again for an unknown one at most every 30 s, by the clock of the process.
      Date.now = () => real() + 31_000;
      assert.equal((await ask(await asToken())).status, 200);
      assert.equal((await ask(old)).status, 401);
    } finally {
      Date.now = real;
    }
  });

  it('asks Entra no more often for keys that nobody published', async () => {
    await ask(await asToken());
    const before = entra.asked.keys;
    const unknown = await SigningKey.make('unknown');
    for (let times = 0; times < 20; times += 1) await ask(`Bearer ${await unknown.sign({})}`);
    assert.ok(entra.asked.keys - before <= 1);
  });

  it('serves by the keys that it knows while Entra is silent, and says so where it knows none', async () => {
    assert.equal((await ask(await asToken())).status, 200);
    entra.fails('down', 'keys');
    now += 3_600_000;
    assert.equal((await ask(await asToken())).status, 200);
    const { status } = await ask(`Bearer ${await (await SigningKey.make('unknown')).sign({})}`);
    assert.equal(status, 401);
    await server.stop();
    await fresh();
    const answer = await ask(await asToken());
    assert.equal(answer.status, 503);
    assert.equal(((await answer.json()) as { code: string }).code, 'signIn.unavailable');
    entra.recovers();
    now += 6_000;
    assert.equal((await ask(await asToken())).status, 200);
  });
});
