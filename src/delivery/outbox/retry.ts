/** Attempts in all; with the waits between them a message is tried for about two hours and a half. */
export const maxAttempts = 8;

const firstWait = 5;
const growth = 4;
const longestWait = 3_600;
const longestAsked = 86_400;

/**
 * Seconds to wait after so many attempts: 5, 20, 80, 320, 1280, then an hour, each shortened at random by up to half,
 * so that messages which failed together don't return together. Where the other side named a time it is never
 * shortened but lengthened by up to a tenth, and counts for at most a day.
 * @param random a number from 0 up to 1
 */
export function retryWait(attempts: number, askedSeconds: number | undefined, random: number): number {
  if (askedSeconds !== undefined)
    return Math.min(Math.max(askedSeconds, 1), longestAsked) * (1 + random / 10);
  const wait = Math.min(firstWait * growth ** Math.max(0, attempts - 1), longestWait);
  return wait * (1 - random / 2);
}
