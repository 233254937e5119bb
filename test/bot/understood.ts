import * as language from '../../bot/features/language/index.js';
import * as news from '../../bot/features/news/index.js';
import * as sessions from '../../bot/features/sessions/index.js';
import { helpFeature } from '../../bot/conversation/help.js';
import { understanding } from '../../bot/conversation/understanding/understand.js';

const understand = understanding([news, sessions, language, helpFeature([])]);

/** The name of a command by the button for which it stands. */
export const understoodAs: Readonly<Record<string, string>> = {
  'form.open': 'news',
  'news.mine': 'mine',
  'help.open': 'help',
  'sessions.open': 'sessions',
  'topic.form': 'suggest',
  'topics.open': 'topics',
  'reminders.open': 'reminders',
  'session.next': 'next',
  'language.open': 'language',
  'language.set': 'language',
};

/** The command as one word, and what it names: `news`, `language:sv`, `unknown`. */
export function understood(text: string): string {
  const press = understand(text);
  if (press === undefined) return 'unknown';
  const named = press.data.kind ?? press.data.language;
  const name = understoodAs[press.verb] ?? press.verb;
  return typeof named === 'string' ? `${name}:${named}` : name;
}
