import { Temporal } from 'temporal-polyfill';
import { t } from '../../i18n/messages.js';
import type { StoryId } from '../../platform/ids.js';
import type { Language, PublicLanguage } from '../../shared/languages.js';
import type { Weight, Issue } from '../types.js';
import { projectNames, type Programme } from '../../people/person.js';
import { shownText, type StoryWithItem } from '../readiness.js';
import { assembledIssue } from '../view.js';

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
  readonly link?: string;
}

export interface MailSection {
  readonly name: string;
  readonly stories: readonly MailStory[];
}

/** All contents of a mail, in reading order. */
export interface MailModel {
  readonly language: PublicLanguage;
  readonly programme: string;
  readonly number: number;
  /** ISO date whose month the heading shows. */
  readonly date: string;
  readonly lead?: MailStory;
  /** The project of the lead story. */
  readonly leadProject?: string;
  readonly sections: readonly MailSection[];
}

/** How much of a story is shown: all of it, its beginning, or its title. */
export type Length = 'whole' | 'brief' | 'title';

/**
 * How long a story is by itself. Heavy ones and the lead story are shown whole; short notes and those that go on
 * behind a link, briefly. One without a link has nowhere else to be read, so it is shown whole.
 */
export function lengthOf({ weight, link }: MailStory, isLead: boolean): Length {
  if (isLead || weight === 3) return 'whole';
  return weight === 1 || link !== undefined ? 'brief' : 'whole';
}

/** What is shown of a brief one: the lead, or where there is none the first paragraph. Markdown. */
export function briefOf({ lead, body }: MailStory): string {
  return lead === '' ? (body.split(/\n\s*\n/, 1)[0] ?? '') : lead;
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
  return [
    {
      id: story.id,
      language: shown.language,
      title,
      lead,
      body,
      weight: story.weight,
      ...(link && { link }),
    },
  ];
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
    ...(lead &&
      leadStory && { lead: leadStory, leadProject: projectNames(programme, lead.projectId)[language] }),
    sections: sections
      .map(({ projectId, stories }) => ({
        name: projectNames(programme, projectId)[language],
        stories: stories.flatMap((story) => mailStory(story, language)),
      }))
      .filter((section) => section.stories.length > 0),
  };
}
