import type { PersonRef } from '../../src/platform/actor.js';
import { useText } from './context.js';

/** Names who did something, and in whose name where they acted for somebody. */
export function useWho(): (by: Pick<PersonRef, 'name' | 'for'>) => string {
  const { t } = useText();
  return ({ name, for: absent }) =>
    absent === undefined ? name : t('shared.inNameOf', { name, absent: absent.name });
}
