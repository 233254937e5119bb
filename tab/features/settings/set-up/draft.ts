import type { FirstProgrammeForm } from '../api.js';
import { ownKey, remembered } from '../../../shared/device-storage.js';
import { noNames } from '../names-fields.js';

/** Where what somebody typed is kept on this device until the programme is made. */
export const draftKey = (personId: string): string => ownKey('set-up', personId);

const emptyForm: FirstProgrammeForm = {
  names: noNames,
  languages: ['fi', 'sv'],
  projects: [{ names: noNames }],
};

const isNames = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ['fi', 'sv', 'en'].every((language) => typeof (value as Record<string, unknown>)[language] === 'string');

/** Whether it is a form of ours: a browser keeps what older releases wrote, too. */
function isForm(value: unknown): value is FirstProgrammeForm {
  const { names, languages, projects } = (value ?? {}) as Partial<Record<keyof FirstProgrammeForm, unknown>>;
  return (
    isNames(names) &&
    Array.isArray(languages) &&
    languages.length > 0 &&
    languages.every((language) => language === 'fi' || language === 'sv') &&
    Array.isArray(projects) &&
    projects.every((project) => isNames((project as { readonly names?: unknown } | null)?.names))
  );
}

/** What was typed before, else an empty form. */
export function keptForm(personId: string): FirstProgrammeForm {
  try {
    const kept: unknown = JSON.parse(remembered(draftKey(personId)) ?? 'null');
    return isForm(kept) ? kept : emptyForm;
  } catch {
    return emptyForm;
  }
}
