import type { FanOutContent } from '../../src/delivery/fan-out/kind.js';
import type { FanOutNotice } from '../../src/delivery/fan-out/unreached.js';
import type { Notice } from '../../src/delivery/notices.js';
import type { ActivityType, FeedActivity } from '../../src/delivery/reach/teams-reach.js';
import type { Person } from '../../src/people/person.js';
import type { Language } from '../../src/shared/languages.js';
import { shortened } from '../cards/parts.js';
import { type Card, shownTexts } from '../cards/render.js';

/** What a feature says of a notice or of what went to many, in place of what its card says first. */
export interface ActivityText {
  readonly type: ActivityType;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Who reads it: one person, or all of a language. */
export interface ActivityReader {
  readonly language: Language;
  readonly person?: Person;
}

interface Views {
  activity(what: Notice | FanOutContent, reader: ActivityReader): Promise<ActivityText | undefined>;
}

/** By the kind, which is `about` of a notice and `kind` of what is sent to many; nothing where its card says it as well. */
export type ActivityViews = Readonly<Record<string, Views['activity']>>;

const maxCharacters = 120;
const maxPreview = 150;

const idOf = (facts: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const id = facts[name];
  return typeof id === 'string' && id !== '' ? encodeURIComponent(id) : undefined;
};

/** Where in the tab it is: the item, the session, the issue or the release that the facts name; else the beginning. */
export function placeOf(what: object): string {
  const facts = what as Readonly<Record<string, unknown>>;
  const content = facts.content;
  if (typeof content === 'object' && content !== null) return placeOf(content);
  const places = [
    ['newsId', 'news'],
    ['occurrenceId', 'sessions'],
    ['issueId', 'newsletter'],
    ['seriesId', 'sessions/series'],
    ['releaseId', 'releases'],
  ] as const;
  for (const [name, place] of places) {
    const id = idOf(facts, name);
    if (id !== undefined) return `${place}/${id}`;
  }
  return '';
}

/**
 * What the activity feed shows of something that has a card: what its feature says, else the card's first lines.
 * @param programmeName of its place; empty for the first programme, whose tab has the addresses themselves.
 */
export async function activityOf(
  what: Notice | FanOutContent,
  card: Card,
  reader: ActivityReader,
  { views, programmeName }: { readonly views: ActivityViews; readonly programmeName: string },
): Promise<FeedActivity> {
  const [about = '', title = '', ...texts] = shownTexts(card)
    .map((text) => shortened(text, maxCharacters))
    .filter((text) => text !== '');
  // Of what went to many and did not reach somebody, that is what it is about.
  const shown = 'about' in what && what.about === 'fanOut' ? (what as FanOutNotice).content : what;
  const key = 'about' in shown ? shown.about : shown.kind;
  const view = typeof key === 'string' && Object.hasOwn(views, key) ? views[key] : undefined;
  const { type, parameters } = (await view?.(shown, reader)) ?? {
    type: 'other',
    parameters: { about, title },
  };
  const place = placeOf(what);
  return {
    type,
    parameters,
    preview: shortened(texts.join(' '), maxPreview) || title,
    topic: title === '' ? about : title,
    subPage: programmeName === '' ? place : `p/${encodeURIComponent(programmeName)}/${place}`,
  };
}
