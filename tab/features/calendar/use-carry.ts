import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { addDays } from '../../shared/dates.js';

/** An entry on its way to another day. */
export interface Carry {
  readonly key: string;
  readonly how: 'pointer' | 'keys';
  /** How far a pointer has carried it from where it stood, in pixels. */
  readonly by?: { readonly x: number; readonly y: number };
  /** The ISO date on which it would land; absent beside the days. */
  readonly landing?: string;
}

/** A shaky press is still a press. */
const threshold = 6;
/** A finger rests so long, in milliseconds, on what it wants to carry: one that moves before scrolls. */
const longPress = 450;
/** So near to an edge of the page, in pixels, it scrolls on. */
const edge = 56;

const dayAt = (x: number, y: number): string | undefined =>
  document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-day]')?.dataset.day;

/** Scrolls on while something is held near an edge. */
function scrollAlong(y: number): void {
  const main = document.getElementById('main');
  if (main === null) return;
  const { top, bottom } = main.getBoundingClientRect();
  if (y < top + edge) main.scrollBy(0, -12);
  else if (y > bottom - edge) main.scrollBy(0, 12);
}

/** How far an arrow key moves what is carried, in days. */
export const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
};

interface Carrying {
  readonly carry: Carry | undefined;
  /** A pointer went down on an entry: a mouse that moves carries it, a finger that rests. */
  readonly press: (event: PointerEvent<HTMLElement>, key: string) => void;
  /** Takes an entry up by key; it is on this day. */
  readonly takeUp: (key: string, date: string) => void;
  /** Moves what was taken up by so many days, within the days on view. */
  readonly step: (days: number) => void;
  readonly drop: () => void;
  readonly giveUp: () => void;
}

/**
 * Carrying of an entry to another day, by mouse, pen, finger or keys. Escape lets go of it where it was.
 * @param mayCarry whether it can be moved; says why where it can't.
 */
export function useCarry(
  span: { readonly first: string; readonly last: string },
  mayCarry: (key: string) => boolean,
  onDrop: (key: string, date: string) => void,
): Carrying {
  const [carry, setCarry] = useState<Carry>();
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);

  const press = (event: PointerEvent<HTMLElement>, key: string): void => {
    if (event.button !== 0) return;
    stop.current?.();
    const entry = event.currentTarget;
    const isTouch = event.pointerType === 'touch';
    const from = { x: event.clientX, y: event.clientY };
    let landing: string | undefined;
    let state: 'pressed' | 'carried' | 'refused' = 'pressed';
    const begin = (): void => {
      state = mayCarry(key) ? 'carried' : 'refused';
      if (state === 'refused') return;
      entry.setPointerCapture(event.pointerId);
      if (isTouch && 'vibrate' in navigator) navigator.vibrate(15);
      setCarry({ key, how: 'pointer', by: { x: 0, y: 0 } });
    };
    const timer = isTouch ? setTimeout(begin, longPress) : undefined;
    const onMove = (move: globalThis.PointerEvent): void => {
      const by = { x: move.clientX - from.x, y: move.clientY - from.y };
      const hasMoved = Math.hypot(by.x, by.y) >= threshold;
      if (state === 'pressed' && hasMoved) {
        // A finger that moves at once scrolls the page.
        if (isTouch) {
          end();
          return;
        }
        begin();
      }
      if (state !== 'carried') return;
      scrollAlong(move.clientY);
      landing = dayAt(move.clientX, move.clientY);
      setCarry({ key, how: 'pointer', by, ...(landing !== undefined && { landing }) });
    };
    const onUp = (): void => {
      const wasPressed = state === 'pressed';
      const date = state === 'carried' ? landing : undefined;
      end();
      // The press that ends a drag is no click on the link.
      if (!wasPressed) entry.addEventListener('click', (click) => click.preventDefault(), { once: true });
      if (date !== undefined) onDrop(key, date);
    };
    const onKey = (pressed: KeyboardEvent): void => {
      if (pressed.key !== 'Escape') return;
      pressed.stopPropagation();
      end();
    };
    // The page must not scroll under what is carried, nor show the menu of a link.
    const hold = (touch: Event): void => {
      if (state !== 'pressed' || touch.type === 'contextmenu') touch.preventDefault();
    };
    function end(): void {
      clearTimeout(timer);
      setCarry(undefined);
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', end);
      entry.removeEventListener('touchmove', hold);
      if (isTouch) entry.removeEventListener('contextmenu', hold);
      window.removeEventListener('keydown', onKey, true);
      stop.current = undefined;
    }
    // A quick pointer has left the entry before it has moved far enough to carry it: so the window listens.
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', end);
    entry.addEventListener('touchmove', hold, { passive: false });
    if (isTouch) entry.addEventListener('contextmenu', hold);
    window.addEventListener('keydown', onKey, true);
    stop.current = end;
  };

  const giveUp = (): void => setCarry(undefined);
  return {
    carry,
    press,
    takeUp: (key, date) => {
      if (mayCarry(key)) setCarry({ key, how: 'keys', landing: date });
    },
    step: (days) =>
      setCarry((current) => {
        if (current?.landing === undefined) return current;
        const landing = addDays(current.landing, days);
        return landing < span.first || landing > span.last ? current : { ...current, landing };
      }),
    drop: () => {
      if (carry?.landing !== undefined) onDrop(carry.key, carry.landing);
      giveUp();
    },
    giveUp,
  };
}
