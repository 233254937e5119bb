import { AppError } from '../../src/platform/errors.js';
import { say } from '../../src/i18n/messages.js';
import type { Log } from '../../src/platform/log.js';
import { may } from '../../src/people/permissions.js';
import type { Answer, BotServices, Turn } from './turn.js';
import { problemView } from './help.js';
import { type Action, faultText } from './action.js';
import { followUpActions } from '../features/sessions/fan-outs.js';
import { formActions } from '../features/news/form-actions.js';
import { presenterActions } from '../features/sessions/presenting.js';
import { questionActions } from '../features/sessions/questions.js';
import { receiptActions } from '../features/news/receipt-actions.js';
import { reminderActions } from '../features/sessions/reminders.js';
import { sessionActions } from '../features/sessions/sessions.js';
import { swapActions } from '../features/sessions/swaps.js';
import { talkActions } from '../features/language/index.js';
import { topicActions } from '../features/sessions/topics.js';

/** Each verb of a card with its permission and what it does. A verb that is not here does nothing. */
const actions = {
  ...formActions,
  ...receiptActions,
  ...talkActions,
  ...sessionActions,
  ...questionActions,
  ...presenterActions,
  ...swapActions,
  ...topicActions,
  ...reminderActions,
  ...followUpActions,
} satisfies Record<string, Action>;

export type Verb = keyof typeof actions;

function actionOf(verb: string): Action | undefined {
  return Object.hasOwn(actions, verb) ? actions[verb as Verb] : undefined;
}

/** Faults that somebody must look at; the others are told to the person, who can mend them. */
function isOurs(error: unknown): boolean {
  return !(error instanceof AppError) || error.code === 'internal' || error.code === 'storage.unavailable';
}

export interface Press {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** What went wrong before the action could begin: the person or the programme could not be read. */
  readonly fault?: unknown;
}

/** Carries out what a button asks for. Never throws: every fault becomes an answer, with all that was typed. */
export async function act(turn: Turn, press: Press, services: BotServices, log: Log): Promise<Answer> {
  const { language } = turn;
  const action = actionOf(press.verb);
  const told = (text: string): Answer => ({ as: 'aside', card: problemView(language, text) });
  if (action === undefined) return told(say(language, 'chat.problem.unknownAction'));
  try {
    if (press.fault !== undefined) throw asError(press.fault);
    if (!may(turn.person.role, action.permission)) throw new AppError('permission.denied');
    return await action.run(turn, press.data, services);
  } catch (error) {
    if (isOurs(error)) log.error('bot.actionFailed', { verb: press.verb, error });
    return recovered(action, turn, press, error, services).catch((second: unknown) => {
      if (isOurs(second)) log.error('bot.recoveryFailed', { verb: press.verb, error: second });
      return told(faultText(second, language));
    });
  }
}

function asError(fault: unknown): Error {
  return fault instanceof Error ? fault : new Error('fault', { cause: fault });
}

async function recovered(
  action: Action,
  turn: Turn,
  { data }: Press,
  error: unknown,
  services: BotServices,
): Promise<Answer> {
  if (action.recover !== undefined) return action.recover(turn, data, error, services);
  return { as: 'aside', card: problemView(turn.language, faultText(error, turn.language)) };
}
