import { setTimeout as wait } from 'node:timers/promises';
import type { Outcome } from '../../src/delivery/outbox/message.js';
import type { Log } from '../../src/platform/log.js';
import {
  type DirectConnector,
  type OpenAddress,
  writtenCard,
  writtenText,
} from '../channel/direct-connector.js';
import type { Answer } from '../conversation/turn.js';

/**
 * Shows an answer among others to the one who asked alone; whether it was shown, or may have been. Where it was not, Teams
 * said no: it may be said in another way, and not twice.
 * @param to whom, and in which conversation.
 * @param answers the id of what they wrote to the bot alone, if they did.
 */
export type AskerAlone = (answer: Answer, to: OpenAddress, answers?: string) => Promise<boolean>;

const attempts = 3;
const maxWaitMs = 1500;

/** Again where Teams asks for it, within the seconds that an answer may take. */
async function patiently(send: () => Promise<Outcome>): Promise<Outcome> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await send();
    if (outcome.result !== 'retry' || attempt === attempts) return outcome;
    const asked = outcome.afterSeconds === undefined ? 100 * 2 ** attempt : outcome.afterSeconds * 1000;
    if (asked > maxWaitMs) return outcome;
    await wait(asked);
  }
}

/** What was asked is known no more: it expires with its 24 hours, or its writer deleted it. */
const lacksQuestion = (outcome: Outcome): boolean =>
  'reason' in outcome && outcome.reason.includes('TARGETED_MESSAGE');

/**
 * By a targeted message (https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages), which Teams
 * refuses where the bot is no member or the client of the tenant has none yet.
 */
export function askerAlone(connector: DirectConnector, log: Log): AskerAlone {
  return async (answer, to, answers) => {
    const message = answer.as === 'keep' ? writtenText(answer.text) : writtenCard(answer.card);
    let outcome = await patiently(() => connector.sendTargeted(message, to, answers));
    if (answers !== undefined && lacksQuestion(outcome))
      outcome = await patiently(() => connector.sendTargeted(message, to));
    if (outcome.result === 'sent') return true;
    log.warn('bot.notShownApart', { reason: outcome });
    return outcome.result === 'uncertain';
  };
}
