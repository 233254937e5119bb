import type { ZodType } from 'zod';
import { AppError } from '../../src/platform/errors.js';
import { say } from '../../src/i18n/messages.js';
import type { Permission } from '../../src/people/permissions.js';
import type { Answer, BotServices, Turn } from './turn.js';
import { problemView } from './help.js';

type Data = Readonly<Record<string, unknown>>;

/** What one button does, and who may press it. */
export interface Action {
  readonly permission: Permission;
  /** @throws AppError of the services. */
  run(turn: Turn, data: Data, services: BotServices): Promise<Answer>;
  /** Answers a fault with the same card and all that was typed; without it, the fault is told on a card of its own. */
  recover?(turn: Turn, data: Data, error: unknown, services: BotServices): Promise<Answer>;
}

/** An action whose data is checked by a schema before it runs. */
export function action<Input>(
  permission: Permission,
  schema: ZodType<Input>,
  run: (turn: Turn, input: Input, services: BotServices) => Promise<Answer>,
): Action {
  return {
    permission,
    run: async (turn, data, services) => {
      const parsed = schema.safeParse(data);
      if (!parsed.success) {
        return {
          as: 'aside',
          card: problemView(turn.language, say(turn.language, 'chat.problem.unreadable')),
        };
      }
      return run(turn, parsed.data, services);
    },
  };
}

/** A fault in words of the person's language. */
export function faultText(error: unknown, language: Turn['language']): string {
  return say(language, `error.${error instanceof AppError ? error.code : 'internal'}`);
}
