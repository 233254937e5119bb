import { aheadOf } from './ahead.js';
import { createApi } from './api.js';
import { start } from './app.js';
import { trialIdentity } from './identity.js';

const identity = trialIdentity(window);
void start(createApi(window, identity, aheadOf(window)), identity);
