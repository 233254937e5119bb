import { start, type Child, type Program } from './process.js';
import { LaunchError } from './launch-error.js';

const stopMilliseconds = 15_000;

/** The programs that were started together and are stopped together. */
export interface ProcessGroup {
  /** @throws TrialError once stopping has begun. */
  start(program: Program): Child;
  /** Rejects with a TrialError when one of those that run now ends. */
  firstEnd(): Promise<never>;
  /** Stops the newest first, so that what writes is gone before the storage is; gives the names of those that had to be killed. */
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
      throw new LaunchError(`${child.name} ended unexpectedly (${how}).\n${child.lastWords()}`);
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
