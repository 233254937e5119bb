import { isAppError } from './errors.js';

/**
 * One change to one stored row. Stores make changes, services put them together, and one commit stores
 * them all or none; only the adapters of the rows look inside.
 */
export interface Change {
  readonly op: 'insert' | 'replace' | 'put' | 'delete';
  readonly key: string;
  readonly value?: unknown;
  /** With `replace` and `delete`: the version that was read. Without it, whatever version is there; one must be. */
  readonly version?: string;
}

/** A value as it was read, with the version to give back when it is replaced. */
export interface Versioned<Value> {
  readonly value: Value;
  readonly version: string;
}

/**
 * Stores all the changes in one transaction, or none. At most 100 changes, each key once.
 * @throws AppError `storage.conflict` when an inserted row exists already, or a replaced or deleted one was
 *   changed since it was read, or is not there; read and decide again. `storage.unavailable` when the storage
 *   did not answer after some tries: then it can't be known whether the changes are stored. `input.tooLarge`.
 */
export type Commit = (changes: readonly Change[]) => Promise<void>;

const attempts = 5;

/** Reads, decides and commits again, a few times, while somebody else is faster. @param maxAttempts 5 unless many do the same at once. */
export async function whileConflicting<Result>(
  run: () => Promise<Result>,
  maxAttempts = attempts,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (!isAppError(error, 'storage.conflict') || attempt === maxAttempts) throw error;
    }
  }
}
