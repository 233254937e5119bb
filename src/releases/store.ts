import { z } from 'zod';
import { auditEntryKind, auditTrail } from '../platform/audit-trail.js';
import { homeDate, newestFirst } from '../platform/clock.js';
import type { Change, Versioned } from '../platform/commit.js';
import { deterministicId, type NewsId, type ReleaseId } from '../platform/ids.js';
import type { Page } from '../platform/pages.js';
import type { Partition } from '../platform/partition.js';
import { waitingChanges, type WaitingEntry, type WaitingGroup } from '../platform/waiting-index.js';
import {
  insert,
  put,
  replace,
  storedKind,
  storedPersonRef,
  withStatus,
  type Old,
} from '../platform/stored.js';
import { languages, publicLanguages } from '../shared/languages.js';
import { storedDeviations, storedTextsSchema, textHistory, withReadyTexts } from '../content/history.js';
import { lackingLanguages, type Revision, type Texts } from '../content/text.js';
import {
  releaseStates,
  type Release,
  type ReleaseAudit,
  type ReleaseEvent,
  type ReleaseLine,
  type ReleaseState,
  type ReleaseStateName,
} from './types.js';

/** The id of the item that is made for a release from nothing. */
export const madeNewsId = (id: ReleaseId): NewsId => deterministicId<NewsId>('news', 'release', id);

/** More releases in six weeks than any programme publishes in a year. */
const maxInCalendar = 1000;

/** Of each language: more than a release was ever revised, and few enough for one transaction. */
const maxHistoryKept = 25;

const revisions = z.partialRecord(z.enum(languages), z.number());
const approval = z.looseObject({ at: z.string(), by: storedPersonRef, revisions });
const note = z.partialRecord(z.enum(publicLanguages), z.string());
const firstApproval = z
  .looseObject({
    approval,
    stamp: z.string(),
    move: z.string(),
    due: z.string().optional(),
    note: note.optional(),
  })
  .optional();
const plan = {
  approval,
  due: z.string(),
  message: z.string(),
  purpose: z.enum(['correct', 'takeDown', 'putBack']).optional(),
  note: note.optional(),
};
const trouble = { reason: z.string(), attempts: z.number() };
const urls = z.partialRecord(z.enum(publicLanguages), z.string());
const state = z.discriminatedUnion('status', [
  z.looseObject({ status: z.literal('draft'), at: z.string(), firstApproval }),
  z.looseObject({ status: z.literal('approved'), approval, firstApproval }),
  z.looseObject({
    status: z.literal('scheduled'),
    at: z.string(),
    by: storedPersonRef,
    ...plan,
    firstApproval,
  }),
  z.looseObject({
    status: z.literal('publishing'),
    at: z.string(),
    awaitsApproval: z.looseObject({ since: z.string(), urls }).optional(),
    ...plan,
  }),
  z.looseObject({ status: z.literal('published'), at: z.string(), urls, ...plan, firstApproval }),
  z.looseObject({ status: z.literal('failed'), at: z.string(), ...trouble, ...plan, firstApproval }),
  z.looseObject({ status: z.literal('uncertain'), at: z.string(), ...trouble, ...plan, firstApproval }),
  z.looseObject({ status: z.literal('takenDown'), at: z.string(), by: storedPersonRef, firstApproval }),
  z.looseObject({ status: z.literal('cancelled'), at: z.string(), by: storedPersonRef }),
]) as unknown as z.ZodType<ReleaseState>;

const out = z.looseObject({
  at: z.string(),
  urls,
  stamp: z.string(),
  corrections: z.array(z.looseObject({ at: z.string(), note })),
  approval,
});

const titles = z.partialRecord(z.enum(languages), z.string());
const shown = z.looseObject({
  titles,
  notReady: z.array(z.enum(publicLanguages)),
  projectId: z.string().optional(),
  loose: z.literal(true).optional(),
});

/**
 * Until version 2 a release had copies of the texts, and was made from an item or from nothing. What it needs of its item is
 * there when it is read with it: see `releaseChanges`.
 */
function withItem(old: Old): Old {
  if (old.shown !== undefined) return old;
  const { texts, source, projectId, ...rest } = withReadyTexts(old);
  const before = {
    texts,
    ...(source !== undefined && { source }),
    ...(projectId !== undefined && { projectId }),
  };
  const { newsId = madeNewsId(old.id as ReleaseId) } = (source ?? {}) as { readonly newsId?: NewsId };
  const written = texts as Texts;
  const titlesBefore = Object.entries(written).map(([language, text]) => [language, text.title] as const);
  const shownBefore = { titles: Object.fromEntries(titlesBefore), notReady: lackingLanguages(written) };
  return { ...rest, newsId, own: {}, shown: shownBefore, before };
}

/** Version 1 called the state `is`. */
const releaseRow = storedKind<Release>({
  name: 'release',
  schema: z.looseObject({
    id: z.string(),
    channel: z.string(),
    newsId: z.string(),
    own: storedDeviations,
    contact: z.string().optional(),
    shown,
    createdAt: z.string(),
    state,
    out: out.optional(),
    sentBack: z.looseObject({ at: z.string(), by: storedPersonRef, reason: z.string() }).optional(),
    before: z
      .looseObject({
        texts: storedTextsSchema,
        source: z.looseObject({ newsId: z.string(), revisions }).optional(),
        projectId: z.string().optional(),
      })
      .optional(),
    plans: z.number(),
    auditCount: z.number(),
  }) as unknown as z.ZodType<Release>,
  upgrades: [({ is, ...rest }) => ({ ...rest, state: withStatus(is) }), withItem],
});

const auditRow = auditEntryKind<ReleaseEvent, ReleaseState>({
  name: 'releaseAudit',
  event: z.looseObject({ action: z.string() }) as unknown as z.ZodType<ReleaseEvent>,
  before: state,
});

/** Version 1 called the status `state`. */
const releaseLineRow = storedKind<ReleaseLine>({
  name: 'releaseLine',
  schema: z.looseObject({
    id: z.string(),
    channel: z.string(),
    status: z.enum(releaseStates),
    titles: z.partialRecord(z.enum(languages), z.string()),
    notReady: z.array(z.enum(publicLanguages)),
    at: z.string(),
    due: z.string().optional(),
    firstBy: storedPersonRef.optional(),
  }) as unknown as z.ZodType<ReleaseLine>,
  upgrades: [withStatus],
});

/** When a release is to go out or went out; ISO instant. What is out keeps the day on which it came out. */
function dueOf({ state: is, out: shownOut }: Release): string | undefined {
  if (shownOut !== undefined && is.status !== 'failed' && is.status !== 'uncertain') return shownOut.at;
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
    case 'takenDown':
    case 'cancelled':
      return undefined;
  }
}

/**
 * How a release stands for people. What nobody has to wait for any more, as all its languages are ready, counts as approved
 * before anybody gave it a time.
 */
export function statusOf({ state: is, shown: { notReady } }: Release): ReleaseStateName {
  if (is.status !== 'draft' && is.status !== 'approved') return is.status;
  // It waits for another person, whatever its texts are.
  if (is.status === 'draft' && is.firstApproval !== undefined) return 'draft';
  if (is.status === 'approved' && (is.overdue !== undefined || is.approval.waiver !== undefined))
    return 'approved';
  return notReady.length === 0 ? 'approved' : 'draft';
}

/** The line by which a release is recognised in a list and in the calendar. */
function lineOf(release: Release): ReleaseLine {
  const { shown: of, state: is } = release;
  const due = dueOf(release);
  return {
    id: release.id,
    channel: release.channel,
    status: statusOf(release),
    titles: of.titles,
    notReady: of.notReady,
    at: is.status === 'approved' ? is.approval.at : is.at,
    ...(due !== undefined && { due }),
    ...(is.status === 'approved' && is.overdue !== undefined && { overdue: true as const }),
    ...(is.status === 'publishing' && is.awaitsApproval !== undefined && { awaitsApproval: true as const }),
    ...(release.out !== undefined && { out: true as const }),
    ...('firstApproval' in is && { firstBy: is.firstApproval.approval.by }),
    ...(of.projectId !== undefined && { projectId: of.projectId }),
    ...(of.loose !== true && { fromNews: true as const }),
  };
}

/** The line under which a release is stored: one of before was a draft although all of it was ready. */
function storedLineOf(release: Release): ReleaseLine {
  const line = lineOf(release);
  return release.before === undefined ? line : { ...line, status: release.state.status };
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
    case 'takenDown':
    case 'cancelled':
      return undefined;
  }
}

const releaseKey = (id: ReleaseId): string => `release|${id}`;
const queuePrefix = 'release-queue|';
const attentionPrefix = `${queuePrefix}0|`;
const plannedPrefix = `${queuePrefix}1|`;
/** Groups of the index of what waits. */
export const attentionGroup = 'release-attention';
export const plannedGroup = 'release-planned';
export const toApproveGroup = 'release-to-approve';
const toApprovePrefix = 'release-to-approve|';
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
  const places = line.firstBy === undefined ? [place] : [place, toApprovePrefix + line.id];
  if (line.due === undefined) return places;
  return [...places, `${dayPrefix}${homeDate(line.due).toString()}|${sortable(line.due)}|${line.id}`];
}

/** Where a line waits, for the index of what waits. */
function waitingOf(line: ReleaseLine): WaitingEntry[] {
  const groups: readonly (string | undefined)[] = [attentionGroup, plannedGroup];
  const group = groups[queueGroup(line) ?? groups.length];
  return [
    ...(group === undefined ? [] : [{ group, ...waitingEntry(line) }]),
    ...(line.firstBy === undefined ? [] : [{ group: toApproveGroup, ...waitingEntry(line) }]),
  ];
}

const waitingEntry = (line: ReleaseLine) => ({
  id: line.id,
  place: `${sortable(line.due ?? line.at)}|${line.id}`,
  line,
});

/** The groups of the overview: the first two of the queue, and what waits for a second approval. */
export function releaseWaitingGroups(
  store: Pick<ReleaseStore, 'needingAttention' | 'planned' | 'toApprove'>,
): WaitingGroup[] {
  const groups = [
    [attentionGroup, store.needingAttention],
    [plannedGroup, store.planned],
    [toApproveGroup, store.toApprove],
  ] as const;
  return groups.map(([name, list]) => ({
    name,
    read: async (limit) => {
      const { lines, next } = await list(limit);
      return { entries: lines.map(waitingEntry), more: next !== undefined };
    },
  }));
}

/** The changes that put the lines of a release where they belong now; none when they are as before. */
function lineChanges(before: Release | undefined, after: Release): Change[] {
  const line = lineOf(after);
  const keys = lineKeys(line);
  const oldLine = before && storedLineOf(before);
  if (JSON.stringify(oldLine) === JSON.stringify(line)) return [];
  const oldKeys = oldLine === undefined ? [] : lineKeys(oldLine);
  return [
    ...keys.map((key) => put(releaseLineRow, key, line)),
    ...oldKeys.filter((key) => !keys.includes(key)).map((key): Change => ({ op: 'delete', key })),
    ...waitingChanges(oldLine === undefined ? [] : waitingOf(oldLine), waitingOf(line)),
  ];
}

export type ReleaseStore = ReturnType<typeof releaseStore>;

/**
 * Where the releases are kept: `release|<id>`, its audit trail, and one line row in the queue or the
 * archive, and one under its day. Writing gives changes, to be committed with those of others.
 */
export function releaseStore(partition: Partition) {
  const trail = auditTrail<ReleaseId, ReleaseAudit>(partition, {
    kind: auditRow,
    prefix: 'release-audit|',
  });
  const historyBefore = textHistory<ReleaseId>(partition, 'release-text|');
  return {
    find: (id: ReleaseId) => partition.get(releaseRow, releaseKey(id)),

    insert: (release: Release, audit: readonly ReleaseAudit[]): Change[] => [
      insert(releaseRow, releaseKey(release.id), release),
      ...lineChanges(undefined, release),
      ...trail.insert(release.id, audit),
    ],

    replace: (before: Versioned<Release>, after: Release, audit: readonly ReleaseAudit[]): Change[] => [
      replace(releaseRow, releaseKey(after.id), before, after),
      ...lineChanges(before.value, after),
      ...trail.insert(after.id, audit),
    ],

    /**
     * Releases that are not done: first those that need a person (overdue, failed, uncertain), then those with a
     * time, soonest first, then approved ones, then drafts, oldest first.
     */
    queue: (limit: number, after?: string): Promise<Page<ReleaseLine>> =>
      partition.page(releaseLineRow, queuePrefix, limit, after),

    /** Only those of the queue that need a person. */
    needingAttention: (limit: number): Promise<Page<ReleaseLine>> =>
      partition.page(releaseLineRow, attentionPrefix, limit),

    /** Only those of the queue that have a time and are not published yet. */
    planned: (limit: number): Promise<Page<ReleaseLine>> =>
      partition.page(releaseLineRow, plannedPrefix, limit),

    /** Only those that one person has approved and another has to. */
    toApprove: (limit: number): Promise<Page<ReleaseLine>> =>
      partition.page(releaseLineRow, toApprovePrefix, limit),

    /** Published and cancelled ones, newest first. */
    archive: (limit: number, after?: string): Promise<Page<ReleaseLine>> =>
      partition.page(releaseLineRow, archivePrefix, limit, after),

    /** Those that are to go out or went out on these Helsinki dates (ISO, the last one included), in order of time. */
    days: async (first: string, last: string): Promise<readonly ReleaseLine[]> => {
      const range = { from: `${dayPrefix}${first}`, to: `${dayPrefix}${last}~`, limit: maxInCalendar };
      return (await partition.range(releaseLineRow, range)).rows.map((row) => row.value);
    },

    audit: trail,

    /** The newest revisions of the texts that a release of before had for itself, with those that came late. */
    historyBefore: async (id: ReleaseId): Promise<readonly Revision[]> => {
      const pages = await Promise.all(
        languages.map((language) => historyBefore.page(id, language, maxHistoryKept)),
      );
      return pages.flatMap(({ lines }) => lines);
    },
  };
}
