import { ApiError } from '../../api.js';
import { useShell, useText, type Question } from '../context.js';
import type { Texts } from '../../text.js';

/**
 * Makes a move that approves a text. Where somebody else is in the middle of writing it, names them and asks first; where it
 * says the same as another language does, names what is the same.
 * @returns what the move gave, or undefined where the person rather waits.
 */
export function useAlthough(): <A>(make: (although: boolean) => Promise<A>) => Promise<A | undefined> {
  const { ask } = useShell();
  const { t } = useText();
  return async (make) => {
    try {
      return await make(false);
    } catch (error) {
      const question = error instanceof ApiError ? questionFor(t, error) : undefined;
      if (question === undefined) throw error;
      const answered = await ask(question);
      return answered === undefined ? undefined : make(true);
    }
  };
}

function questionFor(t: Texts['t'], { code, facts }: ApiError): Omit<Question, 'note'> | undefined {
  if (code === 'text.beingWritten')
    return {
      title: t('writing.busy.title', { who: String(facts.who) }),
      text: t('writing.busy.text'),
      verb: t('writing.busy.verb'),
    };
  if (code === 'text.sameAsOther')
    return {
      title: t('writing.same.title', { language: String(facts.language) }),
      text: t('writing.same.text', { parts: String(facts.parts), other: String(facts.other) }),
      verb: t('writing.same.verb'),
    };
  return undefined;
}
