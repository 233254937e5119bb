import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.js';
import { deterministicId, freshId } from '../../platform/ids.js';
import { retentionDays } from '../../platform/retention.js';
import type { Attachment, Mail, Mailer } from '../../delivery/mail/mailer.js';

interface MailFilesOptions {
  /** The mails go into the folder `mail` of it. */
  readonly dataDir: string;
  readonly clock: Clock;
  /** Whose mails they are; the host of the address is that of the Message-IDs too. */
  readonly sender: { readonly name: string; readonly address: string };
}

/** How many old files are erased at a time. */
const maxPruned = 500;

/** A name that every file system takes and no two ids share. */
const fileNameOf = (id: string): string =>
  /^[a-z0-9][a-z0-9._-]{0,120}$/.test(id) ? id : deterministicId<string>('mail', id);

const methodOf = ({ type }: Attachment): string | undefined =>
  /^text\/calendar\b.*\bmethod=([a-z]+)/i.exec(type)?.[1]?.toUpperCase();

/** An invitation goes as a part of the mail too, as mail programs offer to answer only that. */
function mimeParts(attachments: readonly Attachment[]) {
  const invitation = attachments.find((one) => methodOf(one) !== undefined);
  const files = attachments
    .filter((one) => one !== invitation)
    .map(({ fileName, type, content }) => ({ filename: fileName, contentType: type, content }));
  if (invitation === undefined) return { attachments: files };
  const { fileName, content } = invitation;
  const icalEvent = { method: methodOf(invitation) ?? 'PUBLISH', filename: fileName, content };
  return { attachments: files, icalEvent };
}

/** RFC 8058: mail programs show a button that stops these mails, without a page in between. */
const unsubscribing = (url: string | undefined): Record<string, string> =>
  url === undefined
    ? {}
    : { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };

/** The mail as it would travel (RFC 5322); the same mail at the same time is the same bytes. */
async function composed(mail: Mail, { sender, clock }: MailFilesOptions): Promise<Buffer> {
  // Loaded with the first mail, not with the process.
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const name = fileNameOf(mail.id);
  const host = sender.address.split('@').at(-1) ?? 'localhost';
  const composer = new MailComposer({
    messageId: `<${name}@${host}>`,
    date: new Date(clock.now().epochMilliseconds),
    from: { ...sender },
    to: { ...mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: { 'Content-Language': mail.language, ...unsubscribing(mail.unsubscribeUrl) },
    ...mimeParts(mail.attachments),
    baseBoundary: deterministicId<string>('boundary', mail.id),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

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
        await writeFile(unfinished, await composed(mail, options));
        await rename(unfinished, join(folder, `${fileNameOf(mail.id)}.eml`));
        return { result: 'sent' };
      } catch (error) {
        await rm(unfinished, { force: true }).catch(() => undefined);
        // A full disk or a folder that cannot be written may be mended.
        return { result: 'retry', reason: (error as NodeJS.ErrnoException).code ?? 'unexpected' };
      }
    },
  };
}
