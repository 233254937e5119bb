import { today } from '../clock.js';
import { AppError, isAppError } from '../errors.js';
import { deterministicId, type NewsId } from '../ids.js';
import { editText, sameWords } from '../texts/text.js';
import { demand } from '../people/permissions.js';
import { find, change, occasionOf, refOf, type NewsParts } from './changing.js';
import { draftOf, record, reindex, type Draft, type Occasion } from './draft.js';
import { keepBoth } from './editing.js';
import { applyMove } from './moves.js';
import type { NewsItem, Revision } from './news.js';
import type { Actor, Moved, NewsService, Submission, SubmitResult } from './service.js';
import { parseSubmission } from './submission.js';

/** The revision row of the text that an item has just got in a language. */
function revisionOf(item: NewsItem, language: Submission['language']): Revision[] {
  const text = item.texts[language];
  if (text === undefined) return [];
  const { title, lead, body, revision, by, at } = text;
  return [{ language, revision, by, at, title, lead, body }];
}

function firstDraft(actor: Actor, id: NewsId, submission: Submission, occasion: Occasion): Draft {
  const { formId: _formId, language, words, ...details } = submission;
  const { texts } = editText({}, language, words, refOf(actor), occasion.at);
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
  const draft = { ...draftOf(item), revisions: revisionOf(item, language) };
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

const open = ['submitted', 'inReview', 'changesRequested'] as const;

/** @throws AppError `news.moveNotAllowed` when the author's time for changes is over. */
export function demandOpenToAuthor(item: NewsItem): void {
  if (open.some((state) => state === item.is.state)) return;
  throw new AppError('news.moveNotAllowed', { id: item.id, move: 'revise', state: item.is.state });
}

function revisedDraft(item: NewsItem, submission: Submission, occasion: Occasion): Draft {
  const { formId: _formId, language, words, ...details } = submission;
  const { link: _link, earliestDate: _date, ...rest } = item;
  const before = item.texts[language];
  const isEdited = before === undefined || !sameWords(before, words);
  const texts = isEdited ? editText(item.texts, language, words, occasion.by, occasion.at).texts : item.texts;
  const revised: NewsItem = { ...rest, ...details, texts };
  let draft = draftOf(revised);
  if (isEdited) {
    draft = record({ ...draft, revisions: revisionOf(revised, language) }, occasion, {
      action: 'edit',
      language,
      revision: texts[language]?.revision ?? 1,
    });
  } else {
    draft = record(draft, occasion, { action: 'editDetails' });
  }
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
  if (standing.author.id !== actor.id) throw new AppError('permission.denied', { id });
  const submission = parseSubmission(input, programme, today(parts.clock), standing.earliestDate);
  const { language, words } = submission;
  const item = await change(parts, actor, id, async (current, occasion) => {
    demandOpenToAuthor(current);
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
