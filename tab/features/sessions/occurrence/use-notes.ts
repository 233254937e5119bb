import { useEffect, useRef, useState } from 'react';
import type { Notes, Occurrence } from '../../../../src/sessions/occurrences/occurrence.js';
import { ApiError } from '../../../api.js';
import { remember, remembered } from '../../../shared/chosen.js';
import { useShell } from '../../../shared/context.js';
import type { OccurrenceHere } from './use-occurrence.js';

const idle = 1500;

/** The notes while they are written: what is on the screen, what is stored, and what stands between them. */
export interface NotesHandle {
  readonly text: string;
  readonly phase: 'clean' | 'dirty' | 'saving' | 'failed' | 'conflict';
  readonly theirs?: Notes;
  readonly error?: unknown;
  readonly savedAt?: string;
  /** Grows when the words were put in from outside, so that the editor shows them anew. */
  readonly epoch: number;
  readonly type: (text: string) => void;
  readonly saveNow: () => void;
  /** Goes on with one's own words, or with theirs. */
  readonly resolve: (whose: 'mine' | 'theirs') => void;
}

interface Draft {
  readonly text: string;
  readonly basedOn: number;
}

function readDraft(key: string): Draft | undefined {
  try {
    const draft: unknown = JSON.parse(remembered(key) ?? 'null');
    if (typeof draft !== 'object' || draft === null) return undefined;
    const { text, basedOn } = draft as Partial<Draft>;
    return typeof text === 'string' && typeof basedOn === 'number' ? { text, basedOn } : undefined;
  } catch {
    return undefined;
  }
}

interface Standing {
  readonly text: string;
  readonly stored: Draft;
  readonly phase: NotesHandle['phase'];
  readonly theirs?: Notes;
  readonly error?: unknown;
  readonly savedAt?: string;
  readonly epoch: number;
}

function startOf(notes: Notes | undefined, draft: Draft | undefined): Standing {
  const stored = { text: notes?.text ?? '', basedOn: notes?.revision ?? 0 };
  if (draft === undefined || draft.text.trim() === stored.text.trim()) {
    return { text: stored.text, stored, phase: 'clean', epoch: 0 };
  }
  return { text: draft.text, stored: { ...stored, basedOn: draft.basedOn }, phase: 'dirty', epoch: 0 };
}

/** Notes saved when the typing pauses and kept on this device until then; others' words are never written over. */
export function useNotes(occurrence: Occurrence, here: OccurrenceHere): NotesHandle {
  const { session } = useShell();
  const key = `notes.${session.person.id}.${occurrence.id}`;
  const [now, setNow] = useState(() => startOf(occurrence.record?.notes, readDraft(key)));
  const latest = useRef(now);
  useEffect(() => {
    latest.current = now;
    const isKept = now.phase !== 'clean' && !holdsPersonalData(now.error);
    remember(key, isKept ? JSON.stringify({ text: now.text, basedOn: now.stored.basedOn }) : undefined);
  });
  const { show, api } = here;
  const newer = occurrence.record?.notes;
  if (now.phase === 'clean' && newer !== undefined && newer.revision > now.stored.basedOn) {
    setNow({ ...startOf(newer, undefined), epoch: now.epoch + 1 });
  }

  const save = async (): Promise<void> => {
    const { text, stored } = latest.current;
    setNow((current) => ({ ...current, phase: 'saving' }));
    try {
      const answer = await api.setNotes(text, stored.basedOn);
      const notes = answer.occurrence.record?.notes;
      setNow((current) => ({
        text: current.text,
        stored: { text, basedOn: notes?.revision ?? stored.basedOn + 1 },
        phase: current.text === text ? 'clean' : 'dirty',
        savedAt: notes?.at ?? new Date().toISOString(),
        epoch: current.epoch,
      }));
      show(answer);
    } catch (error) {
      const theirs =
        error instanceof ApiError && error.code === 'text.conflict' ? error.facts.theirs : undefined;
      setNow((current) =>
        theirs === undefined
          ? { ...current, phase: 'failed', error }
          : { ...current, phase: 'conflict', theirs: theirs as Notes },
      );
    }
  };
  const saver = useRef(save);
  useEffect(() => {
    saver.current = save;
  });
  useEffect(() => {
    if (now.phase !== 'dirty') return undefined;
    const timer = setTimeout(() => void saver.current(), idle);
    return () => clearTimeout(timer);
  }, [now.phase, now.text]);
  useLeaving(() => {
    const { phase, text, stored } = latest.current;
    if (phase === 'dirty') api.putNotesLast(text, stored.basedOn);
  });

  return {
    ...now,
    type: (text) =>
      setNow(({ error: _error, ...current }) => ({
        ...current,
        text,
        phase:
          current.phase === 'conflict' || current.phase === 'saving'
            ? current.phase
            : text === current.stored.text
              ? 'clean'
              : 'dirty',
      })),
    saveNow: () => void save(),
    resolve: (whose) =>
      setNow(({ theirs, ...current }) => {
        if (theirs === undefined) return current;
        const stored = { text: theirs.text, basedOn: theirs.revision };
        return whose === 'mine'
          ? { ...current, stored, phase: 'dirty' }
          : { ...current, stored, text: theirs.text, phase: 'clean', epoch: current.epoch + 1 };
      }),
  };
}

function holdsPersonalData(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'text.personalData';
}

/** Sends what is unsaved when the page is left. */
function useLeaving(flush: () => void): void {
  const latest = useRef(flush);
  useEffect(() => {
    latest.current = flush;
  });
  useEffect(() => () => latest.current(), []);
}
