import type { SubscriptionKind } from '../../audience/subscriptions.js';
import type { SeriesStore } from '../series/store.js';
import { sessionFanOut } from '../fan-outs.js';

/** Contacts subscribe to a series; who is new in one that is open to them is sent its invitation. */
export function seriesSubscriptions(store: Pick<SeriesStore, 'allSeries'>): SubscriptionKind {
  return {
    all: async () =>
      (await store.allSeries()).map(({ value: { id: seriesId, sequence, state, isOpenToContacts } }) => ({
        id: seriesId,
        welcome: (contactId, { at, dueAt }) =>
          isOpenToContacts && state.status === 'active'
            ? [sessionFanOut({ kind: 'invitation', seriesId, sequence, contactId }, dueAt, at)]
            : [],
      })),
  };
}
