// Lists of people as they are pasted: out of Outlook, Excel or a CSV file, or typed. Runs in the browser too.
import type { Language } from './languages.js';
import { hasOpenQuote, isBrokenAddress, mailboxOf, piecesOf, tidied, unquoted } from './mailbox.js';

/** What a list says of one person, as typed; what it does not say is empty. */
export interface ListedPerson {
  readonly name: string;
  readonly organisation: string;
  readonly address: string;
  readonly language: string;
}

/** A person of a list, where they stand in it; no person where it is not clear which column is which. */
export interface ListEntry {
  /** 1 for the first line of the text. */
  readonly line: number;
  /** What was typed of this person: alone, below the header, it gives the same again. */
  readonly text: string;
  readonly person: ListedPerson | undefined;
}

export interface ContactList {
  /** The line that names the columns, as typed. */
  readonly header?: string;
  readonly entries: readonly ListEntry[];
}

type Column = 'name' | 'firstName' | 'lastName' | 'organisation' | 'address' | 'language';

/** The names of a table by key, as a map that finds the key of a name. */
function byName<Key extends string>(
  names: Readonly<Record<Key, readonly string[]>>,
): ReadonlyMap<string, Key> {
  const keys = Object.keys(names) as Key[];
  return new Map(
    keys.flatMap((key) => names[key].flatMap((some) => some.split(' ')).map((name) => [name, key])),
  );
}

/** How spreadsheets and mail programs name their columns, in small letters and without spaces and hyphens. */
const columns = byName<Column>({
  name: [
    'nimi kokonimi näyttönimi yhteyshenkilö yhteyshenkilönnimi henkilö',
    'namn fullständigtnamn visningsnamn kontakt kontaktperson person',
    'name fullname displayname contact contactperson contactname',
  ],
  firstName: ['etunimi etunimet', 'förnamn', 'firstname givenname'],
  lastName: ['sukunimi', 'efternamn', 'lastname surname familyname'],
  organisation: [
    'organisaatio järjestö yritys yhdistys yhteisö taho työpaikka kunta',
    'organisation förening företag arbetsplats kommun',
    'organization association company employer municipality',
  ],
  address: [
    'sähköposti sähköpostiosoite sposti spostiosoite meili osoite',
    'epost epostadress mejl mejladress mailadress adress',
    'email emailaddress mail mailaddress address',
  ],
  language: ['kieli asiointikieli äidinkieli', 'språk kontaktspråk modersmål', 'language'],
});

/** How people name a language in a list: by its code, by its name, and in the forms in which they write it. */
const languageNames = byName<Language>({
  fi: ['fi fin', 'suomi suomen suomeksi suomenkielinen', 'finska finskspråkig', 'finnish'],
  sv: ['sv swe sve se', 'ruotsi ruotsin ruotsiksi ruotsinkielinen', 'svenska svenskspråkig', 'swedish'],
  en: ['en eng', 'englanti englannin englanniksi englanninkielinen', 'engelska engelskspråkig', 'english'],
});

/** The language that a text such as `fi-FI`, `suomen kieli` or `på svenska` names; undefined where it names none. */
export function languageNamed(text: string): Language | undefined {
  const name = tidied(text)
    .normalize('NFC')
    .toLowerCase()
    .replace(/^(?:på|in) /, '')
    .replace(/ (?:kieli|kielellä)$/, '')
    .replace(/^([a-z]{2,3})[-_][a-z]{2,4}(?:[-_][a-z]{2})?$/, '$1');
  return languageNames.get(name);
}

const isAddressed = (cell: string): boolean => /[@＠]/.test(cell);
const cellOf = (piece: string): string => tidied(unquoted(piece.trim()));
const cellsOf = (text: string, separator: string): string[] => piecesOf(text, separator).map(cellOf);

/** The column that a cell of a header names; undefined where it names none. */
export const columnNamed = (cell: string): Column | undefined =>
  columns.get(
    cell
      .normalize('NFC')
      .toLowerCase()
      .replace(/[\s:*._-]+/g, ''),
  );

/** What parts the columns of a line: tabs, else semicolons, else commas; undefined where it is one. */
function separatorOf(text: string): string | undefined {
  return ['\t', ';', ','].find((separator) => piecesOf(text, separator).length > 1);
}

/** A person of their columns: the name beside the address where there is no other, and at last the address itself. */
function personOf(given: Partial<ListedPerson>): ListedPerson {
  const { name, address } = mailboxOf(given.address ?? '');
  return {
    name: (given.name ?? '') || tidied(name) || address,
    organisation: given.organisation ?? '',
    address,
    language: given.language ?? '',
  };
}

interface Header {
  readonly text: string;
  readonly separator: string;
  readonly columns: readonly (Column | undefined)[];
}

/** A line of column names: one of them for the address, or two of any. */
function headerOf(text: string): Header | undefined {
  if (isAddressed(text)) return undefined;
  const separator = separatorOf(text) ?? ';';
  const named = cellsOf(text, separator).map(columnNamed);
  const count = named.filter((column) => column !== undefined).length;
  return named.includes('address') || count > 1 ? { text, separator, columns: named } : undefined;
}

function personBelow(header: Header, text: string): ListedPerson {
  const cells = cellsOf(text, header.separator);
  // Of two columns of one kind, such as two addresses, the first that says something counts.
  const cell = (column: Column): string =>
    cells.find((each, index) => header.columns[index] === column && each !== '') ?? '';
  const unnamed = cells.find((each, index) => header.columns[index] === undefined && isAddressed(each));
  return personOf({
    name: cell('name') || `${cell('firstName')} ${cell('lastName')}`.trim(),
    organisation: cell('organisation'),
    address: cell('address') || (header.columns.includes('address') ? '' : (unnamed ?? '')),
    language: cell('language'),
  });
}

/** Name, organisation, address and language, or fewer of them with the address among them. */
function personOfCells(cells: readonly string[]): ListedPerson | undefined {
  const at = cells.findIndex(isAddressed);
  if (cells.slice(4).some((cell) => cell !== '')) return undefined;
  const [first = '', second = '', third = '', fourth = ''] = cells;
  if (at === 2 || at === -1) {
    return personOf({ name: first, organisation: second, address: third, language: fourth });
  }
  const [address = ''] = cells.slice(at);
  const others = cells.filter((cell, index) => index !== at && cell !== '');
  const last = others.at(-1) ?? '';
  const isLanguageLast = at < cells.length - 1 && (languageNamed(last) !== undefined || at === 1);
  const hasLanguage = isLanguageLast && cells.slice(at + 1).includes(last);
  const [name = '', organisation = '', ...more] = hasLanguage ? others.slice(0, -1) : others;
  return more.length > 0
    ? undefined
    : personOf({ name, organisation, address, language: hasLanguage ? last : '' });
}

/** Pieces of a list parted by commas, where a comma inside a name has parted too much: `Virtanen, Eeva <e@x.fi>`. */
function joinedNames(pieces: readonly string[]): string[] {
  const joined: string[] = [];
  const before: string[] = [];
  for (const piece of pieces) {
    if (isBrokenAddress(piece)) joined.push(...before.splice(0), piece);
    else if (!isAddressed(piece)) before.push(piece);
    else if (/^[^<]+<[^<>]*>$/.test(piece)) joined.push([...before.splice(0), piece].join(', '));
    else joined.push(...before.splice(0), piece);
  }
  return [...joined, ...before];
}

/** `a@x.fi b@y.fi`: addresses parted by nothing but spaces. */
function partedBySpaces(piece: string): readonly string[] {
  const words = piece.split(/\s+/);
  return words.length > 1 && words.every((word) => /^[^<>()"@]+@[^<>()"@]+$/.test(word)) ? words : [piece];
}

type Read = Omit<ListEntry, 'line'>;

/** A text that ends as addresses do: `kalle.example.fi`. */
const endsInDomain = (text: string): boolean => /\S\.\p{L}{2,}$/u.test(tidied(text));

/** Somebody of a list of addresses; what is no address stands where it is put right: as the address, or as the name. */
function personOfEntry(piece: string): ListedPerson {
  const isAddress = isAddressed(piece) || isBrokenAddress(piece) || endsInDomain(piece);
  return personOf(isAddress ? { address: piece } : { name: cellOf(piece) });
}

/** Whether pieces are people, each in one, of whom some lack a good address: rather than the columns of one. */
function isListOfPeople(pieces: readonly string[]): boolean {
  const addressed = pieces.filter(isAddressed);
  const others = pieces.filter((piece) => !isAddressed(piece));
  if (others.length === 0) return true;
  const hasMailbox = addressed.some((piece) => /^[^<]+<[^<>]*>$/.test(piece));
  if (addressed.length < 2) return others.every(isBrokenAddress);
  return (
    hasMailbox || addressed.length > 2 || others.every((each) => isBrokenAddress(each) || endsInDomain(each))
  );
}

/** What a line says without a header: a list of addresses, or columns. */
function readLine(text: string): readonly Read[] {
  const separator = separatorOf(text);
  const one = (person: ListedPerson | undefined): Read[] => [{ text, person }];
  if (separator === undefined) {
    if (!isAddressed(text)) return one(personOfEntry(text));
    return partedBySpaces(text).map((piece) => ({ text: piece, person: personOf({ address: piece }) }));
  }
  const pieces = piecesOf(text, separator);
  const filled = pieces.filter((piece) => piece !== '');
  const mailboxes = (separator === ',' ? joinedNames(filled) : filled).flatMap(partedBySpaces);
  if (isListOfPeople(mailboxes)) {
    return mailboxes.map((piece) => ({ text: piece, person: personOfEntry(piece) }));
  }
  const columnsOfLine = mailboxes.length < filled.length ? mailboxes : pieces;
  const isOfColumns = pieces.filter(isAddressed).length < 2;
  return one(isOfColumns ? personOfCells(columnsOfLine.map(cellOf)) : undefined);
}

/** How many lines a cell may have. */
const maxCellLines = 10;

/** The lines of a text that say something; a cell in quotation marks may go on over several. */
function recordsOf(text: string): { readonly line: number; readonly text: string }[] {
  const lines = text.split(/\r\n|\r|\n|\u2028|\u2029/);
  const records: { line: number; text: string }[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = index + 1;
    let record = lines[index] ?? '';
    if (hasOpenQuote(record)) {
      const longer = Array.from({ length: maxCellLines - 1 }, (_, more) =>
        lines.slice(line - 1, line + 1 + more).join('\n'),
      );
      const closed = longer.findIndex((each) => !hasOpenQuote(each));
      if (closed !== -1 && line + closed < lines.length) {
        record = longer[closed] ?? record;
        index += closed + 1;
      }
    }
    if (/[^\s;,]/.test(tidied(record))) records.push({ line, text: record });
  }
  return records;
}

/**
 * The people of a pasted list, in its order. Understood are addresses with or without names, several on a line; columns
 * with tabs, semicolons or commas (name, organisation, address, language); and columns in any order below a line that
 * names them.
 */
export function readContactList(text: string): ContactList {
  const records = recordsOf(text).filter((record) => !/^\uFEFF?"?sep=.?"?$/i.test(record.text.trim()));
  const [first] = records;
  const header = first === undefined ? undefined : headerOf(first.text);
  if (header === undefined) {
    const entries = records.flatMap(({ line, text: typed }) =>
      readLine(typed).map((read) => ({ line, ...read })),
    );
    return { entries };
  }
  const entries = records.slice(1).flatMap(({ line, text: typed }): ListEntry[] => {
    const isWhole = header.columns.length > 1 && piecesOf(typed, header.separator).length === 1;
    // Whoever adds somebody by hand below a table may do so without its columns.
    if (isWhole && isAddressed(typed)) return readLine(typed).map((read) => ({ line, ...read }));
    return [{ line, text: typed, person: personBelow(header, typed) }];
  });
  return { header: header.text, entries };
}
