import { AppError, type FieldFault } from '../../../src/platform/errors.js';
import type { Language } from '../../../src/shared/languages.js';
import type { NewsItem } from '../../../src/news/news.js';
import type { Person, Programme } from '../../../src/people/person.js';
import { fieldNames, type FieldName } from './form-card.js';

/** What a person has typed and chosen, as the card sends it: text, and choices joined by commas. */
export type Typed = Readonly<Record<FieldName, string>>;

export interface ReadForm {
  readonly typed: Typed;
  /** What the form cannot have sent: of the wrong type, or a field that it does not have. */
  readonly faults: readonly FieldFault[];
}

/** What a client may add to the data of an action by itself. */
const ofClients: readonly string[] = ['msteams', 'verb'];

export const nothingTyped: Typed = {
  title: '',
  body: '',
  lead: '',
  projectId: '',
  language: '',
  audiences: '',
  channels: '',
  link: '',
  earliestDate: '',
};

/** An empty form for the person: own language, and own project where there is one. */
export function freshTyped(person: Person, language: Language, programme: Programme): Typed {
  const own = person.projects.find((id) => programme.projects.some((project) => project.id === id));
  return { ...nothingTyped, language, projectId: own ?? '' };
}

/** The item's text of one language and its details, as the form shows them. */
export function typedOf(item: NewsItem, language: Language): Typed {
  const text = item.texts[language];
  return {
    title: text?.title ?? '',
    body: text?.body ?? '',
    lead: text?.lead ?? '',
    projectId: item.projectId,
    language,
    audiences: item.audiences.join(','),
    channels: item.wishedChannels.join(','),
    link: item.link ?? '',
    earliestDate: item.earliestDate ?? '',
  };
}

/** The inputs among the data of an action; never throws, so that what was typed can always be shown again. */
export function readForm(data: Readonly<Record<string, unknown>>, own: readonly string[]): ReadForm {
  const faults: FieldFault[] = [];
  const read = (name: FieldName): string => {
    const value = data[name] ?? '';
    if (typeof value === 'string') return value;
    faults.push({ field: name, code: 'wrongType' });
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  };
  const typed = Object.fromEntries(fieldNames.map((name) => [name, read(name)])) as Typed;
  const known: readonly string[] = [...fieldNames, ...ofClients, ...own];
  for (const name of Object.keys(data)) {
    if (!known.includes(name)) faults.push({ field: name, code: 'unknownField' });
  }
  return { typed, faults };
}

const listed = (choices: string): string[] => choices.split(/[,;]/).filter((choice) => choice !== '');

/** What the news service takes. */
export function submissionOf(typed: Typed, formId: string): unknown {
  return {
    formId,
    projectId: typed.projectId,
    language: typed.language,
    words: { title: typed.title, lead: typed.lead, body: typed.body },
    audiences: listed(typed.audiences),
    wishedChannels: listed(typed.channels),
    link: typed.link.trim(),
    earliestDate: typed.earliestDate,
  };
}

const formFields: Readonly<Record<string, FieldName>> = { wishedChannels: 'channels' };

/** The faults that the service found, by the names of the form's fields. */
export function formFaults(error: unknown): FieldFault[] {
  const isForm = error instanceof AppError && ['input.invalid', 'text.personalData'].includes(error.code);
  if (!isForm) return [];
  const faults = (error.details.fields ?? []) as readonly FieldFault[];
  return faults.map((fault) => {
    const name = fault.field.replace(/^words\./, '').replace(/\..*$/, '');
    return { ...fault, field: formFields[name] ?? name };
  });
}
