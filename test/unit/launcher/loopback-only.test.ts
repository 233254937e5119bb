import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { pathToFileURL } from 'node:url';

/** How a request is answered: its status, with the upgrade's 101 among them. */
function statusOf(port: number, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, headers, agent: false });
    sent.on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('upgrade', (answer, socket) => {
      socket.destroy();
      resolve(answer.statusCode);
    });
    sent.on('error', reject).end();
  });
}

const upgrade = { connection: 'Upgrade', upgrade: 'websocket' };

describe('a program that only this machine may reach', function () {
  this.timeout('60s');
  let child: ChildProcess;
  let address: string | undefined;
  let port: number;

  before(async () => {
    const preload = pathToFileURL('src/launcher/preload.ts').href;
    const loaded = ['--import=tsx', `--import=${preload}?loopbackOnly`];
    child = spawn(process.execPath, [...loaded, 'test/world/loopback-only-child.ts'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    assert.ok(child.stdout);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const [named, number] = line.toString().trim().split(' ');
    [address, port] = [named, Number(number)];
  });

  after(async () => {
    child.stdin?.end();
    await once(child, 'close');
  });

  it('listens on loopback alone, though it asks for every address', () => {
    assert.equal(address, '127.0.0.1');
  });

  for (const [what, extra, answered] of [
    ['requests', {}, 200],
    ['upgrades', upgrade, 101],
  ] as const) {
    it(`answers ${what} that name this machine, from its own pages`, async () => {
      for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
        const own = { ...extra, host: `${host}:${port}` };
        assert.equal(await statusOf(port, own), answered, host);
        assert.equal(await statusOf(port, { ...own, origin: `http://${host}:${port}` }), answered, host);
      }
    });

    it(`refuses ${what} that name another host, or come from a page of one`, async () => {
      for (const host of [
        'evil.example',
        `evil.example:${port}`,
        '127.0.0.1.evil.example',
        'localhost.evil',
        '192.168.1.5',
      ])
        assert.equal(await statusOf(port, { ...extra, host }), 403, host);
      for (const origin of ['https://evil.example', 'http://127.0.0.1.evil.example', 'null', ''])
        assert.equal(await statusOf(port, { ...extra, host: `localhost:${port}`, origin }), 403, origin);
    });
  }
});
