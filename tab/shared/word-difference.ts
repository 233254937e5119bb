import { diffWordsWithSpace } from 'diff';
import { plainText } from './plain-text.js';

/** A stretch of text that both have, or that only the newer (`added`) or the older (`removed`) has. */
export interface Piece {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/**
 * The way from one text to another, word by word. Joined without the added pieces it is the first, without the removed
 * ones the second. Changes with nothing but space between them are one change: a sentence written anew reads as one.
 */
export function wordDifference(before: string, after: string): Piece[] {
  const pieces: Piece[] = [];
  let change = { removed: '', added: '' };
  let space = '';
  const flush = (): void => {
    if (change.removed !== '') pieces.push({ kind: 'removed', text: change.removed });
    if (change.added !== '') pieces.push({ kind: 'added', text: change.added });
    change = { removed: '', added: '' };
    if (space !== '') pieces.push({ kind: 'same', text: space });
    space = '';
  };
  for (const { added, removed, value } of diffWordsWithSpace(before, after)) {
    if (!added && !removed) {
      const isBetween = value.trim() === '' && (change.removed !== '' || change.added !== '');
      if (isBetween && !value.includes('\n')) space += value;
      else {
        flush();
        pieces.push({ kind: 'same', text: value });
      }
      continue;
    }
    const kind = added ? 'added' : 'removed';
    change = {
      removed: change.removed + space,
      added: change.added + space,
      [kind]: change[kind] + space + value,
    };
    space = '';
  }
  flush();
  return joined(pieces);
}

/** The difference as people read it: without Markdown's marks, unless they alone (an address, bold) are what changed. */
export function textDifference(before: string, after: string): Piece[] {
  const [plainBefore, plainAfter] = [plainText(before), plainText(after)];
  if (plainBefore === plainAfter && before.trim() !== after.trim()) return wordDifference(before, after);
  return wordDifference(plainBefore, plainAfter);
}

/** Neighbours of one kind as one piece. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last?.kind === piece.kind) result[result.length - 1] = { ...last, text: last.text + piece.text };
    else result.push(piece);
  }
  return result;
}

/** The pieces by paragraph; a piece that goes over an empty line is parted there. */
export function paragraphsOf(pieces: readonly Piece[]): Piece[][] {
  const paragraphs: Piece[][] = [[]];
  for (const { kind, text } of pieces) {
    const parts = text.split(/\n{2,}/);
    parts.forEach((part, index) => {
      if (index > 0) paragraphs.push([]);
      if (part !== '') paragraphs.at(-1)?.push({ kind, text: part });
    });
  }
  return paragraphs.filter((paragraph) => paragraph.length > 0);
}
