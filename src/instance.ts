import { botOf } from '../bot/index.js';
import type { Adapters, BigRoom } from './compose.js';
import { httpServer } from './http/server.js';
import type { TabFiles } from './http/tab-files.js';

/**
 * What one instance runs: the web server, with the bot and the tab behind it, and the workers of outbox and fan-outs. None of
 * it has begun.
 * @param files the tab's; absent where it is not built.
 */
export function instanceOf(bigRoom: BigRoom, adapters: Adapters, files: TabFiles | undefined) {
  const { clock, publicUrl, loopbackOnly, log } = adapters;
  const bot = botOf(bigRoom, { clock, publicUrl, settings: adapters.bot, log });
  const server = httpServer({
    routes: bigRoom.routes,
    signIn: bigRoom.signIn,
    log,
    loopbackOnly,
    ...(files && { files }),
    bot: (request, response) => bot.handle(request, response),
  });
  const workers = [bigRoom.worker(bot.showNotice), bigRoom.fanOutWorker(bot.transport(bigRoom.fanOutPace))];
  return { server, workers };
}
