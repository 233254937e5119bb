import type { Actor } from '../../platform/actor.js';
import { deterministicId } from '../../platform/ids.js';
import { may } from '../../people/permissions.js';
import type { Series } from './series.js';

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
