import { z } from 'zod';
import { newestFirst } from '../../platform/clock.js';
import type { Change, Versioned } from '../../platform/commit.js';
import type { Log } from '../../platform/log.js';
import type { Page } from '../../platform/pages.js';
import { partitionOf, type Partition } from '../../platform/partition.js';
import { prefixRange, type Rows } from '../../platform/rows.js';
import { indexLine, insert, put, replace, storedId, storedKind } from '../../platform/stored.js';
import type { ContactId } from '../../platform/ids.js';
import type { ContactImport, ImportedContact, ImportHold, ImportId, ImportRow } from './import.js';

const importRow = storedKind<ContactImport>({
  name: 'contact.import',
  schema: z.looseObject({
    id: z.string(),
    name: z.string(),
    columns: z.array(z.string()),
    sizes: z.array(z.number()),
    subscriptions: z.array(z.string()),
    consent: z.looseObject({ given: z.boolean() }),
    createdAt: z.string(),
    state: z.looseObject({ status: z.enum(['draft', 'running', 'done', 'undoing', 'undone']) }),
  }) as unknown as z.ZodType<ContactImport>,
});

interface Chunk {
  readonly rows: readonly ImportRow[];
}

const chunkRow = storedKind<Chunk>({
  name: 'contact.import.rows',
  schema: z.looseObject({
    rows: z.array(
      z.looseObject({
        row: z.number(),
        cells: z.array(z.string()),
        isLeftOut: z.literal(true).exactOptional(),
      }),
    ),
  }),
});

const importedRow = storedKind<ImportedContact>({
  name: 'contact.imported',
  schema: z.looseObject({
    row: z.number(),
    id: storedId<ContactId>(),
    isNew: z.boolean(),
    isStopped: z.literal(true).exactOptional(),
    added: z.array(z.string()),
    welcomed: z.array(z.string()),
    consent: z.looseObject({ before: z.unknown().exactOptional(), after: z.unknown() }).exactOptional(),
    since: z.record(z.string(), z.string()).exactOptional(),
  }) as unknown as z.ZodType<ImportedContact>,
});

const holdRow = storedKind<ImportHold>({
  name: 'contact.import.hold',
  schema: z.looseObject({
    id: storedId<ImportId>(),
    since: z.string(),
    until: z.string().exactOptional(),
  }),
});

/** Far more than are stopped, or put off, at a time. */
const maxHolds = 1_000;
const importsPerPage = 20;
/** So many rows an import has at most. */
export const maxImportRows = 10_000;
const maxInCommit = 100;

const headerKey = (id: ImportId): string => `contact-import|${id}`;
const linePrefix = 'contact-import-line|';
const holdPrefix = 'contact-import-hold|';
const number = (value: number): string => String(value).padStart(6, '0');
const importedPrefix = (id: string): string => `contact-imported|${id}|`;
const rowsPrefix = 'rows|';
const rowsKey = (chunk: number): string => rowsPrefix + number(chunk);

/** What an import did to contacts, in the order of its rows; also for whoever sends them something. */
export function importedContacts(partition: Partition) {
  return {
    /** All of them: one trip for each 1,000. */
    all: (id: string): Promise<readonly ImportedContact[]> =>
      partition.all(importedRow, importedPrefix(id), maxImportRows),
    /** Those of the rows from one to another, the second not included. */
    between: async (id: string, from: number, to: number): Promise<readonly ImportedContact[]> => {
      const prefix = importedPrefix(id);
      const range = { from: prefix + number(from), to: prefix + number(to), limit: to - from };
      return (await partition.range(importedRow, range)).rows.map(({ value }) => value);
    },
    put: (id: string, imported: ImportedContact): Change =>
      put(importedRow, importedPrefix(id) + number(imported.row), imported),
    remove: (id: string, row: number): Change => ({ op: 'delete', key: importedPrefix(id) + number(row) }),
    /** The first of those that are left. */
    first: (id: string, limit: number): Promise<readonly ImportedContact[]> =>
      partition.all(importedRow, importedPrefix(id), limit),
  };
}

/** What waits for another time than its contacts say, in `contact-import-hold|<id>`; also for whoever sends them something. */
export function importHolds(partition: Partition) {
  return {
    all: (): Promise<readonly ImportHold[]> => partition.all(holdRow, holdPrefix, maxHolds),
    find: (id: ImportId): Promise<Versioned<ImportHold> | undefined> =>
      partition.get(holdRow, holdPrefix + id),
    put: (hold: ImportHold): Change => put(holdRow, holdPrefix + hold.id, hold),
    remove: ({ value, version }: Versioned<ImportHold>): Change => ({
      op: 'delete',
      key: holdPrefix + value.id,
      version,
    }),
  };
}

/**
 * Imports in `contact-import|<id>`, listed in `contact-import-line|<newest first>|<id>`; what they did to contacts in
 * `contact-imported|<id>|<row>`. The rows of each in a partition of its own: `rows|<chunk>`.
 */
export function importStore({
  rows,
  log,
  partition,
  ending = '',
}: {
  readonly rows: Rows;
  readonly log: Pick<Log, 'error'>;
  readonly partition: Partition;
  /** With what the names of the partitions of rows end: what distinguishes them from those of other programmes. */
  readonly ending?: string;
}) {
  const ownOf = (id: ImportId): Partition => partitionOf(rows, `contact-import-${id}${ending}`, log);
  const indexed = (value: ContactImport) => ({
    line: value,
    keys: [`${linePrefix}${newestFirst(value.createdAt)}|${value.id}`],
  });

  return {
    find: (id: ImportId): Promise<Versioned<ContactImport> | undefined> =>
      partition.get(importRow, headerKey(id)),

    /** Newest first, 20 a page. */
    list: (after?: string): Promise<Page<ContactImport>> =>
      partition.page(importRow, linePrefix, importsPerPage, after),

    put: (before: Versioned<ContactImport> | undefined, after: ContactImport): Change[] => [
      replace(importRow, headerKey(after.id), before, after),
      ...indexLine(importRow, before && indexed(before.value), indexed(after)),
    ],

    remove: ({ value, version }: Versioned<ContactImport>): Change[] => [
      { op: 'delete', key: headerKey(value.id), version },
      ...indexed(value).keys.map((key): Change => ({ op: 'delete', key })),
    ],

    chunk: (id: ImportId, chunk: number): Promise<Versioned<Chunk> | undefined> =>
      ownOf(id).get(chunkRow, rowsKey(chunk)),

    /** @throws AppError `storage.conflict` where the chunk is stored already. */
    insertChunk: (id: ImportId, chunk: number, all: readonly ImportRow[]): Promise<void> =>
      ownOf(id).commit([insert(chunkRow, rowsKey(chunk), { rows: all })]),

    /** @throws AppError `storage.conflict` where it was changed since it was read. */
    replaceChunk: (
      id: ImportId,
      chunk: number,
      before: Versioned<Chunk>,
      all: readonly ImportRow[],
    ): Promise<void> => ownOf(id).commit([replace(chunkRow, rowsKey(chunk), before, { rows: all })]),

    /** How many chunks are stored. */
    countChunks: async (id: ImportId, max: number): Promise<number> =>
      (await ownOf(id).raw(prefixRange(rowsPrefix, max))).rows.length,

    /** Erases all rows of the list, however many chunks there are. */
    async eraseRows(id: ImportId): Promise<void> {
      for (;;) {
        const { rows: some } = await ownOf(id).raw(prefixRange(rowsPrefix, maxInCommit));
        if (some.length === 0) return;
        await ownOf(id).commit(some.map(({ key }): Change => ({ op: 'delete', key })));
      }
    },

    imported: importedContacts(partition),
    holds: importHolds(partition),
  };
}

export type ImportStore = ReturnType<typeof importStore>;
