import { AsyncLocalStorage } from 'node:async_hooks';

/** Somebody who waits for an answer. */
interface Waiting {
  /** Milliseconds that may still pass in vain. */
  left: number;
  isOver: boolean;
}

const waiting = new AsyncLocalStorage<Waiting>();

/**
 * Does something for somebody who waits: all requests of it together that get no answer may take so long, after which
 * each fails at once. What is answered takes the time that it takes. Work that was begun here and goes on after the answer
 * is nobody's to wait for.
 * @param milliseconds for all that is in vain.
 */
export async function withPatience<Value>(milliseconds: number, work: () => Promise<Value>): Promise<Value> {
  const one: Waiting = { left: milliseconds, isOver: false };
  try {
    return await waiting.run(one, work);
  } finally {
    one.isOver = true;
  }
}

function current(): Waiting | undefined {
  const one = waiting.getStore();
  return one === undefined || one.isOver ? undefined : one;
}

/** How many milliseconds whoever waits for this work bears that nothing comes; without end where nobody waits. */
export const patienceLeft = (): number => current()?.left ?? Infinity;

/** So many milliseconds have passed in vain. */
export function waitedInVain(milliseconds: number): void {
  const one = current();
  if (one !== undefined) one.left -= milliseconds;
}

/** A person gets an answer within 5 s, also where the storage holds the connection; Teams gives an invoke no more. */
export const personPatienceMs = 4_500;
