import type { Clock } from '../../platform/clock.js';
import type { Log } from '../../platform/log.js';
import type { Queue } from '../../platform/queue.js';
import { clockTime } from '../pacing/limiter.js';
import type { Pace, Time } from '../pacing/pace.js';
import { Signal } from '../signal.js';
import { fanOutDelivery } from './expand.js';
import type { Way } from './fan-out.js';
import type { FanOutKinds } from './kind.js';
import { fanOutService } from './service.js';
import { Settling } from './settlement.js';
import type { FanOutStore } from './store.js';
import type { Transports } from './transport.js';
import { fanOutWorker } from './worker.js';

export interface FanOutSettings {
  readonly store: FanOutStore;
  /** A queue of its own: a large fan-out must not hold up what else leaves. */
  readonly queue: Queue;
  readonly kinds: FanOutKinds;
  /** The programme's id, which stands in what is queued. */
  readonly programme: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly time?: Time;
  /** Jitter of retries, from 0 up to 1. */
  readonly random?: () => number;
  /** Recipients in a chunk at most: 500, by mail 50. */
  readonly chunkSizes?: Readonly<Record<Way, number>>;
  /** Requests on their way to Teams at once in an instance; 64. */
  readonly concurrency?: number;
  /** 2. */
  readonly chunksAtOnce?: number;
  /** Longer than a transport takes for one recipient; 60. */
  readonly leaseSeconds?: number;
  /** The longest that a result waits for others, to be stored with them; 150 milliseconds. */
  readonly lingerMs?: number;
  /** 15. */
  readonly sweepSeconds?: number;
}

/** How each way is carried, and how fast; made of services and of the bot, and so later than the rest. */
export interface TransportsAndPaces {
  readonly transports: Transports;
  readonly paces: Readonly<Record<Way, Pace>>;
}

export type FanOuts = ReturnType<typeof makeFanOuts>;

const usualSizes: Readonly<Record<Way, number>> = { chat: 500, channel: 500, mail: 50 };

/** Fan-outs in three parts that share a signal, so that what this instance expands leaves at once. */
export function makeFanOuts(settings: FanOutSettings) {
  const deps = {
    time: clockTime(settings.clock),
    random: Math.random,
    chunkSizes: usualSizes,
    concurrency: 64,
    chunksAtOnce: 2,
    leaseSeconds: 60,
    lingerMs: 150,
    sweepSeconds: 15,
    ...settings,
  };
  const shared = { ...deps, signal: new Signal(), settling: new Settling(deps) };
  return {
    /** Expands the outbox's messages of the kind `send`. */
    delivery: fanOutDelivery(shared),
    service: fanOutService(shared),
    worker: (transports: TransportsAndPaces) => fanOutWorker({ ...shared, ...transports }),
  };
}
