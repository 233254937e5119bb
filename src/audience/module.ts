import { importRoutes, type WelcomePreview } from './imports/routes.js';
import type { ImportService } from './imports/service.js';
import type { Module } from '../module.js';
import { contactRoutes } from './routes.js';
import type { ContactService } from './service.js';
import { stopRoutes, type StopRouteDeps } from './stop-routes.js';
import { stoppedDelivery } from './stopped-mail.js';

export interface AudienceDeps extends Pick<StopRouteDeps, 'programme' | 'offers'> {
  readonly contacts: ContactService;
  readonly imports: ImportService;
  readonly preview: WelcomePreview;
  readonly stopped: Parameters<typeof stoppedDelivery>[0];
}

/** Contacts outside the organisation, their subscriptions, and the page and the mail by which they stop them. */
export function audienceModule(deps: AudienceDeps) {
  return {
    routes: [
      ...importRoutes(deps.imports, deps.preview),
      ...contactRoutes(deps.contacts),
      ...stopRoutes(deps),
    ],
    deliveries: [stoppedDelivery(deps.stopped), deps.imports.delivery],
  } satisfies Module;
}
