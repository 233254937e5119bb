import type { Clock } from '../../platform/clock.js';
import type { CalendarSegment } from '../../sessions/calendar/calendar.js';
import { invitedTo, type CalendarApi, type StandingEvent } from './calendar-api.js';
import type { MadeEvent, Notebook } from './calendar-memory.js';

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
 * The event as it stands, and what is known of it: by its id, else by its name. One that was known and is gone makes
 * room for another generation.
 */
export async function locate(
  api: CalendarApi,
  known: MadeEvent,
  name: string,
): Promise<{ readonly event?: StandingEvent; readonly known: MadeEvent }> {
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
 * Brings in who was not invited before, without a word to the others: their address is added by forwarding, as a change
 * of the list of attendees would go to everybody. Forwarding lists them with the attendees, so that a lost answer is
 * seen there; should a calendar not list them, they get the same invitation twice, which their calendar makes one of.
 * @returns everybody who is invited now.
 */
export async function inviteNew(
  { api, attendees }: Following,
  event: StandingEvent,
  invited: readonly string[],
): Promise<readonly string[]> {
  const listed = invitedTo(event);
  const known = new Set([...invited, ...listed]);
  const newcomers = attendees.filter((address) => !known.has(address));
  if (newcomers.length > 0) {
    // What nobody is invited to yet is no meeting that could be forwarded; there is nobody to hear it twice either.
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
