import type { Change } from '../../platform/commit.js';
import type { OccurrenceId } from '../../platform/ids.js';
import type { DateFollower } from '../occurrences/carry-over.js';
import type { QuestionDeps } from './questions.js';

/** As many changes as a follower may bring to a change of a series. */
const maxChanges = 30;

async function topicsOf(
  { store, topics }: QuestionDeps,
  id: OccurrenceId,
  to: OccurrenceId,
): Promise<Change[][]> {
  const ids = (await store.record(id))?.value.topics ?? [];
  const all = await Promise.all(ids.map((topicId) => topics.topic(topicId)));
  return all.flatMap((topic) => {
    const { state } = topic?.value ?? {};
    if (topic === undefined || state?.status !== 'planned' || state.occurrenceId !== id) return [];
    return [topics.putTopic(topic, { ...topic.value, state: { status: 'planned', occurrenceId: to } })];
  });
}

async function questionsOf(
  { topics }: QuestionDeps,
  id: OccurrenceId,
  to: OccurrenceId,
): Promise<Change[][]> {
  const all = await topics.questions(id);
  return all
    .filter(({ value }) => value.state.status !== 'carriedOver')
    .map((before) => [
      topics.dropQuestion(before),
      topics.putQuestion(undefined, { ...before.value, occurrenceId: to }),
    ]);
}

/**
 * Planned topics and questions go along when what was agreed for a date goes to another. Beyond what one transaction
 * holds, questions stay where they are: topics, which are on an agenda, come first.
 */
export function topicFollower(deps: QuestionDeps): DateFollower {
  return {
    carry: async (pairs) => {
      const each = (of: typeof topicsOf) =>
        Promise.all([...pairs].map(([id, to]) => of(deps, id, to))).then((all) => all.flat());
      const groups = [...(await each(topicsOf)), ...(await each(questionsOf))];
      const changes: Change[] = [];
      for (const group of groups) if (changes.length + group.length <= maxChanges) changes.push(...group);
      return changes;
    },
  };
}
