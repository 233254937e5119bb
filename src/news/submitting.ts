import { type Actor, refOf } from '../platform/actor.js';
import { today } from '../platform/clock.js';
import { isAppError } from '../platform/errors.js';
import { deterministicId, type NewsId } from '../platform/ids.js';
import { reviseText, revisionOf, isSameText } from '../content/text.js';
import { requirePermission } from '../people/permissions.js';
import { find, change, actionContextOf, type NewsDeps } from './changing.js';
import { draftOf, record, reindex, type Draft, type ActionContext } from './draft.js';
import { keepBoth } from './editing.js';
import { applyMove } from './workflow.js';
import type { NewsItem } from './types.js';
import { requireRevise } from './policy.js';
import type { Moved, NewsService, Submission, SubmitResult } from './service.js';
import { parseSubmission, sameDetails, withDetails } from './input.js';

function firstDraft(actor: Actor, id: NewsId, submission: Submission, actionContext: ActionContext): Draft {
  const { formId: _formId, language, words, ...details } = submission;
  const { texts, text } = reviseText({}, language, words, refOf(actor), actionContext.at);
  const item: NewsItem = {
    id,
    author: refOf(actor),
    submittedAt: actionContext.at,
    originalLanguage: language,
    state: { status: 'submitted', at: actionContext.at },
    texts,
    uses: [],
    auditCount: 0,
    ...details,
  };
  const draft = { ...draftOf(item), revisions: [revisionOf(language, text)] };
  return reindex(record(draft, actionContext, { action: 'submit' }), actionContext);
}

/** What an earlier call stored for this form, and whether it says the same as this one. */
async function storedBefore(deps: NewsDeps, id: NewsId, submission: Submission): Promise<SubmitResult> {
  const { value: item } = await find(deps, id);
  const standing = item.texts[submission.language];
  const first = await deps.store.revision(id, submission.language, 1);
  const same =
    (standing !== undefined && isSameText(standing, submission.words)) ||
    (first !== undefined && isSameText(first, submission.words));
  return { item, created: false, same };
}

async function submit(deps: NewsDeps, actor: Actor, input: unknown): Promise<SubmitResult> {
  requirePermission(actor, 'news:submit');
  const submission = parseSubmission(input, await deps.programme(), today(deps.clock));
  const id = deterministicId<NewsId>('news', actor.id, submission.formId);
  const { item, audit, revisions, messages } = firstDraft(
    actor,
    id,
    submission,
    actionContextOf(deps, actor),
  );
  try {
    await deps.outbox.commit(deps.store.insert(item, { audit, revisions }), messages);
    return { item, created: true, same: true };
  } catch (error) {
    if (isAppError(error, 'storage.conflict')) return storedBefore(deps, id, submission);
    throw error;
  }
}

/** The item with the words and details of a form; as it is when it has them already. */
function withForm(item: NewsItem, submission: Submission, actionContext: ActionContext): Draft {
  const { formId: _formId, language, words, ...details } = submission;
  const before = item.texts[language];
  if (before !== undefined && isSameText(before, words)) {
    if (sameDetails(item, details)) return draftOf(item);
    return record(draftOf(withDetails(item, details)), actionContext, { action: 'editDetails' });
  }
  const { texts, text } = reviseText(item.texts, language, words, actionContext.by, actionContext.at);
  const revised = draftOf({ ...withDetails(item, details), texts });
  const did = { action: 'edit', language, revision: text.revision } as const;
  return record({ ...revised, revisions: [revisionOf(language, text)] }, actionContext, did);
}

function revisedDraft(item: NewsItem, submission: Submission, actionContext: ActionContext): Draft {
  const draft = withForm(item, submission, actionContext);
  if (item.state.status !== 'changesRequested') return draft;
  const moved = applyMove(draft.item, 'resubmit', { status: 'submitted', at: actionContext.at });
  return record({ ...draft, item: moved }, actionContext, { action: 'resubmit' }, item.state);
}

async function revise(
  deps: NewsDeps,
  actor: Actor,
  id: NewsId,
  input: unknown,
  basedOn: number,
): Promise<Moved> {
  requirePermission(actor, 'news:submit');
  const programme = await deps.programme();
  const { value: standing } = await find(deps, id);
  requireRevise(actor, standing);
  const submission = parseSubmission(input, programme, today(deps.clock), standing.earliestDate);
  const { language, words } = submission;
  const item = await change(deps, actor, id, async (current, actionContext) => {
    requireRevise(actor, current);
    const theirs = current.texts[language];
    const isLate =
      (theirs?.revision ?? 0) !== basedOn && (theirs === undefined || !isSameText(theirs, words));
    if (isLate) await keepBoth(deps, actor, id, language, words, basedOn);
    return revisedDraft(current, submission, actionContext);
  });
  return { item };
}

export function submitting(deps: NewsDeps): Pick<NewsService, 'submit' | 'revise'> {
  return {
    submit: (actor, submission) => submit(deps, actor, submission),
    revise: (actor, id, submission, basedOn) => revise(deps, actor, id, submission, basedOn),
  };
}
