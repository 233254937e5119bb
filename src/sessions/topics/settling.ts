import type { Actor } from '../../platform/actor.js';
import { whileConflicting, type Change } from '../../platform/commit.js';
import type { OccurrenceId, TopicId } from '../../platform/ids.js';
import { requirePermission } from '../../people/permissions.js';
import { changeOccurrence, recordOf } from '../occurrences/change.js';
import type { OccurrenceRecord } from '../occurrences/occurrence.js';
import { requireUpcoming } from '../occurrences/acting.js';
import type { Topic } from './topic.js';
import type { TopicService } from './service.js';
import type { StoredTopic } from './store.js';
import { findTopic, forActor, type TopicDeps } from './topics.js';
import { actionContextOf, type PersonActionContext } from '../../platform/aggregate.js';

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
  { store }: TopicDeps,
  { id, state }: StoredTopic,
  { at, by }: PersonActionContext,
  except?: OccurrenceId,
): Promise<Change[]> {
  if (state.status !== 'planned' || state.occurrenceId === except) return [];
  const before = await store.record(state.occurrenceId);
  if (before?.value.topics?.includes(id) !== true) return [];
  const number = before.value.auditCount + 1;
  const after = { ...withoutTopic(before.value, id), auditCount: number };
  return store.putRecord(before, after, [{ number, at, by, event: { action: 'agenda' } }]);
}

async function plan(
  deps: TopicDeps,
  actor: Actor,
  id: TopicId,
  occurrenceId: OccurrenceId,
): Promise<StoredTopic> {
  const actionContext = actionContextOf(deps, actor);
  let settled = (await findTopic(deps, id)).value;
  await changeOccurrence(deps, occurrenceId, actionContext, async (found) => {
    requireUpcoming(found.occurrence);
    const on = found.occurrence.id;
    const before = await findTopic(deps, id);
    const { value: topic } = before;
    settled = { ...topic, state: { status: 'planned', occurrenceId: on } };
    const isThere = topic.state.status === 'planned' && topic.state.occurrenceId === on;
    if (isThere && recordOf(found).topics?.includes(id) === true) return undefined;
    return {
      record: withTopic(recordOf(found), id),
      event: { action: 'agenda' },
      // An undo would bring back the record alone: to take it off, settle it otherwise.
      canUndo: false,
      changes: [
        ...deps.topics.putTopic(before, settled),
        ...(await takenOff(deps, topic, actionContext, on)),
      ],
    };
  });
  return settled;
}

async function settleAs(
  deps: TopicDeps,
  actor: Actor,
  id: TopicId,
  state: 'proposed' | 'done' | 'declined',
): Promise<StoredTopic> {
  const actionContext = actionContextOf(deps, actor);
  return whileConflicting(async () => {
    const before = await findTopic(deps, id);
    const { value: topic } = before;
    if (topic.state.status === state) return topic;
    const after: StoredTopic = { ...topic, state: { status: state } };
    // What was talked about stays on the agenda of the day.
    const off = state === 'done' ? [] : await takenOff(deps, topic, actionContext);
    await deps.outbox.commit([...deps.topics.putTopic(before, after), ...off]);
    return after;
  });
}

/** See {@link TopicService.settle}. Settling the same way again changes nothing. */
export async function settle(deps: TopicDeps, actor: Actor, id: TopicId, as: Settlement): Promise<Topic> {
  requirePermission(actor, 'session:edit');
  const settled = await (typeof as === 'string'
    ? settleAs(deps, actor, id, as)
    : as.occurrenceId === null
      ? settleAs(deps, actor, id, 'proposed')
      : plan(deps, actor, id, as.occurrenceId));
  return forActor(deps, actor, settled);
}
