import { z } from 'zod';
import { AppError } from '../../platform/errors.js';
import { languages, type Language } from '../../shared/languages.js';
import type { CalendarFeeds } from './feeds.js';
import { placeOf } from '../occurrences/occurrence.js';
import { open, type Reply, type Route } from '../../http/route.js';
import { occurrenceIdOf } from '../occurrences/routes.js';

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

const calendar = (text: string): Reply => ({ text, type: 'text/calendar; charset=utf-8' });

/**
 * Calendar files, for whoever has the address: `/calendar/<feed key>/fi.ics` to subscribe to, and
 * `/calendar/<feed key>/fi/<occurrence>.ics` with one session, for cards and mails.
 */
export function calendarFeedRoutes(feeds: CalendarFeeds): Route[] {
  return [
    open('get', '/calendar/:feed/:file', async ({ params }) =>
      calendar(await feeds.feed(params.feed ?? '', languageOf(nameOf(params.file)))),
    ),
    open('get', '/calendar/:feed/:language/:file', async ({ params }) => {
      const id = occurrenceIdOf({ params: { id: nameOf(params.file) } });
      const text = await feeds.single(params.feed ?? '', id, languageOf(params.language));
      // People find it among their downloads by its date.
      return { ...calendar(text), fileName: `big-room-${placeOf(id)?.date ?? id}.ics` };
    }),
  ];
}
