import type { AdapterModule } from '../../module.js';
import type { Programme } from '../../people/person.js';
import type { Clock } from '../../platform/clock.js';
import type { Partition } from '../../platform/partition.js';
import { intranetChannel } from '../../releases/channels/intranet/intranet.js';
import { intranetRoutes } from './routes.js';
import { intranetStore, localIntranet } from './store.js';

interface Deps {
  readonly partition: Partition;
  readonly programme: () => Promise<Programme>;
  readonly clock: Clock;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
}

/** The intranet as pages and feeds of Big Room's own, where the county's is not connected. */
export function localIntranetModule({ partition, programme, clock, publicUrl }: Deps) {
  const store = intranetStore(partition);
  return {
    routes: intranetRoutes({ store, programme, publicUrl }),
    channels: [intranetChannel(localIntranet({ store, clock, publicUrl, programme }))],
  } satisfies AdapterModule;
}
