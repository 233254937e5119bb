import { z } from 'zod';
import { homeDate, newestFirst } from '../platform/clock.js';
import type { Change, Versioned } from '../platform/commit.js';
import type { ReleaseId } from '../platform/ids.js';
import type { Page } from '../platform/pages.js';
import type { Partition } from '../platform/partition.js';
import { revisionPlace } from '../platform/row-lists.js';
import { insert, put, replace, storedKind } from '../platform/stored.js';
import { languages, publicLanguages, type Language } from '../shared/languages.js';
import { textStatus, type Revision } from '../content/text.js';
import {
  releaseStates,
  type Release,
  type ReleaseAudit,
  type ReleaseLine,
  type ReleaseState,
} from './types.js';

/** More releases in six weeks than any programme publishes in a year. */
const maxInCalendar = 1000;
const maxAuditEntries = 200;

const perLanguage = <Schema extends z.ZodType>(schema: Schema) =>
  z.partialRecord(z.enum(languages), schema);
const personRef = z.looseObject({ id: z.string(), name: z.string() });
const words = { title: z.string(), lead: z.string(), body: z.string() };
const written = { ...words, revision: z.number(), by: personRef, at: z.string() };
const approval = z.looseObject({ at: z.string(), by: personRef, revisions: perLanguage(z.number()) });
const plan = { approval, due: z.string(), message: z.string() };
const trouble = { reason: z.string(), attempts: z.number() };
const state = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal('draft'), at: z.string() }),
  z.looseObject({ status: z.literal('approved'), approval }),
  z.looseObject({ status: z.literal('scheduled'), at: z.string(), by: personRef, ...plan }),
  z.looseObject({ status: z.literal('publishing'), at: z.string(), ...plan }),
  z.looseObject({ status: z.literal('published'), at: z.string(), urls: perLanguage(z.string()), ...plan }),
  z.looseObject({ status: z.literal('failed'), at: z.string(), ...trouble, ...plan }),
  z.looseObject({ status: z.literal('uncertain'), at: z.string(), ...trouble, ...plan }),
  z.looseObject({ status: z.literal('cancelled'), at: z.string(), by: personRef }),
]);

type Old = Readonly<Record<string, unknown>>;

/** Version 1 called the status of a state `state`. */
function withStatus(old: unknown): Old {
  const { state: status, ...rest } = old as Old;
  return { status, ...rest };
}

/** Version 1 called the state `is`. */
export const releaseRow = storedKind<Release>({
  name: 'release',
  schema: z.looseObject({
    id: z.string(),
    channel: z.string(),
    createdAt: z.string(),
    texts: perLanguage(z.looseObject({ ...written, checked: perLanguage(z.number()) })),
    state,
    plans: z.number(),
    auditCount: z.number(),
  }) as unknown as z.ZodType<Release>,
  upgrades: [({ is, ...rest }) => ({ ...rest, state: withStatus(is) })],
});

/** Version 1 called the event `did`. */
export const releaseAuditRow = storedKind<ReleaseAudit>({
  name: 'releaseAudit',
  schema: z.looseObject({
    number: z.number(),
    at: z.string(),
    by: personRef.optional(),
    event: z.looseObject({ action: z.string() }),
    before: state.optional(),
  }) as unknown as z.ZodType<ReleaseAudit>,
  upgrades: [
    ({ did, before, ...rest }) => ({
      ...rest,
      event: did,
      ...(before !== undefined && { before: withStatus(before) }),
    }),
  ],
});

/** Version 1 called the status `state`. */
export const releaseLineRow = storedKind<ReleaseLine>({
  name: 'releaseLine',
  schema: z.looseObject({
    id: z.string(),
    channel: z.string(),
    status: z.enum(releaseStates),
    titles: perLanguage(z.string()),
    notReady: z.array(z.enum(publicLanguages)),
    at: z.string(),
    due: z.string().optional(),
  }) as unknown as z.ZodType<ReleaseLine>,
  upgrades: [withStatus],
});

export const releaseRevisionRow = storedKind<Revision>({
  name: 'releaseRevision',
  schema: z.looseObject({ language: z.enum(languages), ...written }) as unknown as z.ZodType<Revision>,
});

/** When a release in this state is to go out or went out; ISO instant. */
function dueOf(is: ReleaseState): string | undefined {
  switch (is.status) {
    case 'approved':
      return is.overdue?.due;
    case 'scheduled':
    case 'publishing':
    case 'failed':
    case 'uncertain':
      return is.due;
    case 'published':
      return is.at;
    case 'draft':
    case 'cancelled':
      return undefined;
  }
}

/** The line by which a release is recognised in a list and in the calendar. */
function lineOf(release: Release): ReleaseLine {
  const { texts, projectId } = release;
  const due = dueOf(release.state);
  return {
    id: release.id,
    channel: release.channel,
    status: release.state.status,
    titles: Object.fromEntries(
      languages.flatMap((language) => {
        const text = texts[language];
        return text === undefined ? [] : [[language, text.title] as const];
      }),
    ),
    notReady: publicLanguages.filter((language) => textStatus(texts, language) !== 'ready'),
    at: release.state.status === 'approved' ? release.state.approval.at : release.state.at,
    ...(due !== undefined && { due }),
    ...(release.state.status === 'approved' &&
      release.state.overdue !== undefined && { overdue: true as const }),
    ...(projectId !== undefined && { projectId }),
    ...(release.source !== undefined && { fromNews: true as const }),
  };
}

/** Where the queue shows a release, by what it asks of people; `undefined` when it is done. */
function queueGroup(line: ReleaseLine): 0 | 1 | 2 | 3 | undefined {
  if (line.overdue === true) return 0;
  switch (line.status) {
    case 'failed':
    case 'uncertain':
      return 0;
    case 'scheduled':
    case 'publishing':
      return 1;
    case 'approved':
      return 2;
    case 'draft':
      return 3;
    case 'published':
    case 'cancelled':
      return undefined;
  }
}

const releaseKey = (id: ReleaseId): string => `release|${id}`;
const auditPrefix = (id: ReleaseId): string => `release-audit|${id}|`;
const auditKey = (id: ReleaseId, number: number): string => auditPrefix(id) + revisionPlace(number);
const textPrefix = (id: ReleaseId, language: Language): string => `release-text|${id}|${language}|`;
const queuePrefix = 'release-queue|';
const attentionPrefix = `${queuePrefix}0|`;
const archivePrefix = 'release-archive|';
const dayPrefix = 'release-day|';

/** Instants of different precision don't sort as text: whole milliseconds do. */
const sortable = (instant: string): string => new Date(instant).toISOString();

function lineKeys(line: ReleaseLine): string[] {
  const group = queueGroup(line);
  const place =
    group === undefined
      ? `${archivePrefix}${newestFirst(line.at)}|${line.id}`
      : `${queuePrefix}${group}|${sortable(line.due ?? line.at)}|${line.id}`;
  if (line.due === undefined) return [place];
  return [place, `${dayPrefix}${homeDate(line.due).toString()}|${sortable(line.due)}|${line.id}`];
}

/** The changes that put the lines of a release where they belong now; none when they say and stand as before. */
function lineChanges(before: Release | undefined, after: Release): Change[] {
  const line = lineOf(after);
  const keys = lineKeys(line);
  const oldLine = before && lineOf(before);
  if (JSON.stringify(oldLine) === JSON.stringify(line)) return [];
  const oldKeys = oldLine === undefined ? [] : lineKeys(oldLine);
  return [
    ...keys.map((key) => put(releaseLineRow, key, line)),
    ...oldKeys.filter((key) => !keys.includes(key)).map((key): Change => ({ op: 'delete', key })),
  ];
}

const auditChanges = (id: ReleaseId, audit: readonly ReleaseAudit[]): Change[] =>
  audit.map((entry) => insert(releaseAuditRow, auditKey(id, entry.number), entry));

export type ReleaseStore = ReturnType<typeof releaseStore>;

/**
 * Where the releases are kept: `release|<id>`, its audit trail and revisions, and one line row in the queue or the
 * archive, and one under its day. Writing gives changes, to be committed with those of others.
 */
export function releaseStore(partition: Partition) {
  return {
    find: (id: ReleaseId) => partition.get(releaseRow, releaseKey(id)),

    insert: (release: Release, audit: readonly ReleaseAudit[]): Change[] => [
      insert(releaseRow, releaseKey(release.id), release),
      ...lineChanges(undefined, release),
      ...auditChanges(release.id, audit),
    ],

    replace: (before: Versioned<Release>, after: Release, audit: readonly ReleaseAudit[]): Change[] => [
      replace(releaseRow, releaseKey(after.id), before, after),
      ...lineChanges(before.value, after),
      ...auditChanges(after.id, audit),
    ],

    /** Keeps a revision in the history; a parked one beside the revision that won, told apart by its audit number. */
    keepRevision: (id: ReleaseId, revision: Revision, auditNumber: number): Change => {
      const key = textPrefix(id, revision.language) + revisionPlace(revision.revision);
      const parked = revision.parked === true ? `|parked|${String(auditNumber)}` : '';
      return insert(releaseRevisionRow, key + parked, revision);
    },

    /**
     * Releases that are not done: first those that need a person (overdue, failed, uncertain), then those with a
     * time, soonest first, then approved ones, then drafts, oldest first.
     */
    queue: (limit: number, after?: string): Promise<Page<ReleaseLine>> =>
      partition.page(releaseLineRow, queuePrefix, limit, after),

    /** Only those of the queue that need a person. */
    needingAttention: (limit: number): Promise<Page<ReleaseLine>> =>
      partition.page(releaseLineRow, attentionPrefix, limit),

    /** Published and cancelled ones, newest first. */
    archive: (limit: number, after?: string): Promise<Page<ReleaseLine>> =>
      partition.page(releaseLineRow, archivePrefix, limit, after),

    /** Those that are to go out or went out on these Helsinki dates (ISO, the last one included), in order of time. */
    days: async (first: string, last: string): Promise<readonly ReleaseLine[]> => {
      const range = { from: `${dayPrefix}${first}`, to: `${dayPrefix}${last}~`, limit: maxInCalendar };
      return (await partition.range(releaseLineRow, range)).rows.map((row) => row.value);
    },

    /** The newest 200 entries, in the order in which they were made. */
    audit: async (id: ReleaseId): Promise<readonly ReleaseAudit[]> =>
      (await partition.all(releaseAuditRow, auditPrefix(id), maxAuditEntries)).reverse(),

    auditEntry: async (id: ReleaseId, number: number): Promise<ReleaseAudit | undefined> =>
      (await partition.get(releaseAuditRow, auditKey(id, number)))?.value,

    /** Revisions of one language, newest first, with the parked words beside the revision that they were written over. */
    revisions: (id: ReleaseId, language: Language, limit: number, after?: string): Promise<Page<Revision>> =>
      partition.page(releaseRevisionRow, textPrefix(id, language), limit, after),
  };
}
