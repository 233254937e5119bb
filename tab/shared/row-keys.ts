import type { RefObject } from 'react';
import { useKeys } from './keys.js';

/** Puts the focus on the row before or after the one that has it, else on the open one, else on the first. */
function focusAlong(place: HTMLElement | null, by: 1 | -1): void {
  const rows = [...(place?.querySelectorAll<HTMLAnchorElement>('li > a') ?? [])];
  const focused = rows.findIndex((row) => row === document.activeElement);
  const open = rows.findIndex((row) => row.getAttribute('aria-current') === 'true');
  const from = focused >= 0 ? focused : open;
  const to = from < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, from + by));
  rows[to]?.focus();
}

/** j, k and the arrows go along the rows (`li > a`) of a list. */
export function useRowKeys(place: RefObject<HTMLElement | null>): void {
  const onward = (): void => focusAlong(place.current, 1);
  const back = (): void => focusAlong(place.current, -1);
  useKeys({ j: onward, ArrowDown: onward, k: back, ArrowUp: back });
}
