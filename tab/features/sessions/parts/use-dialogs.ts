import { useState } from 'react';

/** The dialogs of a page, of which one is open at most. Each opening begins anew: give `round` to them as their key. */
export interface Dialogs<Name extends string> {
  readonly round: number;
  readonly show: (name: Name) => void;
  /** What a dialog of this name is given. */
  readonly of: (name: Name) => { readonly isOpen: boolean; readonly onClose: () => void };
}

export function useDialogs<Name extends string>(first?: Name): Dialogs<Name> {
  const [{ open, round }, set] = useState<{ readonly open: Name | undefined; readonly round: number }>({
    open: first,
    round: 0,
  });
  return {
    round,
    show: (name) => set({ open: name, round: round + 1 }),
    of: (name) => ({ isOpen: open === name, onClose: () => set({ open: undefined, round }) }),
  };
}
