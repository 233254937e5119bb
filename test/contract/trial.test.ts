import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeBigRoom } from '../../src/compose.js';
import { httpServer } from '../../src/http/server.js';
import { trialAdapters } from '../../src/runtime/trial.js';
import { listen } from '../http/listen.js';
import { seriesForm } from '../make-sessions.js';
import { coordinator, programme } from '../make.js';
import { contactForm } from '../unit/sessions/reminders/reminders-world.js';
import { azurite } from '../world/azurite.js';
import { Graph } from '../world/graph/graph.js';
import { dataFolder } from '../world/installation.js';
import { keptLog } from '../world/outbox.js';

describe('trial mode with the settings of Graph and a public address', function () {
  this.timeout(120_000);
  let graph: Graph;
  let folder: Awaited<ReturnType<typeof dataFolder>>;

  before(async () => {
    graph = await new Graph().start();
    folder = await dataFolder();
  });

  after(async () => {
    await graph.stop();
    await folder.remove();
  });

  it('holds sessions in the calendar, but sends no mail: its files lead to this machine', async () => {
    const log = keptLog();
    const { tenantId, clientId, clientSecret } = graph.app;
    const settings = {
      host: '127.0.0.1',
      port: 3978,
      publicUrl: 'https://big-room.example.org',
      dataDir: folder.path,
      storageConnectionString: (await azurite()).connectionString,
      playgroundPort: undefined,
      undoSeconds: 10,
      graph: {
        tenantId,
        clientId,
        clientSecret,
        organiser: graph.organiser,
        graphUrl: graph.url,
        loginUrl: graph.loginUrl,
      },
    };
    const adapters = { ...(await trialAdapters(settings, log)), undoSeconds: 0 };
    assert.ok(log.lines.includes('warn trial.publicUrlNotUsed'));
    const bigRoom = makeBigRoom(adapters);
    await bigRoom.people.add(programme, []);
    const form = seriesForm('hankeradio', { formId: 'trial-series' });
    const { series } = await bigRoom.series.create(coordinator, form);
    const contact = await bigRoom.contacts.add(coordinator, contactForm({ series: [series.id] }));
    const worker = bigRoom.worker(() => Promise.resolve({ result: 'sent' }));
    const sender = bigRoom.fanOutWorker({
      prepare: () => Promise.reject(new Error('no chat here')),
      send: () => Promise.reject(new Error('no chat here')),
    });
    const leaves = async (): Promise<void> => {
      while ((await worker.sweep()) > 0);
      await sender.sweep();
      while ((await sender.work()) > 0);
    };
    await leaves();
    await bigRoom.contacts.stop(contact.stopKey);
    await leaves();
    await Promise.all([worker.stop(), sender.stop()]);

    assert.deepEqual(graph.mailed, []);
    assert.ok(!graph.asked.some(({ path }) => path.includes('sendMail')));
    assert.ok(graph.writings.some(({ path }) => path.includes('/events')));
    const names = await readdir(join(folder.path, 'mail'));
    assert.equal(names.length, 2);
    const mails = await Promise.all(names.map((name) => readFile(join(folder.path, 'mail', name), 'utf8')));

    const link = /List-Unsubscribe: <([^>]+)>/.exec(mails.join('').replace(/\r\n[ \t]+/g, ' '))?.[1] ?? '';
    assert.equal(link, `http://127.0.0.1:3978/stop/${contact.stopKey}`);

    const { routes, signIn } = bigRoom;
    const server = await listen(httpServer({ routes, signIn, log, loopbackOnly: true }));
    try {
      for (const path of [new URL(link).pathname, `/calendar/${series.feedKey}/fi.ics`])
        assert.equal((await fetch(server.url + path)).status, 200, path);
    } finally {
      await server.stop();
    }
  });
});
