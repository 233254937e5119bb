import type { z } from 'zod';
import type { FanOutKind } from './delivery/fan-out/kind.js';
import type { NoticeKind } from './delivery/notices.js';
import type { DeliveryKind } from './delivery/outbox/kind.js';
import type { Actor } from './platform/actor.js';
import type { Route } from './http/route.js';
import type { Channel } from './releases/channels/channel.js';

/** A line of the overview: what waits for the one who asks. `name` is its field in the answer of GET /api/overview. */
export interface WaitingLine {
  readonly name: string;
  readonly value: unknown;
}

/**
 * What a feature registers. `compose.ts` lists the modules; nothing else has to know of a new one.
 */
export interface Module {
  /** The permission stands on the route's line. */
  readonly routes: readonly Route[];
  /** One effect each, carried out once. */
  readonly deliveries?: readonly DeliveryKind[];
  /** One thing to many people. */
  readonly fanOuts?: readonly FanOutKind[];
  /** What a person is told unasked; the cards stand in `bot/features`. */
  readonly notices?: readonly NoticeKind[];
  /** Where releases can be published. */
  readonly channels?: readonly Channel[];
  /** The settings that it wants, by the names under which they are set. */
  readonly settings?: z.ZodRawShape;
  /** What it puts on the overview; empty where nothing waits for the one who asks. */
  readonly waiting?: (actor: Actor) => Promise<readonly WaitingLine[]>;
}
