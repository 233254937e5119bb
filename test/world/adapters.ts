import { localIntranetModule } from '../../src/adapters/local-intranet/module.js';
import { MemoryMark } from '../../src/adapters/memory/high-water-mark.js';
import { MemoryQueue } from '../../src/adapters/memory/queue.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import type { Adapters } from '../../src/compose.js';
import { trialSignIn } from '../../src/http/sign-in.js';
import { jsonLog } from '../../src/platform/log.js';
import { handClock } from './clock.js';

/** The outside world of a test: memory, a fixed clock, a log that nobody reads, and the person picker. */
export function testAdapters(given: Partial<Adapters> = {}): Adapters {
  const { clock = handClock('2026-11-23T08:00:00Z'), publicUrl = 'http://localhost:3978' } = given;
  return {
    rows: new MemoryRows(),
    queue: new MemoryQueue(clock),
    fanOutQueue: new MemoryQueue(clock),
    mark: new MemoryMark(),
    log: jsonLog(() => undefined),
    signIn: trialSignIn,
    loopbackOnly: true,
    bot: {},
    modules: (deps) => [localIntranetModule(deps)],
    ...given,
    clock,
    publicUrl,
  };
}
