import type { Channel, Site } from '../channel.js';

/** Releases on the intranet, whichever it is: a page in each language. */
export function intranetChannel(site: Site): Channel {
  return { ...site, id: 'intranet' };
}
