import { useEffect, useRef, useState, type PointerEvent } from 'react';

/** Where a dragged story would land: before or after another one, or as the lead story. */
export type Landing =
  | { readonly on: 'lead' }
  | { readonly on: 'story'; readonly storyId: string; readonly side: 'before' | 'after' };

export interface Dragging {
  readonly storyId: string;
  readonly landing?: Landing;
}

/** The place under the pointer: a row of the same section (`data-story`, `data-section`), or the lead (`data-lead`). */
function landingAt(x: number, y: number, storyId: string, section: string): Landing | undefined {
  const target = document.elementFromPoint(x, y);
  if (target?.closest('[data-lead]')) return { on: 'lead' };
  const row = target?.closest<HTMLElement>('[data-story]');
  if (row?.dataset.section !== section || row.dataset.story === storyId) return undefined;
  row.scrollIntoView({ block: 'nearest' });
  const { top, height } = row.getBoundingClientRect();
  return { on: 'story', storyId: row.dataset.story ?? '', side: y < top + height / 2 ? 'before' : 'after' };
}

/** Dragging of a story by its handle, with mouse, pen or finger; Escape lets go of it where it was. */
export function useDrag(onDrop: (storyId: string, landing: Landing) => void): {
  readonly dragging: Dragging | undefined;
  readonly start: (event: PointerEvent<HTMLElement>, storyId: string, section: string) => void;
} {
  const [dragging, setDragging] = useState<Dragging>();
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);

  const start = (event: PointerEvent<HTMLElement>, storyId: string, section: string): void => {
    if (event.button !== 0) return;
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    let landing: Landing | undefined;
    const onMove = (move: globalThis.PointerEvent): void => {
      landing = landingAt(move.clientX, move.clientY, storyId, section);
      setDragging({ storyId, ...(landing && { landing }) });
    };
    const end = (): void => {
      setDragging(undefined);
      handle.removeEventListener('pointermove', onMove);
      handle.removeEventListener('pointerup', onUp);
      handle.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', onKey, true);
      stop.current = undefined;
    };
    const onUp = (): void => {
      end();
      if (landing !== undefined) onDrop(storyId, landing);
    };
    const onKey = (press: KeyboardEvent): void => {
      if (press.key !== 'Escape') return;
      press.stopPropagation();
      end();
    };
    handle.addEventListener('pointermove', onMove);
    handle.addEventListener('pointerup', onUp);
    handle.addEventListener('pointercancel', end);
    window.addEventListener('keydown', onKey, true);
    stop.current = end;
  };
  return { dragging, start };
}
