import { isDeepStrictEqual } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { actionContextOf } from '../../platform/aggregate.js';
import type { Actor } from '../../platform/actor.js';
import { homeZone, today } from '../../platform/clock.js';
import { whileConflicting } from '../../platform/commit.js';
import type { Holiday } from '../../platform/holidays.js';
import { deterministicId, freshId, type SeriesId } from '../../platform/ids.js';
import type { Page } from '../../platform/pages.js';
import type { Seen } from '../../platform/seen.js';
import { requirePermission } from '../../people/permissions.js';
import type { PeopleService } from '../../people/service.js';
import {
  allInOrder,
  changeSeries,
  findSeries,
  invitationMessages,
  planMessage,
  requireActive,
  type SeriesChangeDeps,
  type SeriesMoved,
} from './change.js';
import { firstHits, freeDates, type HolidayBook, proposalFor, timeOf } from './dates.js';
import { invalid, parseEdit, parseNewSeries, parsePreview } from './input.js';
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

  return {
    /** All series, active ones first, by kind and name. */
    list: async (actor: Actor): Promise<readonly Series[]> => {
      requirePermission(actor, 'session:see');
      return allInOrder(store);
    },

    get: async (actor: Actor, id: SeriesId): Promise<{ readonly series: Series }> => {
      requirePermission(actor, 'session:see');
      return { series: (await findSeries(store, id)).value };
    },

    /** Who did what to a series, newest first, 50 a page. */
    seriesAudit: async (actor: Actor, id: SeriesId, after?: string): Promise<Page<SeriesAudit>> => {
      requirePermission(actor, 'session:see');
      const { value } = await findSeries(store, id);
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
          const proposal = holiday && (await proposalFor(date, segment.rule, freeDates(series, date)));
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

    /** `input` has a `formId`: the same form sent twice is one series. @throws AppError `input.invalid`. */
    create: async (actor: Actor, input: unknown): Promise<SeriesMoved> => {
      requirePermission(actor, 'session:edit');
      const { at, by, dueAt } = actionContextOf(deps, actor);
      const form = { at, today: today(clock).toString() };
      const { formId, series: given } = parseNewSeries(input, await people.programme(), form);
      const id = deterministicId<SeriesId>('series', actor.id, formId);
      return whileConflicting(async () => {
        const current = await store.series(id);
        if (current !== undefined) return { series: current.value };
        const series: Series = { ...given, id, feedKey: freshId(), auditCount: 1 };
        const entry: SeriesAudit = { number: 1, at, by, event: { action: 'create' } };
        await outbox.commit(store.putSeries(undefined, series, [entry]), [
          ...invitationMessages(series, series.isOpenToContacts, dueAt),
          planMessage(id, ['series', '1'], dueAt),
        ]);
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
        requireActive(series);
        const after = parseEdit(input, { series, programme, seen });
        const isPausedAnew = !isDeepStrictEqual(after.pausedMonths, series.pausedMonths);
        if (isPausedAnew && firstHits(after, today(clock).toString(), 1).length === 0)
          throw invalid({ field: 'pausedMonths', code: 'noDates' });
        return { series: after, event: { action: 'edit' }, canUndo: true };
      });
    },

    /** Other addresses of its calendar feeds, where the old ones got into wrong hands: those lead nowhere any more. */
    renewFeed: async (actor: Actor, id: SeriesId): Promise<SeriesMoved> => {
      requirePermission(actor, 'session:edit');
      return changeSeries(deps, id, actor, (series) => ({
        series: { ...series, feedKey: freshId() },
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
