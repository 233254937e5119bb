import type { Change } from '../platform/commit.js';
import type { IssueId, StoryId } from '../platform/ids.js';
import { lineOf, type Issue, type IssueAudit, type IssueLine, type Story } from './types.js';
import type { IssueChange, NewsletterStore } from './store.js';
import { prefixRange, type Rows, type StoredRow } from '../platform/rows.js';

const maxStories = 1000;
const issuePrefix = (id: IssueId): string => `issue|${id}|`;
const issueKey = (id: IssueId): string => `${issuePrefix(id)}issue`;
const storyKey = (id: IssueId, story: StoryId): string => `${issuePrefix(id)}story|${story}`;
const auditKey = (id: IssueId, number: number): string =>
  `issue-audit|${id}|${String(number).padStart(6, '0')}`;
/** Highest number, the newest issue, first. */
const lineKey = (number: number): string => `issue-line|${String(999_999 - number).padStart(6, '0')}`;

function besides({ issue, storyCount, put = [], remove = [], audit }: IssueChange): Change[] {
  return [
    { op: 'put', key: lineKey(issue.number), value: lineOf(issue, storyCount) },
    ...put.map((story): Change => ({ op: 'put', key: storyKey(issue.id, story.id), value: story })),
    ...remove.map((story): Change => ({ op: 'delete', key: storyKey(issue.id, story) })),
    ...(audit === undefined
      ? []
      : [{ op: 'insert', key: auditKey(issue.id, audit.number), value: audit } satisfies Change]),
  ];
}

/**
 * The newsletter in the programme's partition: `issue|<id>|issue` and `issue|<id>|story|<id>`, so that one range is
 * a whole issue; `issue-line|...` for the list; `issue-audit|<id>|...`. The version of the issue row guards them all.
 */
export function newsletterStore(rows: Rows, partition: string): NewsletterStore {
  return {
    lines: async (limit) => {
      const found = await rows.range<IssueLine>(partition, prefixRange('issue-line|', limit));
      return found.rows.map((row) => row.value);
    },
    find: async (id) => {
      const found = await rows.range(partition, prefixRange(issuePrefix(id), maxStories));
      const issue = found.rows.find((row) => row.key === issueKey(id)) as StoredRow<Issue> | undefined;
      if (issue === undefined) return undefined;
      const stories = found.rows.filter((row) => row !== issue).map((row) => row.value as Story);
      return { issue: { value: issue.value, version: issue.version }, stories };
    },
    audit: async (id, number) => (await rows.get<IssueAudit>(partition, auditKey(id, number)))?.value,
    insert: (change) => [
      { op: 'insert', key: issueKey(change.issue.id), value: change.issue },
      ...besides(change),
    ],
    replace: (before, change) => [
      { op: 'replace', key: issueKey(change.issue.id), value: change.issue, version: before.version },
      ...besides(change),
    ],
    touch: ({ value, version }) => ({ op: 'replace', key: issueKey(value.id), value, version }),
  };
}
