import { get, json } from '../../http/route.js';
import type { AdapterModule } from '../../module.js';
import type { Programme } from '../../people/person.js';
import type { Clock } from '../../platform/clock.js';
import type { Partition } from '../../platform/partition.js';
import type { IntranetAnswer } from '../../shared/answers/intranet.js';
import { intranetChannel } from '../../releases/channels/intranet/intranet.js';
import { previewOf } from '../local-intranet/preview.js';
import type { GraphClient } from './graph-client.js';
import { graphSite } from './graph-site.js';

export interface SharePointDeps {
  readonly client: GraphClient;
  readonly siteId: string;
  readonly clock: Clock;
  readonly partition: Partition;
  readonly programme: () => Promise<Programme>;
  /** Of a further programme of the installation. */
  readonly placeName?: string;
}

/** Where people reach a site that is named by its path; one that is named by ids alone by its host. */
function addressOf(siteId: string): string {
  const [host = '', path = ''] = siteId.split(/[,:](.*)/s);
  return `https://${host}${path.startsWith('/') ? path : ''}`;
}

/** The county's intranet on SharePoint, in place of the local one. */
export function sharePointModule(deps: SharePointDeps): AdapterModule {
  const preview = previewOf(deps);
  const elsewhere: IntranetAnswer = { at: 'elsewhere', url: addressOf(deps.siteId) };
  return {
    routes: [get('/api/intranet', 'release:see', () => Promise.resolve(json(elsewhere)))],
    channels: [intranetChannel(graphSite({ ...deps, preview }))],
  };
}
