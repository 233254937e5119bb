import { useEffect, useRef } from 'react';
import type { Loaded } from './use-load.js';

const everyMilliseconds = 30_000;

/** What of a browser is needed to know when somebody looks. */
interface Host {
  readonly document: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
  readonly window: Pick<Window, 'addEventListener' | 'removeEventListener' | 'setInterval' | 'clearInterval'>;
}

/**
 * Calls when somebody comes back to the page, and every half minute while they look at it.
 * @returns stops it.
 */
export function whileLookedAt(refresh: () => void, { document, window }: Host): () => void {
  const look = (): void => {
    if (document.visibilityState === 'visible') refresh();
  };
  document.addEventListener('visibilitychange', look);
  window.addEventListener('focus', look);
  const timer = window.setInterval(look, everyMilliseconds);
  return () => {
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('focus', look);
    window.clearInterval(timer);
  };
}

/** Shows what others have done meanwhile. Give it the `refresh` of `useLoad`, which lets stand what can't be fetched anew. */
export function useFresh(...refreshes: readonly (() => void)[]): void {
  const latest = useRef(refreshes);
  useEffect(() => {
    latest.current = refreshes;
  });
  useEffect(
    () =>
      whileLookedAt(
        () => {
          for (const refresh of latest.current) refresh();
        },
        { document, window },
      ),
    [],
  );
}

/** How soon something may happen by itself for a page to keep looking, in milliseconds. */
const soon = 60_000;
const lookAgain = 1_500;

/** What goes out by itself, as far as it has got. `due` is an ISO instant. */
interface OnItsWay {
  readonly status: string;
  readonly due?: string | undefined;
}

/** Whether it goes out within a minute, or is going out just now. @param now milliseconds */
export const isAboutToChange = ({ status, due }: OnItsWay, now: number): boolean =>
  status === 'publishing' || (status === 'scheduled' && due !== undefined && Date.parse(due) - now < soon);

/**
 * Looks again and again while something is on its way out, so that "published" is seen when it is so; also where one look
 * could not be had.
 * @param statesOf what of that which was fetched may be on its way
 */
export function useWatching<Value>(
  loaded: Loaded<Value>,
  statesOf: (value: Value) => readonly OnItsWay[],
): void {
  const { refresh } = loaded;
  const value = loaded.state === 'ready' ? loaded.value : undefined;
  const latest = useRef(statesOf);
  useEffect(() => {
    latest.current = statesOf;
  });
  useEffect(() => {
    const isWaiting = (): boolean =>
      value !== undefined && latest.current(value).some((each) => isAboutToChange(each, Date.now()));
    if (!isWaiting()) return undefined;
    const timer = setInterval(() => document.visibilityState === 'visible' && refresh(), lookAgain);
    return () => clearInterval(timer);
  }, [value, refresh]);
}
