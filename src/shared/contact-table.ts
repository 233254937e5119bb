// Lists of people as tables of columns: what an import shows before anything is stored. Runs in the browser too.
import Papa from 'papaparse';
import { columnNamed, languageNamed, readContactList, type ListedPerson } from './contact-list.js';
import { isBrokenAddress, mailboxOf, tidied } from './mailbox.js';

/** What a column of a list says of a person; `skip` where nobody needs it. */
export const tableColumns = [
  'name',
  'firstName',
  'lastName',
  'organisation',
  'address',
  'language',
  'skip',
] as const;
export type TableColumn = (typeof tableColumns)[number];

/** A list as it was pasted or read from a file: a cell for each column in each row. */
export interface ContactTable {
  /** How the list itself names its columns, where it does. */
  readonly header?: readonly string[];
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly string[])[];
}

const separators = ['\t', ';', ',', '|'];
/** So many rows say which column is which. */
const sampled = 200;
/** Beyond these a table is not about people. */
const maxTableColumns = 40;

const isAddressed = (cell: string): boolean => /[@＠]/.test(cell);
const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell === '');
/** `Eeva <eeva@x.fi>`: with a comma before it, the comma is inside the name. */
const isNamedMailbox = (cell: string): boolean => /^[^<]*[^<\s][^<]*<[^<>]*>$/.test(cell);

function rowsBy(text: string, delimiter: string): string[][] {
  return Papa.parse<string[]>(text, { delimiter, skipEmptyLines: false })
    .data.map((cells) => cells.map(tidied))
    .filter((cells) => !isBlank(cells));
}

/** The columns that a line names: the one of the address among them, or two of any. */
function namedColumns(cells: readonly string[]): readonly TableColumn[] | undefined {
  if (cells.some(isAddressed)) return undefined;
  const named = cells.map((cell) => columnNamed(cell) ?? 'skip');
  const count = named.filter((column) => column !== 'skip').length;
  return named.includes('address') || count > 1 ? onlyOnce(named) : undefined;
}

/** Each column once: of two that say the same, such as two addresses, the first counts. */
function onlyOnce(columns: readonly TableColumn[]): readonly TableColumn[] {
  return columns.map((column, index) => (columns.indexOf(column) === index ? column : 'skip'));
}

/** The column that holds most addresses, where nearly each row has one address and it stands there; else -1. */
function addressColumn(rows: readonly (readonly string[])[], delimiter: string): number {
  const sample = rows.slice(0, sampled);
  const width = Math.max(0, ...sample.map((cells) => cells.length));
  const counts = Array.from({ length: width }, () => 0);
  let fitting = 0;
  for (const cells of sample) {
    const at = cells.flatMap((cell, index) => (isAddressed(cell) ? [index] : []));
    for (const index of at) counts[index] = (counts[index] ?? 0) + 1;
    const isNamed = delimiter === ',' && at.some((index) => isNamedMailbox(cells[index] ?? ''));
    // Somebody else, whose address is none, is no column either.
    const isList = isNamed || (at.length > 0 && cells.some(isBrokenAddress));
    if (cells.length > 1 && at.length <= 1 && !isList) fitting += 1;
  }
  const most = Math.max(0, ...counts);
  return most > 0 && fitting >= sample.length * 0.7 && most >= sample.length * 0.5
    ? counts.indexOf(most)
    : -1;
}

/** Which column is which where none is named: by what stands in them. */
function guessedColumns(
  rows: readonly (readonly string[])[],
  at: number,
  width: number,
): readonly TableColumn[] {
  const sample = rows.slice(0, sampled);
  const language = Array.from({ length: width }, (_, index) => index).find((index) => {
    const filled = sample.map((cells) => cells[index] ?? '').filter((cell) => cell !== '');
    const named = filled.filter((cell) => languageNamed(cell) !== undefined).length;
    return index !== at && named > 0 && named >= filled.length * 0.7;
  });
  const others: TableColumn[] = ['name', 'organisation'];
  return Array.from({ length: width }, (_, index): TableColumn => {
    if (index === at) return 'address';
    if (index === language) return 'language';
    return sample.some((cells) => (cells[index] ?? '') !== '') ? (others.shift() ?? 'skip') : 'skip';
  });
}

function asTable(text: string): ContactTable | undefined {
  for (const delimiter of separators) {
    if (!text.includes(delimiter)) continue;
    const rows = rowsBy(text, delimiter);
    const [first = []] = rows;
    const width = Math.min(maxTableColumns, Math.max(0, ...rows.map((cells) => cells.length)));
    if (width < 2) continue;
    const filled = (all: readonly string[][]): string[][] =>
      all.map((cells) => Array.from({ length: width }, (_, index) => cells[index] ?? ''));
    const named = namedColumns(first);
    if (named !== undefined) {
      const columns = Array.from({ length: width }, (_, index) => named[index] ?? 'skip');
      return { header: filled([first])[0] ?? [], columns, rows: filled(rows.slice(1)) };
    }
    const at = addressColumn(rows, delimiter);
    if (at !== -1) return { columns: guessedColumns(rows, at, width), rows: filled(rows) };
  }
  return undefined;
}

const listColumns = ['name', 'organisation', 'address', 'language'] as const;

/** The people of a list of addresses as a table; who can't be read stands in the column of the addresses. */
function listAsTable(text: string): ContactTable {
  const { entries } = readContactList(text);
  const people = entries.map(
    ({ person, text: typed }): ListedPerson =>
      person ?? { name: '', organisation: '', address: tidied(typed), language: '' },
  );
  const columns = listColumns.filter(
    (column) => column === 'name' || column === 'address' || people.some((person) => person[column] !== ''),
  );
  return { columns, rows: people.map((person) => columns.map((column) => person[column])) };
}

/**
 * A list as it was pasted, or decoded from a file, as a table: columns by tabs, semicolons, commas or bars, in any order,
 * with a line that names them or without; mailboxes of a mail program; addresses by lines, commas or spaces.
 */
export function readContactTable(text: string): ContactTable {
  const plain = text.replace(/^\uFEFF/, '').replace(/^"?sep=.?"?\r?\n/i, '');
  const table = asTable(plain) ?? listAsTable(plain);
  return { ...table, rows: table.rows.filter((cells) => !isBlank(cells)) };
}

/** What the cells of a row say of a person, by its columns; the name beside the address where there is no other. */
export function personOfRow(
  columns: readonly TableColumn[],
  cells: readonly string[],
): ListedPerson & { readonly hasOwnName: boolean } {
  const cell = (column: TableColumn): string => tidied(cells[columns.indexOf(column)] ?? '');
  const { name, address } = mailboxOf(cell('address'));
  const own = cell('name') || `${cell('firstName')} ${cell('lastName')}`.trim() || tidied(name);
  return {
    name: own || address,
    organisation: cell('organisation'),
    address,
    language: cell('language'),
    hasOwnName: own !== '',
  };
}
