import type { JSX } from 'react';

/** Something that can be done with what the page shows. */
export interface PageAction {
  readonly key: string;
  readonly icon: JSX.Element;
  readonly text: string;
  readonly run: () => void;
  /** The primary one stands last, at the right end; there is at most one. Quiet where it is left out. */
  readonly look?: 'primary' | 'secondary';
  /** Stands behind "more" at any width. */
  readonly isSeldom?: boolean;
}

/** How many buttons a narrow page has room for where none of them is the primary one. */
const maxQuietWhenNarrow = 2;

/** What stands as a button, and what behind "more". */
export function arranged(
  actions: readonly PageAction[],
  isNarrow: boolean,
): { readonly inView: readonly PageAction[]; readonly hidden: readonly PageAction[] } {
  const often = actions.filter(({ isSeldom }) => isSeldom !== true);
  const primary = often.find(({ look }) => look === 'primary');
  const isRoomy =
    !isNarrow || (primary === undefined ? often.length <= maxQuietWhenNarrow : often.length === 1);
  const inView = isRoomy ? often : primary === undefined ? [] : [primary];
  return { inView, hidden: actions.filter((action) => !inView.includes(action)) };
}
