import { replacesSchema } from '../content/deviation-edits.js';
import { AppError } from '../platform/errors.js';
import { isId, type ReleaseId } from '../platform/ids.js';
import {
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
import type { Permission } from '../people/permissions.js';
import { pageSchema } from '../platform/pages.js';
import { parse } from '../platform/validation.js';
import type { ClockChange } from '../platform/wall-time.js';
import {
  consentSchema,
  correctSchema,
  listSchema,
  publicLanguageSchema,
  scheduleSchema,
  undoSchema,
} from './input.js';
import type { ReleaseService } from './service.js';
import type { ReleaseChanged } from './types.js';
import type {
  ReleaseAnswer,
  ReleaseAuditAnswer,
  ReleaseCreatedAnswer,
  ReleaseListAnswer,
  ReleasePreviewAnswer,
} from '../shared/answers/releases.js';

/** An id that could never have been given out names no release; it is not asked for in storage. */
function idOf({ params }: Call): ReleaseId {
  const id = params.id ?? '';
  if (!isId(id)) throw new AppError('release.notFound', { id });
  return id as ReleaseId;
}

type Changing<From extends Call = Call> = (
  call: From,
  id: ReleaseId,
) => Promise<ReleaseChanged & { readonly clockChange?: ClockChange }>;

/** The release queue. Adding to it answers 201, or 200 where the release was there already. */
export function releaseRoutes(releases: ReleaseService): Route[] {
  /** Changes a release and answers with all of it. */
  const changing =
    <From extends Call>(change: Changing<From>) =>
    async (call: From): Promise<Reply> => {
      const id = idOf(call);
      const { undo, clockChange } = await change(call, id);
      return json({
        ...(await releases.get(call.person, id)),
        ...(undo !== undefined && { undo }),
        ...(clockChange !== undefined && clockChange !== 'plain' && { clockChange }),
      } satisfies ReleaseAnswer);
    };
  const languageOf = ({ params }: Call) => parse(publicLanguageSchema, params.language);
  const move = (name: string, permission: Permission, change: Changing): Route =>
    post(`/api/releases/:id/${name}`, permission, changing(change));

  return [
    get('/api/releases', 'release:see', async ({ person, query }) => {
      const wanted = parse(listSchema, query);
      return json((await releases[wanted.of](person, wanted.after)) satisfies ReleaseListAnswer);
    }),
    get('/api/releases/:id', 'release:see', async (call) =>
      json((await releases.get(call.person, idOf(call))) satisfies ReleaseAnswer),
    ),
    get('/api/releases/:id/audit', 'release:see', async (call) => {
      const { after } = parse(pageSchema, call.query);
      return json((await releases.audit(call.person, idOf(call), after)) satisfies ReleaseAuditAnswer);
    }),
    get('/api/releases/:id/preview/:language', 'release:see', async (call) => {
      const html = await releases.preview(call.person, idOf(call), languageOf(call));
      return json({ html } satisfies ReleasePreviewAnswer);
    }),
    post('/api/releases', 'release:edit', async ({ person, body }) => {
      const answer: ReleaseCreatedAnswer = await releases.create(person, body);
      return { json: answer, status: answer.created ? 201 : 200 };
    }),
    put(
      '/api/releases/:id/texts/:language',
      'release:translate',
      changing((call: Call, id) => releases.editText(call.person, id, languageOf(call), call.body)),
    ),
    move('texts/:language/use-item-text', 'release:translate', (call, id) => {
      const { replaces } = parse(replacesSchema, call.body ?? {});
      return releases.useItemText(call.person, id, languageOf(call), replaces);
    }),
    overwrite(
      'put',
      '/api/releases/:id/contact',
      'release:edit',
      changing(({ person, body, seen }: OverwritingCall, id) => releases.setContact(person, id, body, seen)),
    ),
    overwrite(
      'post',
      '/api/releases/:id/schedule',
      'release:approve',
      changing(({ person, body, seen }: OverwritingCall, id) => {
        const { date, time, ...consent } = parse(scheduleSchema, body);
        const of = { ...consent, seen: consent.texts };
        return releases.schedule(person, id, { date, time }, { seen, consent: of });
      }),
    ),
    move('publish', 'release:approve', ({ person, body }, id) =>
      releases.publishNow(person, id, parse(consentSchema, body ?? {})),
    ),
    move('correct', 'release:approve', ({ person, body }, id) => {
      const { note, ...consent } = parse(correctSchema, body ?? {});
      return releases.correct(person, id, { note }, consent);
    }),
    move('take-down', 'release:edit', ({ person }, id) => releases.takeDown(person, id)),
    move('withdraw', 'release:edit', ({ person }, id) => releases.withdraw(person, id)),
    move('put-back', 'release:approve', ({ person, body }, id) =>
      releases.putBack(person, id, parse(consentSchema, body ?? {})),
    ),
    move('unschedule', 'release:approve', ({ person }, id) => releases.unschedule(person, id)),
    move('give-up', 'release:edit', ({ person, body }, id) => releases.giveUp(person, id, body)),
    move('cancel', 'release:edit', ({ person }, id) => releases.cancel(person, id)),
    move('restore', 'release:edit', ({ person, body }, id) => {
      const { although } = parse(consentSchema, body ?? {});
      return releases.restore(person, id, { although });
    }),
    move('retry', 'release:edit', ({ person }, id) => releases.retry(person, id)),
    move('approve', 'release:approve', ({ person, body }, id) =>
      releases.approve(person, id, parse(consentSchema, body ?? {})),
    ),
    move('send-back', 'release:approve', ({ person, body }, id) => releases.sendBack(person, id, body)),
    move('undo', 'release:undo', ({ person, body }, id) =>
      releases.undo(person, id, parse(undoSchema, body).audit),
    ),
  ];
}
