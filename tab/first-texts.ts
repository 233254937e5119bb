/**
 * The texts that the frame, the overview and the list of news need, as keys or beginnings of keys: they come in a file of
 * their own, and the others of the language after the first picture. A test keeps it true.
 */
const beginnings = [
  'audience',
  'channel',
  'error',
  'field',
  'language',
  'news',
  'overview',
  'reminders.title',
  'role',
  'shared',
  'shell',
  'text.status',
  'calendar.title',
  'intranet.place',
  'contacts.title',
  'messages.title',
  'sends.title',
  'settings.title',
  'substitutes.title',
] as const;

export const isFirstText = (key: string): boolean =>
  beginnings.some((beginning) => key === beginning || key.startsWith(`${beginning}.`));
