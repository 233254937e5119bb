// When somebody agreed to get mails, as far as it is known. Runs in the browser too.

/**
 * The ISO date that somebody wrote down, or the ISO instant at which the contact agreed themselves, by words that they read.
 * Undefined where a consent was recorded without its day: when that was recorded says nothing of it.
 */
export function consentDay(consent: {
  readonly at: string;
  readonly on?: string;
  readonly wording?: string;
}): { readonly date: string } | { readonly instant: string } | undefined {
  if (consent.on !== undefined) return { date: consent.on };
  return consent.wording === undefined ? undefined : { instant: consent.at };
}
