import { z } from 'zod';
import { writtenLine } from '../content/input.js';
import type { NewMember } from '../people/members.js';
import { owedLanguages, type NamedProgramme, type Programme, type Project } from '../people/person.js';
import { placeName, type NewProgramme } from '../people/programmes.js';
import { roles } from '../platform/actor.js';
import { AppError, type FieldFault } from '../platform/errors.js';
import { deterministicId, type PersonId, type ProjectId } from '../platform/ids.js';
import { parse, parseWhole } from '../platform/validation.js';
import { languages, publicLanguages, type Language, type PublicLanguage } from '../shared/languages.js';

export const roleSchema = z.strictObject({ role: z.enum(roles) });

const howMany = z.union([z.literal(1), z.literal(2)]);
export const approvalsSchema = z.strictObject({ newsletter: howMany, releases: howMany });

/** More projects than any programme has. */
export const maxProjects = 200;
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

const maxName = 80;
const name = writtenLine({ max: maxName });
/** As typed: which of them are needed depends on the languages. */
const names = z.strictObject({ fi: name, sv: name, en: name });
export type Names = z.output<typeof names>;

/** In which languages public texts are owed, the first one first. */
const owed = z
  .array(z.enum(publicLanguages))
  .min(1)
  .transform((all): readonly PublicLanguage[] => [...new Set(all)]);

const missingNames = (typed: Names, languages: readonly PublicLanguage[], field: string): FieldFault[] =>
  languages
    .filter((language) => typed[language] === '')
    .map((language) => ({ field: `${field}.${language}`, code: 'required' }));

/** The names in all languages: one that nobody needs and nobody wrote is that of the first language. */
function wholeNames(typed: Names, [first = 'fi']: readonly PublicLanguage[]): Names {
  const otherwise = typed[first];
  return { fi: typed.fi || otherwise, sv: typed.sv || otherwise, en: typed.en || otherwise };
}

const isSameName = (one: string, other: string): boolean =>
  one.toLocaleLowerCase('fi') === other.toLocaleLowerCase('fi');

/** The language in which two projects have one name. */
const sameIn = (one: Names, other: Names): Language | undefined =>
  languages.find((language) => one[language] !== '' && isSameName(one[language], other[language]));

/** What is wrong with a project's name beside the others of its programme: two of one name look the same in a form. */
function takenNames(mine: Names, others: readonly Project[], field: string): FieldFault[] {
  for (const { names: theirs, isArchived } of others) {
    const language = sameIn(mine, theirs);
    if (language !== undefined)
      return [
        {
          field: `${field}.${language}`,
          code: isArchived === true ? 'nameOfArchived' : 'nameOfProject',
          values: { name: theirs[language] },
        },
      ];
  }
  return [];
}

function requireNone(fields: readonly FieldFault[]): void {
  if (fields.length > 0) throw new AppError('input.invalid', { fields });
}

const newProgrammeSchema = z.strictObject({ name: placeName, names });

/** A programme to be made beside the others. @throws AppError `input.invalid` with faults by field. */
export function parseNewProgramme(input: unknown): NewProgramme {
  const read = parseWhole(newProgrammeSchema, input, ({ names: typed }) =>
    typed === undefined ? [] : missingNames(typed, publicLanguages, 'names'),
  );
  return { name: read.name, names: wholeNames(read.names, publicLanguages), projects: [] };
}

const programmeSchema = z.strictObject({ names, languages: owed });

/**
 * How a programme is called, and its languages. A name that no language needs may be empty, and is that of the first one then.
 * @throws AppError `input.invalid` with faults by field.
 */
export function parseProgramme(input: unknown): NamedProgramme {
  const { names: typed, languages: chosen } = parseWhole(
    programmeSchema,
    input,
    ({ names: right, languages: inOrder = publicLanguages }) =>
      right === undefined ? [] : missingNames(right, inOrder, 'names'),
  );
  return { names: wholeNames(typed, chosen), languages: chosen };
}

const firstSchema = programmeSchema.extend({ projects: z.array(z.strictObject({ names })).max(maxProjects) });

/**
 * The first programme of an installation as its first admin sets it up. A project without any name is a line that nobody filled in.
 * @throws AppError `input.invalid` with faults by field, of projects at `projects.<index>.names.<language>`.
 */
export function parseFirstProgramme(
  input: unknown,
): NamedProgramme & { readonly projects: readonly Project[] } {
  const read = parse(firstSchema, input);
  const { languages: chosen } = read;
  const filled = read.projects
    .map((project, index) => ({ ...project, index }))
    .filter(({ names: typed }) => languages.some((language) => typed[language] !== ''));
  const projects: Project[] = [];
  const fields = missingNames(read.names, chosen, 'names');
  for (const { names: typed, index } of filled) {
    const at = `projects.${String(index)}.names`;
    const own = wholeNames(typed, chosen);
    fields.push(...missingNames(typed, chosen, at), ...takenNames(own, projects, at));
    projects.push({
      id: deterministicId<ProjectId>('project', String(index), ...Object.values(own)),
      names: own,
    });
  }
  requireNone(fields);
  return { names: wholeNames(read.names, chosen), languages: chosen, projects };
}

/** The same form is one project. */
const formId = z.string().regex(/^[\w-]{8,64}$/, { error: 'wrongType' });
const projectNamesSchema = z.strictObject({ names });
const newProjectSchema = projectNamesSchema.extend({ formId });

/** The names of a project among the others of its programme. @throws AppError `input.invalid` with faults at `names.<language>`. */
export function namesOfProject(
  typed: Names,
  programme: Pick<Programme, 'projects' | 'languages'>,
  id?: ProjectId,
): Names {
  const chosen = owedLanguages(programme);
  const own = wholeNames(typed, chosen);
  const others = programme.projects.filter((project) => project.id !== id);
  requireNone([...missingNames(typed, chosen, 'names'), ...takenNames(own, others, 'names')]);
  return own;
}

export const parseNewProject = (input: unknown) => parse(newProjectSchema, input);
export const parseProjectNames = (input: unknown) => parse(projectNamesSchema, input);

/** What tries something needs; an address is judged where it is used, since a wrong one is a finding. */
export const trySchema = z.strictObject({ address: writtenLine({ max: 320 }).optional() });

/** What is looked for in the directory. */
export const directorySchema = z.strictObject({ text: writtenLine({ max: 80, min: 2 }) });

export const checklistSchema = z.strictObject({ isDismissed: z.boolean() });

/** Somebody to be added. @throws AppError `input.invalid` with faults by field; `text.personalData` at `name`. */
export function parseMember(input: unknown, programme: Pick<Programme, 'projects'>): NewMember {
  const { id, ...member } = parse(memberSchema, input);
  return { ...member, id: id as PersonId, projects: requireKnown(member.projects, programme) };
}
