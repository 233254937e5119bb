import type { TextKey, Texts } from '../../../text.js';

/** Why a publication did not succeed, in words; for a reason that has none the general ones. */
export function faultText(texts: Pick<Texts, 't'>, reason: string): string {
  const key = `release.fault.${reason}`;
  const text = texts.t(key as TextKey);
  return text === key ? texts.t('release.fault.unexpected') : text;
}
