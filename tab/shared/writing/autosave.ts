import { isSameText, textLimits, type Text, type TextContent } from '../../../src/content/text.js';
import { normalise } from '../../../src/shared/normalise.js';
import { ApiError } from '../../api.js';

/** A text that is being written, and how it stands with the server. */
export interface Writing {
  /** The words on the screen. */
  readonly content: TextContent;
  /** What is known to be stored: revision 0 and empty words where there is no text yet. */
  readonly stored: { readonly revision: number; readonly content: TextContent };
  /**
   * `clean`: all is stored. `dirty`: something is not, and will be sent. `saving`: it is on its way. `failed`: it was
   * refused or got no answer. `conflict`: somebody else stored other words meanwhile, and the person has to choose.
   */
  readonly phase: 'clean' | 'dirty' | 'saving' | 'failed' | 'conflict';
  /** The words that are on their way, while `saving`. */
  readonly sent?: TextContent;
  readonly theirs?: Text;
  readonly error?: unknown;
  /** A personal identity code was found in the words: until they are stored without it, no copy is kept on this device. */
  readonly isWithheld?: boolean;
  /** ISO instant of the last storing by this person in this sitting. */
  readonly savedAt?: string;
  /** Grows when the words were put in from outside, so that an editor shows them anew. */
  readonly epoch: number;
}

export type WritingEvent =
  | { readonly type: 'typed'; readonly content: TextContent }
  | { readonly type: 'sending' }
  | { readonly type: 'saved'; readonly text: Text }
  | { readonly type: 'failed'; readonly error: unknown }
  | { readonly type: 'conflict'; readonly theirs: Text }
  /** The person chose the words to go on with, having seen `theirs`. */
  | { readonly type: 'resolved'; readonly content: TextContent }
  /** The person put in other words at once: an older revision, or their own back again. */
  | { readonly type: 'replaced'; readonly content: TextContent }
  /** A newer text came with the subject: somebody else's edit, a restored revision, an undo. */
  | { readonly type: 'arrived'; readonly text: Text };

export const noContent: TextContent = { title: '', lead: '', body: '' };

const contentOf = ({ title, lead, body }: TextContent): TextContent => ({ title, lead, body });

/** A text as the server stores it: a draft that differs only in the white space around it was stored. */
function tidied({ title, lead, body }: TextContent): TextContent {
  const tidy = (text: string): string => normalise(text).replace(/\r\n?/g, '\n').trim();
  return { title: tidy(title.replace(/\s+/g, ' ')), lead: tidy(lead), body: tidy(body) };
}

/**
 * Writing at its start.
 * @param draft words that were left unsaved on this device, and the revision over which they were written.
 */
export function startWriting(
  text: Text | undefined,
  draft?: { readonly basedOn: number; readonly content: TextContent },
): Writing {
  const stored =
    text === undefined
      ? { revision: 0, content: noContent }
      : { revision: text.revision, content: contentOf(text) };
  if (draft === undefined || isSameText(tidied(draft.content), tidied(stored.content))) {
    return { content: stored.content, stored, phase: 'clean', epoch: 0 };
  }
  return {
    content: draft.content,
    stored: { revision: draft.basedOn, content: stored.content },
    phase: 'dirty',
    epoch: 0,
  };
}

/** The writing after something happened to it. The text on the screen changes only by the person, or when nothing is unsaved. */
export function write(writing: Writing, event: WritingEvent): Writing {
  const { sent: _sent, theirs: _theirs, error: _error, ...kept } = writing;
  switch (event.type) {
    case 'typed': {
      if (writing.phase === 'saving' || writing.phase === 'conflict') {
        return { ...writing, content: event.content };
      }
      const isStored = isSameText(event.content, writing.stored.content);
      return { ...kept, content: event.content, phase: isStored ? 'clean' : 'dirty' };
    }
    case 'sending':
      return writing.phase === 'conflict' ? writing : { ...kept, phase: 'saving', sent: writing.content };
    case 'saved': {
      const content = writing.sent ?? writing.content;
      const { isWithheld: _isWithheld, ...free } = kept;
      return {
        ...free,
        stored: { revision: event.text.revision, content },
        phase: isSameText(content, writing.content) ? 'clean' : 'dirty',
        savedAt: event.text.at,
      };
    }
    case 'failed':
      return {
        ...kept,
        phase: 'failed',
        error: event.error,
        ...(holdsPersonalData(event.error) && { isWithheld: true }),
      };
    case 'conflict':
      return { ...kept, phase: 'conflict', theirs: event.theirs };
    case 'resolved': {
      const { theirs } = writing;
      if (theirs === undefined) return writing;
      const stored = { revision: theirs.revision, content: contentOf(theirs) };
      const phase = isSameText(event.content, stored.content) ? 'clean' : 'dirty';
      return { ...kept, content: contentOf(event.content), stored, phase, epoch: writing.epoch + 1 };
    }
    case 'replaced': {
      const content = contentOf(event.content);
      const phase = isSameText(content, writing.stored.content) ? 'clean' : 'dirty';
      return { ...kept, content, phase, epoch: writing.epoch + 1 };
    }
    case 'arrived': {
      if (writing.phase !== 'clean' || event.text.revision <= writing.stored.revision) return writing;
      const content = contentOf(event.text);
      return {
        ...kept,
        content,
        stored: { revision: event.text.revision, content },
        epoch: writing.epoch + 1,
      };
    }
  }
}

/** Whether words were refused for a personal identity code in them. */
export function holdsPersonalData(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'text.personalData';
}

/** Whether there are words that would be lost without the copy on this device. */
export function isUnsaved({ phase }: Writing): boolean {
  return phase !== 'clean';
}

const partNames = ['title', 'lead', 'body'] as const;

/** The parts of a text that are longer than they may be. */
export function tooLongParts(content: TextContent): readonly (typeof partNames)[number][] {
  return partNames.filter((name) => content[name].length > textLimits[name]);
}

/** Whether the words can be stored: a text has at least a title, and no part of it is too long. */
export function isStorable(content: TextContent): boolean {
  return content.title.trim() !== '' && tooLongParts(content).length === 0;
}

/** Stores words over a revision and gives the text as it then stands. @throws ApiError `text.conflict` and others. */
export type Send = (content: TextContent, basedOn: number) => Promise<Text | undefined>;

/** One text while it is written: its current state, for whoever asks, and one request to store it at a time. */
export interface Writer {
  readonly now: () => Writing;
  readonly apply: (event: WritingEvent) => void;
  /** Stores the words, unless they cannot be stored now; joins a storing that is on its way. */
  readonly save: (send: Send) => Promise<void>;
  /** Stores until nothing is unsaved, also what was typed during a storing. False when words remain that could not be stored. */
  readonly settle: (send: Send) => Promise<boolean>;
}

/** @param onChange is called after each event. */
export function createWriter(start: Writing, onChange: (writing: Writing) => void): Writer {
  let writing = start;
  let flight: Promise<void> | undefined;
  const now = (): Writing => writing;
  const apply = (event: WritingEvent): void => {
    writing = write(writing, event);
    onChange(writing);
  };
  const fly = async (send: Send): Promise<void> => {
    const { content, stored } = writing;
    apply({ type: 'sending' });
    try {
      const text = await send(content, stored.revision);
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
    if (!isStorable(writing.content) || writing.phase === 'conflict') return Promise.resolve();
    flight = fly(send);
    return flight;
  };
  const settle = async (send: Send): Promise<boolean> => {
    if (flight !== undefined) await flight;
    // Read through a function: the phase changes while the storing is awaited.
    const phase = (): Writing['phase'] => now().phase;
    if (phase() === 'failed') await save(send);
    while (phase() === 'dirty' && isStorable(writing.content)) await save(send);
    return phase() === 'clean';
  };
  return { now, apply, save, settle };
}

function theirsOf(error: unknown): Text | undefined {
  if (!(error instanceof ApiError) || error.code !== 'text.conflict') return undefined;
  return error.facts['theirs'] as Text | undefined;
}
