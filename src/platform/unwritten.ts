import type { Dispatcher } from 'undici';
import { isNeverConnected } from '../shared/connection-codes.js';

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** A request of which nothing was written: whatever the fault was, nothing can have arrived. */
export class UnwrittenRequest extends Error {
  override readonly name = 'UnwrittenRequest';
  readonly code: string;

  constructor(cause: unknown) {
    super('the connection never stood', { cause });
    this.code = codeOf(cause) ?? (cause instanceof Error ? cause.name : 'unknown');
  }
}

/**
 * Whether a request that failed can't have arrived. Only what may have been accepted by the other side is uncertain;
 * this is the one place that knows the difference.
 */
export function isUnwritten(error: unknown): boolean {
  return error instanceof UnwrittenRequest || isNeverConnected(codeOf(error) ?? '');
}

/** The handler, to which a fault before the first byte is reported as an {@link UnwrittenRequest}. */
export function reportingUnwritten(handler: Dispatcher.DispatchHandlers): Dispatcher.DispatchHandlers {
  let isBegun = false;
  return {
    // undici calls it when the connection stands and the request is about to be written.
    onConnect: (abort) => {
      isBegun = true;
      handler.onConnect?.(abort);
    },
    onError: (error) => {
      handler.onError?.(isBegun ? error : new UnwrittenRequest(error));
    },
    onUpgrade: (...given) => handler.onUpgrade?.(...given),
    onResponseStarted: () => handler.onResponseStarted?.(),
    onHeaders: (...given) => handler.onHeaders?.(...given) ?? true,
    onData: (chunk) => handler.onData?.(chunk) ?? true,
    onComplete: (trailers) => handler.onComplete?.(trailers),
    onBodySent: (size, total) => handler.onBodySent?.(size, total),
  };
}
