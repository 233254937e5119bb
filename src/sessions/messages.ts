import { z } from 'zod';
import { messageKind } from '../delivery/outbox/kind.js';
import type { OccurrenceId, SeriesId } from '../platform/ids.js';
import { storedId } from '../platform/stored.js';

/** Asks to plan what follows from time for a series; without one for all: it is the tick of a day. */
export const planRequest = messageKind(
  'sessionPlan',
  z.object({ seriesId: storedId<SeriesId>().optional() }),
);

/** Asks to sync the calendar outside with a series. */
export const calendarRequest = messageKind('calendar', z.object({ seriesId: storedId<SeriesId>() }));

/** Asks for the attendance report of a session that is over. */
export const attendanceRequest = messageKind(
  'attendance',
  z.object({ occurrenceId: storedId<OccurrenceId>() }),
);
