import type { DeliveryKind } from '../delivery/outbox/kind.js';
import type { NewsService } from '../news/service.js';
import type { Route } from '../http/route.js';
import type { ChangeDeps } from './change.js';
import { channelMap, type Channel } from './channels/channel.js';
import { releaseHandler } from './publishing.js';
import { releaseRoutes } from './routes.js';
import { releaseService, type ReleaseService } from './service.js';

const maxPublishAttempts = 5;

export interface ReleasesDeps extends ChangeDeps {
  readonly news: Pick<NewsService, 'many' | 'use' | 'unuse'>;
  /** Where releases can be published; the first one is meant where none is named. */
  readonly channels: readonly Channel[];
  /** After how many attempts a channel that can't be reached counts as failed; 5 unless set. */
  readonly maxAttempts?: number;
}

export interface ReleasesModule {
  readonly service: ReleaseService;
  readonly routes: readonly Route[];
  /** Publishes. */
  readonly publisher: DeliveryKind;
  readonly deliveries: readonly DeliveryKind[];
}

/** Releases: the service, its routes, and the delivery that publishes. */
export function releasesModule({
  channels,
  maxAttempts = maxPublishAttempts,
  ...deps
}: ReleasesDeps): ReleasesModule {
  const map = channelMap(channels);
  const service = releaseService({ ...deps, channels: [...map.keys()] });
  const publisher = releaseHandler({ ...deps, channels: map, maxAttempts });
  return {
    service,
    routes: releaseRoutes(service),
    publisher,
    deliveries: [publisher],
  };
}
