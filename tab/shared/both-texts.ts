import { diffLines } from 'diff';

/**
 * One Markdown text out of two that people wrote at once: every line of either, in order, those that both have once. Nothing is
 * lost; a line that both changed stands there twice, theirs first, to be put right by whoever reads it.
 */
export function bothTexts(theirs: string, mine: string): string {
  const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);
  const pieces = diffLines(ended(theirs), ended(mine));
  return pieces
    .map(({ value, added }, index) => {
      const isBesideTheirs = added && pieces[index - 1]?.removed === true;
      // Without an empty line between them two paragraphs would be one.
      return isBesideTheirs && !/^\s*([-*+]|\d+[.)])\s/.test(value) ? `\n${value}` : value;
    })
    .join('')
    .trimEnd();
}
