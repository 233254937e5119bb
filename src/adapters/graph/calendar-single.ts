import { Temporal } from 'temporal-polyfill';
import type { StandingEvent } from './calendar-api.js';
import {
  attendeesOf,
  eventName,
  inviteNew,
  isSameText,
  locate,
  newEvent,
  transactionId,
  type Following,
} from './calendar-event.js';
import type { MadeEvent } from './calendar-memory.js';
import { bodyHtml, bodyWith } from './event-text.js';
import { isSameTime, toGraph } from './graph-time.js';

export interface Single {
  readonly subject: string;
  readonly start: Temporal.ZonedDateTime;
  readonly end: Temporal.ZonedDateTime;
  /** Where one joins this one, if not where one joins the series. */
  readonly joinUrl: string | undefined;
}

/** What Outlook writes as the place of a meeting in Teams. */
export const teamsPlace = 'Microsoft Teams';

/** A hit of a segment's rule which is, or was, an event of its own. */
interface SingleEvent {
  readonly uid: string;
  /** ISO date of the hit. */
  readonly date: string;
  readonly description: string;
  /** The series' meeting: this event has none of its own, so that one joins where one always does. */
  readonly joinUrl: string | undefined;
  /** `undefined` where it is not to stand, or not any more. */
  readonly wanted: Single | undefined;
}

const joinUrlOf = (single: SingleEvent): string | undefined => single.wanted?.joinUrl ?? single.joinUrl;

function textOf(single: SingleEvent): string {
  const joinUrl = joinUrlOf(single);
  return joinUrl === undefined ? single.description : `${single.description}\n\n${joinUrl}`;
}

function placeOf(single: SingleEvent) {
  const joinUrl = joinUrlOf(single);
  return joinUrl === undefined ? {} : { location: { displayName: teamsPlace, locationUri: joinUrl } };
}

function creation(following: Following, single: SingleEvent, wanted: Single, made: MadeEvent): object {
  const { uid, date } = single;
  return {
    subject: wanted.subject,
    body: { contentType: 'HTML', content: bodyHtml(textOf(single)) },
    start: toGraph(wanted.start),
    end: toGraph(wanted.end),
    ...placeOf(single),
    attendees: attendeesOf(following.attendees),
    allowNewTimeProposals: false,
    transactionId: transactionId(uid, made, date),
  };
}

function changeOf(event: StandingEvent, single: SingleEvent, wanted: Single): object | undefined {
  const isMoved = !isSameTime(event.start, wanted.start) || !isSameTime(event.end, wanted.end);
  const content = bodyWith(event.body?.content ?? '', textOf(single));
  const change = {
    ...(!isSameText(event.subject, wanted.subject) && { subject: wanted.subject }),
    ...(isMoved && { start: toGraph(wanted.start), end: toGraph(wanted.end) }),
    // The text names the address, which thus is seen to differ.
    ...(content !== undefined && { body: { contentType: 'HTML', content }, ...placeOf(single) }),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}

/** Makes, changes or calls off the event of one hit that came back after it had been called off. */
export async function followSingle(following: Following, single: SingleEvent): Promise<void> {
  const { api, notes, clock } = following;
  const { uid, date, wanted } = single;
  const before = notes.of(uid).single[date] ?? newEvent;
  if (wanted === undefined && before.isClosed === true) return;
  const note = (made: MadeEvent) => notes.note(uid, { single: { ...notes.of(uid).single, [date]: made } });

  const name = eventName(uid, date);
  const { event, known } = await locate(api, before, name);
  if (wanted === undefined) {
    const isToCome = event !== undefined && Temporal.Instant.compare(event.end.toInstant(), clock.now()) > 0;
    if (isToCome) await api.cancel(event.id);
    const generation = known.generation + (event === undefined ? 0 : 1);
    await note({ ...newEvent, generation, isClosed: true });
    return;
  }
  if (event === undefined) {
    const { generation } = known;
    // Noted first: should the answer be lost, this is known to be looked for even if it is not wanted any more.
    await note({ ...newEvent, generation });
    const eventId = await api.create(name, creation(following, single, wanted, known));
    await note({ eventId, generation, invited: [...following.attendees] });
    return;
  }
  const change = changeOf(event, single, wanted);
  if (change !== undefined) await api.change(event.id, change);
  const invited = await inviteNew(following, event, known.invited);
  await note({ eventId: event.id, generation: known.generation, invited: [...invited] });
}
