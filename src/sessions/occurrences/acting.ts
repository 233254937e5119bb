import { AppError } from '../../platform/errors.js';
import type { ProjectId } from '../../platform/ids.js';
import type { Actor } from '../../platform/actor.js';
import { may } from '../../people/permissions.js';
import type { PeopleService } from '../../people/service.js';
import type { Occurrence } from './occurrence.js';
import type { OccurrenceChangeDeps } from './change.js';

/** What services need in which people act for their projects. */
export interface TakingDeps extends OccurrenceChangeDeps {
  readonly people: Pick<PeopleService, 'find' | 'all' | 'programme'>;
}

/** The projects for which a person may act: their own, or every one for who may edit sessions. */
export type Acting = { readonly isEditor: boolean; readonly projects: readonly ProjectId[] };

export async function actingOf({ people }: Pick<TakingDeps, 'people'>, actor: Actor): Promise<Acting> {
  const projects = (await people.find(actor.id))?.projects ?? [];
  return { isEditor: may(actor.role, 'session:edit'), projects };
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
