import type { Actor } from '../platform/actor.js';
import { z } from 'zod';
import { whileConflicting } from '../platform/commit.js';
import { isAppError } from '../platform/errors.js';
import { deterministicId, type NewsId, type ReleaseId } from '../platform/ids.js';
import { languages } from '../shared/languages.js';
import type { NewsItem } from '../news/news.js';
import { standingRevisions, type Text, type Texts } from '../content/text.js';
import { requirePermission } from '../people/permissions.js';
import { parse } from '../platform/validation.js';
import { change, actionContextOf, type ReleaseDeps } from './changing.js';
import { draftOf, record, withUsed, type Draft, type PersonActionContext } from './draft.js';
import { applyMove } from './workflow.js';
import type { Release } from './release.js';
import type { ReleaseService } from './service.js';

const id = z.string().regex(/^[0-9A-Za-z-]{1,64}$/, 'wrongType');
const originSchema = z.union([
  z.strictObject({ newsId: id.transform((text) => text as NewsId) }),
  z.strictObject({ formId: id }),
]);

/** The release of an item on the intranet: the same item asked twice is one. */
export function releaseIdOf(newsId: NewsId): ReleaseId {
  return deterministicId('release', 'news', newsId, 'intranet');
}

const useOf = (release: Pick<Release, 'id'>, at: string) =>
  ({ in: 'release', id: release.id, channel: 'intranet', at }) as const;

/** Own copies of an item's texts: each starts anew at revision 1, behind the other where it was behind. */
export function copyTexts(texts: Texts, at: string): Texts {
  const copy = (text: Text): Text => ({
    ...text,
    revision: 1,
    at,
    checked: Object.fromEntries(
      languages.flatMap((other) => {
        const seen = text.checked[other];
        return seen === undefined ? [] : [[other, seen >= (texts[other]?.revision ?? 0) ? 1 : 0] as const];
      }),
    ),
  });
  return Object.fromEntries(
    languages.flatMap((language) => {
      const text = texts[language];
      return text === undefined ? [] : [[language, copy(text)] as const];
    }),
  );
}

function newRelease(releaseId: ReleaseId, at: string): Release {
  return {
    id: releaseId,
    channel: 'intranet',
    createdAt: at,
    texts: {},
    state: { status: 'draft', at },
    plans: 0,
    auditCount: 0,
  };
}

function releaseOf(item: NewsItem, releaseId: ReleaseId, at: string): Release {
  return {
    ...newRelease(releaseId, at),
    source: { newsId: item.id, revisions: standingRevisions(item.texts) },
    projectId: item.projectId,
    texts: copyTexts(item.texts, at),
  };
}

function firstDraft(release: Release, actionContext: PersonActionContext): Draft {
  const draft = record(draftOf(release), actionContext, { action: 'create' });
  const revisions = languages.flatMap((language) => {
    const text = release.texts[language];
    if (text === undefined) return [];
    const { title, lead, body, revision, by, at } = text;
    return [{ language, revision, by, at, title, lead, body }];
  });
  return { ...draft, revisions };
}

async function insert(deps: ReleaseDeps, draft: Draft): Promise<Release> {
  const { release, audit, revisions, changes, messages } = draft;
  await deps.outbox.commit([...deps.store.insert(release, { audit, revisions }), ...changes], messages);
  return release;
}

/** Takes a cancelled release back into the queue, and relates its item to it again. */
export async function restore(deps: ReleaseDeps, actor: Actor, releaseId: ReleaseId): Promise<Release> {
  const actionContext = actionContextOf(deps.clock, actor);
  return change(deps, releaseId, async (current) => {
    const release = applyMove(current, 'restore', { status: 'draft', at: actionContext.at });
    const draft = record(draftOf(release), actionContext, { action: 'restore' });
    return useSource(deps, actor, draft, actionContext.at);
  });
}

/** The draft together with the item's relation to it. */
export async function useSource(deps: ReleaseDeps, actor: Actor, draft: Draft, at: string): Promise<Draft> {
  const { source } = draft.release;
  if (source === undefined) return draft;
  return withUsed(draft, await deps.news.use(actor, source.newsId, useOf(draft.release, at)));
}

/** The release that stands already; a cancelled one comes back. */
async function standing(deps: ReleaseDeps, actor: Actor, releaseId: ReleaseId): Promise<Release | undefined> {
  const found = (await deps.store.find(releaseId))?.value;
  if (found?.state.status !== 'cancelled') return found;
  try {
    return await restore(deps, actor, releaseId);
  } catch (error) {
    // Somebody else brought it back in the same moment: then it stands.
    if (!isAppError(error, 'release.moveNotAllowed')) throw error;
    return (await deps.store.find(releaseId))?.value;
  }
}

/** See {@link ReleaseService.create}. */
export async function create(
  deps: ReleaseDeps,
  actor: Actor,
  input: unknown,
): ReturnType<ReleaseService['create']> {
  requirePermission(actor, 'release:edit');
  const origin = parse(originSchema, input);
  const releaseId =
    'newsId' in origin
      ? releaseIdOf(origin.newsId)
      : deterministicId<ReleaseId>('release', 'form', origin.formId);
  return whileConflicting(async () => {
    const found = await standing(deps, actor, releaseId);
    if (found !== undefined) return { release: found, created: false };
    const actionContext = actionContextOf(deps.clock, actor);
    const { at } = actionContext;
    if (!('newsId' in origin)) {
      return {
        release: await insert(deps, firstDraft(newRelease(releaseId, at), actionContext)),
        created: true,
      };
    }
    const used = await deps.news.use(actor, origin.newsId, useOf({ id: releaseId }, at));
    const draft = withUsed(firstDraft(releaseOf(used.item, releaseId, at), actionContext), used);
    return { release: await insert(deps, draft), created: true };
  });
}
