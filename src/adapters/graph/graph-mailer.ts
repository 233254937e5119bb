import type { Mailer } from '../../delivery/mail/mailer.js';
import { mimeOf } from '../../delivery/mail/mime.js';
import type { Outcome } from '../../delivery/outbox/message.js';
import type { GraphClient } from './graph-client.js';
import type { Clock } from '../../platform/clock.js';
import { GraphFault, isOrganiserMissing } from './graph-http.js';

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
 * Mail from the organiser's mailbox, as a whole MIME message in base64
 * (https://learn.microsoft.com/graph/api/user-sendmail, "MIME format"): in JSON Graph takes one body and only headers that
 * begin with X-, so that an invitation would be a file that nobody can answer to. At most 4 MB a request. The mailbox
 * sends 30 in a minute; the caller keeps that pace, and gets `retry` where it is too fast.
 * @param sender address or object id of the mailbox; of an id the mailbox itself puts in the address.
 */
export function graphMailer(client: GraphClient, sender: string, clock: Clock): Mailer {
  const names = sender.includes('@');
  return {
    async send(mail) {
      try {
        const from = { name: mail.fromName ?? 'Big Room', address: names ? sender : 'bigroom@localhost' };
        const mime = await mimeOf(mail, { sender: from, at: clock.now(), names });
        await client.call(sender, {
          method: 'POST',
          path: '/sendMail',
          body: mime.toString('base64'),
          patienceSeconds: 0,
        });
        return { result: 'sent' };
      } catch (fault) {
        return outcomeOf(fault);
      }
    },
  };
}
