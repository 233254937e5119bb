import type { HighWaterMark } from '../../delivery/departures.js';

/** A mark in memory, for tests. */
export class MemoryMark implements HighWaterMark {
  at: string | undefined;

  async read(): Promise<string | undefined> {
    await turn();
    return this.at;
  }

  async write(at: string): Promise<void> {
    await turn();
    this.at = at;
  }
}

/** One round of the event loop, as with a network. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
