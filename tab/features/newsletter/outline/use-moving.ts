import { useLayoutEffect, useRef, useState, useEffect, type PointerEvent } from 'react';
import type { IssueView, SectionView } from '../../../../src/newsletter/view.js';
import { useText } from '../../../shared/context.js';
import {
  leadOf,
  storiesOf,
  titleLanguage,
  orderBody,
  placeOf,
  stepOf,
  withoutHeading,
  withSectionAt,
  withStoryAt,
  type Spot,
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
  /** Not of the lead story, which is chosen. */
  readonly moverOf: (storyId: string) => Mover | undefined;
  readonly stepSection: (id: string, by: -1 | 1) => void;
  readonly removeHeading: (id: string) => void;
}

/** What a section is called. */
export function useSectionName(): (section: SectionView | undefined) => string {
  const { t, language } = useText();
  return (section) => section?.heading?.names[language] ?? t('newsletter.section.none');
}

/** The moving of stories and sections, by dragging and by keys. Each move is seen at once and can be undone. */
export function useMoving(issue: IssueView, here: IssueHere): Moving {
  const { t, language } = useText();
  const sectionName = useSectionName();
  const [said, setSaid] = useState('');
  const focusAfter = useRef<string>(undefined);
  useLayoutEffect(() => {
    // A row that moves in the page loses the focus.
    if (focusAfter.current !== undefined) document.getElementById(focusAfter.current)?.focus();
    focusAfter.current = undefined;
  }, [issue]);

  const titleOf = (storyId: string): string =>
    storiesOf(issue).find((story) => story.id === storyId)?.titles[titleLanguage(language)] ?? '';

  const arrange = (next: IssueView, done = t('newsletter.order.done')): void => {
    focusAfter.current = document.activeElement?.id;
    void here.change(() => here.api.setOrder(orderBody(next), orderBody(issue)), done, { meanwhile: next });
  };

  const moveTo = (storyId: string, spot: Spot): void => {
    const next = withStoryAt(issue, storyId, spot);
    if (next === undefined) return;
    const section = next.sections.find(({ id }) => id === spot.section);
    const count = section?.stories.length ?? 0;
    const values = { title: titleOf(storyId), place: spot.index + 1, count, section: sectionName(section) };
    setSaid(t('newsletter.move.said', values));
    arrange(next);
  };

  const step = (storyId: string, by: -1 | 1): void => {
    const from = placeOf(issue, storyId);
    const to = from && stepOf(issue, from, by);
    if (from === undefined) return;
    if (to !== undefined) return moveTo(storyId, to);
    const section = sectionName(issue.sections.find(({ id }) => id === from.section));
    const title = titleOf(storyId);
    setSaid(t(by < 0 ? 'newsletter.move.first' : 'newsletter.move.last', { title, section }));
  };

  const drop = (storyId: string, landing: Landing): void => {
    if (landing.on === 'lead') {
      void here.change(
        () => here.api.setLead(storyId, leadOf(issue)),
        t('newsletter.lead.done', { title: titleOf(storyId) }),
      );
      return;
    }
    const spot = spotOf(issue, storyId, landing);
    if (spot !== undefined) moveTo(storyId, spot);
  };
  const { dragging, start } = useDrag(drop);

  const stepSection = (id: string, by: -1 | 1): void => {
    const from = issue.sections.findIndex((section) => section.id === id);
    const title = sectionName(issue.sections[from]);
    const next = withSectionAt(issue, id, from + by);
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

  const removeHeading = (id: string): void => {
    const title = sectionName(issue.sections.find((section) => section.id === id));
    arrange(withoutHeading(issue, id), t('newsletter.heading.removed', { title }));
    focusAfter.current = 'add-heading';
  };

  const moverOf = (storyId: string): Mover | undefined =>
    placeOf(issue, storyId) && {
      step: (by) => step(storyId, by),
      drag: (event: PointerEvent<HTMLElement>) => start(event, storyId),
    };
  return { dragging, said, moverOf, stepSection, removeHeading };
}

/** Where a dragged story would stand when it is let go of there. */
function spotOf(
  issue: IssueView,
  storyId: string,
  landing: Exclude<Landing, { readonly on: 'lead' }>,
): Spot | undefined {
  if (landing.on === 'heading') {
    if (landing.side === 'after') return { section: landing.section, index: 0 };
    const above = stepOf(issue, { section: landing.section, index: 0 }, -1);
    const count = issue.sections
      .find(({ id }) => id === above?.section)
      ?.stories.filter(({ id }) => id !== storyId).length;
    return above && { ...above, index: count ?? 0 };
  }
  const from = placeOf(issue, storyId);
  const target = placeOf(issue, landing.storyId);
  if (target === undefined) return undefined;
  const gap = landing.side === 'before' ? target.index : target.index + 1;
  const isFromAbove = from?.section === target.section && from.index < gap;
  return { section: target.section, index: isFromAbove ? gap - 1 : gap };
}

/** Where a dragged story would land: before or after another one or a heading, or as the lead story. */
export type Landing =
  | { readonly on: 'lead' }
  | { readonly on: 'story'; readonly storyId: string; readonly side: 'before' | 'after' }
  | { readonly on: 'heading'; readonly section: string; readonly side: 'before' | 'after' };

export interface Dragging {
  readonly storyId: string;
  readonly landing?: Landing;
}

/** The place under the pointer: a row (`data-story`), a heading (`data-heading`), or the lead (`data-lead`). */
function landingAt(x: number, y: number, dragged: string): Landing | undefined {
  const target = document.elementFromPoint(x, y);
  if (target?.closest('[data-lead]')) return { on: 'lead' };
  const place = target?.closest<HTMLElement>('[data-story], [data-heading]');
  if (place === null || place === undefined || place.dataset.story === dragged) return undefined;
  place.scrollIntoView({ block: 'nearest' });
  const { top, height } = place.getBoundingClientRect();
  const side = y < top + height / 2 ? 'before' : 'after';
  const { story, heading } = place.dataset;
  return story === undefined
    ? { on: 'heading', section: heading ?? '', side }
    : { on: 'story', storyId: story, side };
}

/** Dragging of a story by its handle, with mouse, pen or finger; Escape lets go of it where it was. */
export function useDrag(onDrop: (storyId: string, landing: Landing) => void): {
  readonly dragging: Dragging | undefined;
  readonly start: (event: PointerEvent<HTMLElement>, storyId: string) => void;
} {
  const [dragging, setDragging] = useState<Dragging>();
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);

  const start = (event: PointerEvent<HTMLElement>, storyId: string): void => {
    if (event.button !== 0) return;
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    let landing: Landing | undefined;
    const onMove = (move: globalThis.PointerEvent): void => {
      landing = landingAt(move.clientX, move.clientY, storyId);
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
