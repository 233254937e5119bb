/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Texts at which software has broken before. */
const oddTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\u200b',
  '\ud800',
  '\uffff',
  'a\u0301'.repeat(40),
  '../../etc/passwd',
  '..%2f..',
  '%00',
  '%',
  '|',
  '~',
  '#?/\\',
  "' or 1 eq 1",
  '<script>alert(1)</script>',
  '${1+1}',
  '{{DATE(x)}}',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'NaN',
  '-0',
  '1e999',
  '2026-02-30',
  '9999-12-31',
  '+275760-09-13',
  '0000-00-00',
  '2026-12-01',
  '2027-03-28',
  '24:00',
  '09:00',
  '2026-13',
  '131052-308T',
  'javascript:alert(1)',
  'https://x.example/\u202e',
  'fi',
  'sv',
  'x'.repeat(70),
  'ä'.repeat(600),
  'sana '.repeat(3_000),
];

const oddNumbers = [0, -1, 1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 5e-324];

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Makes input at random: odd values, and valid values of which something is changed. */
export class Fuzzer {
  readonly #random: () => number;
  /** Texts that were seen in answers: ids, keys of pages, dates. */
  readonly #seen: string[] = [];
  readonly #known = new Set<string>();

  constructor(seed: number) {
    this.#random = randomFrom(seed);
  }

  /** Whether something happens that has this chance. */
  chance(of: number): boolean {
    return this.#random() < of;
  }

  /** A whole number below `end`. */
  below(end: number): number {
    return Math.floor(this.#random() * end);
  }

  one<Value>(values: readonly Value[]): Value {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  }

  /** Keeps the short texts of an answer, to be given back later where they don't belong. */
  learn(value: Json | undefined): void {
    if (typeof value === 'string') {
      if (value.length === 0 || value.length > 90 || this.#known.has(value) || this.#seen.length > 4_000)
        return;
      this.#known.add(value);
      this.#seen.push(value);
    } else if (typeof value === 'object' && value !== null) {
      for (const each of Object.values(value)) this.learn(each);
    }
  }

  text(): string {
    if (this.#seen.length > 0 && this.chance(0.5)) return this.one(this.#seen);
    return this.one(oddTexts);
  }

  value(depth = 3): Json {
    const kind = this.below(depth > 0 ? 8 : 6);
    if (kind === 0) return null;
    if (kind === 1) return this.chance(0.5);
    if (kind === 2) return this.one(oddNumbers);
    if (kind < 6) return this.text();
    const length = this.chance(0.02) ? 300 : this.below(4);
    const values = Array.from({ length }, () => this.value(depth - 1));
    if (kind === 6) return values;
    return Object.fromEntries(values.map((value) => [this.text(), value]));
  }

  /** The value with some of it changed, left out or added; seldom another one altogether. */
  changed(value: Json, odds = 0.12): Json {
    if (this.chance(odds / 3)) return this.value();
    if (Array.isArray(value)) {
      const items = (value as readonly Json[]).map((item) => this.changed(item, odds));
      if (this.chance(odds)) items.push(this.value(2));
      if (this.chance(odds)) items.splice(this.below(items.length + 1), 1);
      if (items.length > 0 && this.chance(odds / 2)) items.push(...items, ...items);
      return items;
    }
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value).flatMap(([key, each]): [string, Json][] =>
        this.chance(odds / 2) ? [] : [[key, this.changed(each, odds)]],
      );
      if (this.chance(odds)) entries.push([this.text(), this.value(2)]);
      return Object.fromEntries(entries);
    }
    return this.chance(odds) ? this.value(1) : value;
  }
}
