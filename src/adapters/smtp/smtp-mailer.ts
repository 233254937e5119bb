import { Readable } from 'node:stream';
import type SMTPConnection from 'nodemailer/lib/smtp-connection/index.js';
import { z } from 'zod';
import type { Mailer } from '../../delivery/mail/mailer.js';
import { mimeOf } from '../../delivery/mail/mime.js';
import type { Outcome } from '../../delivery/outbox/message.js';
import type { Clock } from '../../platform/clock.js';
import { isLoopback } from '../../platform/loopback.js';

interface Deps {
  /** `smtp://user:password@host:587`, or `smtps:` for TLS from the first byte. */
  readonly url: string;
  /** Mail address from which mail comes. */
  readonly sender: string;
  readonly clock: Clock;
  /** How long the server may say nothing, in milliseconds; 20,000. */
  readonly timeoutMs?: number;
}

/** What nodemailer says of a connection that failed. */
const faultSchema = z.looseObject({
  code: z.string().optional().catch(undefined),
  /** The three digits with which the server refused; absent where it did not answer. */
  responseCode: z.number().optional().catch(undefined),
});

/** Matters of the settings or of the server's own, which somebody may be mending: a password, encryption. */
const ofSettings: readonly string[] = ['EAUTH', 'ETLS', 'EOAUTH2'];

/**
 * (RFC 5321, 4.2.1: 4yz may be tried again, 5yz will not work.)
 * @param hasLeft whether the server had asked for the text: from then on its silence means that nobody knows.
 */
function outcomeOf(error: unknown, hasLeft: boolean): Outcome {
  const { code = 'unknown', responseCode } = faultSchema.safeParse(error).data ?? {};
  const reason = responseCode === undefined ? code : `${String(responseCode)} ${code}`;
  if (ofSettings.includes(code)) return { result: 'retry', reason };
  if (responseCode !== undefined && responseCode >= 500)
    return { result: 'failed', reason: code === 'EENVELOPE' && !isOfSender(error) ? 'notAnAddress' : reason };
  return { result: responseCode === undefined && hasLeft ? 'uncertain' : 'retry', reason };
}

/** The server refuses whoever sends, and not the recipient. */
const isOfSender = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Mail command');

/** As one conversation with the server; nodemailer's own transports don't say whether the text had left when one breaks off. */
type Conversation = InstanceType<typeof SMTPConnection>;

async function step(
  run: (done: (error?: Error | null) => void) => void,
  broken: Promise<never>,
): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    run((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
  await Promise.race([ended, broken]);
}

/**
 * Mail by a mail server: Azure Communication Services, the county's relay, or another. Without `smtps:` the connection is
 * encrypted by STARTTLS (RFC 3207) before anything is said, or nothing is; this machine itself excepted.
 */
export function smtpMailer({ url, sender, clock, timeoutMs = 20_000 }: Deps): Mailer {
  const { protocol, hostname, port, username, password } = new URL(url);
  const isSecure = protocol === 'smtps:';
  const credentials = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };

  /** Loaded with the first mail. */
  async function open(): Promise<Conversation> {
    const { default: Connection } = await import('nodemailer/lib/smtp-connection/index.js');
    return new Connection({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || (isSecure ? 465 : 587)),
      secure: isSecure,
      requireTLS: !isSecure && !isLoopback(hostname),
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
    });
  }

  return {
    async send(mail) {
      let hasLeft = false;
      const from = { name: mail.fromName ?? 'Big Room', address: sender };
      const raw = await mimeOf(mail, { sender: from, at: clock.now() });
      // It is read when the server has asked for it (RFC 5321, 3.3: 354).
      const text = Readable.from(
        (function* () {
          hasLeft = true;
          yield raw;
        })(),
      );
      const conversation = await open();
      const broken = new Promise<never>((_resolve, reject) => {
        conversation.once('error', reject);
        conversation.once('end', () => {
          reject(new Error('the server hung up'));
        });
      });
      broken.catch(() => undefined);
      try {
        await step((done) => {
          conversation.connect(done);
        }, broken);
        if (credentials.user !== '')
          await step((done) => {
            conversation.login(credentials, done);
          }, broken);
        await step((done) => {
          conversation.send({ from: sender, to: [mail.to.address] }, text, done);
        }, broken);
        return { result: 'sent' };
      } catch (error) {
        return outcomeOf(error, hasLeft);
      } finally {
        conversation.close();
      }
    },
  };
}
