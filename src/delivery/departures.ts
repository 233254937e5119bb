import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { elapsedMs, type Clock } from '../platform/clock.js';
import { whileConflicting, type Versioned } from '../platform/commit.js';
import type { Log } from '../platform/log.js';
import type { Partition } from '../platform/partition.js';
import { replace, storedKind } from '../platform/stored.js';

/**
 * The ISO instant up to which something may have left, kept where a restore of the tables does not reach: so that it shows
 * when the tables are older than what left.
 */
export interface HighWaterMark {
  /** `undefined` before the first write. */
  read(): Promise<string | undefined>;
  write(at: string): Promise<void>;
}

/** The table's own side of the mark. ISO instants. */
interface DeparturesRow {
  /** Never below the mark, as long as the tables were not restored. */
  readonly until: string;
  /** The mark was seen once: where there is none now, the tables were moved or restored elsewhere. */
  readonly hasMark?: boolean;
  /** What was due up to then may have left before the newest restore. */
  readonly doubtfulUntil?: string;
  readonly restoredAt?: string;
}

const departuresRow = storedKind<DeparturesRow>({
  name: 'departures',
  schema: z.looseObject({
    until: z.string(),
    hasMark: z.boolean().exactOptional(),
    doubtfulUntil: z.string().exactOptional(),
    restoredAt: z.string().exactOptional(),
  }),
});
const key = 'departures';

/** How long this instance believes that the tables are still those that it saw. */
const believedMs = 1_000;
const maxTries = 20;

interface Deps {
  readonly partition: Pick<Partition, 'getReadable' | 'commit'>;
  readonly mark: HighWaterMark;
  readonly clock: Clock;
  readonly log: Pick<Log, 'error'>;
}

export type Departures = ReturnType<typeof departuresOf>;

/**
 * Knows until when something may have left, in the tables and outside them, and finds by it that the tables were restored.
 * The row in the tables is raised before the mark, and the mark is read before the row: so a row below the mark is an
 * older row. All throw AppError `storage.unavailable`: then nothing may leave.
 */
export function departuresOf({ partition, mark, clock, log }: Deps) {
  /** By this instance's clock, in milliseconds since 1970. */
  let windowEnd = -Infinity;
  /** What this instance raised the row to; ISO. */
  let raisedTo = '';
  let believedSince = -Infinity;
  let hasLeft = false;
  let doubtfulUntil: string | undefined;
  let working: Promise<void> | undefined;

  const read = (): Promise<Versioned<DeparturesRow> | undefined> => partition.getReadable(departuresRow, key);

  function believe(row: DeparturesRow): void {
    doubtfulUntil = row.doubtfulUntil;
    believedSince = elapsedMs(clock);
  }

  async function check(): Promise<void> {
    if (clock.now().epochMilliseconds >= windowEnd) return raise();
    const found = await read();
    // Somebody restored the tables while this instance runs.
    if (found === undefined || isBefore(found.value.until, raisedTo)) return raise();
    believe(found.value);
  }

  async function raise(): Promise<void> {
    hasLeft = false;
    const { row, end, isRestored } = await whileConflicting(async () => {
      const marked = await mark.read();
      const found = await read();
      const now = clock.now();
      const ending = endOfWindow(now);
      const restored = restoredUntil(found?.value, marked, now.toString());
      const next: DeparturesRow = {
        ...found?.value,
        until: latest([ending.toString(), justAfter(found?.value.until), justAfter(marked)]),
        ...((marked !== undefined || found?.value.hasMark === true) && { hasMark: true }),
        ...(restored !== undefined && {
          doubtfulUntil: latest([restored, found?.value.doubtfulUntil]),
          restoredAt: now.toString(),
        }),
      };
      await partition.commit([replace(departuresRow, key, found, next)]);
      return { row: next, end: ending, isRestored: restored !== undefined };
    }, maxTries);
    if (isRestored) log.error('restore.detected', { doubtfulUntil: row.doubtfulUntil });
    await writeMark(row.until);
    windowEnd = end.epochMilliseconds;
    raisedTo = row.until;
    believe(row);
  }

  /** Another instance that raised the row meanwhile may have written its higher mark before this lower one. */
  async function writeMark(until: string): Promise<void> {
    for (let written = until; ;) {
      await mark.write(written);
      const current = (await read())?.value.until ?? written;
      if (!isBefore(written, current)) return;
      written = current;
    }
  }

  /** Finds out whether the tables are still those that this instance saw, where that was more than a second ago. */
  async function checkAgain(): Promise<void> {
    const isOpen = clock.now().epochMilliseconds < windowEnd;
    if (!isOpen || elapsedMs(clock) - believedSince >= believedMs) await once(check);
  }

  /** However many ask at once, it is done once. */
  function once(work: () => Promise<void>): Promise<void> {
    working ??= work().finally(() => (working = undefined));
    return working;
  }

  return {
    /**
     * Makes sure that the mark covers the present moment, and that the tables are not restored ones. To be called right before
     * something leaves. Costs no trip within a second of the last call, one after that, and five a minute.
     * @returns the ISO instant up to which what was due may have left already, where the tables were restored.
     */
    async cover(): Promise<string | undefined> {
      await checkAgain();
      hasLeft = true;
      return doubtfulUntil;
    },

    /** The same where nothing leaves now: to decide about what may have left. Another instance may have found the restore. */
    async doubtfulUntil(): Promise<string | undefined> {
      await checkAgain();
      return doubtfulUntil;
    },

    /** Finds out at the start whether the tables were restored. */
    check: checkAgain,

    /**
     * Raises the mark once more when something left and its window is over: so a copy of the tables made inside the window
     * is older than the mark too. @param isStopping does so although the window is still open.
     */
    async close(isStopping = false): Promise<void> {
      if (hasLeft && (isStopping || clock.now().epochMilliseconds >= windowEnd)) await once(raise);
    },
  };
}

/** The next whole minute and one more: within it nothing needs to be written. */
function endOfWindow(now: Temporal.Instant): Temporal.Instant {
  return now.round({ smallestUnit: 'minute', roundingMode: 'ceil' }).add({ minutes: 1 });
}

/** Up to when something may have left that these tables know nothing of; `undefined` where they are no restored ones. */
function restoredUntil(
  row: DeparturesRow | undefined,
  marked: string | undefined,
  now: string,
): string | undefined {
  if (marked !== undefined) return row === undefined || isBefore(row.until, marked) ? marked : undefined;
  return row?.hasMark === true ? now : undefined;
}

function isBefore(one: string, other: string): boolean {
  return Date.parse(one) < Date.parse(other);
}

/** Each raise is above the one before, so that two copies of the tables can be distinguished. */
function justAfter(instant: string | undefined): string | undefined {
  return instant && Temporal.Instant.from(instant).add({ seconds: 1 }).toString();
}

function latest(instants: readonly (string | undefined)[]): string {
  const known = instants.filter((each) => each !== undefined);
  return known.reduce((one, other) => (isBefore(one, other) ? other : one));
}

/** Whether what was due at an ISO instant may have left before the tables were restored. */
export function isDoubtful(at: string, doubtfulUntil: string | undefined): boolean {
  return doubtfulUntil !== undefined && !isBefore(doubtfulUntil, at);
}
