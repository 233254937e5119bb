// A web server that listens on every address and answers whoever asks, upgrades too, as the Agents Playground does.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const server = createServer((_, response) => response.end('answered'));
server.on('upgrade', (_, socket) => {
  socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
});
server.listen(0, () => {
  const { address, port } = server.address() as AddressInfo;
  process.stdout.write(`${address} ${String(port)}\n`);
});
