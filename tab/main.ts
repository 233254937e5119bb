import { createApi } from './api.js';
import { askEarly } from './early.js';

/*
 * The first script is small: it asks the server at once for what the page will show, while the rest of the
 * program (app.tsx, fetched at the same time) is still on its way.
 */
const api = createApi(window);
const texts = askEarly(api);

void import('./app.js').then(({ start }) => start(api, texts));
