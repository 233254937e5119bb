import assert from 'node:assert/strict';
import {
  createGraphClient,
  type GraphClient,
  type GraphClientOptions,
} from '../../../src/adapters/graph/graph-client.js';
import { handClock, type HandClock } from '../clock.js';
import { Graph } from './graph.js';

/** Graph on loopback and a client of it, whose waits pass at once and are kept. */
export interface GraphWorld {
  readonly graph: Graph;
  readonly client: GraphClient;
  readonly clock: HandClock;
  /** The waits of the client, in milliseconds. */
  readonly waits: readonly number[];
  /** Another client of the same Graph. */
  another(options: Partial<GraphClientOptions>): GraphClient;
  /** Ends it, and checks that every body was as the contract wants. */
  close(): Promise<void>;
}

export async function graphWorld(now = '2026-11-22T08:00:00Z'): Promise<GraphWorld> {
  const graph = await new Graph().start();
  const clock = handClock(now);
  const waits: number[] = [];
  const clients: GraphClient[] = [];
  const another = (options: Partial<GraphClientOptions>) => {
    const client = createGraphClient({
      ...graph.registration,
      graphUrl: graph.url,
      clock,
      wait: (milliseconds) => {
        waits.push(milliseconds);
        return Promise.resolve();
      },
      ...options,
    });
    clients.push(client);
    return client;
  };
  return {
    graph,
    client: another({}),
    clock,
    waits,
    another,
    async close() {
      await graph.stop();
      await Promise.all(clients.map((client) => client.close()));
      assert.deepEqual(graph.faulty, []);
    },
  };
}
