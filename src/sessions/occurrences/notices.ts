import { noticeTo, notifyMany } from '../../delivery/notices.js';
import type { SessionNotice } from '../notices.js';
import { projectOf, type Occurrence } from './occurrence.js';

export const personNotice = noticeTo<SessionNotice>;
export const groupNotice = notifyMany<SessionNotice>;

type AskNotice = Extract<SessionNotice, { about: 'presenterAsk' }>;

/** Whether presenters still are to be asked: the slot is theirs, and nobody has said what they present. */
export function isAskStillOpen(occurrence: Occurrence, { projectId }: Pick<AskNotice, 'projectId'>): boolean {
  return (
    occurrence.state.status === 'planned' &&
    occurrence.talk === undefined &&
    projectOf(occurrence) === projectId
  );
}

/**
 * Whether what a notice says is still true when it is due: nobody is notified of what was undone or superseded meanwhile.
 * Questions are not looked at here.
 */
export function isStillTrue(occurrence: Occurrence, notice: SessionNotice): boolean {
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
