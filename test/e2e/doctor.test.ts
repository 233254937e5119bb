import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { examine } from '../../src/doctor/examine.js';
import { exitCodeOf, report } from '../../src/doctor/finding.js';
import { build } from '../../src/launcher/build.js';
import { startCloud, tenant, type CloudProcess, type Tenant } from '../world/tenant.js';

const organiser = '00000000-0000-4000-8000-00000000000a';
const admin = '00000000-0000-4000-8000-000000000001';

interface Examined {
  readonly code: number | null;
  readonly lines: readonly string[];
}

/** Runs `npm run doctor` with these settings, as an administrator does. */
function run(settings: Readonly<Record<string, string>>): Promise<Examined> {
  const child = spawn(process.execPath, ['--import=tsx', 'src/doctor/doctor.ts'], {
    env: { PATH: process.env.PATH, NODE_OPTIONS: '', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ code, lines: text.trimEnd().split('\n') });
    });
  });
}

/** What it says of these settings, in this process. */
async function examined(settings: Readonly<Record<string, string>>): Promise<Examined> {
  const findings = await examine(settings);
  return { code: exitCodeOf(findings), lines: report(findings).split('\n') };
}

describe('npm run doctor', function () {
  this.timeout(180_000);
  let county: Tenant;
  let running: CloudProcess;
  let settings: Record<string, string>;

  before(async () => {
    await build();
    county = await tenant();
    county.graph.others.set(organiser, 'open').set(admin, 'shut');
    settings = await county.settings({ ADMINS: admin, ORGANISER: organiser, SITE_ID: county.graph.site.id });
    running = startCloud(settings);
    await running.ready();
  });

  after(async () => {
    await running.stop();
    await county.stop();
  });

  afterEach(() => {
    county.entra.recovers();
    county.graph.others.set(organiser, 'open').set(admin, 'shut');
    county.graph.secretsEnd = undefined;
    county.graph.site.grants = true;
  });

  /** The lines about something, without the marks of what to do next. */
  const about = ({ lines }: Examined, what: string): string[] =>
    lines.filter((line) => line.slice(7).startsWith(what)).map((line) => line.replace(/ {2,}/g, ' '));
  /** What to do next, in the line below. */
  const nextOf = ({ lines }: Examined, what: string): string =>
    lines[lines.findIndex((line) => line.slice(7).startsWith(what)) + 1] ?? '';

  it('finds nothing at fault where all is as it should be, and what nobody has done yet', async () => {
    const found = await run(settings);
    assert.deepEqual(
      found.lines.filter((line) => line.startsWith('FAULT')),
      [],
    );
    assert.match(found.lines.at(-1) ?? '', /^0 at fault, 1 to look at/);
    assert.deepEqual(about(found, 'Storage').length, 2);
    assert.equal(found.code, 2);
    for (const what of [
      'Clock',
      'Sign-in of people',
      'Sign-in of Teams',
      'Token of the bot',
      'Public address',
      'SharePoint',
      'Mailbox scope',
      'Meetings',
    ])
      assert.match(about(found, what)[0] ?? '', /^ok/, what);
    for (const secret of ['tab-secret', 'bot-secret', 'AccountKey'])
      assert.ok(!found.lines.join().includes(secret));
  });

  it('says what is wrong with secrets, and when they end', async () => {
    const wrong = await examined({ ...settings, BOT_PASSWORD: 'another' });
    assert.match(about(wrong, 'Token of the bot')[0] ?? '', /^FAULT .*AADSTS7000215/);
    assert.match(nextOf(wrong, 'Token of the bot'), /use its value, not its id/);
    assert.equal(wrong.code, 1);
    const inDays = (days: number): string => new Date(Date.now() + (days + 0.5) * 86_400_000).toISOString();
    county.graph.secretsEnd = new Map([
      [county.entra.clientId, inDays(12)],
      [county.entra.botId, inDays(-3)],
    ]);
    const ending = about(await examined(settings), 'Secrets');
    assert.match(ending[0] ?? '', /^look .* ends in 12 days/);
    assert.match(ending[1] ?? '', /^FAULT .* has ended 3 days ago/);
  });

  it('says which right is missing, and which is too wide', async () => {
    county.graph.others.set(organiser, 'shut').set(admin, 'open');
    county.graph.site.grants = false;
    const found = await examined(settings);
    assert.match(nextOf(found, `Mailbox ${organiser}`), /RBAC for Applications/);
    assert.match(about(found, 'Mailbox scope')[0] ?? '', /^FAULT .*other mailboxes too/);
    assert.match(nextOf(found, 'SharePoint'), /Sites\.Selected/);
    assert.match(nextOf(found, 'Meetings'), /application access policy/);
  });

  it('has no fault to find with a mailbox that may only send', async () => {
    county.graph.others.set('viestinta@example.org', 'shut');
    const { ORGANISER: _, ...without } = settings;
    const sending = await examined({ ...without, MAIL_FROM: 'viestinta@example.org' });
    assert.match(about(sending, 'Mailbox viestinta@example.org')[0] ?? '', /^- .*only sends/);
    assert.ok(!sending.lines.some((line) => line.startsWith('FAULT')));
    const both = await examined({ ...settings, MAIL_FROM: 'viestinta@example.org' });
    assert.deepEqual(about(both, 'Mailbox viestinta'), []);
  });

  it('says that it is not reached, that its storage is away, and that a clock is off', async () => {
    const found = await examined({
      ...settings,
      PUBLIC_URL: 'http://127.0.0.1:19999',
      STORAGE_CONNECTION_STRING: (settings.STORAGE_CONNECTION_STRING ?? '').replace(/:\d+\//g, ':19999/'),
    });
    assert.match(about(found, 'Public address')[0] ?? '', /^FAULT .*ECONNREFUSED/);
    assert.match(about(found, 'Storage')[0] ?? '', /^FAULT .*ECONNREFUSED/);
    county.entra.now = () => Date.now() - 600_000;
    const off = await examined(settings);
    county.entra.now = Date.now;
    assert.match(about(off, 'Clock')[0] ?? '', /^FAULT .* ahead of the sign-in service: tokens are refused/);
  });

  it('names each setting that is missing, and has nothing to say of trial mode', async () => {
    const half = await examined({ BOT_ID: admin });
    assert.equal(half.code, 1);
    assert.ok(about(half, 'Settings').some((line) => line.includes('TENANT_ID wants')));
    const trial = await examined({});
    assert.deepEqual([trial.code, about(trial, 'Settings').length], [0, 1]);
  });
});
