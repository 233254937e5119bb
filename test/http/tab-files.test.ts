import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { httpServer } from '../../src/http/server.js';
import { tabFiles } from '../../src/http/tab-files.js';
import { jsonLog } from '../../src/platform/log.js';
import { bundled } from '../world/bundled.js';
import { listen, type Listening } from './listen.js';

const script = 'export const tab = 1;\n'.repeat(100);

async function builtTab(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'big-room-tab-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'assets/app-1.js'), script);
  await writeFile(join(folder, 'assets/app-1.js.br'), brotliCompressSync(script));
  return folder;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

function ask(url: string, options: Parameters<typeof get>[1] = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(url, options, (response) => {
      response
        .toArray()
        .then((chunks: Buffer[]) => {
          const { statusCode: status, headers } = response;
          resolve({ status, headers, body: Buffer.concat(chunks) });
        })
        .catch(reject);
    }).on('error', reject);
  });
}

describe('files of the tab', () => {
  let folder: string;
  let server: Listening;

  beforeEach(async () => {
    folder = await builtTab();
    const files = tabFiles(folder);
    assert.ok(files);
    const signIn = {
      mode: 'trial' as const,
      challenge: 'Trial' as const,
      whoIs: () => Promise.reject(new Error('nobody signs in')),
    };
    const log = jsonLog(() => undefined);
    server = await listen(httpServer({ routes: [], signIn, log, loopbackOnly: true, files }));
  });

  afterEach(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('come packed to those who take it, and are kept by their names', async () => {
    const packed = await ask(`${server.url}/assets/app-1.js`, { headers: { 'accept-encoding': 'gzip, br' } });
    assert.equal(packed.status, 200);
    assert.equal(packed.headers['content-encoding'], 'br');
    assert.equal(brotliDecompressSync(packed.body).toString(), script);
    assert.match(packed.headers['content-type'] ?? '', /javascript; charset=utf-8$/);
    assert.match(packed.headers['cache-control'] ?? '', /immutable/);
    const plain = await ask(`${server.url}/assets/app-1.js`, { headers: { 'accept-encoding': 'br;q=0' } });
    assert.equal(plain.headers['content-encoding'], undefined);
    assert.equal(plain.body.toString(), script);
    const page = await ask(server.url);
    assert.equal(page.body.toString(), '<!doctype html>');
    assert.equal(page.headers['cache-control'], 'no-cache');
  });

  it('allow the script that stands in the page by its hash, and no other', async () => {
    const boot = 'window.early = 1;';
    await writeFile(join(folder, 'index.html'), `<!doctype html><script>${boot}</script>`);
    const page = await ask(server.url);
    const hash = createHash('sha256').update(boot).digest('base64');
    assert.ok(
      String(page.headers['content-security-policy']).includes(`script-src 'self' 'sha256-${hash}';`),
    );
    const other = await ask(`${server.url}/assets/app-1.js`);
    assert.ok(String(other.headers['content-security-policy']).includes("script-src 'self';"));
  });

  it('are not sent again to those who have them, nor with a HEAD', async () => {
    const { headers } = await ask(server.url);
    const again = await ask(server.url, { headers: { 'if-none-match': headers.etag ?? '' } });
    assert.deepEqual([again.status, again.body.length], [304, 0]);
    const head = await ask(server.url, { method: 'HEAD' });
    assert.deepEqual([head.status, head.body.length], [200, 0]);
    assert.equal(head.headers['content-length'], '15');
  });

  it('may be replaced by a new build under a running instance', async () => {
    await ask(`${server.url}/assets/app-1.js`);
    await rm(join(folder, 'assets'), { recursive: true });
    assert.equal((await ask(`${server.url}/assets/app-1.js`)).status, 404);
    await mkdir(join(folder, 'assets/app-1.js'), { recursive: true });
    assert.equal((await ask(`${server.url}/assets/app-1.js`)).status, 404);
    await writeFile(join(folder, 'assets/app-2.js'), script);
    assert.equal((await ask(`${server.url}/assets/app-2.js`)).body.toString(), script);
    await rm(join(folder, 'index.html'));
    assert.equal((await ask(server.url)).status, 404);
  });

  it('stay in their folder', async () => {
    for (const path of [
      '/../package.json',
      '/..%2f..%2fetc/passwd.txt',
      '/%00.js',
      '/assets/%2e%2e/%2e%2e/x.js',
    ])
      assert.equal((await ask(server.url + path)).status, 404, path);
  });

  it('cannot be read for a while when no file descriptor is free, and the process lives', async () => {
    const child = await bundled('test/world/tab-files-child.ts');
    const limited = `ulimit -n 60; exec "${process.execPath}" "${child.path}" "${folder}"`;
    const running = spawn('/bin/sh', ['-c', limited], { stdio: ['ignore', 'pipe', 'inherit'] });
    const sockets: Socket[] = [];
    try {
      const [said] = (await once(running.stdout, 'data')) as [Buffer];
      const url = said.toString().trim();
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      assert.equal((await ask(url, { agent })).status, 200);
      // Connections that nobody uses take what is left.
      const { hostname, port } = new URL(url);
      for (let count = 0; count < 80; count += 1) sockets.push(connect(Number(port), hostname));
      await Promise.all(sockets.map((socket) => once(socket, 'connect')));
      let status: number | undefined = 200;
      while (status === 200) ({ status } = await ask(url, { agent }));
      assert.equal(status, 503);
      for (const socket of sockets) socket.destroy();
      while (status !== 200) ({ status } = await ask(url, { agent }));
      agent.destroy();
      assert.equal(running.exitCode, null);
    } finally {
      for (const socket of sockets) socket.destroy();
      running.kill();
      await child.remove();
    }
  }).timeout(60_000);
});
