import { may } from '../people/permissions.js';
import type { PeopleService } from '../people/service.js';
import type { Actor } from '../platform/actor.js';
import { AppError } from '../platform/errors.js';
import type { ProjectId } from '../platform/ids.js';

/** Whether somebody leads the sessions: they see drafts, names and addresses, and may act for every project. */
export const leadsSessions = ({ role }: Pick<Actor, 'role'>): boolean => may(role, 'session:edit');

/** Whether somebody takes part: proposes and votes, asks, answers for their own projects. */
export const takesPart = ({ role }: Pick<Actor, 'role'>): boolean => may(role, 'session:take');

/** The projects for which a person may act: their own, or every one for who leads the sessions. */
export type ActorProjects = { readonly isEditor: boolean; readonly projects: readonly ProjectId[] };

export async function projectsOfActor(
  { people }: { readonly people: Pick<PeopleService, 'find'> },
  actor: Actor,
): Promise<ActorProjects> {
  const projects = (await people.find(actor.id))?.projects ?? [];
  return { isEditor: leadsSessions(actor), projects };
}

/** Whether somebody may act for a project; nobody but an editor acts for none. */
export function mayActFor({ isEditor, projects }: ActorProjects, projectId: ProjectId | undefined): boolean {
  return isEditor || (projectId !== undefined && projects.includes(projectId));
}

/** @throws AppError `presenter.notYours`. */
export function requireMayActFor(actorProjects: ActorProjects, projectId: ProjectId | undefined): void {
  if (!mayActFor(actorProjects, projectId)) throw new AppError('presenter.notYours', { projectId });
}
