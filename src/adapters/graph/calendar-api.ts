import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { GraphClient } from './graph-client.js';
import { isFault, isItemMissing } from './graph-http.js';
import { graphDateTime, graphZone, homeTime, recurrenceRead } from './graph-time.js';

const attendee = z.object({ emailAddress: z.object({ address: z.string().nullish() }).nullish() });

const eventSchema = z.object({
  id: z.string(),
  subject: z.string().nullish(),
  body: z.object({ content: z.string().nullish() }).nullish(),
  start: graphDateTime,
  end: graphDateTime,
  recurrence: recurrenceRead.nullish(),
  attendees: z.array(attendee).optional(),
  onlineMeeting: z.object({ joinUrl: z.string().nullish() }).nullish(),
  isCancelled: z.boolean().nullish(),
  cancelledOccurrences: z.array(z.string()).nullish(),
});

/** A current event: a series or one of its own. */
export type CurrentEvent = z.infer<typeof eventSchema>;

const instanceSchema = z.object({
  id: z.string(),
  subject: z.string().nullish(),
  location: z.object({ displayName: z.string().nullish() }).nullish(),
  start: graphDateTime,
  end: graphDateTime,
  originalStart: z.string().nullish(),
});

/** A current occurrence, and the hit of the rule from which it comes. */
export interface CurrentInstance {
  readonly id: string;
  readonly subject: string;
  /** Where it takes place, as people read it. */
  readonly place: string;
  readonly start: Temporal.ZonedDateTime;
  readonly end: Temporal.ZonedDateTime;
  readonly date: Temporal.PlainDate;
}

const inHomeZone = { Prefer: `outlook.timezone="${graphZone}"` };

const ids = z.object({ id: z.string() });

const wanted = {
  event: 'id,subject,body,start,end,recurrence,attendees,onlineMeeting,isCancelled,cancelledOccurrences',
  instance: 'id,subject,location,start,end,originalStart',
};

/** The organiser's calendar, as Graph has it. Every method throws GraphFault. */
export interface CalendarApi {
  /** The id of the event to which this name was given when it was made. */
  find(name: string): Promise<string | undefined>;
  /** `undefined` where it was removed or called off. */
  read(id: string): Promise<CurrentEvent | undefined>;
  /** @returns its id, the same for the same `transactionId`. */
  create(name: string, event: object): Promise<string>;
  change(id: string, what: object): Promise<void>;
  /** Calls it off with everybody who is invited; nothing where it was removed. */
  cancel(id: string): Promise<void>;
  /** Sends the invitation to these as well; nobody else is notified. */
  invite(id: string, addresses: readonly string[]): Promise<void>;
  /** The occurrences of a series that take place between two dates, the second not included. */
  instances(id: string, from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<CurrentInstance[]>;
}

const at = (id: string): string => `/events/${encodeURIComponent(id)}`;

/** What Graph calls an open extension; a name in it can be asked for, long after the `transactionId` is forgotten. */
const named = (name: string) => ({
  extensions: [{ '@odata.type': 'microsoft.graph.openTypeExtension', extensionName: name }],
});

export function calendarApi(client: GraphClient, organiser: string): CalendarApi {
  const post = (path: string, body: object) => client.call(organiser, { method: 'POST', path, body });

  const api: CalendarApi = {
    async find(name) {
      const query = { $filter: `Extensions/any(f:f/id eq '${name}')`, $select: 'id' };
      const [first] = await client.list(organiser, { method: 'GET', path: '/events', query }, ids);
      return first?.id;
    },

    async read(id) {
      try {
        const query = { $select: wanted.event };
        const answer = await client.call(organiser, {
          method: 'GET',
          path: at(id),
          query,
          headers: inHomeZone,
        });
        const event = eventSchema.parse(answer);
        return event.isCancelled === true ? undefined : event;
      } catch (error) {
        if (isItemMissing(error)) return undefined;
        throw error;
      }
    },

    async create(name, event) {
      try {
        return ids.parse(await post('/events', { ...event, ...named(name) })).id;
      } catch (error) {
        // Made already: the answer was lost. The name identifies it.
        const current = isFault(error, 409) ? await api.find(name) : undefined;
        if (current === undefined) throw error;
        return current;
      }
    },

    async change(id, what) {
      await client.call(organiser, { method: 'PATCH', path: at(id), body: what });
    },

    async cancel(id) {
      try {
        await post(`${at(id)}/cancel`, {}).catch((error: unknown) => {
          // What nobody is invited to is no meeting: it cannot be called off, but deleted.
          if (!isFault(error, 400)) throw error;
          return client.call(organiser, { method: 'DELETE', path: at(id) });
        });
      } catch (error) {
        if (!isItemMissing(error)) throw error;
      }
    },

    async invite(id, addresses) {
      const toRecipients = addresses.map((address) => ({ emailAddress: { address } }));
      await post(`${at(id)}/forward`, { toRecipients });
    },

    async instances(id, from, to) {
      const query = {
        startDateTime: utcOf(from),
        endDateTime: utcOf(to),
        $select: wanted.instance,
        $top: '100',
      };
      const call = { method: 'GET', path: `${at(id)}/instances`, query, headers: inHomeZone } as const;
      return (await client.list(organiser, call, instanceSchema)).map(toInstance);
    },
  };
  return api;
}

const utcOf = (date: Temporal.PlainDate): string =>
  date.toZonedDateTime('Europe/Helsinki').toInstant().toString();

function toInstance({
  id,
  subject,
  location,
  start,
  end,
  originalStart,
}: z.infer<typeof instanceSchema>): CurrentInstance {
  const original = typeof originalStart === 'string' ? homeTime(originalStart) : start;
  const place = location?.displayName ?? '';
  return { id, subject: subject ?? '', place, start, end, date: original.toPlainDate() };
}

/** The addresses of all who are invited, lower case. */
export const invitedTo = (event: CurrentEvent): string[] =>
  (event.attendees ?? []).flatMap(({ emailAddress }) => emailAddress?.address?.toLowerCase() ?? []);

/** The ISO dates of hits that were called off; Graph names them `OID.<series>.<date>`. */
export const calledOff = (event: CurrentEvent): string[] =>
  (event.cancelledOccurrences ?? []).flatMap((name) => /\.(\d{4}-\d{2}-\d{2})$/.exec(name)?.[1] ?? []);
