import { z } from 'zod';
import type { IssueId } from '../platform/ids.js';
import { storedId } from '../platform/stored.js';
import { publicLanguages } from '../shared/languages.js';
import { messageKind } from '../delivery/outbox/kind.js';

/** Asks to send the mail of an issue, as it is then, to one address: to see it in one's own mail program. */
export const testMailMessage = messageKind(
  'newsletterTest',
  z.object({
    issueId: storedId<IssueId>(),
    language: z.enum(publicLanguages),
    to: z.object({ name: z.string(), address: z.string() }),
  }),
);

/** Asks to let the items of an issue know whether it went out. */
export const issueOutMessage = messageKind('newsletterOut', z.object({ issueId: storedId<IssueId>() }));
