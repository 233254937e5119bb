import assert from 'node:assert/strict';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { Entra, type Claims } from '../../../world/entra.js';

describe('the stand-in of Entra', () => {
  let entra: Entra;
  beforeEach(async () => {
    entra = await new Entra().start();
  });
  afterEach(() => entra.stop());

  const metadataOf = async (address: string) =>
    (await (await fetch(address)).json()) as { issuer: string; jwks_uri: string };

  async function verified(token: string, address: string): Promise<Claims> {
    const { issuer, jwks_uri: keys } = await metadataOf(address);
    return (await jwtVerify(token, createRemoteJWKSet(new URL(keys)), { issuer })).payload;
  }

  const tabMetadata = () => `${entra.issuer}/.well-known/openid-configuration`;

  async function asked(form: Readonly<Record<string, string>>): Promise<[number, Record<string, unknown>]> {
    const answer = await fetch(`${entra.loginUrl}/${entra.tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'https://api.botframework.com/.default',
        client_id: entra.botId,
        ...form,
      }),
    });
    return [answer.status, (await answer.json()) as Record<string, unknown>];
  }

  it('signs the tokens of tab and bot with keys that it publishes, also after they were changed', async () => {
    for (const round of ['first', 'second']) {
      const tab = await verified(await entra.signTab(), tabMetadata());
      assert.deepEqual([tab.aud, tab.scp], [entra.clientId, 'access_as_user'], round);
      const bot = await verified(
        await entra.signBot({ serviceurl: 'https://x.example/' }),
        entra.botMetadataUrl,
      );
      assert.deepEqual([bot.aud, bot.serviceurl], [entra.botId, 'https://x.example/'], round);
      await entra.rotate();
    }
  });

  it('gives an application a token for its secret, until it takes it back', async () => {
    const [status, body] = await asked({ client_secret: 'bot-secret' });
    const authorization = `Bearer ${String(body.access_token)}`;
    assert.equal(status, 200);
    assert.equal(entra.accepts(authorization, 'https://api.botframework.com'), true);
    assert.equal(entra.accepts(authorization, 'https://graph.microsoft.com'), false);
    entra.revokeTokens();
    assert.equal(entra.accepts(authorization, 'https://api.botframework.com'), false);
  });

  const refusals: readonly [
    what: string,
    form: Readonly<Record<string, string>>,
    status: number,
    code: number,
  ][] = [
    ['a wrong secret', { client_secret: 'wrong' }, 401, 7000215],
    ['no secret', {}, 401, 7000218],
    ['an unknown application', { client_id: 'nobody', client_secret: 'x' }, 400, 700016],
    ['a scope that is no resource', { client_secret: 'bot-secret', scope: 'User.Read' }, 400, 1002012],
    ['another grant', { client_secret: 'bot-secret', grant_type: 'password' }, 400, 70003],
  ];
  for (const [what, form, status, code] of refusals)
    it(`refuses ${what} as the service does`, async () => {
      const [answered, body] = await asked(form);
      assert.deepEqual([answered, body.error_codes], [status, [code]]);
      assert.match(String(body.error_description), new RegExp(`^AADSTS${String(code)}: `));
    });

  it('gives tokens of a managed identity to whoever knows the header', async () => {
    entra.identities.push({ clientId: 'identity', principalId: 'principal' });
    const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header } = entra.identityEnvironment;
    const url = `${endpoint}?resource=https://api.botframework.com&client_id=identity`;
    assert.equal((await fetch(url)).status, 401);
    const answer = await fetch(url, { headers: { 'X-IDENTITY-HEADER': header } });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    assert.equal(entra.accepts(`Bearer ${token}`, 'https://api.botframework.com'), true);
  });

  it('fails as it is made to, and recovers', async () => {
    entra.fails('down', 'keys');
    await assert.rejects(fetch(tabMetadata()));
    entra.fails(503, 'keys');
    assert.equal((await fetch(tabMetadata())).status, 503);
    entra.recovers();
    assert.equal((await fetch(tabMetadata())).status, 200);
    assert.equal(entra.asked.metadata, 3);
  });
});
