/**
 * Texts as the classifier sees them: the beginnings, middles and ends of their words (character n-grams), the words
 * themselves, pairs of neighbours, and the concepts that they name.
 */

/** A power of two: into how many buckets the features are hashed. Two in one bucket do little harm where texts are short. */
export const buckets = 4096;

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/), folded into the buckets. */
function bucketOf(feature: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < feature.length; at++) {
    hash = Math.imul(hash ^ feature.charCodeAt(at), 0x01000193);
  }
  return ((hash >>> 16) ^ hash) & (buckets - 1);
}

/** Without the dots and rings that phones and hurried people leave out. */
const folded = (word: string): string => word.normalize('NFD').replace(/\p{Mn}/gu, '');

function ngramsOf(word: string): string[] {
  const whole = `<${word}>`;
  const found: string[] = [];
  for (let size = 3; size <= 5; size++) {
    for (let at = 0; at + size <= whole.length; at++) found.push(whole.slice(at, at + size));
  }
  return found;
}

/** Weights by bucket, so that the squares of all add up to 1. */
export type Vector = ReadonlyMap<number, number>;

function vectorOf(features: Iterable<readonly [feature: string, weight: number]>): Vector {
  const sums = new Map<number, number>();
  for (const [feature, weight] of features) {
    const bucket = bucketOf(feature);
    sums.set(bucket, Math.max(sums.get(bucket) ?? 0, weight));
  }
  const length = Math.sqrt([...sums.values()].reduce((sum, weight) => sum + weight * weight, 0));
  return new Map([...sums].map(([bucket, weight]) => [bucket, weight / length]));
}

function lengthOf(words: readonly string[]): string {
  if (words.length <= 1) return '#one';
  if (words.length <= 3) return '#few';
  return words.length <= 6 ? '#some' : '#many';
}

const ngramWeight = 0.5;
const wordWeight = 1;
const pairWeight = 0.7;
const conceptWeight = 1.5;

/** @param concepts names of what the words are about, from stems. */
export function topicVector(
  words: readonly string[],
  concepts: readonly string[],
  isQuestion: boolean,
): Vector {
  const plain = words.map(folded);
  return vectorOf([
    ...plain.flatMap(ngramsOf).map((each) => [each, ngramWeight] as const),
    ...plain.map((word) => [`=${word}`, wordWeight] as const),
    ...plain.slice(1).map((word, at) => [`=${plain[at] ?? ''} ${word}`, pairWeight] as const),
    ...concepts.map((concept) => [`@${concept}`, conceptWeight] as const),
    ...concepts.flatMap((one, at) =>
      concepts.slice(at + 1).map((other) => [`@${[one, other].sort().join('+')}`, wordWeight] as const),
    ),
    [lengthOf(words), ngramWeight],
    ...(isQuestion ? ([['?', ngramWeight]] as const) : []),
  ]);
}

/** Spelling tells languages apart, so that nothing is folded here. */
export function languageVector(words: readonly string[]): Vector {
  return vectorOf([
    ...words.flatMap(ngramsOf).map((each) => [each, ngramWeight] as const),
    ...words.map((word) => [`=${word}`, wordWeight] as const),
  ]);
}
