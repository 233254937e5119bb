import type { AdapterModule } from '../../module.js';
import type { Programme } from '../../people/person.js';
import type { Clock } from '../../platform/clock.js';
import type { Partition } from '../../platform/partition.js';
import { intranetChannel } from '../../releases/channels/intranet/intranet.js';
import { feedKeys } from './feed-key.js';
import { intranetApi } from './members.js';
import { intranetRoutes, memberRoutes } from './routes.js';
import { intranetStore, localIntranet } from './store.js';

interface Deps {
  readonly partition: Partition;
  readonly programme: () => Promise<Programme>;
  readonly clock: Clock;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
  /** Whom its pages and feeds are for; anybody unless given, as in trial mode, which only this machine reaches. */
  readonly audience?: 'anybody' | 'members';
}

/** The intranet as pages and feeds of Big Room's own, where the county's is not connected. */
export function localIntranetModule({ partition, programme, clock, publicUrl, audience = 'anybody' }: Deps) {
  const store = intranetStore(partition);
  const common = { store, programme, publicUrl };
  const keys = audience === 'members' ? feedKeys(partition, clock) : undefined;
  const routes = keys === undefined ? intranetRoutes(common) : memberRoutes({ ...common, keys });
  return {
    routes: [...routes, ...intranetApi({ ...common, ...(keys && { keys }) })],
    channels: [intranetChannel(localIntranet({ store, clock, publicUrl, programme }))],
  } satisfies AdapterModule;
}
