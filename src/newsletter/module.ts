import type { Module } from '../module.js';
import { may } from '../people/permissions.js';
import { newsletterRoutes } from './routes.js';
import type { NewsletterService } from './service.js';
import { newsletterWaitingGroups } from './waiting.js';

type Deps = Parameters<typeof newsletterWaitingGroups>[0] & { readonly newsletter: NewsletterService };

/** What the newsletter registers. */
export function newsletterModule({ newsletter, ...deps }: Deps) {
  return {
    routes: newsletterRoutes(newsletter),
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
