import { z } from 'zod';

/** A page of a list and the key that asks for the next; without `next` it is the last one. */
export interface Page<Line> {
  readonly lines: readonly Line[];
  readonly next?: string;
}

/** The query of a list that has no other filters. */
export const pageSchema = z.strictObject({ after: z.string().max(512).optional() });
