import { deterministicId, type MessageId, type ProjectId } from '../../ids.js';
import type { NewMessage, SessionNotice } from '../../outbox/message.js';
import type { Person } from '../../people/person.js';
import type { Occurrence } from '../occurrence.js';
import { projectOf } from './parts.js';

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

/** The same word to several people, each once. */
export function wordsTo(
  people: readonly Pick<Person, 'id'>[],
  notice: SessionNotice,
  { dueAt, by, act }: Telling,
): NewMessage[] {
  const ids = new Map(people.map(({ id }) => [id, { id }]));
  return [...ids.values()]
    .filter(({ id }) => id !== by?.id)
    .map(({ id: to }) => ({
      id: deterministicId<MessageId>('sessionNotice', JSON.stringify(notice), act, to),
      dueAt,
      body: { kind: 'notice', to, notice },
    }));
}

type AskNotice = Extract<SessionNotice, { about: 'presenterAsk' }>;

/** Whether presenters still are to be asked: it is their turn, and nobody has said what they present. */
export function isAskStillOpen(occurrence: Occurrence, { projectId }: Pick<AskNotice, 'projectId'>): boolean {
  return (
    occurrence.is.state === 'planned' && occurrence.talk === undefined && projectOf(occurrence) === projectId
  );
}

/**
 * Whether what a word tells is still so when it is to be told: what was undone or overtaken meanwhile stays untold.
 * Questions are not looked at here.
 */
export function isStillSo(occurrence: Occurrence, notice: SessionNotice): boolean {
  const isComing = occurrence.is.state === 'planned' || occurrence.is.state === 'confirmed';
  switch (notice.about) {
    case 'presenterAsk':
      return isAskStillOpen(occurrence, notice);
    case 'turnGiven':
      return isComing && projectOf(occurrence) === notice.projectId;
    case 'turnTaken':
      return isComing && projectOf(occurrence) !== notice.projectId;
    case 'turnGivenUp':
      return isComing && occurrence.turn?.how === 'nobody';
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
