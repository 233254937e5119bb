/** A field that two people changed differently. */
export interface Collision {
  /** Where it is: `descriptions.sv`, or of an entry of a list by its id, `items.a1.title.fi`. */
  readonly path: string;
  /** What is there now; `null` for nothing. */
  readonly theirs: unknown;
}

export type Fields = Readonly<Record<string, unknown>>;
/** An entry of a list that is known by its id, whatever its place. */
type Entry = Fields & { readonly id: string };

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEntries(value: unknown): value is readonly Entry[] {
  return Array.isArray(value) && value.every((each) => isFields(each) && typeof each.id === 'string');
}

const keysOf = (...all: readonly Fields[]): string[] => [
  ...new Set(all.flatMap((each) => Object.keys(each))),
];

/** An empty text is none, as everywhere in forms. */
const plain = (value: unknown): unknown => (value === '' || value === undefined ? null : value);

/** Whether two values say the same; what is absent, `null` and an empty text are the same nothing. */
export function isSame(one: unknown, other: unknown): boolean {
  if (plain(one) === plain(other)) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((each, index) => isSame(each, other[index]));
  return isFields(one) && isFields(other) && keysOf(one, other).every((key) => isSame(one[key], other[key]));
}

/** Whether what two lists have in common stands in the same order in both. */
export function isSameOrder<Id>(one: readonly Id[], other: readonly Id[]): boolean {
  const [ours, theirs] = [one.filter((id) => other.includes(id)), other.filter((id) => one.includes(id))];
  return ours.every((id, index) => id === theirs[index]);
}

/** All that is in either: in the order of the first, what only the second has after what it follows there. */
function inOneOrder(base: readonly string[], other: readonly string[]): readonly string[] {
  return other.reduce<readonly string[]>((ids, id, index) => {
    if (ids.includes(id)) return ids;
    const place = ids.indexOf(other[index - 1] ?? '') + 1;
    return [...ids.slice(0, place), id, ...ids.slice(place)];
  }, base);
}

interface Three<Value> {
  readonly seen: Value;
  readonly mine: Value;
  readonly current: Value;
}

type Collide = (collision: Collision) => void;

function mergedEntries(
  path: string,
  { seen, mine, current }: Three<readonly Entry[]>,
  collide: Collide,
): readonly unknown[] {
  const ids = { seen: idsOf(seen), mine: idsOf(mine), current: idsOf(current) };
  const isMovedByMe = !isSameOrder(ids.seen, ids.mine);
  const isMovedByThem = !isSameOrder(ids.seen, ids.current);
  if (isMovedByMe && isMovedByThem && !isSameOrder(ids.mine, ids.current)) collide({ path, theirs: current });
  const order = isMovedByMe ? inOneOrder(ids.mine, ids.current) : inOneOrder(ids.current, ids.mine);
  const entryOf = (list: readonly Entry[], id: string) => list.find((each) => each.id === id);
  return order.flatMap((id) => {
    const three = { seen: entryOf(seen, id), mine: entryOf(mine, id), current: entryOf(current, id) };
    const entry = mergedValue(`${path}.${id}`, three, collide);
    return entry === undefined || entry === null ? [] : [entry];
  });
}

const idsOf = (list: readonly Entry[]): string[] => list.map(({ id }) => id);

function mergedValue(path: string, three: Three<unknown>, collide: Collide): unknown {
  const { seen, mine, current } = three;
  if (isSame(mine, seen)) return current;
  if (isSame(current, seen) || isSame(current, mine)) return mine;
  // What both added is looked at field by field.
  const before = plain(seen) === null ? {} : seen;
  if (isFields(before) && isFields(mine) && isFields(current)) {
    return Object.fromEntries(
      keysOf(current, mine).flatMap((key) => {
        const inside = { seen: before[key], mine: mine[key], current: current[key] };
        const value = mergedValue(`${path}.${key}`, inside, collide);
        return value === undefined || value === null ? [] : [[key, value]];
      }),
    );
  }
  if (isEntries(seen) && isEntries(mine) && isEntries(current))
    return mergedEntries(path, { seen, mine, current }, collide);
  collide({ path, theirs: current ?? null });
  return mine;
}

/**
 * What two people made of the same form, put together: what somebody did not change stays as the other one has it. Goes
 * into objects, and into lists whose entries have ids; other lists are one value.
 * @param seen the fields as the form was filled with, `mine` as it was sent, `current` as they are now.
 * @returns the fields of `mine`, and what both changed to something else, which nobody may overwrite unseen.
 */
export function merge({ seen, mine, current }: Three<Fields>): {
  readonly merged: Fields;
  readonly collisions: readonly Collision[];
} {
  const collisions: Collision[] = [];
  const merged = Object.entries(mine)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      const three = { seen: seen[key], mine: value, current: current[key] };
      return [key, mergedValue(key, three, (collision) => collisions.push(collision)) ?? null] as const;
    });
  return { merged: Object.fromEntries(merged), collisions };
}

/** What is at a path, of an entry of a list by its id; `undefined` for nothing. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inside, key) => {
    if (isEntries(inside)) return inside.find(({ id }) => id === key);
    return isFields(inside) ? inside[key] : undefined;
  }, value);
}

/** The value with another one at a path. Of a list whose entries have ids only the order is taken over. */
function withAt(value: unknown, [key, ...rest]: readonly string[], theirs: unknown): unknown {
  if (key === undefined) {
    if (!isEntries(value) || !isEntries(theirs)) return theirs;
    const order = inOneOrder(idsOf(theirs), idsOf(value));
    return order.flatMap((id) => value.filter((each) => each.id === id));
  }
  if (isEntries(value)) {
    const before = value.find(({ id }) => id === key);
    const after = withAt(before, rest, theirs);
    if (before === undefined) return isFields(after) ? [...value, after] : value;
    return value.flatMap((each) => (each !== before ? [each] : isFields(after) ? [after] : []));
  }
  return {
    ...(isFields(value) ? value : {}),
    [key]: withAt(isFields(value) ? value[key] : undefined, rest, theirs),
  };
}

/**
 * What the writer has seen once they were shown the collisions: what they send next over it replaces these knowingly, and
 * nothing else.
 * @param theirs the current values by path, as an `edit.conflict` has them.
 */
export function seenAfter(seen: Fields, theirs: Fields): Fields {
  return Object.entries(theirs).reduce<Fields>(
    (fields, [path, value]) => withAt(fields, path.split('.'), value) as Fields,
    seen,
  );
}
