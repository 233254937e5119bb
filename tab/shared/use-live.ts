import { useEffect, useState } from 'react';

/** The newest value of something drawn, for what is drawn elsewhere and does not get it: a question about it. */
export interface Live<Value> {
  readonly now: () => Value;
  readonly subscribe: (onChange: () => void) => () => void;
}

/** Follows a value of the component that calls it, as long as it is there. */
export function useLive<Value>(value: Value): Live<Value> {
  const [live] = useState(() => {
    let last = value;
    const listeners = new Set<() => void>();
    return {
      now: () => last,
      subscribe: (onChange: () => void) => {
        listeners.add(onChange);
        return () => void listeners.delete(onChange);
      },
      set: (next: Value) => {
        last = next;
        for (const onChange of listeners) onChange();
      },
    };
  });
  useEffect(() => live.set(value), [live, value]);
  return live;
}
