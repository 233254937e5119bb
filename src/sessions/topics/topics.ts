import type { Actor } from '../../platform/actor.js';
import { z } from 'zod';
import { whileConflicting } from '../../platform/commit.js';
import { AppError, isAppError } from '../../platform/errors.js';
import { deterministicId, type SeriesId, type TopicId } from '../../platform/ids.js';
import { languages } from '../../shared/languages.js';
import { requirePermission } from '../../people/permissions.js';
import { assertNoPersonalData } from '../../content/personal-data.js';
import { cleanLine, cleanText } from '../../content/input.js';
import { parse } from '../../platform/validation.js';
import type { TakingDeps } from '../occurrences/acting.js';
import type { Topic } from './topic.js';
import type { TopicService } from './service.js';
import type { StoredTopic, TopicStore } from './store.js';
import { findSeries } from '../series/change.js';

export interface TopicDeps extends TakingDeps {
  readonly topics: TopicStore;
}

const maxTopics = 100;
/** During a session everybody votes at once for the same few topics. */
const voteTries = 25;

export const formIdSchema = z.string().regex(/^[\w-]{8,64}$/, { error: 'wrongType' });

const topicSchema = z.strictObject({
  seriesId: z.string().regex(/^[0-9a-f]{26}$/, { error: 'unknownChoice' }),
  // As long as an item of an agenda, which it may become.
  text: cleanLine.pipe(z.string().min(1).max(120)),
  why: cleanText.pipe(z.string().max(1_000)).optional(),
  language: z.enum(languages),
  formId: formIdSchema,
});

/** @throws AppError `topic.notFound`. */
export async function findTopic({ topics }: Pick<TopicDeps, 'topics'>, id: TopicId) {
  const found = await topics.topic(id);
  if (found === undefined) throw new AppError('topic.notFound', { id });
  return found;
}

async function propose(deps: TopicDeps, actor: Actor, input: unknown): Promise<Topic> {
  requirePermission(actor, 'session:take');
  const { seriesId, text, why = '', language, formId } = parse(topicSchema, input);
  assertNoPersonalData({ text, why });
  const { value: series } = await findSeries(deps.store, seriesId as SeriesId);
  if (series.state.status === 'ended') throw new AppError('series.ended', { id: series.id });
  const topic: StoredTopic = {
    id: deterministicId<TopicId>('topic', actor.id, formId),
    seriesId: series.id,
    text,
    ...(why !== '' && { why }),
    language,
    by: { id: actor.id, name: actor.name },
    at: deps.clock.now().toString(),
    votes: 0,
    state: { status: 'proposed' },
  };
  try {
    await deps.outbox.commit(deps.topics.putTopic(undefined, topic));
    return { ...topic, isVoted: false };
  } catch (error) {
    if (!isAppError(error, 'storage.conflict')) throw error;
    return forActor(deps, actor, (await findTopic(deps, topic.id)).value);
  }
}

export async function forActor(
  { topics }: Pick<TopicDeps, 'topics'>,
  actor: Actor,
  topic: StoredTopic,
): Promise<Topic> {
  return { ...topic, isVoted: await topics.hasVoted(actor.id, topic.id) };
}

const byVotesThenAge = (one: StoredTopic, other: StoredTopic): number =>
  other.votes - one.votes || (one.at < other.at ? -1 : Number(one.at > other.at));

async function list(
  { topics }: TopicDeps,
  actor: Actor,
  seriesId: SeriesId | undefined,
): Promise<readonly Topic[]> {
  requirePermission(actor, 'session:see');
  const [proposed, voted] = await Promise.all([topics.proposed(seriesId), topics.votesOf(actor.id)]);
  return [...proposed]
    .sort(byVotesThenAge)
    .slice(0, maxTopics)
    .map((topic) => ({ ...topic, isVoted: voted.has(topic.id) }));
}

async function vote(deps: TopicDeps, actor: Actor, id: TopicId, isFor: boolean): Promise<Topic> {
  requirePermission(actor, 'session:take');
  const { topics, outbox } = deps;
  return whileConflicting(async () => {
    const [before, isVoted] = await Promise.all([findTopic(deps, id), topics.hasVoted(actor.id, id)]);
    if (isVoted === isFor) return { ...before.value, isVoted };
    const after = { ...before.value, votes: before.value.votes + (isFor ? 1 : -1) };
    await outbox.commit([topics.putVote(actor.id, id, isFor), ...topics.putTopic(before, after)]);
    return { ...after, isVoted: isFor };
  }, voteTries);
}

/** Topics that people propose, and their votes for them. */
export function proposing(deps: TopicDeps): Pick<TopicService, 'propose' | 'topics' | 'vote'> {
  return {
    propose: (actor, input) => propose(deps, actor, input),
    topics: (actor, seriesId) => list(deps, actor, seriesId),
    vote: (actor, id, isFor) => vote(deps, actor, id, isFor),
  };
}
