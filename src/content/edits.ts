import {
  record,
  recordRepeated,
  type AuditEntry,
  type Draft,
  type PersonActionContext,
} from '../platform/aggregate.js';
import type { PersonRef } from '../platform/actor.js';
import { AppError } from '../platform/errors.js';
import { languages, type Language } from '../shared/languages.js';
import type { TextHistory } from './history.js';
import {
  isSameText,
  isWhole,
  markReady,
  revisionOf,
  reviseText,
  textStatus,
  type TextContent,
  type Texts,
} from './text.js';

/** What was done to a text, as an audit trail has it. */
export type TextEvent =
  | { readonly action: 'edit' | 'check' | 'ready'; readonly language: Language; readonly revision: number }
  | { readonly action: 'parkText'; readonly language: Language; readonly basedOn: number };

/** A text as its writer sent it, and the revision over which it was written (0 where there was none). */
export interface TextEdit {
  readonly language: Language;
  readonly text: TextContent;
  readonly basedOn: number;
}

/** What has texts in several languages, with a history. */
interface Written {
  readonly id: string;
  readonly texts: Texts;
  readonly auditCount: number;
}

/** What an edit is to the texts as they are: nothing new, late (another revision was saved meanwhile), or a new revision. */
export function editStatus(texts: Texts, { language, text, basedOn }: TextEdit): 'same' | 'late' | 'new' {
  const current = texts[language];
  if (current !== undefined && isSameText(current, text)) return 'same';
  return (current?.revision ?? 0) === basedOn ? 'new' : 'late';
}

/** The revisions that somebody had before them; a language without a text has none. */
export type SeenRevisions = { readonly [Each in Language]?: number | undefined };

/**
 * Nobody approves, or finds in step, what they have not seen.
 * @param seen left out by callers without a screen.
 * @throws AppError `text.conflict` with `{ revisions }`, those of each language that are current.
 */
export function requireSeenRevisions(
  { id, texts }: Pick<Written, 'id' | 'texts'>,
  seen: SeenRevisions | undefined,
  among: readonly Language[] = languages,
): void {
  if (seen === undefined) return;
  const revisions = Object.fromEntries(among.map((language) => [language, texts[language]?.revision ?? 0]));
  if (among.some((language) => revisions[language] !== (seen[language] ?? 0)))
    throw new AppError('text.conflict', { id, revisions });
}

/**
 * The draft with the next revision of one text, recorded as an edit, or as another `event`, such as a text
 * that was taken from elsewhere.
 * @param options.newest the newest entry of the audit trail, where an edit may go on from it; see `recordRepeated`.
 */
export function saveText<Value extends Written, Event, Before, Message>(
  draft: Draft<Value, Event, Before, Message>,
  { language, text: content }: Pick<TextEdit, 'language' | 'text'>,
  context: PersonActionContext,
  history: Pick<TextHistory<Value['id']>, 'insert'>,
  {
    event = (edited) => ({ action: 'edit', ...edited }),
    newest,
  }: {
    readonly event?: (edited: { language: Language; revision: number }) => Event | TextEvent;
    readonly newest?: AuditEntry<Event | TextEvent, Before> | undefined;
  } = {},
): Draft<Value, Event | TextEvent, Before, Message> {
  const { texts, text } = reviseText(draft.value.texts, language, content, context.by, context.at);
  const edited: Draft<Value, Event | TextEvent, Before, Message> = {
    ...draft,
    value: { ...draft.value, texts },
  };
  const saved = recordRepeated<Value, Event | TextEvent, Before, Message>(
    edited,
    context,
    event({ language, revision: text.revision }),
    newest,
    (last) => isEditOf(last, language),
  );
  return withRevision(
    saved,
    history.insert(saved.value.id, revisionOf(language, text), saved.value.auditCount),
  );
}

/** Whether an event is an edit of a text in this language. */
function isEditOf(event: unknown, language: Language): boolean {
  const edit = event as { readonly action?: string; readonly language?: Language };
  return edit.action === 'edit' && edit.language === language;
}

/** The draft that keeps a late edit in the history, beside the text that was saved before it. Call {@link assertNotParked} once it is stored. */
export function parkText<Value extends Written, Event, Before, Message>(
  draft: Draft<Value, Event, Before, Message>,
  { language, text: { title, lead, body }, basedOn }: TextEdit,
  context: PersonActionContext,
  history: Pick<TextHistory<Value['id']>, 'insert'>,
): Draft<Value, Event | TextEvent, Before, Message> {
  const { by, at } = context;
  const event: TextEvent = { action: 'parkText', language, basedOn };
  const recorded = record<Value, Event | TextEvent, Before, Message>(draft, context, event);
  const parked = { language, revision: basedOn + 1, by, at, parked: true, title, lead, body } as const;
  return withRevision(recorded, history.insert(recorded.value.id, parked, recorded.value.auditCount));
}

function withRevision<D extends Draft<Written, unknown, unknown, unknown>>(
  draft: D,
  change: D['changes'][number],
): D {
  return { ...draft, changes: [...draft.changes, change] };
}

/**
 * The error for the writer of an edit that was parked; give it what was stored.
 * @throws AppError `text.conflict` with `theirs` (the current text) and `parked` (the audit number).
 */
export function assertNotParked({ texts, auditCount }: Written, { language, text }: TextEdit): void {
  const theirs = texts[language];
  if (theirs === undefined || !isSameText(theirs, text))
    throw new AppError('text.conflict', { theirs, parked: auditCount });
}

/** Within how long after its last save a text counts as being written. In milliseconds. */
const typingTime = 30_000;

/** Who saved a text within the last seconds, beside the actor. */
export interface Writing {
  readonly language: Language;
  readonly by: PersonRef;
  /** ISO instant. */
  readonly at: string;
}

/** Somebody else who is in the middle of writing, at the instant `at`; `undefined` where nobody is. */
export function whoIsWriting(
  texts: Texts,
  { by, at }: Pick<PersonActionContext, 'by' | 'at'>,
): Writing | undefined {
  const now = Date.parse(at);
  for (const language of languages) {
    const text = texts[language];
    if (text === undefined || text.ready === text.revision || text.by.id === by.id) continue;
    if (now - Date.parse(text.at) < typingTime) return { language, by: text.by, at: text.at };
  }
  return undefined;
}

/**
 * Nobody approves a sentence that somebody else is in the middle of, unless they say that they want to.
 * @throws AppError `text.beingWritten` with the {@link Writing}.
 */
export function requireNobodyWrites(
  { id, texts }: Pick<Written, 'id' | 'texts'>,
  context: Pick<PersonActionContext, 'by' | 'at'>,
  { although }: { readonly although: boolean | undefined },
): void {
  const writing = although === true ? undefined : whoIsWriting(texts, context);
  if (writing !== undefined)
    throw new AppError('text.beingWritten', { id, ...writing, who: writing.by.name });
}

/**
 * The draft after somebody said that a language is ready, having looked at it beside the others; as it is where that was known.
 * @throws AppError `text.missing` where there is none, or no body yet.
 */
export function readyText<Value extends Written, Event, Before, Message>(
  draft: Draft<Value, Event, Before, Message>,
  language: Language,
  context: PersonActionContext,
): Draft<Value, Event | TextEvent, Before, Message> {
  const { texts } = draft.value;
  const text = texts[language];
  if (text === undefined || !isWhole(text)) throw new AppError('text.missing', { language });
  if (text.ready === text.revision && (language === 'en' || textStatus(texts, language) === 'ready'))
    return draft;
  const ready: Draft<Value, Event | TextEvent, Before, Message> = {
    ...draft,
    value: { ...draft.value, texts: markReady(texts, language) },
  };
  return record(ready, context, { action: 'ready', language, revision: text.revision });
}
