import type { Module } from '../../module.js';
import { may } from '../../people/permissions.js';
import type { Outbox } from './outbox.js';
import type { PeopleService } from '../../people/service.js';
import { outboxRoutes } from './routes.js';
import {
  awaitedGroup,
  awaitedWaitingGroup,
  outboxAttentionGroup,
  outboxWaitingGroup,
  type OutboxStore,
} from './store.js';

/** More than anybody counts. */
const maxMessages = 250;
/** As many as the index keeps. */
const maxAwaited = 250;

interface Deps {
  readonly outbox: Outbox;
  readonly store: Pick<OutboxStore, 'needingAttention' | 'allAwaited'>;
  readonly people: Pick<PeopleService, 'all'>;
}

/** What the outbox registers: the messages that need a person, those that wait for somebody, and how many there are. */
export function outboxModule({ outbox, store, people }: Deps) {
  return {
    routes: outboxRoutes({ outbox, people }),
    waiting: {
      groups: [outboxWaitingGroup(store), awaitedWaitingGroup(store)],
      lines: async (person, indexed) => {
        if (!may(person, 'outbox:see')) return [];
        const known = indexed.first(outboxAttentionGroup, maxMessages);
        const { length } = known?.lines ?? (await outbox.needingAttention());
        const awaited = indexed.first<{ readonly personId: string }>(awaitedGroup, maxAwaited);
        const waiting = awaited?.lines ?? (await outbox.awaited());
        return [
          { name: 'troubledMessages', value: length },
          { name: 'unreached', value: new Set(waiting.map(({ personId }) => personId)).size },
        ];
      },
    },
  } satisfies Module;
}
