import { useEffect, useState } from 'react';

/** Where the focus goes when what had it is gone: the heading of what is open, else the page. */
function focusPage(): void {
  const page = document.querySelector<HTMLElement>('main h1[tabindex]') ?? document.getElementById('main');
  page?.focus({ preventScroll: true });
}

/** Puts the focus on the page when the element that had it has just gone, as a button does that did its work. */
export function keepFocus(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === null || document.activeElement === document.body) focusPage();
  });
}

/** For a dialog that is drawn while it is open: gives the focus back to what had it before. */
export function useFocusBack(): void {
  // Looked up while drawing: by the time of the effects the dialog has taken the focus already.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
        else focusPage();
      });
    },
    [before],
  );
}
