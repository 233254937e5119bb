import { setTimeout as wait } from 'node:timers/promises';
import { botDoor, botOf, programmeNamedIn, type Bot } from '../bot/index.js';
import { httpServer } from './http/server.js';
import type { TabFiles } from './http/tab-files.js';
import type { Installation, Running } from './installation.js';
import { personIdOf } from './people/service.js';
import { AppError, isAppError } from './platform/errors.js';
import type { PersonId } from './platform/ids.js';

/** Pauses between attempts to begin while the storage is away, in milliseconds: twice as long each time, up to the longest. */
const [firstPauseMs, longestPauseMs] = [500, 15_000];
/** How often this instance looks for programmes that another one made. */
const lookMs = 30_000;

/** Of so many people it is remembered in which programme they spoke. */
const maxLately = 10_000;

type Activity = Parameters<typeof programmeNamedIn>[0];

function speakerOf({ from }: Activity): PersonId {
  return personIdOf({
    id: from.id,
    ...(typeof from.aadObjectId === 'string' && { aadObjectId: from.aadObjectId }),
  });
}

/** One programme with what works for it. */
interface Working extends Running {
  readonly bot: Bot;
  readonly workers: readonly { start(): void; stop(): Promise<void> }[];
  /** Settles when its storage is prepared and its workers work. */
  begun?: Promise<void>;
}

function workingOf(running: Running): Working {
  const { place, adapters, bigRoom } = running;
  const { clock, publicUrl, log } = adapters;
  const bot = botOf(bigRoom, { clock, publicUrl, settings: adapters.bot, log, programmeName: place.name });
  const workers = [bigRoom.worker(bot.showNotice), bigRoom.fanOutWorker(bot.transport(bigRoom.fanOutPace))];
  return { ...running, bot, workers };
}

/**
 * What one instance runs: the web server, with the bot and the tab behind it, and for each programme the workers of outbox
 * and fan-outs. None of it has begun: the server can listen before `begin` is called, and then asks everybody to come again.
 * @param files the tab's; absent where it is not built.
 */
export function instanceOf(installation: Installation, files: TabFiles | undefined) {
  const { bigRoom, adapters } = installation.first;
  const { log, loopbackOnly } = adapters;
  const all = new Map<Running, Working>();
  /** In which programme people spoke: for while the storage can't be asked. */
  const lately = new Map<PersonId, Running>();
  const looking = new AbortController();
  // Where nothing is to be prepared, all is there from the first.
  let isBegun = adapters.prepare === undefined;

  function working(running: Running): Working {
    const known = all.get(running) ?? workingOf(running);
    all.set(running, known);
    return known;
  }

  async function attempt({ adapters: own, bigRoom: room, workers }: Working): Promise<void> {
    await own.prepare?.();
    await own.firstStart?.(room);
    await room.begin();
    for (const worker of workers) worker.start();
  }

  /** A further programme, once it can be asked. */
  async function begunOne(running: Running): Promise<Working> {
    const one = working(running);
    one.begun ??= attempt(one).catch((error: unknown) => {
      delete one.begun;
      throw error;
    });
    await one.begun;
    return one;
  }

  /** Where somebody talks: the programme of the card that they pressed, else theirs, else the first. */
  async function placeOf(activity: Activity): Promise<Running> {
    const { first } = installation;
    const running = await installation.all();
    const named = programmeNamedIn(activity);
    if (named === '' || (named === undefined && running.length === 1)) return first;
    if (named !== undefined) {
      const pressed = await installation.find(named);
      if (pressed === undefined) throw new AppError('programme.missing');
      return pressed;
    }
    const id = speakerOf(activity);
    for (const one of running)
      if ((await one.bigRoom.people.find(id)) !== undefined) {
        if (lately.size >= maxLately) lately.clear();
        lately.set(id, one);
        return one;
      }
    return first;
  }

  /** Whose bot takes an activity; where that can't be found out or asked now, it only says so, and nothing is lost or put elsewhere. */
  async function takerOf(activity: Activity): Promise<{ readonly taker: Bot; readonly fault?: unknown }> {
    let place = lately.get(speakerOf(activity)) ?? installation.first;
    try {
      place = await placeOf(activity);
      return { taker: (place === installation.first ? working(place) : await begunOne(place)).bot };
    } catch (fault) {
      return { taker: working(place).bot, fault };
    }
  }

  const alone = working(installation.first);
  const door = botDoor({ settings: adapters.bot, log, takerOf });
  const server = httpServer({
    routes: bigRoom.routes,
    signIn: bigRoom.signIn,
    log,
    loopbackOnly,
    isBegun: () => isBegun,
    isUp: bigRoom.isUp,
    others: async (name) => {
      const running = await installation.find(name);
      return running && (await begunOne(running)).bigRoom;
    },
    ...(files && { files }),
    bot: door,
  });

  /** Begins the further programmes that are registered, also by other instances, as long as this one runs. */
  async function look(): Promise<void> {
    while (!looking.signal.aborted) {
      try {
        const further = (await installation.all()).filter((running) => running !== installation.first);
        // One that can't begin holds up no other.
        for (const begun of await Promise.allSettled(further.map(begunOne)))
          if (begun.status === 'rejected') throw begun.reason;
      } catch (error) {
        log.warn('programmes.notBegun', { error });
      }
      await wait(lookMs, undefined, { signal: looking.signal, ref: false }).catch(() => undefined);
    }
  }

  return {
    server,
    /**
     * Makes what the storage lacks, fills it where this is the first start, and lets the workers begin; again and again while the
     * storage is away.
     * @param signal ends the attempts. @throws what is no fault of the storage.
     */
    begin: async (signal?: AbortSignal): Promise<void> => {
      for (let pause = firstPauseMs; signal?.aborted !== true; pause = Math.min(2 * pause, longestPauseMs)) {
        try {
          await attempt(alone);
          isBegun = true;
          if (adapters.queuesOf !== undefined) void look();
          return;
        } catch (error) {
          if (!isAppError(error, 'storage.unavailable')) throw error;
          log.warn('start.storageAway', { error });
          await wait(pause, undefined, signal && { signal }).catch(() => undefined);
        }
      }
    },
    /** Lets the workers finish what they have begun. */
    stop: async (): Promise<void> => {
      looking.abort();
      await Promise.all([...all.values()].flatMap(({ workers }) => workers.map((worker) => worker.stop())));
    },
  };
}
