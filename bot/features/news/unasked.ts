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
import { type Draft, beginsAsMore } from '../../conversation/understanding/story.js';
import {
  hasPronoun,
  isContrasted,
  isOutright,
  isPointing,
  namedIn,
  pointsBack,
  requestIn,
  shownLast,
} from './pointing.js';

/** For how long what nobody understood can be the reply to the last message about an item. */
const replyDays = 14;
/**
 * For so many hours after a message of its author's an item is what they speak of: a working day, and a night shift too, which
 * a calendar day would cut in two. After a form alone it is an hour: most who have sent one go on to something else.
 */
const [afterMessage, afterForm] = [12, 1];
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
  { text, language }: Pick<Said, 'text' | 'language'>,
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
  readonly news: Pick<NewsService, 'mine' | 'repliedTo'>;
  readonly clock: Clock;
}

const isLater = (at: string | undefined, than: Temporal.Instant | string): boolean =>
  at !== undefined && Temporal.Instant.compare(at, than) > 0;

/** What was written to the author lately and not dealt with, about an item that waits for nothing any more. */
function lateQuestion(lines: readonly NewsLine[], { clock }: Deps): NewsLine | undefined {
  const since = clock.now().subtract({ hours: 24 * replyDays });
  const at = ({ lastMessage }: NewsLine): string => lastMessage?.at ?? '';
  return lines
    .filter(
      ({ lastMessage }) => lastMessage !== undefined && !lastMessage.isAuthors && !lastMessage.isAnswered,
    )
    .filter((line) => isLater(at(line), since))
    .sort((one, other) => at(other).localeCompare(at(one)))[0];
}

/** Whether something can still be made of what its author adds: it is neither out everywhere nor given up. */
const isWithTeam = ({ status, view }: NewsLine): boolean =>
  status !== 'rejected' && status !== 'withdrawn' && view !== 'archive';

const wroteAt = ({ lastMessage, submittedAt }: NewsLine): string => lastMessage?.at ?? submittedAt;
const hasMessage = ({ lastMessage }: NewsLine): boolean => lastMessage !== undefined;

/** The items about which the author wrote last themselves, the latest first; one of which only the form was sent after them. */
function wroteLast(lines: readonly NewsLine[], { clock }: Deps): readonly NewsLine[] {
  const now = clock.now();
  const isWithin = (line: NewsLine): boolean =>
    isLater(wroteAt(line), now.subtract({ hours: hasMessage(line) ? afterMessage : afterForm }));
  const known = lines
    .filter((line) => isWithTeam(line) && line.lastMessage?.isAuthors !== false && isWithin(line))
    .sort((one, other) => wroteAt(other).localeCompare(wroteAt(one)));
  const latest = known.find(hasMessage)?.lastMessage?.at;
  return known.filter((line) => hasMessage(line) || latest === undefined || isLater(wroteAt(line), latest));
}

/**
 * Where what somebody adds belongs, as the button for which it stands. It is sent right away where they have written about one
 * item, and asked about where it may be another one, or news: an item of which they only sent the form says little about the
 * next message, unless that begins like an afterthought. A link alone is then news, whatever was sent before it.
 */
function pressForMore(
  lines: readonly NewsLine[],
  { text, key, draft, hasGuesses }: Said,
  deps: Deps,
): Press | undefined {
  const isMore = beginsAsMore(text);
  const isLink = draft?.title === '';
  if (draft !== undefined && !isMore && !isLink) return undefined;
  const known = wroteLast(lines, deps);
  const [first, another] = known;
  if (first === undefined) return undefined;
  const isSpokenOf = known.some(hasMessage);
  if (isLink && !isMore && !isSpokenOf) return undefined;
  if (another === undefined && !isLink && (isMore || isSpokenOf))
    return { verb: 'reply.send', data: { id: first.id, text, key } };
  if (hasGuesses && !isMore && !isSpokenOf) return undefined;
  const published = lines.filter(({ outAt }) =>
    isLater(outAt, deps.clock.now().subtract({ hours: 24 * replyDays })),
  );
  return { verb: 'reply.which', data: { text, key, about: [...known, ...published].map(({ id }) => id) } };
}

/** The ids of items, for a choice among them. */
const which = ({ text, key }: Said, lines: readonly NewsLine[]): Press => ({
  verb: 'reply.which',
  data: { text, key, about: lines.map(({ id }) => id) },
});

/** What is done with a text about this item: one that is used nowhere its author takes back themselves. */
function pressAbout({ text, key }: Said, { id, used, status }: NewsLine, isRemoval: boolean): Press {
  const isWithdrawable = isRemoval && !used && status !== 'rejected';
  return isWithdrawable
    ? { verb: 'news.askWithdraw', data: { id } }
    : { verb: 'reply.send', data: { id, text, key } };
}

/**
 * The items that a text is about which names one, or asks to correct or remove something: the one that is named, else the one
 * that was shown last. All that may be meant where nothing was shown lately. None where the text speaks of nothing known.
 */
function spokenOf(lines: readonly NewsLine[], said: Said, { clock }: Deps): readonly NewsLine[] {
  const { text, draft, hasGuesses } = said;
  const request = requestIn(text);
  const isAsking = request !== undefined;
  const isStory = draft !== undefined && !beginsAsMore(text);
  if (isStory && !(isAsking && isOutright(text))) return [];
  if (!isAsking && (hasGuesses || /\?["”)]?\s*$/u.test(text))) return [];
  const known = lines.filter(({ status }) => status !== 'withdrawn');
  const named = namedIn(known, text, { isEnough: isAsking || pointsBack(text) });
  if (named.length > 0) return oneShownLast(named, clock) ?? named;
  const isCorrection = isAsking && (isPointing(text) || isContrasted(text));
  if (!isCorrection && !pointsBack(text)) return [];
  const shown = shownLast(known, clock.now(), afterMessage);
  return shown.length > 0 || !isAsking || !isPointing(text) ? shown : known;
}

function oneShownLast(lines: readonly NewsLine[], clock: Clock): readonly NewsLine[] | undefined {
  const shown = shownLast(lines, clock.now(), afterMessage);
  return shown.length === 1 ? shown : undefined;
}

/** Requests that may be about one item: the list of what can be taken back, and what corrections are taken for. */
const narrowable: readonly string[] = ['news.takeBack', 'news.status', 'news.mine', 'form.open'];

/**
 * What a request is about, where it names an item or means the one that was shown last: "poista se". The list of what can be
 * taken back stays where it does neither.
 */
export async function narrowedPress(
  turn: Turn,
  said: Said,
  { verb }: Press,
  deps: Deps,
): Promise<Press | undefined> {
  const { text, key } = said;
  const isCorrection = requestIn(text)?.isRemoval === false;
  const isTakingBack = verb === 'news.takeBack' && !isCorrection;
  const isNarrowable = isTakingBack || (narrowable.includes(verb) && isCorrection);
  if (!isNarrowable || turn.scope !== 'personal' || text.length > textLimits.body) return undefined;
  const [{ lines }, repliedTo] = await Promise.all([
    deps.news.mine(turn.person, undefined, maxSearched),
    key === '' ? undefined : deps.news.repliedTo(turn.person, key, text),
  ]);
  if (repliedTo !== undefined) return { verb: 'reply.send', data: { id: repliedTo, text, key } };
  const about = isTakingBack ? takenBack(lines, text, deps) : spokenOf(lines, said, deps);
  const [one, another] = about;
  if (one === undefined) return undefined;
  return another === undefined ? pressAbout(said, one, isTakingBack) : which(said, about);
}

/** The items that somebody wants back who says which. */
function takenBack(lines: readonly NewsLine[], text: string, { clock }: Deps): readonly NewsLine[] {
  const known = lines.filter(({ status }) => status !== 'withdrawn' && status !== 'rejected');
  const named = namedIn(known, text, { isEnough: true });
  if (named.length > 0) return oneShownLast(named, clock) ?? named;
  return hasPronoun(text) ? shownLast(known, clock.now(), afterMessage) : [];
}

/**
 * What a text is that asks for nothing: news where the writer says so; the answer where something was asked about one of
 * their items; else news where it is long enough, and what is added to what they wrote last where it is not.
 */
export async function pressForUnasked(turn: Turn, said: Said, deps: Deps): Promise<Press | undefined> {
  const { draft, text, key } = said;
  const form = draft && formFor(turn, draft, said);
  if (draft?.isNamed === true || turn.scope !== 'personal' || text.length > textLimits.body) return form;
  const [{ lines }, repliedTo] = await Promise.all([
    deps.news.mine(turn.person, undefined, maxSearched),
    key === '' ? undefined : deps.news.repliedTo(turn.person, key, text),
  ]);
  // Teams delivers a message again that got no answer in time: it is no second one, whatever it would mean by now.
  if (repliedTo !== undefined) return { verb: 'reply.send', data: { id: repliedTo, text, key } };
  const about = spokenOf(lines, said, deps);
  const [meant, orElse] = about;
  if (orElse !== undefined) return which(said, about);
  if (meant !== undefined) return pressAbout(said, meant, requestIn(text)?.isRemoval === true);
  const open = lines.filter(({ status }) => status === 'changesRequested');
  const [only, another] = open;
  const late = only ?? lateQuestion(lines, deps);
  const isStory = draft !== undefined && !beginsAsMore(text);
  // Whoever wrote about one item after another one was asked about may mean either.
  const since = late?.lastMessage?.at;
  const between = wroteLast(lines, deps).filter(
    (line) => hasMessage(line) && since !== undefined && isLater(wroteAt(line), since),
  );
  if (another !== undefined || (late !== undefined && between.length > 0 && !isStory)) {
    const possible = [...(only === undefined && late !== undefined ? [late] : open), ...between];
    const about = possible.map(({ id }) => id);
    return { verb: 'reply.which', data: { text, key, ...(between.length > 0 && { about }) } };
  }
  if (late !== undefined && (late === only || !isStory || late.lastMessage?.kind === 'question'))
    return { verb: 'reply.send', data: { id: late.id, text, key } };
  return pressForMore(lines, said, deps) ?? form;
}
