import { currentRevisions, lackingLanguages } from '../content/text.js';
import { owedLanguages } from '../people/person.js';
import { isBy } from '../platform/actor.js';
import { languages } from '../shared/languages.js';
import { shownStateOf, type NewsItem, type NewsLine, type ShownNewsState } from './types.js';
import type { NewsView } from './views.js';

/**
 * Whether its author wrote last, since it was decided on, and waits for the communications team: to reply, to edit its text, or
 * to say that nothing is needed.
 */
export function awaitsReply({
  author,
  state,
  lastMessage,
}: Pick<NewsItem, 'author' | 'state' | 'lastMessage'>) {
  if (state.status === 'submitted' || lastMessage === undefined) return false;
  const isOpen = isBy(lastMessage.by, author.id) && lastMessage.isAnswered !== true;
  return isOpen && Date.parse(lastMessage.at) > Date.parse(state.at);
}

/**
 * Where an item is on the desk. New: nobody has taken it. In work: it is reviewed, its author was asked, or it is accepted
 * and lacks a text, or its author waits for a reply. Ready: it can be used. Archive: nothing is to be done any more.
 */
export function viewOf(
  item: Pick<NewsItem, 'author' | 'state' | 'texts' | 'uses' | 'lastMessage' | 'languages'>,
): NewsView {
  if (awaitsReply(item)) return 'inWork';
  switch (item.state.status) {
    case 'submitted':
      return 'new';
    case 'inReview':
    case 'changesRequested':
      return 'inWork';
    case 'rejected':
    case 'withdrawn':
      return 'archive';
    case 'accepted': {
      if (item.uses.length > 0 && item.uses.every(({ outAt }) => outAt !== undefined)) return 'archive';
      return lackingLanguages(item.texts, owedLanguages(item)).length === 0 ? 'ready' : 'inWork';
    }
  }
}

/** When something happened last that brings an item up in its view: a move, or what its author did. ISO instant. */
function movedAt({ state, authorAt }: Pick<NewsItem, 'state' | 'authorAt'>): string {
  if (authorAt === undefined) return state.at;
  return Date.parse(authorAt) > Date.parse(state.at) ? authorAt : state.at;
}

/** Characters of what was asked that a line shows. */
const askedShown = 140;

/** The first characters of a text, whole ones, with a mark where something is left out. */
function beginning(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, length).join('').trimEnd()}…`;
}

function lastMessageOf({ author, lastMessage }: NewsItem): Pick<NewsLine, 'lastMessage'> {
  if (lastMessage === undefined) return {};
  const { at, kind, by, isAnswered } = lastMessage;
  const isAuthors = isBy(by, author.id);
  return { lastMessage: { at, kind, isAuthors, isAnswered: isAnswered === true } };
}

function outAtOf({ uses }: Pick<NewsItem, 'uses'>): Pick<NewsLine, 'outAt'> {
  const times = uses
    .flatMap(({ outAt }) => outAt ?? [])
    .sort((one, other) => Date.parse(one) - Date.parse(other));
  const last = times.at(-1);
  return last === undefined ? {} : { outAt: last };
}

/** The state of an item as people see it. */
export const shownState = ({ state, uses }: Pick<NewsItem, 'state' | 'uses'>): ShownNewsState =>
  shownStateOf({ status: state.status, ...outAtOf({ uses }) });

/** The line by which an item is recognised in a list: the server stores it, and the tab makes it of an item that has just changed. */
export function lineOf(item: NewsItem): NewsLine {
  return {
    id: item.id,
    projectId: item.projectId,
    authorName: item.author.name,
    submittedAt: item.submittedAt,
    status: item.state.status,
    titles: Object.fromEntries(
      languages.flatMap((language) => {
        const text = item.texts[language];
        return text === undefined ? [] : [[language, text.title] as const];
      }),
    ),
    missing: lackingLanguages(item.texts, owedLanguages(item)),
    used: item.uses.length > 0,
    ...outAtOf(item),
    view: viewOf(item),
    ...(awaitsReply(item) && { awaitsReply: true }),
    movedAt: movedAt(item),
    ...(item.state.status === 'submitted' && item.state.at !== item.submittedAt && { isResubmitted: true }),
    ...(item.state.status === 'changesRequested' && { asked: beginning(item.state.note, askedShown) }),
    audiences: item.audiences,
    wishedChannels: item.wishedChannels,
    ...(item.earliestDate !== undefined && { earliestDate: item.earliestDate }),
    ...(item.assignee !== undefined && { assignee: item.assignee }),
    revisions: currentRevisions(item.texts),
    ...lastMessageOf(item),
  };
}
