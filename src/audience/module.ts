import type { Module } from '../module.js';
import { contactRoutes } from './routes.js';
import type { ContactService } from './service.js';
import { stopRoutes, type StopRouteDeps } from './stop-routes.js';
import { stoppedDelivery } from './stopped-mail.js';

export interface AudienceDeps extends Pick<StopRouteDeps, 'programme' | 'offers'> {
  readonly contacts: ContactService;
  readonly stopped: Parameters<typeof stoppedDelivery>[0];
}

/** Contacts outside the organisation, their subscriptions, and the page and the mail by which they stop them. */
export function audienceModule(deps: AudienceDeps) {
  return {
    routes: [...contactRoutes(deps.contacts), ...stopRoutes(deps)],
    deliveries: [stoppedDelivery(deps.stopped)],
  } satisfies Module;
}
