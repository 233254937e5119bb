import type { PeopleService } from '../../people/service.js';
import type { Person } from '../../people/person.js';
import type { Clock } from '../../platform/clock.js';
import type { PersonId } from '../../platform/ids.js';
import type { Outcome } from '../outbox/message.js';
import type { Pace } from '../pacing/pace.js';
import type { FeedActivity, TeamsReach } from './teams-reach.js';

export type Feed = ReturnType<typeof feedOf>;

interface Deps {
  readonly teams: Pick<TeamsReach, 'notify'>;
  readonly people: Pick<PeopleService, 'noteFeed' | 'noteRefusal'>;
  readonly pace: Pace;
  readonly clock: Clock;
}

/** What refuses today is not asked again before. In milliseconds. */
const refusalLifeMs = 86_400_000;

/** Whether it certainly did not arrive, and would not now. */
export const isRefused = ({ result, ...rest }: Outcome): boolean =>
  (result === 'undeliverable' && 'reason' in rest && rest.reason !== 'superseded') || result === 'failed';

/** So long after it was installed Teams has brought the bot to somebody, or has not. In milliseconds. */
const arrivalMs = 3_600_000;

/** What is needed of a person to reach them by the way that they chose. */
export type Reader = Pick<Person, 'id' | 'notifyBy' | 'chat' | 'install' | 'feed'>;

/** The activity feed of Teams, beside the chat. */
export function feedOf({ teams, people, pace, clock }: Deps) {
  const wasRefusedLately = ({ feed }: Reader): boolean =>
    feed?.result === 'refused' && since(feed.at) < refusalLifeMs;

  const since = (at: string): number => clock.now().epochMilliseconds - Date.parse(at);

  /** Whether somebody has the app: the bot has met them, or it was installed for them and then was not reported to us. */
  const hasApp = ({ chat, install }: Reader): boolean =>
    chat !== undefined || (install?.result === 'installed' && since(install.at) >= arrivalMs);

  async function notify(id: PersonId, activity: FeedActivity, claim?: AbortSignal): Promise<Outcome> {
    await pace.permit();
    if (claim?.aborted === true) return { result: 'postponed', reason: 'claimOver' };
    const outcome = await teams.notify(id, activity);
    const refusal = isRefused(outcome) && 'reason' in outcome ? outcome.reason : undefined;
    // It has arrived, or not, whatever becomes of the note.
    if (outcome.result === 'sent' || refusal !== undefined)
      await people.noteFeed(id, refusal).catch(() => undefined);
    return outcome.result === 'sent' ? { ...outcome, by: 'feed' } : outcome;
  }

  return {
    notify,

    /**
     * Reaches somebody by the way that they chose, and by the other one where that certainly did not. What nobody knows
     * (`uncertain`) stays so.
     * @param activity what the feed would show, or why there is nothing to show.
     */
    async reach(
      reader: Reader,
      {
        chat,
        activity,
        claim,
      }: {
        readonly chat: () => Promise<Outcome>;
        readonly activity: () => Promise<FeedActivity | Outcome>;
        readonly claim?: AbortSignal | undefined;
      },
    ): Promise<Outcome> {
      const byFeed = async (): Promise<Outcome> => {
        if (!hasApp(reader)) return { result: 'undeliverable', reason: 'neverMet' };
        if (wasRefusedLately(reader))
          return { result: 'undeliverable', reason: reader.feed?.reason ?? 'refused' };
        const shown = await activity();
        return 'result' in shown ? shown : notify(reader.id, shown, claim);
      };
      // Teams asks that a chat that is closed be left alone, and opens it when the person is met again.
      const isFeedFirst = reader.notifyBy === 'feed' || reader.chat?.refusedAt !== undefined;
      if (isFeedFirst) {
        const outcome = await byFeed();
        return isRefused(outcome) ? chat() : outcome;
      }
      const outcome = await chat();
      if (outcome.result !== 'undeliverable' || outcome.reason === 'superseded') return outcome;
      const second = await byFeed();
      if (isRefused(second)) return outcome;
      if (reader.chat !== undefined) await people.noteRefusal(reader.id);
      return second;
    },
  };
}
