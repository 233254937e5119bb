import { Temporal } from 'temporal-polyfill';
import type { Actor } from '../../platform/actor.js';
import { today } from '../../platform/clock.js';
import type { SeriesId } from '../../platform/ids.js';
import type { ContactLookup } from '../../audience/service.js';
import { requirePermission } from '../../people/permissions.js';
import type { PeopleService } from '../../people/service.js';
import type { Language } from '../../shared/languages.js';
import { invitationPreview } from '../mails/session-mails.js';
import type { WritingDeps } from '../mails/writing.js';
import { invitedPeople } from '../coming/invited.js';
import type { OccurrenceLine } from '../occurrences/occurrence.js';
import { lineOf, occurrencesOf } from '../occurrences/reading.js';
import { isUpcoming } from '../occurrences/workflow.js';
import { allInOrder, findSeriesOrDraft } from '../series/change.js';
import { firstHits, timeOf } from '../series/dates.js';
import type { Series } from '../series/series.js';

/** Whom a series invites: members of the programme, contacts outside, and addresses of groups in the calendar. */
export interface Invited {
  readonly members: number;
  readonly contacts: number;
  readonly groups: number;
}

/** Another series that somebody may take for this one. */
export interface Duplicate {
  readonly id: SeriesId;
  readonly names: Series['names'];
  readonly hasSameName: boolean;
  /** The first start (ISO instant) at which both take place. */
  readonly clash?: string;
}

/** The invitation as a contact gets it, in one language. */
export interface InvitationPreview {
  readonly language: Language;
  readonly subject: string;
  readonly html: string;
}

/** What is looked through before a series is published. */
export interface SeriesReview {
  readonly invited: Invited;
  readonly duplicates: readonly Duplicate[];
  /** Without one nobody has where to join. */
  readonly hasJoinUrl: boolean;
  /** Absent where no contacts are invited: to them alone it goes by mail. */
  readonly invitations?: readonly InvitationPreview[];
}

/** One series of the list: what comes next of it, and whom it invites. */
export interface SeriesGlance {
  readonly id: SeriesId;
  readonly next?: OccurrenceLine;
  readonly invited: Invited;
}

export interface PublishingDeps extends WritingDeps {
  readonly people: Pick<PeopleService, 'all'>;
  readonly contacts: Pick<ContactLookup, 'subscribers'>;
}

/** How many dates of each series are compared: those of some months. */
const comparedDates = 30;
/** How far ahead the next session is looked for, in days: soon first, then where a rare one may be. */
const horizons = [100, 800] as const;

const namesOf = ({ names }: Pick<Series, 'names'>): string[] =>
  Object.values(names).map((name) => name.trim().toLocaleLowerCase('fi'));

/** The times of the next dates by the rules; ISO instants. */
function timesOf(series: Series, from: string): { readonly start: string; readonly end: string }[] {
  return firstHits(series, from, comparedDates).map(({ date, segment }) => timeOf(segment, date));
}

function duplicateOf(series: Series, other: Series, from: string): Duplicate | undefined {
  const names = new Set(namesOf(other));
  const hasSameName = namesOf(series).some((name) => names.has(name));
  const taken = timesOf(other, from);
  const clash = timesOf(series, from).find(({ start, end }) =>
    taken.some(
      (each) => Date.parse(each.start) < Date.parse(end) && Date.parse(each.end) > Date.parse(start),
    ),
  )?.start;
  if (!hasSameName && clash === undefined) return undefined;
  return { id: other.id, names: other.names, hasSameName, ...(clash !== undefined && { clash }) };
}

/**
 * What is known of a series beside its own settings, to decide about it: whom it invites, what its invitation looks like,
 * what comes next. For those who may edit; all throw AppError `permission.denied`.
 */
export function publishingService(deps: PublishingDeps) {
  const { sessions, people, contacts } = deps;
  const { store, clock } = sessions;

  async function invitedTo(
    series: Series,
    everybody: Awaited<ReturnType<PeopleService['all']>>,
  ): Promise<Invited> {
    const subscribers = series.isOpenToContacts ? await contacts.subscribers(series.id) : [];
    return {
      members: invitedPeople(series, everybody).length,
      contacts: subscribers.length,
      groups: series.groups.length,
    };
  }

  async function nextOf(series: Series): Promise<OccurrenceLine | undefined> {
    const day = today(clock);
    const now = clock.now();
    for (const days of horizons) {
      const from = day.subtract({ days: 1 }).toString();
      const all = await occurrencesOf(sessions, series, from, day.add({ days }).toString());
      const next = all.find((each) => isUpcoming(each) && Temporal.Instant.compare(each.end, now) > 0);
      if (next !== undefined) return lineOf(next);
    }
    return undefined;
  }

  return {
    /** All series that have not ended, drafts too, each with what is next and whom it invites. */
    glances: async (actor: Actor): Promise<readonly SeriesGlance[]> => {
      requirePermission(actor, 'session:edit');
      const [everybody, published, drafts] = await Promise.all([
        people.all(),
        store.allSeries(),
        store.drafts(),
      ]);
      const series = [...drafts, ...published]
        .map(({ value }) => value)
        .filter(({ state }) => state.status !== 'ended');
      return Promise.all(
        series.map(async (one): Promise<SeriesGlance> => {
          const [invited, next] = await Promise.all([
            invitedTo(one, everybody),
            one.state.status === 'active' ? nextOf(one) : undefined,
          ]);
          return { id: one.id, invited, ...(next && { next }) };
        }),
      );
    },

    /** @throws AppError `series.notFound`. */
    review: async (actor: Actor, id: SeriesId): Promise<SeriesReview> => {
      requirePermission(actor, 'session:edit');
      const { value: series } = await findSeriesOrDraft(store, id);
      const [everybody, all] = await Promise.all([people.all(), allInOrder(store)]);
      const from = today(clock).toString();
      const others = all.filter((other) => other.id !== id && other.state.status === 'active');
      const duplicates = others.flatMap((other) => duplicateOf(series, other, from) ?? []);
      const invited = await invitedTo(series, everybody);
      const facts = { invited, duplicates, hasJoinUrl: series.joinUrl !== undefined };
      if (!series.isOpenToContacts) return facts;
      const invitations = await Promise.all(
        (['fi', 'sv'] as const).map(async (language) => ({
          language,
          ...(await invitationPreview(deps, series, language)),
        })),
      );
      return { ...facts, invitations };
    },
  };
}

export type PublishingService = ReturnType<typeof publishingService>;
