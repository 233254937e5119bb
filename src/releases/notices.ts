import { z } from 'zod';
import { notifyMany, type NoticeKind } from '../delivery/notices.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import { isBy } from '../platform/actor.js';
import type { PersonActionContext } from '../platform/aggregate.js';
import type { PersonId, ReleaseId } from '../platform/ids.js';
import { firstApprovalOf } from './change.js';
import type { Release } from './types.js';

const payload = z.object({
  about: z.literal('releaseToApprove'),
  releaseId: z.string() as unknown as z.ZodType<ReleaseId>,
  /** Who approved it first, and when; ISO instant. */
  by: z.string(),
  at: z.string(),
});

export type ReleaseToApprove = Readonly<z.infer<typeof payload>>;

/** Lets those who may give the second approval know that there is the first. One for each first approval. */
export function toApproveNotice({ id, auditCount }: Release, context: PersonActionContext): NewMessage {
  const notice: ReleaseToApprove = {
    about: 'releaseToApprove',
    releaseId: id,
    by: context.by.name,
    at: context.at,
  };
  return notifyMany(notice, 'approvers', { ...context, act: `approve ${String(auditCount)}` });
}

interface Deps {
  find(id: ReleaseId): Promise<{ readonly value: Release } | undefined>;
}

/** Of a release that somebody has approved, to those who have to approve it too; not once it was changed or approved. */
export function releaseNotices(store: Deps): readonly NoticeKind[] {
  const firstOf = async ({ releaseId, at }: ReleaseToApprove) => {
    const found = await store.find(releaseId);
    const first = found && firstApprovalOf(found.value)?.approval;
    return first?.at === at ? first : undefined;
  };
  const kind: NoticeKind<ReleaseToApprove> = {
    kind: 'releaseToApprove',
    payload,
    stillTrue: async (notice) => (await firstOf(notice)) !== undefined,
    isFor: async (notice, to: PersonId) => !isBy((await firstOf(notice))?.by, to),
    isDuty: () => true,
    subject: ({ releaseId }) => `release:${releaseId}`,
  };
  return [kind];
}
