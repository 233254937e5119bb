import { today } from '../platform/clock.js';
import { isAppError } from '../platform/errors.js';
import { deterministicId, type NewsId } from '../platform/ids.js';
import { editText, revisionOf, sameWords } from '../content/text.js';
import { demand } from '../people/permissions.js';
import { find, change, occasionOf, refOf, type NewsParts } from './changing.js';
import { draftOf, record, reindex, type Draft, type Occasion } from './draft.js';
import { keepBoth } from './editing.js';
import { applyMove } from './workflow.js';
import type { NewsItem } from './news.js';
import { demandRevise } from './permitted.js';
import type { Actor, Moved, NewsService, Submission, SubmitResult } from './service.js';
import { parseSubmission, sameDetails, withDetails } from './submission.js';

function firstDraft(actor: Actor, id: NewsId, submission: Submission, occasion: Occasion): Draft {
  const { formId: _formId, language, words, ...details } = submission;
  const { texts, text } = editText({}, language, words, refOf(actor), occasion.at);
  const item: NewsItem = {
    id,
    author: refOf(actor),
    submittedAt: occasion.at,
    originalLanguage: language,
    is: { state: 'submitted', at: occasion.at },
    texts,
    uses: [],
    auditCount: 0,
    ...details,
  };
  const draft = { ...draftOf(item), revisions: [revisionOf(language, text)] };
  return reindex(record(draft, occasion, { action: 'submit' }), occasion);
}

/** What an earlier call stored for this form, and whether it says the same as this one. */
async function storedBefore(parts: NewsParts, id: NewsId, submission: Submission): Promise<SubmitResult> {
  const { value: item } = await find(parts, id);
  const standing = item.texts[submission.language];
  const first = await parts.store.revision(id, submission.language, 1);
  const same =
    (standing !== undefined && sameWords(standing, submission.words)) ||
    (first !== undefined && sameWords(first, submission.words));
  return { item, created: false, same };
}

async function submit(parts: NewsParts, actor: Actor, input: unknown): Promise<SubmitResult> {
  demand(actor, 'news:submit');
  const submission = parseSubmission(input, await parts.programme(), today(parts.clock));
  const id = deterministicId<NewsId>('news', actor.id, submission.formId);
  const { item, audit, revisions, messages } = firstDraft(actor, id, submission, occasionOf(parts, actor));
  try {
    await parts.outbox.commit(parts.store.insert(item, { audit, revisions }), messages);
    return { item, created: true, same: true };
  } catch (error) {
    if (isAppError(error, 'storage.conflict')) return storedBefore(parts, id, submission);
    throw error;
  }
}

/** The item with the words and details of a form; as it is when it has them already. */
function withForm(item: NewsItem, submission: Submission, occasion: Occasion): Draft {
  const { formId: _formId, language, words, ...details } = submission;
  const before = item.texts[language];
  if (before !== undefined && sameWords(before, words)) {
    if (sameDetails(item, details)) return draftOf(item);
    return record(draftOf(withDetails(item, details)), occasion, { action: 'editDetails' });
  }
  const { texts, text } = editText(item.texts, language, words, occasion.by, occasion.at);
  const revised = draftOf({ ...withDetails(item, details), texts });
  const did = { action: 'edit', language, revision: text.revision } as const;
  return record({ ...revised, revisions: [revisionOf(language, text)] }, occasion, did);
}

function revisedDraft(item: NewsItem, submission: Submission, occasion: Occasion): Draft {
  const draft = withForm(item, submission, occasion);
  if (item.is.state !== 'changesRequested') return draft;
  const moved = applyMove(draft.item, 'resubmit', { state: 'submitted', at: occasion.at });
  return record({ ...draft, item: moved }, occasion, { action: 'resubmit' }, item.is);
}

async function revise(
  parts: NewsParts,
  actor: Actor,
  id: NewsId,
  input: unknown,
  basedOn: number,
): Promise<Moved> {
  demand(actor, 'news:submit');
  const programme = await parts.programme();
  const { value: standing } = await find(parts, id);
  demandRevise(actor, standing);
  const submission = parseSubmission(input, programme, today(parts.clock), standing.earliestDate);
  const { language, words } = submission;
  const item = await change(parts, actor, id, async (current, occasion) => {
    demandRevise(actor, current);
    const theirs = current.texts[language];
    const isLate = (theirs?.revision ?? 0) !== basedOn && (theirs === undefined || !sameWords(theirs, words));
    if (isLate) await keepBoth(parts, actor, id, language, words, basedOn);
    return revisedDraft(current, submission, occasion);
  });
  return { item };
}

export function submitting(parts: NewsParts): Pick<NewsService, 'submit' | 'revise'> {
  return {
    submit: (actor, submission) => submit(parts, actor, submission),
    revise: (actor, id, submission, basedOn) => revise(parts, actor, id, submission, basedOn),
  };
}
