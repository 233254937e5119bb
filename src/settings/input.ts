import { z } from 'zod';
import { writtenLine } from '../content/input.js';
import type { NewMember } from '../people/members.js';
import type { Programme } from '../people/person.js';
import { placeName, type NewProgramme } from '../people/programmes.js';
import { roles } from '../platform/actor.js';
import { AppError } from '../platform/errors.js';
import type { PersonId, ProjectId } from '../platform/ids.js';
import { parse } from '../platform/validation.js';
import { languages } from '../shared/languages.js';

export const roleSchema = z.strictObject({ role: z.enum(roles) });

const howMany = z.union([z.literal(1), z.literal(2)]);
export const approvalsSchema = z.strictObject({ newsletter: howMany, releases: howMany });

/** More projects than any programme has. */
const maxProjects = 200;
const projects = z
  .array(z.string().max(64))
  .max(maxProjects)
  .transform((all) => [...new Set(all)] as ProjectId[]);
const projectsSchema = z.strictObject({ projects });

/** As the directory shows it: eight, four, four, four and twelve hexadecimal digits; else `notADirectoryId`. */
const directoryId = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { error: 'notADirectoryId' }));

const memberSchema = z.strictObject({
  id: directoryId,
  name: writtenLine({ max: 120, min: 1 }),
  language: z.enum(languages),
  role: z.enum(roles),
  projects,
});

function requireKnown(
  chosen: readonly ProjectId[],
  programme: Pick<Programme, 'projects'>,
): readonly ProjectId[] {
  if (chosen.every((id) => programme.projects.some((project) => project.id === id))) return chosen;
  throw new AppError('input.invalid', { fields: [{ field: 'projects', code: 'unknownChoice' }] });
}

/** The projects of a person. @throws AppError `input.invalid` with faults by field. */
export function parseProjects(input: unknown, programme: Pick<Programme, 'projects'>): readonly ProjectId[] {
  return requireKnown(parse(projectsSchema, input).projects, programme);
}

const names = z.strictObject({
  fi: writtenLine({ max: 80, min: 1 }),
  sv: writtenLine({ max: 80, min: 1 }),
  en: writtenLine({ max: 80, min: 1 }),
});

const programmeSchema = z.strictObject({ name: placeName, names });

/** A programme to be made beside the others. @throws AppError `input.invalid` with faults by field. */
export function parseNewProgramme(input: unknown): NewProgramme {
  return { ...parse(programmeSchema, input), projects: [] };
}

/** Somebody to be added. @throws AppError `input.invalid` with faults by field; `text.personalData` at `name`. */
export function parseMember(input: unknown, programme: Pick<Programme, 'projects'>): NewMember {
  const { id, ...member } = parse(memberSchema, input);
  return { ...member, id: id as PersonId, projects: requireKnown(member.projects, programme) };
}
