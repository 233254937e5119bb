import { z } from 'zod';
import { auditLog } from '../../platform/audit-trail.js';
import { newestFirst } from '../../platform/clock.js';
import type { Change, Versioned } from '../../platform/commit.js';
import { isAppError } from '../../platform/errors.js';
import type { FanOutId } from '../../platform/ids.js';
import type { Log } from '../../platform/log.js';
import type { Page } from '../../platform/pages.js';
import { partitionOf, type Partition } from '../../platform/partition.js';
import { canStand } from '../../platform/row-limits.js';
import { prefixRange, type Rows } from '../../platform/rows.js';
import { indexLine, insert, put, replace, storedKind, type IndexedLine } from '../../platform/stored.js';
import { type FanOut, type FanOutEvent, isUnsettled, lineOf, type FanOutHeader } from './fan-out.js';
import type { Recipient, FanOutContent } from './kind.js';
import type { Progress } from './progress.js';

type Old = Readonly<Record<string, unknown>>;

/** What version 1 called things by other names: a state, what can't be delivered, and what is no more so. */
function stateOfVersion1(is: unknown): Old {
  const { state: status, reason, ...more } = is as Old;
  const named = reason === 'overtaken' ? 'superseded' : reason;
  return { status, ...more, ...(reason !== undefined && { reason: named }) };
}

function countsOfVersion1(counts: unknown): Old {
  const { gone, ...more } = counts as Old;
  return { ...more, undeliverable: gone };
}

function chunkOfVersion1(chunk: Old): Old {
  return chunk.settled === undefined ? chunk : { ...chunk, settled: countsOfVersion1(chunk.settled) };
}

const settled = {
  sent: z.number(),
  undeliverable: z.number(),
  failed: z.number(),
  uncertain: z.number(),
  dropped: z.number(),
};
const status = z.enum(['sending', 'paused', 'cancelled', 'done', 'dropped']);
const common = {
  id: z.string(),
  content: z.looseObject({ kind: z.string() }),
  dueAt: z.string(),
  startedAt: z.string(),
  state: z.looseObject({ status }),
};

export const headerRow = storedKind<FanOutHeader>({
  name: 'fanOut.header',
  schema: z.looseObject({
    ...common,
    expansion: z.string(),
    chunks: z.array(
      z.looseObject({
        way: z.enum(['chat', 'channel', 'mail']),
        size: z.number(),
        settled: z.looseObject(settled).optional(),
      }),
    ),
    again: z.array(z.enum(['failed', 'uncertain'])),
    againKnowing: z.number().optional(),
  }) as unknown as z.ZodType<FanOutHeader>,
  upgrades: [
    ({ is, chunks, ...old }) => ({
      ...old,
      state: stateOfVersion1(is),
      chunks: (chunks as readonly Old[]).map(chunkOfVersion1),
    }),
  ],
});

export const lineRow = storedKind<FanOut>({
  name: 'fanOut.line',
  schema: z.looseObject({
    ...common,
    counts: z.looseObject({ total: z.number(), open: z.number(), ...settled }),
  }) as unknown as z.ZodType<FanOut>,
  upgrades: [
    ({ is, counts, ...old }) => ({ ...old, state: stateOfVersion1(is), counts: countsOfVersion1(counts) }),
  ],
});

/** Written again with each group of results: checked only enough to distinguish it from other rows. */
export const progressRow = storedKind<Progress>({
  name: 'fanOut.progress',
  schema: z.looseObject({
    chunk: z.number(),
    nextAttemptAt: z.number(),
    states: z.string(),
    doubted: z.number().optional(),
  }) as unknown as z.ZodType<Progress>,
  upgrades: [
    ({ lookAt, notes, ...old }) => ({
      ...old,
      nextAttemptAt: lookAt,
      notes: Object.fromEntries(
        Object.entries(notes as Record<string, Old>).map(([index, note]) => [
          index,
          note.reason === 'overtaken' ? { ...note, reason: 'superseded' } : note,
        ]),
      ),
    }),
  ],
});

interface ChunkRecipients {
  readonly recipients: readonly Recipient[];
}

/** In version 1 the row was the list itself. */
export const recipientsRow = storedKind<ChunkRecipients>({
  name: 'fanOut.recipients',
  schema: z.looseObject({
    recipients: z.custom<readonly Recipient[]>(Array.isArray),
  }),
  upgrades: [(old) => ({ recipients: Object.values(old) })],
});

const idRow = storedKind<{ readonly id: FanOutId }>({
  name: 'fanOut.id',
  schema: z.looseObject({ id: z.string() }) as unknown as z.ZodType<{ readonly id: FanOutId }>,
});

/** How far the fan-outs of before are found by what they are about, and erased where they name somebody. */
const indexedRow = storedKind<{ readonly after?: string; readonly isDone: boolean }>({
  name: 'fanOut.indexed',
  schema: z.looseObject({ after: z.string().exactOptional(), isDone: z.boolean() }),
});

const headerKey = (id: FanOutId): string => `send|${id}`;
const activePrefix = 'send-active|';
const linePrefix = 'send-line|';
const aboutPrefix = 'fan-out-about|';
const indexedKey = 'fan-out-about-indexed';
const erasedKey = 'fan-outs-of-one-erased';
const endedPrefix = 'send-ended|';
const linesPerPage = 20;
/** The fan-outs about one thing: as many as one trip reads. */
const maxAbout = 1_000;
const activePerPage = 1_000;
/** Rows of one chunk and of all chunks of a fan-out that are read at once. */
const maxChunks = 10_000;
/** Below what one transaction takes, in characters of JSON. */
const maxCharacters = 1_000_000;
const maxInCommit = 100;

const number = (value: number): string => String(value).padStart(6, '0');
const chunkKey = (expansion: string, chunk: number): string => `to|${expansion}|${number(chunk)}`;
const progressPrefix = (expansion: string): string => `progress|${expansion}|`;
const progressKey = (expansion: string, chunk: number, claim: number): string =>
  `${progressPrefix(expansion)}${number(chunk)}|${number(claim)}`;
const claimOf = (key: string): number => Number(key.slice(-6));

/** The recipients of a fan-out: which one, and which of its expansions. */
export type Expansion = Pick<FanOutHeader, 'id' | 'expansion'>;

/** How far a chunk has come, and under which claim that was written. */
export interface Found {
  readonly progress: Progress;
  readonly claim: number;
  readonly version: string;
}

/** An entry of the index of fan-outs that have ended. */
export interface EndedEntry {
  readonly id: FanOutId;
  readonly key: string;
}

/** Rows in groups that fit into one transaction each. */
function* inCommits(changes: readonly Change[]): Generator<Change[]> {
  let group: Change[] = [];
  let characters = 0;
  for (const change of changes) {
    const size = JSON.stringify(change.value).length;
    if (group.length === maxInCommit || (group.length > 0 && characters + size > maxCharacters)) {
      yield group;
      group = [];
      characters = 0;
    }
    group.push(change);
    characters += size;
  }
  if (group.length > 0) yield group;
}

export interface FanOutStoreDeps {
  readonly rows: Rows;
  readonly log: Log;
  /** That of the programme. */
  readonly partition: Partition;
  /** With what the names of the fan-outs' own partitions end: what distinguishes them from those of other programmes. */
  readonly ending?: string;
  /** What a content is about; see `FanOutKind.about`. */
  readonly aboutOf: (content: FanOutContent) => readonly string[];
  /** Whether a content names somebody; see `FanOutKind.isOfOnePerson`. */
  readonly isOfOnePerson: (content: FanOutContent) => boolean;
}

export type FanOutStore = ReturnType<typeof fanOutStore>;

/**
 * Fan-outs in rows. Beside the programme: `send|<id>` the header, `send-line|<newest first>|<id>` its line in the list,
 * `fan-out-about|<what it is about>|<newest first>|<id>` the same line, `send-active|<id>` while there is work on it,
 * `send-ended|<instant>|<id>` from then until its recipients are erased, and `send-audit|<id>|...` what people did to it. In
 * the fan-out's own partition, by expansion and chunk: `to|...` the recipients, `progress|...|<claim>` how far they have come.
 *
 * The progress of a chunk is stored in a row whose key names the claim. A worker that takes a chunk over deletes the row of the
 * claim before, as it was read, and inserts one of their own: so a worker that lost its chunk finds its row deleted at its
 * next write, and a worker that holds it needs to read nothing between two writes.
 */
export function fanOutStore({ rows, log, partition, ending = '', aboutOf, isOfOnePerson }: FanOutStoreDeps) {
  const audit = auditLog<FanOutEvent>(partition, { name: 'fanOut.audit', prefix: 'send-audit|' });
  let areAllIndexed = false;
  let areAllErased = false;
  const ownOf = (id: FanOutId): Partition => partitionOf(rows, `send-${id}${ending}`, log);

  function aboutKey({ id, content, startedAt }: Pick<FanOut, 'id' | 'content' | 'startedAt'>): string[] {
    return aboutOf(content).map((about) => `${aboutPrefix}${about}|${newestFirst(startedAt)}|${id}`);
  }

  function indexed(header: FanOutHeader): IndexedLine<FanOut> {
    return {
      line: lineOf(header),
      keys: [`${linePrefix}${newestFirst(header.startedAt)}|${header.id}`, ...aboutKey(header)],
    };
  }

  /** The keys of fan-outs that have ended and of which something is to be erased later. */
  function endedKey(header: FanOutHeader): string | undefined {
    const { id, state, chunks, content } = header;
    const hasNothing = chunks.length === 0 && !isOfOnePerson(content);
    if (!('at' in state) || hasNothing || isUnsettled(header)) return undefined;
    return `${endedPrefix}${state.at}|${id}`;
  }

  /** The rows that make the sweep look at a fan-out: while there is work on it, and until its recipients are erased. */
  function sweptChanges(before: FanOutHeader | undefined, after: FanOutHeader): Change[] {
    const keys = (header: FanOutHeader): string[] => {
      const ended = endedKey(header);
      return [
        ...(isUnsettled(header) ? [activePrefix + header.id] : []),
        ...(ended === undefined ? [] : [ended]),
      ];
    };
    const [was, is] = [before === undefined ? [] : keys(before), keys(after)];
    return [
      ...was.filter((key) => !is.includes(key)).map((key): Change => ({ op: 'delete', key })),
      ...is.filter((key) => !was.includes(key)).map((key) => put(idRow, key, { id: after.id })),
    ];
  }

  /** The changes that leave nothing of a fan-out. */
  const wholeOf = (header: FanOutHeader): Change[] =>
    [headerKey(header.id), ...indexed(header).keys].map((key) => ({ op: 'delete', key }));

  async function idsUnder(prefix: string): Promise<FanOutId[]> {
    const ids: FanOutId[] = [];
    for (let after: string | undefined; ;) {
      const found = await partition.range(idRow, prefixRange(prefix, activePerPage, after));
      ids.push(...found.rows.map(({ value }) => value.id));
      after = found.rows.at(-1)?.key;
      if (!found.more || after === undefined) return ids;
    }
  }

  /** Deletes the rows of a fan-out whose expansion is not to be kept; of all where none is. */
  async function removeRows(id: FanOutId, kept?: string): Promise<void> {
    const own = ownOf(id);
    for (const prefix of ['to|', 'progress|']) {
      const found = await own.raw(prefixRange(prefix, maxChunks));
      const removed = found.rows
        .filter(({ key }) => key.split('|')[1] !== kept)
        .map(({ key }): Change => ({ op: 'delete', key }));
      for (let from = 0; from < removed.length; from += maxInCommit)
        await own.commit(removed.slice(from, from + maxInCommit));
    }
  }

  /** Inserts the lines one by one: existing ones have been written with their header since, and are newer. */
  async function insertLines(lines: readonly FanOut[]): Promise<void> {
    for (const line of lines) {
      for (const key of aboutKey(line)) {
        await partition.commit([insert(lineRow, key, line)]).catch((error: unknown) => {
          if (!isAppError(error, 'storage.conflict')) throw error;
        });
      }
    }
  }

  return {
    find: (id: FanOutId): Promise<Versioned<FanOutHeader> | undefined> =>
      partition.get(headerRow, headerKey(id)),

    /** Newest first, 20 a page. */
    list: (after?: string): Promise<Page<FanOut>> => partition.page(lineRow, linePrefix, linesPerPage, after),

    /** Those about one thing, newest first. */
    about: async (subject: string): Promise<readonly FanOut[]> =>
      canStand(subject) ? partition.all(lineRow, `${aboutPrefix}${subject}|`, maxAbout) : [],

    /** All fan-outs on which there is still work, in no order that means anything. */
    active: (): Promise<readonly FanOutId[]> => idsUnder(activePrefix),

    /** Fan-outs with recipients that ended up to an ISO instant, longest ago first. */
    async ended(until: string, max: number): Promise<readonly EndedEntry[]> {
      const range = { from: endedPrefix, to: `${endedPrefix}${until}`, limit: max };
      return (await partition.range(idRow, range)).rows.map(({ key, value: { id } }) => ({ id, key }));
    },

    insert: (header: FanOutHeader): Change[] => [
      insert(headerRow, headerKey(header.id), header),
      ...indexLine(lineRow, undefined, indexed(header)),
      ...sweptChanges(undefined, header),
    ],

    /** Holds when the header is still at the version that was read. */
    replace: (before: Versioned<FanOutHeader>, after: FanOutHeader): Change[] => [
      replace(headerRow, headerKey(after.id), before, after),
      ...indexLine(lineRow, indexed(before.value), indexed(after)),
      ...sweptChanges(before.value, after),
    ],

    /** What people did to it: entries are stored with the header that they change. */
    audit,

    commit: (changes: readonly Change[]): Promise<void> => partition.commit(changes),

    /**
     * Puts the next of the fan-outs that older releases stored into the index by what they are about.
     * @returns whether all are stored.
     */
    async indexNext(): Promise<boolean> {
      if (areAllIndexed) return true;
      const marker = await partition.get(indexedRow, indexedKey);
      areAllIndexed = marker?.value.isDone === true;
      if (areAllIndexed) return true;
      const range = prefixRange(linePrefix, maxInCommit - 1, marker?.value.after);
      const { rows: stored, more } = await partition.raw(range);
      const lines = stored.flatMap((row) => partition.valueOf(lineRow, row) ?? []);
      const after = stored.at(-1)?.key;
      const next = { ...(after !== undefined && { after }), isDone: !more };
      const marked = replace(indexedRow, indexedKey, marker, next);
      const inserted = lines.flatMap((line) => aboutKey(line).map((key) => insert(lineRow, key, line)));
      try {
        await partition.commit([...inserted, marked]);
      } catch (error) {
        if (!isAppError(error, 'storage.conflict')) throw error;
        await insertLines(lines);
        await partition.commit([marked]);
      }
      areAllIndexed = !more;
      return areAllIndexed;
    },

    /** Stores the recipients of an expansion with the progress of each chunk. @throws AppError `input.tooLarge`. */
    async putChunks(
      { id, expansion }: Expansion,
      chunks: readonly (readonly Recipient[])[],
      progress: readonly Progress[],
    ): Promise<void> {
      const own = ownOf(id);
      const changes = [
        ...chunks.map((recipients, chunk) => put(recipientsRow, chunkKey(expansion, chunk), { recipients })),
        ...progress.map((each) => put(progressRow, progressKey(expansion, each.chunk, 0), each)),
      ];
      for (const group of inCommits(changes)) await own.commit(group);
    },

    /** Takes away the rows of all expansions but this one. */
    clean: ({ id, expansion }: Expansion): Promise<void> => removeRows(id, expansion),

    /**
     * Erases all recipients of a fan-out that has ended, and takes it off the list of {@link ended}; one whose contents name
     * somebody is erased whole.
     */
    async erase(header: FanOutHeader): Promise<void> {
      await removeRows(header.id);
      const key = endedKey(header);
      await partition.commit([
        ...(key === undefined ? [] : [{ op: 'delete', key } as const]),
        ...(isOfOnePerson(header.content) ? wholeOf(header) : []),
      ]);
    },

    /** Erases the recipients of a fan-out whose header is not there or can't be read, so that it keeps no other from being erased. */
    async eraseWithoutHeader({ id, key }: EndedEntry): Promise<void> {
      await removeRows(id);
      await partition.commit([{ op: 'delete', key }]);
    },

    /**
     * Erases those of the next old fan-outs whose contents name somebody and whose recipients an older release erased.
     * @returns whether all are looked at.
     */
    async eraseNextOfOne(): Promise<boolean> {
      if (areAllErased) return true;
      const marker = await partition.get(indexedRow, erasedKey);
      areAllErased = marker?.value.isDone === true;
      if (areAllErased) return true;
      const range = prefixRange(linePrefix, maxInCommit, marker?.value.after);
      const { rows: stored, more } = await partition.raw(range);
      for (const row of stored) {
        const line = partition.valueOf(lineRow, row);
        if (line === undefined || !isOfOnePerson(line.content)) continue;
        const found = await partition.get(headerRow, headerKey(line.id));
        // The others have their recipients still, and are erased with them.
        const isOver = found !== undefined && 'at' in found.value.state && found.value.chunks.length === 0;
        if (found !== undefined && (isOver || found.value.isForgotten === true))
          await partition.commit(wholeOf(found.value));
      }
      const after = stored.at(-1)?.key;
      await partition.commit([
        put(indexedRow, erasedKey, { ...(after !== undefined && { after }), isDone: !more }),
      ]);
      areAllErased = !more;
      return areAllErased;
    },

    async recipients({ id, expansion }: Expansion, chunk: number): Promise<readonly Recipient[]> {
      const found = await ownOf(id).get(recipientsRow, chunkKey(expansion, chunk));
      return found?.value.recipients ?? [];
    },

    async progress({ id, expansion }: Expansion, chunk: number): Promise<Found | undefined> {
      const range = prefixRange(`${progressPrefix(expansion)}${number(chunk)}|`, 1);
      const [row] = (await ownOf(id).range(progressRow, range)).rows;
      return row && { progress: row.value, claim: claimOf(row.key), version: row.version };
    },

    /** How far every chunk has come, in their order. */
    allProgress: ({ id, expansion }: Expansion): Promise<readonly Progress[]> =>
      ownOf(id).all(progressRow, progressPrefix(expansion), maxChunks),

    /**
     * Makes the chunk one's own if it is still as it was found.
     * @returns the number of the claim, to be given to {@link record}.
     * @throws AppError `storage.conflict`.
     */
    async claim({ id, expansion }: Expansion, found: Found, progress: Progress): Promise<number> {
      const { chunk } = progress;
      const claim = found.claim + 1;
      await ownOf(id).commit([
        { op: 'delete', key: progressKey(expansion, chunk, found.claim), version: found.version },
        insert(progressRow, progressKey(expansion, chunk, claim), progress),
      ]);
      return claim;
    },

    /** @throws AppError `storage.conflict` when somebody else took the chunk over. */
    async record({ id, expansion }: Expansion, claim: number, progress: Progress): Promise<void> {
      const key = progressKey(expansion, progress.chunk, claim);
      await ownOf(id).commit([{ op: 'replace', key, value: progressRow.write(progress) }]);
    },
  };
}
