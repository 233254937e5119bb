import type { Attachment } from '../../delivery/mail/mailer.js';
import { t } from '../../i18n/messages.js';
import type { Programme } from '../../people/person.js';
import type { Language } from '../../shared/languages.js';
import { calendarNamespaceOf } from '../calendar/as-calendar.js';
import type { Frame, IcsObject } from '../calendar/ics/ics.js';
import type { Signatures } from '../coming/links.js';
import type { ReadingDeps } from '../occurrences/reading.js';

/** What mails about sessions are written from. */
export interface WritingDeps {
  readonly sessions: ReadingDeps;
  readonly programme: () => Promise<Programme>;
  /** What makes the addresses of public pages, and of the page on which one answers. */
  readonly signatures: Signatures;
  /** Where people reach Big Room, without a slash at the end. */
  readonly publicUrl: string;
  /** Mail address from which invitations come. */
  readonly organiser: string;
}

/** What is the same for every event that is sent in a language. */
export async function calendarFrameOf(
  { sessions, programme, publicUrl, organiser }: WritingDeps,
  language: Language,
): Promise<Omit<Frame, 'attendee'>> {
  const current = await programme();
  return {
    namespace: calendarNamespaceOf(current, publicUrl),
    stamp: sessions.clock.now().toString(),
    organiser: { name: current.names[language], address: organiser },
  };
}

/** The file that mail programs process: its type names the method, as RFC 6047 2.4 wants. */
export function calendarFile(language: Language, { method, content }: IcsObject): Attachment {
  const name = t(language, method === 'CANCEL' ? 'mail.invitation.offFileName' : 'mail.invitation.fileName');
  return { fileName: `${name}.ics`, type: `text/calendar; method=${method}; charset=utf-8`, content };
}
