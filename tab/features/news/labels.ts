/** A label as it is written inside a sentence: without its capital letter, unless it is an abbreviation. */
export const inSentence = (label: string): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
