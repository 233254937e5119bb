import type { Clock } from '../../platform/clock.js';
import type { Log } from '../../platform/log.js';
import { Signal } from '../signal.js';
import type { Handler } from '../outbox/message.js';
import type { Queue } from '../../platform/queue.js';
import { sendHandler } from './expand.js';
import type { Pace, Time } from '../pacing/pace.js';
import { clockTime } from '../pacing/limiter.js';
import type { Transports, SendSource } from './ports.js';
import type { Way } from './fan-out.js';
import { sendService } from './fan-out-service.js';
import type { SendService } from './service.js';
import { Settling } from './settlement.js';
import type { SendStore } from './store-port.js';
import { sendingWorker, type SendingWorker } from './worker.js';

export interface SendingSettings {
  readonly store: SendStore;
  /** A queue of its own: a large send must not hold up what else leaves. */
  readonly queue: Queue;
  readonly source: SendSource;
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
  /** Longer than a carrier takes for one send; 60. */
  readonly leaseSeconds?: number;
  /** The longest that a result waits for others, to be stored with them; 150 milliseconds. */
  readonly lingerMs?: number;
  /** 15. */
  readonly sweepSeconds?: number;
}

/** How each way is gone, and how fast; made of services and of the bot, and so later than the rest. */
export interface TransportsAndPaces {
  readonly transports: Transports;
  readonly paces: Readonly<Record<Way, Pace>>;
}

export interface Sending {
  /** Expands the outbox's messages of the kind `send`. */
  readonly handler: Handler;
  readonly service: SendService;
  readonly worker: (transports: TransportsAndPaces) => SendingWorker;
}

const usualSizes: Readonly<Record<Way, number>> = { chat: 500, channel: 500, mail: 50 };

/** Sends to many, in three parts that share a bell, so that what this instance expands leaves at once. */
export function makeSending(settings: SendingSettings): Sending {
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
    handler: sendHandler(shared),
    service: sendService(shared),
    worker: (transports) => sendingWorker({ ...shared, ...transports }),
  };
}
