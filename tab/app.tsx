import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Api } from './api.js';
import type { Identity } from './identity.js';
import { sessionOfMeeting } from './shared/api.js';
import { href, parseRoute, linkedPlace } from './shared/route.js';
import { App } from './shell/app.js';
import { placeOf } from './shell/places.js';
import { isInHost, meetHost } from './teams.js';
import { textsOf, type Texts } from './text.js';
import { guessLanguage, isLanguageKnown, needsAllTexts } from './early.js';
import { loadTexts } from './text-files.js';

/** The longest wait for answers before the page is drawn without them, in milliseconds. */
const maxWaitMs = 1000;

/**
 * Settles when the page can be drawn as it will be: with what was asked for ahead and the part that its address names. The
 * frame of index.html stands meanwhile. Drawn in steps instead, each costs style, layout and paint, and React waits in
 * between (shared/part.tsx). What takes long is not waited for: then bones are shown in its place.
 */
async function readyToDraw(api: Api, texts: Promise<Texts>): Promise<void> {
  const { path } = parseRoute(window.location.hash);
  const allTexts = async (): Promise<void> => (await texts).others?.fetch();
  await Promise.race([
    Promise.allSettled([
      api.arrived(),
      placeOf(path)?.view.fetch(path[1] !== undefined),
      needsAllTexts(path) && allTexts(),
    ]),
    longEnough(),
  ]);
}

const longEnough = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, maxWaitMs);
  });

/**
 * Goes where the tab of a meeting begins: to its session; where that can't be known, to all of them. Whoever is not known to
 * the server yet is asked who they are first, and begins where everybody does; so does whoever has gone elsewhere meanwhile.
 */
async function goToMeeting(api: Api, chat: string): Promise<void> {
  try {
    const { session } = await sessionOfMeeting(api, chat);
    if (window.location.hash !== '') return;
    window.location.hash =
      session === null
        ? href(['sessions'])
        : href(['sessions', session.id], { found: session.by === 'time' ? 'byTime' : undefined });
  } catch {
    // Whatever is wrong, the page that is shown meets it too and says so.
  }
}

/** Draws the tab over the static frame of index.html. */
export async function start(api: Api, identity: Identity): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) return;
  const host = isInHost(window) ? await meetHost() : undefined;
  const linked = host?.place === undefined ? undefined : linkedPlace(host.place);
  if (linked !== undefined && window.location.hash === '') {
    const { page, place } = linked;
    const { pathname, search } = window.location;
    if (page !== undefined && !pathname.startsWith(page)) {
      window.location.replace(`${page}${search}#/${place}`);
      return;
    }
    window.location.hash = `#/${place}`;
  } else if (host?.meetingChat !== undefined && window.location.hash === '')
    await Promise.race([goToMeeting(api, host.meetingChat), longEnough()]);
  // Whoever is here for the first time is spoken to as Teams speaks to them; the session decides as soon as it is known.
  const language = isLanguageKnown() ? undefined : host?.language;
  const texts = loadTexts(api, language ?? guessLanguage()).then(textsOf);
  await Promise.all([texts, readyToDraw(api, texts)]);
  const firstTexts = await texts;
  createRoot(root).render(
    <StrictMode>
      <App api={api} identity={identity} host={host} firstTexts={firstTexts} />
    </StrictMode>,
  );
  host?.ready();
  firstTexts.others?.fetchAhead();
}
