/** What people write to the bot about. The labels of the utterances in `utterances/`, and the classes of the classifier. */
export const topics = [
  'tell',
  'mine',
  'status',
  'withdraw',
  'newsletter',
  'help',
  'who',
  'thanks',
  'greeting',
  'okay',
  'slot',
  'slotTopic',
  'swap',
  'volunteer',
  'cannotCome',
  'coming',
  'join',
  'presenter',
  'question',
  'past',
  'calendar',
  'sessions',
  'hankeradio',
  'bigRoom',
  'training',
  'suggest',
  'topics',
  'reminders',
  'remindersOff',
  'remindersLater',
  'language',
] as const;

export type Topic = (typeof topics)[number];

/** Texts that ask for nothing here. */
export const offTopic = 'none';
