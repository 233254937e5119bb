import type { SubscriptionKind } from '../../audience/contact.js';
import { fanOutMessage } from '../../delivery/fan-out/message.js';
import type { SeriesStore } from '../series/store.js';

/** Contacts subscribe to a series; who is new in one that is open to them is sent its invitation. */
export function seriesSubscriptions(store: Pick<SeriesStore, 'allSeries'>): SubscriptionKind {
  return {
    all: async () =>
      (await store.allSeries()).map(({ value: { id: seriesId, sequence, state, isOpenToContacts } }) => ({
        id: seriesId,
        welcome: (contactId, { at, dueAt }) =>
          isOpenToContacts && state.status === 'active'
            ? [fanOutMessage({ kind: 'invitation', seriesId, sequence, contactId }, dueAt, at)]
            : [],
      })),
  };
}
