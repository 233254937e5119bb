import assert from 'node:assert/strict';
import { botTokens } from '../../../../src/adapters/entra/bot-token.js';
import { signingKeys } from '../../../../src/adapters/entra/keys.js';
import { AppError } from '../../../../src/platform/errors.js';
import { Entra } from '../../../world/entra.js';

const minute = 60_000;

describe('the token of an activity', () => {
  let entra: Entra;
  let now: number;
  beforeEach(async () => {
    entra = await new Entra().start();
    now = Date.now();
  });
  afterEach(() => entra.stop());

  const check = async (authorization?: string) => {
    const { botId, botIssuer: issuer, botMetadataUrl } = entra;
    const senderOf = botTokens({
      keys: signingKeys(botMetadataUrl),
      botId,
      issuer,
      now: () => new Date(now),
    });
    return senderOf(authorization ?? `Bearer ${await entra.signBot({ serviceurl: 'https://x.example/' })}`);
  };

  async function refusalOf(authorization?: string): Promise<readonly [string, string | undefined]> {
    try {
      await check(authorization);
    } catch (error) {
      assert.ok(error instanceof AppError);
      return [error.code, (error.cause as Error | undefined)?.message];
    }
    throw new Error('it was believed');
  }

  it('vouches for a service and for channels', async () => {
    assert.deepEqual(await check(), {
      serviceUrl: 'https://x.example/',
      channels: ['msteams', 'webchat', 'directline'],
    });
  });

  it('is taken whatever the case of the scheme’s name', async () => {
    const token = await entra.signBot({ serviceurl: 'https://x.example/' });
    for (const scheme of ['bearer', 'BEARER'])
      assert.equal((await check(`${scheme} ${token}`)).serviceUrl, 'https://x.example/');
  });

  it('is named for the log where the clock of this machine may be wrong', async () => {
    now += 70 * minute;
    assert.match((await refusalOf())[1] ?? '', /has ended.*clock of this machine is fast/);
    now -= 80 * minute;
    assert.match((await refusalOf())[1] ?? '', /not good yet.*clock of this machine is slow/);
  });

  it('is refused without a reason where there is none, and with what jose says otherwise', async () => {
    assert.deepEqual(await refusalOf(''), ['signIn.needed', undefined]);
    const other = await entra.signBot({ serviceurl: 'https://x.example/', aud: 'another' });
    assert.deepEqual(await refusalOf(`Bearer ${other}`), ['signIn.needed', 'unexpected "aud" claim value']);
    const empty = await entra.signBot({ serviceurl: '' });
    assert.deepEqual(await refusalOf(`Bearer ${empty}`), ['signIn.needed', 'not a token']);
  });

  it('can’t be judged while the keys can’t be read', async () => {
    entra.fails('down', 'keys');
    assert.equal((await refusalOf())[0], 'signIn.unavailable');
  });
});
