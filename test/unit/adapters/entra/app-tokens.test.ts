import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { appTokens, TokenFault, type AppCredential } from '../../../../src/adapters/entra/app-tokens.js';
import type { Tokens } from '../../../../src/platform/bot-sign-in.js';
import { handClock, type HandClock } from '../../../world/clock.js';
import { Entra } from '../../../world/entra.js';
import { selfSigned } from '../../../world/teams/certificate.js';

const resource = 'https://api.botframework.com';
const identity = { clientId: 'c0ffee00-0000-4000-8000-000000000001', principalId: 'principal-of-it' };

describe('tokens of the application', () => {
  let entra: Entra;
  let clock: HandClock;
  let environment: NodeJS.ProcessEnv;
  let folder: string;
  before(async () => {
    // The library reads once in a process where managed identities are: one stand-in serves all tests.
    entra = await new Entra().start();
    environment = { ...process.env };
    Object.assign(process.env, entra.identityEnvironment);
    folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  });
  beforeEach(() => {
    clock = handClock('2026-11-30T08:00:00Z');
    entra.now = () => clock.now().epochMilliseconds;
    entra.identities.splice(0);
    entra.registrations.set(entra.botId, { secrets: ['bot-secret'] });
    entra.forms.splice(0);
    entra.recovers();
  });
  after(async () => {
    for (const name of Object.keys(entra.identityEnvironment)) {
      if (environment[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = environment[name];
    }
    await rm(folder, { recursive: true });
    await entra.stop();
  });

  const tokensBy = (credential: AppCredential, more: object = {}, timeoutMs?: number): Tokens =>
    appTokens(
      { tenantId: entra.tenantId, clientId: entra.botId, credential, loginUrl: entra.loginUrl, ...more },
      `${resource}/.default`,
      { clock, ...(timeoutMs !== undefined && { timeoutMs }) },
    );
  const isGood = (token: string) => entra.accepts(`Bearer ${token}`, resource);

  async function faultOf(tokens: Tokens): Promise<TokenFault> {
    try {
      await tokens.get();
    } catch (fault) {
      assert.ok(fault instanceof TokenFault, String(fault));
      return fault;
    }
    throw new Error('a token was given');
  }

  describe('by a secret', () => {
    const secret = { secret: 'bot-secret' };

    it('are asked for once, however many want one, and again shortly before the end', async () => {
      const tokens = tokensBy(secret);
      const [first, ...others] = await Promise.all([tokens.get(), tokens.get(), tokens.get()]);
      assert.ok(others.every((each) => each === first));
      clock.forward({ minutes: 54 });
      assert.equal(await tokens.get(), first);
      clock.forward({ minutes: 2 });
      const second = await tokens.get();
      assert.notEqual(second, first);
      assert.equal(isGood(second), true);
      assert.equal(entra.forms.length, 2);
    });

    it('are forgotten when one is refused, and only that one', async () => {
      const tokens = tokensBy(secret);
      const first = await tokens.get();
      tokens.refused(first);
      const second = await tokens.get();
      assert.notEqual(second, first);
      // Somebody else notices late that the first one was refused.
      tokens.refused(first);
      assert.equal(await tokens.get(), second);
    });

    it('are asked for as the client credentials flow wants', async () => {
      await tokensBy(secret).get();
      assert.deepEqual(entra.forms, [
        {
          grant_type: 'client_credentials',
          client_id: entra.botId,
          scope: 'https://api.botframework.com/.default',
          client_secret: 'bot-secret',
        },
      ]);
    });

    it('are refused with what Entra calls the fault, and without the secret', async () => {
      const fault = await faultOf(tokensBy({ secret: 'wrong~secret' }));
      assert.deepEqual([fault.kind, fault.status, fault.code], ['refused', 401, 'invalid_client']);
      assert.match(fault.message, /AADSTS7000215/);
      assert.ok(!inspect(fault, { depth: 9 }).includes('wrong~secret'));
    });

    it('are asked for anew after a fault', async () => {
      const tokens = tokensBy(secret);
      entra.fails(503, 'tokens');
      assert.deepEqual([(await faultOf(tokens)).kind, (await faultOf(tokens)).status], ['unavailable', 503]);
      entra.fails('down', 'tokens');
      assert.equal((await faultOf(tokens)).kind, 'unavailable');
      entra.recovers();
      assert.equal(isGood(await tokens.get()), true);
    });

    it('may come later where no answer comes', async () => {
      entra.fails('hanging', 'tokens');
      const fault = await faultOf(tokensBy(secret, {}, 50));
      assert.deepEqual([fault.kind, fault.code], ['unavailable', 'timeout']);
    });

    it('may come later where Entra asks for patience', async () => {
      entra.fails(429, 'tokens');
      assert.equal((await faultOf(tokensBy(secret))).kind, 'unavailable');
    });

    it('name no connection that never stood as refused', async () => {
      const elsewhere = await new Entra().start();
      const { loginUrl } = elsewhere;
      await elsewhere.stop();
      const fault = await faultOf(tokensBy(secret, { loginUrl }));
      assert.deepEqual([fault.kind, fault.code], ['unavailable', 'ECONNREFUSED']);
    });
  });

  describe('by a certificate', () => {
    const { key, cert } = selfSigned('bot.example', 'rsa');
    const written = async (name: string, pem: string): Promise<AppCredential> => {
      const certificateFile = join(folder, name);
      await writeFile(certificateFile, pem);
      return { certificateFile };
    };

    it('are given for an assertion that it signed', async () => {
      entra.registrations.set(entra.botId, { certificates: [cert] });
      assert.equal(isGood(await tokensBy(await written('good.pem', key + cert)).get()), true);
      assert.equal(entra.forms[0]?.client_secret, undefined);
    });

    it('are given for the certificate that replaced it, without a restart', async () => {
      const next = selfSigned('bot.example', 'rsa');
      entra.registrations.set(entra.botId, { certificates: [cert, next.cert] });
      const tokens = tokensBy(await written('changed.pem', key + cert));
      const first = await tokens.get();
      await written('changed.pem', next.key + next.cert);
      entra.registrations.set(entra.botId, { certificates: [next.cert] });
      tokens.refused(first);
      assert.equal(isGood(await tokens.get()), true);
    });

    it('are refused for one that the application does not know', async () => {
      const fault = await faultOf(tokensBy(await written('unknown.pem', key + cert)));
      assert.deepEqual([fault.kind, fault.code], ['refused', 'invalid_client']);
      assert.match(fault.message, /AADSTS700027/);
    });

    const ec = selfSigned('bot.example');
    const other = selfSigned('bot.example', 'rsa');
    const unreadable: readonly [string, string][] = [
      ['nothing', ''],
      ['no certificate', key],
      ['no key', cert],
      ['another key than the certificate’s', other.key + cert],
      ['a key with which Entra takes no assertion', ec.key + ec.cert],
    ];
    for (const [what, pem] of unreadable)
      it(`are refused where the file holds ${what}, without showing it`, async () => {
        const fault = await faultOf(tokensBy(await written('bad.pem', pem)));
        assert.deepEqual([fault.kind, fault.code], ['refused', 'certificateUnreadable']);
        assert.ok(!inspect(fault, { depth: 9 }).includes('PRIVATE'));
        assert.deepEqual(entra.forms, []);
      });
  });

  describe('by a managed identity that the application trusts', () => {
    const credential = { federatedBy: identity.clientId };

    it('are given for the identity’s token', async () => {
      entra.identities.push(identity);
      entra.registrations.set(entra.botId, { federated: [identity.principalId] });
      assert.equal(isGood(await tokensBy(credential).get()), true);
      assert.equal(entra.forms[0]?.client_secret, undefined);
    });

    it('are refused where the application does not trust it', async () => {
      entra.identities.push(identity);
      const fault = await faultOf(tokensBy(credential));
      assert.deepEqual([fault.kind, fault.code], ['refused', 'invalid_client']);
      assert.match(fault.message, /AADSTS700213/);
    });
  });

  describe('of a managed identity that is the application', () => {
    it('come from the place where it runs, and Entra is asked for nothing', async () => {
      entra.identities.push(identity);
      const token = await tokensBy({ managedIdentity: identity.clientId }).get();
      assert.equal(isGood(token), true);
      assert.deepEqual(entra.forms, []);
    });

    it('may come later where the place does not answer', async () => {
      entra.fails('hanging', 'identity');
      const silent = { managedIdentity: 'c0ffee00-0000-4000-8000-000000000003' };
      const fault = await faultOf(tokensBy(silent, {}, 50));
      assert.deepEqual([fault.kind, fault.code], ['unavailable', 'timeout']);
    });

    it('may come later where the place has no such identity yet', async () => {
      const unknown = { managedIdentity: 'c0ffee00-0000-4000-8000-000000000002' };
      const fault = await faultOf(tokensBy(unknown));
      assert.deepEqual([fault.kind, fault.code], ['unavailable', 'managedIdentity']);
      assert.ok(!inspect(fault, { depth: 9 }).includes(entra.identityHeader));
    });
  });
});
