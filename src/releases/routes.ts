import { AppError } from '../platform/errors.js';
import type { ReleaseId } from '../platform/ids.js';
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
import { pageSchema } from '../platform/pages.js';
import { parse } from '../platform/validation.js';
import type { ClockChange } from '../platform/wall-time.js';
import {
  approveSchema,
  editSchema,
  languageSchema,
  listSchema,
  publicLanguageSchema,
  seenSchema,
  takeSourceSchema,
  undoSchema,
} from './input.js';
import type { ReleaseService } from './service.js';
import type { ReleaseChanged } from './types.js';
import type {
  ReleaseAnswer,
  ReleaseAuditAnswer,
  ReleaseCreatedAnswer,
  ReleaseListAnswer,
} from '../shared/answers/releases.js';

/** An id that could never have been given out names no release; it is not asked for in storage. */
function idOf({ params }: Call): ReleaseId {
  const id = params.id ?? '';
  if (!/^[0-9a-f]{26}$/.test(id)) throw new AppError('release.notFound', { id });
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
  const move = (name: string, change: Changing): Route =>
    post(`/api/releases/:id/${name}`, 'release:edit', changing(change));

  return [
    get('/api/releases', 'release:see', async ({ person, query }) => {
      const wanted = parse(listSchema, query);
      return json((await releases[wanted.of](person, wanted.after)) satisfies ReleaseListAnswer);
    }),
    get('/api/releases/coming-weeks', 'release:see', async ({ person }) =>
      json(await releases.comingWeeks(person)),
    ),
    get('/api/releases/month/:month', 'release:see', async ({ person, params }) =>
      json(await releases.month(person, params.month ?? '')),
    ),
    get('/api/releases/:id', 'release:see', async (call) =>
      json((await releases.get(call.person, idOf(call))) satisfies ReleaseAnswer),
    ),
    get('/api/releases/:id/audit', 'release:see', async (call) => {
      const { after } = parse(pageSchema, call.query);
      return json((await releases.audit(call.person, idOf(call), after)) satisfies ReleaseAuditAnswer);
    }),
    get('/api/releases/:id/texts/:language/history', 'release:see', async (call) => {
      const language = parse(languageSchema, call.params.language);
      const { after } = parse(pageSchema, call.query);
      return json(await releases.history(call.person, idOf(call), language, after));
    }),
    post('/api/releases', 'release:edit', async ({ person, body }) => {
      const answer: ReleaseCreatedAnswer = await releases.create(person, body);
      return { json: answer, status: answer.created ? 201 : 200 };
    }),
    put(
      '/api/releases/:id/texts/:language',
      'release:edit',
      changing((call: Call, id) => {
        const { basedOn, ...text } = parse(editSchema, call.body);
        return releases.edit(call.person, id, languageOf(call), text, basedOn);
      }),
    ),
    move('texts/:language/check', (call, id) => {
      const { seen } = parse(seenSchema, call.body ?? {});
      return releases.check(call.person, id, languageOf(call), seen);
    }),
    move('texts/:language/take-source', (call, id) => {
      const { basedOn } = parse(takeSourceSchema, call.body ?? {});
      return releases.takeSource(call.person, id, languageOf(call), basedOn);
    }),
    move('approve', ({ person, body }, id) => {
      const { waiver, seen } = parse(approveSchema, body ?? {});
      return releases.approve(person, id, waiver, seen);
    }),
    move('unapprove', ({ person }, id) => releases.unapprove(person, id)),
    overwrite(
      'post',
      '/api/releases/:id/schedule',
      'release:edit',
      changing(({ person, body, seen }: OverwritingCall, id) => releases.schedule(person, id, body, seen)),
    ),
    move('publish', ({ person }, id) => releases.publishNow(person, id)),
    move('unschedule', ({ person }, id) => releases.unschedule(person, id)),
    move('cancel', ({ person }, id) => releases.cancel(person, id)),
    move('restore', ({ person }, id) => releases.restore(person, id)),
    move('retry', ({ person }, id) => releases.retry(person, id)),
    move('undo', ({ person, body }, id) => releases.undo(person, id, parse(undoSchema, body).audit)),
  ];
}
