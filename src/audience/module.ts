import type { PeopleService } from '../people/service.js';
import { askDelivery } from './ask-mail.js';
import type { BulkService } from './bulk.js';
import { eraseDelivery } from './erasing.js';
import { helperRoutes } from './helper.js';
import { importRoutes, type WelcomePreview } from './imports/routes.js';
import type { ImportService } from './imports/service.js';
import type { Module } from '../module.js';
import { agreeRoutes, contactRoutes, type ContactRouteDeps } from './routes.js';
import type { ContactService } from './service.js';
import { stopRoutes, type StopRouteDeps } from './stop-routes.js';
import { stoppedDelivery } from './stopped-mail.js';

export interface AudienceDeps extends Pick<StopRouteDeps, 'programme' | 'offers'> {
  readonly people: Pick<PeopleService, 'helper' | 'setHelper' | 'audit'>;
  readonly contacts: ContactService;
  readonly imports: ImportService;
  readonly bulk: BulkService;
  readonly namesOf: ContactRouteDeps['namesOf'];
  readonly asked: Parameters<typeof askDelivery>[0] & Parameters<typeof eraseDelivery>[0];
  readonly preview: WelcomePreview;
  readonly stopped: Parameters<typeof stoppedDelivery>[0];
}

/** Contacts outside the organisation, their subscriptions, and the page and the mail by which they stop them. */
export function audienceModule(deps: AudienceDeps) {
  return {
    routes: [
      ...importRoutes(deps.imports, deps.preview),
      ...contactRoutes(deps),
      ...helperRoutes(deps.people),
      ...agreeRoutes(deps),
      ...stopRoutes(deps),
    ],
    deliveries: [
      stoppedDelivery(deps.stopped),
      deps.imports.delivery,
      deps.bulk.delivery,
      askDelivery(deps.asked),
      eraseDelivery(deps.asked),
    ],
  } satisfies Module;
}
