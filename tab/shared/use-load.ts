import { useCallback, useEffect, useRef, useState } from 'react';

/** Something that is fetched: on its way, here, or refused. `value` stays while it is fetched anew. */
export type Loaded<Value> = (
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: Value }
  | { readonly state: 'failed'; readonly error: unknown }
) & {
  /** Fetches again; what stands stays on view meanwhile. */
  readonly reload: () => void;
  /** Puts in a newer value that is already at hand, e.g. a move's answer. */
  readonly set: (value: Value) => void;
};

type Outcome<Value> =
  | { readonly key: string; readonly state: 'ready'; readonly value: Value }
  | { readonly key: string; readonly state: 'failed'; readonly error: unknown };

/**
 * Fetches when `key` changes. An answer to an older key is thrown away.
 * @param key names what is asked: everything that `load` depends on.
 */
export function useLoad<Value>(key: string, load: () => Promise<Value>): Loaded<Value> {
  const [outcome, setOutcome] = useState<Outcome<Value>>();
  const [round, setRound] = useState(0);
  const latestLoad = useRef(load);
  useEffect(() => {
    latestLoad.current = load;
  });

  useEffect(() => {
    let isWanted = true;
    latestLoad.current().then(
      (value) => {
        if (isWanted) setOutcome({ key, state: 'ready', value });
      },
      (error: unknown) => {
        if (isWanted) setOutcome({ key, state: 'failed', error });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [key, round]);

  const reload = useCallback(() => {
    setOutcome((current) => (current?.state === 'failed' ? undefined : current));
    setRound((number) => number + 1);
  }, []);
  const set = useCallback((value: Value) => setOutcome({ key, state: 'ready', value }), [key]);

  if (outcome?.key !== key) return { state: 'loading', reload, set };
  return outcome.state === 'ready'
    ? { state: 'ready', value: outcome.value, reload, set }
    : { state: 'failed', error: outcome.error, reload, set };
}
