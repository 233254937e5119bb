import { useState } from 'react';
import { seenAfter, type Fields } from '../../src/shared/merge.js';
import { ApiError } from '../api.js';

/** Whether somebody else changed the same meanwhile, so that nothing was stored. */
export function isConflict(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 'edit.conflict';
}

/** What the writer has seen after a refusal, which showed them what others changed; else what it was. */
export function seenSince(seen: Fields, error: unknown): Fields {
  return isConflict(error) ? seenAfter(seen, error.facts.theirs as Fields) : seen;
}

/**
 * Sends a form together with what it was filled with. Where others changed the same meanwhile, that is thrown as it is; sent
 * again it replaces what the writer was shown, and nothing else.
 * @param filled the values when the form was opened, as the server gave them; later ones are not looked at.
 */
export function useSeen(
  filled: Fields,
): <Answer>(make: (seen: Fields) => Promise<Answer>) => Promise<Answer> {
  const [seen, setSeen] = useState(filled);
  return async (make) => {
    try {
      return await make(seen);
    } catch (error) {
      setSeen(seenSince(seen, error));
      throw error;
    }
  };
}
