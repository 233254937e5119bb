import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { AttendanceReport, AttendanceSource } from '../../sessions/follow-up/attendance.js';
import { shownName } from '../../shared/normalise.js';
import type { GraphClient } from './graph-client.js';
import { isItemMissing, toCalendarError } from './graph-http.js';

const meeting = z.object({ id: z.string() });

const summary = z.object({
  id: z.string(),
  meetingStartDateTime: z.string().nullish(),
  meetingEndDateTime: z.string().nullish(),
});

const record = z.object({
  emailAddress: z.string().nullish(),
  totalAttendanceInSeconds: z.number().nullish(),
  identity: z.object({ displayName: z.string().nullish() }).nullish(),
});

const report = z.object({
  totalParticipantCount: z.number().nullish(),
  meetingStartDateTime: z.string(),
  meetingEndDateTime: z.string(),
  attendanceRecords: z.array(record).optional(),
  'attendanceRecords@odata.nextLink': z.string().optional(),
});

/** Milliseconds that a report and a session have in common; none or less where they don't meet. */
function overlap(
  { meetingStartDateTime, meetingEndDateTime }: z.infer<typeof summary>,
  start: string,
  end: string,
) {
  if (typeof meetingStartDateTime !== 'string' || typeof meetingEndDateTime !== 'string') return 0;
  const at = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds;
  return Math.min(at(meetingEndDateTime), at(end)) - Math.max(at(meetingStartDateTime), at(start));
}

function toReport(
  { totalParticipantCount, meetingStartDateTime, meetingEndDateTime }: z.infer<typeof report>,
  records: readonly z.infer<typeof record>[],
): AttendanceReport {
  return {
    count: totalParticipantCount ?? records.length,
    start: Temporal.Instant.from(meetingStartDateTime).toString(),
    end: Temporal.Instant.from(meetingEndDateTime).toString(),
    people: records.map(({ emailAddress, totalAttendanceInSeconds, identity }) => ({
      name: shownName(identity?.displayName ?? emailAddress ?? ''),
      ...(typeof emailAddress === 'string' && emailAddress !== '' && { address: emailAddress }),
      seconds: totalAttendanceInSeconds ?? 0,
    })),
  };
}

/**
 * Who was there, by the reports of Teams. A meeting of a series has one for each time it was held
 * (https://learn.microsoft.com/graph/api/meetingattendancereport-list); the organiser is named by object id, and the
 * tenant allows the application to read the organiser's meetings (an application access policy).
 */
export function graphAttendance(client: GraphClient, organiser: string): AttendanceSource {
  async function find(joinUrl: string, start: string, end: string): Promise<AttendanceReport | undefined> {
    const $filter = `JoinWebUrl eq '${joinUrl.replaceAll("'", "''")}'`;
    const meetings = { method: 'GET', path: '/onlineMeetings', query: { $filter } } as const;
    const [found] = await client.list(organiser, meetings, meeting);
    if (found === undefined) return undefined;
    const path = `/onlineMeetings/${encodeURIComponent(found.id)}/attendanceReports`;
    const [best] = (await client.list(organiser, { method: 'GET', path }, summary))
      .map((one) => ({ id: one.id, common: overlap(one, start, end) }))
      .filter(({ common }) => common > 0)
      .sort((one, other) => other.common - one.common);
    if (best === undefined) return undefined;
    const query = { $expand: 'attendanceRecords' };
    const whole = { method: 'GET', path: `${path}/${encodeURIComponent(best.id)}`, query } as const;
    const read = report.parse(await client.call(organiser, whole));
    const next = read['attendanceRecords@odata.nextLink'];
    const more =
      next === undefined ? [] : await client.list(organiser, { method: 'GET', path: next }, record);
    return toReport(read, [...(read.attendanceRecords ?? []), ...more]);
  }

  return {
    async report(joinUrl, start, end) {
      try {
        return await find(joinUrl, start, end);
      } catch (error) {
        if (isItemMissing(error)) return undefined;
        throw toCalendarError(error);
      }
    },
  };
}
