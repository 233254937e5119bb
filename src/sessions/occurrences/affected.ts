import { deterministicId, type MessageId, type OccurrenceId, type ProjectId } from '../../platform/ids.js';
import type { ActionContext } from '../../platform/aggregate.js';
import type { DeliveryKind, PayloadOf } from '../../delivery/outbox/kind.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import { presentersAffected } from '../messages.js';
import { groupNotice, type SessionNotice } from '../notices.js';
import type { Occurrence, TakesPlace } from './occurrence.js';
import { agreedProject } from './reading.js';
import { isUpcoming } from './workflow.js';

/** What a change means to the project that presents a session, as it knew of it: whenever that is, near or far. */
export interface PresenterEffect {
  readonly occurrenceId: OccurrenceId;
  readonly projectId: ProjectId;
  readonly change: 'moved' | 'cancelled' | 'restored' | 'dropped';
  /** When they know it to be; ISO instant. */
  readonly was: string;
  /** When it is now; ISO instant. */
  readonly start: string;
}

/** An occurrence that has an agreed slot, and what a change makes of it. */
interface Affected {
  readonly before: Pick<Occurrence, 'id' | 'slot'>;
  /** As its presenters know it. */
  readonly known: TakesPlace;
  /** Undefined where the series has it no more. */
  readonly after: (TakesPlace & { readonly id: OccurrenceId }) | undefined;
}

/** What changes mean to presenters; a proposal of the rotation is no promise, and nobody is notified of it. */
export function presenterEffects(all: readonly Affected[]): PresenterEffect[] {
  return all.flatMap(({ before, known, after }): PresenterEffect[] => {
    const projectId = agreedProject(before);
    if (projectId === undefined) return [];
    const effect = (change: PresenterEffect['change'], now: TakesPlace & { readonly id: OccurrenceId }) => [
      { occurrenceId: now.id, projectId, change, was: known.start, start: now.start },
    ];
    if (after === undefined) return known.takesPlace ? effect('dropped', { ...known, id: before.id }) : [];
    if (known.takesPlace !== after.takesPlace)
      return effect(after.takesPlace ? 'restored' : 'cancelled', after);
    return after.takesPlace && known.start !== after.start ? effect('moved', after) : [];
  });
}

/** The message that notifies them, or none. @param act what distinguishes this change from another */
export function presentersMessages(
  effects: readonly PresenterEffect[],
  { dueAt, by }: Pick<ActionContext, 'dueAt' | 'by'>,
  act: string,
): NewMessage[] {
  if (effects.length === 0) return [];
  const except = by === undefined ? [] : [by.id];
  const id = deterministicId<MessageId>('presentersAffected', JSON.stringify(effects), act);
  return [{ id, dueAt, body: presentersAffected.body({ effects: [...effects], except, act }) }];
}

function noticeOf({ change, occurrenceId, projectId, was, start }: PresenterEffect): SessionNotice {
  return change === 'dropped'
    ? { about: 'slotDropped', occurrenceId, projectId, start }
    : { about: 'slotChanged', occurrenceId, projectId, change, was, start };
}

/** Becomes a notice to the people of each project. */
export function presentersAffectedDelivery({
  outbox,
}: {
  readonly outbox: Pick<Outbox, 'commit'>;
}): DeliveryKind<PayloadOf<typeof presentersAffected>> {
  return {
    ...presentersAffected,
    // What was asked for before is not asked for again: it goes by its id.
    afterCrash: 'repeat',
    // Nobody sees it yet.
    afterRestore: 'run',
    async handle({ effects, except, act }, { dueAt }) {
      for (const effect of effects) {
        const notice = noticeOf(effect);
        const to = { projectId: effect.projectId };
        await outbox.commit([], [groupNotice(notice, to, { dueAt, act }, { silent: except })]);
      }
      return { result: 'sent' };
    },
  };
}

/** Those of the occurrences that are to come at a moment (ISO instant). */
export const comingOf = (all: readonly Occurrence[], at: string): Occurrence[] =>
  all.filter((each) => isUpcoming(each) && Date.parse(each.start) > Date.parse(at));
