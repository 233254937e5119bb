/** How something stands: good, worth a look, at fault, or not looked at. */
export type Health = 'good' | 'look' | 'fault' | 'skipped';

/** What a check found. */
export interface Finding {
  /** What was looked at, in a few words. */
  readonly about: string;
  readonly health: Health;
  /** What is so, in a sentence. Holds no secret. */
  readonly text: string;
  /** What to do next, where there is something to do. */
  readonly next?: string;
}

/** Something to look at. Never throws: what it can't find out is a finding too. */
export interface Check {
  readonly about: string;
  readonly run: () => Promise<Omit<Finding, 'about'> | readonly Omit<Finding, 'about'>[]>;
}

export const good = (text: string): Omit<Finding, 'about'> => ({ health: 'good', text });
export const look = (text: string, next: string): Omit<Finding, 'about'> => ({ health: 'look', text, next });
export const fault = (text: string, next: string): Omit<Finding, 'about'> => ({
  health: 'fault',
  text,
  next,
});
export const skipped = (text: string): Omit<Finding, 'about'> => ({ health: 'skipped', text });

/** The longest that a check may take, in milliseconds: a firewall that drops everything answers nothing. */
export const checkMs = 20_000;

async function runOne({ about, run }: Check): Promise<readonly Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Omit<Finding, 'about'>>((resolve) => {
    timer = setTimeout(() => {
      resolve(
        fault(
          `no answer within ${String(checkMs / 1_000)} seconds`,
          'Look whether a firewall or a proxy holds the connection back.',
        ),
      );
    }, checkMs);
  });
  try {
    const found = await Promise.race([run(), late]);
    return [found].flat().map((each) => ({ about, ...each }));
  } catch (error) {
    const name = error instanceof Error ? error.message : 'unknown';
    return [{ about, ...fault(`the check itself failed: ${name}`, 'Report this with the line above it.') }];
  } finally {
    clearTimeout(timer);
  }
}

/** All findings, in the order of the checks, which run side by side. */
export async function findingsOf(checks: readonly Check[]): Promise<readonly Finding[]> {
  return (await Promise.all(checks.map(runOne))).flat();
}

const marks: Readonly<Record<Health, string>> = {
  good: 'ok   ',
  look: 'look ',
  fault: 'FAULT',
  skipped: '-    ',
};

/** The findings as lines for whoever runs the check, and for the log of what watches it. */
export function report(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ about }) => about.length));
  const lines = findings.flatMap(({ about, health, text, next }) => [
    `${marks[health]}  ${about.padEnd(width)}  ${text}`,
    ...(next === undefined ? [] : [`       ${' '.repeat(width)}  -> ${next}`]),
  ]);
  const count = (health: Health): number => findings.filter((each) => each.health === health).length;
  const sum = `${String(count('fault'))} at fault, ${String(count('look'))} to look at, ${String(count('good'))} good, ${String(count('skipped'))} not looked at.`;
  return [...lines, '', sum].join('\n');
}

/** For what watches: 0 all is well, 1 something is at fault, 2 something is worth a look. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 | 2 {
  if (findings.some(({ health }) => health === 'fault')) return 1;
  return findings.some(({ health }) => health === 'look') ? 2 : 0;
}
