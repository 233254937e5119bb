import { setTimeout as wait } from 'node:timers/promises';
import { botOf } from '../bot/index.js';
import type { Adapters, BigRoom } from './compose.js';
import { httpServer } from './http/server.js';
import type { TabFiles } from './http/tab-files.js';
import { isAppError } from './platform/errors.js';

/** Pauses between attempts to begin while the storage is away, in milliseconds: twice as long each time, up to the longest. */
const [firstPauseMs, longestPauseMs] = [500, 15_000];

/**
 * What one instance runs: the web server, with the bot and the tab behind it, and the workers of outbox and fan-outs. None of
 * it has begun: the server can listen before `begin` is called, and then asks everybody to come again.
 * @param files the tab's; absent where it is not built.
 */
export function instanceOf(bigRoom: BigRoom, adapters: Adapters, files: TabFiles | undefined) {
  const { clock, publicUrl, loopbackOnly, log, prepare } = adapters;
  // Where nothing is to be prepared, all is there from the first.
  let isBegun = prepare === undefined;
  const bot = botOf(bigRoom, { clock, publicUrl, settings: adapters.bot, log });
  const server = httpServer({
    routes: bigRoom.routes,
    signIn: bigRoom.signIn,
    log,
    loopbackOnly,
    isBegun: () => isBegun,
    isUp: bigRoom.isUp,
    ...(files && { files }),
    bot: (request, response) => bot.handle(request, response),
  });
  const workers = [bigRoom.worker(bot.showNotice), bigRoom.fanOutWorker(bot.transport(bigRoom.fanOutPace))];

  async function attempt(): Promise<void> {
    await prepare?.();
    await adapters.firstStart?.(bigRoom);
    await bigRoom.begin();
  }

  return {
    server,
    workers,
    /**
     * Makes what the storage lacks, fills it where this is the first start, and lets the workers begin; again and again while the
     * storage is away.
     * @param signal ends the attempts. @throws what is no fault of the storage.
     */
    begin: async (signal?: AbortSignal): Promise<void> => {
      for (let pause = firstPauseMs; signal?.aborted !== true; pause = Math.min(2 * pause, longestPauseMs)) {
        try {
          await attempt();
          break;
        } catch (error) {
          if (!isAppError(error, 'storage.unavailable')) throw error;
          log.warn('start.storageAway', { error });
          await wait(pause, undefined, signal && { signal }).catch(() => undefined);
        }
      }
      if (signal?.aborted === true) return;
      isBegun = true;
      for (const worker of workers) worker.start();
    },
  };
}
