import type { CommonKey } from '../../src/i18n/keys.js';
import { ApiError } from '../api.js';
import type { TextKey, Texts } from '../text.js';

/** What went wrong, in words; for an unknown fault the general ones. */
export function problemText(texts: Texts, error: unknown): string {
  if (!(error instanceof ApiError)) return texts.t('error.internal');
  if (error.code === 'network') return texts.t('shared.error.network');
  const key = `error.${error.code}` as CommonKey;
  const text = texts.t(key);
  return text === key ? texts.t('error.internal') : text;
}

/** What is wrong with one field of a refused form; undefined when nothing is. */
export function fieldProblem(texts: Texts, error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const fault = error.fields.find((candidate) => candidate.field === field);
  return fault === undefined ? undefined : texts.t(`field.${fault.code}` as TextKey, fault.values ?? {});
}
