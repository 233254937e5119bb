/** How many typing mistakes a word of this length may hold and still be meant. */
export function mistakesAllowed(word: string): number {
  if (word.length < 4) return 0;
  return word.length < 7 ? 1 : 2;
}

/**
 * Typing mistakes between two words: letters added, left out, changed, or two neighbours swapped (optimal string
 * alignment, https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance). Words of a command are short, so the
 * whole table is cheap.
 */
export function typingMistakes(one: string, other: string): number {
  const [a, b] = [Array.from(one), Array.from(other)];
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  const set = (i: number, j: number, cost: number): void => {
    const row = rows[i];
    if (row !== undefined) row[j] = cost;
  };
  for (let j = 0; j <= b.length; j++) set(0, j, j);
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? at(i - 2, j - 2) + 1 : Infinity;
      set(i, j, Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, change, swap));
    }
  }
  return at(a.length, b.length);
}

/** With more words than these a text is read as it stands: each search goes through all that are known. */
const maxRepaired = 12;

/** Words with their typing mistakes mended, where exactly one of what is known is meant most likely. */
export function repairing(known: Iterable<string>): (words: readonly string[]) => string[] {
  const all = new Set(known);
  const long = [...all].filter((word) => mistakesAllowed(word) > 0);

  function repaired(word: string): string {
    const allowed = mistakesAllowed(word);
    if (allowed === 0 || all.has(word)) return word;
    let [best, fewest] = [word, allowed + 1];
    for (const each of long) {
      if (Math.abs(each.length - word.length) >= fewest) continue;
      // Two mistakes are too many where the first letter is another too.
      const [first = '', second = ''] = word;
      if (!each.startsWith(first) && !each.startsWith(second) && each.charAt(1) !== first) continue;
      const mistakes = typingMistakes(word, each);
      if (mistakes <= Math.min(mistakesAllowed(each), fewest - 1)) [best, fewest] = [each, mistakes];
    }
    return best;
  }

  return (words) => (words.length > maxRepaired ? [...words] : words.map(repaired));
}
