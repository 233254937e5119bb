import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.js';
import { freshId } from '../../platform/ids.js';
import { retentionDays } from '../../platform/retention.js';
import type { Mailer } from '../../delivery/mail/mailer.js';
import { mailFileName, mimeOf, type Sender } from '../../delivery/mail/mime.js';

interface MailFilesOptions {
  /** The mails go into the folder `mail` of it. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly sender: Sender;
}

/** How many old files are erased at a time. */
const maxPruned = 500;

/**
 * Mail as files, one a mail, for trial mode: `<dataDir>/mail/<id>.eml`, which mail programs open. A file is whole or
 * not there, and the same mail sent again replaces the first.
 */
export function mailFiles(options: MailFilesOptions): Mailer & {
  /** Erases mails that were written long ago, at most 500 at a time; returns how many. */
  prune(): Promise<number>;
} {
  const folder = join(options.dataDir, 'mail');
  return {
    async prune() {
      const before = options.clock.now().epochMilliseconds - retentionDays.mailFiles * 86_400_000;
      // None where no mail was written yet.
      const names = await readdir(folder).catch(() => []);
      let count = 0;
      for (const name of names) {
        if (count === maxPruned) break;
        const file = join(folder, name);
        const written = await stat(file).catch(() => undefined);
        // Mails, and what a crash left of one; nothing else is ours to erase.
        if (!written?.isFile() || !/\.eml$|^\./.test(name) || written.mtimeMs >= before) continue;
        await rm(file, { force: true });
        count += 1;
      }
      return count;
    },

    async send(mail) {
      const unfinished = join(folder, `.${freshId()}`);
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(unfinished, await mimeOf(mail, { sender: options.sender, at: options.clock.now() }));
        await rename(unfinished, join(folder, `${mailFileName(mail.id)}.eml`));
        return { result: 'sent' };
      } catch (error) {
        await rm(unfinished, { force: true }).catch(() => undefined);
        // A full disk or a folder that cannot be written may be mended.
        return { result: 'retry', reason: (error as NodeJS.ErrnoException).code ?? 'unexpected' };
      }
    },
  };
}
