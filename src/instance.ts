import { setTimeout as wait } from 'node:timers/promises';
import { botDoor, botOf, namingProgramme, programmeNamedIn, type Bot, type Taker } from '../bot/index.js';
import { httpServer } from './http/server.js';
import type { TabFiles } from './http/tab-files.js';
import type { Installation, Running } from './installation.js';
import type { Person } from './people/person.js';
import { personIdOf } from './people/service.js';
import type { Transport } from './delivery/fan-out/kind.js';
import type { ShowNotice } from './delivery/notices.js';
import { AppError, isAppError } from './platform/errors.js';
import type { PersonId } from './platform/ids.js';

/** Pauses between attempts to begin while the storage is away, in milliseconds: twice as long each time, up to the longest. */
const [firstPauseMs, longestPauseMs] = [500, 15_000];
/** How often this instance looks for programmes that another one made. */
const lookMs = 30_000;

/** Of so many people it is remembered with which programme they spoke. */
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

function workingOf(running: Running, isOneOfSeveral: () => Promise<boolean>): Working {
  const { place, adapters, bigRoom } = running;
  const { clock, publicUrl, log, programmes } = adapters;
  const bot = botOf(bigRoom, {
    clock,
    publicUrl,
    settings: adapters.bot,
    log,
    programmeName: place.name,
    programmes,
  });
  /** What leaves for somebody who is in several programmes says of which one it is. */
  const showNotice: ShowNotice = async (person, ...rest) => {
    const show = (): ReturnType<ShowNotice> => bot.showNotice(person, ...rest);
    const all = (await programmes?.inChat(person.id)) ?? [];
    const names = all.find(({ name }) => name === place.name)?.names;
    return all.length > 1 && names !== undefined ? namingProgramme(names, show) : show();
  };
  const toMany = bot.transport(bigRoom.fanOutPace);
  /** A card for many can't know who of them is in several: it names its programme where there are others. */
  const transport: Transport = {
    ...toMany,
    prepare: async (...given) => {
      const prepare = (): ReturnType<Transport['prepare']> => toMany.prepare(...given);
      if (!(await isOneOfSeveral())) return prepare();
      return namingProgramme((await bigRoom.people.programme()).names, prepare);
    },
  };
  const workers = [bigRoom.worker(showNotice), bigRoom.fanOutWorker(transport)];
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
  /** With which programme people spoke: for while the storage can't be asked. */
  const lately = new Map<PersonId, Running>();
  const looking = new AbortController();
  // Where nothing is to be prepared, all is there from the first.
  let isBegun = adapters.prepare === undefined;

  function working(running: Running): Working {
    const known = all.get(running) ?? workingOf(running, async () => (await installation.all()).length > 1);
    all.set(running, known);
    return known;
  }

  async function attempt({ adapters: own, bigRoom: room, workers }: Working): Promise<void> {
    await own.prepare?.();
    await own.firstStart?.(room);
    await room.begin();
    for (const worker of workers) worker.start();
  }

  /** A programme, once it can be asked; the first one can be before anything is. */
  async function begunOne(running: Running): Promise<Working> {
    const one = working(running);
    if (one === alone) return one;
    one.begun ??= attempt(one).catch((error: unknown) => {
      delete one.begun;
      throw error;
    });
    await one.begun;
    return one;
  }

  /** In which programmes somebody is. */
  async function placesOf(id: PersonId, all: readonly Running[]) {
    const found = await Promise.all(
      all.map(async (running) => ({ running, person: await running.bigRoom.people.find(id) })),
    );
    return found.filter((each): each is { running: Running; person: Person } => each.person !== undefined);
  }

  /** The programme whose card was pressed; empty names the first one. */
  async function programmeOfCard(name: string): Promise<Running> {
    const found = name === '' ? installation.first : await installation.find(name);
    if (found === undefined) throw new AppError('programme.missing');
    return found;
  }

  /**
   * Where somebody talks: the programme of the card that they pressed, else the one that they chose, else the first where they
   * are. A card without a programme is the first one's.
   */
  async function botFor(activity: Activity): Promise<Taker> {
    const all = await installation.all();
    const named = programmeNamedIn(activity);
    if (all.length === 1 && (named === undefined || named === '')) return working(installation.first).bot;
    const id = speakerOf(activity);
    const [theirs, pressed, chosen] = await Promise.all([
      placesOf(id, all),
      named === undefined ? undefined : programmeOfCard(named),
      installation.chosenBy(id),
    ]);
    const own = theirs.find(({ running }) => running.place.name === chosen) ?? theirs[0];
    if (lately.size >= maxLately) lately.clear();
    if (own !== undefined) lately.set(id, own.running);
    const running = pressed ?? own?.running ?? installation.first;
    const { bot, bigRoom: room } = await begunOne(running);
    if (theirs.length < 2) return bot;
    const { names } = await room.people.programme();
    return {
      take: async (taken) => {
        const answer = await namingProgramme(names, () => bot.take(taken));
        // Teams has one chat of them and the bot, whichever programme speaks in it.
        for (const other of theirs)
          if (other.running !== running) await working(other.running).bot.meets(other.person, activity);
        return answer;
      },
    };
  }

  /** Whose bot takes an activity. Where that can't be found out now, one says so: nothing is lost, and nothing put elsewhere. */
  async function takerOf(activity: Activity): Promise<{ readonly taker: Taker; readonly fault?: unknown }> {
    try {
      return { taker: await botFor(activity) };
    } catch (fault) {
      return { taker: working(lately.get(speakerOf(activity)) ?? installation.first).bot, fault };
    }
  }

  const alone = working(installation.first);
  const door = botDoor({ settings: adapters.bot, log, takerOf });
  const server = httpServer({
    routes: bigRoom.routes,
    signIn: bigRoom.signIn,
    log,
    loopbackOnly,
    isHttps: adapters.publicUrl.startsWith('https://'),
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
