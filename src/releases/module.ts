import type { NewsService } from '../news/service.js';
import type { Module } from '../module.js';
import type { ChangeDeps } from './change.js';
import { channelMap, type Channel } from './channels/channel.js';
import { releaseNotices } from './notices.js';
import { isForActor } from './policy.js';
import { releaseHandler } from './publishing.js';
import { releaseRoutes } from './routes.js';
import { releaseService } from './service.js';
import { releaseWaitingGroups } from './store.js';

const maxPublishAttempts = 5;

export interface ReleasesDeps extends Omit<ChangeDeps, 'news'> {
  readonly news: Pick<NewsService, 'many' | 'use' | 'unuse' | 'make' | 'revision' | 'markOut'>;
  /** Where releases can be published; the first one is meant where none is named. */
  readonly channels: readonly Channel[];
  /** After how many attempts a channel that can't be reached counts as failed; 5 unless set. */
  readonly maxAttempts?: number;
}

/** Releases: the service, the delivery that publishes, and what they register. */
export function releasesModule({ channels, maxAttempts = maxPublishAttempts, ...deps }: ReleasesDeps) {
  const map = channelMap(channels);
  const service = releaseService({ ...deps, channels: map });
  const publisher = releaseHandler({ ...deps, channels: map, maxAttempts });
  const module = {
    routes: releaseRoutes(service),
    deliveries: [publisher],
    notices: releaseNotices(deps.store),
    waiting: {
      groups: releaseWaitingGroups(deps.store),
      lines: async (person, indexed) =>
        isForActor(person) ? [{ name: 'releases', value: await service.overviewLine(person, indexed) }] : [],
    },
  } satisfies Module;
  /** The delivery that publishes is also available alone: the demo publishes in the past. */
  return { service, publisher, module };
}
