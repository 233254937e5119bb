import { z } from 'zod';
import { whileConflicting } from '../../platform/commit.js';
import { AppError, isAppError } from '../../platform/errors.js';
import { deterministicId, type SeriesId, type TopicId } from '../../platform/ids.js';
import { languages } from '../../shared/languages.js';
import type { Actor } from '../../news/service.js';
import { demand } from '../../people/permissions.js';
import { refusePersonalText } from '../../content/personal-data.js';
import { cleanLine, cleanText } from '../../content/input.js';
import { parse } from '../../platform/validation.js';
import { findSeries } from '../occurrences/change.js';
import type { TakingParts } from '../rotation/deps.js';
import type { Topic, TopicService } from '../service.js';
import type { StoredTopic, TopicStore } from './store.js';

export interface TopicParts extends TakingParts {
  readonly topics: TopicStore;
}

const mostTopics = 100;
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
export async function findTopic({ topics }: Pick<TopicParts, 'topics'>, id: TopicId) {
  const found = await topics.topic(id);
  if (found === undefined) throw new AppError('topic.notFound', { id });
  return found;
}

async function propose(parts: TopicParts, actor: Actor, input: unknown): Promise<Topic> {
  demand(actor, 'session:take');
  const { seriesId, text, why = '', language, formId } = parse(topicSchema, input);
  refusePersonalText({ text, why });
  const { value: series } = await findSeries(parts.store, seriesId as SeriesId);
  if (series.is.state === 'ended') throw new AppError('series.ended', { id: series.id });
  const topic: StoredTopic = {
    id: deterministicId<TopicId>('topic', actor.id, formId),
    seriesId: series.id,
    text,
    ...(why !== '' && { why }),
    language,
    by: { id: actor.id, name: actor.name },
    at: parts.clock.now().toString(),
    votes: 0,
    is: { state: 'proposed' },
  };
  try {
    await parts.outbox.commit(parts.topics.putTopic(undefined, topic));
    return { ...topic, isVoted: false };
  } catch (error) {
    if (!isAppError(error, 'storage.conflict')) throw error;
    return forActor(parts, actor, (await findTopic(parts, topic.id)).value);
  }
}

export async function forActor(
  { topics }: Pick<TopicParts, 'topics'>,
  actor: Actor,
  topic: StoredTopic,
): Promise<Topic> {
  return { ...topic, isVoted: await topics.hasVoted(actor.id, topic.id) };
}

const byVotesThenAge = (one: StoredTopic, other: StoredTopic): number =>
  other.votes - one.votes || (one.at < other.at ? -1 : Number(one.at > other.at));

async function list(
  { topics }: TopicParts,
  actor: Actor,
  seriesId: SeriesId | undefined,
): Promise<readonly Topic[]> {
  demand(actor, 'session:see');
  const [proposed, voted] = await Promise.all([topics.proposed(seriesId), topics.votesOf(actor.id)]);
  return [...proposed]
    .sort(byVotesThenAge)
    .slice(0, mostTopics)
    .map((topic) => ({ ...topic, isVoted: voted.has(topic.id) }));
}

async function vote(parts: TopicParts, actor: Actor, id: TopicId, isFor: boolean): Promise<Topic> {
  demand(actor, 'session:take');
  const { topics, outbox } = parts;
  return whileConflicting(async () => {
    const [before, isVoted] = await Promise.all([findTopic(parts, id), topics.hasVoted(actor.id, id)]);
    if (isVoted === isFor) return { ...before.value, isVoted };
    const after = { ...before.value, votes: before.value.votes + (isFor ? 1 : -1) };
    await outbox.commit([topics.putVote(actor.id, id, isFor), ...topics.putTopic(before, after)]);
    return { ...after, isVoted: isFor };
  }, voteTries);
}

/** Topics that people propose, and their votes for them. */
export function proposing(parts: TopicParts): Pick<TopicService, 'propose' | 'topics' | 'vote'> {
  return {
    propose: (actor, input) => propose(parts, actor, input),
    topics: (actor, seriesId) => list(parts, actor, seriesId),
    vote: (actor, id, isFor) => vote(parts, actor, id, isFor),
  };
}
