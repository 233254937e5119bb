import { z } from 'zod';
import type { Change, Versioned } from '../../platform/commit.js';
import type { MessageId, OccurrenceId } from '../../platform/ids.js';
import type { Partition } from '../../platform/partition.js';
import { replace, storedId, storedKind, type Old } from '../../platform/stored.js';
import { segmentUid } from '../held.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import { answerValues, answerWays, type Answer, type GivenAnswers, type Invitee } from './answer.js';

/** Version 1 was an absence: `{ personId, start }`. */
function answerUpgrade({ personId, ...old }: Old): Old {
  return old.answer === undefined ? { ...old, who: `person:${String(personId)}`, answer: 'notComing' } : old;
}

const answerRow = storedKind<Answer>({
  name: 'absence',
  schema: z.looseObject({
    who: z.custom<Invitee>((who) => typeof who === 'string'),
    answer: z.enum(answerValues),
    start: z.string(),
    at: z.string().exactOptional(),
    way: z.enum(answerWays).exactOptional(),
    notices: z.array(storedId<MessageId>()).exactOptional(),
  }),
  upgrades: [answerUpgrade],
});

/** As many as there can be people and contacts. */
const maxRows = 40_000;

/** What is answered: one session, or all of a segment in a calendar, by the part of its UID before the `@`. */
export type Asked = OccurrenceId | ReturnType<typeof segmentUid>;

const prefixOf = (asked: Asked): string => `absence|${asked}|`;
const keyOf = (asked: Asked, who: Invitee): string => prefixOf(asked) + who.replace(/^person:/, '');

/**
 * Who comes, in `absence|<occurrence>|<person>` and `absence|<occurrence>|contact:<contact>`, where older releases kept who
 * can't; answers to a whole series in `absence|<series>-<segment>|…`.
 */
export function answerStore(partition: Partition) {
  const all = (asked: Asked): Promise<readonly Answer[]> =>
    partition.all(answerRow, prefixOf(asked), maxRows);
  return {
    /** Every answer that concerns a session, also those that hold no more. One round trip for each thousand. */
    async answers({
      id,
      seriesId,
      segment,
    }: Pick<Occurrence, 'id' | 'seriesId' | 'segment'>): Promise<GivenAnswers> {
      const [toSession, toSeries] = await Promise.all([all(id), all(segmentUid(seriesId, segment))]);
      return { toSession, toSeries };
    },

    answer: (asked: Asked, who: Invitee): Promise<Versioned<Answer> | undefined> =>
      partition.get(answerRow, keyOf(asked, who)),

    putAnswer: (asked: Asked, before: Versioned<Answer> | undefined, after: Answer): Change =>
      replace(answerRow, keyOf(asked, after.who), before, after),
  };
}

export type AnswerStore = ReturnType<typeof answerStore>;
