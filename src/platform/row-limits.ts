import type { Change } from './commit.js';
import { AppError } from './errors.js';

/**
 * What Azure Tables takes, in numbers that hold in the worst case
 * (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model):
 * an entity is at most 1 MiB with two bytes a character, a transaction at most 100 changes and 4 MiB on the wire,
 * where a character can take three bytes.
 */
const maxChanges = 100;
const maxKeyCharacters = 512;
const maxValueCharacters = 450_000;
const maxCommitCharacters = 1_300_000;
const forbiddenInKeys = /[/\\#?\u0000-\u001f\u007f-\u009f]/u;

// Azurite reads each change of a transaction up to the end of a line, and takes these two for one.
const lineSeparators = /[\u2028\u2029]/g;
const escaped = (character: string): string => (character === '\u2028' ? '\\u2028' : '\\u2029');

// Half of a pair of surrogates is no text and can't be sent in an address.
const halfPair = /\p{Surrogate}/u;

/** A change as it goes over the wire: `json` is absent with `delete`. */
export interface WrittenChange {
  readonly change: Change;
  readonly json: string | undefined;
}

/**
 * Checks what both adapters must refuse alike, and writes the values as JSON.
 * @throws AppError `input.tooLarge` where a value or all of them are too long for the service.
 * @throws Error for a programmer's mistake: too many changes, a key used twice, a key that the service forbids.
 */
export function writeChanges(changes: readonly Change[]): WrittenChange[] {
  if (changes.length > maxChanges)
    throw new Error(`a commit takes at most ${maxChanges} changes, not ${changes.length}`);
  const keys = new Set(changes.map((change) => change.key));
  if (keys.size < changes.length) throw new Error('a commit takes each key once');
  const written = changes.map((change) => ({ change, json: jsonOf(change) }));
  const characters = written.reduce((sum, { json }) => sum + (json?.length ?? 0), 0);
  if (characters > maxCommitCharacters)
    throw new AppError('input.tooLarge', { characters, most: maxCommitCharacters });
  return written;
}

function jsonOf(change: Change): string | undefined {
  checkKey(change.key);
  if (change.op === 'delete') return undefined;
  const json = (JSON.stringify(change.value) as string | undefined)?.replace(lineSeparators, escaped);
  if (json === undefined) throw new Error(`the row ${change.key} was given no value`);
  if (json.length > maxValueCharacters)
    throw new AppError('input.tooLarge', { characters: json.length, most: maxValueCharacters });
  return json;
}

function checkKey(key: string): void {
  if (!isKey(key)) throw new Error(`not a row key: ${JSON.stringify(key)}`);
}

function isKey(key: string): boolean {
  return key.length > 0 && key.length <= maxKeyCharacters && !forbiddenInKeys.test(key);
}

/** Whether rows could stand in a range at all: of one whose first key holds what no key holds, nothing is asked. */
export function canHoldRows({ from }: { readonly from: string }): boolean {
  return !forbiddenInKeys.test(from) && !halfPair.test(from);
}

/** Whether a row could have this key at all, so that it is worth asking the service for it. */
export function canStand(key: string): boolean {
  return isKey(key) && !halfPair.test(key);
}
