import { z } from 'zod';
import { notifyMany, type NoticeKind } from '../delivery/notices.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import { isBy } from '../platform/actor.js';
import type { PersonActionContext } from '../platform/aggregate.js';
import type { IssueId, PersonId } from '../platform/ids.js';
import type { WholeIssue } from './types.js';

const payload = z.object({
  about: z.literal('issueToApprove'),
  issueId: z.string() as unknown as z.ZodType<IssueId>,
  number: z.number(),
  /** Who approved it first, and when; ISO instant. */
  by: z.string(),
  at: z.string(),
});

export type IssueToApprove = Readonly<z.infer<typeof payload>>;

/** Lets those who may give the second approval know that there is the first. One for each first approval. */
export function toApproveNotice(
  { id, number, auditCount }: WholeIssue,
  context: PersonActionContext,
): NewMessage {
  const notice: IssueToApprove = {
    about: 'issueToApprove',
    issueId: id,
    number,
    by: context.by.name,
    at: context.at,
  };
  return notifyMany(notice, 'approvers', { ...context, act: `approve ${String(auditCount)}` });
}

interface Deps {
  find(id: IssueId): Promise<{ readonly value: WholeIssue } | undefined>;
}

/** Of an issue that somebody has approved, to those who have to approve it too; not once it was changed or approved. */
export function newsletterNotices(store: Deps): readonly NoticeKind[] {
  const firstOf = async ({ issueId, at }: IssueToApprove) => {
    const state = (await store.find(issueId))?.value.state;
    const first = state?.status === 'drafting' ? state.firstApproval : undefined;
    return first?.at === at ? first : undefined;
  };
  const kind: NoticeKind<IssueToApprove> = {
    kind: 'issueToApprove',
    payload,
    stillTrue: async (notice) => (await firstOf(notice)) !== undefined,
    isFor: async (notice, to: PersonId) => !isBy((await firstOf(notice))?.by, to),
    isDuty: () => true,
    subject: ({ issueId }) => `newsletter:${issueId}`,
  };
  return [kind];
}
