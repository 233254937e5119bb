import { diffWordsWithSpace } from 'diff';

/** A stretch of text that both have, or that only the newer (`added`) or the older (`removed`) has. */
export interface Piece {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** The way from one text to another, word by word. Joined without the added pieces it is the first, without the removed the second. */
export function wordDifference(before: string, after: string): Piece[] {
  return diffWordsWithSpace(before, after).map(({ added, removed, value }) => {
    if (added) return { kind: 'added', text: value };
    return { kind: removed ? 'removed' : 'same', text: value };
  });
}
