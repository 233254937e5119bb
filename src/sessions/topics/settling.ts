import { whileConflicting, type Change } from '../../platform/commit.js';
import type { OccurrenceId, TopicId } from '../../platform/ids.js';
import type { Actor } from '../../news/service.js';
import { demand } from '../../people/permissions.js';
import { changeOccurrence, occasionOf, recordOf, type PersonsOccasion } from '../occurrences/change.js';
import type { OccurrenceRecord } from '../occurrences/occurrence.js';
import { demandComing } from '../rotation/deps.js';
import type { Topic, TopicService } from '../service.js';
import type { StoredTopic } from './store.js';
import { findTopic, forActor, type TopicParts } from './topics.js';

type Settlement = Parameters<TopicService['settle']>[2];

/** The record with neither the topic nor its place in an agenda that was written by hand. */
function withoutTopic(record: OccurrenceRecord, id: TopicId): OccurrenceRecord {
  const { topics = [], agenda, ...rest } = record;
  return {
    ...rest,
    topics: topics.filter((topic) => topic !== id),
    ...(agenda && { agenda: agenda.filter((item) => item.id !== id) }),
  };
}

function withTopic(record: OccurrenceRecord, id: TopicId): OccurrenceRecord {
  return { ...record, topics: [...(record.topics ?? []).filter((topic) => topic !== id), id] };
}

/** Takes a topic off the agenda on which it stands, unless it is to stay there. */
async function takenOff(
  { store }: TopicParts,
  { id, is }: StoredTopic,
  { at, by }: PersonsOccasion,
  except?: OccurrenceId,
): Promise<Change[]> {
  if (is.state !== 'planned' || is.occurrenceId === except) return [];
  const before = await store.record(is.occurrenceId);
  if (before?.value.topics?.includes(id) !== true) return [];
  const number = before.value.auditCount + 1;
  const after = { ...withoutTopic(before.value, id), auditCount: number };
  return store.putRecord(before, after, [{ number, at, by, did: { action: 'agenda' } }]);
}

async function plan(
  parts: TopicParts,
  actor: Actor,
  id: TopicId,
  occurrenceId: OccurrenceId,
): Promise<StoredTopic> {
  const occasion = occasionOf(parts, actor);
  let settled = (await findTopic(parts, id)).value;
  await changeOccurrence(parts, occurrenceId, occasion, async (found) => {
    demandComing(found.occurrence);
    const on = found.occurrence.id;
    const before = await findTopic(parts, id);
    const { value: topic } = before;
    settled = { ...topic, is: { state: 'planned', occurrenceId: on } };
    const isThere = topic.is.state === 'planned' && topic.is.occurrenceId === on;
    if (isThere && recordOf(found).topics?.includes(id) === true) return undefined;
    return {
      record: withTopic(recordOf(found), id),
      did: { action: 'agenda' },
      // An undo would bring back the record alone: to take it off, settle it otherwise.
      canUndo: false,
      changes: [...parts.topics.putTopic(before, settled), ...(await takenOff(parts, topic, occasion, on))],
    };
  });
  return settled;
}

async function settleAs(
  parts: TopicParts,
  actor: Actor,
  id: TopicId,
  state: 'proposed' | 'done' | 'declined',
): Promise<StoredTopic> {
  const occasion = occasionOf(parts, actor);
  return whileConflicting(async () => {
    const before = await findTopic(parts, id);
    const { value: topic } = before;
    if (topic.is.state === state) return topic;
    const after: StoredTopic = { ...topic, is: { state } };
    // What was talked about stays on the agenda of the day.
    const off = state === 'done' ? [] : await takenOff(parts, topic, occasion);
    await parts.outbox.commit([...parts.topics.putTopic(before, after), ...off]);
    return after;
  });
}

/** See {@link TopicService.settle}. Settling the same way again changes nothing. */
export async function settle(parts: TopicParts, actor: Actor, id: TopicId, as: Settlement): Promise<Topic> {
  demand(actor, 'session:edit');
  const settled = await (typeof as === 'string'
    ? settleAs(parts, actor, id, as)
    : as.occurrenceId === null
      ? settleAs(parts, actor, id, 'proposed')
      : plan(parts, actor, id, as.occurrenceId));
  return forActor(parts, actor, settled);
}
