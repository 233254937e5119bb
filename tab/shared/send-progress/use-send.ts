import { useEffect, useMemo, useRef, useState } from 'react';
import type { FanOutView } from '../../../src/delivery/fan-out/fan-out.js';
import { useShell } from '../context.js';
import { useLoad, type Loaded } from '../use-load.js';
import { pollAfter } from './pace.js';
import { sendApi } from '../api/sends.js';

/** A send that is watched. */
export interface WatchedSend {
  readonly loaded: Loaded<FanOutView>;
  /** How many times in a row it could not be asked; what stands is older than it looks. */
  readonly faults: number;
}

/**
 * Fetches a send and follows it while it lasts: every second or two, seldom while the page is hidden, and not at all
 * when it has ended. The server sends on whether anybody watches or not.
 */
export function useSend(id: string): WatchedSend {
  const { api } = useShell();
  const { path, get: ask } = useMemo(() => sendApi(api, id), [api, id]);
  const loaded = useLoad(path, ask);
  const [faults, setFaults] = useState(0);
  const { set } = loaded;
  const view = loaded.state === 'ready' ? loaded.value : undefined;
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });

  useEffect(() => {
    if (view === undefined) return undefined;
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      const asked = latest.current;
      ask().then(
        (fresh) => {
          // A move was made meanwhile: its answer is the newer one.
          if (!isWanted || latest.current !== asked) return;
          setFaults(0);
          set(fresh);
        },
        () => isWanted && setFaults((number) => number + 1),
      );
    };
    const plan = (): void => {
      clearTimeout(timer);
      const wait = pollAfter(view, document.visibilityState === 'hidden', faults);
      if (wait !== undefined) timer = setTimeout(look, wait);
    };
    const onVisible = (): void => {
      if (document.visibilityState === 'visible' && pollAfter(view, false, 0) !== undefined) look();
      else plan();
    };
    plan();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      isWanted = false;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [view, faults, ask, set]);

  return { loaded, faults };
}
