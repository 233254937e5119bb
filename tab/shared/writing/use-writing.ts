import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { Subject } from './subject.js';
import type { Language } from '../../../src/languages.js';
import type { Text, Words } from '../../../src/texts/text.js';
import { ApiError } from '../../api.js';
import { useShell } from '../context.js';
import { isStorable, isUnsaved, startWriting, write, type Writing } from './autosave.js';
import { keepDraft, readDraft, type DraftPlace } from './draft-store.js';

const idle = 1500;
const retryAfter = 10_000;

/** One language while it is written: saved when the typing pauses, kept on this device until then. */
export interface WritingHandle {
  readonly writing: Writing;
  readonly type: (change: Partial<Words>) => void;
  readonly saveNow: () => void;
  /** Puts in other words at once; they are saved like typed ones. */
  readonly replace: (words: Words) => void;
  readonly resolve: (words: Words) => void;
}

export function useWriting(parts: { readonly subject: Subject; readonly language: Language }): WritingHandle {
  const { subject, language } = parts;
  const { api, session } = useShell();
  const { save: send } = subject;
  const text = subject.texts[language];
  const place: DraftPlace = { personId: session.person.id, subjectId: subject.id, language };
  const path = `${subject.path}/texts/${language}`;
  const [writing, tell] = useReducer(write, undefined, () => startWriting(text, readDraft(place)));
  const latest = useRef(writing);

  const save = useCallback(async (): Promise<void> => {
    const { words, stored, phase } = latest.current;
    if (!isStorable(words) || phase === 'saving' || phase === 'conflict') return;
    tell({ type: 'sending' });
    try {
      const saved = (await send(language, words, stored.revision))[language];
      if (saved !== undefined) tell({ type: 'saved', text: saved });
    } catch (error) {
      const theirs = theirsOf(error);
      tell(theirs === undefined ? { type: 'failed', error } : { type: 'conflict', theirs });
    }
  }, [send, language]);

  useEffect(() => {
    latest.current = writing;
    const draft = isUnsaved(writing) ? { basedOn: writing.stored.revision, words: writing.words } : undefined;
    keepDraft(place, draft);
  });
  useEffect(() => {
    if (text !== undefined) tell({ type: 'arrived', text });
  }, [text]);
  useEffect(() => {
    if (writing.phase !== 'dirty' && !isPassing(writing)) return undefined;
    const timer = setTimeout(() => void save(), writing.phase === 'dirty' ? idle : retryAfter);
    return () => clearTimeout(timer);
  }, [writing, save]);
  useLeaving(latest, (words, basedOn) => api.putLast(path, { ...words, basedOn }));

  const type = (change: Partial<Words>): void =>
    tell({ type: 'typed', words: { ...latest.current.words, ...change } });
  const resolve = (words: Words): void => tell({ type: 'resolved', words });
  const replace = (words: Words): void => tell({ type: 'replaced', words });
  return { writing, type, saveNow: () => void save(), replace, resolve };
}

/** A failure that may pass by itself: no answer, or a server in trouble. What was refused waits for the person. */
function isPassing({ phase, error }: Writing): boolean {
  return phase === 'failed' && error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

function theirsOf(error: unknown): Text | undefined {
  if (!(error instanceof ApiError) || error.code !== 'text.conflict') return undefined;
  return error.facts['theirs'] as Text | undefined;
}

/** Sends what is unsaved when the page or the subject is left, and warns when the browser is about to close on it. */
function useLeaving(
  latest: { readonly current: Writing },
  send: (words: Words, basedOn: number) => void,
): void {
  const sender = useRef(send);
  useEffect(() => {
    sender.current = send;
  });
  useEffect(() => {
    const flush = (): void => {
      const { phase, words, stored } = latest.current;
      if (phase === 'dirty' && isStorable(words)) sender.current(words, stored.revision);
    };
    const warn = (event: BeforeUnloadEvent): void => {
      if (isUnsaved(latest.current)) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
      flush();
    };
  }, [latest]);
}
