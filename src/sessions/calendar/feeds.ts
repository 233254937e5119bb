import { AppError } from '../../platform/errors.js';
import type { OccurrenceId } from '../../platform/ids.js';
import { type Language, languages } from '../../shared/languages.js';
import type { Programme } from '../../people/person.js';
import { feedOf, singleOf } from './ics/ics.js';
import { findOccurrence, type Found, type ReadingDeps } from '../occurrences/reading.js';
import type { Series } from '../series/series.js';
import { asCalendar, calendarNamespaceOf } from './as-calendar.js';
import { segmentUid } from '../held.js';
import { z } from 'zod';
import { seriesAndDateOf, type Occurrence } from '../occurrences/occurrence.js';
import { open, type Reply, type Route } from '../../http/route.js';
import { occurrenceIdOf } from '../occurrences/routes.js';

interface FeedDeps extends ReadingDeps {
  readonly programme: () => Promise<Programme>;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
  /** Mail address from which invitations come. */
  readonly organiser: string;
}

async function seriesOf({ store }: FeedDeps, feedKey: string): Promise<Series> {
  const found = (await store.allSeries()).find(({ value }) => value.feedKey === feedKey);
  if (found === undefined) throw new AppError('series.notFound');
  return found.value;
}

async function frameOf({ programme, publicUrl, organiser }: FeedDeps, language: Language, stamp: string) {
  const current = await programme();
  return {
    namespace: calendarNamespaceOf(current, publicUrl),
    stamp,
    organiser: { name: current.names[language], address: organiser },
  };
}

/** Calendar files for whoever has the address of a series' feed; its key makes the address unguessable. */
export function calendarFeeds(deps: FeedDeps) {
  async function fileOf(
    series: Series,
    { segment, date }: Pick<Occurrence, 'segment' | 'date'>,
    language: Language,
    page?: string,
  ): Promise<string> {
    const [calendar, frame] = await Promise.all([
      asCalendar(deps, series, language, date),
      frameOf(deps, language, series.changedAt),
    ]);
    const shown = { ...calendar, ...(page !== undefined && { page }) };
    return singleOf(shown, { uid: segmentUid(series.id, segment), date }, frame);
  }

  return {
    /**
     * The series, to subscribe to, and the ISO instant at which it changed last: the same file while nothing changes.
     * @throws AppError `series.notFound`.
     */
    feed: async (
      feedKey: string,
      language: Language,
    ): Promise<{ readonly text: string; readonly changedAt: string }> => {
      const series = await seriesOf(deps, feedKey);
      const [calendar, frame] = await Promise.all([
        asCalendar(deps, series, language),
        frameOf(deps, language, series.changedAt),
      ]);
      const text = feedOf({ name: series.names[language], language, series: [calendar] }, frame);
      const talks = calendar.segments.flatMap((segment) => segment.talks.map(({ at }) => at));
      const newest = Math.max(...[series.changedAt, ...talks].map((at) => Date.parse(at)));
      return { text, changedAt: new Date(newest).toISOString() };
    },
    /**
     * One session, to add by hand, for whoever has found its public page.
     * @param page an address that is shown in place of the link to join, while that is not public yet.
     */
    ofPage: ({ series, occurrence }: Found, language: Language, page: string | undefined): Promise<string> =>
      fileOf(series.value, occurrence, language, page),

    /** One session, to add by hand. @throws AppError `series.notFound`, `occurrence.notFound`. */
    single: async (feedKey: string, id: OccurrenceId, language: Language): Promise<string> => {
      const series = await seriesOf(deps, feedKey);
      const { occurrence } = await findOccurrence(deps, id);
      if (occurrence.seriesId !== series.id) throw new AppError('occurrence.notFound', { id });
      return fileOf(series, occurrence, language);
    },
  };
}

const fileSchema = z.string().regex(/\.ics$/);

/** The name of a calendar file without its ending. */
function nameOf(file: string | undefined): string {
  const parsed = fileSchema.safeParse(file);
  if (!parsed.success) throw new AppError('route.notFound');
  return parsed.data.slice(0, -'.ics'.length);
}

function languageOf(name: string | undefined): Language {
  const found = languages.find((language) => language === name);
  if (found === undefined) throw new AppError('route.notFound');
  return found;
}

const calendar = (text: string) =>
  ({ text, type: 'text/calendar; charset=utf-8', isRevalidated: true }) as const satisfies Reply;

/**
 * Calendar files, for whoever has the address: `/calendar/<feed key>/fi.ics` to subscribe to, and
 * `/calendar/<feed key>/fi/<occurrence>.ics` with one session, for cards and mails.
 */
export function calendarFeedRoutes(feeds: ReturnType<typeof calendarFeeds>): Route[] {
  return [
    open('get', '/calendar/:feed/:file', async ({ params }) => {
      const { text, changedAt } = await feeds.feed(params.feed ?? '', languageOf(nameOf(params.file)));
      return { ...calendar(text), changedAt };
    }),
    open('get', '/calendar/:feed/:language/:file', async ({ params }) => {
      const id = occurrenceIdOf({ params: { id: nameOf(params.file) } });
      const text = await feeds.single(params.feed ?? '', id, languageOf(params.language));
      // People find it among their downloads by its date.
      return { ...calendar(text), fileName: `big-room-${seriesAndDateOf(id)?.date ?? id}.ics` };
    }),
  ];
}
