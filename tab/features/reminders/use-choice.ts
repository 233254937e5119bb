import { useCallback, useRef, useState } from 'react';
import type { SeriesChoice } from '../../../src/sessions/series/series.js';
import { useShell } from '../../shared/context.js';
import { problemText } from '../../shared/problem.js';
import { setChoice } from './api.js';

/** Where the newest choice is on its way. */
export type Saving =
  | { readonly phase: 'idle' }
  | { readonly phase: 'saving' }
  | { readonly phase: 'saved'; readonly at: string }
  | { readonly phase: 'failed'; readonly why: string };

/**
 * A choice that is saved at once. What is chosen while an answer is on its way waits for it, so that the last one
 * chosen is the one that stands; what could not be saved is taken back to what stands on the server.
 */
export function useChoice(seriesId: string, first: SeriesChoice) {
  const { api, texts } = useShell();
  const [choice, show] = useState(first);
  const [saving, setSaving] = useState<Saving>({ phase: 'idle' });
  const stored = useRef(first);
  const wanted = useRef<SeriesChoice>(undefined);
  const isBusy = useRef(false);

  const send = useCallback(async (): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    try {
      while (wanted.current !== undefined) {
        const body = wanted.current;
        wanted.current = undefined;
        const answer = await setChoice(api, seriesId, body);
        stored.current = answer.choice;
      }
      show(stored.current);
      setSaving({ phase: 'saved', at: new Date().toISOString() });
    } catch (error) {
      wanted.current = undefined;
      show(stored.current);
      setSaving({ phase: 'failed', why: problemText(texts, error) });
    } finally {
      isBusy.current = false;
    }
  }, [api, seriesId, texts]);

  const choose = useCallback(
    (next: SeriesChoice): void => {
      show(next);
      setSaving({ phase: 'saving' });
      wanted.current = next;
      void send();
    },
    [send],
  );
  return { choice, saving, choose };
}
