import { isDeepStrictEqual } from 'node:util';
import { owedLanguages, type NamedProgramme, type Person, type Project } from '../people/person.js';
import { requirePermission } from '../people/permissions.js';
import type { ProgrammeChange, PeopleService } from '../people/service.js';
import type { Actor } from '../platform/actor.js';
import { AppError } from '../platform/errors.js';
import { deterministicId, type ProgrammeId, type ProjectId } from '../platform/ids.js';
import { mergedWith, type Seen } from '../platform/seen.js';
import {
  maxProjects,
  namesOfProject,
  parseFirstProgramme,
  parseNewProject,
  parseProgramme,
  parseProjectNames,
  type Names,
} from './input.js';

interface Deps {
  readonly people: Pick<PeopleService, 'begin' | 'storedProgramme' | 'changeProgramme'>;
  /** The id of a programme that begins here. */
  readonly id: ProgrammeId;
}

const named = ({ names, languages }: Parameters<typeof owedLanguages>[0] & NamedNames): NamedProgramme => ({
  names,
  languages: owedLanguages(languages === undefined ? {} : { languages }),
});
type NamedNames = Pick<NamedProgramme, 'names'>;

/** What a programme is called, its languages and its projects. All throw AppError `permission.denied`, `programme.missing`. */
export function programmeService({ people, id }: Deps) {
  const known = (projects: readonly Project[], wanted: ProjectId): Project => {
    const found = projects.find((project) => project.id === wanted);
    if (found === undefined) throw new AppError('project.notFound', { id: wanted });
    return found;
  };

  /** Puts one of the projects in another state, where it is not in it. */
  const setArchived = (actor: Actor, wanted: ProjectId, isArchived: boolean): Promise<readonly Project[]> =>
    changeProjects(actor, (projects) => {
      const before = known(projects, wanted);
      if ((before.isArchived === true) === isArchived) return undefined;
      const { isArchived: _before, ...open } = before;
      const after: Project = isArchived ? { ...open, isArchived } : open;
      return {
        projects: projects.map((project) => (project.id === wanted ? after : project)),
        event: { action: isArchived ? 'archiveProject' : 'restoreProject', names: before.names },
      };
    });

  async function changeProjects(
    actor: Actor,
    decide: (
      projects: readonly Project[],
      programme: Parameters<Parameters<typeof people.changeProgramme>[1]>[0],
    ) =>
      | {
          readonly projects: readonly Project[];
          readonly event: NonNullable<ProgrammeChange['audit']>['event'];
        }
      | undefined,
  ): Promise<readonly Project[]> {
    const { projects } = await people.changeProgramme(actor, (programme) => {
      const change = decide(programme.projects, programme);
      return (
        change && {
          programme: { ...programme, projects: change.projects },
          audit: { of: 'projects', event: change.event },
        }
      );
    });
    return projects;
  }

  return {
    /**
     * Makes the programme of an installation that has none; who makes it is its first admin.
     * @throws AppError `input.invalid` by field; `programme.standsAlready` where somebody was faster.
     */
    async begin(person: Person, input: unknown): Promise<void> {
      requirePermission(person, 'programme:manage');
      await people.begin(person, { id, ...parseFirstProgramme(input) });
    },

    /** As it is stored now. */
    async get(actor: Actor): Promise<NamedProgramme & { readonly projects: readonly Project[] }> {
      requirePermission(actor, 'programme:manage');
      const programme = await people.storedProgramme();
      return { ...named(programme), projects: programme.projects };
    },

    /** @throws AppError `input.invalid` by field, `edit.conflict`. */
    async set(actor: Actor, input: unknown, seen?: Seen): Promise<NamedProgramme> {
      const typed = parseProgramme(input);
      const after = await people.changeProgramme(actor, (programme) => {
        const from = named(programme);
        const to = parseProgramme(mergedWith(seen, { ...typed }, { ...from }));
        if (isDeepStrictEqual(to, from)) return undefined;
        return {
          programme: { ...programme, ...to },
          audit: { of: 'programme', event: { action: 'setProgramme', to, from } },
        };
      });
      return named(after);
    },

    /** Adds a project, the same form once. @throws AppError `input.invalid` at `names.<language>`. */
    async addProject(actor: Actor, input: unknown): Promise<readonly Project[]> {
      const { formId, names: typed } = parseNewProject(input);
      const own = deterministicId<ProjectId>('project', actor.id, formId);
      return changeProjects(actor, (projects, programme) => {
        if (projects.some((project) => project.id === own)) return undefined;
        const values = { length: projects.length + 1, limit: maxProjects };
        if (values.length > maxProjects)
          throw new AppError('input.invalid', { fields: [{ field: 'names', code: 'tooMany', values }] });
        const names = namesOfProject(typed, programme);
        return { projects: [...projects, { id: own, names }], event: { action: 'addProject', names } };
      });
    },

    /** @throws AppError `project.notFound`, `input.invalid` at `names.<language>`, `edit.conflict`. */
    async renameProject(
      actor: Actor,
      wanted: ProjectId,
      input: unknown,
      seen?: Seen,
    ): Promise<readonly Project[]> {
      const { names: typed } = parseProjectNames(input);
      return changeProjects(actor, (projects, programme) => {
        const { names: from } = known(projects, wanted);
        const merged = mergedWith(seen, { names: typed }, { names: from }).names as Names;
        const names = namesOfProject(merged, programme, wanted);
        if (isDeepStrictEqual(names, from)) return undefined;
        return {
          projects: projects.map((project) => (project.id === wanted ? { ...project, names } : project)),
          event: { action: 'renameProject', names, from },
        };
      });
    },

    /** Forms do not offer it any more; what is of it stays, under its name. @throws AppError `project.notFound`. */
    archiveProject: (actor: Actor, wanted: ProjectId) => setArchived(actor, wanted, true),

    /** @throws AppError `project.notFound`. */
    restoreProject: (actor: Actor, wanted: ProjectId) => setArchived(actor, wanted, false),

    /** Puts the checklist of the set-up away, or back. */
    async dismissChecklist(actor: Actor, isDismissed: boolean): Promise<void> {
      await people.changeProgramme(actor, (programme) => {
        if ((programme.hasNoChecklist === true) === isDismissed) return undefined;
        const { hasNoChecklist: _before, ...rest } = programme;
        return { programme: isDismissed ? { ...rest, hasNoChecklist: true } : rest };
      });
    },
  };
}

export type ProgrammeService = ReturnType<typeof programmeService>;
