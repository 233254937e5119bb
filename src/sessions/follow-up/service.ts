import { attending } from './attendance.js';
import { keeping } from './keeping.js';
import { makingNews } from './news.js';
import type { AfterwardsDeps } from './deps.js';
import { pulse, pulseOf } from './pulse.js';
import { thank } from './thanks.js';
import type { Actor } from '../../platform/actor.js';
import type { NewsId, OccurrenceId } from '../../platform/ids.js';
import type { NewsDraft, PulseView } from './follow-up.js';
import type { OccurrenceMoved } from '../occurrences/change.js';

/** After an occurrence: who was there, what was shown and said, thanks, pulse, and news made of it. */
export interface FollowUpService {
  setMaterials(actor: Actor, id: OccurrenceId, input: unknown): Promise<OccurrenceMoved>;
  /** `{ text, basedOn }`. @throws `text.conflict` with `{ theirs }` when another revision stands. */
  setNotes(actor: Actor, id: OccurrenceId, input: unknown): Promise<OccurrenceMoved>;
  /** A number by hand. */
  setAttendance(actor: Actor, id: OccurrenceId, input: unknown): Promise<OccurrenceMoved>;
  /** Asks the meeting's report again, and takes its number. @throws `attendance.noSource`, `attendance.notYet`, `calendar.unavailable`. */
  fetchAttendance(actor: Actor, id: OccurrenceId): Promise<OccurrenceMoved>;
  /** Thanks everybody with materials and recording; once for each press of the button, however often it arrives (`{ round }`). */
  thank(actor: Actor, id: OccurrenceId, input: unknown): Promise<OccurrenceMoved>;
  /** One answer a person; a second one takes the place of the first. */
  pulse(actor: Actor, id: OccurrenceId, input: unknown): Promise<void>;
  pulseOf(actor: Actor, id: OccurrenceId): Promise<PulseView>;
  /** What the news form is filled in with: of the talk, the notes and the materials. */
  newsDraft(actor: Actor, id: OccurrenceId): Promise<NewsDraft>;
  /** The news items that were made of it. */
  newsOf(actor: Actor, id: OccurrenceId): Promise<readonly NewsId[]>;
  /** A news item that the actor may see was made of it. */
  linkNews(actor: Actor, id: OccurrenceId, newsId: NewsId): Promise<void>;
}

/** See {@link AfterwardsService}. */
export function followUpService(deps: AfterwardsDeps): FollowUpService {
  return {
    ...keeping(deps),
    ...attending(deps),
    thank: (actor, id, input) => thank(deps, actor, id, input),
    pulse: (actor, id, input) => pulse(deps, actor, id, input),
    pulseOf: (actor, id) => pulseOf(deps, actor, id),
    ...makingNews(deps),
  };
}
