import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Programme } from '../people/person.js';
import { publicLanguages } from '../shared/languages.js';
import { SettingsError } from './settings.js';

const line = z.string().trim().min(1).max(80);
const names = z.strictObject({ fi: line, sv: line, en: line });
/** Part of keys and addresses. */
const id = z.string().regex(/^[\w-]{1,40}$/);

const schema = z
  .strictObject({
    id,
    names,
    languages: z.array(z.enum(publicLanguages)).min(1).optional(),
    projects: z.array(z.strictObject({ id, names })).max(200),
  })
  .superRefine(({ projects }, context) => {
    const ids = projects.map((project) => project.id);
    const twice = ids.find((each, index) => ids.indexOf(each) !== index);
    if (twice !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['projects'],
        message: `"${twice}" is the id of two projects`,
      });
    const called = projects.map((project) => project.names.fi.toLowerCase());
    const same = called.find((each, index) => called.indexOf(each) !== index);
    if (same !== undefined)
      context.addIssue({ code: 'custom', path: ['projects'], message: `two projects are called "${same}"` });
  });

/** What a file says of the first programme of an installation. */
export type FirstProgramme = Pick<Programme, 'id' | 'names' | 'projects' | 'languages'>;

/**
 * The programme that a file describes: `{id, names: {fi, sv, en}, languages, projects: [{id, names}]}`, as JSON.
 * @throws SettingsError that names what is wrong with it, and where.
 */
export async function readProgrammeFile(path: string): Promise<FirstProgramme> {
  const fault = (what: string): SettingsError =>
    new SettingsError([
      `PROGRAMME_FILE wants the path of a JSON file with the first programme; ${path} ${what}`,
    ]);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw fault(`can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw fault('is no JSON');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as unknown as FirstProgramme;
  throw new SettingsError(
    parsed.error.issues.map(
      ({ path: at, message }) =>
        `PROGRAMME_FILE (${path}): ${at.length > 0 ? `${at.join('.')}: ` : ''}${message}`,
    ),
  );
}
