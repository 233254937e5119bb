import type { Module } from '../../module.js';
import { may } from '../../people/permissions.js';
import type { Outbox } from './outbox.js';
import { outboxRoutes } from './routes.js';
import { outboxAttentionGroup, outboxWaitingGroup, type OutboxStore } from './store.js';

/** More than anybody counts. */
const maxMessages = 50;

interface Deps {
  readonly outbox: Outbox;
  readonly store: Pick<OutboxStore, 'needingAttention'>;
}

/** What the outbox registers: the messages that need a person, and how many they are. */
export function outboxModule({ outbox, store }: Deps) {
  return {
    routes: outboxRoutes(outbox),
    waiting: {
      groups: [outboxWaitingGroup(store)],
      lines: async (person, indexed) => {
        if (!may(person.role, 'outbox:see')) return [];
        const known = indexed.first(outboxAttentionGroup, maxMessages);
        const { length } = known?.lines ?? (await outbox.needingAttention());
        return [{ name: 'troubledMessages', value: length }];
      },
    },
  } satisfies Module;
}
