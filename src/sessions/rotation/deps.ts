import type { Actor } from '../../platform/actor.js';
import { AppError } from '../../platform/errors.js';
import type { ProjectId } from '../../platform/ids.js';
import type { Outbox } from '../../delivery/outbox/outbox.js';
import { may } from '../../people/permissions.js';
import type { PeopleService } from '../../people/service.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import type { ReadingDeps } from '../occurrences/reading.js';

/** What turns, topics and the time afterwards are made of. */
export interface TakingDeps extends ReadingDeps {
  readonly outbox: Pick<Outbox, 'commit' | 'cancel'>;
  readonly people: Pick<PeopleService, 'find' | 'all' | 'programme'>;
  /** How long a word to people waits, so that an undo can still hold it back. */
  readonly undoSeconds: number;
}

/** The projects for which a person may act: their own, or every one for who may edit sessions. */
export type Acting = { readonly isEditor: boolean; readonly projects: readonly ProjectId[] };

export async function actingOf({ people }: Pick<TakingDeps, 'people'>, actor: Actor): Promise<Acting> {
  const projects = (await people.find(actor.id))?.projects ?? [];
  return { isEditor: may(actor.role, 'session:edit'), projects };
}

/** The project that presents, or is proposed to. */
export function projectOf({ slot }: Pick<Occurrence, 'slot'>): ProjectId | undefined {
  return slot !== undefined && 'projectId' in slot ? slot.projectId : undefined;
}

/** Whether somebody may act for a project; nobody but an editor acts for none. */
export function actsFor({ isEditor, projects }: Acting, projectId: ProjectId | undefined): boolean {
  return isEditor || (projectId !== undefined && projects.includes(projectId));
}

/** @throws AppError `presenter.notYours`. */
export function requireActing(acting: Acting, projectId: ProjectId | undefined): void {
  if (!actsFor(acting, projectId)) throw new AppError('presenter.notYours', { projectId });
}

/** @throws AppError `occurrence.moveNotAllowed` where it is over or cancelled. */
export function requireUpcoming({ id, state }: Pick<Occurrence, 'id' | 'state'>): void {
  if (state.status === 'held' || state.status === 'cancelled')
    throw new AppError('occurrence.moveNotAllowed', { id, state: state.status });
}

/** @throws AppError `input.invalid` at the field `projectId`, for a project that the programme does not have. */
export async function requireProject({ people }: TakingDeps, projectId: ProjectId): Promise<void> {
  const { projects } = await people.programme();
  if (projects.some(({ id }) => id === projectId)) return;
  throw new AppError('input.invalid', { fields: [{ field: 'projectId', code: 'unknownChoice' }] });
}
