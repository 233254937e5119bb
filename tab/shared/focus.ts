import { useEffect, useState, type RefObject } from 'react';

/** Where the focus goes when what had it is gone: the heading of what is open, else the page. */
export function focusPage(): void {
  const page = document.querySelector<HTMLElement>('main h1[tabindex]') ?? document.getElementById('main');
  page?.focus({ preventScroll: true });
}

/** Puts the focus on the page when the element that had it has just gone, as a button does that did its work. */
export function keepFocus(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === null || document.activeElement === document.body) focusPage();
  });
}

/** Takes the focus to the first field of a form that says what is wrong with it, and the field into sight. */
export function useFocusOnFault(form: RefObject<HTMLFormElement | null>, fault: unknown): void {
  useEffect(() => {
    if (fault === undefined) return;
    const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    field?.focus({ preventScroll: true });
    field?.scrollIntoView({ block: 'center' });
  }, [form, fault]);
}

/** Whether somebody has put the focus somewhere themselves since the dialog closed. */
function isFocusTaken(): boolean {
  const { activeElement } = document;
  return (
    activeElement !== null && activeElement !== document.body && !activeElement.closest('[role*="dialog"]')
  );
}

/**
 * Inside the surface of a dialog, which Fluent draws while it is open: gives the focus back to what had it before. The dialog
 * around it stays in the page, closed: taken away while open it would leave the page behind it hidden.
 */
export function FocusBack(): null {
  // Looked up while drawing: by the time of the effects the dialog has taken the focus already.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (isFocusTaken()) return;
        if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
        else focusPage();
      });
    },
    [before],
  );
  return null;
}
