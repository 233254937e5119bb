import { useCallback, useEffect, useRef, useState } from 'react';
import type { TextContent, Revision } from '../../../src/content/text.js';
import type { Page } from '../../../src/platform/pages.js';
import type { Language } from '../../../src/shared/languages.js';
import { ApiError, type Api } from '../../api.js';
import { useShell } from '../context.js';
import { rememberDraft, rememberedDraft } from '../device-storage.js';
import {
  isStorable,
  isUnsaved,
  tooLongParts,
  startWriting,
  createWriter,
  type Writing,
  type Send,
  type Writer,
} from './autosave.js';
import { conflictPlace, fieldId, type Subject } from './subject.js';

const idle = 1500;
const retryAfter = 10_000;

/** One language while it is written: saved when the typing pauses, kept on this device until then. */
export interface WritingHandle {
  readonly writing: Writing;
  readonly type: (change: Partial<TextContent>) => void;
  readonly saveNow: () => void;
  /** Puts in other words at once; they are saved like typed ones. */
  readonly replace: (content: TextContent) => void;
  readonly resolve: (content: TextContent) => void;
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
    async (content, basedOn) => (await store(language, content, basedOn))[language],
    [store, language],
  );
  const save = useCallback((): void => void writer.save(send), [writer, send]);

  useEffect(() => {
    const isKept = isUnsaved(writing) && writing.isWithheld !== true;
    keepDraft(place, isKept ? { basedOn: writing.stored.revision, content: writing.content } : undefined);
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
    type: (change) => writer.apply({ type: 'typed', content: { ...writer.now().content, ...change } }),
    saveNow: save,
    replace: (content) => writer.apply({ type: 'replaced', content }),
    resolve: (content) => writer.apply({ type: 'resolved', content }),
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

function whyUnsettled({ phase, content }: Writing): 'conflict' | 'long' | 'title' | 'failed' {
  if (phase === 'conflict') return 'conflict';
  if (tooLongParts(content).length > 0) return 'long';
  return isStorable(content) ? 'failed' : 'title';
}

/** A failure that may pass by itself: no answer, or a server in trouble. What was refused waits for the person. */
function isPassing({ phase, error }: Writing): boolean {
  return phase === 'failed' && error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

/** Sends what is unsaved when the page or the subject is left, and warns when the browser is about to close on it. */
function useLeaving(writer: Writer, send: (content: TextContent, basedOn: number) => void): void {
  const sender = useRef(send);
  useEffect(() => {
    sender.current = send;
  });
  useEffect(() => {
    const flush = (): void => {
      const { phase, content, stored } = writer.now();
      if (phase === 'dirty' && isStorable(content)) sender.current(content, stored.revision);
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

/** A text not stored yet, kept on this device until it is. */
export interface Draft {
  /** The revision over which they were written. */
  readonly basedOn: number;
  readonly content: TextContent;
}

export interface DraftPlace {
  readonly personId: string;
  readonly subjectId: string;
  readonly language: Language;
}

const keyOf = ({ personId, subjectId, language }: DraftPlace): string =>
  `draft.${personId}.${subjectId}.${language}`;

export function readDraft(place: DraftPlace): Draft | undefined {
  const kept = rememberedDraft(keyOf(place));
  const basedOn = kept?.rest.basedOn;
  return kept !== undefined && typeof basedOn === 'number' ? { basedOn, content: kept.content } : undefined;
}

export function keepDraft(place: DraftPlace, draft: Draft | undefined): void {
  rememberDraft(keyOf(place), draft);
}

/** The text of a news item or a release in one language. @param subjectPath the address of the item or release */
export function textApi(api: Api, subjectPath: string, language: Language) {
  const path = `${subjectPath}/texts/${language}`;
  return {
    historyPath: `${path}/history`,
    /** Its revisions, newest first, page by page. */
    history: (after?: string) => api.get<Page<Revision>>(`${path}/history`, { after }),
    /** Stores words as the page closes. */
    putLast: (content: TextContent, basedOn: number) => api.putLast(path, { ...content, basedOn }),
  };
}
