import { SigningKey } from '../world/entra-keys.js';
import type { Claims, Entra } from '../world/entra.js';

/** One way to open the tab as somebody else, by the Authorization header that it sends. */
export interface TabAttack {
  readonly attack: string;
  readonly authorization: string | undefined;
}

/** Another tenant. */
export const elsewhere = '11111111-1111-4111-8111-111111111111';

/** What each of {@link tabAttacks} comes to. */
export const tabOutcome =
  'Refused with 401 and the scheme that is wanted, and no word of why; the log has the reason, without the token.';

/** What attackers try, by name: all without a token that Entra gave to this person for the tab. */
export const tabAttackNames = [
  'no header',
  'an empty token',
  'two tokens',
  'the header of trial mode',
  'another scheme',
  'no token',
  'no signature',
  'the public key as a secret',
  'a signature that was cut off',
  'another body under the signature',
  'a key of somebody else under the same name',
  'a key that nobody published',
  'expired six minutes ago',
  'not good for six minutes yet',
  'no end',
  'another audience',
  'the audience of another host',
  'the issuer of version 1',
  'the issuer of another tenant',
  'another tenant',
  'no tenant',
  'no object id',
  'an object id that is none',
  'another scope',
  'the scope as part of a word',
  'an application’s token without a scope',
  'the token of the bot’s channel',
  'ten thousand characters',
] as const;

/** Every known way to the tab without a good token. */
export async function tabAttacks(entra: Entra): Promise<readonly TabAttack[]> {
  const stranger = await SigningKey.make('stranger');
  const seconds = (from: number): number => Math.floor(Date.now() / 1000) + from;
  const asToken = async (claims: Claims = {}): Promise<string> => `Bearer ${await entra.signTab(claims)}`;
  const good = await entra.signTab();
  const [head = '', body = '', signature = ''] = good.split('.');
  const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims;
  const bad: Readonly<Record<(typeof tabAttackNames)[number], string | undefined>> = {
    'no header': undefined,
    'an empty token': 'Bearer ',
    'two tokens': `Bearer ${good} ${good}`,
    'the header of trial mode': 'Trial 00000000-0000-0000-0000-00000000ee7a',
    'another scheme': `Basic ${good}`,
    'no token': 'Bearer eeva',
    'no signature': `Bearer ${await entra.signTab({}, { alg: 'none' })}`,
    'the public key as a secret': `Bearer ${await entra.signTab({}, { alg: 'HS256' })}`,
    'a signature that was cut off': `Bearer ${head}.${body}.`,
    'another body under the signature': `Bearer ${head}.${encoded({ ...claims, oid: elsewhere })}.${signature}`,
    'a key of somebody else under the same name': `Bearer ${await entra.signTab({}, { by: stranger })}`,
    'a key that nobody published': `Bearer ${await (await SigningKey.make('unknown')).sign(claims)}`,
    'expired six minutes ago': await asToken({ exp: seconds(-360) }),
    'not good for six minutes yet': await asToken({ nbf: seconds(360) }),
    'no end': await asToken({ exp: undefined }),
    'another audience': await asToken({ aud: entra.botId }),
    'the audience of another host': await asToken({ aud: `api://evil.example/${entra.clientId}` }),
    'the issuer of version 1': await asToken({ iss: `https://sts.windows.net/${entra.tenantId}/` }),
    'the issuer of another tenant': await asToken({ iss: entra.issuer.replace(entra.tenantId, elsewhere) }),
    'another tenant': await asToken({ tid: elsewhere }),
    'no tenant': await asToken({ tid: undefined }),
    'no object id': await asToken({ oid: undefined }),
    'an object id that is none': await asToken({ oid: '../../etc' }),
    'another scope': await asToken({ scp: 'User.Read' }),
    'the scope as part of a word': await asToken({ scp: 'access_as_user_2 not_access_as_user' }),
    'an application’s token without a scope': await asToken({ scp: undefined, idtyp: 'app' }),
    'the token of the bot’s channel': `Bearer ${await entra.signBot()}`,
    'ten thousand characters': `Bearer ${'a'.repeat(10_000)}`,
  };
  return tabAttackNames.map((attack) => ({ attack, authorization: bad[attack] }));
}
