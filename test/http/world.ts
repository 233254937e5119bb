import { roles, type Role } from '../../src/platform/actor.js';
import { makeBigRoom, type Adapters, type BigRoom } from '../../src/compose.js';
import type { PersonId } from '../../src/platform/ids.js';
import type { Person, Programme } from '../../src/people/person.js';
import { MemoryRows } from '../../src/adapters/memory/rows.js';
import type { Rows } from '../../src/platform/rows.js';
import { programme as testProgramme } from '../make.js';
import { testAdapters } from '../world/adapters.js';
import { handClock, type HandClock } from '../world/clock.js';
import { serve } from './listen.js';

/** One person of each role, under the role's name as id. */
const people = roles.map((role): Person => ({
  id: role as string as PersonId,
  name: `Demo ${role}`,
  role,
  language: 'fi',
  projects: [],
}));

/** The whole of Big Room but for the bot, on memory, behind its real web server. */
export interface HttpWorld {
  readonly bigRoom: BigRoom;
  readonly clock: HandClock;
  readonly url: string;
  readonly rows: Rows;
  readonly ask: (method: string, path: string, who?: Role, body?: unknown) => Promise<Response>;
  /** Storage round trips so far. */
  readonly trips: () => number;
  /** Moves the clock on and handles the messages that are due; what goes to people's chats goes nowhere. */
  readonly pass: (by: Parameters<HandClock['forward']>[0]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * @param programme whose people and rows they are; that of the tests unless given.
 * @param given what is outside, over the usual of tests
 */
export async function httpWorld({
  programme = testProgramme,
  ...given
}: { readonly programme?: Programme } & Partial<Adapters> = {}): Promise<HttpWorld> {
  let trips = 0;
  const clock = handClock('2026-11-23T08:00:00Z');
  const rows = new MemoryRows({ onTrip: () => trips++ });
  const adapters = testAdapters({ rows, clock, ...given });
  const bigRoom = makeBigRoom(adapters);
  await bigRoom.people.add(programme, people);
  const server = await serve(bigRoom, adapters);
  const worker = bigRoom.worker(() => Promise.resolve({ result: 'sent' }));
  return {
    bigRoom,
    clock,
    url: server.url,
    rows,
    trips: () => trips,
    pass: async (by) => {
      clock.forward(by);
      await worker.sweep();
      await worker.sweep();
    },
    stop: server.stop,
    ask: (method, path, who, body) =>
      fetch(server.url + path, {
        method: method === 'del' ? 'DELETE' : method.toUpperCase(),
        headers: {
          ...(who !== undefined && { authorization: `Trial ${who}` }),
          'content-type': 'application/json',
        },
        ...(body !== undefined &&
          method !== 'get' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
  };
}
