import { buckets, type Vector } from './features.js';

/** What a classifier has learned: for each class a weight for each bucket and one of its own. */
export interface Weights {
  readonly classes: readonly string[];
  /** What a step of a stored weight is worth. */
  readonly scale: number;
  /** Of each class in turn, `buckets + 1` whole numbers from -127 to 127, as bytes in base64. */
  readonly bytes: string;
}

export interface Guess {
  readonly name: string;
  /** From 0 to 1. */
  readonly probability: number;
}

/** Numbers that add up to 1, the greater the greater what is given (softmax). */
export function probabilities(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const raised = scores.map((score) => Math.exp(score - highest));
  const sum = raised.reduce((one, other) => one + other, 0);
  return raised.map((each) => each / sum);
}

/** The classes that a text may be of, the likeliest first. */
export function classifier({ classes, scale, bytes }: Weights): (vector: Vector) => readonly Guess[] {
  const decoded = Buffer.from(bytes, 'base64');
  const weights = new Int8Array(decoded.buffer, decoded.byteOffset, decoded.byteLength);
  return (vector) => {
    const scores = classes.map((_, index) => {
      const start = index * (buckets + 1);
      let score = weights[start + buckets] ?? 0;
      for (const [bucket, value] of vector) score += value * (weights[start + bucket] ?? 0);
      return score * scale;
    });
    return probabilities(scores)
      .map((probability, index) => ({ name: classes[index] ?? '', probability }))
      .sort((one, other) => other.probability - one.probability);
  };
}
