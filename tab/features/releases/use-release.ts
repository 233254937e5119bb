import { useCallback, useEffect } from 'react';
import type { ReleaseAnswer } from '../../../src/http/routes/releases.js';
import { ApiError } from '../../api.js';
import { useShell, useText } from '../../shared/context.js';
import { useLoad, type Loaded } from '../../shared/use-load.js';

/** A release on view, and the one way to change it. */
export interface ReleaseHere {
  readonly loaded: Loaded<ReleaseAnswer>;
  readonly path: string;
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

function isAboutToChange({ release: { is } }: ReleaseAnswer): boolean {
  if (is.state === 'publishing') return true;
  return is.state === 'scheduled' && Date.parse(is.due) - Date.now() < soon;
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

export function useRelease(id: string, onChanged: () => void): ReleaseHere {
  const { api, tell, fail } = useShell();
  const { t } = useText();
  const path = `/api/releases/${id}`;
  const loaded = useLoad(path, () => api.get<ReleaseAnswer>(path));
  const { set, reload } = loaded;
  useWatching(loaded);
  const state = loaded.state === 'ready' ? loaded.value.release.is.state : undefined;
  useEffect(() => {
    if (state !== undefined) onChanged();
  }, [state, onChanged]);

  const show = useCallback(
    (answer: ReleaseAnswer): void => {
      set(answer);
      onChanged();
    },
    [set, onChanged],
  );

  const change: ReleaseHere['change'] = async (make, said, quiet) => {
    try {
      const answer = await make();
      show(answer);
      const { undo, turn } = answer;
      const takeBack = async (): Promise<void> =>
        show(await api.post<ReleaseAnswer>(`${path}/undo`, { audit: undo }));
      const words = turn === undefined ? said : `${said} ${t(`release.turn.${turn}`)}`;
      tell(words, undo === undefined ? undefined : takeBack);
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError && quiet?.(error) === true)) fail(error);
      reload();
      return error;
    }
  };
  return { loaded, path, show, change };
}
