import { z } from 'zod';
import { say } from '../../../src/i18n/messages.js';
import { languages, type Language } from '../../../src/shared/languages.js';
import { newsStates, type NewsItem } from '../../../src/news/types.js';
import { currentRevisions } from '../../../src/content/text.js';
import type { Notice } from '../../cards/parts.js';
import { momentText } from '../../../src/shared/dates.js';

/** How an item stood when a card was drawn; travels in the card, so that an old card can tell what has changed. */
export const seenSchema = z.object({
  state: z.enum(newsStates),
  revisions: z.partialRecord(z.enum(languages), z.number().int()),
});
export type Seen = z.infer<typeof seenSchema>;

export function seenOf(item: NewsItem): Seen {
  return { state: item.state.status, revisions: currentRevisions(item.texts) };
}

function stateChange(seen: Seen, { state }: NewsItem, language: Language): Notice[] {
  if (seen.state === state.status) return [];
  const states = {
    before: say(language, `news.state.${seen.state}`),
    after: say(language, `news.state.${state.status}`),
  };
  const text =
    'by' in state
      ? say(language, 'chat.since.stateBy', {
          ...states,
          name: state.by.name,
          when: momentText(language, state.at),
        })
      : say(language, 'chat.since.state', states);
  return [{ style: 'accent', text }];
}

/** What others have done to the item since a card was drawn: its state, and who edited which text. */
export function changesSince(
  seen: Seen | undefined,
  item: NewsItem,
  personId: string,
  language: Language,
): Notice[] {
  if (seen === undefined) return [];
  const edits = languages.flatMap((edited): Notice[] => {
    const text = item.texts[edited];
    if (text === undefined || text.revision <= (seen.revisions[edited] ?? 0) || text.by.id === personId)
      return [];
    const values = {
      name: text.by.name,
      language: say(language, `language.${edited}`),
      when: momentText(language, text.at),
    };
    return [{ style: 'accent', text: say(language, 'chat.since.text', values) }];
  });
  return [...stateChange(seen, item, language), ...edits];
}
