import { randomBytes, randomInt } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Change, Versioned } from '../../platform/commit.js';
import { AppError, isAppError } from '../../platform/errors.js';
import type { SeriesId } from '../../platform/ids.js';
import type { KeyedHash } from '../../platform/keyed-hash.js';
import type { Partition } from '../../platform/partition.js';
import { retentionDays } from '../../platform/retention.js';
import { insert, replace, storedId, storedKind } from '../../platform/stored.js';
import { languages, type Language } from '../../shared/languages.js';

/** What somebody typed who signs up; without the person once they have confirmed it. */
export interface SignUp {
  readonly seriesId: SeriesId;
  readonly language: Language;
  readonly person?: { readonly name: string; readonly address: string; readonly organisation?: string };
}

const signUpRow = storedKind<SignUp>({
  name: 'signUp',
  schema: z.looseObject({
    seriesId: storedId<SeriesId>(),
    language: z.enum(languages),
    person: z
      .looseObject({ name: z.string(), address: z.string(), organisation: z.string().exactOptional() })
      .exactOptional(),
  }),
});

const limitRow = storedKind<{ readonly count: number }>({
  name: 'publicLimit',
  schema: z.looseObject({ count: z.int() }),
});

const signUpPrefix = 'sign-up|';
const limitPrefix = 'public-limit|';
const tokenPattern = /^\d{8}[0-9a-f]{40}$/;
/** A commit takes 100 changes. */
const atOnce = 100;
const maxRounds = 50;

/** A limit on something, by whoever does it. */
export interface Limit {
  readonly of: string;
  readonly max: number;
  readonly hours: number;
  /** On how many rows it is counted, where very many are counted at once; `max` is a multiple of it. */
  readonly spread?: number;
}

/** How many times each row is tried while others count on it at the same moment. */
const maxTries = 5;

/**
 * Sign-ups that wait to be confirmed, in `sign-up|<token>`, whose token begins with the day; how often something was done, in
 * `public-limit|<end of the time>|<keyed hash of who did it>`: no address can be worked out from it.
 */
export function outsideStore(partition: Partition, keyedHash: KeyedHash) {
  async function prune(prefix: string, until: string): Promise<void> {
    for (let round = 0; round < maxRounds; round += 1) {
      const { rows } = await partition.raw({ from: prefix, to: prefix + until, limit: atOnce });
      if (rows.length === 0) return;
      await partition.commit(rows.map(({ key, version }): Change => ({ op: 'delete', key, version })));
    }
  }

  /** `conflict`: somebody else counted there at the same moment. */
  async function takeOn(key: string, max: number): Promise<'taken' | 'full' | 'conflict'> {
    const before = await partition.get(limitRow, key);
    const count = before?.value.count ?? 0;
    if (count >= max) return 'full';
    try {
      await partition.commit([replace(limitRow, key, before, { count: count + 1 })]);
      return 'taken';
    } catch (error) {
      if (isAppError(error, 'storage.conflict')) return 'conflict';
      throw error;
    }
  }

  return {
    /** A token that nobody guesses. @param now the present moment. */
    newToken: (now: Temporal.Instant): string =>
      now.toString().slice(0, 10).replaceAll('-', '') + randomBytes(20).toString('hex'),

    signUp: async (token: string): Promise<Versioned<SignUp> | undefined> =>
      tokenPattern.test(token) ? partition.get(signUpRow, signUpPrefix + token) : undefined,

    putSignUp: (token: string, before: Versioned<SignUp> | undefined, after: SignUp): Change =>
      before === undefined
        ? insert(signUpRow, signUpPrefix + token, after)
        : replace(signUpRow, signUpPrefix + token, before, after),

    /** Counts one more of something that is limited. @returns false where it is too much. @throws AppError `storage.conflict`. */
    async take({ of, max, hours, spread = 1 }: Limit, who: string, now: Temporal.Instant): Promise<boolean> {
      const length = hours * 3_600_000;
      const end = Math.floor(now.epochMilliseconds / length + 1) * length;
      const until = Temporal.Instant.fromEpochMilliseconds(end).toString();
      const first = randomInt(spread);
      const full = new Set<string>();
      for (let attempt = 0; ; attempt += 1) {
        const row = spread === 1 ? [] : [String((first + attempt) % spread)];
        const key = `${limitPrefix}${until}|${await keyedHash('publicLimit', of, who, ...row)}`;
        const taken = await takeOn(key, max / spread);
        if (taken === 'taken') return true;
        if (taken === 'full') full.add(key);
        if (full.size === spread) return false;
        if (attempt + 1 === spread * maxTries) throw new AppError('storage.conflict', { id: of });
      }
    },

    /** Erases what is kept no longer. */
    async prune(now: Temporal.Instant): Promise<void> {
      const day = now.subtract({ hours: 24 * retentionDays.unconfirmedSignUps }).toString();
      await prune(signUpPrefix, day.slice(0, 10).replaceAll('-', ''));
      await prune(limitPrefix, now.toString());
    },
  };
}

export type OutsideStore = ReturnType<typeof outsideStore>;
