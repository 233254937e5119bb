import { newestFirst } from '../../platform/clock.js';
import type { Change, Versioned } from '../../platform/commit.js';
import type { SendId } from '../../platform/ids.js';
import { isUnsettled, lineOf, type SendHeader } from './header.js';
import type { Progress } from './progress.js';
import type { Recipient, Send } from './fan-out.js';
import type { Expansion, SendStore } from './store-port.js';
import { prefixRange, type Rows } from '../../platform/rows.js';
import { pageOf, indexLine, type Indexed } from '../../platform/row-lists.js';

const headerKey = (id: SendId): string => `send|${id}`;
const activePrefix = 'send-active|';
const linePrefix = 'send-line|';
const linesPerPage = 20;
const activePerPage = 1_000;
const endedPrefix = 'send-ended|';
/** Rows of one chunk and of all chunks of a send that are read at once. */
const maxChunks = 10_000;
/** Below what one transaction takes, in characters of JSON. */
const maxCharacters = 1_000_000;
const maxInCommit = 100;

const partitionOf = (id: SendId): string => `send-${id}`;
const number = (value: number): string => String(value).padStart(6, '0');
const chunkKey = (expansion: string, chunk: number): string => `to|${expansion}|${number(chunk)}`;
const progressPrefix = (expansion: string): string => `progress|${expansion}|`;
const progressKey = (expansion: string, chunk: number, claim: number): string =>
  `${progressPrefix(expansion)}${number(chunk)}|${number(claim)}`;
const claimOf = (key: string): number => Number(key.slice(-6));

function indexed(header: SendHeader): Indexed<Send> {
  return { line: lineOf(header), keys: [`${linePrefix}${newestFirst(header.startedAt)}|${header.id}`] };
}

/** The row that makes the sweep look at a send while there is work on it. */
function activeChanges(before: SendHeader | undefined, after: SendHeader): Change[] {
  const [was, is] = [before !== undefined && isUnsettled(before), isUnsettled(after)];
  const key = `${activePrefix}${after.id}`;
  if (is && !was) return [{ op: 'put', key, value: { id: after.id } }];
  return was && !is ? [{ op: 'delete', key }] : [];
}

/** Where a send stands that has ended, and whose recipients are to be erased some day. */
function endedKey(header: SendHeader): string | undefined {
  const { id, state, chunks } = header;
  if (!('at' in state) || chunks.length === 0 || isUnsettled(header)) return undefined;
  return `${endedPrefix}${state.at}|${id}`;
}

function endedChanges(before: SendHeader | undefined, after: SendHeader): Change[] {
  const [was, is] = [before && endedKey(before), endedKey(after)];
  if (was === is) return [];
  return [
    ...(was === undefined ? [] : [{ op: 'delete', key: was } as const]),
    ...(is === undefined ? [] : [{ op: 'put', key: is, value: { id: after.id } } as const]),
  ];
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

/**
 * Sends in rows. Beside the programme: `send|<id>` the header, `send-line|<newest first>|<id>` its line in the list,
 * `send-active|<id>` while there is work on it, `send-ended|<instant>|<id>` from then until its recipients are erased. In the send's own partition, by expansion and chunk: `to|...` the
 * recipients, `progress|...|<claim>` how far they have come.
 */
export function sendStore(rows: Rows, partition: string): SendStore {
  return {
    ...headers(rows, partition),
    ...chunks(rows, partition),
    ...claims(rows),
  };
}

type Headers = Pick<SendStore, 'find' | 'list' | 'active' | 'ended' | 'insert' | 'replace' | 'commit'>;

function headers(rows: Rows, partition: string): Headers {
  return {
    find: async (id) => {
      const row = await rows.get<SendHeader>(partition, headerKey(id));
      return row && { value: row.value, version: row.version };
    },
    list: (after) => pageOf<Send>(rows, partition, linePrefix, linesPerPage, after),
    active: async () => {
      const ids: SendId[] = [];
      for (let after: string | undefined; ;) {
        const range = prefixRange(activePrefix, activePerPage, after);
        const found = await rows.range<{ id: SendId }>(partition, range);
        ids.push(...found.rows.map((row) => row.value.id));
        after = found.rows.at(-1)?.key;
        if (!found.more) return ids;
      }
    },
    ended: async (until, max) => {
      const range = { from: endedPrefix, to: `${endedPrefix}${until}`, limit: max };
      const found = await rows.range<{ id: SendId }>(partition, range);
      return found.rows.map((row) => row.value.id);
    },
    insert: (header) => [
      { op: 'insert', key: headerKey(header.id), value: header },
      ...indexLine(undefined, indexed(header)),
      ...activeChanges(undefined, header),
      ...endedChanges(undefined, header),
    ],
    replace: (before: Versioned<SendHeader>, after) => [
      { op: 'replace', key: headerKey(after.id), value: after, version: before.version },
      ...indexLine(indexed(before.value), indexed(after)),
      ...activeChanges(before.value, after),
      ...endedChanges(before.value, after),
    ],
    commit: (changes) => rows.commit(partition, changes),
  };
}

/** Deletes the rows of a send whose expansion is not to be kept; of all where none is. */
async function removeRows(rows: Rows, id: SendId, kept?: string): Promise<void> {
  for (const prefix of ['to|', 'progress|']) {
    const found = await rows.range(partitionOf(id), prefixRange(prefix, maxChunks));
    const gone = found.rows
      .filter(({ key }) => key.split('|')[1] !== kept)
      .map(({ key }): Change => ({ op: 'delete', key }));
    for (let from = 0; from < gone.length; from += maxInCommit)
      await rows.commit(partitionOf(id), gone.slice(from, from + maxInCommit));
  }
}

type Chunks = Pick<SendStore, 'putChunks' | 'clean' | 'erase' | 'recipients'>;

function chunks(rows: Rows, partition: string): Chunks {
  return {
    putChunks: async ({ id, expansion }, all, progress) => {
      const recipients = all.map((value, chunk): Change => ({
        op: 'put',
        key: chunkKey(expansion, chunk),
        value,
      }));
      const begun = progress.map((value): Change => ({
        op: 'put',
        key: progressKey(expansion, value.chunk, 0),
        value,
      }));
      for (const changes of inCommits([...recipients, ...begun])) await rows.commit(partitionOf(id), changes);
    },
    clean: ({ id, expansion }) => removeRows(rows, id, expansion),
    erase: async (header) => {
      await removeRows(rows, header.id);
      const key = endedKey(header);
      if (key !== undefined) await rows.commit(partition, [{ op: 'delete', key }]);
    },
    recipients: async ({ id, expansion }, chunk) => {
      const row = await rows.get<readonly Recipient[]>(partitionOf(id), chunkKey(expansion, chunk));
      return row?.value ?? [];
    },
  };
}

function claims(rows: Rows): Pick<SendStore, 'progress' | 'allProgress' | 'claim' | 'record'> {
  return {
    progress: async ({ id, expansion }, chunk) => {
      const range = prefixRange(`${progressPrefix(expansion)}${number(chunk)}|`, 1);
      const [row] = (await rows.range<Progress>(partitionOf(id), range)).rows;
      return row && { progress: row.value, claim: claimOf(row.key), version: row.version };
    },
    allProgress: async ({ id, expansion }) => {
      const found = await rows.range<Progress>(
        partitionOf(id),
        prefixRange(progressPrefix(expansion), maxChunks),
      );
      return found.rows.map((row) => row.value);
    },
    claim: async ({ id, expansion }: Expansion, found, progress) => {
      const { chunk } = progress;
      const claim = found.claim + 1;
      await rows.commit(partitionOf(id), [
        { op: 'delete', key: progressKey(expansion, chunk, found.claim), version: found.version },
        { op: 'insert', key: progressKey(expansion, chunk, claim), value: progress },
      ]);
      return claim;
    },
    record: async ({ id, expansion }, claim, progress) => {
      const key = progressKey(expansion, progress.chunk, claim);
      await rows.commit(partitionOf(id), [{ op: 'replace', key, value: progress }]);
    },
  };
}
