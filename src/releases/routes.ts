import { z } from 'zod';
import { AppError } from '../platform/errors.js';
import type { ReleaseId } from '../platform/ids.js';
import { languages, publicLanguages } from '../shared/languages.js';
import type { Move } from './workflow.js';
import type { Release, ReleaseLine } from './release.js';
import type { Moved, ReleaseService, ReleaseView } from './service.js';
import { parse } from '../platform/validation.js';
import type { ClockChange } from '../platform/wall-time.js';
import { get, json, post, put, type Call, type Reply, type Route } from '../platform/route.js';

/** Answer of GET /api/releases: a page of the queue or of the archive. */
export interface ReleaseListAnswer {
  readonly lines: readonly ReleaseLine[];
  readonly next?: string;
}

/**
 * Answer of GET /api/releases/:id and of everything that changes a release. `undo` goes to POST .../undo; `clockChange`
 * tells that the clocks turn at the time that was chosen.
 */
export interface ReleaseAnswer extends ReleaseView {
  readonly undo?: number;
  readonly clockChange?: Exclude<ClockChange, 'plain'>;
}

/** Answer of POST /api/releases. */
export interface ReleaseCreatedAnswer {
  readonly release: Release;
  readonly created: boolean;
}

export type ReleaseMove = Move;

const after = z.string().max(512).optional();
const listSchema = z.strictObject({ of: z.enum(['queue', 'archive']).default('queue'), after });
const pageSchema = z.strictObject({ after });
const languageSchema = z.enum(languages);
const publicLanguageSchema = z.enum(publicLanguages);
const editSchema = z.object({ basedOn: z.number().int().min(0) }).loose();
const seenRevision = z.number().int().min(0).optional();
/** `seen`: the revisions on the approver's screen; where others stand by now the answer is `text.conflict`. */
const approveSchema = z.strictObject({
  waiver: z.string().optional(),
  seen: z.strictObject({ fi: seenRevision, sv: seenRevision }).optional(),
});
const undoSchema = z.strictObject({ audit: z.number().int().min(1) });

/** An id that could never have been given out names no release; it is not asked for in storage. */
function idOf({ params }: Call): ReleaseId {
  const id = params.id ?? '';
  if (!/^[0-9a-f]{26}$/.test(id)) throw new AppError('release.notFound', { id });
  return id as ReleaseId;
}

type Change = (call: Call, id: ReleaseId) => Promise<Moved & { readonly clockChange?: ClockChange }>;

/** A route that changes a release and answers with all of it. */
function changing(releases: ReleaseService, change: Change) {
  return async (call: Call): Promise<Reply> => {
    const id = idOf(call);
    const { undo, clockChange } = await change(call, id);
    return json({
      ...(await releases.get(call.person, id)),
      ...(undo !== undefined && { undo }),
      ...(clockChange !== undefined && clockChange !== 'plain' && { clockChange }),
    } satisfies ReleaseAnswer);
  };
}

function readingRoutes(releases: ReleaseService): Route[] {
  return [
    get('/api/releases', 'release:see', async ({ person, query }) => {
      const wanted = parse(listSchema, query);
      return json((await releases[wanted.of](person, wanted.after)) satisfies ReleaseListAnswer);
    }),
    get('/api/releases/month/:month', 'release:see', async ({ person, params }) =>
      json(await releases.month(person, params.month ?? '')),
    ),
    get('/api/releases/:id', 'release:see', async (call) =>
      json((await releases.get(call.person, idOf(call))) satisfies ReleaseAnswer),
    ),
    get('/api/releases/:id/texts/:language/history', 'release:see', async (call) => {
      const language = parse(languageSchema, call.params.language);
      const { after: from } = parse(pageSchema, call.query);
      return json(await releases.history(call.person, idOf(call), language, from));
    }),
  ];
}

function textRoutes(releases: ReleaseService): Route[] {
  const languageOf = ({ params }: Call) => parse(publicLanguageSchema, params.language);
  const edit: Change = (call, id) => {
    const { basedOn, ...words } = parse(editSchema, call.body);
    return releases.edit(call.person, id, languageOf(call), words, basedOn);
  };
  const check: Change = (call, id) => releases.check(call.person, id, languageOf(call));
  const takeSource: Change = (call, id) => releases.takeSource(call.person, id, languageOf(call));
  return [
    put('/api/releases/:id/texts/:language', 'release:edit', changing(releases, edit)),
    post('/api/releases/:id/texts/:language/check', 'release:edit', changing(releases, check)),
    post('/api/releases/:id/texts/:language/take-source', 'release:edit', changing(releases, takeSource)),
  ];
}

function moveRoutes(releases: ReleaseService): Route[] {
  const approve: Change = ({ person, body }, id) => {
    const { waiver, seen } = parse(approveSchema, body ?? {});
    return releases.approve(person, id, waiver, seen);
  };
  const undo: Change = ({ person, body }, id) => releases.undo(person, id, parse(undoSchema, body).audit);
  const move = (name: string, change: Change): Route =>
    post(`/api/releases/:id/${name}`, 'release:edit', changing(releases, change));
  return [
    move('approve', approve),
    move('unapprove', ({ person }, id) => releases.unapprove(person, id)),
    move('schedule', ({ person, body }, id) => releases.schedule(person, id, body)),
    move('publish', ({ person }, id) => releases.publishNow(person, id)),
    move('unschedule', ({ person }, id) => releases.unschedule(person, id)),
    move('cancel', ({ person }, id) => releases.cancel(person, id)),
    move('restore', ({ person }, id) => releases.restore(person, id)),
    move('retry', ({ person }, id) => releases.retry(person, id)),
    move('undo', undo),
  ];
}

/** The release queue. Adding to it answers 201, or 200 where the release stood already. */
export function releaseRoutes(releases: ReleaseService): Route[] {
  return [
    ...readingRoutes(releases),
    post('/api/releases', 'release:edit', async ({ person, body }) => {
      const answer: ReleaseCreatedAnswer = await releases.create(person, body);
      return { json: answer, status: answer.created ? 201 : 200 };
    }),
    ...textRoutes(releases),
    ...moveRoutes(releases),
  ];
}
