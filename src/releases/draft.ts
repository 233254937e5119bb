import type { PersonRef } from '../platform/actor.js';
import type { Revision } from '../content/text.js';
import type { Change } from '../platform/commit.js';
import { deterministicId, type MessageId } from '../platform/ids.js';
import { languages } from '../shared/languages.js';
import type { Used } from '../news/service.js';
import type { NewMessage } from '../delivery/outbox/message.js';
import { applyMove } from './workflow.js';
import type { Approval, Plan, Release, ReleaseAudit, ReleaseState, Revisions } from './release.js';

/** A release on its way to its next version: as it will be, and all that is stored with it. */
export interface Draft {
  readonly release: Release;
  readonly audit: readonly ReleaseAudit[];
  readonly revisions: readonly Revision[];
  readonly messages: readonly NewMessage[];
  readonly changes: readonly Change[];
}

/** When something is done, and by whom; nobody where Big Room does it itself. */
export interface ActionContext {
  readonly at: string;
  readonly by?: PersonRef;
}

/** As {@link ActionContext}, with a person. */
export type PersonActionContext = Required<ActionContext>;

export function draftOf(release: Release): Draft {
  return { release, audit: [], revisions: [], messages: [], changes: [] };
}

/** The draft with one more entry in its audit trail. */
export function record(
  draft: Draft,
  actionContext: ActionContext,
  event: ReleaseAudit['event'],
  before?: ReleaseState,
): Draft {
  const number = draft.release.auditCount + 1;
  const { at, by } = actionContext;
  const entry: ReleaseAudit = { number, at, event: event, ...(by && { by }), ...(before && { before }) };
  return { ...draft, release: { ...draft.release, auditCount: number }, audit: [...draft.audit, entry] };
}

export function withChanges(draft: Draft, changes: readonly Change[]): Draft {
  return { ...draft, changes: [...draft.changes, ...changes] };
}

/** The draft with what is stored and sent for its item, whose uses change with it. */
export function withUsed(draft: Draft, { changes, messages }: Pick<Used, 'changes' | 'messages'>): Draft {
  return { ...withChanges(draft, changes), messages: [...draft.messages, ...messages] };
}

/** The revisions of an approval as text, the same for the same revisions. */
export function revisionKey(revisions: Revisions): string {
  return languages
    .filter((language) => revisions[language] !== undefined)
    .map((language) => `${language}${revisions[language]}`)
    .join('-');
}

/** The draft planned to go out at a time (ISO instant), with the message that will carry it there. */
export function plan(
  draft: Draft,
  move: 'schedule' | 'publishNow',
  approval: Approval,
  due: string,
  { at, by }: PersonActionContext,
): Draft {
  const planned = planState(draft.release, approval, due, { at, by });
  const release = { ...applyMove(draft.release, move, planned.is), plans: draft.release.plans + 1 };
  return { ...draft, release, messages: [...draft.messages, planned.message] };
}

/** The draft on its way once more, with a message of its own: what became of the plan's does not matter. */
export function planAgain(draft: Draft, { approval, due }: Plan, actionContext: PersonActionContext): Draft {
  const { message } = planState(draft.release, approval, due, actionContext);
  const is = { status: 'publishing', at: actionContext.at, approval, due, message: message.id } as const;
  const release = { ...applyMove(draft.release, 'retry', is), plans: draft.release.plans + 1 };
  return { ...draft, release, messages: [...draft.messages, message] };
}

/** The state of a release that is planned anew, and its message. */
export function planState(
  { id, channel, plans }: Release,
  approval: Approval,
  due: string,
  { at, by }: PersonActionContext,
): { is: Extract<ReleaseState, { status: 'scheduled' }>; message: NewMessage } {
  const revision = revisionKey(approval.revisions);
  const message = deterministicId<MessageId>('release', id, channel, revision, String(plans + 1));
  return {
    is: { status: 'scheduled', at, by, approval, due, message },
    message: { id: message, dueAt: due, body: { kind: 'release', releaseId: id, revision } },
  };
}
