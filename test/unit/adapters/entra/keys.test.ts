import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errors, jwtVerify } from 'jose';
import { KeysUnavailable, signingKeys, type SigningKeys } from '../../../../src/adapters/entra/keys.js';
import { Entra } from '../../../world/entra.js';

const minute = 60_000;
const hour = 60 * minute;

describe('signing keys behind an OpenID document', () => {
  let entra: Entra;
  let now: number;
  let keys: SigningKeys;
  beforeEach(async () => {
    entra = await new Entra().start();
    now = Date.now();
    keys = signingKeys(entra.botMetadataUrl, { now: () => now });
  });
  afterEach(() => entra.stop());

  const check = async (of = keys) => jwtVerify(await entra.signBot(), of.key);

  it('are read when they are first needed, once for all who ask, and not before', async () => {
    assert.deepEqual(entra.asked, { metadata: 0, keys: 0, tokens: 0, identity: 0 });
    await Promise.all([check(), check(), check()]);
    assert.deepEqual([entra.asked.metadata, entra.asked.keys], [1, 1]);
    assert.equal(await keys.issuer(), 'https://api.botframework.com');
  });

  it('vouch for the channels that they name', async () => {
    assert.deepEqual(keys.endorsementsOf('bot'), []);
    await check();
    assert.deepEqual(keys.endorsementsOf('bot'), ['msteams', 'webchat', 'directline']);
    assert.deepEqual(keys.endorsementsOf('another'), []);
  });

  it('are read again in the background after ten minutes', async () => {
    await check();
    now += 9 * minute;
    await check();
    assert.equal(entra.asked.metadata, 1);
    now += 2 * minute;
    await check();
    for (let tries = 0; entra.asked.keys < 2 && tries < 1_000; tries += 1) await new Promise(setImmediate);
    assert.deepEqual([entra.asked.metadata, entra.asked.keys], [2, 2]);
  });

  it('serve for a day while the issuer fails, and no longer', async () => {
    await check();
    entra.fails(503, 'keys');
    for (let hours = 0; hours < 24; hours += 1) {
      await check();
      now += hour;
    }
    now += minute;
    await assert.rejects(check(), KeysUnavailable);
  });

  it('are asked for at most each five seconds while they can’t be read', async () => {
    entra.fails('down', 'keys');
    for (let count = 0; count < 3; count += 1) await assert.rejects(check(), KeysUnavailable);
    assert.equal(entra.asked.metadata, 1);
    now += 5_000;
    entra.recovers();
    await check();
  });

  it('know no key that is not published', async () => {
    const token = await entra.signBot({}, { header: { kid: 'nobody' } });
    await assert.rejects(jwtVerify(token, keys.key), errors.JWKSNoMatchingKey);
  });

  describe('of a document that is not as it should be', () => {
    let server: Server;
    let document: object;
    beforeEach(async () => {
      server = createServer((_request, response) => response.end(JSON.stringify(document)));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });
    const read = () => signingKeys(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);

    it('are not fetched over plain http from elsewhere', async () => {
      document = { issuer: 'x', jwks_uri: 'http://keys.example/keys' };
      await assert.rejects(check(read()), KeysUnavailable);
    });

    it('are none where it names none', async () => {
      document = { issuer: 'x' };
      await assert.rejects(check(read()), KeysUnavailable);
    });

    it('serve whoever knows the issuer, where it names none', async () => {
      document = { jwks_uri: `${entra.url}/v1/.well-known/keys` };
      const known = read();
      await check(known);
      await assert.rejects(known.issuer(), KeysUnavailable);
    });
  });
});
