import { Temporal } from 'temporal-polyfill';
import type { NewsLine } from '../../../src/news/types.js';
import type { Clock } from '../../../src/platform/clock.js';
import type { Programme } from '../../../src/people/person.js';
import { completedLink } from '../../../src/shared/links.js';
import type { NewsService } from '../../../src/news/service.js';
import { textLimits } from '../../../src/content/text.js';
import type { Said } from '../../feature.js';
import type { Turn } from '../../conversation/turn.js';
import type { Press } from '../../conversation/understanding/intent.js';
import type { Draft } from '../../conversation/understanding/story.js';

/** For how long what nobody understood can be the reply to the last message about an item. */
const replyDays = 14;
/** How many of the newest own items are looked at. */
const maxSearched = 30;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The only project that a text names, in any language, inflected or not. */
function namedProject({ projects }: Programme, text: string): string | undefined {
  const named = projects.filter(({ id, names }) =>
    [id, ...Object.values(names)]
      .filter((name) => name !== '')
      .some((name) => new RegExp(`(?<!\\p{L})${escaped(name)}\\p{L}{0,4}(?!\\p{L})`, 'iu').test(text)),
  );
  return named.length === 1 ? named[0]?.id : undefined;
}

/** The form, filled in with what somebody told. */
export function formFor(
  { programme }: Turn,
  { title, body, link, left }: Draft,
  { text, language }: Said,
): Press {
  const projectId = namedProject(programme, text);
  return {
    verb: 'form.open',
    data: {
      prefill: {
        title,
        body,
        language,
        ...(link !== '' && { link: completedLink(link) }),
        ...(projectId !== undefined && { projectId }),
        ...(left > 0 && { left }),
      },
    },
  };
}

interface Deps {
  readonly news: Pick<NewsService, 'mine'>;
  readonly clock: Clock;
}

/** What was written to the author lately and not dealt with, about an item that waits for nothing any more. */
function lateQuestion(lines: readonly NewsLine[], { clock }: Deps): NewsLine | undefined {
  const since = clock.now().subtract({ hours: 24 * replyDays });
  const at = ({ lastMessage }: NewsLine): string => lastMessage?.at ?? '';
  return lines
    .filter(
      ({ lastMessage }) => lastMessage !== undefined && !lastMessage.isAuthors && !lastMessage.isAnswered,
    )
    .filter((line) => Temporal.Instant.compare(at(line), since) > 0)
    .sort((one, other) => at(other).localeCompare(at(one)))[0];
}

/**
 * What a text is that asks for nothing: news where the writer says so; the answer where something was asked about one of
 * their items; else news where it is long enough.
 */
export async function pressForUnasked(turn: Turn, said: Said, deps: Deps): Promise<Press | undefined> {
  const { draft, text, key } = said;
  const form = draft && formFor(turn, draft, said);
  if (draft?.isNamed === true || turn.scope !== 'personal' || text.length > textLimits.body) return form;
  const { lines } = await deps.news.mine(turn.person, undefined, maxSearched);
  const open = lines.filter(({ status }) => status === 'changesRequested');
  const [only, another] = open;
  if (another !== undefined) return { verb: 'reply.which', data: { text, key } };
  const late = only ?? lateQuestion(lines, deps);
  const isReply =
    late !== undefined && (late === only || draft === undefined || late.lastMessage?.kind === 'question');
  return isReply ? { verb: 'reply.send', data: { id: late.id, text, key } } : form;
}
