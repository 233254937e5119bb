import { useCallback, useEffect, useRef, useState } from 'react';

/** Something that is fetched: on its way, here, or refused. `value` stays while it is fetched anew. */
export type Loaded<Value> = (
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: Value }
  | { readonly state: 'failed'; readonly error: unknown }
) & {
  /** Fetches again; what stands stays on view meanwhile. */
  readonly reload: () => void;
  /** The same without a trace where it fails: for what nobody asked for. */
  readonly refresh: () => void;
  /** Puts in a newer value that is already at hand, e.g. a move's answer. */
  readonly set: (value: Value) => void;
};

type Outcome<Value> =
  | { readonly key: string; readonly state: 'ready'; readonly value: Value }
  | { readonly key: string; readonly state: 'failed'; readonly error: unknown };

const isSame = <Value>(outcome: Outcome<Value> | undefined, key: string, value: Value): boolean =>
  outcome?.key === key && outcome.state === 'ready' && outcome.value === value;

/**
 * Fetches when `key` changes. An answer to an older key is thrown away.
 * @param key names what is asked: everything that `load` depends on.
 * @param atHand what is known to be the answer when it is first drawn, which then needs no bones
 */
export function useLoad<Value>(key: string, load: () => Promise<Value>, atHand?: Value): Loaded<Value> {
  const [outcome, setOutcome] = useState<Outcome<Value> | undefined>(() =>
    atHand === undefined ? undefined : { key, state: 'ready', value: atHand },
  );
  const [{ round, isQuiet }, setRound] = useState({ round: 0, isQuiet: false });
  // Grows with each value that is put in: an answer to what was asked before that is the older one.
  const version = useRef(0);
  const latestLoad = useRef(load);
  const latestKey = useRef(key);
  useEffect(() => {
    latestLoad.current = load;
    latestKey.current = key;
  });

  useEffect(() => {
    let isWanted = true;
    const asked = version.current;
    latestLoad.current().then(
      (value) => {
        if (!isWanted || version.current !== asked) return;
        setOutcome((current) => (isSame(current, key, value) ? current : { key, state: 'ready', value }));
      },
      (error: unknown) => {
        if (!isWanted || version.current !== asked) return;
        setOutcome((current) =>
          isQuiet && current?.key === key ? current : { key, state: 'failed', error },
        );
      },
    );
    return () => {
      isWanted = false;
    };
  }, [key, round, isQuiet]);

  const reload = useCallback(() => {
    setOutcome((current) => (current?.state === 'failed' ? undefined : current));
    setRound((last) => ({ round: last.round + 1, isQuiet: false }));
  }, []);
  const refresh = useCallback(() => setRound((last) => ({ round: last.round + 1, isQuiet: true })), []);
  const set = useCallback(
    (value: Value) => {
      // What was left is still stored after another was opened.
      if (latestKey.current !== key) return;
      version.current += 1;
      setOutcome({ key, state: 'ready', value });
    },
    [key],
  );

  const ways = { reload, refresh, set };
  if (outcome?.key !== key) return { state: 'loading', ...ways };
  return outcome.state === 'ready'
    ? { state: 'ready', value: outcome.value, ...ways }
    : { state: 'failed', error: outcome.error, ...ways };
}
