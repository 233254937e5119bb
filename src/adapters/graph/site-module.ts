import type { AdapterModule } from '../../module.js';
import type { Programme } from '../../people/person.js';
import type { Clock } from '../../platform/clock.js';
import type { Partition } from '../../platform/partition.js';
import { intranetChannel } from '../../releases/channels/intranet/intranet.js';
import { previewOf } from '../local-intranet/preview.js';
import type { GraphClient } from './graph-client.js';
import { graphSite } from './graph-site.js';

interface Deps {
  readonly client: GraphClient;
  readonly siteId: string;
  readonly clock: Clock;
  readonly partition: Partition;
  readonly programme: () => Promise<Programme>;
}

/** The county's intranet on SharePoint, in place of the local one. */
export function sharePointModule(deps: Deps): AdapterModule {
  const preview = previewOf(deps);
  return { routes: [], channels: [intranetChannel(graphSite({ ...deps, preview }))] };
}
