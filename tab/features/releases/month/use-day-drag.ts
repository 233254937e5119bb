import { useEffect, useRef, useState, type PointerEvent } from 'react';

/** A release on its way to another day. */
export interface DayDrag {
  readonly releaseId: string;
  /** How far it was carried from where it stood, in pixels. */
  readonly by: { readonly x: number; readonly y: number };
  /** The ISO date on which it would land. */
  readonly landing?: string;
}

/** A shaky press is still a press. */
const threshold = 6;

/** The day under the pointer (`data-day`) that takes releases (`data-open`). */
function dayAt(x: number, y: number): string | undefined {
  return document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-day][data-open="true"]')?.dataset.day;
}

/** Dragging of a release to a day, with mouse, pen or finger; Escape lets go of it where it was. */
export function useDayDrag(onDrop: (releaseId: string, date: string) => void): {
  readonly drag: DayDrag | undefined;
  readonly start: (event: PointerEvent<HTMLElement>, releaseId: string) => void;
} {
  const [drag, setDrag] = useState<DayDrag>();
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);

  const start = (event: PointerEvent<HTMLElement>, releaseId: string): void => {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    const entry = event.currentTarget;
    const from = { x: event.clientX, y: event.clientY };
    let landing: string | undefined;
    let isUnderWay = false;
    const onMove = (move: globalThis.PointerEvent): void => {
      const by = { x: move.clientX - from.x, y: move.clientY - from.y };
      if (!isUnderWay && Math.hypot(by.x, by.y) < threshold) return;
      if (!isUnderWay) entry.setPointerCapture(event.pointerId);
      isUnderWay = true;
      landing = dayAt(move.clientX, move.clientY);
      setDrag({ releaseId, by, ...(landing !== undefined && { landing }) });
    };
    const end = (): void => {
      setDrag(undefined);
      entry.removeEventListener('pointermove', onMove);
      entry.removeEventListener('pointerup', onUp);
      entry.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', onKey, true);
      stop.current = undefined;
    };
    const onUp = (): void => {
      end();
      // The press that ends a drag is no click on the link.
      if (isUnderWay) entry.addEventListener('click', (click) => click.preventDefault(), { once: true });
      if (landing !== undefined) onDrop(releaseId, landing);
    };
    const onKey = (press: KeyboardEvent): void => {
      if (press.key !== 'Escape') return;
      press.stopPropagation();
      end();
    };
    entry.addEventListener('pointermove', onMove);
    entry.addEventListener('pointerup', onUp);
    entry.addEventListener('pointercancel', end);
    window.addEventListener('keydown', onKey, true);
    stop.current = end;
  };
  return { drag, start };
}
