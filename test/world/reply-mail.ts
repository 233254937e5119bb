/** The answer of somebody's calendar; every line can be another. */
interface Reply {
  /** UID of the event. */
  readonly uid: string;
  readonly partstat?: string;
  readonly attendee?: string;
  /** From whom the mail comes; the attendee unless given. */
  readonly from?: string;
  readonly method?: string;
  /** Whole lines of the event: `RECURRENCE-ID…`, `DTSTART…`, `DTSTAMP…`. */
  readonly lines?: readonly string[];
  /** How the program encodes it: a part of its own in 7bit, in base64 (Exchange), in quoted-printable, or a file beside. */
  readonly form?: 'plain' | 'base64' | 'quoted' | 'file';
  /** What the servers that took the mail found out about its sender, the last one first. */
  readonly results?: readonly string[];
  /** So many bytes more, of a picture. */
  readonly ballast?: number;
}

const address = 'outi@jarjesto.example';

export function replyCalendar({ uid, partstat = 'ACCEPTED', attendee = address, ...more }: Reply): string {
  return [
    'BEGIN:VCALENDAR',
    'PRODID:-//Google Inc//Google Calendar 70.9054//EN',
    'VERSION:2.0',
    'CALSCALE:GREGORIAN',
    `METHOD:${more.method ?? 'REPLY'}`,
    'BEGIN:VEVENT',
    ...(more.lines ?? ['DTSTAMP:20261123T080000Z']),
    'ORGANIZER;CN=Big Room:mailto:organiser@hyvinvointialue.example',
    `UID:${uid}`,
    `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=${partstat};CN="Ollila, Outi";X-NUM-GUE`,
    ` STS=0:mailto:${attendee}`,
    'SEQUENCE:0',
    'STATUS:CONFIRMED',
    'SUMMARY:Hankeradio',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

const quoted = (text: string): string => text.replaceAll('=', '=3D').replace(/(.{60})(?=.)/g, '$1=\r\n');
const based = (text: string): string =>
  Buffer.from(text)
    .toString('base64')
    .replace(/(.{76})/g, '$1\r\n');

/** The whole mail as it arrives. */
export function replyMail(reply: Reply): string {
  const { attendee = address, from = attendee, form = 'plain', ballast = 0, method = 'REPLY' } = reply;
  const text = replyCalendar(reply);
  const encoded =
    form === 'base64' || form === 'file' ? based(text) : form === 'quoted' ? quoted(text) : text;
  const encoding = { plain: '7bit', base64: 'base64', file: 'base64', quoted: 'quoted-printable' }[form];
  return [
    ...(reply.results ?? []).map((results) => `Authentication-Results: ${results}`),
    `From: =?UTF-8?Q?Outi_Ollil=C3=A4?= <${from}>`,
    'To: organiser@hyvinvointialue.example',
    'Subject: =?UTF-8?B?SHl2w6Rrc3l0dHk6IEhhbmtlcmFkaW8=?=',
    'Message-ID: <1@jarjesto.example>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="outer"',
    '',
    '--outer',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Tulen mukaan.',
    '--outer',
    form === 'file'
      ? 'Content-Type: application/octet-stream; name="invite.ics"'
      : `Content-Type: text/calendar; charset="UTF-8"; method=${method}`,
    ...(form === 'file' ? ['Content-Disposition: attachment; filename="invite.ics"'] : []),
    `Content-Transfer-Encoding: ${encoding}`,
    '',
    encoded,
    ...(ballast > 0
      ? ['--outer', 'Content-Type: image/png', 'Content-Transfer-Encoding: base64', '', 'A'.repeat(ballast)]
      : []),
    '--outer--',
    '',
  ].join('\r\n');
}
