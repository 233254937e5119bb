// `npm test`: the static checks, then the tests, and one closing line that counts both. With `--long` (`npm run
// test:long`) the tests that can go on for hours take their long form.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { build } from '../src/launcher/build.js';
import { checkAll, secondsSince, type Counts } from './check.js';

const isLong = process.argv.includes('--long');

/** @returns whether every test passed */
function mocha(countsFile: string): Promise<boolean> {
  const args = ['--reporter', './test/reporter.ts', '--parallel', '--jobs', '2', 'test/**/*.test.{ts,tsx}'];
  const child = spawn(process.execPath, ['node_modules/mocha/bin/mocha.js', ...args], {
    env: { ...process.env, COUNTS_FILE: countsFile, ...(isLong && { BIG_ROOM_LONG: '1' }) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0));
  });
}

/** Runs the tests; a run that ends without its counts, or badly without a failure, counts as one failure more. */
async function test(): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), 'big-room-test-'));
  const file = join(folder, 'counts.json');
  const isGood = await mocha(file);
  const text = await readFile(file, 'utf8').catch(() => '{"passes":0,"failures":0}');
  await rm(folder, { recursive: true });
  const counts = JSON.parse(text) as Counts;
  const isUncounted = !isGood && counts.failures === 0;
  return isUncounted ? { ...counts, failures: 1 } : counts;
}

const since = Date.now();
console.log('Static checks');
const checked = await checkAll();
const checkTime = secondsSince(since);
await build();
// Unpacks the browser now: two test files at once would run into each other's half-written one.
await chromium.executablePath();
console.log('\nTests');
const tested = await test();
const failures = checked.failures + tested.failures;
console.log(
  `Static checks: ${checked.passes} good, ${checked.failures} not (${checkTime}). All took ${secondsSince(since)}.`,
);
console.log(`\n${checked.passes + tested.passes} passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;
