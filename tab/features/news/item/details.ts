import type { Fields } from '../../../../src/shared/merge.js';
import type { Audience, Channel, NewsItem } from '../../../../src/news/types.js';

/** An item's background while it is being corrected; empty text where there is nothing. */
export interface DetailsDraft {
  readonly projectId: string;
  readonly audiences: readonly Audience[];
  readonly wishedChannels: readonly Channel[];
  readonly link: string;
  /** ISO date. */
  readonly earliestDate: string;
}

export function draftOf(item: NewsItem): DetailsDraft {
  const { projectId, audiences, wishedChannels, link = '', earliestDate = '' } = item;
  return { projectId, audiences, wishedChannels, link, earliestDate };
}

/** The body of PUT .../details: all of the background, without what was left empty. */
export function bodyOf({ link, earliestDate, ...rest }: DetailsDraft): Record<string, unknown> {
  return {
    ...rest,
    ...(link.trim() !== '' && { link: link.trim() }),
    ...(earliestDate !== '' && { earliestDate }),
  };
}

/** What the form of an item's background is filled with, as the body of a change has it. */
export function seenOf({ link, earliestDate, ...rest }: DetailsDraft): Fields {
  return {
    ...rest,
    link: link === '' ? null : link,
    earliestDate: earliestDate === '' ? null : earliestDate,
  };
}

/** The choices with one more or one less, in the order in which they are offered. */
export function toggled<Choice>(
  offered: readonly Choice[],
  chosen: readonly Choice[],
  choice: Choice,
): Choice[] {
  return offered.filter((one) => (one === choice ? !chosen.includes(one) : chosen.includes(one)));
}
