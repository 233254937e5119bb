import type { Attachment, Mail, Mailer } from '../../delivery/mail/mailer.js';
import type { Outcome } from '../../delivery/outbox/message.js';
import type { GraphClient } from './graph-client.js';
import { GraphFault, isOrganiserMissing } from './graph-http.js';

const fileAttachment = ({ fileName, type, content }: Attachment) => ({
  '@odata.type': '#microsoft.graph.fileAttachment',
  name: fileName,
  contentType: type,
  contentBytes: Buffer.from(content, 'utf8').toString('base64'),
});

const messageOf = ({ id, to, language, subject, html, attachments }: Mail) => ({
  subject,
  body: { contentType: 'HTML', content: html },
  toRecipients: [{ emailAddress: { name: to.name, address: to.address } }],
  internetMessageHeaders: [
    { name: 'X-Big-Room-Id', value: id },
    { name: 'X-Big-Room-Language', value: language },
  ],
  ...(attachments.length > 0 && { attachments: attachments.map(fileAttachment) }),
});

/** Why a mail can never be sent: a recipient whose address is none, else what Graph called it. */
const failureOf = (code: string): string =>
  code === 'ErrorInvalidRecipients' || code === 'ErrorInvalidRecipient' ? 'notAnAddress' : code;

function outcomeOf(fault: unknown): Outcome {
  if (!(fault instanceof GraphFault)) throw fault;
  const { kind, code: reason, status, afterSeconds } = fault;
  if (isOrganiserMissing(fault)) return { result: 'failed', reason: 'organiserGone' };
  if (kind === 'unknown') return { result: 'uncertain', reason };
  // A token that was refused or not given: a matter of the settings, which somebody may be mending.
  const isPassing = kind === 'throttled' || status === 401;
  if (isPassing) return { result: 'retry', reason, ...(afterSeconds !== undefined && { afterSeconds }) };
  return { result: 'failed', reason: failureOf(reason) };
}

/**
 * Mail from the organiser's mailbox (https://learn.microsoft.com/graph/api/user-sendmail). Graph takes one body, the
 * HTML, and only headers that begin with X-: the text and the List-Unsubscribe header stay out, the link to stop these
 * mails is in the body. The mailbox sends 30 in a minute; the caller keeps that pace, and gets `retry` where it is too fast.
 */
export function graphMailer(client: GraphClient, sender: string): Mailer {
  return {
    async send(mail) {
      try {
        await client.call(sender, {
          method: 'POST',
          path: '/sendMail',
          body: { message: messageOf(mail), saveToSentItems: false },
          patienceSeconds: 0,
        });
        return { result: 'sent' };
      } catch (fault) {
        return outcomeOf(fault);
      }
    },
  };
}
