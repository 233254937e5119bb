import { buckets, type Vector } from './features.js';
import { type Weights, probabilities } from './classifier.js';

/** A text with its class, as it is learned from. */
export interface Example {
  readonly name: string;
  readonly vector: Vector;
}

const rounds = 15;
const step = 0.5;
/** How strongly weights are drawn towards 0, at each step: what was seen once must not count for much. */
const decay = 2e-4;
/** An error that is not worth a step. */
const enough = 2e-3;

/** One order for all machines, in which neighbours are of different classes: the examples, by a multiplicative hash. */
function mixed<T>(examples: readonly T[]): T[] {
  const key = (index: number): number => Math.imul(index + 1, 0x9e3779b1) >>> 0;
  return examples
    .map((example, index) => ({ example, at: key(index) }))
    .sort((one, other) => one.at - other.at)
    .map(({ example }) => example);
}

function quantised(classes: readonly string[], rows: readonly Float64Array[]): Weights {
  const greatest = Math.max(
    ...rows.map((row) => row.reduce((most, each) => Math.max(most, Math.abs(each)), 0)),
  );
  const scale = greatest / 127;
  const bytes = Int8Array.from(rows.flatMap((row) => [...row]).map((each) => Math.round(each / scale)));
  return { classes, scale, bytes: Buffer.from(bytes.buffer).toString('base64') };
}

/**
 * Learns a multinomial logistic regression by stochastic gradient descent with steps that get shorter (AdaGrad). The same
 * examples give the same weights, everywhere.
 */
export function trained(classes: readonly string[], examples: readonly Example[]): Weights {
  const size = buckets + 1;
  const rows = classes.map(() => new Float64Array(size));
  const squares = classes.map(() => new Float64Array(size));
  const order = mixed(examples).map(({ name, vector }) => ({
    right: classes.indexOf(name),
    at: Int32Array.from([...vector.keys(), buckets]),
    values: Float64Array.from([...vector.values(), 1]),
  }));
  for (let round = 0; round < rounds; round++) {
    for (const { right, at, values } of order) {
      const scores = rows.map((row) => {
        let score = 0;
        for (let index = 0; index < at.length; index++)
          score += (values[index] ?? 0) * (row[at[index] ?? 0] ?? 0);
        return score;
      });
      for (const [index, probability] of probabilities(scores).entries()) {
        const error = probability - (index === right ? 1 : 0);
        const [row, square] = [rows[index], squares[index]];
        if (Math.abs(error) < enough || row === undefined || square === undefined) continue;
        for (let each = 0; each < at.length; each++) {
          const bucket = at[each] ?? 0;
          const slope = error * (values[each] ?? 0) + decay * (row[bucket] ?? 0);
          const sum = (square[bucket] ?? 0) + slope * slope;
          square[bucket] = sum;
          row[bucket] = (row[bucket] ?? 0) - (step * slope) / Math.sqrt(sum + 1e-8);
        }
      }
    }
  }
  return quantised(classes, rows);
}
