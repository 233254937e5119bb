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

/** What Teams lets one set of a meeting, by the names of Graph. */
export interface MeetingOptions {
  readonly lobbyBypassSettings?: { readonly scope?: string; readonly isDialInBypassEnabled?: boolean };
  readonly allowedPresenters?: string;
  readonly allowAttendeeToEnableMic?: boolean;
  readonly allowAttendeeToEnableCamera?: boolean;
}

interface Meeting {
  readonly id: string;
  readonly joinUrl: string;
  readonly reports: Report[];
  options: MeetingOptions;
}

/** With what a meeting begins in a tenant that nobody has configured. */
const defaultOptions: MeetingOptions = {
  lobbyBypassSettings: { scope: 'organization', isDialInBypassEnabled: false },
  allowedPresenters: 'everyone',
  allowAttendeeToEnableMic: true,
  allowAttendeeToEnableCamera: true,
};

const context = 'https://graph.microsoft.com/v1.0/$metadata';

/** The online meetings of the organiser and who was there, as Teams reports it. */
export class Meetings {
  readonly #meetings: Meeting[] = [];
  /** What the tenant's policy holds, whatever is set. */
  policy: MeetingOptions = {};
  /** Teams does not know yet what the calendar made. */
  hides = false;
  /** Graph refuses to change a meeting. */
  refuses: Refusal | undefined;

  /** Somebody met behind a join address, between two ISO instants. */
  met(joinUrl: string, start: string, end: string, people: readonly Attended[] = []): void {
    const meeting = this.#made(joinUrl);
    const id = `report-${String(meeting.reports.length + 1)}`;
    meeting.reports.unshift({ id, start, end, people });
  }

  /** An event of the calendar made it. */
  made(joinUrl: string): void {
    this.#made(joinUrl);
  }

  /** What holds of a meeting. */
  options(joinUrl: string): MeetingOptions {
    return { ...this.#made(joinUrl).options, ...this.policy };
  }

  /** As Graph answers where one meeting is asked for. */
  json(id: string): object {
    const { joinUrl, options } = this.#find(id);
    return { id, joinWebUrl: joinUrl, subject: 'Hankeradio', ...options, ...this.policy };
  }

  change(id: string, options: MeetingOptions): object {
    if (this.refuses !== undefined) throw this.refuses;
    const meeting = this.#find(id);
    const { lobbyBypassSettings: lobby } = meeting.options;
    meeting.options = {
      ...meeting.options,
      ...options,
      lobbyBypassSettings: { ...lobby, ...options.lobbyBypassSettings },
    };
    // Graph answers what was asked for; what holds is seen where the meeting is read.
    return { ...this.json(id), ...options };
  }

  #made(joinUrl: string): Meeting {
    const existing = this.#meetings.find((one) => one.joinUrl === joinUrl);
    if (existing !== undefined) return existing;
    const id = `MSp${String(this.#meetings.length + 1)}`;
    const meeting = { id, joinUrl, reports: [], options: defaultOptions };
    this.#meetings.push(meeting);
    return meeting;
  }

  /** As Graph answers to a filter by the join address; no other way to find a meeting of an event is documented. */
  byJoinUrl(filter: string): object[] {
    const [, joinUrl] = /^JoinWebUrl eq '(.+)'$/.exec(filter) ?? [];
    if (joinUrl === undefined) throw new Refusal(400, 'BadRequest', 'filter by JoinWebUrl');
    const wanted = joinUrl.replaceAll("''", "'");
    return this.#meetings
      .filter((meeting) => !this.hides && meeting.joinUrl === wanted)
      .map(({ id }) => this.json(id));
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
