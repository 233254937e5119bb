import { AppError } from '../../errors.js';
import type { OccurrenceId, ProjectId } from '../../ids.js';
import type { Actor } from '../../news/service.js';
import type { NewMessage } from '../../outbox/message.js';
import type { Outbox } from '../../outbox/outbox.js';
import { may } from '../../people/permissions.js';
import type { PeopleService } from '../../people/service.js';
import { changeOccurrence, type OccurrenceDraft, type PersonsOccasion } from '../changing.js';
import type { Occurrence } from '../occurrence.js';
import type { Found, ReadingParts } from '../reading.js';
import type { OccurrenceMoved } from '../service.js';

/** What turns, topics and the time afterwards are made of. */
export interface TakingParts extends ReadingParts {
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
  readonly people: Pick<PeopleService, 'find' | 'all' | 'programme'>;
  /** How long a word to people waits, so that an undo can still hold it back. */
  readonly undoSeconds: number;
}

/** Each message takes two of the 100 changes of a commit, beside the record, its series and what is planned anew. */
const mostMessages = 40;

/** As {@link changeOccurrence}, with words to however many people: those beyond what one commit takes follow it. */
export async function changeAndTell(
  parts: TakingParts,
  id: OccurrenceId,
  occasion: PersonsOccasion,
  decide: (found: Found) => OccurrenceDraft | undefined | Promise<OccurrenceDraft | undefined>,
): Promise<OccurrenceMoved> {
  let following: readonly NewMessage[] = [];
  const moved = await changeOccurrence(parts, id, occasion, async (found) => {
    const draft = await decide(found);
    const messages = draft?.messages ?? [];
    following = messages.slice(mostMessages);
    return draft && { ...draft, messages: messages.slice(0, mostMessages) };
  });
  for (let from = 0; from < following.length; from += mostMessages)
    await parts.outbox.commit([], following.slice(from, from + mostMessages));
  return moved;
}

/** The projects for which a person may act: their own, or every one for who may edit sessions. */
export type Acting = { readonly isEditor: boolean; readonly projects: readonly ProjectId[] };

export async function actingOf({ people }: Pick<TakingParts, 'people'>, actor: Actor): Promise<Acting> {
  const projects = (await people.find(actor.id))?.projects ?? [];
  return { isEditor: may(actor.role, 'session:edit'), projects };
}

/** The project that presents, or is proposed to. */
export function projectOf({ turn }: Pick<Occurrence, 'turn'>): ProjectId | undefined {
  return turn !== undefined && 'projectId' in turn ? turn.projectId : undefined;
}

/** Whether somebody may act for a project; nobody but an editor acts for none. */
export function actsFor({ isEditor, projects }: Acting, projectId: ProjectId | undefined): boolean {
  return isEditor || (projectId !== undefined && projects.includes(projectId));
}

/** @throws AppError `presenter.notYours`. */
export function demandActing(acting: Acting, projectId: ProjectId | undefined): void {
  if (!actsFor(acting, projectId)) throw new AppError('presenter.notYours', { projectId });
}

/** @throws AppError `occurrence.moveNotAllowed` where it is over or cancelled. */
export function demandComing({ id, is }: Pick<Occurrence, 'id' | 'is'>): void {
  if (is.state === 'held' || is.state === 'cancelled')
    throw new AppError('occurrence.moveNotAllowed', { id, state: is.state });
}

/** @throws AppError `input.invalid` at the field `projectId`, for a project that the programme does not have. */
export async function demandProject({ people }: TakingParts, projectId: ProjectId): Promise<void> {
  const { projects } = await people.programme();
  if (projects.some(({ id }) => id === projectId)) return;
  throw new AppError('input.invalid', { fields: [{ field: 'projectId', code: 'unknownChoice' }] });
}
