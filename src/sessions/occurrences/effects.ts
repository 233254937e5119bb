import { Temporal } from 'temporal-polyfill';
import { deterministicId, type MessageId, type OccurrenceId, type SeriesId } from '../../platform/ids.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { SendContent } from '../../delivery/fan-out/fan-out.js';
import { sendMessage } from '../../delivery/fan-out/message.js';
import type { Occurrence, Standing } from './occurrence.js';
import type { Series } from '../series/series.js';

/** A change of a session that is farther away is in the calendar in time; a nearer one is told. In days. */
const shortNotice = 14;

/**
 * Asks to bring what is planned for a series in step with what stands.
 * @param occasion tells one change from another.
 * @param dueAt ISO instant.
 */
export function planMessage(seriesId: SeriesId, actionContext: readonly string[], dueAt: string): NewMessage {
  const id = deterministicId<MessageId>('sessionPlan', seriesId, ...actionContext);
  return { id, dueAt, body: { kind: 'sessionPlan', seriesId } };
}

/** Asks the calendar outside to follow the series. `actionContext` as for {@link planMessage}. */
export function calendarMessage(
  seriesId: SeriesId,
  actionContext: readonly string[],
  dueAt: string,
): NewMessage {
  const id = deterministicId<MessageId>('calendar', seriesId, ...actionContext);
  return { id, dueAt, body: { kind: 'calendar', seriesId } };
}

/**
 * What leaves when those who are invited see something else than before: the calendar follows, and contacts get the
 * series anew by mail, unless they learn of it otherwise.
 */
export function invitationMessages(series: Series, isMailed: boolean, dueAt: string): NewMessage[] {
  const { id, sequence } = series;
  const content = { kind: 'invitation', seriesId: id, sequence } as const;
  return [
    calendarMessage(id, [`sequence ${sequence}`], dueAt),
    ...(isMailed ? [sendMessage(content, dueAt)] : []),
  ];
}

type ChangeContent = Extract<SendContent, { kind: 'change' }>;

export function standingOf({ start, state }: Pick<Occurrence, 'start' | 'state'>): Standing {
  return { start, takesPlace: state.status !== 'cancelled' };
}

function changeOf(id: OccurrenceId, before: Standing, after: Standing): ChangeContent | undefined {
  const content = (change: ChangeContent['change']): ChangeContent => ({
    kind: 'change',
    change,
    occurrenceId: id,
    start: after.start,
    was: before.start,
  });
  if (before.takesPlace !== after.takesPlace) return content(after.takesPlace ? 'restored' : 'cancelled');
  return after.takesPlace && before.start !== after.start ? content('moved') : undefined;
}

interface Telling {
  /** ISO instants: when it happens, and when it is told. */
  readonly at: string;
  readonly dueAt: string;
  readonly sequence: number;
  /** An invitation leaves with it, from which contacts learn of it. */
  readonly isInvited?: true;
}

/** What those who were going to come are told of a change at short notice: nothing, or one message. */
export function changeMessages(
  id: OccurrenceId,
  before: Standing,
  after: Standing,
  { at, dueAt, sequence, isInvited }: Telling,
): NewMessage[] {
  const now = Temporal.Instant.from(at);
  const isSoon = (start: string): boolean => {
    const days = now.until(start).total('days');
    return days > 0 && days <= shortNotice;
  };
  const content = changeOf(id, before, after);
  if (content === undefined || !(isSoon(before.start) || isSoon(after.start))) return [];
  const told = isInvited ? { ...content, isInvited } : content;
  return [sendMessage(told, dueAt, `sequence ${sequence}`)];
}
