import type { Entra } from '../world/entra.js';
import { SigningKey, type Signing } from '../world/entra-keys.js';

/** What an attacker can reach: the bot's address, the public keys, and tokens that were made for something else. */
export interface AttackedWorld {
  readonly entra: Entra;
  /** The connector's address, as honest activities name it. */
  readonly serviceUrl: string;
  /** Seconds since 1970. */
  readonly now: number;
  /** A token that the bot itself got for the connector. */
  readonly ownToken: () => Promise<string>;
}

/** A request to the bot: an honest one, but for what it says here. */
export interface AttackRequest {
  readonly authorization?: string;
  /** Parts of the activity. */
  readonly activity?: Readonly<Record<string, unknown>>;
  /** Instead of an activity. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One way to speak to the bot as somebody else, and what comes of it, in plain words. */
export interface Attack {
  readonly attack: string;
  readonly outcome: string;
  readonly status: number;
  readonly request: (world: AttackedWorld) => AttackRequest | Promise<AttackRequest>;
}

const minute = 60;
const hour = 3600;

type Claims = Readonly<Record<string, unknown>>;

/** A token as the connector signs it, but for these claims. */
const signed =
  (claims: (world: AttackedWorld) => Claims, signing: Signing = {}) =>
  async (world: AttackedWorld): Promise<AttackRequest> => {
    const token = await world.entra.signBot({ serviceurl: world.serviceUrl, ...claims(world) }, signing);
    return { authorization: `Bearer ${token}` };
  };

/** A token that the tenant signed, as it does for people and applications, and not the connector. */
const ofTenant =
  (claims: (world: AttackedWorld) => Claims) =>
  async (world: AttackedWorld): Promise<AttackRequest> => {
    const token = await world.entra.signTab({ serviceurl: world.serviceUrl, ...claims(world) });
    return { authorization: `Bearer ${token}` };
  };

/** A token of the connector's, but signed by a key of this kind. */
const byKey =
  (kid: string, endorsements: readonly string[] | undefined) =>
  async ({ entra, serviceUrl }: AttackedWorld): Promise<AttackRequest> => {
    const by = await entra.addBotKey(kid, endorsements);
    return {
      authorization: `Bearer ${await entra.signBot({ serviceurl: serviceUrl }, { by, header: { kid } })}`,
    };
  };

const withActivity = (activity: Readonly<Record<string, unknown>>) => (): AttackRequest => ({ activity });

const unknownSender = 'Refused as unknown (401); nothing is stored and nothing is sent.';
const notCovered =
  'Refused (403): the token is good, but not for this; nothing is stored and nothing is sent.';
const malformed =
  'Refused as malformed (400, or 413 where it is too large); nothing is stored and nothing is sent.';

const where = (tenantId?: string) => ({
  id: 'a:vilma',
  conversationType: 'personal',
  ...(tenantId && { tenantId }),
});

const unknown: readonly (readonly [attack: string, request: Attack['request']])[] = [
  ['No token', () => ({ headers: {}, authorization: '' })],
  ['A name and password instead of a token', () => ({ authorization: 'Basic dmlsbWE6c2FsYQ==' })],
  ['The header of trial mode', () => ({ authorization: 'Trial vilma' })],
  ['A token without the word Bearer', async (world) => ({ authorization: await world.entra.signBot() })],
  ['An empty token', () => ({ authorization: 'Bearer ' })],
  ['A text that is no token', () => ({ authorization: 'Bearer abc.def.ghi' })],
  ['An expired token', signed(({ now }) => ({ nbf: now - hour, exp: now - 6 * minute }))],
  ['A token of the future', signed(({ now }) => ({ nbf: now + 6 * minute, exp: now + hour }))],
  [
    'A token from a clock that is 10 minutes fast',
    signed(({ now }) => ({ nbf: now + 10 * minute, exp: now + hour })),
  ],
  ['A token that is good for ever', signed(() => ({ exp: undefined }))],
  ['An unsigned token (`alg: none`)', signed(() => ({}), { alg: 'none' })],
  ['A token signed with the public key as a secret (HS256)', signed(() => ({}), { alg: 'HS256' })],
  [
    'A token signed by a stranger’s key under the right key’s name',
    async (world) => signed(() => ({}), { by: await SigningKey.make('stranger') })(world),
  ],
  [
    'A token signed by a key that nobody has published',
    async (world) => {
      const by = await SigningKey.make('stranger');
      return signed(() => ({}), { by, header: { kid: by.kid } })(world);
    },
  ],
  [
    'A good token whose contents were changed',
    async ({ entra, serviceUrl }) => {
      const [header, , signature] = (await entra.signBot({ serviceurl: serviceUrl })).split('.');
      const [, payload] = (await entra.signBot({ serviceurl: serviceUrl, role: 'admin' })).split('.');
      return { authorization: `Bearer ${[header, payload, signature].join('.')}` };
    },
  ],
  [
    'A token signed by a key that was withdrawn',
    async (world) => {
      const request = await signed(() => ({}))(world);
      await world.entra.rotate();
      return request;
    },
  ],
  ['A token for another bot', signed(() => ({ aud: 'b07f4c2e-0000-4000-8000-000000000000' }))],
  ['A token of another issuer', signed(() => ({ iss: 'https://api.botframework.example' }))],
  ['A token that names no service', signed(() => ({ serviceurl: undefined }))],
  [
    'A person’s own token for the tab',
    async ({ entra }) => ({ authorization: `Bearer ${await entra.signTab()}` }),
  ],
  [
    'A person’s own token, where tab and bot have one registration',
    ofTenant(({ entra }) => ({ aud: entra.botId })),
  ],
  [
    'The bot’s own token for the connector, sent back to it',
    async ({ ownToken }) => ({ authorization: `Bearer ${await ownToken()}` }),
  ],
  [
    'A token as the Bot Framework Emulator makes one, version 1',
    ofTenant(({ entra }) => ({
      aud: entra.botId,
      iss: `https://sts.windows.net/${entra.tenantId}/`,
      appid: entra.botId,
      ver: '1.0',
    })),
  ],
  [
    'A token as the Bot Framework Emulator makes one, version 2',
    ofTenant(({ entra }) => ({ aud: entra.botId, azp: entra.botId, ver: '2.0', scp: undefined })),
  ],
  [
    'A token of another bot that calls this one as its skill',
    ofTenant(({ entra }) => ({
      aud: entra.botId,
      azp: 'b07f4c2e-0000-4000-8000-000000000000',
      ver: '2.0',
      scp: undefined,
    })),
  ],
];

const uncovered: readonly (readonly [attack: string, request: Attack['request']])[] = [
  [
    'A token of one service, replayed with the address of another',
    signed(() => ({ serviceurl: 'https://smba.trafficmanager.net/emea/' })),
  ],
  [
    'A good token, and an activity that leads the answer to the attacker',
    withActivity({ serviceUrl: 'https://evil.example/' }),
  ],
  ['A key that vouches for other channels alone', byKey('webchat-key', ['webchat', 'directline'])],
  ['A key that vouches for no channel', byKey('silent-key', undefined)],
  ['A token that names no key', signed(() => ({}), { header: { kid: undefined } })],
  ...['webchat', 'directline', 'emulator', 'skypeforbusiness'].map(
    (channelId) => [`The channel ${channelId}`, withActivity({ channelId })] as const,
  ),
  ['A conversation of another tenant', withActivity({ conversation: where('other') })],
  ['Another tenant beside the conversation', withActivity({ channelData: { tenant: { id: 'other' } } })],
  [
    'Another tenant in both places',
    withActivity({ conversation: where('other'), channelData: { tenant: { id: 'other' } } }),
  ],
  ['No tenant', withActivity({ conversation: where(), channelData: {} })],
  [
    'A signed address over plain http that is not this machine',
    async ({ entra }) => {
      const serviceUrl = 'http://10.0.0.1/';
      const token = await entra.signBot({ serviceurl: serviceUrl });
      return { authorization: `Bearer ${token}`, activity: { serviceUrl } };
    },
  ],
];

/** Ways to speak to the bot as somebody else. Each row is tested over HTTP. */
export const attacks: readonly Attack[] = [
  ...unknown.map(([attack, request]) => ({ attack, request, outcome: unknownSender, status: 401 })),
  ...uncovered.map(([attack, request]) => ({ attack, request, outcome: notCovered, status: 403 })),
  ...(
    [
      ['A body that is no JSON', { body: '{"type":' }, 400],
      ['A body that is no activity', { body: '["message"]' }, 400],
      ['An empty body', { body: '' }, 400],
      ['An activity that says not who speaks', { activity: { from: undefined } }, 400],
      ['A body that is not called JSON', { headers: { 'content-type': 'text/plain' } }, 400],
      ['A packed body', { headers: { 'content-encoding': 'gzip' } }, 400],
      ['A huge body', { activity: { text: 'x'.repeat(300 * 1024) } }, 413],
    ] as const
  ).map(([attack, request, status]) => ({
    attack: `${attack}, with a good token`,
    outcome: malformed,
    status,
    request: () => request,
  })),
];
