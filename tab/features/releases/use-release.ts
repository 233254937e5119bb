import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { ReleaseAnswer } from '../../../src/shared/answers/releases.js';
import type { ReleaseStateName } from '../../../src/releases/types.js';
import { ApiError } from '../../api.js';
import { useShell, useText } from '../../shared/context.js';
import { useLoad, type Loaded } from '../../shared/use-load.js';
import { releaseApi, type ReleaseApi } from './api.js';

/** A release on view, and the one way to change it. */
export interface ReleaseHere {
  readonly loaded: Loaded<ReleaseAnswer>;
  readonly api: ReleaseApi;
  /** The release as it came last, also before it is drawn: what a move is decided by once the words are stored. */
  readonly latest: () => ReleaseAnswer | undefined;
  readonly show: (answer: ReleaseAnswer) => void;
  /**
   * Makes a change, shows what came of it, and says so with an undo. Gives the error of a change that was refused;
   * `quiet` leaves saying it to the caller.
   */
  readonly change: (
    make: () => Promise<ReleaseAnswer>,
    said: string,
    quiet?: (error: ApiError) => boolean,
  ) => Promise<unknown>;
}

/** How soon something may happen by itself for the page to keep looking, in milliseconds. */
const soon = 60_000;
const lookAgain = 1_500;

function isAboutToChange({ release: { state } }: ReleaseAnswer): boolean {
  if (state.status === 'publishing') return true;
  return state.status === 'scheduled' && Date.parse(state.due) - Date.now() < soon;
}

/** Looks again while the release is on its way out, so that "published" is seen when it is so. */
function useWatching({ state, reload, ...loaded }: Loaded<ReleaseAnswer>): void {
  const value = 'value' in loaded ? loaded.value : undefined;
  useEffect(() => {
    if (state !== 'ready' || value === undefined || !isAboutToChange(value)) return undefined;
    const timer = setTimeout(reload, lookAgain);
    return () => clearTimeout(timer);
  }, [state, value, reload]);
}

/** @param onChanged is told the state at first and after each change. */
export function useRelease(id: string, onChanged: (state: ReleaseStateName) => void): ReleaseHere {
  const { api: server, notify, fail } = useShell();
  const { t } = useText();
  const api = useMemo(() => releaseApi(server, id), [server, id]);
  const loaded = useLoad(api.path, api.get);
  const { set, reload } = loaded;
  useWatching(loaded);
  const value = loaded.state === 'ready' ? loaded.value : undefined;
  const last = useRef<ReleaseAnswer>(undefined);
  useEffect(() => {
    if (value !== undefined) last.current = value;
  }, [value]);
  const state = value?.release.state.status;
  useEffect(() => {
    if (state !== undefined) onChanged(state);
  }, [state, onChanged]);

  const show = useCallback(
    (answer: ReleaseAnswer): void => {
      last.current = answer;
      set(answer);
      onChanged(answer.release.state.status);
    },
    [set, onChanged],
  );

  const change: ReleaseHere['change'] = async (make, said, quiet) => {
    try {
      const answer = await make();
      show(answer);
      const { undo, clockChange } = answer;
      const words = clockChange === undefined ? said : `${said} ${t(`release.turn.${clockChange}`)}`;
      notify(words, undo === undefined ? undefined : async () => show(await api.undo(undo)));
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError && quiet?.(error) === true)) fail(error);
      reload();
      return error;
    }
  };
  return { loaded, api, latest: () => last.current, show, change };
}
