import { deterministicId, type MessageId, type ProjectId } from '../../platform/ids.js';
import type {
  Handler,
  Hearers,
  Message,
  MessageBody,
  NewMessage,
  SessionNotice,
} from '../../delivery/outbox/message.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import type { Person } from '../../people/person.js';
import type { PeopleService } from '../../people/service.js';
import { projectOf, type Occurrence } from './occurrence.js';

/** The people of a project. */
export function peopleOf(people: readonly Person[], projectId: ProjectId | undefined): Person[] {
  return people.filter(({ projects }) => projectId !== undefined && projects.includes(projectId));
}

/** Those who look after the sessions: the coordinators, or the admins where there are none. */
export function coordinatorsOf(people: readonly Person[]): Person[] {
  const coordinators = people.filter(({ role }) => role === 'coordinator');
  return coordinators.length > 0 ? coordinators : people.filter(({ role }) => role === 'admin');
}

/** When people are notified, of which action, and who acted and so needs no notice: nobody where Big Room does it itself. */
export interface Notifying {
  readonly dueAt: string;
  readonly by?: { readonly id: Person['id'] };
  /** Number of the audit entry, or what else tells one action from another. */
  readonly act: string;
}

/** A notice to one person. The same notice of the same action is one, however often it is asked for. */
export function personNotice(
  to: Person['id'],
  notice: SessionNotice,
  { dueAt, act }: Pick<Notifying, 'dueAt' | 'act'>,
): NewMessage {
  const id = deterministicId<MessageId>('sessionNotice', JSON.stringify(notice), act, to);
  return { id, dueAt, body: { kind: 'notice', to, notice } };
}

/**
 * A notice to all who are meant, however many: one message, which becomes a notice to each when it is due.
 * @param silent who else needs no notice.
 * @param round tells apart messages of one action that are to be expanded each: nobody gets the notice twice for it.
 */
export function groupNotice(
  notice: SessionNotice,
  to: Hearers,
  { dueAt, by, act }: Notifying,
  { silent = [], round = '' }: { readonly silent?: readonly Person['id'][]; readonly round?: string } = {},
): NewMessage {
  const except = [...(by ? [by.id] : []), ...silent];
  const id = deterministicId<MessageId>('tell', JSON.stringify([notice, to]), act, round);
  return { id, dueAt, body: { kind: 'tell', to, except, act, notice } };
}

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

interface NotifierDeps {
  readonly people: Pick<PeopleService, 'all'>;
  readonly outbox: Pick<Outbox, 'commit'>;
}

/** Each takes two of the hundred changes of a commit. */
const perCommit = 45;

type GroupNotice = Extract<MessageBody, { kind: 'tell' }>;

async function noticesOf(
  { people }: NotifierDeps,
  { to, except, act, notice }: GroupNotice,
  { dueAt }: Pick<Message, 'dueAt'>,
): Promise<NewMessage[]> {
  const all = await people.all();
  const meant = to === 'coordinators' ? coordinatorsOf(all) : peopleOf(all, to.projectId);
  return meant
    .filter(({ id }) => !except.includes(id))
    .map(({ id }) => personNotice(id, notice, { dueAt, act }));
}

/** Expands a notice to the people of a project, or to all coordinators, into a notice to each of them. */
export function notifier(deps: NotifierDeps): Handler {
  return {
    // A notice that was asked for before is not asked for again: it goes by its id.
    afterCrash: 'repeat',
    handle: async (message) => {
      if (message.body.kind !== 'tell') return { result: 'failed', reason: 'notATell' };
      const notices = await noticesOf(deps, message.body, message);
      for (let from = 0; from < notices.length; from += perCommit)
        await deps.outbox.commit([], notices.slice(from, from + perCommit));
      return { result: 'sent' };
    },
  };
}
