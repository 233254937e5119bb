/** What happens in a session, as far as its times go. */
interface Lasting {
  /** How long it takes; absent where nobody has said. */
  readonly minutes?: number;
}

/** When a session is; ISO instants. */
interface Span {
  readonly start: string;
  readonly end: string;
}

/** An entry with the ISO instants between which it is; absent where nobody knows how long an earlier one takes. */
export interface TimedEntry<Item> {
  readonly item: Item;
  readonly start?: string;
  readonly end?: string;
}

const minute = 60_000;

/** The length of a session in minutes. */
export function lengthOf({ start, end }: Span): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / minute);
}

/** How long the entries take together, in minutes. */
export function totalMinutes(items: readonly Lasting[]): number {
  return items.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0);
}

/** How well an agenda fits into its session. */
export interface AgendaFit {
  /** Of all entries, and of the session, in minutes. */
  readonly total: number;
  readonly length: number;
  /** How many minutes it is too long; 0 where it fits. */
  readonly over: number;
  /** How many entries have no minutes. */
  readonly untimed: number;
}

export function agendaFit(items: readonly Lasting[], session: Span): AgendaFit {
  const total = totalMinutes(items);
  const length = lengthOf(session);
  const untimed = items.filter(({ minutes }) => minutes === undefined).length;
  return { total, length, over: Math.max(0, total - length), untimed };
}

/** One entry alone without minutes takes what the others leave of the session. */
function withRest<Item extends Lasting>(items: readonly Item[], session: Span): (number | undefined)[] {
  const { total, length, untimed } = agendaFit(items, session);
  const rest = untimed === 1 && total < length ? length - total : undefined;
  return items.map(({ minutes }) => minutes ?? rest);
}

/** The entries with their clock times, computed from the start of the session. */
export function timedAgenda<Item extends Lasting>(
  items: readonly Item[],
  session: Span,
): readonly TimedEntry<Item>[] {
  let at: number | undefined = Date.parse(session.start);
  const lasting = withRest(items, session);
  return items.map((item, index) => {
    const minutes = lasting[index];
    const start = at;
    at = start === undefined || minutes === undefined ? undefined : start + minutes * minute;
    return {
      item,
      ...(start !== undefined && { start: new Date(start).toISOString() }),
      ...(at !== undefined && { end: new Date(at).toISOString() }),
    };
  });
}

/** What is on at a moment, and what follows it. @param now milliseconds */
export function nowAndNext<Item>(
  entries: readonly TimedEntry<Item>[],
  now: number,
): { readonly current?: TimedEntry<Item>; readonly next?: TimedEntry<Item> } {
  const begun = entries.filter(({ start }) => start !== undefined && Date.parse(start) <= now);
  const last = begun.at(-1);
  const isOver = last?.end !== undefined && Date.parse(last.end) <= now;
  const next = entries[begun.length];
  return {
    ...(last !== undefined && !isOver && { current: last }),
    ...(next !== undefined && { next }),
  };
}
