import { spawn } from 'node:child_process';
import { ownAzurite } from './azurite.js';
import { Entra } from './entra.js';
import { Graph } from './graph/graph.js';
import { freePort } from './installation.js';
import { Connector } from './teams/connector.js';

const connectorAudience = 'https://api.botframework.com';

/** Everything outside of an installation in a county's tenant, on loopback: each asks for tokens and refuses whoever brings none. */
export interface Tenant {
  readonly entra: Entra;
  readonly teams: Connector;
  readonly graph: Graph;
  /** The settings of an installation in it, over which others go. */
  /** On a port that is free. */
  settings(more?: Readonly<Record<string, string>>): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

export async function tenant(): Promise<Tenant> {
  const entra = await new Entra().start();
  const { connectionString } = await ownAzurite();
  const graph = await new Graph().start();
  const teams = new Connector();
  await teams.start();
  teams.demands = (authorization) => entra.accepts(authorization, connectorAudience);
  graph.demands = (authorization) => entra.accepts(authorization, new URL(graph.url).origin);
  return {
    entra,
    teams,
    graph,
    settings: async (more = {}) => {
      const port = await freePort();
      return {
        HOST: '127.0.0.1',
        PORT: String(port),
        PUBLIC_URL: `http://127.0.0.1:${String(port)}`,
        STORAGE_CONNECTION_STRING: connectionString,
        TENANT_ID: entra.tenantId,
        CLIENT_ID: entra.clientId,
        CLIENT_SECRET: 'tab-secret',
        LOGIN_URL: entra.loginUrl,
        BOT_ID: entra.botId,
        BOT_PASSWORD: 'bot-secret',
        BOT_OPENID_METADATA_URL: entra.botMetadataUrl,
        BOT_TOKEN_ISSUER: entra.botIssuer,
        BOT_LOGIN_URL: entra.loginUrl,
        GRAPH_URL: graph.url,
        UNDO_SECONDS: '1',
        ...more,
      };
    },
    stop: async () => {
      await teams.stop();
      await graph.stop();
      await entra.stop();
    },
  };
}

/** A built installation that runs as an administrator starts it. */
export interface CloudProcess {
  readonly url: string;
  /** Its log so far. */
  log(): string;
  /** Settles when it is ready. @throws Error with its log where it ends first. */
  ready(): Promise<void>;
  /** Asks it to end; with which code it did. */
  stop(): Promise<number | NodeJS.Signals>;
}

export function startCloud(settings: Readonly<Record<string, string>>): CloudProcess {
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    env: { PATH: process.env.PATH, NODE_OPTIONS: '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => {
      resolve(code ?? signal ?? 0);
    });
  });
  let how: number | NodeJS.Signals | undefined;
  void ended.then((code) => {
    how = code;
  });
  const url = `http://127.0.0.1:${settings.PORT ?? ''}`;
  return {
    url,
    log: () => log,
    ready: async () => {
      const isReady = (): Promise<boolean> =>
        fetch(`${url}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        );
      while (!(await isReady())) {
        if (how !== undefined) throw new Error(`It ended (${String(how)}) and had written:\n${log}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
