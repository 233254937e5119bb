// Lists of colleagues as a directory, Excel or Outlook gives them. Runs in the browser.

/** What comes of a line of such a list. */
export type ListedWhat = 'add' | 'here' | 'twice' | 'noId' | 'noName';

/** One line: whom it names, and what comes of it. */
export interface ListedColleague {
  /** As it was pasted. */
  readonly line: string;
  readonly name: string;
  /** In small letters; empty where the line has none. */
  readonly id: string;
  readonly what: ListedWhat;
}

const directoryId = /^\{?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\}?$/i;
const isAddress = (cell: string): boolean => cell.includes('@');
/** How lists call their columns: such a line names nobody. */
const columnName =
  /^(object ?id|objekti?-?id|id|(display ?)?name|nimi|namn|mail|e-?mail|e-?post|sähköposti)$/i;

/** A tab, a semicolon or a bar ends a cell; a comma does where none of them is in the line. */
function cellsOf(line: string): readonly string[] {
  const separator = /[\t;|]/.test(line) ? /[\t;|]/ : /,/;
  return line
    .split(separator)
    .map((cell) => cell.replaceAll('"', '').replaceAll(/\s+/g, ' ').trim())
    .filter((cell) => cell !== '');
}

/** `Eeva <eeva@x.fi>`, as Outlook writes people: the name before the address. */
const withoutAddress = (cell: string): string => cell.replace(/\s*<[^<>]*@[^<>]*>\s*/, '').trim();

/**
 * The people of a list, one a line, in whichever order its columns are: the directory's object id, the name, and a mail address,
 * which is not needed.
 * @param here the ids of those who are among the people already
 */
export function readColleagues(text: string, here: ReadonlySet<string>): readonly ListedColleague[] {
  const seen = new Set<string>();
  return text.split(/\r?\n/).flatMap((line): readonly ListedColleague[] => {
    const cells = cellsOf(line);
    // True of an empty line, too.
    if (cells.every((cell) => columnName.test(cell))) return [];
    const id = cells.map((cell) => directoryId.exec(cell)?.[1]?.toLowerCase()).find(Boolean) ?? '';
    const name =
      cells
        .filter((cell) => !directoryId.test(cell))
        .map(withoutAddress)
        .find((cell) => cell !== '' && !isAddress(cell)) ?? '';
    const what = whatOf({ id, name }, here, seen);
    if (id !== '') seen.add(id);
    return [{ line: line.trim(), name, id, what }];
  });
}

function whatOf(
  { id, name }: Pick<ListedColleague, 'id' | 'name'>,
  here: ReadonlySet<string>,
  seen: ReadonlySet<string>,
): ListedWhat {
  if (id === '') return 'noId';
  if (seen.has(id)) return 'twice';
  if (here.has(id)) return 'here';
  return name === '' ? 'noName' : 'add';
}
