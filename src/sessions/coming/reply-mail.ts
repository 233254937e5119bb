import ICAL from 'ical.js';
import PostalMime, { type Attachment } from 'postal-mime';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { homeZone } from '../../platform/clock.js';
import { mailAddressSchema } from '../../platform/mail-address.js';
import type { CalendarReply } from './service.js';

/**
 * What a mail holds: answers; `noReply`: something else, such as a question or another invitation; `foreign`: an answer that
 * did not come from the mailbox of the one who answers; `forged`: an answer of which the server that took the mail says that
 * it did not come from where it says; `malformed`: nothing that can be read.
 */
export type ReadMail =
  | { readonly is: 'replies'; readonly replies: readonly CalendarReply[] }
  | { readonly is: 'noReply' | 'foreign' | 'forged' | 'malformed' };

/** A property of jCal (RFC 7265): name, parameters, type, value. */
const property = z
  .tuple([z.string(), z.record(z.string(), z.unknown()), z.string()])
  .rest(z.unknown())
  .transform(([name, parameters, type, value]) => ({ name, parameters, type, value }));
type Property = z.output<typeof property>;

const event = z.tuple([z.literal('vevent'), z.array(property)]).rest(z.unknown());
const calendar = z.tuple([z.literal('vcalendar'), z.array(property), z.array(z.unknown())]);

const statuses = { ACCEPTED: 'accepted', DECLINED: 'declined', TENTATIVE: 'tentative' } as const;

/** Zones by the names of Windows which mail programs of the north give; the names of others say nothing for sure. */
const windowsZones: Readonly<Record<string, string>> = {
  'FLE Standard Time': homeZone,
  'W. Europe Standard Time': 'Europe/Berlin',
  'Romance Standard Time': 'Europe/Paris',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Central European Standard Time': 'Europe/Warsaw',
  'GMT Standard Time': 'Europe/London',
  'GTB Standard Time': 'Europe/Bucharest',
  'Russian Standard Time': 'Europe/Moscow',
};

const textOf = ({ value }: Property): string => (typeof value === 'string' ? value : '');

const named = (properties: readonly Property[], name: string): Property | undefined =>
  properties.find((one) => one.name === name);

/** The zone of a name; `undefined` where nobody knows it, as where a calendar describes one of its own. */
function zoneOf(name: string): string | undefined {
  const zone = windowsZones[name] ?? name.replace(/^\/[^/]+\/(?:[^/]+\/)?(?=\w+\/)/, '');
  try {
    return Temporal.Now.zonedDateTimeISO(zone).timeZoneId;
  } catch {
    return undefined;
  }
}

/** When something is: the instant where that is certain, and its date in Helsinki. */
interface When {
  readonly instant?: string;
  readonly date: string;
}

/** @returns `undefined` for what is no time. */
function whenOf({ parameters, type, value }: Property): When | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    if (type === 'date') return { date: Temporal.PlainDate.from(value).toString() };
    if (value.endsWith('Z')) return at(Temporal.Instant.from(value).toZonedDateTimeISO(homeZone));
    const local = Temporal.PlainDateTime.from(value);
    const { tzid } = parameters;
    // Without a zone, or in one of which only the name is known, it is the time of whoever sent the invitation: ours.
    const zone = typeof tzid === 'string' ? zoneOf(tzid) : undefined;
    return zone === undefined
      ? { date: local.toPlainDate().toString() }
      : at(local.toZonedDateTime(zone).withTimeZone(homeZone));
  } catch {
    return undefined;
  }
}

const at = (time: Temporal.ZonedDateTime): When => ({
  instant: time.toInstant().toString(),
  date: time.toPlainDate().toString(),
});

/** When they answered: never later than the mail arrived, so that no wrong clock outdoes the answers to come. */
function answeredAt(stamp: Property | undefined, receivedAt: string): string {
  const instant = stamp && whenOf(stamp)?.instant;
  const isPast = instant !== undefined && Temporal.Instant.compare(instant, receivedAt) <= 0;
  return Temporal.Instant.from(isPast ? instant : receivedAt).toString();
}

const addressOf = (text: string): string | undefined =>
  mailAddressSchema.safeParse(text.replace(/^mailto:/i, '')).data;

/** One answer, or why it is none. */
function replyOf(
  properties: readonly Property[],
  { from, receivedAt }: { readonly from: string; readonly receivedAt: string },
): CalendarReply | 'noReply' | 'foreign' | 'malformed' {
  const [uid, start] = [named(properties, 'uid'), named(properties, 'dtstart')];
  const recurrenceId = named(properties, 'recurrence-id');
  const session = recurrenceId && whenOf(recurrenceId);
  const attendees = properties.filter(({ name }) => name === 'attendee');
  // An answer to some session, it can't be said which, is none to all of them.
  if (uid === undefined || attendees.length === 0 || (recurrenceId !== undefined && session === undefined))
    return 'malformed';
  const own = attendees.find((attendee) => addressOf(textOf(attendee)) === from);
  if (own === undefined) return 'foreign';
  const status = Object.entries(statuses).find(
    ([name]) => name === String(own.parameters.partstat).toUpperCase(),
  );
  if (status === undefined) return 'noReply';
  const instant = start && whenOf(start)?.instant;
  return {
    address: from,
    uid: textOf(uid),
    ...(session !== undefined && { date: session.date }),
    ...(instant !== undefined && { start: instant }),
    status: status[1],
    at: answeredAt(named(properties, 'dtstamp'), receivedAt),
  };
}

const decoder = new TextDecoder();

function calendarText({ content }: Attachment): string {
  return typeof content === 'string' ? content : decoder.decode(content);
}

const isCalendar = ({ mimeType, filename }: Attachment): boolean =>
  ['text/calendar', 'application/ics'].includes(mimeType) ||
  filename?.toLowerCase().endsWith('.ics') === true;

/** More than any program writes into an answer. */
const maxEvents = 50;

function readCalendar(
  text: string,
  mail: { readonly from: string; readonly receivedAt: string },
): readonly ReturnType<typeof replyOf>[] {
  const parsed = calendar.safeParse(ICAL.parse(text.replace(/^\ufeff/, '').trim()));
  if (!parsed.success) return ['malformed'];
  const [, properties, components] = parsed.data;
  const method = named(properties, 'method');
  if (method === undefined || textOf(method).toUpperCase() !== 'REPLY') return ['noReply'];
  const events = components.flatMap((each) => {
    const read = event.safeParse(each);
    return read.success ? [read.data[1]] : [];
  });
  if (events.length === 0) return ['malformed'];
  return events.slice(0, maxEvents).map((each) => replyOf(each, mail));
}

/** The verdict of a method in Authentication-Results (RFC 8601), and the reason that Exchange gives with it. */
const verdict = (results: string, method: string): { readonly is?: string; readonly reason?: string } => {
  const found = new RegExp(`(?:^|;)\\s*${method}\\s*=\\s*(\\w+)(?:[^;]*?\\breason=(\\w+))?`, 'i').exec(
    results,
  );
  const [, is, reason] = found ?? [];
  return { ...(is !== undefined && { is: is.toLowerCase() }), ...(reason !== undefined && { reason }) };
};

/** Exchange's guess about a domain that publishes nothing by which its mails can be known (learn.microsoft.com, Message headers). */
const implicitFault = '001';

/**
 * Whether the server that took the mail found that it is not from its From address: by its composite verdict (compauth) where
 * Exchange gives one, else by DMARC. A domain that publishes nothing is given the benefit of the doubt. Headers are put before
 * those that are there, so that the first one is that server's; what a sender writes below it counts for nothing.
 */
function isForged(headers: readonly { readonly key: string; readonly value: string }[]): boolean {
  const first = headers.find(({ key }) => key === 'authentication-results')?.value ?? '';
  const results = first.replace(/\([^()]*\)/g, ' ');
  const [composite, dmarc] = [verdict(results, 'compauth'), verdict(results, 'dmarc')];
  if (composite.is === 'fail' && composite.reason !== implicitFault) return true;
  return dmarc.is === 'fail' && !['pass', 'softpass'].includes(composite.is ?? '');
}

const isReply = (read: ReturnType<typeof replyOf>): read is CalendarReply => typeof read === 'object';

/**
 * The answers in a mail from a calendar (RFC 5546 3.2.3, RFC 6047). Each counts only where the mail came from the address
 * of the one who answers: whoever got a forwarded invitation answers for nobody else.
 * @param mime the mail as it arrived.
 * @param receivedAt ISO instant.
 */
export async function readReplyMail(mime: Uint8Array, receivedAt: string): Promise<ReadMail> {
  try {
    // A mail within the mail is somebody else's.
    const mail = await PostalMime.parse(mime, { forceRfc822Attachments: true, maxNestingDepth: 20 });
    const part = mail.attachments.find(isCalendar);
    if (part === undefined) return { is: 'noReply' };
    const from = addressOf(mail.from?.address ?? '');
    if (from === undefined) return { is: 'malformed' };
    const read = readCalendar(calendarText(part), { from, receivedAt });
    const replies = read.filter(isReply);
    if (replies.length > 0) return isForged(mail.headers) ? { is: 'forged' } : { is: 'replies', replies };
    const [first] = read.flatMap((each) => (isReply(each) ? [] : [each]));
    return { is: first ?? 'malformed' };
  } catch {
    // Both readers throw at what they can't read; what it was is of no use to anybody.
    return { is: 'malformed' };
  }
}
