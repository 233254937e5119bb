import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { NewsLine } from '../../../../src/news/types.js';
import type { NewsListAnswer } from '../../../../src/shared/answers/news.js';
import type { Query } from '../../../api.js';
import { useShell } from '../../../shared/context.js';
import { listNews, listQuery } from '../api.js';

/** A list that grows page by page. `tooMany`: a search found more than it shows. */
export interface NewsListState {
  readonly lines: readonly NewsLine[];
  readonly phase: 'loading' | 'growing' | 'ready' | 'failed';
  readonly error?: unknown;
  readonly next?: string;
  readonly tooMany: boolean;
  readonly grow: () => void;
  readonly reload: () => void;
  /** Fetches the beginning again without a trace: what moved comes to its new place, what is open stays. */
  readonly refresh: () => void;
  /** Puts in an item's new line where the old one stands. */
  readonly replace: (line: NewsLine) => void;
}

export const filterNames = ['state', 'project', 'missing', 'text', 'assigned'] as const;
export type FilterName = (typeof filterNames)[number];
export type Filter = Readonly<Partial<Record<FilterName | 'view', string>>>;

export interface Held {
  readonly key: string;
  readonly lines: readonly NewsLine[];
  readonly phase: NewsListState['phase'];
  readonly error?: unknown;
  readonly next?: string;
  readonly tooMany: boolean;
}

const nothing = (key: string): Held => ({ key, lines: [], phase: 'loading', tooMany: false });

const begun = (key: string, { lines, next, more }: NewsListAnswer): Held => ({
  key,
  lines,
  phase: 'ready',
  tooMany: more === true,
  ...(next && { next }),
});

/**
 * The list that the address asks for: everybody's with its filter, or one's own.
 * @param openId the item that is open beside it: it stays in the list, with its new state, when it leaves the view
 */
export function useNewsList(whose: 'all' | 'mine', query: Filter, openId: string | undefined): NewsListState {
  const { api } = useShell();
  const filter = useMemo<Filter>(() => {
    return whose === 'mine' ? {} : compact(listQuery(query));
  }, [whose, query]);
  const key = JSON.stringify([whose, filter]);
  const [held, setHeld] = useState<Held>(() => {
    const page = api.atHand((ahead) => listNews(ahead, whose, filter));
    return page === undefined ? nothing(key) : begun(key, page);
  });
  const [round, setRound] = useState(0);
  const asked = useRef('');

  useEffect(() => {
    const request = `${key} ${round}`;
    asked.current = request;
    listNews(api, whose, filter).then(
      (page) => {
        if (asked.current !== request) return;
        setHeld((current) =>
          current.key === key && current.lines === page.lines ? current : begun(key, page),
        );
      },
      (error: unknown) => {
        if (asked.current === request) setHeld({ ...nothing(key), phase: 'failed', error });
      },
    );
    // `filter` is a new object for each address; `key` says all of it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, key, round]);

  const next = held.key === key ? held.next : undefined;
  const grow = (): void => {
    if (next === undefined || held.phase === 'growing') return;
    setHeld({ ...held, phase: 'growing' });
    listNews(api, whose, { ...filter, after: next }).then(
      (page) => setHeld((current) => (current.key === key ? grown(current, page) : current)),
      (error: unknown) =>
        setHeld((current) => (current.key === key ? { ...current, phase: 'failed', error } : current)),
    );
  };
  const openItem = useRef(openId);
  useEffect(() => {
    openItem.current = openId;
  });
  const refresh = useCallback(() => {
    const request = asked.current;
    listNews(api, whose, filter).then(
      (page) => {
        if (asked.current !== request) return;
        setHeld((current) => (current.key === key ? refreshed(current, page, openItem.current) : current));
      },
      // What stands is still good.
      () => undefined,
    );
    // `filter` is a new object for each address; `key` says all of it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, key]);
  const replace = useCallback((line: NewsLine) => {
    setHeld((current) => ({
      ...current,
      lines: current.lines.map((shown) => (shown.id === line.id ? line : shown)),
    }));
  }, []);

  const shown = held.key === key ? held : { ...held, phase: 'loading' as const };
  return { ...shown, grow, reload: () => setRound(round + 1), refresh, replace };
}

function compact(filter: Query): Filter {
  return Object.fromEntries(
    Object.entries(filter).filter((pair): pair is [string, string] => Boolean(pair[1])),
  );
}

/** The list with one more page; a line that moved between two requests is shown once. */
function grown(current: Held, page: NewsListAnswer): Held {
  const known = new Set(current.lines.map((line) => line.id));
  const { next: _old, ...rest } = current;
  return {
    ...rest,
    phase: 'ready',
    lines: [...current.lines, ...page.lines.filter((line) => !known.has(line.id))],
    ...(page.next && { next: page.next }),
  };
}

/**
 * The list with a new beginning. Of pages that were fetched after it stays what the new one does not show already; the item
 * that is open stays where it was, with the state that it has now.
 */
export function refreshed(current: Held, page: NewsListAnswer, openId: string | undefined): Held {
  const isGrown = current.lines.length > page.lines.length && page.next !== undefined;
  const fresh = new Set(page.lines.map((line) => line.id));
  const tail = isGrown ? current.lines.slice(page.lines.length).filter((line) => !fresh.has(line.id)) : [];
  const lines = [...page.lines, ...tail];
  const wasAt = current.lines.findIndex((line) => line.id === openId);
  const open = current.lines[wasAt];
  if (open !== undefined && !lines.some((line) => line.id === openId)) lines.splice(wasAt, 0, open);
  const { next: _old, ...rest } = current;
  const next = isGrown ? current.next : page.next;
  return { ...rest, phase: 'ready', tooMany: page.more === true, lines, ...(next && { next }) };
}
