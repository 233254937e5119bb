import { Temporal } from 'temporal-polyfill';
import { leadsSessions } from '../policy.js';
import { actionContextOf } from '../../platform/aggregate.js';
import type { Actor } from '../../platform/actor.js';
import { homeZone, today } from '../../platform/clock.js';
import { AppError } from '../../platform/errors.js';
import { whileConflicting } from '../../platform/commit.js';
import type { Holiday, HolidayBook } from '../../platform/holidays.js';
import { deterministicId, freshId, type SeriesId } from '../../platform/ids.js';
import type { Page } from '../../platform/pages.js';
import { requireUnchanged, type Seen } from '../../platform/seen.js';
import { requirePermission } from '../../people/permissions.js';
import type { PeopleService } from '../../people/service.js';
import {
  allInOrder,
  changeSeries,
  findSeries,
  findSeriesOrDraft,
  invitationMessages,
  planMessage,
  requireActive,
  requireNotEnded,
  type SeriesChangeDeps,
  type SeriesMoved,
} from './change.js';
import { firstHits, freeDates, proposalFor, timeOf } from './dates.js';
import { invalid, parseEdit, parseNewSeries, parsePreview, parseTiming, requireSeenTiming } from './input.js';
import type { RemindedChannel, Series, SeriesAudit } from './series.js';

/** A date that a rule would give, with what is to be thought of. */
export interface PreviewDate {
  readonly date: string;
  readonly start: string;
  readonly end: string;
  readonly holiday?: Holiday;
  /** ISO date to which it could move instead. */
  readonly proposal?: string;
  /** In a month of the pause: it does not take place. */
  readonly isPaused?: true;
  /** The clocks change in the night before or on the day. */
  readonly clockChanges?: true;
}

export interface SeriesServiceDeps extends SeriesChangeDeps {
  readonly holidays: HolidayBook;
  readonly people: Pick<PeopleService, 'programme'>;
  readonly undoSeconds: number;
}

const previewDates = 12;
/** @throws AppError `series.published`. */
function requireDraft({ id, state }: Series): void {
  if (state.status !== 'draft') throw new AppError('series.published', { id });
}

/** More channels than any programme reminds of one series. */
const maxChannels = 20;

function changesClock(date: string): boolean {
  const day = Temporal.PlainDate.from(date);
  const offset = (on: Temporal.PlainDate) =>
    on.toZonedDateTime({ timeZone: homeZone, plainTime: '12:00' }).offset;
  return offset(day.subtract({ days: 1 })) !== offset(day);
}

/**
 * The series of a programme, without what concerns their single dates. Each operation checks what the actor may do
 * (`session:see`, `session:edit`). All throw AppError `permission.denied`, `series.notFound`.
 */
export function seriesService(deps: SeriesServiceDeps) {
  const { store, clock, holidays, people, outbox } = deps;

  /** A draft is for those who may edit it; to others there is no such series. */
  const seriesFor = (actor: Actor, id: SeriesId) =>
    leadsSessions(actor) ? findSeriesOrDraft(store, id) : findSeries(store, id);

  return {
    /** All series, active ones first, by kind and name; before them the drafts, for those who may edit. */
    list: async (actor: Actor): Promise<readonly Series[]> => {
      requirePermission(actor, 'session:see');
      const published = await allInOrder(store);
      if (!leadsSessions(actor)) return published;
      const drafts = await allInOrder({ allSeries: store.drafts });
      return [...drafts, ...published];
    },

    get: async (actor: Actor, id: SeriesId): Promise<{ readonly series: Series }> => {
      requirePermission(actor, 'session:see');
      return { series: (await seriesFor(actor, id)).value };
    },

    /** Who did what to a series, newest first, 50 a page. */
    seriesAudit: async (actor: Actor, id: SeriesId, after?: string): Promise<Page<SeriesAudit>> => {
      requirePermission(actor, 'session:see');
      const { value } = await seriesFor(actor, id);
      return store.seriesAudit(id, value.auditCount, after);
    },

    /**
     * The next twelve dates that such a series would have; `input` as for `create`, whatever of it is there.
     * @throws AppError `input.invalid` with faults at `rule`, `from`, `until`, `time`, `minutes`.
     */
    preview: async (actor: Actor, input: unknown): Promise<readonly PreviewDate[]> => {
      requirePermission(actor, 'session:edit');
      const { segment, pausedMonths } = parsePreview(input, today(clock).toString());
      const hits = firstHits({ segments: [segment], pausedMonths: [] }, segment.from, previewDates);
      const last = hits.at(-1)?.date ?? segment.from;
      const [free, series] = await Promise.all([holidays.between(segment.from, last), allInOrder(store)]);
      return Promise.all(
        hits.map(async ({ date }): Promise<PreviewDate> => {
          const holiday = free.find((each) => each.date === date);
          const proposal =
            holiday && (await proposalFor(holidays, date, segment.rule, freeDates(series, date)));
          return {
            date,
            ...timeOf(segment, date),
            ...(holiday && { holiday }),
            ...(proposal !== undefined && { proposal }),
            ...(pausedMonths.includes(Number(date.slice(5, 7))) && { isPaused: true }),
            ...(changesClock(date) && { clockChanges: true }),
          };
        }),
      );
    },

    /**
     * `input` has a `formId`: the same form sent twice is one series. With `isDraft` it is a draft: nothing follows from it
     * until it is published. @throws AppError `input.invalid`.
     */
    create: async (actor: Actor, input: unknown): Promise<SeriesMoved> => {
      requirePermission(actor, 'session:edit');
      const { at, by, dueAt } = actionContextOf(deps, actor);
      const form = { at, today: today(clock).toString() };
      const { formId, series: given } = parseNewSeries(input, await people.programme(), form);
      const id = deterministicId<SeriesId>('series', actor.id, formId);
      return whileConflicting(async () => {
        const current = await store.seriesOrDraft(id);
        if (current !== undefined) return { series: current.value };
        const series: Series = { ...given, id, feedKey: freshId(), auditCount: 1 };
        const entry: SeriesAudit = { number: 1, at, by, event: { action: 'create' } };
        const messages = [
          ...invitationMessages(series, series.isOpenToContacts, dueAt),
          planMessage(id, ['series', '1'], dueAt),
        ];
        const isDraft = series.state.status === 'draft';
        await outbox.commit(store.putSeries(undefined, series, [entry]), isDraft ? [] : messages);
        return { series };
      });
    },

    /**
     * Names, people, reminders, rotation, pause, agenda, join link: whatever of it is in `input`; the same as its writer
     * saw it in `seen`. @throws `input.invalid`, `series.ended`, `edit.conflict`.
     */
    edit: async (actor: Actor, id: SeriesId, input: unknown, seen?: Seen): Promise<SeriesMoved> => {
      requirePermission(actor, 'session:edit');
      const programme = await people.programme();
      return changeSeries(deps, id, actor, (series) => {
        requireNotEnded(series);
        const after = parseEdit(input, { series, programme, today: today(clock).toString(), seen });
        return { series: after, event: { action: 'edit' }, canUndo: true };
      });
    },

    /**
     * Another kind, rule, time, length or end of a draft; all of `timing` that is not given stays.
     * @param seen `kind` and `segments` as its writer saw them.
     * @throws `input.invalid`, `edit.conflict`, `series.published`.
     */
    setTiming: async (actor: Actor, id: SeriesId, input: unknown, seen?: Seen): Promise<SeriesMoved> => {
      requirePermission(actor, 'session:edit');
      return changeSeries(deps, id, actor, (series) => {
        requireDraft(series);
        requireSeenTiming(seen, series);
        const segment = parseTiming(input, series, today(clock).toString());
        return { series: { ...series, segments: [segment] }, event: { action: 'timing' }, canUndo: false };
      });
    },

    /**
     * Makes a series of a draft: from now on it has sessions, and those who are invited hear of it.
     * @param seen what of it was looked through: the same as it is, or it is looked through again.
     * @throws `input.invalid` where it has no date to come, `edit.conflict`, `series.published`.
     */
    publish: async (actor: Actor, id: SeriesId, seen?: Seen): Promise<SeriesMoved> => {
      requirePermission(actor, 'session:edit');
      return changeSeries(deps, id, actor, (series) => {
        requireDraft(series);
        requireUnchanged(seen, { auditCount: series.auditCount });
        if (firstHits(series, today(clock).toString(), 1).length === 0)
          throw invalid({ field: 'rule', code: 'noDates' });
        const active: Series = { ...series, state: { status: 'active' } };
        return { series: active, event: { action: 'publish' }, canUndo: true };
      });
    },

    /** Takes a draft away for good. Whatever was published can be ended, or its publishing undone at once. @throws `series.published`. */
    removeDraft: async (actor: Actor, id: SeriesId): Promise<void> => {
      requirePermission(actor, 'session:edit');
      return whileConflicting(async () => {
        const found = await store.seriesOrDraft(id);
        if (found === undefined) return;
        requireDraft(found.value);
        await store.commit(store.removeDraft(found));
      });
    },

    /**
     * Other addresses of its calendar feeds, where the old ones got into wrong hands: those lead nowhere any more. The public
     * page shows them, and so gets another address too.
     */
    renewFeed: async (actor: Actor, id: SeriesId): Promise<SeriesMoved> => {
      requirePermission(actor, 'session:edit');
      return changeSeries(deps, id, actor, (series) => ({
        series: { ...series, feedKey: freshId(), pageKey: freshId() },
        event: { action: 'renewFeed' },
        canUndo: false,
      }));
    },

    /** A channel or group chat is reminded of the series from now on, or no more. */
    remindChannel: async (
      actor: Actor,
      id: SeriesId,
      channel: RemindedChannel,
      isOn: boolean,
    ): Promise<SeriesMoved> => {
      requirePermission(actor, 'session:edit');
      return changeSeries(deps, id, actor, (series) => {
        requireActive(series);
        const { reminders } = series;
        const others = reminders.channels.filter(
          ({ chat }) => chat.conversationId !== channel.chat.conversationId,
        );
        if (isOn && others.length >= maxChannels) {
          const values = { length: others.length + 1, limit: maxChannels };
          throw invalid({ field: 'channel', code: 'tooMany', values });
        }
        const channels = isOn ? [...others, channel] : others;
        const isNewWay = isOn && !reminders.ways.includes('channel');
        const ways = isNewWay ? [...reminders.ways, 'channel' as const] : reminders.ways;
        return {
          series: { ...series, reminders: { ...reminders, channels, ways } },
          event: { action: 'remindHere' },
          canUndo: true,
        };
      });
    },
  };
}

export type SeriesService = ReturnType<typeof seriesService>;
