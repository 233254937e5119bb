import { useCallback, useEffect, useMemo, useState, type SyntheticEvent, type RefObject } from 'react';
import { useFocusOnFault } from './focus.js';
import { withoutField } from './problem.js';

/** The event of a field whose value was chosen, not typed: the browser has none of its own for that. */
const chosen = 'fieldchosen';

/** Lets the form know that the value of a field in it was chosen. */
export function announceChosen(field: Element | null): void {
  field?.dispatchEvent(new Event(chosen, { bubbles: true }));
}

/** Why a form was refused, as far as that still holds. */
export interface FormFault {
  readonly fault: unknown;
  readonly setFault: (fault: unknown) => void;
  /** For the `onChange` of the form: what is wrong with a field goes once that field is changed. */
  readonly onChange: (event: SyntheticEvent) => void;
}

/** The fault of a form, whose first field with one gets the focus when it is refused; see `faultAt`. */
export function useFault(form: RefObject<HTMLFormElement | null>): FormFault {
  const [{ thrown, changed }, set] = useState<{
    readonly thrown: unknown;
    readonly changed: readonly string[];
  }>({ thrown: undefined, changed: [] });
  useFocusOnFault(form, thrown);
  const fault = useMemo(() => changed.reduce(withoutField, thrown), [thrown, changed]);
  const forget = useCallback((target: EventTarget | null): void => {
    const field = target instanceof Element && target.closest('[data-fault]')?.getAttribute('data-fault');
    if (typeof field !== 'string') return;
    set((now) => ({ ...now, changed: [...now.changed, field] }));
  }, []);
  useEffect(() => {
    const { current } = form;
    const onChosen = ({ target }: Event): void => forget(target);
    current?.addEventListener(chosen, onChosen);
    return () => current?.removeEventListener(chosen, onChosen);
  }, [form, forget]);
  return {
    fault,
    setFault: useCallback((next: unknown) => set({ thrown: next, changed: [] }), []),
    onChange: useCallback(({ target }: SyntheticEvent) => forget(target), [forget]),
  };
}
