import { useEffect, useRef } from 'react';

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
