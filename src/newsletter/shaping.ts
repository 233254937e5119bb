import type { Actor } from '../platform/actor.js';
import { today } from '../platform/clock.js';
import { AppError } from '../platform/errors.js';
import type { IssueId, StoryId } from '../platform/ids.js';
import type { PublicLanguage } from '../shared/languages.js';
import { isSameText } from '../content/text.js';
import { change, findStory, type Decision, type Found, type NewsletterDeps } from './changing.js';
import { parseDeadline, parseLanguage, parseOrder, parseOwnWords, parseWeight } from './input.js';
import type { Issue, IssueEvent, Story } from './types.js';
import { applyMove, loosen } from './workflow.js';
import type { IssueChanged } from './service.js';

/** The coordinator has put a hand to the issue: from now on it is being drafted. */
const shaped = (issue: Issue): Issue => applyMove(issue, 'shape', { status: 'drafting' });

/** A decision on one story of an issue. */
function onStory(found: Found, before: Story, after: Story, did: IssueEvent): Decision {
  return { issue: shaped(found.issue), event: did, put: [after], storyBefore: before };
}

export function arrange(
  deps: NewsletterDeps,
  actor: Actor,
  id: IssueId,
  input: unknown,
): Promise<IssueChanged> {
  return change(deps, actor, id, ({ issue, stories }) => {
    const { lead, projects, stories: order } = parseOrder(input);
    const wanted = lead ?? issue.lead;
    if (lead !== undefined) findStory(stories, lead);
    const here = new Set(stories.map((story) => story.id));
    const arrangement = { projects, stories: order.filter((story) => here.has(story)) };
    return {
      issue: { ...shaped(issue), arrangement, ...(wanted && { lead: wanted }) },
      event: { action: 'arrange' },
    };
  });
}

export function arrangeAgain(deps: NewsletterDeps, actor: Actor, id: IssueId): Promise<IssueChanged> {
  return change(deps, actor, id, ({ issue }) => {
    const { lead, arrangement, ...rest } = issue;
    if (lead === undefined && arrangement === undefined) return undefined;
    return { issue: shaped(rest), event: { action: 'arrangeAgain' } };
  });
}

export function chooseLead(
  deps: NewsletterDeps,
  actor: Actor,
  id: IssueId,
  story: StoryId,
): Promise<IssueChanged> {
  return change(deps, actor, id, ({ issue, stories }) => {
    findStory(stories, story);
    if (issue.lead === story) return undefined;
    return { issue: { ...shaped(issue), lead: story }, event: { action: 'chooseLead' } };
  });
}

export function weigh(
  deps: NewsletterDeps,
  actor: Actor,
  id: IssueId,
  storyId: StoryId,
  input: unknown,
): Promise<IssueChanged> {
  return change(deps, actor, id, (found) => {
    const story = findStory(found.stories, storyId);
    const weight = parseWeight(input);
    if (story.weight === weight) return undefined;
    return onStory(found, story, { ...story, weight }, { action: 'weigh', storyId });
  });
}

/** Somebody else's words stand where the writer saw others, or none. */
function requireSeen(story: Story, language: PublicLanguage, replaces: string | null): void {
  const theirs = story.own[language];
  if ((theirs?.at ?? null) !== replaces) throw new AppError('text.conflict', { theirs: theirs ?? null });
}

export function editWords(
  deps: NewsletterDeps,
  actor: Actor,
  id: IssueId,
  storyId: StoryId,
  languageInput: unknown,
  input: unknown,
): Promise<IssueChanged> {
  return change(deps, actor, id, async (found, { at }) => {
    const language = parseLanguage(languageInput);
    const { words, replaces } = parseOwnWords(input);
    const story = findStory(found.stories, storyId);
    const [item] = await deps.news.many([story.newsId]);
    const basedOn = item?.texts[language]?.revision ?? 0;
    const before = story.own[language];
    // The same form sent twice: what it asks for stands already.
    if (before?.basedOn === basedOn && isSameText(before, words)) return undefined;
    requireSeen(story, language, replaces);
    const own = { ...words, basedOn, by: { id: actor.id, name: actor.name }, at };
    const after: Story = { ...story, own: { ...story.own, [language]: own } };
    return onStory(found, story, after, { action: 'editWords', storyId, language });
  });
}

export function useItemWords(
  deps: NewsletterDeps,
  actor: Actor,
  id: IssueId,
  storyId: StoryId,
  languageInput: unknown,
): Promise<IssueChanged> {
  return change(deps, actor, id, (found) => {
    const language = parseLanguage(languageInput);
    const story = findStory(found.stories, storyId);
    const { [language]: before, ...own } = story.own;
    if (before === undefined) return undefined;
    return onStory(found, story, { ...story, own }, { action: 'useItemWords', storyId, language });
  });
}

/** Readers see the month of the deadline in the mail's heading, so an approved issue must be approved again. */
export function setDeadline(
  deps: NewsletterDeps,
  actor: Actor,
  id: IssueId,
  input: unknown,
): Promise<IssueChanged> {
  return change(deps, actor, id, ({ issue }) => {
    const loosened = loosen(issue);
    const deadline = parseDeadline(input, today(deps.clock));
    if (issue.deadline === deadline) return undefined;
    return { issue: { ...loosened, deadline }, event: { action: 'deadline' } };
  });
}
