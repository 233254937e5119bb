import { createApi } from './api.js';
import { askEarly } from './early.js';
import { trialIdentity } from './identity.js';
import { parseRoute } from './shared/route.js';

/*
 * The first script is small: it asks the server at once for what the page will show, while the rest of the
 * program (app.tsx and the view that the address names, fetched at the same time) is still on its way.
 */
const identity = trialIdentity(window);
const api = createApi(window, identity);
const texts = askEarly(api, identity);

const views: Readonly<Record<string, () => Promise<unknown>>> = {
  '': () => import('./features/overview/index.js'),
  news: () => import('./features/news/index.js'),
  newsletter: () => import('./features/newsletter/index.js'),
  calendar: () => import('./features/calendar/index.js'),
  releases: () => import('./features/releases/index.js'),
  sessions: () => import('./features/sessions/index.js'),
};
// What fails here fails again, with words, where the view is drawn.
views[parseRoute(window.location.hash).path[0] ?? '']?.().catch(() => undefined);

void import('./app.js').then(({ start }) => start(api, identity, texts));
