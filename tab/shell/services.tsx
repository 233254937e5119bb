import { Button } from '@fluentui/react-components';
import { CheckmarkCircle20Filled, Dismiss16Regular, ErrorCircle20Filled } from '@fluentui/react-icons';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { Api } from '../api.js';
import {
  ShellProvider,
  unsavedWritings,
  useText,
  type Answered,
  type Ask,
  type Question,
  type Session,
  type Shell,
} from '../shared/context.js';
import { useKeys } from '../shared/keys.js';
import { problemText } from '../shared/problem.js';
import type { Texts } from '../text.js';
import css from './toast.module.css';

const QuestionDialog = lazy(async () => ({ default: (await import('./question-dialog.js')).QuestionDialog }));
const KeyHelp = lazy(async () => ({ default: (await import('./key-help.js')).KeyHelp }));

interface Asked {
  readonly number: number;
  readonly isOpen: boolean;
  readonly question: Question;
  readonly act?: ((answered: Answered) => Promise<unknown>) | undefined;
  readonly settle: (answer: Answered | undefined) => void;
}

/** What was said last, and a way to take it back while it can be. */
function useSaying(texts: Texts) {
  const [said, setSaid] = useState<Said>();
  // The key takes back what was said last, also when it is said no more: the server knows whether it still can.
  const last = useRef<Said>(undefined);
  const count = useRef(0);
  const notify = useCallback((text: string, undo?: () => Promise<void>) => {
    count.current += 1;
    const { current: number } = count;
    last.current = { number, text, tone: 'done', ...(undo === undefined ? {} : { undo }) };
    setSaid(last.current);
    return () => setSaid((current) => (current?.number === number ? undefined : current));
  }, []);
  const warn = useCallback<Shell['warn']>((text, done) => {
    count.current += 1;
    if (done !== undefined) last.current = { number: count.current, tone: 'done', ...done };
    setSaid({ number: count.current, text, tone: 'trouble', ...(done && { undo: done.undo }) });
  }, []);
  const fail = useCallback((error: unknown) => warn(problemText(texts, error)), [texts, warn]);
  const close = useCallback(() => setSaid(undefined), []);
  const undoLast = useCallback(() => {
    const { undo, text = '' } = last.current ?? {};
    last.current = undefined;
    if (undo === undefined) {
      notify(texts.t('shell.undo.nothing'));
      return;
    }
    setSaid(undefined);
    // What is no longer on the screen is named.
    const done = said === undefined ? texts.t('shell.undo.of', { text }) : texts.t('shell.undo.done');
    undo().then(() => notify(done), fail);
  }, [said, notify, fail, texts]);
  return { said, notify, warn, fail, close, undoLast };
}

/** Lends the shell's services to everything inside: toasts with undo, questions, the help on keys. */
export function ShellServices(props: {
  readonly api: Api;
  readonly session: Session;
  readonly refreshSession: () => void;
  readonly texts: Texts;
  readonly children: ReactNode;
}) {
  const { api, session, refreshSession, texts } = props;
  const { said, notify, warn, fail, close, undoLast } = useSaying(texts);
  // One may be asked while another is answered: who writes a text just now, while a reason for it was written.
  const [asked, setAsked] = useState<readonly Asked[]>([]);
  const [help, setHelp] = useState<'never' | 'open' | 'closed'>('never');
  useEffect(() => onShowKeyHelp(() => setHelp('open')), []);
  useKeys({ u: undoLast, 'mod+z': undoLast, '?': () => setHelp('open') });

  const lastAsked = useRef(0);
  const ask = useCallback<Ask>(
    (question: Question, act?: Asked['act']) =>
      new Promise<Answered | undefined>((resolve) => {
        lastAsked.current += 1;
        const number = lastAsked.current;
        const settle = (answer: Answered | undefined): void => {
          setAsked((all) => all.map((each) => (each.number === number ? { ...each, isOpen: false } : each)));
          resolve(answer);
        };
        setAsked((all) => [
          ...all.filter(({ isOpen }) => isOpen),
          { number, isOpen: true, question, act, settle },
        ]);
      }),
    [],
  );
  const [writings] = useState(unsavedWritings);
  const settle = useCallback(async (): Promise<boolean> => {
    const stuck = await writings.settle();
    if (stuck === undefined) return true;
    warn(stuck.trouble());
    stuck.show();
    return false;
  }, [writings, warn]);
  const shell = useMemo<Shell>(
    () => ({ api, session, refreshSession, texts, notify, warn, fail, ask, writings, settle }),
    [api, session, refreshSession, texts, notify, warn, fail, ask, writings, settle],
  );
  return (
    <ShellProvider value={shell}>
      {props.children}
      {said !== undefined && <Toast key={said.number} said={said} onUndo={undoLast} onClose={close} />}
      <Suspense>
        {asked.map(({ settle: onAnswer, number, ...each }) => (
          <QuestionDialog key={number} {...each} onAnswer={onAnswer} />
        ))}
        {help !== 'never' && <KeyHelp isOpen={help === 'open'} onClose={() => setHelp('closed')} />}
      </Suspense>
    </ShellProvider>
  );
}

export interface Said {
  readonly number: number;
  readonly text: string;
  readonly tone: 'done' | 'trouble';
  readonly undo?: () => Promise<void>;
}

/** The id of the strip under the page in which the last thing is said: it takes room of its own, and covers no button. */
export const toastPlace = 'said';

const shownFor = { plain: 5000, undoable: 12_000, trouble: 12_000 } as const;

/** The last thing that was done or failed. Stays while the pointer or the focus is on it. */
export function Toast(props: {
  readonly said: Said;
  readonly onUndo: () => void;
  readonly onClose: () => void;
}) {
  const { said, onClose } = props;
  const { t } = useText();
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return undefined;
    const long = said.undo === undefined ? shownFor.plain : shownFor.undoable;
    const timer = setTimeout(onClose, said.tone === 'trouble' ? shownFor.trouble : long);
    return () => clearTimeout(timer);
  }, [isHeld, said, onClose]);
  const place = document.getElementById(toastPlace);
  if (place === null) return null;
  return createPortal(
    <div
      className={css.toast}
      data-tone={said.tone}
      role={said.tone === 'trouble' ? 'alert' : 'status'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {said.tone === 'done' ? (
        <CheckmarkCircle20Filled aria-hidden="true" />
      ) : (
        <ErrorCircle20Filled aria-hidden="true" />
      )}
      <span className={css.text}>{said.text}</span>
      {said.undo !== undefined && (
        <Button size="small" appearance="outline" onClick={props.onUndo}>
          {t('shell.undo')}
        </Button>
      )}
      <Button
        size="small"
        appearance="subtle"
        icon={<Dismiss16Regular />}
        aria-label={t('shared.close')}
        onClick={onClose}
      />
    </div>,
    place,
  );
}

const eventName = 'bigroom-keys';

/** Opens the list of keys, from anywhere. */
export function showKeyHelp(): void {
  window.dispatchEvent(new Event(eventName));
}

export function onShowKeyHelp(show: () => void): () => void {
  window.addEventListener(eventName, show);
  return () => window.removeEventListener(eventName, show);
}
