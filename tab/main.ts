import { aheadOf } from './ahead.js';
import { createApi } from './api.js';
import { start } from './app.js';
import { identityOf } from './sign-in/identity-of.js';

// As the page's first script has begun to sign in; while one develops there is none.
const identity = identityOf(window, (part) =>
  part === 'tab/teams-host' ? import('./teams-host.js') : import('./sign-in/browser-tokens.js'),
);
void start(createApi(window, identity, aheadOf(window)), identity);
