// The web server with the tab's files in a folder, in a process of its own: `argv[2]` is the folder. Says its address.
import { httpServer } from '../../src/http/server.js';
import { tabFiles } from '../../src/http/tab-files.js';
import { jsonLog } from '../../src/platform/log.js';
import { listen } from '../http/listen.js';

const files = tabFiles(process.argv[2] ?? '');
const signIn = {
  mode: 'trial' as const,
  challenge: 'Trial' as const,
  whoIs: () => Promise.reject(new Error('nobody signs in')),
};
const server = await listen(
  httpServer({
    routes: [],
    signIn,
    log: jsonLog(() => undefined),
    loopbackOnly: true,
    ...(files && { files }),
  }),
);
process.stdout.write(`${server.url}\n`);
