import { useLayoutEffect, useRef, useState, useEffect, type PointerEvent } from 'react';
import type { IssueView, SectionView } from '../../../../src/newsletter/view.js';
import { useText } from '../../../shared/context.js';
import {
  leadOf,
  storiesOf,
  titleLanguage,
  orderBody,
  placeOf,
  withSectionAt,
  withStoryAt,
} from '../issue-view.js';
import type { IssueHere } from '../use-issue.js';

/** How a story is moved; undefined where it may not be. */
export interface Mover {
  readonly step: (by: -1 | 1) => void;
  readonly drag: (event: PointerEvent<HTMLElement>) => void;
}

export interface Moving {
  readonly dragging: Dragging | undefined;
  /** What was moved where, for screen readers. */
  readonly said: string;
  readonly moverOf: (storyId: string, section: SectionView | undefined) => Mover | undefined;
  readonly stepSection: (projectId: string, by: -1 | 1) => void;
}

/** The moving of stories and sections, by dragging and by keys. Each move is seen at once and can be undone. */
export function useMoving(issue: IssueView, here: IssueHere): Moving {
  const { t, language } = useText();
  const [said, setSaid] = useState('');
  const focusAfter = useRef<string>(undefined);
  useLayoutEffect(() => {
    // A row that moves in the page loses the focus.
    if (focusAfter.current !== undefined) document.getElementById(focusAfter.current)?.focus();
    focusAfter.current = undefined;
  }, [issue]);

  const titleOf = (storyId: string): string =>
    storiesOf(issue).find((story) => story.id === storyId)?.titles[titleLanguage(language)] ?? '';

  const arrange = (next: IssueView): void => {
    focusAfter.current = document.activeElement?.id;
    void here.change(() => here.api.setOrder(orderBody(next), orderBody(issue)), t('newsletter.order.done'), {
      meanwhile: next,
    });
  };

  const moveTo = (storyId: string, to: number): void => {
    const place = placeOf(issue, storyId);
    if (place === undefined) return;
    const section = place.section.names[language];
    const next = withStoryAt(issue, storyId, to);
    const count = place.section.stories.length;
    const title = titleOf(storyId);
    if (next === undefined) {
      setSaid(t(to < 0 ? 'newsletter.move.first' : 'newsletter.move.last', { title, section }));
      return;
    }
    setSaid(t('newsletter.move.said', { title, place: to + 1, count, section }));
    arrange(next);
  };

  const drop = (storyId: string, landing: Landing): void => {
    if (landing.on === 'lead') {
      void here.change(
        () => here.api.setLead(storyId, leadOf(issue)),
        t('newsletter.lead.done', { title: titleOf(storyId) }),
      );
      return;
    }
    const from = placeOf(issue, storyId);
    const target = placeOf(issue, landing.storyId);
    if (from === undefined || target === undefined) return;
    const gap = landing.side === 'before' ? target.index : target.index + 1;
    const to = gap > from.index ? gap - 1 : gap;
    if (to !== from.index) moveTo(storyId, to);
  };
  const { dragging, start } = useDrag(drop);

  const stepSection = (projectId: string, by: -1 | 1): void => {
    const from = issue.sections.findIndex((section) => section.projectId === projectId);
    const title = issue.sections[from]?.names[language] ?? '';
    const next = withSectionAt(issue, projectId, from + by);
    const section = t('newsletter.move.sections');
    if (next === undefined) {
      setSaid(t(by < 0 ? 'newsletter.move.first' : 'newsletter.move.last', { title, section }));
      return;
    }
    setSaid(
      t('newsletter.move.said', { title, place: from + by + 1, count: issue.sections.length, section }),
    );
    arrange(next);
  };

  const moverOf = (storyId: string, section: SectionView | undefined): Mover | undefined =>
    section === undefined
      ? undefined
      : {
          step: (by) => moveTo(storyId, section.stories.findIndex((story) => story.id === storyId) + by),
          drag: (event: PointerEvent<HTMLElement>) => start(event, storyId, section.projectId),
        };
  return { dragging, said, moverOf, stepSection };
}

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
