import type { Clock } from '../../platform/clock.js';
import type { Log } from '../../platform/log.js';
import { Conversations } from './conversations.js';
import type { Pace, Time } from './pace.js';
import { SharedTurns } from './shared-slots.js';
import type { PaceStore } from './store.js';

/** The tenant's limit is 50 requests in a second; one is left, because no clock is exact. */
export const teamsPerSecond = 49;
/** Microsoft 365 takes 30 mails in a minute from a mailbox. */
export const mailsPerSecond = 0.5;

/** Seconds after which to ask again where the storage did not answer. */
const storageSeconds = 2;

interface Deps {
  readonly store: PaceStore;
  readonly log: Log;
  readonly time: Time;
}

/** The pace of one tenant in Teams, the same for large sends and for single words to people. */
export interface TeamsPace {
  /** For what many get. */
  readonly sends: Pace;
  /** For a word to one person: goes before what waits here for many. */
  readonly words: Pace;
}

export function clockTime(clock: Clock): Time {
  return {
    now: () => clock.now().epochMilliseconds,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

/** Below the tenant's limit together with all other instances, and below Teams' windows in each conversation. */
export function teamsPace(deps: Deps, perSecond = teamsPerSecond): TeamsPace {
  const turns = new SharedTurns({ ...deps, name: 'teams', perSecond });
  const conversations = new Conversations(deps);
  const permit = (isUrgent: boolean) => async (conversation?: string) => {
    const wait = conversation === undefined ? 0 : conversations.wait(conversation);
    if (wait > 0) return wait;
    await turns.turn(isUrgent);
    if (conversation === undefined) return 0;
    return conversations.take(conversation).catch((error: unknown) => {
      deps.log.warn('pace.notShared', { error });
      return storageSeconds;
    });
  };
  return { sends: { permit: permit(false) }, words: { permit: permit(true) } };
}

/** The pace of the mailbox from which mail leaves. */
export function mailPace(deps: Deps, perSecond = mailsPerSecond): Pace {
  const turns = new SharedTurns({ ...deps, name: 'mail', perSecond });
  return {
    permit: async () => {
      await turns.turn();
      return 0;
    },
  };
}
