import type { Outcome } from '../outbox/message.js';
import type { ChunkProgress } from './progress.js';

/** Attempts in all; with the waits between them a recipient is tried for more than an hour. */
const maxAttempts = 8;
const firstWait = 1_000;
const growth = 4;
const longestWait = 3_600_000;
const longestAsked = 86_400_000;

/**
 * Milliseconds to wait after so many attempts: 1 s, 4 s, 16 s ... an hour, each shortened at random by up to half. Where
 * the other side named a time it is never shortened but lengthened by up to a tenth, and counts for at most a day.
 * @param random a number from 0 up to 1
 */
export function waitAfter(attempts: number, askedSeconds: number | undefined, random: number): number {
  if (askedSeconds !== undefined) return Math.min(askedSeconds * 1_000, longestAsked) * (1 + random / 10);
  return Math.min(firstWait * growth ** Math.max(0, attempts - 1), longestWait) * (1 - random / 2);
}

/** Puts what came of one attempt in the progress. @param now milliseconds since 1970 @param random from 0 up to 1 */
export function put(
  chunkProgress: ChunkProgress,
  index: number,
  outcome: Outcome,
  now: number,
  random: number,
): void {
  const attempts = chunkProgress.attempts(index) + 1;
  if (outcome.result === 'sent') chunkProgress.end(index, 'sent', now);
  else if (outcome.result !== 'retry') chunkProgress.end(index, outcome.result, now, outcome.reason);
  else if (attempts >= maxAttempts) chunkProgress.end(index, 'failed', now, outcome.reason);
  else {
    const { afterSeconds, at, reason } = outcome;
    const retryAt = at === undefined ? now + waitAfter(attempts, afterSeconds, random) : Date.parse(at);
    chunkProgress.wait(index, { attempts, retryAt: Math.ceil(retryAt), reason });
  }
}
