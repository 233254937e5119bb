import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createServer } from 'node:net';

/** A Node program to start beside this one. */
export interface Program {
  readonly name: string;
  /** The script and its arguments. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What it writes goes here. */
  readonly logFile: string;
  /** Whether it may listen on this machine's own address alone. */
  readonly loopbackOnly?: boolean;
  readonly folder?: string;
}

/** A started program. */
export interface Child {
  readonly name: string;
  readonly processId: number;
  /** Settles when it has ended, with its exit code or signal. */
  readonly ended: Promise<string>;
  /** The last lines that it wrote. */
  lastOutput(): string;
  /** The first match in what it writes. @throws LaunchError when it ends first. */
  waitForOutput(expected: RegExp): Promise<RegExpExecArray>;
  /** Asks it to stop, and kills it after so many milliseconds; whether asking was enough. */
  stop(graceMilliseconds: number): Promise<boolean>;
}

/** See `preload.ts`. */
const preload = pathToFileURL('dist/src/launcher/preload.js').href;
const rememberedCharacters = 8_000;

/** Starts a program in a session of its own, so that only this process gets Ctrl-C, and stops it when this process has ended. */
export function start(program: Program): Child {
  const loaded = `--import=${preload}${program.loopbackOnly === true ? '?loopbackOnly' : ''}`;
  const child = spawn(process.execPath, [loaded, ...program.command], {
    cwd: program.folder,
    env: program.environment,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const output = listen(child, program.logFile);
  const ended = endOf(child);
  return {
    name: program.name,
    processId: child.pid ?? 0,
    ended,
    lastOutput: () => output.text.trimEnd().split('\n').slice(-12).join('\n'),
    waitForOutput: (expected) => waitForOutput(program.name, output, expected, ended),
    stop: (grace) => stop(child, ended, grace),
  };
}

/** Starts a program whose output is this process's own, and stops it when this process has ended. */
export function startAlone(
  command: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): { readonly ended: Promise<string>; askToStop(): void } {
  const child = spawn(process.execPath, [`--import=${preload}`, ...command], {
    env: environment,
    detached: true,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  return { ended: endOf(child), askToStop: () => void child.kill('SIGTERM') };
}

const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${String(code)}`));
  });

interface Output {
  text: string;
  readonly listeners: Set<() => void>;
}

function listen(child: ChildProcess, logFile: string): Output {
  const output: Output = { text: '', listeners: new Set() };
  const log = createWriteStream(logFile);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.pipe(log, { end: false });
    stream?.on('data', (chunk: Buffer) => {
      output.text = (output.text + chunk.toString()).slice(-rememberedCharacters);
      for (const listener of output.listeners) listener();
    });
  }
  child.once('close', () => log.end());
  return output;
}

async function waitForOutput(
  name: string,
  output: Output,
  expected: RegExp,
  ended: Promise<string>,
): Promise<RegExpExecArray> {
  const found = new Promise<RegExpExecArray>((resolve) => {
    const check = (): void => {
      const match = expected.exec(output.text);
      if (match === null) return;
      output.listeners.delete(check);
      resolve(match);
    };
    output.listeners.add(check);
    check();
  });
  const endedFirst = ended.then((how) => {
    throw new LaunchError(`${name} ended before it was ready (${how}).\n${output.text.trim()}`);
  });
  return Promise.race([found, endedFirst]);
}

async function stop(
  child: ChildProcess,
  ended: Promise<string>,
  graceMilliseconds: number,
): Promise<boolean> {
  let isForced = false;
  const force = setTimeout(() => {
    isForced = child.kill('SIGKILL');
  }, graceMilliseconds);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(force);
  return !isForced;
}

const stopMilliseconds = 15_000;

/** The programs that were started together and are stopped together. */
export interface ProcessGroup {
  /** @throws LaunchError once stopping has begun. */
  start(program: Program): Child;
  /** Rejects with a LaunchError when one of those that run now ends. */
  firstEnd(): Promise<never>;
  /** Stops the newest first, so that what writes has ended before the storage does; returns the names of those that had to be killed. */
  stop(): Promise<readonly string[]>;
}

export function processGroup(): ProcessGroup {
  const children: Child[] = [];
  let isStopping = false;
  return {
    start(program) {
      if (isStopping) throw new LaunchError(`${program.name} is not started: stopping has begun.`);
      const child = start(program);
      children.push(child);
      return child;
    },
    async firstEnd() {
      const [child, how] = await Promise.race(children.map(async (one) => [one, await one.ended] as const));
      throw new LaunchError(`${child.name} ended unexpectedly (${how}).\n${child.lastOutput()}`);
    },
    async stop() {
      isStopping = true;
      const killed: string[] = [];
      for (const child of children.toReversed()) {
        if (!(await child.stop(stopMilliseconds))) killed.push(child.name);
      }
      return killed;
    },
  };
}

/** A reason why trial mode cannot start or go on, as text for the person who started it. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';
}

/** Whether a process with this id lives; one of another user counts as living. */
export function isRunning(processId: number): boolean {
  if (processId <= 0) return false;
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Makes sure that a port is free.
 * @throws LaunchError that names the port and the setting that chooses another.
 */
export async function wantFreePort(setting: string, port: number, host: string): Promise<void> {
  const code = await new Promise<string | undefined>((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
  if (code === undefined) return;
  const reason = code === 'EADDRINUSE' ? 'is in use' : `cannot be listened to (${code})`;
  throw new LaunchError(`Port ${port} on ${host} ${reason}. Set ${setting} to another.`);
}
