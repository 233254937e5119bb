import { inNameOf, refOf, representedBy, type Actor, type PersonRef } from './actor.js';
import type { Clock } from './clock.js';
import { whileConflicting, type Change } from './commit.js';
import { actedInName, type ActedInName } from './in-name.js';
import { AppError, isAppError } from './errors.js';
import { undoDays } from './retention.js';

/** Who acts and when. Instants are ISO text. */
export interface ActionContext {
  readonly at: string;
  /** Absent where Big Room acts by itself. */
  readonly by?: PersonRef;
  /** When others may be notified of it: until then an undo holds it back. */
  readonly dueAt: string;
}

/** As {@link ActionContext}, with a person. */
export type PersonActionContext = Required<ActionContext>;

/** The context of what this actor does; with a person in it where the actor is one. */
type ContextOf<Who extends Actor | ActionContext | undefined> = Who extends Actor
  ? PersonActionContext
  : ActionContext;

/** One entry of an audit trail. `before` is what an undo brings back; without it there is no undo. */
export interface AuditEntry<Event, Before = never> {
  /** 1 for the first; the newest has the number `auditCount` of its aggregate. */
  readonly number: number;
  /** ISO instant; of the last time where it happened several times in a row. */
  readonly at: string;
  /** The first time, where it happened several times in a row. */
  readonly since?: string;
  readonly by?: PersonRef;
  readonly event: Event;
  readonly before?: Before;
}

/** What has an audit trail. */
interface Audited {
  readonly auditCount: number;
}

/** The next version of a value: as it will be, and all that is stored and sent with it. */
export interface Draft<Value extends Audited, Event, Before, Message> {
  readonly value: Value;
  readonly audit: readonly AuditEntry<Event, Before>[];
  readonly changes: readonly Change[];
  readonly messages: readonly Message[];
}

/** Where messages go that are stored with a change; the outbox. */
export interface MessagePort<Message> {
  commit(changes: readonly Change[], messages?: readonly Message[]): Promise<void>;
  /** The changes that cancel a message which has not left. @throws AppError `outbox.tooLate`. */
  cancel(id: string): Promise<Change[]>;
}

/** The context as the decision was signed: perhaps in somebody's name. */
const signedAs = (by: PersonRef | undefined, context: ActionContext): ActionContext =>
  by?.for === undefined || by.id !== context.by?.id ? context : { ...context, by };

/** What keeps that somebody acted in another's name, for whoever comes back to it. */
function inNameChanges(
  about: Pick<ActedInName, 'noun' | 'id'> | undefined,
  { at, by }: ActionContext,
): Change[] {
  if (about === undefined || by?.for === undefined) return [];
  return [actedInName(by.for.id, { at, by: { id: by.id, name: by.name }, ...about })];
}

/** How one kind of aggregate is read and written. */
export interface AggregateKind<Id, Found, Value extends Audited, Event, Before, Message> {
  /** @throws AppError with its own code where there is none. */
  readonly read: (id: Id) => Promise<Found>;
  readonly valueOf: (found: Found) => Value;
  /** What was changed: so the person is notified of it in whose name it was. Nothing of it is kept without this. */
  readonly aboutOf?: (found: Found) => Pick<ActedInName, 'noun' | 'id'>;
  /** All rows of the value, conditional on the version that was read, with its audit entries and what follows from it. */
  readonly write: (
    found: Found,
    draft: Draft<Value, Event, Before, Message>,
    context: ActionContext,
  ) =>
    | Pick<Draft<Value, Event, Before, Message>, 'value' | 'changes' | 'messages'>
    | Promise<Pick<Draft<Value, Event, Before, Message>, 'value' | 'changes' | 'messages'>>;
  /** The audit entry with this number, with what an undo needs. */
  readonly auditEntry: (
    id: Id,
    number: number,
    found: Found,
  ) => Promise<AuditEntry<Event, Before> | undefined>;
}

interface Deps<Message> {
  readonly outbox: MessagePort<Message>;
  readonly clock: Clock;
  /** How long a notification waits, so that an undo can hold it back. */
  readonly undoSeconds: number;
}

/** What came of a change. `undo` is the audit number to give to undo; absent where there is no undo. */
export interface Changed<Value> {
  readonly value: Value;
  /** Whether anything was stored. */
  readonly isChanged: boolean;
  readonly undo?: number;
}

export function actionContextOf(
  { clock, undoSeconds }: Pick<Deps<never>, 'clock' | 'undoSeconds'>,
  actor: Actor,
): PersonActionContext;
export function actionContextOf(
  deps: Pick<Deps<never>, 'clock' | 'undoSeconds'>,
  actor?: Actor,
): ActionContext;
export function actionContextOf(
  { clock, undoSeconds }: Pick<Deps<never>, 'clock' | 'undoSeconds'>,
  actor?: Actor,
): ActionContext {
  const now = clock.now();
  const dueAt = now.add({ seconds: undoSeconds }).toString();
  return { at: now.toString(), dueAt, ...(actor && { by: refOf(actor) }) };
}

/** A draft in which nothing has happened yet. Given back as it is, it stores nothing. */
export function draftOf<Value extends Audited>(value: Value): Draft<Value, never, never, never> {
  return { value, audit: [], changes: [], messages: [] };
}

/** The same action, signed by the actor as a policy says: perhaps in somebody's name. */
export const signedBy = (context: PersonActionContext, actor: Actor): PersonActionContext => ({
  ...context,
  by: refOf(actor),
});

/** The draft with one more entry in its audit trail; `before` makes it undoable. */
export function record<Value extends Audited, Event, Before, Message>(
  draft: Draft<Value, Event, Before, Message>,
  { at, by }: ActionContext,
  event: Event,
  before?: Before,
): Draft<Value, Event, Before, Message> {
  const number = draft.value.auditCount + 1;
  const entry: AuditEntry<Event, Before> = {
    number,
    at,
    ...(by && { by }),
    event,
    ...(before !== undefined && { before }),
  };
  return { ...draft, value: { ...draft.value, auditCount: number }, audit: [...draft.audit, entry] };
}

/** A break after which the same person's next edit has an entry of its own. In milliseconds. */
const maxBreak = 60 * 60_000;

/**
 * As {@link record}, for what a person does many times in a row, such as typing a text that is saved by itself: an entry that
 * only goes on from the newest one takes its place, so that the trail stays readable.
 * @param newest the newest entry of the trail.
 * @param isSame whether that event is the same kind of thing.
 * @param before makes it undoable: one that goes on from another is undone together with it.
 */
export function recordRepeated<Value extends Audited, Event, Before, Message>(
  draft: Draft<Value, Event, Before, Message>,
  context: PersonActionContext,
  event: Event,
  newest: AuditEntry<Event, Before> | undefined,
  isSame: (last: Event) => boolean,
  before?: Before,
): Draft<Value, Event, Before, Message> {
  const goesOn =
    newest !== undefined &&
    newest.number === draft.value.auditCount &&
    draft.audit.length === 0 &&
    newest.by?.id === context.by.id &&
    newest.by.for?.id === context.by.for?.id &&
    isSame(newest.event) &&
    Date.parse(context.at) - Date.parse(newest.at) <= maxBreak;
  if (!goesOn) return record(draft, context, event, before);
  const entry = { ...newest, at: context.at, since: newest.since ?? newest.at, event };
  return { ...draft, audit: [entry] };
}

/**
 * The changes that cancel messages of an action that is undone.
 * @throws AppError `undo.tooLate` when one of them has left.
 */
export async function cancelForUndo(
  outbox: Pick<MessagePort<never>, 'cancel'>,
  id: string,
  messages: readonly string[],
): Promise<Change[]> {
  try {
    return (await Promise.all(messages.map((message) => outbox.cancel(message)))).flat();
  } catch (error) {
    if (isAppError(error, 'outbox.tooLate')) throw new AppError('undo.tooLate', { id }, { cause: error });
    throw error;
  }
}

/** Whether what an action sent may have been pruned, so that nobody could see whether it has left. Both are ISO instants. */
function isTooOld(at: string, now: string): boolean {
  return Date.parse(now) - Date.parse(at) > undoDays * 86_400_000;
}

/**
 * The one engine for change: reads an aggregate, lets the caller decide, stores the decision with its audit entries and
 * messages in one transaction, and reads and decides again when somebody else was faster.
 */
export function aggregate<Id extends string, Found, Value extends Audited, Event, Before, Message>(
  kind: AggregateKind<Id, Found, Value, Event, Before, Message>,
  deps: Deps<Message>,
) {
  type Decided = Draft<Value, Event, Before, Message>;
  type Decide<Context> = (
    found: Found,
    context: Context,
  ) => Decided | undefined | Promise<Decided | undefined>;

  /**
   * Changes the aggregate with this id, or the one that `id` reads where the id is not known before. A decision that
   * leaves the value as it is (nothing, or the draft of it) stores nothing.
   * @param who the person who acts; an action context where the caller has one; nobody where Big Room acts by itself.
   */
  async function change<Who extends Actor | ActionContext | undefined>(
    id: Id | (() => Promise<Found>),
    who: Who,
    decide: Decide<ContextOf<Who>>,
  ): Promise<Changed<Value>> {
    const read = typeof id === 'function' ? id : () => kind.read(id);
    return whileConflicting(async () => {
      const found = await read();
      const given = who !== undefined && 'dueAt' in who ? who : actionContextOf(deps, who);
      const context = given as ContextOf<Who>;
      const draft = await decide(found, context);
      const current = kind.valueOf(found);
      if (draft === undefined || draft.value === current) return { value: current, isChanged: false };
      const signed = signedAs(draft.audit.at(-1)?.by, context);
      const { value, changes, messages } = await kind.write(found, draft, signed);
      await deps.outbox.commit([...changes, ...inNameChanges(kind.aboutOf?.(found), signed)], messages);
      const last = draft.audit.at(-1);
      return { value, isChanged: true, ...(last?.before !== undefined && { undo: last.number }) };
    });
  }

  /**
   * Takes back the actor's own last action, while nothing else has happened since.
   * @throws AppError `undo.tooLate`, `undo.tooOld` (after `undoDays`).
   */
  async function undo(
    id: Id,
    actor: Actor,
    number: number,
    restore: (
      found: Found,
      entry: AuditEntry<Event, Before> & { readonly before: Before },
      context: PersonActionContext,
    ) => Decided | Promise<Decided>,
  ): Promise<Changed<Value>> {
    return change(id, actor, async (found, context) => {
      const isNewest = kind.valueOf(found).auditCount === number;
      const entry = isNewest ? await kind.auditEntry(id, number, found) : undefined;
      if (entry?.before === undefined || entry.by?.id !== actor.id)
        throw new AppError('undo.tooLate', { id });
      const { for: absent } = entry.by;
      // Whose rights it took is somebody for whom the actor acts no more.
      if (absent !== undefined && representedBy(actor, absent.id) === undefined)
        throw new AppError('undo.tooLate', { id });
      if (isTooOld(entry.at, context.at)) throw new AppError('undo.tooOld', { id, at: entry.at });
      const signed = absent === undefined ? context : signedBy(context, inNameOf(actor, absent));
      return restore(found, { ...entry, before: entry.before }, signed);
    });
  }

  return { change, undo };
}
