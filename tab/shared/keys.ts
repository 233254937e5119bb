import { useEffect, useRef, type RefObject } from 'react';
import { remember, remembered } from './device-storage.js';
import { focusPage } from './focus.js';

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'defaultPrevented'>;

/** The name of a pressed key as `useKeys` knows it: `j`, `ArrowDown`, `?`, `mod+z`; undefined with other modifiers. */
export function keyName(press: KeyPress): string | undefined {
  if (press.defaultPrevented || press.altKey) return undefined;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  return press.ctrlKey || press.metaKey ? `mod+${key}` : key;
}

const lettersKey = 'keys';

/** Whether keys of a single character do something: people whose speech is typed for them switch them off (WCAG 2.1.4). */
export const areLettersOn = (): boolean => remembered(lettersKey) !== 'off';

/** Kept on this device. */
export function switchLetters(isOn: boolean): void {
  remember(lettersKey, isOn ? undefined : 'off');
}

/** A key of one character, without which nothing else is lost: each has a button beside it. */
const isLetter = (name: string): boolean => name.length === 1;

/** A box that is ticked takes the space bar alone. */
const typing = 'input:not([type="checkbox"]), textarea, select, [contenteditable="true"]';
const closed = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/** Whether the keys belong to what has the focus: somebody types, or answers a question. */
export function isBusy(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(`${typing}, ${closed}`) !== null;
}

/**
 * Esc in a field leaves it for the heading of what is open, so that only a second one goes back: what is typed after
 * that is keys, not words. The editor takes Esc for itself too; other fields that do so keep it.
 */
function leaveField(event: KeyboardEvent): void {
  const { target } = event;
  if (event.key !== 'Escape' || !(target instanceof Element)) return;
  if (target.closest(typing) === null || target.closest(closed) !== null) return;
  if (event.defaultPrevented && target.closest('[contenteditable="true"]') === null) return;
  event.preventDefault();
  focusPage();
}

/**
 * Keys that work anywhere on the page, except while somebody types. Where two use a key, the one that goes first has it, else
 * the one that was there first.
 * Arrow keys and Enter are left to a focused button or link unless the handler is on a list.
 */
export function useKeys(
  keys: Readonly<Record<string, (event: KeyboardEvent) => void>>,
  { goesFirst = false }: { readonly goesFirst?: boolean } = {},
): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (isBusy(event.target)) {
        leaveField(event);
        return;
      }
      const name = keyName(event);
      const act = name === undefined ? undefined : latest.current[name];
      if (act === undefined || name === undefined || (isLetter(name) && !areLettersOn())) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener('keydown', onKey, goesFirst);
    return () => window.removeEventListener('keydown', onKey, goesFirst);
  }, [goesFirst]);
}

/** Puts the focus on the row before or after the one that has it, else on the open one, else on the first. */
function focusAlong(place: HTMLElement | null, by: 1 | -1): void {
  const rows = [...(place?.querySelectorAll<HTMLAnchorElement>('li > a') ?? [])];
  const line = document.activeElement?.closest('li');
  const focused = rows.findIndex((row) => row.parentElement === line);
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

/** When what is open beside a list is closed, its row has the focus again; the row's id is `<kind>-<id>`. */
export function useFocusGivenBack(kind: string, openId: string | undefined): void {
  const last = useRef<string>(undefined);
  useEffect(() => {
    const closedId = last.current;
    last.current = openId;
    if (openId !== undefined || closedId === undefined || isBusy(document.activeElement)) return;
    document.getElementById(`${kind}-${closedId}`)?.focus();
  }, [kind, openId]);
}
