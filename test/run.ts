// `npm test`: the static checks, then the tests, and one closing line that counts both.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { build } from '../src/launcher/build.js';

interface Check {
  readonly name: string;
  readonly tool: string;
  readonly args: readonly string[];
}

interface Ended {
  readonly isGood: boolean;
  readonly said: string;
}

interface Counts {
  readonly passes: number;
  readonly failures: number;
}

const eslint = 'node_modules/eslint/bin/eslint.js';
const tsc = 'node_modules/typescript/bin/tsc';
const checks: readonly Check[] = [
  // In two halves, side by side: it takes longer than all the others.
  { name: 'lint of tab and test', tool: eslint, args: ['tab', 'test'] },
  {
    name: 'lint of all else',
    tool: eslint,
    args: ['.', '--ignore-pattern', 'tab/', '--ignore-pattern', 'test/'],
  },
  { name: 'types of src and bot', tool: tsc, args: ['--noEmit'] },
  { name: 'types of tab', tool: tsc, args: ['--noEmit', '--project', 'tab'] },
  { name: 'types of test', tool: tsc, args: ['--noEmit', '--project', 'test'] },
  { name: 'knip', tool: 'node_modules/knip/bin/knip.js', args: ['--no-progress'] },
  {
    name: 'format',
    tool: 'node_modules/prettier/bin/prettier.cjs',
    args: ['--check', '--log-level', 'warn', '.'],
  },
];
const atOnce = 2;

function run(
  tool: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Ended> {
  const isShown = environment.COUNTS_FILE !== undefined;
  const child = spawn(process.execPath, [tool, ...args], {
    env: environment,
    stdio: isShown ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ isGood: code === 0, said: Buffer.concat(said).toString() }));
  });
}

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

async function check({ name, tool, args }: Check): Promise<boolean> {
  const since = Date.now();
  const { isGood, said } = await run(tool, args);
  console.log(`${isGood ? '✔' : '✖'} ${name} (${seconds(since)})`);
  if (!isGood) console.log(said);
  return isGood;
}

async function checkAll(): Promise<Counts> {
  const waiting = [...checks];
  const results: boolean[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      results.push(await check(next));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const passes = results.filter(Boolean).length;
  return { passes, failures: results.length - passes };
}

/** Runs the tests; a run that ends without its counts, or badly without a failure, counts as one failure more. */
async function test(): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), 'big-room-test-'));
  const file = join(folder, 'counts.json');
  const args = [
    '--reporter',
    './test/reporter.ts',
    '--parallel',
    '--jobs',
    String(atOnce),
    'test/**/*.test.{ts,tsx}',
  ];
  const { isGood } = await run('node_modules/mocha/bin/mocha.js', args, {
    ...process.env,
    COUNTS_FILE: file,
  });
  const text = await readFile(file, 'utf8').catch(() => '{"passes":0,"failures":0}');
  await rm(folder, { recursive: true });
  const counts = JSON.parse(text) as Counts;
  const isUncounted = !isGood && counts.failures === 0;
  return isUncounted ? { ...counts, failures: 1 } : counts;
}

const since = Date.now();
console.log('Static checks');
const checked = await checkAll();
await build();
// Unpacks the browser now: two test files at once would run into each other's half-written one.
await chromium.executablePath();
console.log('\nTests');
const tested = await test();
const failures = checked.failures + tested.failures;
console.log(`Static checks: ${checked.passes} good, ${checked.failures} not. All took ${seconds(since)}.`);
console.log(`\n${checked.passes + tested.passes} passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
