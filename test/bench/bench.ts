// `npm run bench`: what Big Room costs, each beside what it is held against, in one run.
import { cpus, totalmem } from 'node:os';
import { build } from '../../src/launcher/build.js';
import { cardSubmit } from './card-submit.js';
import { contactImport } from './contact-import.js';
import { firstLoad } from './first-load.js';
import { inbox } from './inbox.js';
import { table, type Finding } from './measure.js';
import { newsletter } from './newsletter.js';
import { planning } from './planning.js';
import { reminders } from './reminders.js';
import { signIn } from './sign-in.js';
import { start } from './start.js';
import { tabBytes } from './tab.js';
import { typing } from './typing.js';

const parts: Readonly<Record<string, () => Promise<Finding[]> | Finding[]>> = {
  start,
  'card submit': cardSubmit,
  'sign-in': signIn,
  newsletter,
  tab: tabBytes,
  typing,
  'first load': firstLoad,
  planning,
  reminders,
  'inbox and lists': inbox,
  'contact import': contactImport,
};

await build();
const wanted = process.argv.slice(2);
const findings: Finding[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
  console.error(`Measuring: ${name}`);
  findings.push(...(await measure()));
}
const machine = `Node ${process.version}, ${String(cpus().length)} cores, ${String(Math.round(totalmem() / 2 ** 30))} GiB`;
console.log(`\n${machine}, ${new Date().toISOString().slice(0, 10)}\n\n${table(findings)}\n`);
process.exit(0);
