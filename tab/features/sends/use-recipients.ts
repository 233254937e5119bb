import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { FanOutRecipientsAnswer } from '../../../src/shared/answers/sends.js';
import type { RecipientState, FanOutView } from '../../../src/delivery/fan-out/fan-out.js';
import { useShell } from '../../shared/context.js';
import { useLoad, type Loaded } from '../../shared/use-load.js';
import { recipientsApi } from './api.js';

const restMilliseconds = 3_000;

/** Recipients as far as they have been fetched, and the way to fetch more. */
export interface RecipientList {
  readonly loaded: Loaded<FanOutRecipientsAnswer>;
  readonly more: (() => Promise<void>) | undefined;
}

/**
 * The recipients of a send, only those in a state where it is given. The first page follows the send while it lasts;
 * once more have been fetched they stay as they are, so that nothing moves under whoever reads.
 */
export function useRecipients(send: FanOutView, is: RecipientState['status'] | undefined): RecipientList {
  const { api, fail } = useShell();
  const { path, list } = useMemo(() => recipientsApi(api, send.id), [api, send.id]);
  const loaded = useLoad(`${path} ${is ?? ''}`, () => list(is));
  const value = loaded.state === 'ready' ? loaded.value : undefined;
  const { set, reload } = loaded;
  useFollowing(JSON.stringify(send.counts), reload, (value?.lines.length ?? 0) <= 100);
  const more = useCallback(async (): Promise<void> => {
    if (value?.next === undefined) return;
    try {
      const page = await list(is, value.next);
      set({ ...page, lines: [...value.lines, ...page.lines] });
    } catch (error) {
      fail(error);
    }
  }, [fail, is, list, set, value]);
  return { loaded, more: value?.next === undefined ? undefined : more };
}

/** Fetches again when the counts are others, at most every few seconds. */
function useFollowing(counts: string, reload: () => void, isWanted: boolean): void {
  const last = useRef({ counts, at: 0 });
  useEffect(() => {
    if (!isWanted || last.current.counts === counts) return undefined;
    const wait = Math.max(0, last.current.at + restMilliseconds - Date.now());
    const timer = setTimeout(() => {
      last.current = { counts, at: Date.now() };
      reload();
    }, wait);
    return () => clearTimeout(timer);
  }, [counts, reload, isWanted]);
}
