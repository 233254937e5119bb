import type { Actor } from '../platform/actor.js';
import { AppError } from '../platform/errors.js';
import type { ReleaseId } from '../platform/ids.js';
import { requirePermission } from '../people/permissions.js';
import type { PublicLanguage } from '../shared/languages.js';
import type { NewsItem } from '../news/news.js';
import type { NewsService } from '../news/service.js';
import { type Revision, type Words, editText, markChecked, sameWords, textStatus } from '../content/text.js';
import { parseWords } from '../content/input.js';
import { callBack, change, find, actionContextOf, type ReleaseDeps } from './changing.js';
import { draftOf, record, type Draft, type PersonActionContext } from './draft.js';
import { applyMove, isEditable } from './workflow.js';
import type { Release } from './release.js';
import type { Moved, ReleaseService } from './service.js';

function requireEditable(release: Release): void {
  if (!isEditable(release))
    throw new AppError('release.notEditable', { id: release.id, state: release.state.status });
}

/** What was approved is no longer what stands: back to a draft, and nothing leaves. */
export async function takeBackApproval(
  deps: ReleaseDeps,
  draft: Draft,
  actionContext: PersonActionContext,
): Promise<Draft> {
  const before = draft.release;
  if (before.state.status === 'draft') return draft;
  const release = applyMove(before, 'unapprove', { status: 'draft', at: actionContext.at });
  return callBack(
    deps.outbox,
    record({ ...draft, release }, actionContext, { action: 'unapprove' }, before.state),
    before,
  );
}

function withWords(
  draft: Draft,
  action: 'edit' | 'takeSource',
  language: PublicLanguage,
  words: Words,
  actionContext: PersonActionContext,
): Draft {
  const { texts, text } = editText(draft.release.texts, language, words, actionContext.by, actionContext.at);
  const { title, lead, body, revision, by, at } = text;
  const kept: Revision = { language, revision, by, at, title, lead, body };
  const edited = { ...draft, release: { ...draft.release, texts }, revisions: [...draft.revisions, kept] };
  return record(edited, actionContext, { action, language, revision });
}

/** Keeps words that lost a race beside the text that stands. */
function park(
  draft: Draft,
  language: PublicLanguage,
  words: Words,
  basedOn: number,
  actionContext: PersonActionContext,
): Draft {
  const { by, at } = actionContext;
  const kept: Revision = { language, revision: basedOn + 1, by, at, parked: true, ...words };
  return { ...record(draft, actionContext, { action: 'parkText', language, basedOn }), revisions: [kept] };
}

async function edit(
  deps: ReleaseDeps,
  actor: Actor,
  id: ReleaseId,
  language: PublicLanguage,
  input: unknown,
  basedOn: number,
): Promise<Moved> {
  requirePermission(actor, 'release:edit');
  requireEditable((await find(deps.store, id)).value);
  const words = parseWords(input);
  const actionContext = actionContextOf(deps.clock, actor);
  const release = await change(deps, id, async (current) => {
    requireEditable(current);
    const theirs = current.texts[language];
    if (theirs !== undefined && sameWords(theirs, words)) return draftOf(current);
    if ((theirs?.revision ?? 0) !== basedOn)
      return park(draftOf(current), language, words, basedOn, actionContext);
    const draft = await takeBackApproval(deps, draftOf(current), actionContext);
    return withWords(draft, 'edit', language, words, actionContext);
  });
  const standing = release.texts[language];
  if (standing === undefined || !sameWords(standing, words)) {
    throw new AppError('text.conflict', { theirs: standing, parked: release.auditCount });
  }
  return { release };
}

async function check(
  deps: ReleaseDeps,
  actor: Actor,
  id: ReleaseId,
  language: PublicLanguage,
): Promise<Moved> {
  requirePermission(actor, 'release:edit');
  const actionContext = actionContextOf(deps.clock, actor);
  const release = await change(deps, id, (current) => {
    requireEditable(current);
    const text = current.texts[language];
    if (text === undefined) throw new AppError('text.missing', { language });
    if (textStatus(current.texts, language) === 'ready') return draftOf(current);
    const checked = draftOf({ ...current, texts: markChecked(current.texts, language) });
    return record(checked, actionContext, { action: 'check', language, revision: text.revision });
  });
  return { release };
}

/** The item that a release was made from; `undefined` where there is none. */
export async function sourceOf(
  deps: { readonly news: Pick<NewsService, 'many'> },
  { source }: Release,
): Promise<NewsItem | undefined> {
  if (source === undefined) return undefined;
  const [item] = await deps.news.many([source.newsId]);
  return item;
}

async function takeSource(
  deps: ReleaseDeps,
  actor: Actor,
  id: ReleaseId,
  language: PublicLanguage,
): Promise<Moved> {
  requirePermission(actor, 'release:edit');
  const actionContext = actionContextOf(deps.clock, actor);
  const release = await change(deps, id, async (current) => {
    requireEditable(current);
    const text = (await sourceOf(deps, current))?.texts[language];
    if (current.source === undefined || text === undefined) throw new AppError('text.missing', { language });
    const revisions = { ...current.source.revisions, [language]: text.revision };
    const taken: Release = { ...current, source: { ...current.source, revisions } };
    const standing = current.texts[language];
    if (standing !== undefined && sameWords(standing, text)) {
      return current.source.revisions[language] === text.revision ? draftOf(current) : draftOf(taken);
    }
    const draft = await takeBackApproval(deps, draftOf(taken), actionContext);
    return withWords(draft, 'takeSource', language, text, actionContext);
  });
  return { release };
}

export function editing(deps: ReleaseDeps): Pick<ReleaseService, 'edit' | 'check' | 'takeSource'> {
  return {
    edit: (actor, id, language, words, basedOn) => edit(deps, actor, id, language, words, basedOn),
    check: (actor, id, language) => check(deps, actor, id, language),
    takeSource: (actor, id, language) => takeSource(deps, actor, id, language),
  };
}
