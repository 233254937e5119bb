import type { Actor } from '../../platform/actor.js';
import { deterministicId } from '../../platform/ids.js';
import { may } from '../../people/permissions.js';
import type { Occurrence } from './occurrence.js';
import type { Series } from '../series/series.js';
import type { OccurrenceView } from '../service.js';

const nowhere = { tenantId: '', userId: '', serviceUrl: '', channelId: '', botId: '' };

/** The series as somebody may see it: addresses of groups and of chats are for those who look after it. */
export function seriesFor({ role }: Actor, series: Series): Series {
  if (may(role, 'session:edit')) return series;
  const channels = series.reminders.channels.map(({ chat, ...channel }) => ({
    ...channel,
    // It tells one channel from another, and leads to none.
    chat: { ...nowhere, conversationId: deterministicId('shown', chat.conversationId) },
  }));
  return { ...series, groups: [], reminders: { ...series.reminders, channels } };
}

/** The occurrence with how many were there, and without who they were and how long they stayed. */
function withoutNames(occurrence: Occurrence): Occurrence {
  const { record } = occurrence;
  if (record?.attendance?.from !== 'meeting') return occurrence;
  return { ...occurrence, record: { ...record, attendance: { ...record.attendance, people: [] } } };
}

/** An occurrence as somebody may see it: who was there is for those who look after the sessions. */
export function occurrenceFor({ role }: Actor, view: OccurrenceView): OccurrenceView {
  return may(role, 'session:edit') ? view : { ...view, occurrence: withoutNames(view.occurrence) };
}
