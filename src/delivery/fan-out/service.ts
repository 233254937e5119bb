import type { Actor } from '../../platform/actor.js';
import type { Page } from '../../platform/pages.js';
import type { SendId } from '../../platform/ids.js';
import type { RecipientLine, RecipientState, Send } from './fan-out.js';

/** A send with its pace, as somebody who watches it sees it. */
export interface SendView extends Send {
  /** Recipients settled in a second, over the last half minute or so. */
  readonly rate: number;
  /** Estimate in seconds; absent where nothing moves. */
  readonly secondsLeft?: number;
  /** It ended so long ago that its recipients are erased. */
  readonly isForgotten?: true;
  /** Counted reasons of what did not arrive, most frequent first. */
  readonly reasons: readonly {
    readonly status: RecipientState['status'];
    readonly reason: string;
    readonly count: number;
  }[];
}

/** The large sends of the programme. All throw AppError `permission.denied`, `send.notFound`, `send.moveNotAllowed`. */
export interface SendService {
  /** Newest first, 20 a page. */
  list(actor: Actor, after?: string): Promise<Page<Send>>;
  get(actor: Actor, id: SendId): Promise<SendView>;
  /** Recipients, 100 a page; only those in a state where it is given. */
  recipients(
    actor: Actor,
    id: SendId,
    is?: RecipientState['status'],
    after?: string,
  ): Promise<Page<RecipientLine>>;
  /** Takes effect within a second or two; what is on its way by then arrives. */
  pause(actor: Actor, id: SendId): Promise<SendView>;
  resume(actor: Actor, id: SendId): Promise<SendView>;
  /** The rest will not be sent. */
  cancel(actor: Actor, id: SendId): Promise<SendView>;
  /** Those that failed or are uncertain are sent once more. */
  again(actor: Actor, id: SendId, is: 'failed' | 'uncertain'): Promise<SendView>;
}
