import { z } from 'zod';
import type { IssueId } from '../platform/ids.js';
import { storedId } from '../platform/stored.js';
import { publicLanguages } from '../shared/languages.js';
import { messageKind, type DeliveryKind, type PayloadOf } from '../delivery/outbox/kind.js';
import type { Mailer } from '../delivery/mail/mailer.js';
import { systemActor } from '../people/permissions.js';
import type { NewsletterService } from './service.js';

/** Asks to send the mail of an issue, as it is then, to one address: to see it in one's own mail program. */
export const testMailMessage = messageKind(
  'newsletterTest',
  z.object({
    issueId: storedId<IssueId>(),
    language: z.enum(publicLanguages),
    to: z.object({ name: z.string(), address: z.string() }),
  }),
);

/** Sends a mail of the newsletter to whoever asked for it, and to nobody else. */
export function testMailDelivery(
  newsletter: Pick<NewsletterService, 'mail'>,
  mailer: Mailer,
): DeliveryKind<PayloadOf<typeof testMailMessage>> {
  return {
    ...testMailMessage,
    // Whoever asked looks for it; a second one is a smaller evil than none.
    afterCrash: 'repeat',
    afterRestore: 'ask',
    handle: async ({ issueId, language, to }, { id }) => {
      const { subject, html, text } = await newsletter.mail(systemActor, issueId, language);
      return mailer.send({ id, to, language, subject, html, text, attachments: [] });
    },
  };
}
