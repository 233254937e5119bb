import { replacesSchema } from '../content/deviation-edits.js';
import { z } from 'zod';
import { t } from '../i18n/messages.js';
import type { IssueId, StoryId } from '../platform/ids.js';
import { publicLanguages } from '../shared/languages.js';
import type { Mail } from './mail/mail.js';
import { placeSchema, placeSeveralSchema } from './input.js';
import type { IssueChanged, NewsletterService, OwnTextChanged } from './service.js';
import {
  del,
  get,
  json,
  overwrite,
  type OverwritingCall,
  post,
  put,
  type Call,
  type Reply,
  type Route,
} from '../http/route.js';
import { auditNumber, parse } from '../platform/validation.js';
import { mimeOf } from '../delivery/mail/mime.js';
import type { Clock } from '../platform/clock.js';
import { deterministicId } from '../platform/ids.js';
import { pageSchema } from '../platform/pages.js';
import type {
  IssueAnswer,
  IssueAuditAnswer,
  IssueListAnswer,
  MailAnswer,
  PlacedSeveralAnswer,
  StoryAnswer,
} from '../shared/answers/newsletter.js';

const idSchema = z.string().min(1).max(64);
const leadSchema = z.strictObject({ story: idSchema });
/** Whoever approves says what they saw: the stamp of the issue. */
const seenStampSchema = z.looseObject({ seen: z.string() });
const undoSchema = z.strictObject({ audit: auditNumber });
const previewSchema = z.strictObject({ language: z.enum(publicLanguages) });
const exportSchema = z.strictObject({
  language: z.enum(publicLanguages),
  format: z.enum(['html', 'text', 'eml']),
});

const idOf = ({ params }: Call): IssueId => params.id as IssueId;
const storyOf = ({ params }: Call): StoryId => params.story as StoryId;

const fileName = ({ language, number, isDraft }: Mail): string =>
  t(language, isDraft ? 'mail.newsletter.draftFileName' : 'mail.newsletter.fileName', { number });

/** The mail as a file to download; what nobody has approved yet says so in its name too. */
async function fileOf(
  mail: Mail,
  format: 'html' | 'text' | 'eml',
  { sender, clock }: Mailing,
): Promise<Reply> {
  const { html, text, language, subject } = mail;
  const name = fileName(mail);
  switch (format) {
    case 'html':
      return { text: html, type: 'text/html; charset=utf-8', fileName: `${name}.html` };
    case 'text':
      return { text, type: 'text/plain; charset=utf-8', fileName: `${name}.txt` };
    case 'eml': {
      const at = clock.now();
      const id = deterministicId<string>('newsletterFile', String(mail.number), language, at.toString());
      const unsent = { id, language, subject, html, text, attachments: [] };
      const mime = await mimeOf(unsent, { sender: { name: '', address: sender }, at, unsent: true });
      return { text: mime.toString('utf8'), type: 'message/rfc822', fileName: `${name}.eml` };
    }
  }
}

/** What files that mail programs open are made of. */
interface Mailing {
  /** Its host is that of the Message-IDs. */
  readonly sender: string;
  readonly clock: Clock;
}

export function newsletterRoutes(newsletter: NewsletterService, mailing: Mailing): Route[] {
  /** A route that changes an issue and answers with the issue as it is then. */
  const changing =
    <From extends Call>(
      change: (call: From, id: IssueId) => Promise<IssueChanged & Partial<OwnTextChanged>>,
    ) =>
    async (call: From): Promise<Reply> => {
      const { issueId, storyId, own, undo } = await change(call, idOf(call));
      return json({
        issue: await newsletter.issue(call.person, issueId),
        ...(storyId !== undefined && { storyId }),
        ...(own !== undefined && { own }),
        ...(undo !== undefined && { undo }),
      } satisfies IssueAnswer);
    };

  return [
    ...readingRoutes(newsletter, mailing),
    post(
      '/api/newsletter',
      'newsletter:edit',
      changing(({ person }: Call) => newsletter.open(person)),
    ),
    post(
      '/api/newsletter/stories',
      'newsletter:edit',
      changing(({ person, body }: Call) => {
        const { newsId, ...consent } = parse(placeSchema, body);
        return newsletter.place(person, newsId, consent);
      }),
    ),
    post('/api/newsletter/stories/several', 'newsletter:edit', async ({ person, body }) => {
      const { items, although } = parse(placeSeveralSchema, body);
      const { failed, ...placed } = await newsletter.placeSeveral(person, items, { although });
      return json({
        ...placed,
        failed: failed.map(({ newsId, error: { code, details } }) => ({ newsId, code, details })),
      } satisfies PlacedSeveralAnswer);
    }),
    ...storyRoutes(newsletter, changing),
    ...issueRoutes(newsletter, changing),
  ];
}

function readingRoutes(newsletter: NewsletterService, mailing: Mailing): Route[] {
  return [
    get('/api/newsletter', 'newsletter:see', async ({ person }) =>
      json({ issues: await newsletter.issues(person) } satisfies IssueListAnswer),
    ),
    get('/api/newsletter/:id', 'newsletter:see', async (call) =>
      json({ issue: await newsletter.issue(call.person, idOf(call)) } satisfies IssueAnswer),
    ),
    get('/api/newsletter/:id/audit', 'newsletter:see', async (call) => {
      const { after } = parse(pageSchema, call.query);
      return json((await newsletter.audit(call.person, idOf(call), after)) satisfies IssueAuditAnswer);
    }),
    get('/api/newsletter/:id/stories/:story', 'newsletter:see', async (call) => {
      const story = await newsletter.story(call.person, idOf(call), storyOf(call));
      return json({ story } satisfies StoryAnswer);
    }),
    get('/api/newsletter/:id/preview', 'newsletter:see', async (call) => {
      const { language } = parse(previewSchema, call.query);
      const mail = await newsletter.mail(call.person, idOf(call), language);
      return json({ mail, fileName: fileName(mail) } satisfies MailAnswer);
    }),
    get('/api/newsletter/:id/export', 'newsletter:edit', async (call) => {
      const { language, format } = parse(exportSchema, call.query);
      return fileOf(await newsletter.mail(call.person, idOf(call), language), format, mailing);
    }),
  ];
}

type Changing = <From extends Call>(
  change: (call: From, id: IssueId) => Promise<IssueChanged>,
) => (call: From) => Promise<Reply>;

function storyRoutes(newsletter: NewsletterService, changing: Changing): Route[] {
  return [
    del(
      '/api/newsletter/:id/stories/:story',
      'newsletter:edit',
      changing((call: Call, id) => newsletter.remove(call.person, id, storyOf(call))),
    ),
    overwrite(
      'put',
      '/api/newsletter/:id/stories/:story/weight',
      'newsletter:edit',
      changing((call: OverwritingCall, id) =>
        newsletter.setWeight(call.person, id, storyOf(call), call.body, call.seen),
      ),
    ),
    put(
      '/api/newsletter/:id/stories/:story/words/:language',
      'newsletter:translate',
      changing((call: Call, id) =>
        newsletter.editText(call.person, id, storyOf(call), call.params.language, call.body),
      ),
    ),
    del(
      '/api/newsletter/:id/stories/:story/words/:language',
      'newsletter:translate',
      changing((call: Call, id) => {
        const { replaces } = parse(replacesSchema, call.body ?? {});
        return newsletter.useItemText(call.person, id, storyOf(call), call.params.language, replaces);
      }),
    ),
  ];
}

function issueRoutes(newsletter: NewsletterService, changing: Changing): Route[] {
  return [
    overwrite(
      'put',
      '/api/newsletter/:id/order',
      'newsletter:edit',
      changing(({ person, body, seen }: OverwritingCall, id) => newsletter.arrange(person, id, body, seen)),
    ),
    overwrite(
      'put',
      '/api/newsletter/:id/lead',
      'newsletter:edit',
      changing(({ person, body, seen }: OverwritingCall, id) =>
        newsletter.chooseLead(person, id, parse(leadSchema, body).story as StoryId, seen),
      ),
    ),
    overwrite(
      'post',
      '/api/newsletter/:id/arrange',
      'newsletter:edit',
      changing(({ person, seen }: OverwritingCall, id) => newsletter.arrangeAgain(person, id, seen)),
    ),
    overwrite(
      'put',
      '/api/newsletter/:id/deadline',
      'newsletter:edit',
      changing(({ person, body, seen }: OverwritingCall, id) =>
        newsletter.setDeadline(person, id, body, seen),
      ),
    ),
    post(
      '/api/newsletter/:id/approve',
      'newsletter:approve',
      changing(({ person, body }: Call, id) => {
        parse(seenStampSchema, body ?? {});
        return newsletter.approve(person, id, body);
      }),
    ),
    post(
      '/api/newsletter/:id/unapprove',
      'newsletter:approve',
      changing(({ person }: Call, id) => newsletter.unapprove(person, id)),
    ),
    post(
      '/api/newsletter/:id/send-back',
      'newsletter:approve',
      changing(({ person, body }: Call, id) => newsletter.sendBack(person, id, body)),
    ),
    overwrite(
      'put',
      '/api/newsletter/:id/letter/:language',
      'newsletter:translate',
      changing(({ person, params, body, seen }: OverwritingCall, id) =>
        newsletter.setLetter(person, id, params.language, body, seen),
      ),
    ),
    post(
      '/api/newsletter/:id/sent',
      'newsletter:edit',
      changing(({ person }: Call, id) => newsletter.markSent(person, id)),
    ),
    post('/api/newsletter/:id/test-mail', 'newsletter:edit', async (call) => {
      await newsletter.sendTest(call.person, idOf(call), call.body);
      return { json: {}, status: 202 };
    }),
    post(
      '/api/newsletter/:id/undo',
      'newsletter:undo',
      changing(({ person, body }: Call, id) => newsletter.undo(person, id, parse(undoSchema, body).audit)),
    ),
  ];
}
