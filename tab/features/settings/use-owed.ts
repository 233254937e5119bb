import { owedLanguages } from '../../../src/people/person.js';
import type { PublicLanguage } from '../../../src/shared/languages.js';
import { useShell } from '../../shared/context.js';

/** In which languages the programme publishes, the first one first. */
export function useOwed(): readonly PublicLanguage[] {
  return owedLanguages(useShell().session.programme);
}
