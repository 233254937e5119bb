import { useCallback } from 'react';
import type { ReleaseListAnswer } from '../../../src/shared/answers/releases.js';
import type { ReleaseStateName } from '../../../src/releases/types.js';
import { useShell } from '../../shared/context.js';
import { useLoad, type Loaded } from '../../shared/use-load.js';
import { listReleases, type ListName } from './api.js';

/** The list in which a release of this state stands: what is done is in the archive. */
export function listHolding(state: ReleaseStateName): ListName {
  return state === 'published' || state === 'cancelled' ? 'archive' : 'queue';
}

/** A list as far as it has been fetched, and the way to fetch more. */
export interface ReleaseList {
  readonly loaded: Loaded<ReleaseListAnswer>;
  readonly more: (() => Promise<void>) | undefined;
}

export function useReleaseList(name: ListName): ReleaseList {
  const { api, fail } = useShell();
  const loaded = useLoad(`releases ${name}`, () => listReleases(api, name));
  const { set } = loaded;
  const value = loaded.state === 'ready' ? loaded.value : undefined;
  const more = useCallback(async (): Promise<void> => {
    if (value?.next === undefined) return;
    try {
      const page = await listReleases(api, name, value.next);
      set({ ...page, lines: [...value.lines, ...page.lines] });
    } catch (error) {
      fail(error);
    }
  }, [api, fail, name, set, value]);
  return { loaded, more: value?.next === undefined ? undefined : more };
}
