import type { Person } from '../people/person.js';
import { AppError } from '../platform/errors.js';
import type { Log } from '../platform/log.js';
import type { CheckId, CheckLine, CheckState, Finding } from '../shared/answers/set-up.js';

/** Who tries something, and where they want what it sends. */
export interface Trier {
  readonly person: Person;
  /** The address to which a test mail goes. */
  readonly address?: string;
}

/** One thing outside that Big Room needs, and a way to find out whether it works. An adapter brings it. */
export interface Check {
  readonly id: CheckId;
  readonly state: CheckState;
  /** As what it is set: a mailbox, a site, a folder. Nothing secret. */
  readonly value?: string;
  /** Tries it, once. It may take its time and may throw: who asks bounds both. */
  readonly try?: (by: Trier) => Promise<Finding>;
}

/** A person waits no longer for what is tried. In milliseconds. */
const longestMs = 12_000;

/** What a work gives, or `late` where that takes longer than a person waits. */
async function inTime<Value>(work: Promise<Value>, milliseconds: number): Promise<Value | 'late'> {
  let timeout: NodeJS.Timeout | undefined;
  const over = new Promise<'late'>((resolve) => {
    timeout = setTimeout(() => resolve('late'), milliseconds);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timeout);
  }
}

/** What is outside, as it is set, and whether it works when it is tried. */
export function checkService(checks: readonly Check[], log: Pick<Log, 'warn'>, waitMs = longestMs) {
  return {
    /** As they are set; nothing is asked outside. */
    all: (): readonly CheckLine[] =>
      checks.map(({ id, state, value, try: attempt }) => ({
        id,
        state,
        ...(value !== undefined && { value }),
        canTry: attempt !== undefined,
      })),

    /**
     * Tries one. Whatever goes wrong outside is a finding: this throws for what is no check.
     * @throws AppError `check.notFound`.
     */
    async try(id: string, by: Trier): Promise<Finding> {
      const check = checks.find((each) => each.id === id);
      if (check?.try === undefined) throw new AppError('check.notFound', { id });
      try {
        const found = await inTime(check.try(by), waitMs);
        return found === 'late' ? { result: 'fails', code: 'noAnswer' } : found;
      } catch (error) {
        log.warn('check.failed', { check: id, error });
        return { result: 'fails', code: 'unknown' };
      }
    },
  };
}

export type CheckService = ReturnType<typeof checkService>;
