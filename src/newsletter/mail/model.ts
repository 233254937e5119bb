import type { StoryId } from '../../platform/ids.js';
import type { Language, PublicLanguage } from '../../shared/languages.js';
import type { Weight } from '../types.js';

/** A story as the mail tells it. */
export interface MailStory {
  readonly id: StoryId;
  /** The language of its words; not always the mail's. */
  readonly language: Language;
  readonly title: string;
  readonly lead: string;
  /** Markdown. */
  readonly body: string;
  readonly weight: Weight;
  readonly link?: string;
}

export interface MailSection {
  readonly name: string;
  readonly stories: readonly MailStory[];
}

/** All that a mail says, in reading order. */
export interface MailModel {
  readonly language: PublicLanguage;
  readonly programme: string;
  readonly number: number;
  /** ISO date whose month stands in the heading. */
  readonly date: string;
  readonly lead?: MailStory;
  /** The project of the lead story. */
  readonly leadProject?: string;
  readonly sections: readonly MailSection[];
}

/** How much of a story is told: all of it, its beginning, or its title. */
export type Length = 'whole' | 'brief' | 'title';

/**
 * How long a story is by itself. Heavy ones and the lead story are told whole; short notes and those that go on
 * behind a link, briefly. One without a link has nowhere else to be read, so it is told whole.
 */
export function lengthOf({ weight, link }: MailStory, isLead: boolean): Length {
  if (isLead || weight === 3) return 'whole';
  return weight === 1 || link !== undefined ? 'brief' : 'whole';
}

/** What a brief telling says: the lead, or where there is none the first paragraph. Markdown. */
export function briefOf({ lead, body }: MailStory): string {
  return lead === '' ? (body.split(/\n\s*\n/, 1)[0] ?? '') : lead;
}
