/** One line of the table: what was measured, what came out, what it was held against, and the goal. */
export interface Finding {
  readonly what: string;
  readonly measured: string;
  readonly against: string;
  readonly goal: string;
  readonly isMet: boolean;
}

/** Runs something and gives its milliseconds. */
export async function milliseconds(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** The value below which the share (0 to 1) of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
export const p95 = (values: readonly number[]): number => quantile(values, 0.95);

/**
 * Runs things alternately, so many times each, so that what else the machine does falls on all alike; the first tenth
 * warms up and does not count.
 */
export async function inTurn<Name extends string>(
  times: number,
  runs: Readonly<Record<Name, () => Promise<unknown>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(runs) as Name[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < times; round++) {
    for (const name of names) {
      const spent = await milliseconds(runs[name]);
      if (round >= times / 10) taken[name].push(spent);
    }
  }
  return taken;
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const times = (value: number): string => `${value.toFixed(2)} x`;

/** The findings as a Markdown table. */
export function table(findings: readonly Finding[]): string {
  const rows = findings.map(({ what, measured, against, goal, isMet }) =>
    [what, measured, against, goal, isMet ? 'yes' : 'no'].join(' | '),
  );
  return ['what | measured | against | goal | met', '--- | --- | --- | --- | ---', ...rows]
    .map((row) => `| ${row} |`)
    .join('\n');
}
