import type { ZodType } from 'zod';
import { t } from '../../src/i18n/messages.js';
import { type Permission, may, signedFor } from '../../src/people/permissions.js';
import { maskedPersonalIds } from '../../src/content/personal-data.js';
import { AppError, isAppError } from '../../src/platform/errors.js';
import { errorValues } from '../../src/shared/error-values.js';
import type { Log } from '../../src/platform/log.js';
import type { CardAction, MenuItem } from '../feature.js';
import { problemView } from './help.js';
import type { Answer, Problem, Turn } from './turn.js';
import type { Press } from './understanding/intent.js';

type Data = Press['data'];

/** What one button does with the services of its feature, and who may press it; see {@link CardAction}. */
export interface Action<Services> {
  readonly permission: Permission;
  readonly audience?: CardAction['audience'];
  readonly run: (turn: Turn, data: Data, services: Services) => Promise<Answer | Problem>;
  readonly recover?: (turn: Turn, data: Data, error: unknown, services: Services) => Promise<Answer>;
}

/** An action whose data is checked by a schema before it runs. */
export function action<Input, Services>(
  permission: Permission,
  schema: ZodType<Input>,
  run: (turn: Turn, input: Input, services: Services) => Promise<Answer | Problem>,
): Action<Services> {
  return {
    permission,
    run: async (turn, data, services) => {
      const parsed = schema.safeParse(data);
      if (!parsed.success) return { as: 'problem', text: t(turn.language, 'chat.problem.unreadable') };
      return run(turn, parsed.data, services);
    },
  };
}

/** An action whose answer others may read too; see {@link CardAction.audience}. */
export function forEveryone<Services>(shared: Action<Services>): Action<Services> {
  return { ...shared, audience: 'everyone' };
}

/** An action whose answer others may read, and have no use for; see {@link CardAction.audience}. */
export function forAsker<Services>(shared: Action<Services>): Action<Services> {
  return { ...shared, audience: 'asker' };
}

/** The actions of a feature, by their verbs, with its services. */
export function cardActions<Services>(
  actions: Readonly<Record<string, Action<Services>>>,
  services: Services,
): CardAction[] {
  return Object.entries(actions).map(([verb, { permission, audience, run, recover }]) => ({
    verb,
    permission,
    ...(audience && { audience }),
    handle: (turn, data) => run(turn, data, services),
    ...(recover && {
      recover: (turn: Turn, data: Data, error: unknown) => recover(turn, data, error, services),
    }),
  }));
}

/** A fault in words of the person's language. */
export function faultText(error: unknown, language: Turn['language']): string {
  const known = error instanceof AppError ? error : new AppError('internal');
  return t(language, `error.${known.code}`, errorValues(language, known.details));
}

/** Faults that somebody must look at; the others are shown to the person, who can correct them. */
function isOurs(error: unknown): boolean {
  return !(error instanceof AppError) || error.code === 'internal' || error.code === 'storage.unavailable';
}

/** What was typed, without the personal identity codes in it: it is put into a card again, which lies in a chat. */
function masked(data: Data): Data {
  const entries = Object.entries(data).map(([name, value]) => [
    name,
    typeof value === 'string' ? maskedPersonalIds(value) : value,
  ]);
  return Object.fromEntries(entries) as Data;
}

/** An answer, and whether others than the one who acted may read it. */
export interface ActionAnswer {
  readonly answer: Answer;
  readonly isForEveryone: boolean;
  /** Others may read it and have no use for it: it is shown to the one who asked alone where that can be done. */
  readonly isForAsker?: true;
}

/** What can be thrown of what was caught. */
export function asError(fault: unknown): Error {
  return fault instanceof Error ? fault : new Error('fault', { cause: fault });
}

/**
 * Carries out what buttons ask for; a verb that nobody registered does nothing.
 * @param menu what is offered beside what went wrong.
 */
export function cardActor(all: readonly CardAction[], menu: readonly MenuItem[], log: Log) {
  const actions = new Map(all.map((one) => [one.verb, one]));
  if (actions.size < all.length) throw new Error('two actions have one verb');

  /**
   * Never throws: every fault becomes an answer, with all that was typed.
   * @param fault what went wrong before the action could begin: the person or the programme could not be read.
   */
  return async (turn: Turn, press: Press, fault?: unknown): Promise<ActionAnswer> => {
    const { language } = turn;
    const problem = (text: string): ActionAnswer => ({
      answer: { as: 'aside', card: problemView(language, text, menu) },
      isForEveryone: true,
      isForAsker: true,
    });
    const pressed = actions.get(press.verb);
    if (pressed === undefined) return problem(t(language, 'chat.problem.unknownAction'));
    try {
      if (fault !== undefined) throw asError(fault);
      if (!may(turn.person, pressed.permission)) throw new AppError('permission.denied');
      const person = signedFor(turn.person, pressed.permission);
      const answer = await pressed.handle({ ...turn, person }, press.data);
      if (answer.as === 'problem') return problem(answer.text);
      const isPrivate = answer.as === 'replace' && answer.isPrivate === true;
      return {
        answer,
        isForEveryone: pressed.audience !== undefined && !isPrivate,
        ...(pressed.audience === 'asker' && { isForAsker: true }),
      };
    } catch (error) {
      if (isOurs(error)) log.error('bot.actionFailed', { verb: press.verb, error });
      // A form drawn again would show them what is the programme's.
      const isOut = isAppError(error, 'person.left');
      if (isOut || pressed.recover === undefined) return problem(faultText(error, language));
      try {
        const answer = await pressed.recover(turn, masked(press.data), error);
        return { answer, isForEveryone: false };
      } catch (second) {
        if (isOurs(second)) log.error('bot.recoveryFailed', { verb: press.verb, error: second });
        return problem(faultText(second, language));
      }
    }
  };
}
