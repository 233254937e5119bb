import { type Actor, refOf } from '../platform/actor.js';
import type { Change } from '../platform/commit.js';
import { AppError } from '../platform/errors.js';
import type { NewsId } from '../platform/ids.js';
import type { Language, PublicLanguage } from '../shared/languages.js';
import { may } from '../people/permissions.js';
import {
  reviseText,
  markChecked,
  revisionOf,
  isSameText,
  textStatus,
  type Revision,
  type TextContent,
} from '../content/text.js';
import { parseText } from '../content/input.js';
import { change, find, type NewsDeps } from './changing.js';
import { draftOf, record, type Draft, type ActionContext } from './draft.js';
import { applyMove } from './workflow.js';
import type { NewsItem } from './types.js';
import { requireEdit } from './policy.js';
import type { Moved, NewsService } from './service.js';
import { parseDetails, sameDetails, withDetails } from './input.js';

/** A reviewer who puts a hand to new news has taken it into review. */
export function takeUp(draft: Draft, actor: Actor, actionContext: ActionContext): Draft {
  const { item } = draft;
  if (item.state.status !== 'submitted' || !may(actor.role, 'news:review')) return draft;
  const next = applyMove(item, 'startReview', {
    status: 'inReview',
    at: actionContext.at,
    by: actionContext.by,
  });
  return record({ ...draft, item: next }, actionContext, { action: 'startReview' }, item.state);
}

/**
 * Keeps words that lost a race beside the text that stands, and tells the one who wrote them.
 * @throws AppError `text.conflict` with `theirs` (the text that stands) and `parked` (the audit number), always.
 */
export async function keepBoth(
  deps: NewsDeps,
  actor: Actor,
  id: NewsId,
  language: Language,
  words: TextContent,
  basedOn: number,
): Promise<never> {
  const item = await change(deps, actor, id, (current, actionContext) => {
    const revision: Revision = {
      language,
      revision: basedOn + 1,
      by: refOf(actor),
      at: actionContext.at,
      parked: true,
      ...words,
    };
    const draft = record(draftOf(current), actionContext, { action: 'parkText', language, basedOn });
    return { ...draft, revisions: [revision] };
  });
  throw new AppError('text.conflict', { theirs: item.texts[language], parked: item.auditCount });
}

/** What an edit changes where the item is used. */
async function changesOfUsers(deps: NewsDeps, actor: Actor, edited: NewsItem): Promise<Change[]> {
  const users = edited.uses.length === 0 ? [] : deps.users();
  return (await Promise.all(users.map((user) => user.textChanged(edited, actor)))).flat();
}

async function withWords(
  deps: NewsDeps,
  actor: Actor,
  item: NewsItem,
  actionContext: ActionContext,
  language: Language,
  words: TextContent,
): Promise<Draft> {
  const { texts, text } = reviseText(item.texts, language, words, refOf(actor), actionContext.at);
  const edited: NewsItem = { ...item, texts };
  const revisions = [revisionOf(language, text)];
  const did = { action: 'edit', language, revision: text.revision } as const;
  const draft = record({ ...draftOf(edited), revisions }, actionContext, did);
  return { ...takeUp(draft, actor, actionContext), changes: await changesOfUsers(deps, actor, edited) };
}

async function edit(
  deps: NewsDeps,
  actor: Actor,
  id: NewsId,
  language: Language,
  input: unknown,
  basedOn: number,
): Promise<Moved> {
  requireEdit(actor, (await find(deps, id)).value);
  const words = parseText(input);
  const item = await change(deps, actor, id, async (current, actionContext) => {
    requireEdit(actor, current);
    const theirs = current.texts[language];
    if (theirs !== undefined && isSameText(theirs, words)) return draftOf(current);
    if ((theirs?.revision ?? 0) !== basedOn) {
      return keepBoth(deps, actor, id, language, words, basedOn);
    }
    return withWords(deps, actor, current, actionContext, language, words);
  });
  return { item };
}

async function check(deps: NewsDeps, actor: Actor, id: NewsId, language: PublicLanguage): Promise<Moved> {
  const item = await change(deps, actor, id, (current, actionContext) => {
    requireEdit(actor, current);
    const text = current.texts[language];
    if (text === undefined) throw new AppError('text.missing', { language });
    if (textStatus(current.texts, language) === 'ready') return draftOf(current);
    const checked = draftOf({ ...current, texts: markChecked(current.texts, language) });
    const draft = record(checked, actionContext, { action: 'check', language, revision: text.revision });
    return takeUp(draft, actor, actionContext);
  });
  return { item };
}

async function editDetails(deps: NewsDeps, actor: Actor, id: NewsId, input: unknown): Promise<Moved> {
  const details = parseDetails(input, await deps.programme());
  const item = await change(deps, actor, id, async (current, actionContext) => {
    requireEdit(actor, current);
    if (sameDetails(current, details)) return draftOf(current);
    const edited = withDetails(current, details);
    const draft = record(draftOf(edited), actionContext, { action: 'editDetails' });
    return { ...takeUp(draft, actor, actionContext), changes: await changesOfUsers(deps, actor, edited) };
  });
  return { item };
}

export function editing(deps: NewsDeps): Pick<NewsService, 'edit' | 'check' | 'editDetails'> {
  return {
    edit: (actor, id, language, words, basedOn) => edit(deps, actor, id, language, words, basedOn),
    check: (actor, id, language) => check(deps, actor, id, language),
    editDetails: (actor, id, details) => editDetails(deps, actor, id, details),
  };
}
