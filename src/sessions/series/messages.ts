import { deterministicId, type MessageId, type SeriesId } from '../../platform/ids.js';
import type { NewMessage } from '../../delivery/outbox/message.js';
import type { Series } from './series.js';
import { calendarRequest, planRequest } from '../messages.js';
import { sessionFanOut } from '../fan-outs.js';

/**
 * Asks to bring what is planned for a series in step with what is stored.
 * @param cause tells one change from another.
 * @param dueAt ISO instant.
 */
export function planMessage(seriesId: SeriesId, cause: readonly string[], dueAt: string): NewMessage {
  const id = deterministicId<MessageId>('sessionPlan', seriesId, ...cause);
  return { id, dueAt, body: planRequest.body({ seriesId }) };
}

/** Asks to sync the calendar outside with the series. `cause` as for {@link planMessage}. */
export function calendarMessage(seriesId: SeriesId, cause: readonly string[], dueAt: string): NewMessage {
  const id = deterministicId<MessageId>('calendar', seriesId, ...cause);
  return { id, dueAt, body: calendarRequest.body({ seriesId }) };
}

/**
 * What leaves when those who are invited see something else than before: the calendar is synced, and contacts get the
 * series anew by mail, unless they learn of it otherwise.
 */
export function invitationMessages(series: Series, isMailed: boolean, dueAt: string): NewMessage[] {
  const { id, sequence } = series;
  const content = { kind: 'invitation', seriesId: id, sequence } as const;
  return [
    calendarMessage(id, [`sequence ${sequence}`], dueAt),
    ...(isMailed ? [sessionFanOut(content, dueAt)] : []),
  ];
}
