import { mkdir, rm, writeFile } from 'node:fs/promises';
import { calendarMails } from './make-calendar-mails.js';

/** Writes docs/calendar-mails anew, from the same code as the mails that leave. */
const folder = new URL('../docs/calendar-mails/', import.meta.url);
await rm(folder, { recursive: true, force: true });
for (const { path, content } of await calendarMails()) {
  const file = new URL(path, folder);
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, content);
}
