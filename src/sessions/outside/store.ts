import { randomBytes, randomInt } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { whileConflicting, type Change, type Versioned } from '../../platform/commit.js';
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
  /** They were invited already when they confirmed it. */
  readonly wasInvited?: true;
}

const signUpRow = storedKind<SignUp>({
  name: 'signUp',
  schema: z.looseObject({
    seriesId: storedId<SeriesId>(),
    language: z.enum(languages),
    person: z
      .looseObject({ name: z.string(), address: z.string(), organisation: z.string().exactOptional() })
      .exactOptional(),
    wasInvited: z.literal(true).exactOptional(),
  }),
});

const limitRow = storedKind<{ readonly count: number }>({
  name: 'publicLimit',
  schema: z.looseObject({ count: z.int() }),
});

/** The form that a browser sent first. */
const firstFormRow = storedKind<{ readonly formId: string }>({
  name: 'publicFirstForm',
  schema: z.looseObject({ formId: z.string() }),
});

/** The last sign-up of an address for a series; `at`: ISO instant. */
const recentSignUpRow = storedKind<{ readonly token: string; readonly at: string }>({
  name: 'publicRecentSignUp',
  schema: z.looseObject({ token: z.string(), at: z.string() }),
});

const signUpPrefix = 'sign-up|';
const limitPrefix = 'public-limit|';
const tokenPattern = /^\d{8}[0-9a-f]{40}$/;
/** A commit takes 100 changes. */
const atOnce = 100;
const maxRounds = 50;
const dayLength = 24 * 3_600_000;
/** So long a sign-up is the same as the one before. */
const recentMinutes = 15;

/** The end of the stretch of time in which a moment lies, when time is cut into stretches of one length. */
const endOf = (now: Temporal.Instant, length: number): string =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(now.epochMilliseconds / length + 1) * length).toString();

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

  /** @param dayEnd of the day of the sign-up; it is looked for a little longer. */
  async function recentKey(dayEnd: string, who: readonly string[]): Promise<string> {
    const until = Temporal.Instant.from(dayEnd).add({ minutes: recentMinutes }).toString();
    return `${limitPrefix}${until}|${await keyedHash('publicRecentSignUp', ...who)}`;
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
      const until = endOf(now, hours * 3_600_000);
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

    /** The id of the first form that somebody sent on this day (UTC): this one, where they sent none before. */
    async firstForm(who: readonly string[], formId: string, now: Temporal.Instant): Promise<string> {
      const key = `${limitPrefix}${endOf(now, dayLength)}|${await keyedHash('publicFirstForm', ...who)}`;
      return whileConflicting(async () => {
        const before = await partition.get(firstFormRow, key);
        if (before !== undefined) return before.value.formId;
        await partition.commit([insert(firstFormRow, key, { formId })]);
        return formId;
      });
    },

    /**
     * The sign-up of an address for a series, where there was one within {@link recentMinutes}; `note` puts another in its
     * place, in one commit with it: of two at one moment, one fails.
     */
    async recentSignUp(
      who: readonly string[],
      now: Temporal.Instant,
    ): Promise<{ readonly recent: string | undefined; readonly note: (token: string) => Change }> {
      const since = now.subtract({ minutes: recentMinutes });
      const keys = await Promise.all([now, since].map((at) => recentKey(endOf(at, dayLength), who)));
      // It may have been noted right before midnight.
      const [today, before] = await Promise.all(keys.map((key) => partition.get(recentSignUpRow, key)));
      const found = (today ?? before)?.value;
      const isRecent = found !== undefined && Temporal.Instant.compare(found.at, since) > 0;
      return {
        recent: isRecent ? found.token : undefined,
        note: (token) => replace(recentSignUpRow, keys[0] ?? '', today, { token, at: now.toString() }),
      };
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
