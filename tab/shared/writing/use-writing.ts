import { useCallback, useEffect, useRef, useState } from 'react';
import type { Subject } from './subject.js';
import type { Language } from '../../../src/shared/languages.js';
import type { TextContent } from '../../../src/content/text.js';
import { ApiError } from '../../api.js';
import { useShell } from '../context.js';
import { isStorable, isUnsaved, startWriting, type Writing } from './autosave.js';
import { keepDraft, readDraft, type DraftPlace } from './draft-store.js';
import { conflictPlace, fieldId } from './field-id.js';
import { createWriter, type Send, type Writer } from './writer.js';
import { textApi } from '../api/texts.js';

const idle = 1500;
const retryAfter = 10_000;

/** One language while it is written: saved when the typing pauses, kept on this device until then. */
export interface WritingHandle {
  readonly writing: Writing;
  readonly type: (change: Partial<TextContent>) => void;
  readonly saveNow: () => void;
  /** Puts in other words at once; they are saved like typed ones. */
  readonly replace: (words: TextContent) => void;
  readonly resolve: (words: TextContent) => void;
}

export function useWriting(parts: { readonly subject: Subject; readonly language: Language }): WritingHandle {
  const { subject, language } = parts;
  const { api, session } = useShell();
  const { save: store } = subject;
  const text = subject.texts[language];
  const place: DraftPlace = { personId: session.person.id, subjectId: subject.id, language };
  const [start] = useState(() => startWriting(text, readDraft(place)));
  const [writing, draw] = useState(start);
  const [writer] = useState(() => createWriter(start, draw));
  const send = useCallback<Send>(
    async (words, basedOn) => (await store(language, words, basedOn))[language],
    [store, language],
  );
  const save = useCallback((): void => void writer.save(send), [writer, send]);

  useEffect(() => {
    const isKept = isUnsaved(writing) && writing.isWithheld !== true;
    keepDraft(place, isKept ? { basedOn: writing.stored.revision, words: writing.words } : undefined);
  });
  useEffect(() => {
    if (text !== undefined) writer.apply({ type: 'arrived', text });
  }, [writer, text]);
  useEffect(() => {
    if (writing.phase !== 'dirty' && !isPassing(writing)) return undefined;
    const timer = setTimeout(save, writing.phase === 'dirty' ? idle : retryAfter);
    return () => clearTimeout(timer);
  }, [writing, save]);
  useSettling(writer, send, language);
  useLeaving(writer, textApi(api, subject.path, language).putLast);

  return {
    writing,
    type: (change) => writer.apply({ type: 'typed', words: { ...writer.now().words, ...change } }),
    saveNow: save,
    replace: (words) => writer.apply({ type: 'replaced', words }),
    resolve: (words) => writer.apply({ type: 'resolved', words }),
  };
}

/** Lets whoever is about to act on the text have it stored first; where that fails, the person is taken to the text. */
function useSettling(writer: Writer, send: Send, language: Language): void {
  const { texts, writings } = useShell();
  useEffect(
    () =>
      writings.add({
        settle: () => writer.settle(send),
        trouble: () => texts.t('writing.unsettled', { language, why: whyUnsettled(writer.now()) }),
        show: () => {
          const place = writer.now().phase === 'conflict' ? conflictPlace : fieldId(language, 'title');
          document.getElementById(place)?.scrollIntoView({ block: 'center' });
          document.getElementById(place)?.focus();
        },
      }),
    [writings, texts, writer, send, language],
  );
}

function whyUnsettled({ phase, words }: Writing): 'conflict' | 'title' | 'failed' {
  if (phase === 'conflict') return 'conflict';
  return isStorable(words) ? 'failed' : 'title';
}

/** A failure that may pass by itself: no answer, or a server in trouble. What was refused waits for the person. */
function isPassing({ phase, error }: Writing): boolean {
  return phase === 'failed' && error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

/** Sends what is unsaved when the page or the subject is left, and warns when the browser is about to close on it. */
function useLeaving(writer: Writer, send: (words: TextContent, basedOn: number) => void): void {
  const sender = useRef(send);
  useEffect(() => {
    sender.current = send;
  });
  useEffect(() => {
    const flush = (): void => {
      const { phase, words, stored } = writer.now();
      if (phase === 'dirty' && isStorable(words)) sender.current(words, stored.revision);
    };
    const warn = (event: BeforeUnloadEvent): void => {
      if (isUnsaved(writer.now())) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
      flush();
    };
  }, [writer]);
}
