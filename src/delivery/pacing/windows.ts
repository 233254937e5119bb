/** A limit of Teams for one conversation: so many requests in so many milliseconds. */
export interface Window {
  readonly max: number;
  readonly ms: number;
}

/** What Teams takes from a bot in one conversation (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit). */
export const teamsWindows: readonly Window[] = [
  { max: 7, ms: 1_000 },
  { max: 8, ms: 2_000 },
  { max: 60, ms: 30_000 },
  { max: 1_800, ms: 3_600_000 },
];

export const longestWindow = 3_600_000;
const shortMs = 30_000;

/** What an instance may send into a conversation without telling the others of it. */
const untoldInShort = 1;
const untoldInHour = 25;
/** So many other instances may do so: what is counted together leaves room for them. */
const others = 3;

/** The limits for what the instances count together. */
export const sharedWindows: readonly Window[] = teamsWindows.map(({ max, ms }) => ({
  max: max - others * (ms > shortMs ? untoldInHour : untoldInShort),
  ms,
}));

/** How many of these moments (in order) lie within a window that ends now. */
function within(stamps: readonly number[], ms: number, now: number): number {
  let count = 0;
  for (let index = stamps.length - 1; index >= 0 && (stamps[index] ?? 0) > now - ms; index -= 1) count += 1;
  return count;
}

/** Milliseconds until one more fits into every window; 0 where it fits now. */
export function waitFor(stamps: readonly number[], now: number, windows: readonly Window[]): number {
  const waits = windows.map(({ max, ms }) => {
    const leaves = within(stamps, ms, now) < max ? undefined : stamps[stamps.length - max];
    return leaves === undefined ? 0 : leaves + ms - now;
  });
  return Math.max(0, ...waits);
}

/** Whether so much leaves into a conversation that the instances must count it together. */
export function isBusy(stamps: readonly number[], now: number): boolean {
  return stamps.length > untoldInHour || within(stamps, shortMs, now) > untoldInShort;
}
