/**
 * How much the tests that could go on for hours do. `npm test` takes a short form of each, the same every time;
 * `npm run test:long` takes all of it.
 */
export const isLong = process.env.BIG_ROOM_LONG === '1';

/** A number of rounds, people or moments: the first in the short form, the second in the long one. */
export const short = (few: number, { long }: { readonly long: number }): number => (isLong ? long : few);

/** All of these in the long form, in the short one every so manieth, the first and the last among them. */
export function sampled<Item>(all: readonly Item[], { every }: { readonly every: number }): readonly Item[] {
  return isLong ? all : all.filter((_, index) => index % every === 0 || index === all.length - 1);
}
