import type { DeliveryKind, PayloadOf } from '../delivery/outbox/kind.js';
import type { Mailer } from '../delivery/mail/mailer.js';
import { systemActor } from '../people/permissions.js';
import { issueOutMessage, testMailMessage } from './messages.js';
import type { NewsletterService } from './service.js';

/** Lets the items of an issue know whether it went out. */
export function issueOutDelivery(
  newsletter: Pick<NewsletterService, 'markItemsOut'>,
): DeliveryKind<PayloadOf<typeof issueOutMessage>> {
  return {
    ...issueOutMessage,
    afterCrash: 'repeat',
    afterRestore: 'run',
    handle: async ({ issueId }) => {
      await newsletter.markItemsOut(issueId);
      return { result: 'sent' };
    },
  };
}

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
