import { ApiError } from '../../api.js';
import { useShell, useText } from '../context.js';

/**
 * Makes a move that approves a text. Where somebody else is in the middle of writing it, names them and asks first.
 * @returns what the move gave, or undefined where the person rather waits.
 */
export function useAlthough(): <A>(make: (although: boolean) => Promise<A>) => Promise<A | undefined> {
  const { ask } = useShell();
  const { t } = useText();
  return async (make) => {
    try {
      return await make(false);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'text.beingWritten') throw error;
      const who = String(error.facts.who);
      const answered = await ask({
        title: t('writing.busy.title', { who }),
        text: t('writing.busy.text'),
        verb: t('writing.busy.verb'),
      });
      return answered === undefined ? undefined : make(true);
    }
  };
}
