import { deterministicId, type MessageId, type PersonId, type ProjectId } from '../../platform/ids.js';
import type { Person } from '../../people/person.js';
import type { NewMessage } from '../outbox/message.js';
import type { Notice } from './kind.js';

/** Everybody of a project, or those who coordinate. */
export type NoticeRecipients = { readonly projectId: ProjectId } | 'coordinators';

/** When a notice leaves, by what event, and who acted and so needs none: nobody where Big Room does it itself. */
export interface NoticeContext {
  readonly dueAt: string;
  readonly by?: { readonly id: PersonId };
  /** Number of the audit entry, or what else tells one event from another. */
  readonly act: string;
}

/** The people of a project. */
export function peopleOf(people: readonly Person[], projectId: ProjectId | undefined): Person[] {
  return people.filter(({ projects }) => projectId !== undefined && projects.includes(projectId));
}

/** Those who coordinate: the coordinators, or the admins where there are none. */
export function coordinatorsOf(people: readonly Person[]): Person[] {
  const coordinators = people.filter(({ role }) => role === 'coordinator');
  return coordinators.length > 0 ? coordinators : people.filter(({ role }) => role === 'admin');
}

/** A notice to one person. The same notice of the same event is one, however often it is asked for. */
export function noticeTo<Told extends Notice>(
  to: PersonId,
  notice: Told,
  { dueAt, act }: Pick<NoticeContext, 'dueAt' | 'act'>,
): NewMessage {
  // The first word is as old as the ids that stand in storage.
  const id = deterministicId<MessageId>('sessionNotice', JSON.stringify(notice), act, to);
  return { id, dueAt, body: { kind: 'notice', to, notice } };
}

/**
 * A notice to all who are meant, however many: one message, which becomes a notice to each when it is due.
 * @param silent who else needs none.
 * @param round tells apart messages of one event that are to be expanded each: nobody gets the notice twice for it.
 */
export function notifyMany<Told extends Notice>(
  notice: Told,
  to: NoticeRecipients,
  { dueAt, by, act }: NoticeContext,
  { silent = [], round = '' }: { readonly silent?: readonly PersonId[]; readonly round?: string } = {},
): NewMessage {
  const except = [...(by ? [by.id] : []), ...silent];
  const id = deterministicId<MessageId>('tell', JSON.stringify([notice, to]), act, round);
  return { id, dueAt, body: { kind: 'notifyMany', to, except, act, notice } };
}
