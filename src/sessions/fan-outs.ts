import { z } from 'zod';
import { languages } from '../shared/languages.js';
import { fanOutMessage, type FanOutKind } from '../delivery/fan-out/kind.js';
import type { ContactId, OccurrenceId, ProjectId, SeriesId } from '../platform/ids.js';
import type { Series } from './series/series.js';

const occurrenceId = z.string() as unknown as z.ZodType<OccurrenceId>;

const payloads = [
  /** `offset`: minutes before the start; `start`: the ISO instant that it announces, as it was when the reminder was planned. */
  z.object({ kind: z.literal('reminder'), occurrenceId, offset: z.number(), start: z.string() }),
  /** Thanks with materials and recording, and the pulse. `round` makes a second one another fan-out. */
  z.object({
    kind: z.literal('thanks'),
    occurrenceId,
    round: z.number(),
    /** Those of the people invited who were there, as the meeting's report names them; absent: everybody invited. */
    to: z.literal('there').exactOptional(),
    /** What the coordinator wrote to them, by language. */
    message: z.partialRecord(z.enum(languages), z.string()).exactOptional(),
  }),
  /**
   * A session was moved, cancelled or brought back at short notice. `start` is when it is now, `was` when it was announced to
   * be. `isInvited`: an invitation of the series leaves with it, from which contacts learn of it. `isFollowing`: all sessions
   * after it are at another time too, by the rule that the series has from it on.
   */
  z.object({
    kind: z.literal('change'),
    change: z.enum(['moved', 'cancelled', 'restored']),
    occurrenceId,
    start: z.string(),
    was: z.string(),
    isInvited: z.literal(true).exactOptional(),
    isFollowing: z.literal(true).exactOptional(),
  }),
  /**
   * A series ended, and with it a session that people expected soon: `start` is when it was to begin (ISO instant). Those of
   * the project that was to present are notified by themselves. Contacts learn of it from the invitation that leaves with it.
   */
  z.object({
    kind: z.literal('ended'),
    seriesId: z.string() as unknown as z.ZodType<SeriesId>,
    occurrenceId,
    start: z.string(),
    projectId: (z.string() as unknown as z.ZodType<ProjectId>).exactOptional(),
  }),
  /**
   * Calendar invitations by mail: the series as it is at `sequence`, or its cancellation; to everybody who is
   * invited. (Older releases sent one to each contact who was new.) `renews`: a year in which it is sent anew to those in
   * whose calendar the rule ends.
   */
  z.object({
    kind: z.literal('invitation'),
    seriesId: z.string() as unknown as z.ZodType<SeriesId>,
    sequence: z.number(),
    renews: z.number().exactOptional(),
    contactId: (z.string() as unknown as z.ZodType<ContactId>).exactOptional(),
  }),
  /**
   * Invitations by mail to contacts who are new in series, as these are when it leaves: `people` contacts who were added or
   * changed at `at` (ISO instant), one recipient for each of them and series. `name`: of the import that added them.
   */
  z.object({
    kind: z.literal('welcome'),
    welcomeId: z.string(),
    seriesIds: z.array(z.string() as unknown as z.ZodType<SeriesId>),
    people: z.number(),
    at: z.string(),
    name: z.string().exactOptional(),
  }),
] as const;

/** What is sent to many around a session: facts from which the message is written when it leaves. */
export type SessionContent = Readonly<z.infer<(typeof payloads)[number]>>;

/** The message that asks for a fan-out of sessions. */
export const sessionFanOut = fanOutMessage<SessionContent>;

/** Who gets what, whether it is still of use, and the mail of it. */
export type SessionFanOutDeps = Required<
  Pick<FanOutKind<SessionContent>, 'recipients' | 'stillUseful' | 'names' | 'mail'>
>;

/** What is sent to contacts that they may have got already: the series as it is. */
export type InvitingContent = Extract<SessionContent, { kind: 'invitation' | 'welcome' }>;

/** Names the fan-out among all that invite. */
export const inviterOf = (content: InvitingContent): string =>
  content.kind === 'welcome'
    ? `welcome ${content.welcomeId}`
    : `invitation ${content.seriesId} ${content.sequence} ${content.contactId ?? content.renews ?? ''}`;

/** Names whatever sends a version of a series. */
export const senderOf = (content: InvitingContent | Extract<SessionContent, { kind: 'change' }>): string =>
  content.kind === 'change'
    ? `change ${content.occurrenceId} ${content.change} ${content.start} ${content.was}`
    : inviterOf(content);

/** Whether this was sent to somebody who was new: they never knew the series as it was before. */
export const isFromWelcome = ({ by }: { readonly by: string }): boolean => by.startsWith('welcome ');

/** Whether this was an invitation, to those who were new or to all, and no change of one session. */
export const isInviter = ({ by }: { readonly by: string }): boolean => !by.startsWith('change ');

/** The version of a series that an invitation shows. An undo may give a sequence back, but not the time of its change. */
export const versionOf = ({ sequence, changedAt }: Pick<Series, 'sequence' | 'changedAt'>): string =>
  `${sequence} ${changedAt}`;

/**
 * The recipient of an invitation of one of several series, and of whatever else. A mail has one event of a calendar: of
 * a series of several segments one recipient is reached once for each.
 * @param segment the number of the segment; without it the one that goes on.
 */
export function contactKey(id: ContactId, seriesId?: SeriesId, segment?: number): string {
  return ['contact', id, seriesId, segment].filter((part) => part !== undefined).join(':');
}

/** The parts of such a key; `undefined` for the key of somebody else. */
export function partsOfContactKey(key: string):
  | {
      readonly contactId: ContactId;
      readonly seriesId?: SeriesId;
      readonly segment?: number;
    }
  | undefined {
  const [, contactId, seriesId, segment] = /^contact:([^:]+)(?::([^:]+))?(?::(\d+))?$/.exec(key) ?? [];
  if (contactId === undefined) return undefined;
  return {
    contactId: contactId as ContactId,
    ...(seriesId !== undefined && { seriesId: seriesId as SeriesId }),
    ...(segment !== undefined && { segment: Number(segment) }),
  };
}

function subjectOf(content: SessionContent): string | readonly string[] {
  if (content.kind === 'welcome') return content.seriesIds.map((id) => `series:${id}`);
  return 'seriesId' in content ? `series:${content.seriesId}` : `occurrence:${content.occurrenceId}`;
}

export function sessionFanOuts(deps: SessionFanOutDeps): FanOutKind[] {
  return payloads.map((payload): FanOutKind<SessionContent> => ({
    kind: payload.shape.kind.value,
    payload,
    about: subjectOf,
    // Its contents name a contact of an older release, whose id is a hash of their address.
    isOfOnePerson: (content) => content.kind === 'invitation' && content.contactId !== undefined,
    ...deps,
  }));
}
