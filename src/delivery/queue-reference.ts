/**
 * What a queue carries: the programme, and what is to be looked at in it. Messages that older releases put there name no
 * programme: they belong to the one that there was.
 */
const firstProgramme = 'programme';

/** A programme's id as it can stand before the dot. */
const named = /^([\w-]{1,64})\.(.*)$/s;

export function queueText(programme: string, reference: string): string {
  return `${programme}.${reference}`;
}

/**
 * The reference in a queue's text where it belongs to this programme, else `undefined`.
 * @param isReference what a reference looks like; without it nothing could tell one with dots from a programme before it.
 */
export function referenceFor(programme: string, text: string, isReference: RegExp): string | undefined {
  if (isReference.test(text)) return programme === firstProgramme ? text : undefined;
  const [, owner, reference = ''] = named.exec(text) ?? [];
  return owner === programme && isReference.test(reference) ? reference : undefined;
}
