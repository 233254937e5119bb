import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Api } from './api.js';
import type { Identity } from './identity.js';
import { App } from './shell/app.js';
import { isInHost, meetHost } from './teams.js';
import { textsOf } from './text.js';
import { guessLanguage, isLanguageKnown } from './early.js';
import { loadTexts } from './text-files.js';

/** Draws the tab over the static frame of index.html. */
export async function start(api: Api, identity: Identity): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) return;
  const host = isInHost(window) ? await meetHost() : undefined;
  if (host?.place !== undefined && window.location.hash === '') window.location.hash = `#/${host.place}`;
  // Whoever is here for the first time is spoken to as Teams speaks to them; the session decides as soon as it is known.
  const language = isLanguageKnown() ? undefined : host?.language;
  const firstTexts = textsOf(await loadTexts(api, language ?? guessLanguage()));
  createRoot(root).render(
    <StrictMode>
      <App api={api} identity={identity} host={host} firstTexts={firstTexts} />
    </StrictMode>,
  );
  host?.ready();
}
