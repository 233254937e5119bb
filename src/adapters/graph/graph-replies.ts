import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { MailboxFault, type ArrivedMail, type ReplySource } from '../../sessions/coming/reply-source.js';
import type { GraphCall, GraphClient } from './graph-client.js';
import { GraphFault, isItemMissing, isOrganiserMissing } from './graph-http.js';

const message = z.object({
  id: z.string(),
  '@odata.type': z.string().optional(),
  '@removed': z.unknown().optional(),
  receivedDateTime: z.string().nullish(),
  hasAttachments: z.boolean().nullish(),
});

const page = z.object({
  value: z.array(message),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});

/** What Exchange took for the answer to an invitation, under its own type or, in older mailboxes, under that above it. */
const responses = new Set(['#microsoft.graph.eventMessageResponse', '#microsoft.graph.eventMessage']);
const isOfExchange = (type: string): boolean => type.startsWith('#microsoft.graph.eventMessage');

/** One that changed, was moved away, or that can't hold an answer is none: no more mails are read than need be. */
function arrived(mail: z.infer<typeof message>): ArrivedMail[] {
  const { id, receivedDateTime, hasAttachments, '@odata.type': type = '' } = mail;
  if (mail['@removed'] !== undefined || typeof receivedDateTime !== 'string') return [];
  const mayAnswer = isOfExchange(type) ? responses.has(type) : hasAttachments === true;
  return mayAnswer ? [{ id, receivedAt: Temporal.Instant.from(receivedDateTime).toString() }] : [];
}

/** How many mails Graph gives at once: so many are read again, at most, where a run dies. */
const pageSize = 20;
/** An answer with the pictures of a signature has less. */
const maxMailBytes = 2 * 1024 * 1024;

/** The id stays the same where a rule of the mailbox moves a mail away before it is read. */
const preferences = `odata.maxpagesize=${pageSize}, IdType="ImmutableId"`;

function mailboxFault(error: unknown): unknown {
  if (error instanceof z.ZodError) return new MailboxFault('faulty', 'unreadableAnswer');
  if (!(error instanceof GraphFault)) return error;
  const { kind, status, code, afterSeconds } = error;
  if (status === 410) return new MailboxFault('placeLost', code);
  if (kind === 'throttled') return new MailboxFault('unavailable', code, afterSeconds);
  if (kind === 'unknown') return new MailboxFault('faulty', code, afterSeconds);
  const isOfMailbox = status === 401 || status === 403 || isOrganiserMissing(error);
  // Refused outright, as an id or a place that nobody gave out.
  return new MailboxFault(isOfMailbox ? 'notAllowed' : 'unreadable', code);
}

/**
 * Mails of the inbox by delta query (https://learn.microsoft.com/graph/delta-query-messages), and whole ones as MIME
 * (https://learn.microsoft.com/graph/outlook-get-mime-message). Needs the permission `Mail.Read` for this mailbox; it
 * changes nothing there. Of mails that hold no answer nothing is read but when they arrived and whether they have
 * attachments. What was changed (read, flagged) comes again: to record an answer twice changes nothing.
 */
export function graphReplies(client: GraphClient, mailbox: string): ReplySource {
  const headers = { Prefer: preferences };
  const firstCall = (since: string): GraphCall => ({
    method: 'GET',
    path: '/mailFolders/inbox/messages/delta',
    query: {
      $select: 'receivedDateTime,hasAttachments',
      // The only filter that a delta query of messages takes; without it every mail ever is listed.
      $filter: `receivedDateTime ge ${Temporal.Instant.from(since).toString({ smallestUnit: 'second' })}`,
    },
    headers,
  });

  return {
    mailbox,

    async page(place, since) {
      try {
        const call =
          place === undefined ? firstCall(since) : ({ method: 'GET', path: place, headers } as const);
        const read = page.parse(await client.call(mailbox, { ...call, patienceSeconds: 0 }));
        const next = read['@odata.nextLink'] ?? read['@odata.deltaLink'];
        if (next === undefined) throw new MailboxFault('faulty', 'noPlace');
        const isLast = read['@odata.nextLink'] === undefined;
        return { mails: read.value.flatMap(arrived), next, isLast };
      } catch (error) {
        const fault = mailboxFault(error);
        // A place that is refused is as good as none.
        const isPlaceRefused =
          place !== undefined && fault instanceof MailboxFault && fault.kind === 'unreadable';
        throw isPlaceRefused ? new MailboxFault('placeLost', fault.reason) : fault;
      }
    },

    async mail(id) {
      try {
        return await client.bytes(mailbox, {
          method: 'GET',
          path: `/messages/${encodeURIComponent(id)}/$value`,
          headers: { ...headers, Accept: '*/*' },
          maxBytes: maxMailBytes,
          patienceSeconds: 0,
        });
      } catch (error) {
        if (isItemMissing(error)) return undefined;
        throw mailboxFault(error);
      }
    },
  };
}
