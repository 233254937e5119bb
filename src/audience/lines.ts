import { z } from 'zod';
import { AppError, fieldFaults } from '../platform/errors.js';
import type { Language } from '../shared/languages.js';
import { assertNoPersonalData } from '../content/personal-data.js';
import { parse } from '../platform/validation.js';
import type { LineFault } from './contact.js';
import { personFields } from './input.js';

const maxLines = 500;

/** How people name a language in a list. */
const languageNames: ReadonlyMap<string, Language> = new Map([
  ['suomi', 'fi'],
  ['finska', 'fi'],
  ['finnish', 'fi'],
  ['se', 'sv'],
  ['ruotsi', 'sv'],
  ['svenska', 'sv'],
  ['swedish', 'sv'],
  ['englanti', 'en'],
  ['engelska', 'en'],
  ['english', 'en'],
]);

const lineSchema = z.object(personFields);

export type LinePerson = z.infer<typeof lineSchema>;

/** The columns of a line: with semicolons as people type them, or with tabs as a spreadsheet gives them. */
function columnsOf(text: string): Record<string, string> {
  const columns = text.split(/[;\t]/).map((column) => column.trim());
  const [name = '', organisation = '', address = '', language = ''] = columns;
  const given = language.toLowerCase();
  return { name, organisation, address, language: languageNames.get(given) ?? given };
}

function read(text: string): LinePerson {
  const person = parse(lineSchema, columnsOf(text));
  assertNoPersonalData({ name: person.name, organisation: person.organisation ?? '' });
  return person;
}

/**
 * The people that lines name, each with the number of its line, and what is wrong with the others. Empty lines count
 * but say nothing; an address that came before stands already.
 * @throws AppError `input.invalid` with `tooMany` at `text` beyond 500 lines.
 */
export function peopleOfLines(text: string): {
  readonly people: readonly { readonly line: number; readonly person: LinePerson }[];
  readonly faults: readonly LineFault[];
} {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ line: index + 1, text: line }))
    .filter((each) => each.text.trim() !== '');
  if (lines.length > maxLines) {
    const values = { limit: maxLines, length: lines.length };
    throw new AppError('input.invalid', { fields: [{ field: 'text', code: 'tooMany', values }] });
  }
  const people: { line: number; person: LinePerson }[] = [];
  const faults: LineFault[] = [];
  const seen = new Set<string>();
  for (const { line, text: told } of lines) {
    try {
      const person = read(told);
      if (seen.has(person.address)) faults.push({ line, field: 'address', code: 'standsAlready' });
      else people.push({ line, person });
      seen.add(person.address);
    } catch (error) {
      const wrong = fieldFaults(error);
      if (wrong.length === 0) throw error;
      faults.push(...wrong.map(({ field, code }) => ({ line, field: field as LineFault['field'], code })));
    }
  }
  return { people, faults };
}
