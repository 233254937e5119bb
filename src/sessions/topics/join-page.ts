import { get, json, open, type Route } from '../../http/route.js';
import { t } from '../../i18n/messages.js';
import type { Programme } from '../../people/person.js';
import { cardPage } from '../../platform/card-page.js';
import { markup } from '../../platform/html.js';
import { spanText } from '../../shared/dates.js';
import type { Language } from '../../shared/languages.js';
import { translatedTo } from '../../shared/translated.js';
import type { WallAnswer } from '../../shared/answers/sessions.js';
import type { Occurrence } from '../occurrences/occurrence.js';
import { occurrenceIdOf } from '../occurrences/routes.js';
import type { WallService } from './wall.js';

interface Facts {
  readonly language: Language;
  readonly programme: string;
}

/** The page behind the short address of a wall: which session it is, and the way in; `undefined`: there is none now. */
export function joinPage(occurrence: Occurrence | undefined, { language, programme }: Facts): string {
  const title = t(language, 'join.title');
  if (occurrence?.joinUrl === undefined) {
    const heading = t(language, 'join.none');
    const body = markup`<p>${t(language, 'join.noneMore')}</p>`;
    return cardPage({ language, name: programme, heading, title, body });
  }
  const { names, start, end, joinUrl } = occurrence;
  const talk = occurrence.talk && translatedTo(language, occurrence.talk);
  return cardPage({
    language,
    name: programme,
    heading: names[language],
    title,
    body: markup`<p>${spanText(language, start, end)}</p>
${talk && markup`<p>${talk.topic}</p>`}
<p><a class="button" href="${joinUrl}">${t(language, 'join.button')}</a></p>`,
  });
}

interface WallRouteDeps {
  readonly wall: WallService;
  readonly programme: () => Promise<Programme>;
}

/** What is projected on a wall, and the page to which the short address on it leads; that is open, as the meeting is. */
export function wallRoutes({ wall, programme }: WallRouteDeps): Route[] {
  return [
    get('/api/occurrences/:id/wall', 'session:see', async (call) =>
      json((await wall.wall(call.person, occurrenceIdOf(call))) satisfies WallAnswer),
    ),
    open('get', '/j/:code', async ({ params, language }) => {
      const occurrence = await wall.joinedBy(params.code ?? '');
      const { names } = await programme();
      const text = joinPage(occurrence, { language, programme: names[language] });
      const isThere = occurrence?.joinUrl !== undefined;
      return { text, type: 'text/html; charset=utf-8', status: isThere ? 200 : 404 };
    }),
  ];
}
