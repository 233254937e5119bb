import { understandingOf } from '../understanding/learn.js';

const { asked } = understandingOf();

/** The name of a command by the button for which it stands. */
export const understoodAs: Readonly<Record<string, string>> = {
  'form.open': 'news',
  'news.mine': 'mine',
  'news.status': 'status',
  'news.takeBack': 'withdraw',
  'newsletter.next': 'newsletter',
  'talk.thanks': 'thanks',
  'talk.greeting': 'greeting',
  'talk.okay': 'okay',
  'talk.who': 'who',
  'help.open': 'help',
  'sessions.open': 'sessions',
  'topic.form': 'suggest',
  'topics.open': 'topics',
  'reminders.open': 'reminders',
  'reminders.stop': 'remindersOff',
  'reminders.later': 'remindersLater',
  'session.absent': 'cannotCome',
  'session.attend': 'coming',
  'session.join': 'join',
  'session.past': 'past',
  'session.presenter': 'presenter',
  'session.question': 'question',
  'session.calendar': 'calendar',
  'slot.mine': 'slot',
  'slot.topic': 'slotTopic',
  'slot.swap': 'swap',
  'slot.volunteer': 'volunteer',
  'session.next': 'next',
  'language.open': 'language',
  'language.set': 'language',
};

/** The command as one word, and what it names: `news`, `language:sv`, `unknown`. */
export function understood(text: string): string {
  const what = asked(text);
  if (what.is !== 'press') return 'unknown';
  const { verb, data } = what.press;
  const named = data.kind ?? data.language;
  const name = understoodAs[verb] ?? verb;
  return typeof named === 'string' ? `${name}:${named}` : name;
}
