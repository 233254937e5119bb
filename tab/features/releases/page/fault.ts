import type { TextKey, Texts } from '../../../text.js';

/** Why a publication did not succeed, in words; for a reason that has none the general ones. */
export function faultText(texts: Pick<Texts, 'say'>, reason: string): string {
  const key = `release.fault.${reason}`;
  const text = texts.say(key as TextKey);
  return text === key ? texts.say('release.fault.unexpected') : text;
}
