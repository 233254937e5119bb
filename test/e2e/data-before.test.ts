import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  addressToday,
  factsOf,
  historyPath,
  missingFacts,
  wordsGone,
  packedFolder,
  readBefore,
  readExpected,
} from '../world/data-before.js';
import { dataFolder, startInstallation, type Installation } from '../world/installation.js';
import { Connector } from '../world/teams/connector.js';

/** A data folder of an earlier version, at an address of Teams that this test listens to. */
async function unpack(path: string, teamsUrl: string): Promise<void> {
  await promisify(execFile)('tar', ['-xzf', packedFolder, '-C', path]);
  const { teamsUrl: before } = await readBefore();
  const table = join(path, 'azurite', '__azurite_db_table__.json');
  await writeFile(table, (await readFile(table, 'utf8')).replaceAll(before, teamsUrl));
}

describe('npm start on a data folder of before', function () {
  this.timeout('240s');
  const teams = new Connector();
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let installation: Installation;

  before(async () => {
    await teams.start();
    folder = await dataFolder();
    await unpack(folder.path, teams.url);
    installation = await startInstallation({ dataDir: folder.path });
    await installation.ready;
  });

  after(async () => {
    installation.signal('SIGTERM');
    assert.equal(await installation.ended, 0);
    await teams.stop();
    await folder.remove();
  });

  it('shows what is past as it was, and does not seed the demo again', async () => {
    const { answers } = await readExpected();
    // One of each kind of address: the rest is looked at where it costs less.
    const kindOf = (path: string) => path.replace(/\/[^/]*[0-9a-f]{26}[^/]*/g, '/:id').replace(/\?.*/, '');
    const lasting = [
      ...new Map(
        answers.filter(({ isLasting }) => isLasting).map((answer) => [kindOf(answer.path), answer]),
      ).values(),
    ];
    assert.ok(lasting.length > 20, `${lasting.length} addresses`);
    const faults: string[] = [];
    for (const { path, as, status, facts } of lasting) {
      const headers = { 'accept-language': 'fi', ...(as !== undefined && { authorization: `Trial ${as}` }) };
      const answer = await fetch(installation.url + addressToday(path), { headers });
      const today = factsOf(answer.headers.get('content-type') ?? '', await answer.text());
      const history = historyPath(path);
      const more =
        history && factsOf('json', await (await fetch(installation.url + history, { headers })).text());
      const values = [...today.values, ...(more ? more.values : []), ...wordsGone(path)];
      const lost = missingFacts(facts, { ...today, values });
      if (answer.status !== status) faults.push(`${path}: ${answer.status} instead of ${status}`);
      else if (lost.length > 0) faults.push(`${path} no more says ${lost.slice(0, 5).join(', ')}`);
    }
    assert.deepEqual(faults, []);
    const log = await readFile(join(folder.path, 'logs', 'big-room.log'), 'utf8');
    assert.doesNotMatch(log, /demo\.seeded|row\.unreadable/);
  });

  it('delivers what waited', async () => {
    const deadline = Date.now() + 60_000;
    while (teams.sent.length < 10 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 100));
    assert.ok(teams.sent.length >= 10, `${teams.sent.length} messages have left`);
    const front = await (await fetch(`${installation.url}/intranet/fi`)).text();
    assert.match(front, /release-published/);
  });
});
