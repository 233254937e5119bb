import type { Page } from '../../../src/platform/pages.js';
import { z } from 'zod';
import { languages } from '../../../src/shared/languages.js';
import type { NewsLine } from '../../../src/news/news.js';
import { type BotServices, type Turn, replaceWith } from '../../conversation/turn.js';
import { helpView, languageView } from '../../conversation/help.js';
import { listView } from '../news/list.js';
import { type Action, action } from '../../conversation/action.js';

const pageSize = 5;
const maxPages = 100;
/** Among so many of the newest, those that may be shown before others are looked for. */
const maxLookedAt = 30;

/** The pages that were turned over to reach this one; see `Trail`. */
export const trailSchema = z.array(z.string().min(1).max(300)).max(maxPages);

/** Before others only what is accepted is shown: how the rest gets on is between the author and the bot. */
async function accepted({ person }: Turn, { news }: BotServices): Promise<Page<NewsLine>> {
  const { lines } = await news.mine(person, undefined, maxLookedAt);
  return { lines: lines.filter(({ status }) => status === 'accepted').slice(0, pageSize) };
}

export const talkActions = {
  'help.open': action('programme:see', z.object({}), (turn) =>
    Promise.resolve(replaceWith(helpView(turn, 'asked'))),
  ),
  'language.open': action('programme:see', z.object({}), (turn) =>
    Promise.resolve(replaceWith(languageView(turn, false))),
  ),
  'language.set': action(
    'programme:see',
    z.object({ language: z.enum(languages) }),
    async (turn, { language }, { people }) => {
      const person = await people.setLanguage(turn.person.id, language);
      return replaceWith(languageView({ ...turn, person, language: person.language }, true));
    },
  ),
  'news.mine': action(
    'news:seeOwn',
    z.object({ trail: trailSchema.default([]) }),
    async (turn, { trail }, services) => {
      if (turn.scope !== 'personal') return replaceWith(listView(turn, await accepted(turn, services), []));
      const page = await services.news.mine(turn.person, trail.at(-1), pageSize);
      return replaceWith(listView(turn, page, trail));
    },
  ),
} satisfies Record<string, Action>;
