import type { Temporal } from 'temporal-polyfill';
import { deterministicId } from '../../platform/ids.js';
import type { Attachment, Mail, Picture } from './mailer.js';

/** Whose mails they are; the host of the address is that of the Message-IDs too. */
export interface Sender {
  readonly name: string;
  readonly address: string;
}

/** A name that every file system takes and no two ids share. */
export const mailFileName = (id: string): string =>
  /^[a-z0-9][a-z0-9._-]{0,120}$/.test(id) ? id : deterministicId<string>('mail', id);

/**
 * The method of an invitation, which its part and its file must both name (RFC 6047 2.4); `undefined` of other files.
 * @throws Error where they differ: mail programs then take it for a file.
 */
function methodOf({ type, content }: Attachment): string | undefined {
  const method = /^text\/calendar\b.*\bmethod=([a-z]+)/i.exec(type)?.[1]?.toUpperCase();
  if (method === undefined) return undefined;
  const own = /^METHOD:(.*)$/im.exec(content)?.[1]?.trim();
  if (own !== method) throw new Error(`A calendar file of the method ${own ?? 'none'} is sent as ${method}`);
  return method;
}

/**
 * An invitation goes as an alternative to the text, as mail programs offer to answer only that, and as a file
 * (`application/ics`) for those that show none: mixed(alternative(plain, html, calendar), file, other files). Where the HTML
 * has pictures it stands with them in a part of its own (multipart/related).
 */
function mimeParts(attachments: readonly Attachment[], pictures: readonly Picture[]) {
  const invitation = attachments.find((one) => methodOf(one) !== undefined);
  const files = attachments
    .filter((one) => one !== invitation)
    .map(({ fileName, type, content }) => ({ filename: fileName, contentType: type, content }));
  const inline = pictures.map(({ cid, type, base64 }) => ({
    cid,
    contentType: type,
    contentDisposition: 'inline' as const,
    content: Buffer.from(base64, 'base64'),
  }));
  if (invitation === undefined) return { attachments: [...inline, ...files] };
  const { fileName, content } = invitation;
  const method = methodOf(invitation) ?? 'PUBLISH';
  return { attachments: [...inline, ...files], icalEvent: { method, filename: fileName, content } };
}

/** RFC 8058: mail programs show a button that stops these mails, without a page in between. */
const unsubscribing = (url: string | undefined): Record<string, string> =>
  url === undefined
    ? {}
    : { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };

/**
 * A mail as it would travel (RFC 5322); the same mail at the same time is the same bytes.
 * @param unsent without a receiver yet: Outlook opens it to be addressed and sent (its header `X-Unsent`).
 */
export async function mimeOf(
  mail: Omit<Mail, 'to'> & Partial<Pick<Mail, 'to'>>,
  {
    sender,
    at,
    unsent = false,
    names = true,
  }: {
    readonly sender: Sender;
    readonly at: Temporal.Instant;
    readonly unsent?: boolean;
    /** Whether it names its sender; not where the mailer knows the address and we don't. */
    readonly names?: boolean;
  },
): Promise<Buffer> {
  // Loaded with the first mail, not with the process.
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const host = sender.address.split('@').at(-1) ?? 'localhost';
  const composer = new MailComposer({
    messageId: `<${mailFileName(mail.id)}@${host}>`,
    date: new Date(at.epochMilliseconds),
    ...(!unsent &&
      names && { from: { ...sender, ...(mail.fromName !== undefined && { name: mail.fromName }) } }),
    ...(mail.replyTo && { replyTo: { ...mail.replyTo } }),
    ...(mail.to && { to: { ...mail.to } }),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: {
      'Content-Language': mail.language,
      ...(unsent && { 'X-Unsent': '1' }),
      ...unsubscribing(mail.unsubscribeUrl),
    },
    ...mimeParts(mail.attachments, mail.pictures ?? []),
    baseBoundary: deterministicId<string>('boundary', mail.id),
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
