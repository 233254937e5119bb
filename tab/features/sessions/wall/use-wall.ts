import { useEffect, useRef, useState } from 'react';
import type { WallAnswer } from '../../../../src/shared/answers/sessions.js';
import { useShell } from '../../../shared/context.js';
import { useLoad, type Loaded } from '../../../shared/use-load.js';
import { occurrenceApi } from '../api.js';

/** How often a wall asks for what is new, in milliseconds: a question is there before it is asked aloud. */
const everyMilliseconds = 10_000;

/** What is on the wall, and since when nothing new has come (ISO instant by the server's clock) while the server can't be reached. */
export interface WallHere {
  readonly loaded: Loaded<WallAnswer>;
  readonly awaySince?: string;
}

/** Shows what there was when the network goes, and goes on by itself when it is back. */
export function useWall(id: string): WallHere {
  const { api } = useShell();
  const { wallPath, wall } = occurrenceApi(api, id);
  const [awaySince, setAway] = useState<string>();
  const lastAt = useRef<string>(undefined);
  const loaded = useLoad(wallPath, async () => {
    try {
      const answer = await wall();
      lastAt.current = answer.now;
      setAway(undefined);
      return answer;
    } catch (error) {
      setAway(lastAt.current);
      throw error;
    }
  });
  const { refresh } = loaded;
  useEffect(() => {
    const timer = setInterval(refresh, everyMilliseconds);
    window.addEventListener('online', refresh);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', refresh);
    };
  }, [refresh]);
  return { loaded, ...(awaySince !== undefined && { awaySince }) };
}

/** Keeps the screen on while the wall is shown, where the browser can. */
export function useScreenOn(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let isWanted = true;
    const ask = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return;
      const given = await navigator.wakeLock.request('screen');
      if (isWanted) lock = given;
      else await given.release();
    };
    // A browser takes it away with the page out of sight, and may refuse: then the screen does as it is set.
    const askAgain = (): void => void ask().catch(() => undefined);
    if (!('wakeLock' in navigator)) return undefined;
    askAgain();
    document.addEventListener('visibilitychange', askAgain);
    return () => {
      isWanted = false;
      document.removeEventListener('visibilitychange', askAgain);
      void lock?.release().catch(() => undefined);
    };
  }, []);
}
