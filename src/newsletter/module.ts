import type { Module } from '../module.js';
import { may } from '../people/permissions.js';
import { newsletterRoutes } from './routes.js';
import type { NewsletterService } from './service.js';

/** What the newsletter registers. */
export function newsletterModule(newsletter: NewsletterService): Module {
  return {
    routes: newsletterRoutes(newsletter),
    waiting: async (actor) => {
      const issue = may(actor.role, 'newsletter:edit') ? await newsletter.overviewLine(actor) : undefined;
      return issue === undefined ? [] : [{ name: 'newsletter', value: issue }];
    },
  };
}
