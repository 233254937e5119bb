import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { isAppError } from './errors.js';
import type { Partition } from './partition.js';
import { insert, storedKind } from './stored.js';

const secretRow = storedKind<{ readonly secret: string }>({
  name: 'hashSecret',
  schema: z.looseObject({ secret: z.string().min(64) }),
});

const secretKey = 'hash-secret';

/** Hashes by a secret that is made once for a programme and stored with it. */
export type KeyedHash = (...parts: readonly string[]) => Promise<string>;

/**
 * Makes ids of what must not be guessed from them, such as mail addresses: the same parts always give the same 40
 * hexadecimal characters (160 bits of HMAC-SHA-256), and nobody without the secret can find out which parts they were.
 */
export function keyedHash(partition: Partition): KeyedHash {
  let secret: Promise<string> | undefined;

  async function readSecret(): Promise<string> {
    const found = await partition.getReadable(secretRow, secretKey);
    if (found !== undefined) return found.value.secret;
    const fresh = { secret: randomBytes(32).toString('hex') };
    try {
      await partition.commit([insert(secretRow, secretKey, fresh)]);
      return fresh.secret;
    } catch (error) {
      // Another instance made one at the same moment.
      if (isAppError(error, 'storage.conflict')) return readSecret();
      throw error;
    }
  }

  return async (...parts) => {
    secret ??= readSecret();
    try {
      return createHmac('sha256', await secret)
        .update(JSON.stringify(parts))
        .digest('hex')
        .slice(0, 40);
    } catch (error) {
      // Asked for again next time: the storage may answer then.
      secret = undefined;
      throw error;
    }
  };
}
