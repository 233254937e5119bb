import type { AddressBook } from '../addresses.js';
import type { Contact, Suppression } from '../contact.js';
import { eachOf } from '../forming.js';
import type { PersonInput } from '../input.js';
import type { CheckedRow, ContactImport, ImportRow, RowCheck } from './import.js';
import { readRow } from './input.js';

/** So many addresses are looked up at a time. */
const lookedUpAtOnce = 16;

/** Who stands at an address now. */
interface AtAddress {
  readonly addressKey: string;
  readonly id: Contact['id'] | undefined;
  readonly suppression: Suppression | undefined;
}

/** A row that names somebody, with who stands at the address now. */
export type FoundRow = ImportRow & AtAddress & { readonly person: PersonInput };

/** The rows that name somebody and are wanted, with what is known of their addresses. */
export async function findRows(
  addresses: AddressBook,
  settings: ContactImport,
  rows: readonly ImportRow[],
): Promise<readonly FoundRow[]> {
  const found = new Map<number, FoundRow>();
  await eachOf(
    rows,
    async (row) => {
      const read = row.isLeftOut ? undefined : readRow(settings, row.cells);
      if (read === undefined || !('person' in read)) return;
      const addressKey = await addresses.keyOf(read.person.address);
      found.set(row.row, {
        ...row,
        person: read.person,
        addressKey,
        ...(await addresses.known(addressKey)),
      });
    },
    lookedUpAtOnce,
  );
  return rows.flatMap(({ row }) => found.get(row) ?? []);
}

/** What would become of rows if they were imported now. */
export async function checkRows(
  addresses: AddressBook,
  settings: ContactImport,
  rows: readonly ImportRow[],
): Promise<readonly CheckedRow[]> {
  const found = new Map((await findRows(addresses, settings, rows)).map((row) => [row.row, row]));
  const checks = new Map<number, RowCheck>();
  await eachOf(
    [...found.values()],
    async ({ row, id, suppression }) => {
      checks.set(row, await checkOf(addresses, settings, { id, suppression }));
    },
    lookedUpAtOnce,
  );
  return rows.map((row): CheckedRow => {
    const person = found.get(row.row)?.person;
    const check = checks.get(row.row);
    if (person !== undefined && check !== undefined)
      return { ...row, check, address: person.address, language: person.language };
    if (row.isLeftOut) return { ...row, check: { status: 'leftOut' } };
    const read = readRow(settings, row.cells);
    return { ...row, check: { status: 'faulty', faults: 'faults' in read ? read.faults : [] } };
  });
}

async function checkOf(
  addresses: AddressBook,
  { subscriptions }: ContactImport,
  { id, suppression }: Pick<AtAddress, 'id' | 'suppression'>,
): Promise<RowCheck> {
  if (suppression !== undefined)
    return { status: 'stopped', at: suppression.at, ...(id !== undefined && { id }) };
  if (id === undefined) return { status: 'new' };
  const contact = (await addresses.find(id)).value;
  const added = subscriptions.filter((each) => !contact.subscriptions.includes(each));
  return { status: 'exists', id, added };
}
