import { useEffect } from 'react';

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
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      requestAnimationFrame(() => {
        if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus();
        else focusPage();
      });
    };
  }, []);
}
