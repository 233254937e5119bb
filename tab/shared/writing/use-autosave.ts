import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api.js';
import { useShell, type UnsavedWriting } from '../context.js';
import {
  createWriter,
  isUnsaved,
  startWriting,
  type Draft,
  type Kind,
  type Send,
  type Version,
  type Writer,
  type Writing,
} from './autosave.js';

const idle = 1500;
const retryAfter = 10_000;

/** Something while it is written: saved when the typing pauses, kept on this device until then. */
export interface WritingHandle<Content, Mark> {
  readonly writing: Writing<Content, Mark>;
  /** @param next what is on the screen now, from what was there just before */
  readonly type: (next: (content: Content) => Content) => void;
  readonly saveNow: () => void;
  /** Puts in another content at once; it is saved like a typed one. */
  readonly replace: (content: Content) => void;
  readonly resolve: (content: Content) => void;
}

export interface Autosaved<Content, Mark> {
  readonly kind: Kind<Content, Mark>;
  /** What is stored, as far as the page knows. */
  readonly stored: Version<Content, Mark>;
  /** The copy on this device: `keep` without one takes it away. */
  readonly draft: {
    readonly read: () => Draft<Content, Mark> | undefined;
    readonly keep: (draft: Draft<Content, Mark> | undefined) => void;
  };
  readonly send: Send<Content, Mark>;
  /** Sends without waiting for what comes of it, as the window closes. */
  readonly sendLast: (content: Content, over: Mark) => void;
  /** What stands in the way of storing it, in the person's words. */
  readonly trouble: (writing: Writing<Content, Mark>) => string;
  /** Takes the person to where it is written. */
  readonly show: (writing: Writing<Content, Mark>) => void;
}

/**
 * Whatever is saved by itself while it is written: item texts, what a place says otherwise, notes of a session. It holds for
 * all of them: what others stored is never written over unseen; whoever acts on it has it stored first; what is left
 * is stored after it is left, and until then kept on this device, unless it was refused for a personal identity code.
 * @param autosaved of the same thing as long as the component stays
 */
export function useAutosave<Content, Mark>(
  autosaved: Autosaved<Content, Mark>,
): WritingHandle<Content, Mark> {
  const { kind, stored } = autosaved;
  const latest = useRef(autosaved);
  useEffect(() => {
    latest.current = autosaved;
  });
  const [start] = useState(() => startWriting(kind, stored, autosaved.draft.read()));
  const [writing, draw] = useState(start);
  const [writer] = useState(() =>
    createWriter(kind, start, (next) => {
      keepDraft(autosaved.draft, next);
      draw(next);
    }),
  );
  const send = useCallback<Send<Content, Mark>>((...sent) => latest.current.send(...sent), []);
  const save = useCallback((): void => void writer.save(send), [writer, send]);

  // A copy of what was stored after all goes: later it would stand against what others wrote.
  useEffect(() => keepDraft(latest.current.draft, writer.now()), [writer]);
  useEffect(() => {
    writer.apply({ type: 'arrived', version: stored });
  }, [writer, stored]);
  useEffect(() => {
    if (writing.phase !== 'dirty' && !isPassing(writing)) return undefined;
    const timer = setTimeout(save, writing.phase === 'dirty' ? idle : retryAfter);
    return () => clearTimeout(timer);
  }, [writing, save]);
  useStoring(writer, send, latest);
  return {
    writing,
    type: (next) => writer.apply({ type: 'typed', content: next(writer.now().content) }),
    saveNow: save,
    replace: (content) => writer.apply({ type: 'replaced', content }),
    resolve: (content) => writer.apply({ type: 'resolved', content }),
  };
}

function keepDraft<Content, Mark>(
  draft: Autosaved<Content, Mark>['draft'],
  writing: Writing<Content, Mark>,
): void {
  const { content, stored, isWithheld = false } = writing;
  draft.keep(isUnsaved(writing) && !isWithheld ? { content, mark: stored.mark } : undefined);
}

/** A failure that may pass by itself: no answer, or a server in trouble. What was refused waits for the person. */
function isPassing({ phase, error }: Writing<unknown, unknown>): boolean {
  return phase === 'failed' && error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

/**
 * Lets whoever is about to act on it have it stored first; where that fails, the person is taken to it. When it is left,
 * it is stored, and whoever acts meanwhile still waits for that; the browser warns before it closes on something unsaved.
 */
function useStoring<Content, Mark>(
  writer: Writer<Content, Mark>,
  send: Send<Content, Mark>,
  latest: { readonly current: Autosaved<Content, Mark> },
): void {
  const { writings } = useShell();
  useEffect(() => {
    const settle = (): Promise<boolean> => writer.settle(send);
    const writing: UnsavedWriting = {
      settle,
      trouble: () => latest.current.trouble(writer.now()),
      show: () => latest.current.show(writer.now()),
    };
    const warn = (event: BeforeUnloadEvent): void => {
      if (isUnsaved(writer.now())) event.preventDefault();
    };
    const close = (): void => {
      const { phase, content, stored } = writer.now();
      if (phase === 'dirty' && latest.current.kind.isStorable(content))
        latest.current.sendLast(content, stored.mark);
    };
    const remove = writings.add(writing);
    window.addEventListener('beforeunload', warn);
    window.addEventListener('pagehide', close);
    return () => {
      const leave = async (): Promise<void> => {
        if (writer.now().phase !== 'failed') await settle();
        remove();
        window.removeEventListener('beforeunload', warn);
        window.removeEventListener('pagehide', close);
      };
      void leave();
    };
  }, [writings, writer, send, latest]);
}
