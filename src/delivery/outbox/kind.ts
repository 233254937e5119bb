import type { z } from 'zod';
import type { Message, Outcome } from './message.js';

/**
 * Declares the payload of a kind's messages, so that the compiler checks the code that writes one. The code that handles
 * the kind out spreads it into its `DeliveryKind`.
 */
export function messageKind<Name extends string, Payload extends object>(
  kind: Name,
  payload: z.ZodType<Payload>,
) {
  return {
    kind,
    payload,
    /** The body of a message of this kind. */
    body: (facts: Payload): { readonly kind: Name } & Payload => ({ kind, ...facts }),
  };
}

/** The payload of a kind's messages, and their whole body, as {@link messageKind} declares it. */
export type PayloadOf<Kind extends { readonly payload: z.ZodType }> = z.output<Kind['payload']>;
export type BodyOf<Kind extends { body(facts: never): unknown }> = ReturnType<Kind['body']>;

/**
 * One kind of message: its payload and how it is handled. A module registers its kinds; the outbox knows none of
 * them by name.
 */
export interface DeliveryKind<Payload = unknown> {
  /** Part of the stored body, and so never changes. */
  readonly kind: string;
  /** The stored body without its kind. A body that it refuses ends as `failed`. */
  readonly payload: z.ZodType<Payload>;
  /**
   * A thrown error counts as `retry`. It bounds its own time, well below the minute that a claim lasts, and answers
   * `uncertain` where the time was up before the other side answered.
   * @param claim is aborted a little before the claim is over: nothing may leave from then on.
   */
  handle(payload: Payload, message: Message, claim?: AbortSignal): Promise<Outcome>;
  /**
   * What to do when an instance died between claim and record: `repeat` where doing it twice is harmless or better than
   * not at all, `ask` where a person must decide.
   */
  readonly afterCrash: 'repeat' | 'ask';
  /**
   * What to do with a message that may have left before the tables were restored: `ask` a person, or `run` where nobody
   * notices a repeat. One that runs looks at `mayHaveLeft` where only a part of it is harmless.
   */
  readonly afterRestore: 'run' | 'ask';
  /** The module that registered it resolves its messages that need attention: the outbox does not let people resolve them. */
  readonly isResolvedElsewhere?: true;
}

/** Handles a message by its kind, which has to know its body. */
export async function handleMessage(
  kind: DeliveryKind,
  message: Message,
  claim?: AbortSignal,
): Promise<Outcome> {
  const { kind: _kind, ...facts } = message.body;
  const payload = kind.payload.safeParse(facts);
  if (!payload.success) return { result: 'failed', reason: refusalOf(payload.error) };
  return kind.handle(payload.data, message, claim);
}

/** Names the first field that was refused, for the log and for whoever looks into it. */
export function refusalOf({ issues }: z.ZodError): string {
  const [issue] = issues;
  return `unreadable ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
}

/** Kinds by their names. @throws Error for a name that two of them have. */
export function kindsByName<Kind extends { readonly kind: string }>(
  kinds: readonly Kind[],
): ReadonlyMap<string, Kind> {
  const byName = new Map(kinds.map((each) => [each.kind, each]));
  if (byName.size !== kinds.length)
    throw new Error(`a kind twice among ${kinds.map(({ kind }) => kind).join(', ')}`);
  return byName;
}
