import { z } from 'zod';
import { messageKind } from '../delivery/outbox/kind.js';
import type { OccurrenceId, PersonId, ProjectId, SeriesId } from '../platform/ids.js';
import { storedId } from '../platform/stored.js';

/** Asks to plan what follows from time for a series; without one for all: it is the tick of a day. */
export const planRequest = messageKind(
  'sessionPlan',
  z.object({ seriesId: storedId<SeriesId>().optional() }),
);

/** Asks to sync the calendar outside with a series. */
export const calendarRequest = messageKind('calendar', z.object({ seriesId: storedId<SeriesId>() }));

/** Takes out of the calendar of somebody who lost invitations what mails brought there. */
export const leaveRequest = messageKind('sessionLeave', z.object({ leavingId: z.string() }));

/** Asks to set who gets into the online meetings of a series. */
export const meetingRequest = messageKind('meetingAccess', z.object({ seriesId: storedId<SeriesId>() }));

/** Asks to read the answers that arrived in the organiser's mailbox. */
export const repliesRequest = messageKind('replies', z.object({}));

/** Asks for the attendance report of a session that is over. */
export const attendanceRequest = messageKind(
  'attendance',
  z.object({ occurrenceId: storedId<OccurrenceId>() }),
);

/** Notifies those whose agreed slots a change affects: one message for all of them, which becomes a notice to each. */
export const presentersAffected = messageKind(
  'presentersAffected',
  z.object({
    effects: z.array(
      z.object({
        occurrenceId: storedId<OccurrenceId>(),
        projectId: storedId<ProjectId>(),
        /** `dropped`: the series has no such session any more. */
        change: z.enum(['moved', 'cancelled', 'restored', 'dropped']),
        /** ISO instants: when they know it to be, and when it is now. */
        was: z.string(),
        start: z.string(),
      }),
    ),
    /** Whoever made the change needs no notice. */
    except: z.array(storedId<PersonId>()),
    act: z.string(),
  }),
);
