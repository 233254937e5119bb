import { z } from 'zod';
import type { SentVersion } from '../audience/contact.js';
import type { SeriesId } from '../platform/ids.js';

/** The part of a UID before the `@`: one for each segment, for good. What was last sent of it is kept under it. */
export const segmentUid = (id: SeriesId, segment: number): string => `${id}-${segment}`;

/** The parts of a UID, with or without what stands from the `@` on; `undefined` where Big Room could not have made it. */
export function partsOfSegmentUid(
  uid: string,
): { readonly seriesId: SeriesId; readonly segment: number } | undefined {
  const { series, segment } = /^(?<series>[0-9a-f]{26})-(?<segment>\d{1,4})(?:@|$)/.exec(uid)?.groups ?? {};
  return series === undefined ? undefined : { seriesId: series as SeriesId, segment: Number(segment) };
}

const heldSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('off') }),
  z.object({
    is: z.literal('on'),
    /** DTSTART, an ISO date: it stays, so that nobody's past disappears. */
    from: z.string(),
    /** Stands for all that the recurring event says. */
    master: z.string(),
    /** What it says, as far as a mail can say what has become of it; older releases kept none. */
    said: z
      .object({
        name: z.string(),
        time: z.string(),
        minutes: z.number(),
        rule: z.string(),
        paused: z.array(z.number()),
        last: z.string().exactOptional(),
        joinUrl: z.string().exactOptional(),
      })
      .exactOptional(),
    /** What differs from it, by the date of the rule (ISO): `-` where it is cancelled, else its times and a hash. */
    instances: z.record(z.string(), z.string()),
  }),
  /** They were sent it, but not in a form that is known, or it is not certain that it arrived. */
  z.object({ is: z.literal('unknown'), from: z.string() }),
]);

/** What somebody's calendar has of a segment, as far as mails brought it there. */
export type Held = Readonly<z.infer<typeof heldSchema>>;

const noteSchema = z.object({
  held: heldSchema,
  /** What they had before it, until it is certain that it left. */
  before: heldSchema.exactOptional(),
  isSure: z.literal(true).exactOptional(),
});

/** Whether a calendar has it, as far as is known. */
export function isInCalendar(sent: Pick<SentVersion, 'held'> | undefined): boolean {
  return sent !== undefined && readHeld(sent.held)?.held.is !== 'off';
}

/** What is kept with a version that was sent, of what the calendar has then. */
type HeldNote = Readonly<z.infer<typeof noteSchema>>;

export const writeHeld = (note: HeldNote): string => JSON.stringify(note);

/** `undefined` where an older release sent it, which kept none. */
export function readHeld(held: string | undefined): HeldNote | undefined {
  if (held === undefined) return undefined;
  return noteSchema.safeParse(JSON.parse(held)).data;
}
