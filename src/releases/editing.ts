import { AppError } from '../platform/errors.js';
import type { ReleaseId } from '../platform/ids.js';
import { demand } from '../people/permissions.js';
import type { PublicLanguage } from '../shared/languages.js';
import type { NewsItem, Revision } from '../news/news.js';
import type { Actor, NewsService } from '../news/service.js';
import { editText, markChecked, sameWords, textStatus, type Words } from '../content/text.js';
import { parseWords } from '../content/input.js';
import { callBack, change, find, occasionOf, type ReleaseParts } from './changing.js';
import { draftOf, record, type Draft, type PersonsOccasion } from './draft.js';
import { applyMove, isEditable } from './workflow.js';
import type { Release } from './release.js';
import type { Moved, ReleaseService } from './service.js';

function demandEditable(release: Release): void {
  if (!isEditable(release))
    throw new AppError('release.notEditable', { id: release.id, state: release.is.state });
}

/** What was approved is no longer what stands: back to a draft, and nothing leaves. */
export async function takeBackApproval(
  parts: ReleaseParts,
  draft: Draft,
  occasion: PersonsOccasion,
): Promise<Draft> {
  const before = draft.release;
  if (before.is.state === 'draft') return draft;
  const release = applyMove(before, 'unapprove', { state: 'draft', at: occasion.at });
  return callBack(
    parts.outbox,
    record({ ...draft, release }, occasion, { action: 'unapprove' }, before.is),
    before,
  );
}

function withWords(
  draft: Draft,
  action: 'edit' | 'takeSource',
  language: PublicLanguage,
  words: Words,
  occasion: PersonsOccasion,
): Draft {
  const { texts, text } = editText(draft.release.texts, language, words, occasion.by, occasion.at);
  const { title, lead, body, revision, by, at } = text;
  const kept: Revision = { language, revision, by, at, title, lead, body };
  const edited = { ...draft, release: { ...draft.release, texts }, revisions: [...draft.revisions, kept] };
  return record(edited, occasion, { action, language, revision });
}

/** Keeps words that lost a race beside the text that stands. */
function park(
  draft: Draft,
  language: PublicLanguage,
  words: Words,
  basedOn: number,
  occasion: PersonsOccasion,
): Draft {
  const { by, at } = occasion;
  const kept: Revision = { language, revision: basedOn + 1, by, at, parked: true, ...words };
  return { ...record(draft, occasion, { action: 'parkText', language, basedOn }), revisions: [kept] };
}

async function edit(
  parts: ReleaseParts,
  actor: Actor,
  id: ReleaseId,
  language: PublicLanguage,
  input: unknown,
  basedOn: number,
): Promise<Moved> {
  demand(actor, 'release:edit');
  demandEditable((await find(parts.store, id)).value);
  const words = parseWords(input);
  const occasion = occasionOf(parts.clock, actor);
  const release = await change(parts, id, async (current) => {
    demandEditable(current);
    const theirs = current.texts[language];
    if (theirs !== undefined && sameWords(theirs, words)) return draftOf(current);
    if ((theirs?.revision ?? 0) !== basedOn)
      return park(draftOf(current), language, words, basedOn, occasion);
    const draft = await takeBackApproval(parts, draftOf(current), occasion);
    return withWords(draft, 'edit', language, words, occasion);
  });
  const standing = release.texts[language];
  if (standing === undefined || !sameWords(standing, words)) {
    throw new AppError('text.conflict', { theirs: standing, parked: release.auditCount });
  }
  return { release };
}

async function check(
  parts: ReleaseParts,
  actor: Actor,
  id: ReleaseId,
  language: PublicLanguage,
): Promise<Moved> {
  demand(actor, 'release:edit');
  const occasion = occasionOf(parts.clock, actor);
  const release = await change(parts, id, (current) => {
    demandEditable(current);
    const text = current.texts[language];
    if (text === undefined) throw new AppError('text.missing', { language });
    if (textStatus(current.texts, language) === 'ready') return draftOf(current);
    const checked = draftOf({ ...current, texts: markChecked(current.texts, language) });
    return record(checked, occasion, { action: 'check', language, revision: text.revision });
  });
  return { release };
}

/** The item that a release was made from; `undefined` where there is none. */
export async function sourceOf(
  parts: { readonly news: Pick<NewsService, 'many'> },
  { source }: Release,
): Promise<NewsItem | undefined> {
  if (source === undefined) return undefined;
  const [item] = await parts.news.many([source.newsId]);
  return item;
}

async function takeSource(
  parts: ReleaseParts,
  actor: Actor,
  id: ReleaseId,
  language: PublicLanguage,
): Promise<Moved> {
  demand(actor, 'release:edit');
  const occasion = occasionOf(parts.clock, actor);
  const release = await change(parts, id, async (current) => {
    demandEditable(current);
    const text = (await sourceOf(parts, current))?.texts[language];
    if (current.source === undefined || text === undefined) throw new AppError('text.missing', { language });
    const revisions = { ...current.source.revisions, [language]: text.revision };
    const taken: Release = { ...current, source: { ...current.source, revisions } };
    const standing = current.texts[language];
    if (standing !== undefined && sameWords(standing, text)) {
      return current.source.revisions[language] === text.revision ? draftOf(current) : draftOf(taken);
    }
    const draft = await takeBackApproval(parts, draftOf(taken), occasion);
    return withWords(draft, 'takeSource', language, text, occasion);
  });
  return { release };
}

export function editing(parts: ReleaseParts): Pick<ReleaseService, 'edit' | 'check' | 'takeSource'> {
  return {
    edit: (actor, id, language, words, basedOn) => edit(parts, actor, id, language, words, basedOn),
    check: (actor, id, language) => check(parts, actor, id, language),
    takeSource: (actor, id, language) => takeSource(parts, actor, id, language),
  };
}
