import type { Temporal } from 'temporal-polyfill';
import { notifyMany } from '../delivery/notices.js';
import type { PersonActionContext } from '../platform/aggregate.js';
import { today, type Clock } from '../platform/clock.js';
import { closedDaysBetween } from '../platform/holidays.js';
import type { NewsDraft } from './decisions.js';
import type { NewsItem } from './types.js';

/** So many working days before its date, or fewer, an item is urgent. */
const urgentDays = 2;
/** A date so many days ahead can be within them: Christmas and a weekend lie between at most. */
const longestDays = 12;

/** What makes an item urgent, as it is stored: its author said so (`asked`), or the ISO date before which it must not come out. */
type Urgency = string;
const asked: Urgency = 'asked';

/**
 * What makes somebody look at the item at once: its author said so, or it is to come out within two working days. Nothing once
 * it is decided on.
 */
export async function urgencyOf(
  { isUrgent, earliestDate, state }: Pick<NewsItem, 'isUrgent' | 'earliestDate' | 'state'>,
  day: Temporal.PlainDate,
): Promise<Urgency | undefined> {
  if (state.status !== 'submitted' && state.status !== 'inReview') return undefined;
  if (isUrgent === true) return asked;
  if (earliestDate === undefined || earliestDate < day.toString()) return undefined;
  const length = day.until(earliestDate).days;
  if (length > longestDays) return undefined;
  const days = Array.from({ length }, (_, index) => day.add({ days: index + 1 }));
  const weekdays = days.filter(({ dayOfWeek }) => dayOfWeek <= 5);
  if (weekdays.length <= urgentDays) return earliestDate;
  const closed = await closedDaysBetween(day.toString(), earliestDate);
  const working = weekdays.filter((each) => !closed.has(each.toString()));
  return working.length <= urgentDays ? earliestDate : undefined;
}

const isMoreUrgent = (one: Urgency, than: Urgency | undefined): boolean =>
  than === undefined || (than !== asked && (one === asked || one < than));

/**
 * The draft with a message to the coordinators, where its item is more urgent now than they know; the item keeps what they know.
 * An item that is decided on keeps it too: reopened, it is no news to them.
 */
export async function notifyOfUrgency(
  draft: NewsDraft,
  { at, by }: PersonActionContext,
  clock: Clock,
): Promise<NewsDraft> {
  const { state, urgentFor: known, id, author, auditCount } = draft.value;
  if (state.status !== 'submitted' && state.status !== 'inReview') return draft;
  const urgentFor = await urgencyOf(draft.value, today(clock));
  if (urgentFor === known) return draft;
  const { urgentFor: _known, ...item } = draft.value;
  const value = { ...item, ...(urgentFor !== undefined && { urgentFor }) };
  if (urgentFor === undefined || !isMoreUrgent(urgentFor, known)) return { ...draft, value };
  const notice = { about: 'newsUrgent', newsId: id } as const;
  // Each time that it becomes urgent is an event of its own: the same one stored twice is one message.
  const act = `urgent ${String(auditCount)}`;
  const message = notifyMany(notice, 'coordinators', { dueAt: at, by, act }, { silent: [author.id] });
  return { ...draft, value, messages: [...draft.messages, message] };
}
