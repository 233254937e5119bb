import { z } from 'zod';
import type { CalendarMemory, CalendarSegment } from '../../sessions/calendar/calendar.js';
import type { Clock } from '../../platform/clock.js';
import { escapeHtml } from '../../platform/html.js';
import { invitedTo, type CalendarApi, type CurrentEvent } from './calendar-api.js';

const made = z.object({
  /** Once it is known. */
  eventId: z.string().optional(),
  /** How many of this name there were before it and were removed. */
  generation: z.number().int(),
  /** Everybody who was invited ever, lower case. */
  invited: z.array(z.string()),
  /** Nothing of it is to come any more, and nothing is left to do. */
  isClosed: z.boolean().optional(),
});

const segmentMemory = made.extend({
  /** ISO date up to which its occurrences were ever looked through: one that was moved far is found again. */
  until: z.string().optional(),
  /** Events of their own for hits that came back, by the hit's ISO date. */
  single: z.record(z.string(), made),
});

const memorySchema = z.object({ segments: z.record(z.string(), segmentMemory) });

/** An event of ours: a segment's series, or one of its own. */
export type MadeEvent = z.infer<typeof made>;
export type SegmentMemory = z.infer<typeof segmentMemory>;

/**
 * What is known of each segment, by its uid. Only the events' ids are kept, not their contents: differences are read
 * off the calendar, so that a lost answer leaves nothing wrong.
 */
export interface Notebook {
  readonly uids: readonly string[];
  of(uid: string): SegmentMemory;
  /** Changes what is known of a segment and stores it before anything else happens. */
  note(uid: string, change: Partial<SegmentMemory>): Promise<void>;
}

const unknownSegment: SegmentMemory = { generation: 0, invited: [], single: {} };

export function notebook(
  memory: CalendarMemory | undefined,
  keep: (memory: CalendarMemory) => Promise<void>,
): Notebook {
  const segments = { ...memorySchema.safeParse(memory).data?.segments };
  return {
    uids: Object.keys(segments),
    of: (uid) => segments[uid] ?? unknownSegment,
    async note(uid, change) {
      const before = segments[uid] ?? unknownSegment;
      const after = { ...before, ...change };
      if (JSON.stringify(after) === JSON.stringify(segments[uid])) return;
      segments[uid] = after;
      await keep({ segments: { ...segments } });
    },
  };
}

/** What following a series needs at every step. */
export interface Following {
  readonly api: CalendarApi;
  readonly notes: Notebook;
  readonly clock: Clock;
  /** Lower case, each once. */
  readonly attendees: readonly string[];
}

export const newEvent: MadeEvent = { generation: 0, invited: [] };

/** The name by which an event of a segment is found again, made of letters, digits, dots and underscores. */
export function eventName(uid: string, date?: string): string {
  const parts = ['fi', 'bigroom', uid, ...(date === undefined ? [] : [date])];
  return parts.map((part) => part.replace(/[^A-Za-z0-9]/g, '_')).join('.');
}

/** With the same one Graph makes an event once only; another generation is another event. */
export function transactionId(uid: string, { generation }: MadeEvent, date?: string): string {
  return [uid, ...(date === undefined ? [] : [date]), ...(generation === 0 ? [] : [`g${generation}`])].join(
    '-',
  );
}

/**
 * The current event, and what is known of it: by its id, else by its name. One that was known and was removed makes
 * room for another generation.
 */
export async function locate(
  api: CalendarApi,
  known: MadeEvent,
  name: string,
): Promise<{ readonly event?: CurrentEvent; readonly known: MadeEvent }> {
  const byId = known.eventId === undefined ? undefined : await api.read(known.eventId);
  if (byId !== undefined) return { event: byId, known };
  const id = await api.find(name);
  const byName = id === undefined ? undefined : await api.read(id);
  if (byName !== undefined) return { event: byName, known: { ...known, eventId: byName.id } };
  if (known.eventId === undefined) return { known };
  return { known: { ...newEvent, generation: known.generation + 1 } };
}

export const attendeesOf = (attendees: readonly string[]) =>
  attendees.map((address) => ({ emailAddress: { address }, type: 'required' }));

/**
 * Brings in who was not invited before, without a message to the others: their address is added by forwarding, as a change
 * of the list of attendees would go to everybody. Forwarding lists them with the attendees, so that a lost answer is
 * seen there; should a calendar not list them, they get the same invitation twice, which their calendar makes one of.
 * @returns everybody who is invited now.
 */
export async function inviteNew(
  { api, attendees }: Following,
  event: CurrentEvent,
  invited: readonly string[],
): Promise<readonly string[]> {
  const listed = invitedTo(event);
  const known = new Set([...invited, ...listed]);
  const newcomers = attendees.filter((address) => !known.has(address));
  if (newcomers.length > 0) {
    // What nobody is invited to yet is no meeting that could be forwarded; there is nobody who could be notified twice either.
    if (listed.length === 0) await api.change(event.id, { attendees: attendeesOf(newcomers) });
    else await api.invite(event.id, newcomers);
  }
  return [...known, ...newcomers].sort();
}

const trimmed = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Exchange takes spaces off the ends of a subject. */
export const isSameText = (one: string | null | undefined, other: string): boolean =>
  trimmed(one ?? '') === trimmed(other);

/** The first and the last day on which a segment may have occurrences. */
export const isWithin = ({ firstDate, lastDate }: CalendarSegment, date: string): boolean =>
  date >= firstDate && (lastDate === undefined || date <= lastDate);

const linked = (html: string): string =>
  html.replace(/https?:\/\/[^\s<]+[^\s<.,;:!?)]/g, (address) => `<a href="${address}">${address}</a>`);

const mark = 'big-room';

/** Plain text as the HTML of an event's body: paragraphs, line breaks, links; marked, so that it is found again. */
export function bodyHtml(text: string): string {
  const paragraphs = text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${linked(escapeHtml(paragraph.trim())).replaceAll('\n', '<br>')}</p>`);
  return `<div id="${mark}">${paragraphs.join('')}</div>`;
}

/** Ours, by its mark. Exchange may put `x_` before ids; nothing of ours has a div inside. */
const marked = /<div[^>]*\bid="(?:x_)*big-room"[^>]*>.*?<\/div>/is;

/** Where Teams begins with what one needs to join: an element with a line of underscores, or the text's own class. */
const meetingStart =
  /<(?:div|span|p)[^>]*>(?:\s*<(?:div|span)[^>]*>)*\s*_{20,}|<div[^>]*class="me-email-text"/i;

/** Where in an event's body our own text is; `undefined` where it cannot be distinguished from what Teams added. */
function ownPart(html: string): { readonly from: number; readonly to: number } | undefined {
  const found = marked.exec(html);
  if (found !== null) return { from: found.index, to: found.index + found[0].length };
  const body = /<body[^>]*>/i.exec(html);
  const from = body === null ? 0 : body.index + body[0].length;
  const meeting = meetingStart.exec(html.slice(from));
  return meeting === null ? undefined : { from, to: from + meeting.index };
}

const signs: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
};

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (whole, name: string) => signs[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim();

/**
 * The body with our text instead of the current one; `undefined` where it has that text already, or where our
 * part cannot be found. What Teams added stays: without it the meeting is no online meeting any more
 * (https://learn.microsoft.com/graph/api/event-update#notes-for-updating-specific-properties).
 */
export function bodyWith(current: string, text: string): string | undefined {
  const part = ownPart(current);
  if (part === undefined) return undefined;
  const own = bodyHtml(text);
  if (plain(current.slice(part.from, part.to)) === plain(own)) return undefined;
  return `${current.slice(0, part.from)}${own}${current.slice(part.to)}`;
}
