import { createHash, randomUUID } from 'node:crypto';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type PersonId = Branded<'Person'>;
export type ProgrammeId = Branded<'Programme'>;
export type ProjectId = Branded<'Project'>;
export type NewsId = Branded<'News'>;
export type IssueId = Branded<'Issue'>;
export type StoryId = Branded<'Story'>;
export type ReleaseId = Branded<'Release'>;
export type MessageId = Branded<'Message'>;
export type SeriesId = Branded<'Series'>;
/** `<series id>-<yyyymmdd>`: the date on which the rule put it, wherever it was moved since. */
export type OccurrenceId = Branded<'Occurrence'>;
export type ContactId = Branded<'Contact'>;
export type TopicId = Branded<'Topic'>;
export type QuestionId = Branded<'Question'>;
export type FanOutId = Branded<'Send'>;

/**
 * An id that the same parts always give: the same effect asked for twice is one effect.
 * Lower-case hexadecimal, 26 characters (104 bits of SHA-256), safe in a table key and in an address.
 */
export function deterministicId<Id extends string>(...parts: readonly string[]): Id {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 26) as Id;
}

/** Whether a text has the form of our ids: what came in an address may be anything. */
export const isId = (text: string): boolean => /^[0-9a-f]{26}$/.test(text);

/** A new id that nothing else gives. */
export function freshId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 26);
}
