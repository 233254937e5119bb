import type { Length } from './model.js';

/** Gmail shows a mail of more than 102 KB cut off, behind a link (https://support.google.com/mail/thread/6348541). */
export const maxBytes = 102_000;

/** A story to fit in: what each length takes, and how far it may be cut. Heavier ones are cut later. */
export interface Piece {
  readonly length: Length;
  readonly weight: number;
  readonly bytes: (length: Length) => number;
}

const shorter: Readonly<Record<Length, Length | undefined>> = {
  whole: 'brief',
  brief: 'title',
  title: undefined,
};

/**
 * How long each story may be so that all of them take at most `room` bytes. What gives way first: whole stories
 * before the beginnings of others, light before heavy, later before earlier; the first piece, the lead story, last.
 * May not reach it when even titles take more.
 */
export function fit(pieces: readonly Piece[], room: number): Length[] {
  const lengths = pieces.map((piece) => piece.length);
  let over = pieces.reduce((sum, piece) => sum + piece.bytes(piece.length), 0) - room;
  const order = pieces
    .map((piece, index) => ({ piece, index }))
    .sort((one, other) =>
      one.index === 0 || other.index === 0
        ? other.index - one.index
        : one.piece.weight - other.piece.weight || other.index - one.index,
    );
  for (const stage of ['whole', 'brief'] as const) {
    for (const { piece, index } of order) {
      if (over <= 0) return lengths;
      const next = shorter[stage];
      if (lengths[index] !== stage || next === undefined) continue;
      lengths[index] = next;
      over -= piece.bytes(stage) - piece.bytes(next);
    }
  }
  return lengths;
}
