import type { PublicLanguage } from '../../shared/languages.js';
import type { Programme } from '../../people/person.js';
import type { Issue } from '../types.js';
import { shownText, type StoryWithItem } from '../readiness.js';
import { inOrder, projectNames } from '../view.js';
import type { MailModel, MailStory } from './model.js';

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
  const { lead, sections } = inOrder(issue, entries, programme);
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
