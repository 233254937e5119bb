import type { Module } from '../module.js';
import type { Mailer } from '../delivery/mail/mailer.js';
import type { Clock } from '../platform/clock.js';
import { newsletterNotices } from './notices.js';
import { isForActor } from './policy.js';
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
    notices: newsletterNotices(deps.store),
    waiting: {
      groups: newsletterWaitingGroups(deps),
      lines: async (person, indexed) => {
        if (!isForActor(person)) return [];
        const issue = await newsletter.overviewLine(person, indexed);
        return issue === undefined ? [] : [{ name: 'newsletter', value: issue }];
      },
    },
  } satisfies Module;
}
