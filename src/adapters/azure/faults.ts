import { AppError } from '../../platform/errors.js';
import { patienceLeft, waitedInVain } from '../../platform/patience.js';

const maxTries = 4;
const firstWait = 100;

/** Longer than any answer takes that will still come; a round trip is some milliseconds. */
const longestRequestMs = 10_000;

/** How long one request may take: as long as whoever waits for it does. In milliseconds. */
export function requestMs(): number {
  return Math.max(1, Math.ceil(Math.min(longestRequestMs, patienceLeft())));
}

/**
 * Runs one request of the Azure SDK, again after network faults, timeouts, throttling and faults of the service, as long as
 * somebody waits for it.
 * @throws AppError `storage.conflict`, `storage.unavailable` (with the cause), `input.tooLarge`; anything else
 *   is a mistake of ours and is thrown as it came.
 */
export async function retrying<Result>(request: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    if (patienceLeft() <= 0) throw new AppError('storage.unavailable', { code: 'patience' });
    const begun = performance.now();
    try {
      return await request();
    } catch (error) {
      if (!mayPass(error)) throw storageFault(error);
      // Jitter keeps instances that failed together from returning together.
      const wait = firstWait * 2 ** (tries - 1) * (0.5 + Math.random());
      waitedInVain(performance.now() - begun + wait);
      if (tries === maxTries || patienceLeft() <= 0) throw storageFault(error);
      await pause(wait);
    }
  }
}

/** Status and code of an SDK error, where it has them. */
export function statusOf(error: unknown): {
  readonly status: number | undefined;
  readonly code: string | undefined;
} {
  if (!(error instanceof Error)) return { status: undefined, code: undefined };
  const { statusCode, code, details } = error as {
    statusCode?: unknown;
    code?: unknown;
    details?: { odataError?: { code?: unknown }; errorCode?: unknown };
  };
  const name = details?.odataError?.code ?? details?.errorCode ?? code;
  return {
    status: typeof statusCode === 'number' ? statusCode : undefined,
    code: typeof name === 'string' ? name : undefined,
  };
}

/** No token of the managed identity: nothing was asked of the storage, and whoever assigns the identity may be at it. */
const isWithoutToken = (error: unknown): boolean =>
  error instanceof Error &&
  ['CredentialUnavailableError', 'AuthenticationError', 'AggregateAuthenticationError'].includes(error.name);

/** No answer, or an answer that means "try later". */
function mayPass(error: unknown): boolean {
  if (isWithoutToken(error)) return true;
  const { status } = statusOf(error);
  if (status !== undefined) return status === 408 || status === 429 || status >= 500;
  return isSilence(error);
}

/** The network failed or the time was up: nobody knows whether the other side acted. */
function isSilence(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    ['AbortError', 'TimeoutError', 'RestError'].includes(error.name) || statusOf(error).code !== undefined
  );
}

function storageFault(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (isWithoutToken(error))
    return new AppError('storage.unavailable', { code: 'managedIdentity' }, { cause: error });
  const { status, code } = statusOf(error);
  if (status === 413 || code === 'RequestBodyTooLarge' || code === 'EntityTooLarge')
    return new AppError('input.tooLarge', {}, { cause: error });
  if (status === 412 || (status === 409 && code === 'EntityAlreadyExists') || isMissingRow(error))
    return new AppError('storage.conflict', {}, { cause: error });
  if (status === 400 || (status === undefined && !isSilence(error))) return error;
  return new AppError('storage.unavailable', { status, code }, { cause: error });
}

/** A row that is not there; a missing table is another matter. */
export function isMissingRow(error: unknown): boolean {
  const { status, code } = statusOf(error);
  return status === 404 && code !== 'TableNotFound' && code !== 'QueueNotFound';
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
