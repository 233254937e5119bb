import type { Text, TextContent } from '../../../src/content/text.js';
import { ApiError } from '../../api.js';
import { isStorable, write, type Writing, type WritingEvent } from './autosave.js';

/** Stores words over a revision and gives the text as it then stands. @throws ApiError `text.conflict` and others. */
export type Send = (words: TextContent, basedOn: number) => Promise<Text | undefined>;

/** One text while it is written: its standing, known at once to whoever asks, and one storing at a time. */
export interface Writer {
  readonly now: () => Writing;
  readonly apply: (event: WritingEvent) => void;
  /** Stores the words, unless they cannot be stored now; joins a storing that is on its way. */
  readonly save: (send: Send) => Promise<void>;
  /** Stores until nothing is unsaved, also what was typed during a storing. False when words remain that could not be stored. */
  readonly settle: (send: Send) => Promise<boolean>;
}

/** @param onChange is told after each event. */
export function createWriter(start: Writing, onChange: (writing: Writing) => void): Writer {
  let writing = start;
  let flight: Promise<void> | undefined;
  const now = (): Writing => writing;
  const apply = (event: WritingEvent): void => {
    writing = write(writing, event);
    onChange(writing);
  };
  const fly = async (send: Send): Promise<void> => {
    const { words, stored } = writing;
    apply({ type: 'sending' });
    try {
      const text = await send(words, stored.revision);
      if (text === undefined) apply({ type: 'failed', error: new Error('the answer lacks the text') });
      else apply({ type: 'saved', text });
    } catch (error) {
      const theirs = theirsOf(error);
      apply(theirs === undefined ? { type: 'failed', error } : { type: 'conflict', theirs });
    } finally {
      flight = undefined;
    }
  };
  const save = (send: Send): Promise<void> => {
    if (flight !== undefined) return flight;
    if (!isStorable(writing.words) || writing.phase === 'conflict') return Promise.resolve();
    flight = fly(send);
    return flight;
  };
  const settle = async (send: Send): Promise<boolean> => {
    if (flight !== undefined) await flight;
    // Read through a function: the phase changes while the storing is awaited.
    const phase = (): Writing['phase'] => now().phase;
    if (phase() === 'failed') await save(send);
    while (phase() === 'dirty' && isStorable(writing.words)) await save(send);
    return phase() === 'clean';
  };
  return { now, apply, save, settle };
}

function theirsOf(error: unknown): Text | undefined {
  if (!(error instanceof ApiError) || error.code !== 'text.conflict') return undefined;
  return error.facts['theirs'] as Text | undefined;
}
