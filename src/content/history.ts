import { z } from 'zod';
import { newestNumberFirst } from '../platform/audit-trail.js';
import type { Change } from '../platform/commit.js';
import type { Page } from '../platform/pages.js';
import type { Partition } from '../platform/partition.js';
import { insert, storedKind, storedPersonRef, type Old } from '../platform/stored.js';
import { languages, publicLanguages, type Language } from '../shared/languages.js';
import type { Deviations } from './deviation.js';
import type { Revision, Texts } from './text.js';

const content = { title: z.string(), lead: z.string(), body: z.string() };

const textSchema = z.looseObject({
  ...content,
  revision: z.number(),
  by: storedPersonRef,
  at: z.string(),
  ready: z.number(),
  checked: z.record(z.string(), z.number()),
});

/** Texts by language as they are stored within a row. */
export const storedTextsSchema = z.partialRecord(
  z.enum(languages),
  textSchema,
) as unknown as z.ZodType<Texts>;

/** What places where a text is used say otherwise, as it is stored within their rows. */
export const storedDeviations = z.partialRecord(
  z.enum(publicLanguages),
  z.looseObject({
    title: z.string().optional(),
    lead: z.string().optional(),
    body: z.string().optional(),
    basedOn: z.number(),
    by: storedPersonRef,
    at: z.string(),
  }),
) as unknown as z.ZodType<Deviations>;

/** For upgrades: until somebody could say so, a text counted as ready as soon as it was there. */
export function withReadyTexts({ texts, ...rest }: Old): Old {
  const upgraded = Object.entries((texts ?? {}) as Readonly<Record<string, Old>>).map(([language, text]) => [
    language,
    { ...text, ready: text.ready ?? (text.body === '' ? 0 : text.revision) },
  ]);
  return { ...rest, texts: Object.fromEntries(upgraded) as Old };
}

const revisionRow = storedKind<Revision>({
  name: 'revision',
  schema: z.looseObject({
    ...content,
    language: z.enum(languages),
    revision: z.number(),
    by: storedPersonRef,
    at: z.string(),
    parked: z.literal(true).optional(),
  }) as unknown as z.ZodType<Revision>,
});

/**
 * The history of the texts of one kind of aggregate: a row `<prefix><id>|<language>|<revision, newest first>` for each
 * revision, never written again, and parked edits beside the revision that was current.
 */
export function textHistory<Id extends string>(partition: Partition, prefix: string) {
  const keyPrefix = (id: Id, language: Language): string => `${prefix}${id}|${language}|`;
  const key = (id: Id, language: Language, revision: number): string =>
    keyPrefix(id, language) + newestNumberFirst(revision);
  return {
    /** `auditNumber` distinguishes parked edits of one revision. */
    insert: (id: Id, revision: Revision, auditNumber: number): Change => {
      const place = key(id, revision.language, revision.revision);
      return insert(
        revisionRow,
        revision.parked === true ? `${place}|parked|${String(auditNumber)}` : place,
        revision,
      );
    },
    revision: async (id: Id, language: Language, revision: number): Promise<Revision | undefined> =>
      (await partition.get(revisionRow, key(id, language, revision)))?.value,
    /** Revisions of one language, newest first, with the parked edits beside the revision over which they came late. */
    page: (id: Id, language: Language, limit: number, after?: string): Promise<Page<Revision>> =>
      partition.page(revisionRow, keyPrefix(id, language), limit, after),
  };
}

export type TextHistory<Id extends string> = ReturnType<typeof textHistory<Id>>;
