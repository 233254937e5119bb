import { GraphFault } from './graph-fault.js';

/**
 * Lets through only so many at once; the others wait in the order in which they came, each for at most `waitMs`.
 * Graph answers 429 to the fifth request at a time for one mailbox
 * (https://learn.microsoft.com/graph/throttling-limits#outlook-service-limits).
 */
export function gate(max: number, waitMs: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let inside = 0;
  const waiting: (() => void)[] = [];

  const enter = (): Promise<void> => {
    if (inside < max) {
      inside += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(proceed), 1);
        reject(new GraphFault('throttled', { code: 'mailboxBusy' }));
      }, waitMs);
      const proceed = () => {
        clearTimeout(timer);
        resolve();
      };
      waiting.push(proceed);
    });
  };

  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) inside -= 1;
    else next();
  };

  return async (work) => {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
