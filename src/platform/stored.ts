import { z } from 'zod';
import type { PersonRef } from './actor.js';
import type { Change, Versioned } from './commit.js';
import type { PersonId } from './ids.js';
import { normalise } from '../shared/normalise.js';

/** A stored value of an older version, as JSON gave it. */
export type Old = Readonly<Record<string, unknown>>;

/** One kind of stored row: what its value looks like, and how values that older releases wrote become such a one. */
export interface StoredKind<Value> {
  /** Names it in reports. */
  readonly name: string;
  /** @throws Error when the value can't be read. */
  read(stored: unknown): Value;
  /** The value as it is stored, with the version of its shape. */
  write(value: Value): unknown;
}

interface Settings<Value> {
  readonly name: string;
  /** Use `z.looseObject`: what a newer release added must not be lost when this one writes the row back. */
  readonly schema: z.ZodType<Value>;
  /**
   * From version 1 to 2, from 2 to 3, and so on; the version written is one more than there are. A value without `v`
   * is of version 1. One of a version that this release does not know is read as the newest: the newer release that
   * wrote it runs beside this one. Written back it has this release's number, so an upgrade leaves alone what has its new
   * names already.
   */
  readonly upgrades?: readonly ((old: Old) => Old)[];
}

/** What needs no look: letters, digits and marks of our languages. */
const usual = /^[\n\u0020-\u007E\u00A0-\u00AC\u00AE-\u02FF\u2010-\u2014\u2018-\u201F\u2022\u2026]*$/;

/** The value with its texts as the gate for texts would store them today; the same one where they are so. */
function withNormalTexts(value: unknown): unknown {
  if (typeof value === 'string') return usual.test(value) ? value : normalise(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    const read = items.map(withNormalTexts);
    return read.some((item, index) => item !== items[index]) ? read : value;
  }
  const entries = Object.entries(value);
  const read = entries.map(([name, item]) => [name, withNormalTexts(item)] as const);
  return read.some(([, item], index) => item !== entries[index]?.[1]) ? Object.fromEntries(read) : value;
}

/** Texts that an older release stored with characters that nobody sees are read without them, whichever field they are in. */
export function storedKind<Value extends object>({
  name,
  schema,
  upgrades = [],
}: Settings<Value>): StoredKind<Value> {
  const newest = upgrades.length + 1;
  return {
    name,
    read: (stored) => {
      const { v = 1, ...value } = withNormalTexts(stored) as Old;
      const version = typeof v === 'number' && v >= 1 ? v : 1;
      return schema.parse(upgrades.slice(version - 1).reduce<Old>((old, upgrade) => upgrade(old), value));
    },
    write: (value) => ({ ...value, v: newest }),
  };
}

/** The schema of an id in a stored row. */
export function storedId<Id extends string>(): z.ZodType<Id> {
  return z.custom<Id>((value) => typeof value === 'string');
}

/** The schema of somebody who did something, as stored rows name them. */
export const storedPersonRef: z.ZodType<PersonRef> = z.looseObject({
  id: storedId<PersonId>(),
  name: z.string(),
  for: z.looseObject({ id: storedId<PersonId>(), name: z.string() }).exactOptional(),
});

/**
 * For upgrades from version 1, in which a state (and a line of a list) had its status as `state`.
 */
export function withStatus(old: unknown): Old {
  const { state, ...rest } = old as Old;
  return { status: state, ...rest };
}

/** For upgrades from version 1, in which the state of an aggregate stood at `is`. */
export function withState({ is, ...rest }: Old): Old {
  return { ...rest, state: withStatus(is) };
}

/** Inserts a value under a key that has none. */
export function insert<Value>(kind: StoredKind<Value>, key: string, value: Value): Change {
  return { op: 'insert', key, value: kind.write(value) };
}

/** Writes a value under a key, whatever is there. */
export function put<Value>(kind: StoredKind<Value>, key: string, value: Value): Change {
  return { op: 'put', key, value: kind.write(value) };
}

/** Replaces the version that was read; inserts where nothing was. */
export function replace<Value>(
  kind: StoredKind<Value>,
  key: string,
  before: Pick<Versioned<Value>, 'version'> | undefined,
  value: Value,
): Change {
  if (before === undefined) return insert(kind, key, value);
  return { op: 'replace', key, value: kind.write(value), version: before.version };
}

/** A line of a list and the keys under which it is indexed, one for each list that shows it. */
export interface IndexedLine<Line> {
  readonly line: Line;
  readonly keys: readonly string[];
}

/** The changes that index a line where it belongs now; none when it is as before. */
export function indexLine<Line>(
  kind: StoredKind<Line>,
  before: IndexedLine<Line> | undefined,
  after: IndexedLine<Line>,
): Change[] {
  if (before !== undefined && JSON.stringify(before) === JSON.stringify(after)) return [];
  const left = (before?.keys ?? []).filter((key) => !after.keys.includes(key));
  return [
    ...after.keys.map((key) => put(kind, key, after.line)),
    ...left.map((key): Change => ({ op: 'delete', key })),
  ];
}
