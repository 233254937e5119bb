import type { DemoNews } from './item.js';
import { acrossNews } from './news-across.js';
import { carePathwayNews } from './news-care-pathways.js';
import { elmaNews } from './news-elma.js';
import { servicesNearNews } from './news-services-near.js';

/** The fourteen items, oldest first. */
export const demoNews: readonly DemoNews[] = [
  ...carePathwayNews,
  ...elmaNews,
  ...acrossNews,
  ...servicesNearNews,
].sort((one, other) => other.hoursAgo - one.hoursAgo);
