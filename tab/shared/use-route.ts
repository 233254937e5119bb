import { useMemo, useSyncExternalStore } from 'react';
import { parseRoute, type Route } from './route.js';

function onHashChange(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

/** The place where the person is now. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(onHashChange, () => window.location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
}

/** Goes to a place (an `href`). `replace` leaves no step to come back to: for filters and other small changes. */
export function go(to: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') {
    window.location.hash = to;
    return;
  }
  window.history.replaceState(window.history.state, '', to);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}
