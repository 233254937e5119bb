import { z } from 'zod';
import { auditEntryKind, auditTrail } from '../platform/audit-trail.js';
import type { Change } from '../platform/commit.js';
import type { IssueId, NewsId, ProjectId, StoryId } from '../platform/ids.js';
import type { Partition } from '../platform/partition.js';
import { prefixRange } from '../platform/rows.js';
import {
  insert,
  put,
  replace,
  storedId,
  storedKind,
  storedPersonRef,
  withState,
  withStatus,
  type Old,
} from '../platform/stored.js';
import { waitingChanges } from '../platform/waiting-index.js';
import { publicLanguages } from '../shared/languages.js';
import { storedDeviations } from '../content/history.js';
import {
  issueStates,
  lineOf,
  type Issue,
  type IssueAuditEntry,
  type IssueBefore,
  type IssueEvent,
  type IssueLine,
  type Story,
  type WholeIssue,
} from './types.js';
import { issueWaiting } from './waiting.js';

const shape = {
  state: z.looseObject({
    status: z.enum(issueStates),
    approvedBy: storedPersonRef.optional(),
    pins: z.record(z.string(), z.record(z.string(), z.number())).optional(),
    waivers: z.array(z.looseObject({ reason: z.string() })).optional(),
    first: z.looseObject({ at: z.string(), by: storedPersonRef }).optional(),
    firstApproval: z
      .looseObject({
        at: z.string(),
        by: storedPersonRef,
        stamp: z.string(),
        waivers: z.array(z.looseObject({ reason: z.string() })),
      })
      .optional(),
    sentBack: z.looseObject({ at: z.string(), by: storedPersonRef, reason: z.string() }).optional(),
  }),
  deadline: z.string(),
  lead: storedId<StoryId>().optional(),
  arrangement: z
    .looseObject({
      projects: z.array(z.string()),
      stories: z.array(z.string()),
      layout: z
        .array(
          z.looseObject({
            id: z.string(),
            heading: z
              .union([
                z.looseObject({ projectId: z.string() }),
                z.looseObject({ own: z.record(z.enum(publicLanguages), z.string()) }),
              ])
              .optional(),
            stories: z.array(z.string()),
          }),
        )
        .optional(),
    })
    .optional(),
  letter: z
    .partialRecord(
      z.enum(publicLanguages),
      z.looseObject({
        subject: z.string().optional(),
        preheader: z.string().optional(),
        greeting: z.string().optional(),
        signOff: z.string().optional(),
      }),
    )
    .optional(),
  byWeight: z.literal(true).optional(),
};

/** Version 1 kept the state at `is`, and its status at `is.state`; until version 2 the longest stories came first. */
const issueRow = storedKind<Issue>({
  name: 'newsletter issue',
  schema: z.looseObject({
    id: storedId<IssueId>(),
    number: z.number(),
    openedAt: z.string(),
    auditCount: z.number(),
    ...shape,
  }) as unknown as z.ZodType<Issue>,
  upgrades: [withState, (old) => ({ ...old, byWeight: true })],
});

const story = z.looseObject({
  id: storedId<StoryId>(),
  newsId: storedId<NewsId>(),
  projectId: storedId<ProjectId>(),
  weight: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  addedAt: z.string(),
  own: storedDeviations,
  notice: z.string().optional(),
}) as unknown as z.ZodType<Story>;

const storyRow = storedKind<Story>({ name: 'newsletter story', schema: story });

/** Version 1 called the status `state`. */
const lineRow = storedKind<IssueLine>({
  name: 'newsletter line',
  schema: z.looseObject({
    id: storedId<IssueId>(),
    number: z.number(),
    status: z.enum(issueStates),
    deadline: z.string(),
    storyCount: z.number(),
    sentAt: z.string().optional(),
  }) as unknown as z.ZodType<IssueLine>,
  upgrades: [withStatus],
});

/** Actions that version 1 called otherwise. */
const renamedActions: Readonly<Record<string, string>> = {
  weigh: 'setWeight',
  editWords: 'editText',
  useItemWords: 'useItemText',
};

const auditRow = auditEntryKind<IssueEvent, IssueBefore>({
  name: 'newsletter audit',
  event: z.looseObject({ action: z.string() }) as unknown as z.ZodType<IssueEvent>,
  before: z.looseObject({
    shape: z.looseObject(shape),
    story: story.optional(),
    accepted: z.record(z.string(), z.number()).optional(),
  }) as unknown as z.ZodType<IssueBefore>,
  upgradeEvent: (event) => {
    const { action, ...rest } = event as Old;
    return { ...rest, action: renamedActions[String(action)] ?? action };
  },
  upgradeBefore: (before) => {
    const { shape: old, ...rest } = before as Old;
    return { ...rest, shape: withState(old as Old) };
  },
});

const maxStories = 1000;
const issuePrefix = (id: IssueId): string => `issue|${id}|`;
const issueKey = (id: IssueId): string => `${issuePrefix(id)}issue`;
const storyKey = (id: IssueId, storyId: StoryId): string => `${issuePrefix(id)}story|${storyId}`;
/** Highest number, the newest issue, first. */
const lineKey = (number: number): string => `issue-line|${String(999_999 - number).padStart(6, '0')}`;

/** An issue as it was read; without a version it is new and not stored yet. */
export interface FoundIssue {
  readonly value: WholeIssue;
  readonly version?: string;
}

/** What has to be written for the stories: those that are new or changed, and those that were removed. */
function storyChanges(before: readonly Story[], { id, stories }: WholeIssue): Change[] {
  const kept = new Set(stories.map((each) => each.id));
  return [
    ...stories
      .filter((each) => !before.includes(each))
      .map((each) => put(storyRow, storyKey(id, each.id), each)),
    ...before
      .filter((each) => !kept.has(each.id))
      .map((each): Change => ({ op: 'delete', key: storyKey(id, each.id) })),
  ];
}

/**
 * The newsletter in the programme's partition: `issue|<id>|issue` and `issue|<id>|story|<id>`, so that one range is
 * a whole issue; `issue-line|...` for the list; `issue-audit|<id>|...`. The version of the issue row guards them all.
 * Writing gives changes, to be committed with those of others.
 */
export function newsletterStore(partition: Partition) {
  const audit = auditTrail<IssueId, IssueAuditEntry>(partition, {
    kind: auditRow,
    prefix: 'issue-audit|',
    numberKey: (number) => String(number).padStart(6, '0'),
  });
  return {
    /** Issues, newest first. */
    lines: (limit: number): Promise<IssueLine[]> => partition.all(lineRow, 'issue-line|', limit),
    /** The issue and its stories in one round trip. */
    find: async (id: IssueId): Promise<Required<FoundIssue> | undefined> => {
      const { rows } = await partition.raw(prefixRange(issuePrefix(id), maxStories));
      const row = rows.find(({ key }) => key === issueKey(id));
      const issue = row && partition.valueOf(issueRow, row);
      if (row === undefined || issue === undefined) return undefined;
      const stories = rows
        .filter((other) => other !== row)
        .flatMap((other) => partition.valueOf(storyRow, other) ?? []);
      return { value: { ...issue, stories }, version: row.version };
    },
    /** Writes an issue over the one that was read, with the stories that changed and its new audit entries. */
    write: (before: FoundIssue, after: WholeIssue, entries: readonly IssueAuditEntry[]): Change[] => {
      const { stories: _stories, ...issue } = after;
      const { version } = before;
      return [
        version === undefined
          ? insert(issueRow, issueKey(after.id), issue)
          : replace(issueRow, issueKey(after.id), { version }, issue),
        put(lineRow, lineKey(after.number), lineOf(after)),
        ...storyChanges(version === undefined ? [] : before.value.stories, after),
        ...waitingChanges(version === undefined ? [] : issueWaiting(before.value), issueWaiting(after)),
        ...audit.insert(after.id, entries),
      ];
    },
    /** Writes the issue as it is, so that whoever decided on it in the meantime must decide again. */
    touch: ({ value, version }: Required<FoundIssue>): Change => {
      const { stories: _stories, ...issue } = value;
      return replace(issueRow, issueKey(value.id), { version }, issue);
    },
    audit,
  };
}

export type NewsletterStore = ReturnType<typeof newsletterStore>;
