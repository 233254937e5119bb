import { deterministicId, type MessageId, type ProjectId } from '../../platform/ids.js';
import type { Hearers, NewMessage, SessionNotice } from '../../delivery/outbox/message.js';
import type { Person } from '../../people/person.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import { projectOf } from './deps.js';

/** The people of a project. */
export function peopleOf(people: readonly Person[], projectId: ProjectId | undefined): Person[] {
  return people.filter(({ projects }) => projectId !== undefined && projects.includes(projectId));
}

/** Those who look after the sessions: the coordinators, or the admins where there are none. */
export function coordinatorsOf(people: readonly Person[]): Person[] {
  const coordinators = people.filter(({ role }) => role === 'coordinator');
  return coordinators.length > 0 ? coordinators : people.filter(({ role }) => role === 'admin');
}

/** When a word is told, by what act, and who acted and so needs no telling: nobody where Big Room does it itself. */
export interface Telling {
  readonly dueAt: string;
  readonly by?: { readonly id: Person['id'] };
  /** Number of the audit entry, or what else tells one act from another. */
  readonly act: string;
}

/** A word to one person. The same word of the same act is one, however often it is asked for. */
export function wordTo(
  to: Person['id'],
  notice: SessionNotice,
  { dueAt, act }: Pick<Telling, 'dueAt' | 'act'>,
): NewMessage {
  const id = deterministicId<MessageId>('sessionNotice', JSON.stringify(notice), act, to);
  return { id, dueAt, body: { kind: 'notice', to, notice } };
}

/**
 * A word to all who are meant, however many: one message, which becomes a word to each when it is due.
 * @param silent who else needs no telling.
 * @param round tells apart messages of one act that are to be expanded each: nobody hears the word twice for it.
 */
export function tell(
  notice: SessionNotice,
  to: Hearers,
  { dueAt, by, act }: Telling,
  { silent = [], round = '' }: { readonly silent?: readonly Person['id'][]; readonly round?: string } = {},
): NewMessage {
  const except = [...(by ? [by.id] : []), ...silent];
  const id = deterministicId<MessageId>('tell', JSON.stringify([notice, to]), act, round);
  return { id, dueAt, body: { kind: 'tell', to, except, act, notice } };
}

type AskNotice = Extract<SessionNotice, { about: 'presenterAsk' }>;

/** Whether presenters still are to be asked: it is their turn, and nobody has said what they present. */
export function isAskStillOpen(occurrence: Occurrence, { projectId }: Pick<AskNotice, 'projectId'>): boolean {
  return (
    occurrence.state.status === 'planned' &&
    occurrence.talk === undefined &&
    projectOf(occurrence) === projectId
  );
}

/**
 * Whether what a word tells is still so when it is to be told: what was undone or overtaken meanwhile stays untold.
 * Questions are not looked at here.
 */
export function isStillSo(occurrence: Occurrence, notice: SessionNotice): boolean {
  const isComing = occurrence.state.status === 'planned' || occurrence.state.status === 'confirmed';
  switch (notice.about) {
    case 'presenterAsk':
      return isAskStillOpen(occurrence, notice);
    case 'turnGiven':
      return isComing && projectOf(occurrence) === notice.projectId;
    case 'turnTaken':
      return isComing && projectOf(occurrence) !== notice.projectId;
    case 'turnGivenUp':
      return isComing && occurrence.slot?.how === 'nobody';
    case 'swapAsked':
      return isComing && occurrence.record?.swap?.with === notice.withId;
    case 'presenterThanks':
      return (occurrence.record?.thanked ?? 0) > 0;
    case 'swapAccepted':
    case 'swapDeclined':
    case 'questionAsked':
    case 'questionAnswered':
      return true;
  }
}
