import { may } from '../people/permissions.js';
import type { PeopleService } from '../people/service.js';
import { inNameOf, type Actor } from '../platform/actor.js';
import { AppError } from '../platform/errors.js';
import type { ProjectId } from '../platform/ids.js';

/** Whether somebody leads the sessions: they see drafts, names and addresses, and may act for every project. */
export const leadsSessions = (actor: Pick<Actor, 'role' | 'actsFor'>): boolean => may(actor, 'session:edit');

/** Whether somebody takes part: proposes and votes, asks, answers for their own projects. */
export const takesPart = (actor: Pick<Actor, 'role' | 'actsFor'>): boolean => may(actor, 'session:take');

/**
 * The projects for which a person may act: their own and those of whom they act for, or every one for who leads the sessions;
 * with the person as the one who signs.
 */
export interface ActorProjects {
  readonly isEditor: boolean;
  readonly projects: readonly ProjectId[];
  readonly actor: Actor;
  /** Those of the person themselves. */
  readonly own: readonly ProjectId[];
}

export async function projectsOfActor(
  { people }: { readonly people: Pick<PeopleService, 'find'> },
  actor: Actor,
): Promise<ActorProjects> {
  const own = (await people.find(actor.id))?.projects ?? [];
  const lent = (actor.actsFor ?? []).flatMap(({ projects }) => projects);
  return { isEditor: leadsSessions(actor), projects: [...new Set([...own, ...lent])], actor, own };
}

type Limits = Pick<ActorProjects, 'isEditor' | 'projects'>;

/** Whether somebody may act for a project; nobody but an editor acts for none. */
export function mayActFor({ isEditor, projects }: Limits, projectId: ProjectId | undefined): boolean {
  return isEditor || (projectId !== undefined && projects.includes(projectId));
}

/** @throws AppError `presenter.notYours`. */
export function requireMayActFor(actorProjects: Limits, projectId: ProjectId | undefined): void {
  if (!mayActFor(actorProjects, projectId)) throw new AppError('presenter.notYours', { projectId });
}

/** The actor as they sign what is done for a project: in the name of somebody of it, where only so it is theirs to do. */
export function signedForProject({ actor, own }: ActorProjects, projectId: ProjectId | undefined): Actor {
  const alone = { isEditor: leadsSessions({ role: actor.role }), projects: own };
  if (mayActFor(alone, projectId)) return actor;
  const absent = actor.actsFor?.find((each) =>
    mayActFor({ isEditor: leadsSessions({ role: each.role }), projects: each.projects }, projectId),
  );
  return absent === undefined ? actor : inNameOf(actor, absent);
}
