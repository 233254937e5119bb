// `npm run check`: everything that is found without running the program, side by side.
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

interface Check {
  readonly name: string;
  readonly tool: string;
  readonly args: readonly string[];
}

export interface Counts {
  readonly passes: number;
  readonly failures: number;
}

/** Caches of checks, for runs in which little has changed; deleted with the packages that wrote them. */
const cache = 'node_modules/.cache';

function types(name: string, project: string): Check {
  const buildInfo = `${cache}/types-${name}.tsbuildinfo`;
  const args = ['--noEmit', '--project', project, '--incremental', '--tsBuildInfoFile', buildInfo];
  return { name: `types of ${name}`, tool: 'typescript/bin/tsc', args };
}

/** The longest first, so that the last two end together. */
const checks: readonly Check[] = [
  { name: 'lint and zones', tool: 'oxlint/bin/oxlint', args: [] },
  types('test', 'test'),
  types('src and bot', '.'),
  types('tab', 'tab'),
  {
    name: 'dead code',
    tool: 'knip/bin/knip.js',
    args: ['--no-progress', '--cache', '--cache-location', `${cache}/knip`],
  },
  { name: 'format', tool: 'oxfmt/bin/oxfmt', args: ['--list-different', '.'] },
];
const atOnce = 2;

interface Ended {
  readonly isGood: boolean;
  readonly output: string;
}

function run({ tool, args }: Check): Promise<Ended> {
  const child = spawn(process.execPath, [`node_modules/${tool}`, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ isGood: code === 0, output: Buffer.concat(output).toString() }));
  });
}

export const secondsSince = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Runs every check, and shows what a failing one says. */
export async function checkAll(): Promise<Counts> {
  const waiting = [...checks];
  const results: boolean[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const since = Date.now();
      const { isGood, output } = await run(next);
      console.log(`${isGood ? '✔' : '✖'} ${next.name} (${secondsSince(since)})`);
      if (!isGood) console.log(output);
      results.push(isGood);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const passes = results.filter(Boolean).length;
  return { passes, failures: results.length - passes };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const since = Date.now();
  const { passes, failures } = await checkAll();
  console.log(`\n${passes} passed, ${failures} failed (${secondsSince(since)})`);
  process.exitCode = failures === 0 ? 0 : 1;
}
