import { trialIdentity, type Identity } from '../identity.js';
import { isInHost } from '../teams.js';
import { entraFacts, tokenPart } from './facts.js';
import { SignInFault } from './faults.js';
import { entraIdentity, type MakeTokenSource } from './identity.js';

/** The window, with the identity that the page's first script has made. */
export type IdentityWindow = Window & { bigroomIdentity?: Identity };

/**
 * Whoever asks from this page, as the page says it: the program goes on with what its first script has begun.
 * @param load gives a part that gets tokens
 */
export function identityOf(
  window: IdentityWindow,
  load: (part: string) => Promise<{ readonly tokenSource: MakeTokenSource }>,
): Identity {
  window.bigroomIdentity ??= makeIdentity(window, load);
  return window.bigroomIdentity;
}

function makeIdentity(window: Window, load: Parameters<typeof identityOf>[1]): Identity {
  const facts = entraFacts(window.document.documentElement.dataset);
  if (facts === undefined) return trialIdentity(window);
  const fault = (...given: ConstructorParameters<typeof SignInFault>): SignInFault =>
    new SignInFault(...given);
  return entraIdentity({
    source: async () => (await load(tokenPart(window))).tokenSource({ facts, fault }),
    canSignOut: !isInHost(window),
    now: () => Date.now(),
    onOther: () => window.location.reload(),
  });
}
