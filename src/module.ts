import type { FanOutKind } from './delivery/fan-out/kind.js';
import type { NoticeKind } from './delivery/notices.js';
import type { DeliveryKind } from './delivery/outbox/kind.js';
import type { Person } from './people/person.js';
import type { WaitingGroup, WaitingLines } from './platform/waiting-index.js';
import type { Route } from './http/route.js';
import type { Channel } from './releases/channels/channel.js';

/** A line of the overview: what waits for the one who asks. `name` is its field in the answer of GET /api/overview. */
export interface WaitingLine {
  readonly name: string;
  readonly value: unknown;
}

/** What a module puts on the overview, and where it reads that at the cost of one round trip for all modules together. */
export interface Waiting {
  /** Lists whose beginnings the index of what waits keeps. */
  readonly groups?: readonly WaitingGroup[];
  /** Empty where nothing of it is for the one who asks. */
  readonly lines: (person: Person, indexed: WaitingLines) => Promise<readonly WaitingLine[]>;
}

/**
 * What a feature registers; `compose.ts` makes it and lists it. Settings are read before anything is made, and so are not
 * part of it: what wants some declares a group (`platform/settings.ts`), which `runtime/settings.ts` lists.
 */
export interface Module {
  /** The permission is on the route's line. */
  readonly routes: readonly Route[];
  /** Messages with one effect each. */
  readonly deliveries?: readonly DeliveryKind[];
  /** One thing to many people. */
  readonly fanOuts?: readonly FanOutKind[];
  /** What a person is notified of; the cards are in `bot/features`. */
  readonly notices?: readonly NoticeKind[];
  /** What it puts on the overview. */
  readonly waiting?: Waiting;
}

/** What an adapter registers: beside the rest the places outside where releases can be published. */
export interface AdapterModule extends Module {
  readonly channels?: readonly Channel[];
}
