import { z } from 'zod';
import type { CalendarMemory } from '../../sessions/calendar/calendar.js';

const made = z.object({
  /** Once it is known. */
  eventId: z.string().optional(),
  /** How many of this name there were before it and are gone. */
  generation: z.number().int(),
  /** Everybody who was invited ever, lower case. */
  invited: z.array(z.string()),
  /** Nothing of it is to come any more, and nothing is left to do. */
  isClosed: z.boolean().optional(),
});

const segmentMemory = made.extend({
  /** ISO date up to which its occurrences were ever looked through: one that was moved far is found again. */
  until: z.string().optional(),
  /** Events of their own for hits that came back, by the hit's ISO date. */
  single: z.record(z.string(), made),
});

const memorySchema = z.object({ segments: z.record(z.string(), segmentMemory) });

/** An event of ours: a segment's series, or one of its own. */
export type MadeEvent = z.infer<typeof made>;
export type SegmentMemory = z.infer<typeof segmentMemory>;

/**
 * What is known of each segment, by its uid. Only where things stand is kept, never what they say: what differs is read
 * off the calendar, so that an answer that was lost teaches nothing wrong.
 */
export interface Notebook {
  readonly uids: readonly string[];
  of(uid: string): SegmentMemory;
  /** Changes what is known of a segment and stores it before anything else happens. */
  note(uid: string, change: Partial<SegmentMemory>): Promise<void>;
}

const unknownSegment: SegmentMemory = { generation: 0, invited: [], single: {} };

export function notebook(
  memory: CalendarMemory | undefined,
  keep: (memory: CalendarMemory) => Promise<void>,
): Notebook {
  const segments = { ...memorySchema.safeParse(memory).data?.segments };
  return {
    uids: Object.keys(segments),
    of: (uid) => segments[uid] ?? unknownSegment,
    async note(uid, change) {
      const before = segments[uid] ?? unknownSegment;
      const after = { ...before, ...change };
      if (JSON.stringify(after) === JSON.stringify(segments[uid])) return;
      segments[uid] = after;
      await keep({ segments: { ...segments } });
    },
  };
}
