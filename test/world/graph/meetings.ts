import { Refusal } from './refusal.js';

export interface Attended {
  readonly name: string;
  readonly address?: string;
  readonly seconds: number;
}

interface Report {
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly people: readonly Attended[];
}

interface Meeting {
  readonly id: string;
  readonly joinUrl: string;
  readonly reports: Report[];
}

const context = 'https://graph.microsoft.com/v1.0/$metadata';

/** The online meetings of the organiser and who was there, as Teams reports it. */
export class Meetings {
  readonly #meetings: Meeting[] = [];

  /** Somebody met behind a join address, between two ISO instants. */
  met(joinUrl: string, start: string, end: string, people: readonly Attended[] = []): void {
    const existing = this.#meetings.find((one) => one.joinUrl === joinUrl);
    const meeting = existing ?? { id: `MSp${String(this.#meetings.length + 1)}`, joinUrl, reports: [] };
    if (existing === undefined) this.#meetings.push(meeting);
    const id = `report-${String(meeting.reports.length + 1)}`;
    meeting.reports.unshift({ id, start, end, people });
  }

  /** As Graph answers to a filter by the join address; no other way to find a meeting of an event is documented. */
  byJoinUrl(filter: string): object[] {
    const [, joinUrl] = /^JoinWebUrl eq '(.+)'$/.exec(filter) ?? [];
    if (joinUrl === undefined) throw new Refusal(400, 'BadRequest', 'filter by JoinWebUrl');
    return this.#meetings
      .filter((meeting) => meeting.joinUrl === joinUrl)
      .map(({ id }) => ({ id, joinWebUrl: joinUrl, subject: 'Hankeradio' }));
  }

  reports(meetingId: string): object[] {
    return this.#find(meetingId).reports.map((report) => reportJson(report));
  }

  /** A report with the records of its first page. */
  report(meetingId: string, reportId: string, pageSize: number, link: string): object {
    const records = this.records(meetingId, reportId);
    return {
      '@odata.context': `${context}#attendanceReports/$entity`,
      ...reportJson(this.#findReport(meetingId, reportId)),
      attendanceRecords: records.slice(0, pageSize),
      ...(records.length > pageSize && { 'attendanceRecords@odata.nextLink': link }),
    };
  }

  records(meetingId: string, reportId: string): object[] {
    return this.#findReport(meetingId, reportId).people.map(({ name, address, seconds }, index) => ({
      id: `record-${String(index)}`,
      emailAddress: address ?? null,
      totalAttendanceInSeconds: seconds,
      role: 'Attendee',
      identity: {
        '@odata.type': '#microsoft.graph.identity',
        id: `user-${String(index)}`,
        displayName: name,
      },
      attendanceIntervals: [],
    }));
  }

  #find(id: string): Meeting {
    const meeting = this.#meetings.find((one) => one.id === id);
    if (meeting === undefined) throw new Refusal(404, 'NotFound');
    return meeting;
  }

  #findReport(meetingId: string, reportId: string): Report {
    const report = this.#find(meetingId).reports.find(({ id }) => id === reportId);
    if (report === undefined) throw new Refusal(404, 'NotFound');
    return report;
  }
}

const reportJson = ({ id, start, end, people }: Report) => ({
  id,
  totalParticipantCount: people.length,
  meetingStartDateTime: start,
  meetingEndDateTime: end,
});
