import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, readFile, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AzureRows } from '../../src/adapters/azure/rows.js';
import { isRunning } from '../../src/launcher/process.js';
import { dataFolder, startInstallation, type Installation, type Wish } from '../world/installation.js';

/** The account and key that every Azurite has unless it is given another; public knowledge. */
const account = 'devstoreaccount1';
const publicKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

const intranetOf = async ({ url }: Installation): Promise<string> => (await fetch(`${url}/intranet`)).text();

/** The processes that a starter started, by the children that the system lists. */
function childrenOf(processId: number): number[] {
  const listing = execFileSync('ps', ['-eo', 'pid=,ppid=,comm='], { encoding: 'utf8' });
  return listing
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, command]) => Number(parent) === processId && command !== 'esbuild')
    .map(([child]) => Number(child))
    .filter((child) => isRunning(child));
}

async function allGone(processIds: readonly number[]): Promise<boolean> {
  const until = Date.now() + 20_000;
  while (processIds.some((id) => isRunning(id))) {
    if (Date.now() > until) return false;
    await wait(100);
  }
  return true;
}

describe('npm start', function () {
  this.timeout('300s');
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let current: Promise<Installation> | undefined;
  /** What a single test started, and the folders that it made. */
  const installations: Installation[] = [];
  const others: Awaited<ReturnType<typeof dataFolder>>[] = [];

  async function start(wish: Partial<Wish> = {}): Promise<Installation> {
    const installation = await startInstallation({ dataDir: folder.path, ...wish });
    installations.push(installation);
    return installation;
  }

  async function startReady(): Promise<Installation> {
    const installation = await startInstallation({ dataDir: folder.path });
    await installation.ready;
    return installation;
  }

  /** An installation that runs in `folder`, for the tests that one serves alike: a first start takes long. */
  const running = (): Promise<Installation> => (current ??= startReady());

  async function anotherFolder(): Promise<string> {
    const other = await dataFolder();
    others.push(other);
    return other.path;
  }

  async function stop(installation: Installation): Promise<void> {
    installation.signal('SIGTERM');
    await installation.ended;
  }

  before(async () => {
    folder = await dataFolder();
    // As a folder is that somebody made beforehand.
    await chmod(folder.path, 0o755);
  });

  afterEach(async () => {
    for (const installation of installations.splice(0)) await stop(installation);
    for (const other of others.splice(0)) await other.remove();
  });

  after(async () => {
    if (current !== undefined) await stop(await current);
    await folder.remove();
  });

  it('names addresses that answer, stops cleanly, and finds everything again', async () => {
    const first = await start({ playground: true });
    await first.ready;
    for (const address of [
      `${first.url}/readyz`,
      `${first.url}/healthz`,
      `${first.url}/`,
      first.playgroundUrl,
    ]) {
      assert.equal((await fetch(address)).status, 200, address);
    }
    const strange = { headers: { origin: 'https://evil.example' } };
    assert.equal((await fetch(first.playgroundUrl, strange)).status, 403);
    for (const address of [first.url, first.playgroundUrl])
      assert.ok(first.output().includes(`  ${address}/\n`));
    const published = await intranetOf(first);
    assert.match(published, /<article>/);
    const children = childrenOf(first.processId);
    assert.equal(children.length, 3);

    // A terminal and npm may both pass on one Ctrl-C.
    first.signal('SIGINT');
    first.signal('SIGINT');
    assert.equal(await first.ended, 0, first.output());
    assert.match(first.output(), /Stopped\. Everything is stored\./);
    assert.ok(await allGone(children));

    const second = await running();
    assert.equal(await intranetOf(second), published.replaceAll(first.url, second.url));
  });

  it('keeps its data and its storage to itself', async () => {
    await running();
    const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
    const keyFile = join(folder.path, 'storage-key');
    assert.deepEqual([await modeOf(folder.path), await modeOf(keyFile)], [0o700, 0o600]);

    const log = await readFile(join(folder.path, 'logs', 'azurite.log'), 'utf8');
    const tables = /Table service is successfully listening at (\S+)/.exec(log)?.[1] ?? '';
    const connectionString = (key: string) =>
      `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};TableEndpoint=${tables}/${account}`;
    const programmeWith = (key: string) =>
      new AzureRows({ connectionString: connectionString(key), table: 'bigroom' }).get(
        'programme',
        'programme',
      );
    assert.ok(await programmeWith((await readFile(keyFile, 'utf8')).trim()));
    await assert.rejects(programmeWith(publicKey));
  });

  it('runs two side by side, but not in one folder', async () => {
    const two = await start({ dataDir: await anotherFolder() });
    const [one] = await Promise.all([running(), two.ready]);
    const third = await start();
    assert.equal(await third.ended, 1);
    assert.match(third.output(), /Big Room runs in .* already \(process \d+\)/);
    await stop(two);
    assert.equal((await fetch(`${one.url}/readyz`)).status, 200);
  });

  it('leaves nothing running when it is killed, and starts again', async () => {
    const wish = { dataDir: await anotherFolder() };
    const first = await start(wish);
    await first.ready;
    const children = childrenOf(first.processId);
    assert.equal(children.length, 2);
    first.signal('SIGKILL');
    assert.equal(await first.ended, 'SIGKILL');
    // At once: what the storage has in memory is still on its way to the disk.
    const second = await start(wish);
    await second.ready;
    assert.ok(await allGone(children));
    assert.match(await intranetOf(second), /<article>/);
  });

  it('says who ended, and stops the others, when a part dies', async () => {
    const installation = await running();
    current = undefined;
    const children = childrenOf(installation.processId);
    const { storage } = JSON.parse(await readFile(join(folder.path, 'running.json'), 'utf8')) as {
      storage: number;
    };
    process.kill(storage, 'SIGKILL');
    assert.equal(await installation.ended, 1);
    assert.match(installation.output(), /Azurite ended unexpectedly \(SIGKILL\)/);
    assert.ok(await allGone(children));
  });

  it('names the port in use and the setting that chooses another', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => {
      holder.listen(0, '127.0.0.1', resolve);
    });
    const { port } = holder.address() as AddressInfo;
    try {
      for (const setting of ['PORT', 'PLAYGROUND_PORT']) {
        const settings = { [setting]: String(port) };
        const installation = await start({ playground: true, settings });
        assert.equal(await installation.ended, 1);
        assert.equal(
          installation.output(),
          `Port ${port} on 127.0.0.1 is in use. Set ${setting} to another.\n`,
        );
      }
    } finally {
      holder.close();
    }
  });

  it('names the folder that it cannot write to', async () => {
    const installation = await start({ dataDir: '/dev/null/data' });
    assert.equal(await installation.ended, 1);
    assert.match(
      installation.output(),
      /^DATA_DIR wants a folder that can be written to; \/dev\/null\/data cannot/,
    );
  });

  it('lists every wrong setting', async () => {
    const settings = { HOST: '0.0.0.0', PLAYGROUND: 'maybe', SITE_ID: 'x' };
    const installation = await start({ settings });
    assert.equal(await installation.ended, 1);
    for (const name of [...Object.keys(settings), 'BOT_ID'])
      assert.match(installation.output(), new RegExp(`^ {2}${name} `, 'm'));
  });
});
