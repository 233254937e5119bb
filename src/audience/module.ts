import { contactRoutes, stopRoutes, type StopRouteDeps } from './routes.js';
import type { ContactService } from './service.js';

export interface AudienceDeps extends Pick<StopRouteDeps, 'programme'> {
  readonly contacts: ContactService;
}

/** Contacts outside the organisation, their subscriptions, and the page on which they stop them. */
export function audienceModule(deps: AudienceDeps) {
  return { routes: [...contactRoutes(deps.contacts), ...stopRoutes(deps)] };
}
