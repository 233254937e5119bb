import { mergedWith, type Seen } from '../platform/seen.js';
import type { Programme } from '../people/person.js';
import { parseDetails } from './input.js';
import { audiences, channels, type NewsDetails, type NewsItem } from './types.js';

const inAnyOrder = (values: readonly string[]): string => [...values].sort().join(' ');

/** The order in which audiences and channels were ticked does not count. */
export function isSameDetails(one: NewsDetails, other: NewsDetails): boolean {
  return (
    one.projectId === other.projectId &&
    one.link === other.link &&
    one.earliestDate === other.earliestDate &&
    inAnyOrder(one.audiences) === inAnyOrder(other.audiences) &&
    inAnyOrder(one.wishedChannels) === inAnyOrder(other.wishedChannels)
  );
}

/** Whether readers see other details: the rest is for those who choose where an item goes, and when. */
export function isShownOtherwise(one: NewsDetails, other: NewsDetails): boolean {
  return one.projectId !== other.projectId || one.link !== other.link;
}

/** The details as their form has them: what is not there is `null`. */
export function shownDetails(details: NewsDetails): Readonly<Record<string, unknown>> {
  const { projectId, audiences, wishedChannels, link = null, earliestDate = null } = details;
  return { projectId, audiences, wishedChannels, link, earliestDate };
}

const offered: readonly unknown[] = [...audiences, ...channels];

/** The same with the choices in the order in which they are offered: clients need not send them so. */
function inOfferedOrder(details: Seen): Seen {
  const sorted = (choices: readonly unknown[]) =>
    [...choices].sort((one, other) => offered.indexOf(one) - offered.indexOf(other));
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, Array.isArray(value) ? sorted(value) : value]),
  );
}

/** The details of a form over those that an item has by now. @throws AppError `edit.conflict`. */
export function mergedDetails(
  item: NewsItem,
  sent: NewsDetails,
  { seen, programme }: { readonly seen: Seen | undefined; readonly programme: Programme },
): NewsDetails {
  if (seen === undefined) return sent;
  const mine = inOfferedOrder(shownDetails(sent));
  const current = inOfferedOrder(shownDetails(item));
  return parseDetails(mergedWith(inOfferedOrder(seen), mine, current), programme);
}

/** The item with these details and no others. */
export function withDetails(
  { link: _link, earliestDate: _date, ...item }: NewsItem,
  details: NewsDetails,
): NewsItem {
  return { ...item, ...details };
}

/** The item marked as urgent, or not any more. */
export function withUrgency({ isUrgent: _isUrgent, ...item }: NewsItem, isUrgent: boolean): NewsItem {
  return { ...item, ...(isUrgent && { isUrgent }) };
}
