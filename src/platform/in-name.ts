import { z } from 'zod';
import type { PersonRef } from './actor.js';
import { newestFirst } from './clock.js';
import type { Change } from './commit.js';
import { freshId, type PersonId } from './ids.js';
import type { Partition } from './partition.js';
import { insert, storedKind, storedPersonRef } from './stored.js';

/** One thing that was done in the name of somebody who was away. */
export interface ActedInName {
  /** ISO instant. */
  readonly at: string;
  /** Who did it. */
  readonly by: PersonRef;
  readonly noun: 'news' | 'newsletter' | 'release' | 'session';
  readonly id: string;
}

const kind = storedKind<ActedInName>({
  name: 'in-name',
  schema: z.looseObject({
    at: z.string(),
    by: storedPersonRef,
    noun: z.enum(['news', 'newsletter', 'release', 'session']),
    id: z.string(),
  }),
});

const prefixOf = (absent: PersonId): string => `in-name|${absent}|`;

/** Keeps that something was done in a person's name; committed with it. */
export const actedInName = (absent: PersonId, acted: ActedInName): Change =>
  insert(kind, `${prefixOf(absent)}${newestFirst(acted.at)}|${freshId()}`, acted);

/** More than anybody reads at once. */
const maxRead = 200;

/** What was done in a person's name between two ISO instants, newest first; at most 200. */
export async function readInName(
  partition: Partition,
  absent: PersonId,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly ActedInName[]> {
  const prefix = prefixOf(absent);
  const { rows } = await partition.range(kind, {
    from: prefix + newestFirst(to),
    to: `${prefix}${newestFirst(from)}~`,
    limit: maxRead,
  });
  return rows.map(({ value }) => value);
}
