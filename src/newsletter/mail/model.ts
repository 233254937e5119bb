import { Temporal } from 'temporal-polyfill';
import { t } from '../../i18n/messages.js';
import type { StoryId } from '../../platform/ids.js';
import type { Language, PublicLanguage } from '../../shared/languages.js';
import type { NewsItem } from '../../news/types.js';
import type { Issue, LetterTexts, Weight } from '../types.js';
import { projectNames, type Programme } from '../../people/person.js';
import { shownText, type StoryWithItem } from '../readiness.js';
import { assembledIssue, headingNames } from '../view.js';

/** A story as the mail shows it. */
export interface MailStory {
  readonly id: StoryId;
  /** The language of its text; not always the mail's. */
  readonly language: Language;
  readonly title: string;
  readonly lead: string;
  /** Markdown. */
  readonly body: string;
  readonly weight: Weight;
  /** The story's own page, in the language of its text. */
  readonly page?: string;
  /** What its author wants readers to see besides. */
  readonly link?: string;
}

export interface MailSection {
  /** Its heading; without one its stories just follow. */
  readonly name?: string;
  readonly stories: readonly MailStory[];
}

/** All contents of a mail, in reading order. */
export interface MailModel {
  readonly language: PublicLanguage;
  readonly programme: string;
  readonly number: number;
  /** ISO date whose month the heading shows. */
  readonly date: string;
  readonly letter: LetterTexts;
  /** Nobody has approved it yet: it says so. */
  readonly isDraft: boolean;
  readonly lead?: MailStory;
  /** The project of the lead story. */
  readonly leadProject?: string;
  readonly sections: readonly MailSection[];
}

/** How much of a story is shown: all of it, its beginning, or its title. */
export type Length = 'whole' | 'brief' | 'title';

/**
 * How long a story is by itself. Long ones and the lead story are shown whole; the others briefly where they go on on a page
 * of their own. One without such a page has nowhere else to be read, so it is shown whole.
 */
export function lengthOf({ weight, page }: MailStory, isLead: boolean): Length {
  if (isLead || weight === 3) return 'whole';
  return page === undefined ? 'whole' : 'brief';
}

const firstParagraph = (body: string): string => body.split(/\n\s*\n/, 1)[0] ?? '';

/** How a story begins: the lead, or where there is none the first paragraph. Markdown. */
export function beginningOf({ lead, body }: MailStory): string {
  return lead === '' ? firstParagraph(body) : lead;
}

/** What is shown of the body of a brief one: its first paragraph, and of a short note with a lead nothing. Markdown. */
export function briefBodyOf({ lead, body, weight }: MailStory): string {
  return weight === 1 && lead !== '' ? '' : firstParagraph(body);
}

const monthAndYear = { month: 'long', year: 'numeric' } as const;

/** "Uutiskirje 3 · joulukuu 2026". */
export function issueName({
  language,
  number,
  date,
}: Pick<MailModel, 'language' | 'number' | 'date'>): string {
  const month = Temporal.PlainDate.from(date).toLocaleString(language, monthAndYear);
  return `${t(language, 'mail.newsletter.name', { number })} · ${month}`;
}

function mailStory(entry: StoryWithItem, language: PublicLanguage): MailStory[] {
  const shown = shownText(entry, language);
  if (shown === undefined) return [];
  const { story, item } = entry;
  const { title, lead, body } = shown.text;
  const link = item?.link;
  const page = pageOf(item, shown.language);
  return [
    {
      id: story.id,
      language: shown.language,
      title,
      lead,
      body,
      weight: story.weight,
      ...(page !== undefined && { page }),
      ...(link && { link }),
    },
  ];
}

/** Where an item can be read by itself in a language. */
function pageOf(item: NewsItem | undefined, language: Language): string | undefined {
  if (language === 'en') return undefined;
  const urls = item?.uses.flatMap((use) => (use.in === 'release' ? [use.urls?.[language]] : [])) ?? [];
  return urls.find((url) => url !== undefined);
}

/** The mail of an issue in one language: its stories in reading order, with the texts given. */
export function modelOf(
  issue: Issue,
  entries: readonly StoryWithItem[],
  programme: Programme,
  language: PublicLanguage,
): MailModel {
  const { lead, sections } = assembledIssue(issue, entries, programme);
  const [leadStory] = lead === undefined ? [] : mailStory(lead, language);
  return {
    language,
    programme: programme.names[language],
    number: issue.number,
    date: issue.deadline,
    letter: issue.letter?.[language] ?? {},
    isDraft: !('approvedAt' in issue.state),
    ...(lead &&
      leadStory && { lead: leadStory, leadProject: projectNames(programme, lead.projectId)[language] }),
    sections: sections
      .map(({ heading, stories }): MailSection => ({
        ...(heading && { name: headingNames(heading, programme)[language] }),
        stories: stories.flatMap((story) => mailStory(story, language)),
      }))
      .filter((section) => section.stories.length > 0),
  };
}
