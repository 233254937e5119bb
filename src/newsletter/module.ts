import type { Module } from '../module.js';
import { may } from '../people/permissions.js';
import type { Mailer } from '../delivery/mail/mailer.js';
import type { Clock } from '../platform/clock.js';
import { newsletterRoutes } from './routes.js';
import type { NewsletterService } from './service.js';
import { issueOutDelivery, testMailDelivery } from './deliveries.js';
import { newsletterWaitingGroups } from './waiting.js';

type Deps = Parameters<typeof newsletterWaitingGroups>[0] & {
  readonly newsletter: NewsletterService;
  readonly mailer: Mailer;
  readonly sender: string;
  readonly clock: Clock;
};

/** What the newsletter registers. */
export function newsletterModule({ newsletter, mailer, sender, clock, ...deps }: Deps) {
  return {
    routes: newsletterRoutes(newsletter, { sender, clock }),
    deliveries: [testMailDelivery(newsletter, mailer), issueOutDelivery(newsletter)],
    waiting: {
      groups: newsletterWaitingGroups(deps),
      lines: async (person, indexed) => {
        if (!may(person.role, 'newsletter:edit')) return [];
        const issue = await newsletter.overviewLine(person, indexed);
        return issue === undefined ? [] : [{ name: 'newsletter', value: issue }];
      },
    },
  } satisfies Module;
}
