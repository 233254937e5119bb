import { type Activity, CardFactory, MessageFactory, type TurnContext } from 'botbuilder';
import type { Log } from '../../src/platform/log.js';
import type { Card } from '../cards/render.js';
import { outcomeOf, sendPatiently, within } from '../proactive/connector-outcome.js';
import type { Answer, Scope } from '../conversation/turn.js';

/** An invoke must be answered within about 5 s; what is done beside it gets a part of that. */
const besideMs = 2000;

/** A card as a message. The summary is what a notification shows. */
export function cardMessage(card: Card): Partial<Activity> {
  const message = MessageFactory.attachment(CardFactory.adaptiveCard(card));
  return typeof card.speak === 'string' ? { ...message, summary: card.speak.slice(0, 200) } : message;
}

function messageOf(answer: Answer): Partial<Activity> {
  return answer.as === 'keep' ? MessageFactory.text(answer.text) : cardMessage(answer.card);
}

async function update(context: TurnContext, card: Card): Promise<boolean> {
  const id = context.activity.replyToId;
  if (id === undefined || id === '') return false;
  await sendPatiently(() => context.updateActivity({ ...cardMessage(card), id, type: 'message' }));
  return true;
}

/** Answers what somebody wrote. */
export async function reply(context: TurnContext, answer: Answer): Promise<void> {
  const sent = await sendPatiently(() => context.sendActivity(messageOf(answer)));
  const { conversation } = context.activity;
  if (answer.as === 'replace' && sent?.id !== undefined && sent.id !== '')
    await answer.onSent?.({ conversationId: conversation.id, activityId: sent.id });
}

/**
 * Answers a Submit: the card pressed becomes the new one, whoever delivered the press how often. A card that is
 * gone is answered with a new one.
 */
export async function answerSubmit(context: TurnContext, answer: Answer): Promise<void> {
  if (answer.as !== 'replace') {
    await reply(context, answer);
    return;
  }
  try {
    if (await update(context, answer.card)) return;
  } catch (error) {
    const { result } = outcomeOf(error);
    if (result !== 'failed' && result !== 'undeliverable') throw error;
  }
  await reply(context, answer);
}

/**
 * Answers an Execute: the invoke's answer is the card. Alone with the bot the message itself becomes it too, since
 * Teams forgets an invoke's answer when the chat is opened anew; before others it must stay as it is for them.
 */
export async function answerExecute(
  context: TurnContext,
  answer: Answer,
  scope: Scope,
  log: Log,
): Promise<Card | string> {
  if (answer.as === 'keep') return answer.text;
  if (answer.as === 'replace' && scope === 'personal') {
    await within(besideMs, update(context, answer.card)).catch((error: unknown) => {
      log.warn('bot.cardNotKept', { reason: outcomeOf(error) });
    });
  }
  return answer.card;
}
