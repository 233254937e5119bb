import type { PersonRef } from '../../../src/platform/actor.js';
import { ApiError } from '../../api.js';
import { holdsPersonalData } from '../problem.js';

/** What is stored of something that people write, and the mark by which the server knows it: what replaces it names that. */
export interface Version<Content, Mark> {
  readonly content: Content;
  readonly mark: Mark;
  /** Who stored it, and when (ISO instant); absent where nothing is stored. */
  readonly saved?: { readonly by: PersonRef; readonly at: string };
}

/** What has to be known of a kind of content that is written. */
export interface Kind<Content, Mark> {
  readonly isSame: (one: Content, other: Content) => boolean;
  /** The content as the server stores it: a draft that differs only in the white space around it was stored. */
  readonly tidied: (content: Content) => Content;
  readonly isStorable: (content: Content) => boolean;
  readonly isNewer: (mark: Mark, than: Mark) => boolean;
  /** What somebody else stored meanwhile, as the refusal `text.conflict` names it; undefined where it does not. */
  readonly theirs: (fact: unknown) => Version<Content, Mark> | undefined;
}

/** Something that is being written, and how it stands with the server. */
export interface Writing<Content, Mark> {
  /** What is on the screen. */
  readonly content: Content;
  /** What is known to be stored, as the writer last saw it: that, and nothing newer, is what a save replaces. */
  readonly stored: { readonly mark: Mark; readonly content: Content };
  /**
   * `clean`: all is stored. `dirty`: something is not, and will be sent. `saving`: it is on its way. `failed`: it was
   * refused or got no answer. `conflict`: somebody else stored another version meanwhile, and the person has to choose.
   */
  readonly phase: 'clean' | 'dirty' | 'saving' | 'failed' | 'conflict';
  /** What is on its way, while `saving`. */
  readonly sent?: Content;
  readonly theirs?: Version<Content, Mark>;
  readonly error?: unknown;
  /** A personal identity code was found in it: until it is stored without it, no copy is kept on this device. */
  readonly isWithheld?: boolean;
  /** ISO instant of the last storing by this person in this sitting. */
  readonly savedAt?: string;
  /** Grows when the content was put in from outside, so that an editor shows it anew. */
  readonly epoch: number;
}

export type WritingEvent<Content, Mark> =
  | { readonly type: 'typed'; readonly content: Content }
  | { readonly type: 'sending' }
  | { readonly type: 'saved'; readonly version: Version<Content, Mark> }
  | { readonly type: 'failed'; readonly error: unknown }
  | { readonly type: 'conflict'; readonly theirs: Version<Content, Mark> }
  /** The person chose the content to go on with, having seen `theirs`. */
  | { readonly type: 'resolved'; readonly content: Content }
  /** The person put in another content at once: an older revision, or their own back again. */
  | { readonly type: 'replaced'; readonly content: Content }
  /** What is stored came again: somebody else's edit, a restored revision, an undo. */
  | { readonly type: 'arrived'; readonly version: Version<Content, Mark> };

/** What was left unsaved on this device, and the mark of what it was written over. */
export interface Draft<Content, Mark> {
  readonly content: Content;
  readonly mark: Mark;
}

/** Writing at its start. */
export function startWriting<Content, Mark>(
  kind: Kind<Content, Mark>,
  { mark, content }: Version<Content, Mark>,
  draft?: Draft<Content, Mark>,
): Writing<Content, Mark> {
  const stored = { mark, content };
  if (draft === undefined || kind.isSame(kind.tidied(draft.content), kind.tidied(content)))
    return { content, stored, phase: 'clean', epoch: 0 };
  return { content: draft.content, stored: { mark: draft.mark, content }, phase: 'dirty', epoch: 0 };
}

/** The writing after something happened to it. What is on the screen changes only by the person, or when nothing is unsaved. */
export function write<Content, Mark>(
  kind: Kind<Content, Mark>,
  writing: Writing<Content, Mark>,
  event: WritingEvent<Content, Mark>,
): Writing<Content, Mark> {
  const { sent: _sent, theirs: _theirs, error: _error, ...kept } = writing;
  const phaseOf = (content: Content, stored: Content) => (kind.isSame(content, stored) ? 'clean' : 'dirty');
  switch (event.type) {
    case 'typed': {
      if (writing.phase === 'saving' || writing.phase === 'conflict')
        return { ...writing, content: event.content };
      return { ...kept, content: event.content, phase: phaseOf(event.content, writing.stored.content) };
    }
    case 'sending':
      return writing.phase === 'conflict' ? writing : { ...kept, phase: 'saving', sent: writing.content };
    case 'saved': {
      const content = writing.sent ?? writing.content;
      const { isWithheld: _isWithheld, savedAt: _savedAt, ...free } = kept;
      const at = event.version.saved?.at;
      return {
        ...free,
        stored: { mark: event.version.mark, content },
        phase: phaseOf(content, writing.content),
        ...(at !== undefined && { savedAt: at }),
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
      const { content } = event;
      const stored = { mark: theirs.mark, content: theirs.content };
      return { ...kept, content, stored, phase: phaseOf(content, theirs.content), epoch: writing.epoch + 1 };
    }
    case 'replaced': {
      const { content } = event;
      const phase = phaseOf(content, writing.stored.content);
      return { ...kept, content, phase, epoch: writing.epoch + 1 };
    }
    case 'arrived': {
      const { mark, content } = event.version;
      if (writing.phase !== 'clean' || !kind.isNewer(mark, writing.stored.mark)) return writing;
      return { ...kept, content, stored: { mark, content }, epoch: writing.epoch + 1 };
    }
  }
}

/** Whether there is something that would be lost without the copy on this device. */
export function isUnsaved({ phase }: Pick<Writing<unknown, unknown>, 'phase'>): boolean {
  return phase !== 'clean';
}

/** Stores content over a version and gives what is stored then. @throws ApiError `text.conflict` and others. */
export type Send<Content, Mark> = (
  content: Content,
  over: Mark,
) => Promise<Version<Content, Mark> | undefined>;

/** Something while it is written: its current state, for whoever asks, and one request to store it at a time. */
export interface Writer<Content, Mark> {
  readonly now: () => Writing<Content, Mark>;
  readonly apply: (event: WritingEvent<Content, Mark>) => void;
  /** Stores the content, unless it cannot be stored now; joins a storing that is on its way. */
  readonly save: (send: Send<Content, Mark>) => Promise<void>;
  /** Stores until nothing is unsaved, also what was typed during a storing. False when something remains that could not be stored. */
  readonly settle: (send: Send<Content, Mark>) => Promise<boolean>;
}

/** @param onChange is called after each event that changed something, also when nobody looks at it any more. */
export function createWriter<Content, Mark>(
  kind: Kind<Content, Mark>,
  start: Writing<Content, Mark>,
  onChange: (writing: Writing<Content, Mark>) => void,
): Writer<Content, Mark> {
  let writing = start;
  let flight: Promise<void> | undefined;
  const now = (): Writing<Content, Mark> => writing;
  const apply = (event: WritingEvent<Content, Mark>): void => {
    const next = write(kind, writing, event);
    if (next === writing) return;
    writing = next;
    onChange(writing);
  };
  const fly = async (send: Send<Content, Mark>): Promise<void> => {
    const { content, stored } = writing;
    apply({ type: 'sending' });
    try {
      const version = await send(content, stored.mark);
      if (version === undefined) apply({ type: 'failed', error: new Error('the answer lacks the text') });
      else apply({ type: 'saved', version });
    } catch (error) {
      const isConflict = error instanceof ApiError && error.code === 'text.conflict';
      const theirs = isConflict ? kind.theirs(error.facts['theirs']) : undefined;
      apply(theirs === undefined ? { type: 'failed', error } : { type: 'conflict', theirs });
    } finally {
      flight = undefined;
    }
  };
  const save = (send: Send<Content, Mark>): Promise<void> => {
    if (flight !== undefined) return flight;
    if (!kind.isStorable(writing.content) || writing.phase === 'conflict') return Promise.resolve();
    flight = fly(send);
    return flight;
  };
  const settle = async (send: Send<Content, Mark>): Promise<boolean> => {
    if (flight !== undefined) await flight;
    // Read through a function: the phase changes while the storing is awaited.
    const phase = (): Writing<Content, Mark>['phase'] => now().phase;
    if (phase() === 'failed') await save(send);
    while (phase() === 'dirty' && kind.isStorable(writing.content)) await save(send);
    return phase() === 'clean';
  };
  return { now, apply, save, settle };
}
