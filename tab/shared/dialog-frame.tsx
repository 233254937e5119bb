import { Dialog, DialogSurface } from '@fluentui/react-components';
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useRef,
  useState,
  type FocusEvent,
  type ReactNode,
} from 'react';
import { FocusBack } from './focus.js';

/** The way out of the dialog around it. */
export interface Leaving {
  /** Closes the dialog; where something is written in it, that is asked about first. */
  readonly leave: () => void;
  /** What is written would be lost: whoever leaves is asked whether it may be. */
  readonly isAsked: boolean;
  readonly stay: () => void;
  readonly discard: () => void;
  /** While what was written is being sent, nobody leaves: its outcome is said in the dialog. */
  readonly hold: (isSending: boolean) => void;
}

const LeavingContext = createContext<Leaving | undefined>(undefined);

export function useLeaving(): Leaving {
  const leaving = use(LeavingContext);
  if (leaving === undefined) throw new Error('useLeaving outside of a dialog');
  return leaving;
}

type Field = HTMLInputElement | HTMLTextAreaElement;

/** What is chosen of a few is chosen again in a moment; words are not. */
const written =
  'textarea, input:is([type="text"], [type="url"], [type="email"], [type="search"], :not([type]))';

/**
 * The fields of a dialog in which somebody wrote: each as it was when it first had the focus. What is written in another
 * way is not known here.
 */
function useWritten() {
  const before = useRef(new Map<Field, string>());
  const last = useRef<Field>(undefined);
  const onFocus = ({ target }: FocusEvent<HTMLElement>): void => {
    if (!target.matches(written)) return;
    last.current = target as Field;
    if (!before.current.has(last.current)) before.current.set(last.current, last.current.value);
  };
  const isAny = (): boolean =>
    [...before.current].some(
      ([field, value]) => field.isConnected && field.value !== value && field.value.trim() !== '',
    );
  return { onFocus, isAny, focusLast: () => last.current?.focus() };
}

/**
 * Every dialog: its frame, which gives the focus back, and its way out. Esc, a press beside it and its way back are the same,
 * and none of them loses what was written in it. Closed it stays in the page, so that Fluent can give back the page behind it.
 */
export function DialogFrame(props: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly className: string | undefined;
  /** Only its buttons and Esc answer it, not a press beside it. */
  readonly isAlert?: boolean;
  readonly children: ReactNode;
}) {
  const { isOpen, onClose, className, isAlert = false, children } = props;
  const { onFocus, isAny, focusLast } = useWritten();
  const [isAsked, setAsked] = useState(false);
  const isSending = useRef(false);
  const hold = useCallback((is: boolean): void => {
    isSending.current = is;
  }, []);
  usePageGivenBack(isOpen);
  if (!isOpen && isAsked) setAsked(false);
  const stay = (): void => {
    setAsked(false);
    focusLast();
  };
  const leave = (): void => {
    if (isSending.current) return;
    if (isAsked) stay();
    else if (isAny()) setAsked(true);
    else onClose();
  };
  return (
    <Dialog
      open={isOpen}
      modalType={isAlert ? 'alert' : 'modal'}
      onOpenChange={(_, { open }) => !open && leave()}
    >
      <DialogSurface className={className} onFocus={onFocus}>
        <FocusBack />
        <LeavingContext value={{ leave, isAsked, stay, discard: onClose, hold }}>{children}</LeavingContext>
      </DialogSurface>
    </Dialog>
  );
}

/**
 * Who goes back in the history leaves the page while its dialog is open: the dialog is then taken away with it, and
 * what Fluent hid behind it for screen readers would stay hidden.
 */
function usePageGivenBack(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return undefined;
    return () => {
      setTimeout(() => {
        if (document.querySelector('[role$="dialog"]') !== null) return;
        document.getElementById('root')?.removeAttribute('aria-hidden');
      });
    };
  }, [isOpen]);
}
