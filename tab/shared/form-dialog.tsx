import { DialogBody, DialogContent, DialogTitle } from '@fluentui/react-components';
import { useRef, useState, type ReactNode } from 'react';
import { useShell } from './context.js';
import { DialogButtons } from './dialog-buttons.js';
import { DialogFrame } from './dialog-frame.js';
import { problemText } from './problem.js';
import { useFault } from './use-fault.js';
import css from './form-dialog.module.css';

interface Form {
  /** A question. */
  readonly title: string;
  /** The verb of the question: what the button does. */
  readonly verb: string;
  /** Whether it takes something away. */
  readonly isDanger?: boolean;
  /** Sends what was filled in. What it throws is said in the dialog, at the fields where it names them. */
  readonly onSend: () => Promise<void>;
  readonly onClose: () => void;
  /** Whether the form says itself what this fault is; else it is said under the fields. */
  readonly isOwnFault?: (fault: unknown) => boolean;
  readonly children: (fault: unknown) => ReactNode;
}

/** A small form in a dialog: one thing is asked, sent, and faults stay where they are. Closed it stays in the page. */
export function FormDialog({
  isOpen,
  isWide = false,
  ...form
}: Form & { readonly isOpen: boolean; readonly isWide?: boolean }) {
  return (
    <DialogFrame isOpen={isOpen} onClose={form.onClose} className={isWide ? css.wide : css.surface}>
      <FormInside {...form} />
    </DialogFrame>
  );
}

function FormInside({ title, verb, isDanger = false, onSend, onClose, isOwnFault, children }: Form) {
  const { texts } = useShell();
  const [isBusy, setBusy] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const { fault, setFault, onChange } = useFault(element);
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      await onSend();
      onClose();
    } catch (error) {
      setFault(error);
    } finally {
      setBusy(false);
    }
  };
  const isSaid = isOwnFault?.(fault) === true;
  return (
    <form
      ref={element}
      noValidate
      onChange={onChange}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void send();
      }}
    >
      <DialogBody>
        <DialogTitle>{title}</DialogTitle>
        <DialogContent className={css.fields}>
          {children(fault)}
          {fault !== undefined && !isSaid && (
            <p role="alert" className={css.fault}>
              {problemText(texts, fault)}
            </p>
          )}
        </DialogContent>
        <DialogButtons act={{ verb, isBusy, isDanger }} />
      </DialogBody>
    </form>
  );
}

/** The dialogs of a page, of which one is open at most. Each opening begins anew: give `round` to them as their key. */
export interface Dialogs<Name extends string> {
  readonly round: number;
  readonly show: (name: Name) => void;
  /** What a dialog of this name is given. */
  readonly of: (name: Name) => { readonly isOpen: boolean; readonly onClose: () => void };
}

export function useDialogs<Name extends string>(first?: Name): Dialogs<Name> {
  const [{ open, round }, set] = useState<{ readonly open: Name | undefined; readonly round: number }>({
    open: first,
    round: 0,
  });
  return {
    round,
    show: (name) => set({ open: name, round: round + 1 }),
    of: (name) => ({ isOpen: open === name, onClose: () => set({ open: undefined, round }) }),
  };
}
